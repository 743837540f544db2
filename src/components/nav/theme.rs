//! Light, dark, or as the system has it.

use leptos::prelude::*;

use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::menu::{Menu, MenuButton, MenuItem};
use crate::components::slot::Slot;

/// The three choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme`, which is also what is kept; none where the system decides.
    #[must_use]
    pub const fn key(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// Reads what was kept; whatever else it says, the system decides.
    #[must_use]
    pub fn read(key: &str) -> Self {
        match key {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// A button with a menu of the three.
#[component]
pub fn ThemeSwitch(
    /// The id of its menu, unique on the page.
    menu: &'static str,
    /// `sm`, or empty.
    size: &'static str,
    /// The choice.
    theme: Slot<Theme>,
) -> impl IntoView {
    let item = move |href, text: &'static str, choice: Theme| {
        view! {
            <MenuItem
                menu
                href
                text
                checked=Kept::new(move || Some(theme.get() == choice))
                on_choose=move |()| theme.set(choice)
            />
        }
    };
    view! {
        <MenuButton menu kind="quiet" size icon_only=true label="Theme">
            {icon("#i-moon")}
        </MenuButton>
        <Menu id=menu label="Theme">
            {item("#i-sun", "Light", Theme::Light)}
            {item("#i-moon", "Dark", Theme::Dark)}
            {item("#i-contrast", "As the system", Theme::System)}
        </Menu>
    }
}
