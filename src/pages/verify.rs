//! Verify with server: the wish, its button, and where what it finds is shown.

mod differences;
mod found;

use leptos::prelude::*;
use protocol::{Source, Subject, UsersQuestion, Vendor};

use self::found::found;
use crate::chunk;
use crate::chunk::part;
use crate::components::button::Button;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::slot::Slot;
use crate::keys::Deed;
use crate::session::Session;
use crate::words::say;

/// What a person wishes to be verified. Copies share it.
#[derive(Clone, Copy)]
pub struct Verify {
    session: Session,
    /// What is on screen; none where there is nothing, or no newest answer, to verify.
    subject: Kept<Option<Subject>>,
    wish: Slot<Option<Wish>>,
}

/// A wish, until it is closed or something else is on screen.
#[derive(Clone, PartialEq)]
struct Wish {
    subject: Subject,
    /// Another number each time.
    attempt: u32,
    /// Whether it is to be stopped.
    stop: bool,
}

impl Verify {
    /// Nothing is wished yet; `subject` is what is on screen.
    #[must_use]
    pub fn new(session: Session, subject: impl Fn() -> Option<Subject> + Send + Sync + 'static) -> Self {
        Self {
            session,
            subject: Kept::new(subject),
            wish: Slot::new(None),
        }
    }

    /// Verifies what is on screen, once more if need be.
    fn begin(self) {
        // A number that no earlier wish had, whichever screen made that.
        let attempt = js_sys::Date::now() as u64 as u32;
        let wish = self.subject.get_untracked().map(|subject| Wish {
            subject,
            attempt,
            stop: false,
        });
        self.wish.set(wish);
    }

    fn stop(self) {
        let wish = self.wish.get_untracked();
        self.wish.set(wish.map(|wish| Wish { stop: true, ..wish }));
    }

    fn close(self) {
        self.wish.set(None);
    }

    /// The wish, while it is of what is on screen.
    fn wished(self) -> Option<Wish> {
        let subject = self.subject.get();
        self.wish.get().filter(|wish| Some(&wish.subject) == subject.as_ref())
    }

    /// The vendor that the directory was read from.
    fn vendor(self) -> Option<Vendor> {
        self.session.opened.with(|opened| match opened.as_ref()?.source {
            Source::Vendor(ref vendor) => Some(vendor.clone()),
            _ => None,
        })
    }
}

/// A question about users, whatever its window.
#[must_use]
pub fn users(question: UsersQuestion) -> Subject {
    Subject::Users(UsersQuestion {
        offset: 0,
        limit: 0,
        ..question
    })
}

/// The button; for a directory of no vendor a word that there is no server.
pub fn verify_button(verify: Verify) -> impl IntoView {
    let button = move || match verify
        .session
        .opened
        .with(|opened| opened.as_ref().and_then(is_of_vendor))
    {
        Some(true) => view! {
            <Button
                text=say("Verify with server")
                href="#i-server"
                key=verify.session.key(Deed::Verify)
                disabled=Kept::new(move || verify.subject.with(Option::is_none))
                on_press=move |()| verify.begin()
            />
        }
        .into_any(),
        Some(false) => view! { <span class="no-server">{say("No server to verify with.")}</span> }.into_any(),
        None => ().into_any(),
    };
    live(button)
}

/// Whether it was read from a vendor; none where one is asked, whose own answer is on screen.
fn is_of_vendor(opened: &protocol::Opened) -> Option<bool> {
    match opened.source {
        Source::Vendor(_) => Some(true),
        Source::Live(_) => None,
        Source::Sample { .. } | Source::File { .. } => Some(false),
    }
}

/// What was found, as soon as somebody wishes it.
pub fn verification(verify: Verify) -> impl IntoView {
    live_if(
        move || verify.wished().is_some(),
        move || part(chunk!(verify, found(verify: Verify))),
    )
}
