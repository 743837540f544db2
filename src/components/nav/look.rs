//! How everything looks: light or dark, how strong its contrasts are, how high its rows are, and in which language it speaks.

use leptos::prelude::*;

use crate::chunk;
use crate::chunk::part;
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::live_if;
use crate::components::menu::{Menu, MenuButton, MenuItem, fill_popover};
use crate::components::slot::Slot;
use crate::words::{key, say};

/// One side of how everything looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Light or dark.
    Theme,
    /// How strong lines and inks are.
    Contrast,
    /// How high rows are.
    Density,
    /// The language of all text.
    Language,
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
    pub const ALL: [Self; 4] = [Self::Theme, Self::Contrast, Self::Density, Self::Language];

    /// The attribute of the root element that says it.
    #[must_use]
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Theme => "data-theme",
            Self::Contrast => "data-contrast",
            Self::Density => "data-density",
            Self::Language => "data-language",
        }
    }

    /// What it can be.
    #[must_use]
    pub const fn choices(self) -> &'static [Choice] {
        match self {
            Self::Theme => {
                const {
                    &[
                        choice("light", key("Light"), "#i-sun"),
                        choice("dark", key("Dark"), "#i-moon"),
                        choice("", key("As the system"), "#i-contrast"),
                    ]
                }
            }
            Self::Contrast => {
                const {
                    &[
                        choice("more", key("More contrast"), "#i-contrast"),
                        choice("", key("Contrast as the system"), "#i-contrast"),
                    ]
                }
            }
            Self::Density => {
                const {
                    &[
                        choice("compact", key("Low rows"), "#i-layers"),
                        choice("", key("Rows of middle height"), "#i-layers"),
                        choice("touch", key("High rows, for fingers"), "#i-layers"),
                    ]
                }
            }
            // Each is called what its speakers call it.
            Self::Language => {
                const {
                    &[
                        choice("en", "English", "#i-globe"),
                        choice("de", "Deutsch", "#i-globe"),
                        choice("", key("Language of the browser"), "#i-globe"),
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
pub struct Looks([Slot<&'static str>; 4]);

impl Looks {
    /// With what `kept` says of each.
    #[must_use]
    pub fn new(kept: impl Fn(Look) -> Option<String>) -> Self {
        Self(Look::ALL.map(|look| Slot::new(look.read(kept(look)))))
    }

    /// What was chosen of one.
    #[must_use]
    pub const fn of(self, look: Look) -> Slot<&'static str> {
        let [theme, contrast, density, language] = self.0;
        match look {
            Look::Theme => theme,
            Look::Contrast => contrast,
            Look::Density => density,
            Look::Language => language,
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
    let is_opened = Slot::new(false);
    let choices = move || part(chunk!(seldom, choices(menu: &'static str, looks: Looks)));
    view! {
        <MenuButton opened=is_opened menu kind="quiet" size icon_only=true label=say("Appearance")>
            {icon("#i-moon")}
        </MenuButton>
        <Menu id=menu label=say("Appearance")>{live_if(move || is_opened.get(), choices)}</Menu>
    }
}

/// All choices, whose code comes when the menu is first opened.
fn choices(menu: &'static str, looks: Looks) -> impl IntoView {
    let items = move |look: Look| {
        let chosen = looks.of(look);
        let item = move |choice: &'static Choice| {
            view! {
                <MenuItem
                    menu
                    href=choice.href
                    text=say(choice.text)
                    checked=Kept::new(move || Some(chosen.get() == choice.value))
                    on_choose=move |()| chosen.set(choice.value)
                />
            }
        };
        look.choices().iter().map(item).collect_view()
    };
    let line = || view! { <div class="menu-sep" role="separator"></div> };
    fill_popover(menu);
    view! {
        {items(Look::Theme)}
        {line()}
        {items(Look::Contrast)}
        {line()}
        {items(Look::Density)}
        {line()}
        {items(Look::Language)}
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
        assert_eq!(Look::Language.read(kept("de")), "de");
        assert_eq!(Look::Theme.read(None), "");
    }
}
