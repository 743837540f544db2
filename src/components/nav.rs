//! The frame's ways: sidebar, top bar and tab bar, with only those destinations that exist.

mod bars;
mod look;
mod source;

pub use bars::{Tabbar, Topbar};
pub use look::{Choice, Look, LookSwitch, Looks};
pub use source::{SourceLabel, SourceSwitch};

use leptos::prelude::*;

use super::avatar::avatar;
use super::button::{IconButton, printed_key, shortcut};
use super::icon::{icon, sized};
use super::number::number;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::words::{key, say};

/// What opens the palette is called.
pub(super) const JUMP: &str = key("Search or run a command");

/// A screen that one can go to.
#[derive(Clone, PartialEq)]
pub struct Place {
    /// The drawing.
    pub href: &'static str,
    /// The word.
    pub text: &'static str,
    /// The address.
    pub url: String,
    /// Whether it is on screen.
    pub is_current: bool,
    /// How many there are behind it.
    pub count: Option<u32>,
    /// How many critical things are behind it.
    pub alert: u32,
    /// Whether it is among the tabs of a phone.
    pub is_tab: bool,
}

/// Something that was looked at before.
#[derive(Clone, PartialEq)]
pub struct Recent {
    /// The name.
    pub name: String,
    /// The address.
    pub url: String,
    /// A user, or else a group.
    pub is_user: bool,
}

/// The column at the side; from 640 to 1151 px a rail of drawings.
#[component]
pub fn Sidebar(
    /// The screens.
    #[prop(into)]
    places: Kept<Vec<Place>>,
    /// The directory that is open.
    #[prop(into)]
    source: Kept<SourceLabel>,
    /// What was looked at last, the newest first.
    #[prop(into)]
    recent: Kept<Vec<Recent>>,
    /// When the directory was read, such as `Read 14:32:08`.
    #[prop(into)]
    read_at: Kept<Option<String>>,
    /// Read it again.
    #[prop(into)]
    on_read_again: Callback<()>,
    /// Show the palette.
    #[prop(into)]
    on_jump: Callback<()>,
    /// The key that does the same.
    jump_key: Kept<String>,
    /// Show the keyboard shortcuts.
    #[prop(into)]
    on_shortcuts: Callback<()>,
    /// How everything looks.
    looks: Looks,
) -> impl IntoView {
    let history = move || recent.get().into_iter().map(recent_link).collect_view();
    view! {
        <aside class="sidebar" aria-label="Rollcall">
            <div class="brand">
                <svg class="brand-mark" aria-hidden="true"><use href="#brand" /></svg>
                <span>"Rollcall"</span>
            </div>
            <SourceSwitch menu="source-menu" source />
            <button
                type="button"
                class="jump"
                aria-keyshortcuts=move || shortcut(jump_key)
                title=say(JUMP)
                on:click=move |_| on_jump.run(())
            >
                {icon("#i-search")}
                <span>{say("Search or run")}</span>
                {live(move || printed_key(jump_key))}
            </button>
            <nav class="nav" aria-label=say("Screens")>
                {live(move || places.get().into_iter().map(nav_link).collect_view())}
            </nav>
            <div class="nav" role="group" aria-labelledby="recent" hidden=move || recent.with(Vec::is_empty)>
                <div class="nav-title" id="recent">{say("Recent")}</div>
                {live(history)}
            </div>
            <div class="sidebar-foot">
                <span class="grow truncate count" title=move || read_at.get()>
                    {live(move || read_at.get())}
                </span>
                {live_if(
                    move || read_at.with(Option::is_some),
                    move || view! { <IconButton href="#i-refresh" size="sm" label=say("Read the source again") on_press=on_read_again /> },
                )}
                <IconButton href="#i-keyboard" size="sm" label=say("Keyboard shortcuts") on_press=on_shortcuts />
                <LookSwitch menu="look-menu" size="sm" looks />
            </div>
        </aside>
    }
}

fn nav_link(place: Place) -> impl IntoView {
    let count = place
        .count
        .map(|count| view! { <span class="count">{number(count)}</span> });
    let alert = (place.alert > 0).then(|| {
        view! {
            <span class="nav-alert">
                {sized("#i-octagon", "14")}
                {number(place.alert)}
                <span class="sr-only">" " {say("critical")}</span>
            </span>
        }
    });
    view! {
        <a
            class="nav-item"
            href=place.url
            title=place.text
            aria-current=place.is_current.then_some("page")
        >
            {icon(place.href)}
            <span>{place.text}</span>
            {count}
            {alert}
        </a>
    }
}

fn recent_link(recent: Recent) -> impl IntoView {
    let picture = if recent.is_user {
        avatar(&recent.name, "20", false).into_any()
    } else {
        icon("#i-groups").into_any()
    };
    let title = recent.name.clone();
    view! {
        <a class="nav-item" data-quiet="" href=recent.url title=title>
            {picture}
            <span class="truncate">{recent.name}</span>
        </a>
    }
}
