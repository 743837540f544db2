//! How everything looks: light or dark, how strong its contrasts are, and how high its rows are.

use leptos::prelude::*;

use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::menu::{Menu, MenuButton, MenuItem};
use crate::components::slot::Slot;

/// One side of how everything looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Light or dark.
    Theme,
    /// How strong lines and inks are.
    Contrast,
    /// How high rows are.
    Density,
}

/// What a look can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the root element says of it, which is also what is kept; empty for what holds where nothing was chosen.
    pub value: &'static str,
    /// Its name.
    pub text: &'static str,
    /// Its drawing.
    pub href: &'static str,
}

const fn choice(value: &'static str, text: &'static str, href: &'static str) -> Choice {
    Choice { value, text, href }
}

impl Look {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Theme, Self::Contrast, Self::Density];

    /// The attribute of the root element that says it.
    #[must_use]
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Theme => "data-theme",
            Self::Contrast => "data-contrast",
            Self::Density => "data-density",
        }
    }

    /// What it can be.
    #[must_use]
    pub const fn choices(self) -> &'static [Choice] {
        match self {
            Self::Theme => {
                const {
                    &[
                        choice("light", "Light", "#i-sun"),
                        choice("dark", "Dark", "#i-moon"),
                        choice("", "As the system", "#i-contrast"),
                    ]
                }
            }
            Self::Contrast => {
                const {
                    &[
                        choice("more", "More contrast", "#i-contrast"),
                        choice("", "Contrast as the system", "#i-contrast"),
                    ]
                }
            }
            Self::Density => {
                const {
                    &[
                        choice("compact", "Low rows", "#i-layers"),
                        choice("", "Rows of middle height", "#i-layers"),
                        choice("touch", "High rows, for fingers", "#i-layers"),
                    ]
                }
            }
        }
    }

    /// Reads what was kept; whatever else it says, nothing was chosen.
    #[must_use]
    pub fn read(self, kept: Option<String>) -> &'static str {
        let kept = kept.unwrap_or_default();
        let found = self.choices().iter().find(|choice| choice.value == kept);
        found.map_or("", |choice| choice.value)
    }
}

/// What was chosen of each look, in the order of [`Look::ALL`].
#[derive(Clone, Copy)]
pub struct Looks([Slot<&'static str>; 3]);

impl Looks {
    /// With what `kept` says of each.
    #[must_use]
    pub fn new(kept: impl Fn(Look) -> Option<String>) -> Self {
        Self(Look::ALL.map(|look| Slot::new(look.read(kept(look)))))
    }

    /// What was chosen of one.
    #[must_use]
    pub const fn of(self, look: Look) -> Slot<&'static str> {
        let [theme, contrast, density] = self.0;
        match look {
            Look::Theme => theme,
            Look::Contrast => contrast,
            Look::Density => density,
        }
    }
}

/// A button with a menu of all choices.
#[component]
pub fn LookSwitch(
    /// The id of its menu, unique on the page.
    menu: &'static str,
    /// `sm`, or empty.
    size: &'static str,
    /// What was chosen.
    looks: Looks,
) -> impl IntoView {
    let items = move |look: Look| {
        let chosen = looks.of(look);
        let item = move |choice: &'static Choice| {
            view! {
                <MenuItem
                    menu
                    href=choice.href
                    text=choice.text
                    checked=Kept::new(move || Some(chosen.get() == choice.value))
                    on_choose=move |()| chosen.set(choice.value)
                />
            }
        };
        look.choices().iter().map(item).collect_view()
    };
    let line = || view! { <div class="menu-sep" role="separator"></div> };
    view! {
        <MenuButton menu kind="quiet" size icon_only=true label="Appearance">
            {icon("#i-moon")}
        </MenuButton>
        <Menu id=menu label="Appearance">
            {items(Look::Theme)}
            {line()}
            {items(Look::Contrast)}
            {line()}
            {items(Look::Density)}
        </Menu>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_one_of_the_choices_or_nothing() {
        let kept = |text: &str| Some(text.to_owned());
        assert_eq!(Look::Theme.read(kept("dark")), "dark");
        assert_eq!(Look::Density.read(kept("compact")), "compact");
        assert_eq!(Look::Contrast.read(kept("dark")), "");
        assert_eq!(Look::Theme.read(None), "");
    }
}
