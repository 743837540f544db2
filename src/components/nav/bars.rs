//! The bars of a phone, in place of the sidebar.

use leptos::prelude::*;

use super::{Place, SourceLabel, SourceSwitch, Theme, ThemeSwitch};
use crate::components::icon::icon;

/// The bar at the top of a phone.
#[component]
pub fn Topbar(
    /// The directory that is open.
    #[prop(into)]
    source: Signal<SourceLabel>,
    /// The theme.
    theme: RwSignal<Theme>,
) -> impl IntoView {
    view! {
        <header class="topbar">
            <SourceSwitch menu="source-menu-top" source />
            <ThemeSwitch menu="theme-menu-top" size="" theme />
        </header>
    }
}

/// The bar at the bottom of a phone.
#[component]
pub fn Tabbar(
    /// The screens.
    #[prop(into)]
    places: Signal<Vec<Place>>,
) -> impl IntoView {
    let link = |place: Place| {
        view! {
            <a href=place.url aria-current=place.is_current.then_some("page")>
                {icon(place.href)}
                <span>{place.text}</span>
            </a>
        }
    };
    view! {
        <nav class="tabbar" aria-label="Screens">
            {move || places.get().into_iter().map(link).collect_view()}
        </nav>
    }
}
