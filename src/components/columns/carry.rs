//! Moving a column by carrying its head to the place of another one.

use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

use super::{Arranging, key_of};
use crate::components::slot::Slot;

/// How far a pointer goes before it carries rather than presses, in pixels.
const FAR: i32 = 6;

/// The head that is carried, if one is. Copies share it.
#[derive(Clone, Copy)]
pub struct Carry {
    arranging: Arranging,
    held: Slot<Option<Held>>,
}

/// A head that is held by a pointer.
#[derive(Clone)]
struct Held {
    key: String,
    from: i32,
    /// The column whose place it would take; none before it is carried.
    over: Option<String>,
}

impl Carry {
    /// Nothing is carried yet.
    #[must_use]
    pub fn new(arranging: Arranging) -> Self {
        Self {
            arranging,
            held: Slot::new(None),
        }
    }

    /// A pointer went down within the heads. Fingers scroll; the panel is for them.
    pub fn hold(self, event: &PointerEvent) {
        let is_free = event.button() == 0 && event.pointer_type() != "touch";
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        // An edge is dragged for itself.
        let head = target.and_then(|target| target.closest("[data-column], .column-edge").ok()?);
        let key = head.filter(|_| is_free).and_then(|head| key_of(&head));
        // The first one stays.
        let first = self
            .arranging
            .known
            .with_untracked(|known| known.first().map(|column| column.key));
        self.held
            .set(key.filter(|key| Some(key.as_str()) != first).map(|key| Held {
                key,
                from: event.client_x(),
                over: None,
            }));
    }

    /// It moved.
    pub fn carry(self, event: &PointerEvent) {
        let Some(held) = self.held.get_untracked() else { return };
        let Some(heads) = event
            .current_target()
            .and_then(|heads| heads.dyn_into::<Element>().ok())
        else {
            return;
        };
        if event.buttons() & 1 == 0 {
            return self.held.set(None);
        }
        if held.over.is_none() && (event.client_x() - held.from).abs() < FAR {
            return;
        }
        // From here on the pointer is the heads' alone, so that letting go presses nothing.
        let _ = heads.set_pointer_capture(event.pointer_id());
        let over = under(&heads, event.client_x())
            .or(held.over)
            .unwrap_or_else(|| held.key.clone());
        self.held.set(Some(Held {
            over: Some(over),
            ..held
        }));
    }

    /// It was let go.
    pub fn release(self) {
        if let Some(Held {
            key, over: Some(to), ..
        }) = self.held.get_untracked()
        {
            self.arranging.change(|now, known| now.moved(known, &key, &to));
        }
        self.drop();
    }

    /// It is carried no longer, and stays where it was.
    pub fn drop(self) {
        self.held.set(None);
    }

    /// What a column is in this: `carried`, or `target` where the carried one would go.
    #[must_use]
    pub fn part(self, key: &str) -> Option<&'static str> {
        self.held.with(|held| {
            let held = held.as_ref()?;
            match held.over.as_deref()? {
                _ if held.key == key => Some("carried"),
                over if over == key => Some("target"),
                _ => None,
            }
        })
    }
}

/// The column whose head is under a pointer.
fn under(heads: &Element, x: i32) -> Option<String> {
    let found = heads.query_selector_all("[data-column]").ok()?;
    let mut found = (0..found.length()).filter_map(|place| found.item(place)?.dyn_into::<Element>().ok());
    let head = found.find(|head| {
        let rect = head.get_bounding_client_rect();
        (rect.left()..rect.right()).contains(&f64::from(x))
    });
    head.and_then(|head| key_of(&head))
}
