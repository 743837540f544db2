//! Saved views: a name and an address without its directory, kept in this browser.

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::route::{Route, Screen};
use crate::storage::Preference;

/// A screen with its state, under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// What the person calls it.
    pub name: String,
    /// The screen.
    pub screen: Screen,
}

impl SavedView {
    /// Its address, for whichever directory is open.
    #[must_use]
    pub fn url(&self) -> String {
        bare(self.screen.clone()).url()
    }
}

/// The route of a screen, without a directory.
fn bare(screen: Screen) -> Route {
    Route {
        screen,
        ..Route::default()
    }
}

/// The views that are kept, in the order of their names.
#[must_use]
pub fn saved() -> Vec<SavedView> {
    read(&Preference::Views.read().unwrap_or_default())
}

/// Keeps a screen under a name, in place of what had that name, and returns the views that are kept then: without it,
/// where the browser keeps nothing.
pub fn save(name: &str, screen: Screen) -> Vec<SavedView> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut views = saved();
    views.retain(|view| view.name != name);
    let place = views.partition_point(|view| view.name.to_lowercase() < name.to_lowercase());
    views.insert(place, SavedView { name, screen });
    keep(&views)
}

/// Forgets the view of this name, and returns those that are kept then.
pub fn forget(name: &str) -> Vec<SavedView> {
    let mut views = saved();
    views.retain(|view| view.name != name);
    keep(&views)
}

fn keep(views: &[SavedView]) -> Vec<SavedView> {
    let lines = written(views);
    Preference::Views.write((!lines.is_empty()).then_some(&lines));
    saved()
}

/// One line for each: its name and its address, with a tab between.
fn written(views: &[SavedView]) -> String {
    let line = |view: &SavedView| [&view.name, "\t", &view.url(), "\n"].concat();
    views.iter().map(line).collect()
}

/// A line that is none, as an older or newer version may have left it, is passed over.
fn read(lines: &str) -> Vec<SavedView> {
    let view = |line: &str| {
        let (name, url) = line.split_once('\t')?;
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let screen = Route::read(path, query).screen;
        let is_known = !matches!(screen, Screen::Nowhere(_));
        is_known.then(|| SavedView {
            name: name.to_owned(),
            screen,
        })
    };
    lines.lines().filter_map(view).collect()
}

/// The views as JSON: a list of objects with `name` and `url`.
#[must_use]
pub fn json(views: &[SavedView]) -> String {
    let object = |view: &SavedView| {
        let object = Object::new();
        for (key, value) in [("name", &view.name), ("url", &view.url())] {
            // A plain object takes every property.
            let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
        }
        JsValue::from(object)
    };
    let list = views.iter().map(object).collect::<Array>();
    let text = JSON::stringify_with_replacer_and_space(&list, &JsValue::NULL, &JsValue::from_f64(2.0));
    text.map(String::from).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::UsersView;

    #[test]
    fn views_are_read_as_they_were_written() {
        let screen = Screen::Users(UsersView {
            zenql: "memberOf = \"R&D\"\tAND firstName ~ \"ü\"".to_owned(),
            ..UsersView::default()
        });
        let views = vec![
            SavedView {
                name: "Everybody".to_owned(),
                screen: Screen::Users(UsersView::default()),
            },
            SavedView {
                name: "R & D = ?".to_owned(),
                screen,
            },
        ];
        assert_eq!(read(&written(&views)), views);
    }

    #[test]
    fn what_is_no_view_is_passed_over() {
        assert_eq!(read("no tab\nGone\t/no-such-screen\n\n"), []);
    }
}
