//! What else can be done with a group or a user: a menu whose choices have keys of their own.

use leptos::prelude::*;

use super::check::address;
use crate::components::button::copy_text;
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::menu::{Menu, MenuButton, MenuItem, MenuLink};
use crate::route::Screen;
use crate::session::Session;

/// A screen that a group or a user can be taken to.
pub struct Lead {
    /// What is done there.
    pub text: &'static str,
    /// Its drawing.
    pub href: &'static str,
    /// The key that leads there.
    pub key: &'static str,
    /// The screen.
    pub screen: Box<dyn Fn() -> Screen + Send + Sync>,
}

/// The button with the menu; `menu` is an id that no other menu has.
pub fn more(session: Session, menu: &'static str, leads: Vec<Lead>) -> impl IntoView {
    let link = move |lead: Lead| {
        let Lead {
            text,
            href,
            key,
            screen,
        } = lead;
        let url = Kept::new(move || session.url(screen()));
        view! { <MenuLink menu href text url key /> }
    };
    let copy = move |()| copy_text(address(), move || session.say("Copied the link.".to_owned()));
    view! {
        <MenuButton menu kind="quiet" icon_only=true label="More actions">{icon("#i-more")}</MenuButton>
        <Menu id=menu label="More actions">
            {leads.into_iter().map(link).collect_view()}
            <MenuItem menu href="#i-link" text="Copy link" on_choose=copy />
        </Menu>
    }
}
