//! The link to what is on screen, for a colleague.

use leptos::prelude::window;

use crate::components::button::copy_text;
use crate::session::Session;
use crate::words::say;

/// Copies the address bar as it is, and says so.
pub fn copy_link(session: Session) {
    let address = window().location().href().unwrap_or_default();
    copy_text(address, move || session.say(say("Copied the link.").to_owned()));
}
