//! What changes while it is on screen, in as few types as there can be.
//!
//! A renderer is compiled once for each type of what it draws, and every closure has a type of its own. Here they are
//! put into boxes of one type, so that the app holds one renderer instead of a hundred.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;

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
