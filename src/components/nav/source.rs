//! Which directory is open, and the way to another one.

use leptos::prelude::*;

use crate::chunk;
use crate::chunk::part;
use crate::components::icon::{icon, sized};
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::menu::{Menu, MenuButton, MenuLink, fill_popover};
use crate::components::slot::Slot;
use crate::words::say;

/// What the source switch says.
#[derive(Clone, Default, PartialEq)]
pub struct SourceLabel {
    /// The drawing of its kind.
    pub href: &'static str,
    /// The directory's name.
    pub name: String,
    /// Such as `1,000,000 users`.
    pub detail: String,
    /// Where the directory is told about.
    pub url: String,
    /// Where directories are opened.
    pub connections: String,
}

/// The open directory; pressing it leads to it, or to another one.
#[component]
pub fn SourceSwitch(
    /// The id of its menu, unique on the page.
    menu: &'static str,
    /// What it says.
    #[prop(into)]
    source: Kept<SourceLabel>,
) -> impl IntoView {
    let name = move || source.with(|source| source.name.clone());
    let is_opened = Slot::new(false);
    let places = move || part(chunk!(seldom, places(menu: &'static str, source: Kept<SourceLabel>)));
    view! {
        <MenuButton menu class="source-switch" opened=is_opened>
            <span class="sr-only">{say("Source")} ": "</span>
            <span class="source-tile" aria-hidden="true">{live(move || source.with(|source| icon(source.href)))}</span>
            <span class="source-text">
                <strong class="truncate">{name}</strong>
                <small class="truncate">{move || source.with(|source| source.detail.clone())}</small>
            </span>
            {sized("#i-updown", "14")}
        </MenuButton>
        <Menu id=menu label=say("Source")>{live_if(move || is_opened.get(), places)}</Menu>
    }
}

/// What the menu holds, whose code comes when it is first opened.
fn places(menu: &'static str, source: Kept<SourceLabel>) -> impl IntoView {
    fill_popover(menu);
    view! {
        <MenuLink
            menu
            href="#i-tick"
            text=Kept::new(move || source.with(|source| source.name.clone()))
            url=Kept::new(move || source.with(|source| source.url.clone()))
        />
        <div class="menu-sep" role="separator"></div>
        <MenuLink
            menu
            href="#i-plug"
            text=say("Open another directory")
            url=Kept::new(move || source.with(|source| source.connections.clone()))
        />
    }
}
