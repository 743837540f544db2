//! The bars of a phone, in place of the sidebar.

use leptos::prelude::*;

use super::{JUMP, LookSwitch, Looks, Place, SourceLabel, SourceSwitch};
use crate::components::button::IconButton;
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::words::say;

/// The bar at the top of a phone.
#[component]
pub fn Topbar(
    /// The directory that is open.
    #[prop(into)]
    source: Kept<SourceLabel>,
    /// Show the palette.
    #[prop(into)]
    on_jump: Callback<()>,
    /// How everything looks.
    looks: Looks,
) -> impl IntoView {
    view! {
        <header class="topbar">
            <SourceSwitch menu="source-menu-top" source />
            <IconButton href="#i-search" label=say(JUMP) on_press=on_jump />
            <LookSwitch menu="look-menu-top" size="" looks />
        </header>
    }
}

/// The bar at the bottom of a phone.
#[component]
pub fn Tabbar(
    /// The screens.
    #[prop(into)]
    places: Kept<Vec<Place>>,
) -> impl IntoView {
    let link = |place: Place| {
        view! {
            <a href=place.url aria-current=place.is_current.then_some("page")>
                {icon(place.href)}
                <span>{place.text}</span>
            </a>
        }
    };
    let tabs = move || places.get().into_iter().filter(|place| place.is_tab);
    view! {
        <nav class="tabbar" aria-label=say("Screens")>
            {live(move || tabs().map(link).collect_view())}
        </nav>
    }
}
