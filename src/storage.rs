//! Preferences kept in the browser; never a secret, never anything about a person.
//!
//! Storage may be full or refused: then a preference lasts as long as the page.

use web_sys::Storage;

/// A preference, by the key under which it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// `light` or `dark`; absent where the system decides.
    Theme,
    /// Width of the leading pane, in pixels.
    LeadPane,
    /// `off` where single letters mean nothing outside of lists and fields; absent where they do.
    Letters,
}

impl Preference {
    const fn key(self) -> &'static str {
        match self {
            Self::Theme => "rollcall.theme",
            Self::LeadPane => "rollcall.lead-pane",
            Self::Letters => "rollcall.letters",
        }
    }

    /// What is kept, if anything is.
    #[must_use]
    pub fn read(self) -> Option<String> {
        storage()?.get_item(self.key()).ok()?
    }

    /// Keeps a value, or forgets it.
    pub fn write(self, value: Option<&str>) {
        let Some(storage) = storage() else { return };
        let _ = match value {
            Some(value) => storage.set_item(self.key(), value),
            None => storage.remove_item(self.key()),
        };
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
