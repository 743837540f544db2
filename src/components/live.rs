//! What changes while it is on screen, in as few types as there can be.
//!
//! A renderer is compiled once for each type of what it draws, and every closure has a type of its own. Here they are
//! put into boxes of one type, so that the app holds one renderer instead of a hundred.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

use super::kept::Kept;

/// A part of a view that can change.
pub type Live = Arc<Mutex<dyn FnMut() -> AnyView + Send>>;

/// A part of a view that is drawn again whenever what it reads has changed.
pub fn live<V: IntoView + 'static>(mut draw: impl FnMut() -> V + Send + 'static) -> Live {
    Arc::new(Mutex::new(move || draw().into_any()))
}

/// A part of a view that is there while a condition holds; it is drawn again only when that turns.
pub fn live_if<V: IntoView + 'static>(
    holds: impl Fn() -> bool + Send + Sync + 'static,
    draw: impl Fn() -> V + Send + 'static,
) -> Live {
    let holds = Kept::new(holds);
    live(move || holds.get().then(|| draw().into_any()))
}

/// Does something now, and again whenever what it reads has changed.
pub fn follow(act: impl Fn() + 'static) {
    let act: Box<dyn Fn()> = Box::new(act);
    Effect::new(act);
}

/// Does something whenever the layout has given elements another size, first once it has given them any: then to measure them
/// costs no layout of its own. There may be none of them yet.
pub fn whenever_sized(elements: impl Fn() -> Vec<Element> + 'static, act: impl Fn() + 'static) {
    let act: Box<dyn Fn()> = Box::new(act);
    let act = Closure::wrap(act);
    let Ok(observer) = ResizeObserver::new(act.as_ref().unchecked_ref()) else {
        return;
    };
    let watching = observer.clone();
    follow(move || elements().iter().for_each(|element| watching.observe(element)));
    let watch = StoredValue::new_local((observer, act));
    on_cleanup(move || {
        watch.try_update_value(|(observer, _)| observer.disconnect());
    });
}
