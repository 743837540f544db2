//! Views whose code is fetched when they are first needed, so that the first screen does not wait for all the others.
//!
//! A release is split into chunks by `cargo xtask build`. A debug build is not: there a chunk is there from the start.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;
pub use leptos::wasm_split::SplitLoaderError;

use crate::components::button::Button;
use crate::components::focus::focus_main;
use crate::components::live::live;
use crate::components::notice::Empty;
use crate::components::pane::heading_to_come;
use crate::components::slot::Slot;
use crate::notice;
use crate::words::say;

/// Draws a view whose code is there.
pub type Draw = Arc<dyn Fn() -> AnyView + Send + Sync>;

/// Code on its way, or the news that it did not arrive.
pub type Coming = Pin<Box<dyn Future<Output = Result<Draw, SplitLoaderError>>>>;

/// A view of a chunk. [`chunk!`](crate::chunk!) makes it, [`screen`] or [`part`] draws it.
#[derive(Clone)]
pub struct Chunk(Arc<dyn Fn() -> Coming + Send + Sync>);

impl Chunk {
    /// Of what fetches the chunk; it is called again after it has failed.
    pub fn new(load: impl Fn() -> Coming + Send + Sync + 'static) -> Self {
        Self(Arc::new(load))
    }

    /// Fetches the chunk, so that its views are drawn at once from then on.
    pub async fn fetch(self) {
        // Whoever needs it will try again, and tell.
        drop((self.0)().await);
    }
}

/// `chunk!(users, Users())` is the view that `Users` makes, with its code in the chunk `users`; what the function is
/// given is written with its type, `chunk!(detail, explain(user: Slot<String>))`, and copied.
///
/// What several chunks need lies in files of its own, up to one for each combination: so a chunk holds what belongs
/// together, rather than one screen.
#[macro_export]
macro_rules! chunk {
    ($chunk:ident, $view:ident($($given:ident: $kind:ty),*)) => {{
        type Drawn = fn($($kind),*) -> ::leptos::prelude::AnyView;
        #[cfg(debug_assertions)]
        async fn load() -> Result<Drawn, $crate::chunk::SplitLoaderError> {
            Ok(|$($given),*| ::leptos::prelude::IntoAny::into_any($view($($given),*)))
        }
        #[cfg(not(debug_assertions))]
        #[::leptos::wasm_split::wasm_split($chunk, wasm_split_path = ::leptos::wasm_split, fallible)]
        fn load() -> Result<Drawn, $crate::chunk::SplitLoaderError> {
            Ok(|$($given),*| ::leptos::prelude::IntoAny::into_any($view($($given),*)))
        }
        $crate::chunk::Chunk::new(move || {
            Box::pin(async move {
                let drawn = load().await?;
                let draw: $crate::chunk::Draw = ::std::sync::Arc::new(move || drawn($($given),*));
                Ok(draw)
            })
        })
    }};
}

/// How far a chunk has come.
#[derive(Clone)]
enum State {
    Coming,
    There(Draw),
    Missing,
}

/// Draws a screen of a chunk: at once where the chunk is there; until then, that it comes or that it did not.
pub fn screen(chunk: Chunk) -> AnyView {
    lazy(chunk, true)
}

/// Draws a part of a screen as [`screen`] draws a whole one.
pub fn part(chunk: Chunk) -> AnyView {
    lazy(chunk, false)
}

fn lazy(chunk: Chunk, is_screen: bool) -> AnyView {
    let mut coming = (chunk.0)();
    let begun = coming.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    if let Poll::Ready(Ok(draw)) = begun {
        return draw();
    }
    let state = Slot::new(State::Coming);
    let follow = move |coming: Coming| {
        spawn_local(async move {
            state.set(coming.await.map_or(State::Missing, State::There));
        });
    };
    follow(coming);
    let again = Callback::new(move |()| {
        // The button that was pressed goes.
        focus_main();
        state.set(State::Coming);
        follow((chunk.0)());
    });
    let view = move || match state.get() {
        State::There(draw) => draw(),
        State::Coming => coming_view().into_any(),
        State::Missing => missing(is_screen, again).into_any(),
    };
    live(view).into_any()
}

/// What is quick never shows that it comes.
fn coming_view() -> impl IntoView {
    view! {
        <section class="pane reading" aria-busy="true">
            <p class="sr-only" role="status">{say("Loading this part of the console.")}</p>
            <header class="entity">{heading_to_come()}</header>
        </section>
    }
}

fn missing(is_screen: bool, again: Callback<()>) -> impl IntoView {
    let notice = notice::chunk_missing();
    view! {
        <Empty is_screen title=notice.title text=notice.text>
            <Button text=say("Try again") href="#i-refresh" on_press=again />
        </Empty>
    }
}
