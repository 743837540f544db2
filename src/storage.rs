//! Preferences kept in the browser, and what it says of the companion; never a secret, never anything about a person.
//!
//! Storage may be full or refused: then a preference lasts as long as the page.

use protocol::Vendor;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, Storage};

use crate::components::nav::Look;

/// A preference, by the key under which it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// How everything looks, a side of it by its attribute; absent where nothing was chosen.
    Look(Look),
    /// Width of the leading pane, in pixels.
    LeadPane,
    /// `off` where single letters mean nothing outside of lists and fields; absent where they do.
    Letters,
    /// What has another key than usually, as [`crate::keys`] writes it.
    Keys,
    /// The form of files: its name, the delimiter's, and `plain` where they have no byte order mark.
    Export,
    /// The columns of a table of users, as they were arranged.
    UserColumns,
    /// The same of the members of groups.
    MemberColumns,
    /// The same of the list of a hierarchy.
    HierarchyColumns,
    /// How many findings there were in earlier readings, as numbers alone, as `readings` writes them.
    Readings,
    /// The saved views, as [`crate::views`] writes them.
    Views,
    /// The vendors that were connected to: system, address and name, without whoever asks.
    Connections,
}

impl Preference {
    const fn key(self) -> &'static str {
        match self {
            Self::Look(Look::Theme) => "rollcall.theme",
            Self::Look(Look::Contrast) => "rollcall.contrast",
            Self::Look(Look::Density) => "rollcall.density",
            Self::Look(Look::Language) => "rollcall.language",
            Self::LeadPane => "rollcall.lead-pane",
            Self::Letters => "rollcall.letters",
            Self::Keys => "rollcall.keys",
            Self::Export => "rollcall.export",
            Self::UserColumns => "rollcall.columns.users",
            Self::MemberColumns => "rollcall.columns.members",
            Self::HierarchyColumns => "rollcall.columns.hierarchy",
            Self::Readings => "rollcall.readings",
            Self::Views => "rollcall.views",
            Self::Connections => "rollcall.connections",
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

/// The vendors that are kept.
#[must_use]
pub fn read_vendors() -> Vec<Vendor> {
    vendors(&Preference::Connections.read().unwrap_or_default())
}

/// Keeps these vendors and no others.
pub fn write_vendors(vendors: &[Vendor]) {
    let lines = lines(vendors);
    Preference::Connections.write((!lines.is_empty()).then_some(&lines));
}

/// One line for each, its parts between tabs.
fn lines(vendors: &[Vendor]) -> String {
    let plain = |text: &str| text.replace(|letter: char| letter.is_control(), " ");
    let lines = vendors.iter().map(|vendor| {
        let parts = [&vendor.system, &vendor.base, &vendor.name];
        parts.map(|part| plain(part)).join("\t") + "\n"
    });
    lines.collect()
}

fn vendors(lines: &str) -> Vec<Vendor> {
    let vendor = |line: &str| {
        let mut parts = line.split('\t').map(str::to_owned);
        Some(Vendor {
            system: parts.next()?,
            base: parts.next()?,
            name: parts.next()?,
        })
    };
    lines.lines().filter_map(vendor).collect()
}

/// Whether the companion serves this page to somebody who entered: its cookie says so, which holds no secret.
///
/// Without it there may be no companion at all, and asking for one would be an error on the browser's console.
#[must_use]
pub fn has_entered() -> bool {
    let page = web_sys::window().and_then(|window| window.document()?.dyn_into::<HtmlDocument>().ok());
    let cookies = page.and_then(|page| page.cookie().ok()).unwrap_or_default();
    says_entered(&cookies)
}

fn says_entered(cookies: &str) -> bool {
    cookies.split(';').any(|cookie| cookie.trim() == "rollcall-entered=yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_companion_is_known_by_its_cookie() {
        assert!(says_entered("rollcall-entered=yes") && says_entered("a=b; rollcall-entered=yes"));
        assert!(!says_entered("") && !says_entered("rollcall-entered=") && !says_entered("not-rollcall-entered=yes"));
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let vendor = |base: &str, name: &str| Vendor {
            system: "cms".to_owned(),
            base: base.to_owned(),
            name: name.to_owned(),
        };
        let kept = [vendor("https://pssc.example", "Live ü"), vendor("", "Here")];
        assert_eq!(vendors(&lines(&kept)), kept);
        assert_eq!(
            vendors(&lines(&[vendor("", "two\nlines\tand a tab")])),
            [vendor("", "two lines and a tab")]
        );
        assert_eq!(vendors("what another version kept\n"), []);
        assert_eq!(vendors(""), []);
    }
}
