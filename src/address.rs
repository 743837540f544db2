//! The address bar: what it says of the screen, and what Back leads to.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::components::slot::Slot;
use crate::route::Route;

/// So many times the address may change at once, and once more after each pause: browsers refuse a hundred changes in half a minute,
/// which a key that is held comes to in four seconds.
const AT_ONCE: u32 = 20;
const PAUSE: Duration = Duration::from_millis(400);

/// The address bar. Copies share it.
#[derive(Clone, Copy)]
pub struct Address {
    route: Slot<Route>,
    /// How many changes it has had, less one for each pause since.
    changes: StoredValue<u32>,
    /// Whether it does not say yet where the console is.
    is_behind: StoredValue<bool>,
}

impl Address {
    /// What it says.
    #[must_use]
    pub fn read() -> Route {
        let location = window().location();
        Route::read(
            &location.pathname().unwrap_or_default(),
            &location.search().unwrap_or_default(),
        )
    }

    /// The one that says where the console is.
    #[must_use]
    pub fn of(route: Slot<Route>) -> Self {
        Self {
            route,
            changes: StoredValue::new(0),
            is_behind: StoredValue::new(false),
        }
    }

    /// Says where the console goes, with an entry in the history.
    pub fn push(self, to: &Route) {
        // Back leads to where it was last.
        if self.is_behind.get_value() {
            self.write();
        }
        say(to, true);
    }

    /// Says where the console now is, without an entry in the history; after a pause, if it has changed too often.
    pub fn follow(self) {
        let changes = self.changes.get_value();
        if changes == AT_ONCE {
            return self.is_behind.set_value(true);
        }
        self.changes.set_value(changes + 1);
        self.write();
        if changes == 0 {
            set_timeout(move || self.rest(), PAUSE);
        }
    }

    /// A pause is over.
    fn rest(self) {
        // What waited is a change again.
        if self.is_behind.get_value() {
            self.write();
        } else {
            self.changes.update_value(|changes| *changes -= 1);
        }
        if self.changes.get_value() > 0 {
            set_timeout(move || self.rest(), PAUSE);
        }
    }

    fn write(self) {
        self.is_behind.set_value(false);
        self.route.with_untracked(|route| say(route, false));
    }
}

/// Writes a place, with an entry of its own in the history or in place of the last one.
fn say(route: &Route, is_new: bool) {
    let (nothing, url) = (&JsValue::NULL, route.url());
    let _ = window().history().and_then(|history| match is_new {
        true => history.push_state_with_url(nothing, "", Some(&url)),
        false => history.replace_state_with_url(nothing, "", Some(&url)),
    });
}
