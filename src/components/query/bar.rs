//! What the parts of the query bar share, and what they do to the query.

use std::time::Duration;

use leptos::html::Input;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use protocol::Completion;
use web_sys::KeyboardEvent;

use super::ink::byte_of;
use super::list::{Choosing, Wish};
use super::{Caret, Completed};
use crate::components::kept::Kept;
use crate::components::slot::Slot;

/// An error is told once one pauses: a query that is being typed is wrong most of the time.
const PAUSE: Duration = Duration::from_millis(450);

/// What the parts of the bar share.
#[derive(Clone, Copy)]
pub struct Bar {
    /// Names its parts.
    pub id: &'static str,
    /// The key that leads here; empty for none.
    pub key: Kept<String>,
    /// The query.
    pub text: Kept<String>,
    /// The newest completion.
    pub completed: Kept<Option<Completed>>,
    /// Told each new query.
    pub on_input: Callback<String>,
    /// Asked for completions.
    pub on_complete: Callback<Caret>,
    /// The input.
    pub input: NodeRef<Input>,
    /// The list of suggestions.
    pub choosing: Choosing,
    /// How far the text is scrolled, in pixels.
    pub scrolled: Slot<i32>,
    /// What an input method composes; it is painted, and kept from everybody else until it is done.
    pub draft: Slot<Option<String>>,
    /// Whether one types, and errors wait.
    pub is_typing: Slot<bool>,
    /// Ends that.
    pub pause: StoredValue<Option<TimeoutHandle>>,
}

impl Bar {
    /// Typed: the new text; while an input method composes, it is only painted.
    pub fn typed(self, text: String) {
        if self.draft.with_untracked(Option::is_some) {
            return self.draft.set(Some(text));
        }
        self.choosing.typed();
        self.tell(text);
        self.find();
    }

    /// Tells a new query, and keeps errors back for a moment.
    fn tell(self, text: String) {
        self.is_typing.set(true);
        if let Some(pause) = self.pause.get_value() {
            pause.clear();
        }
        let over = move || self.is_typing.set(false);
        self.pause.set_value(set_timeout_with_handle(over, PAUSE).ok());
        self.on_input.run(text);
    }

    /// Asks what could stand at the caret.
    fn find(self) {
        let Some(input) = self.input.get_untracked() else {
            return;
        };
        let text = input.value();
        let units = input.selection_end().ok().flatten().unwrap_or(u32::MAX) as usize;
        let caret = text
            .chars()
            .scan(0, |at, letter| Some(std::mem::replace(at, *at + letter.len_utf16())));
        let caret = caret.take_while(|at| *at < units).count() as u32;
        self.on_complete.run(Caret { text, caret });
    }

    /// Pressed: the list first, then Enter applies.
    pub fn key(self, event: &KeyboardEvent, on_apply: Callback<()>) {
        let begun = self.fresh().is_some_and(|completion| completion.from < completion.to);
        match self.choosing.key(event, begun) {
            Wish::Other => return,
            Wish::Used => {}
            Wish::Find => self.find(),
            Wish::Take(place) => self.take(place),
            Wish::Apply => {
                self.is_typing.set(false);
                on_apply.run(());
            }
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// The completion, if it is of the text as it now stands.
    fn fresh(self) -> Option<Completion> {
        let completed = self.completed.get_untracked()?;
        let is_fresh = self.text.with_untracked(|text| *text == completed.text);
        is_fresh.then_some(completed.completion)
    }

    /// Takes the suggestion of this row.
    pub fn take(self, place: usize) {
        let Some(completion) = self.fresh() else { return };
        if let Some(suggestion) = completion.suggestions.get(place) {
            self.splice(completion.from, completion.to, &suggestion.insert);
            self.choosing.typed();
            self.find();
        }
    }

    /// Puts a word where the characters from `from` up to `to` are.
    pub fn splice(self, from: u32, to: u32, word: &str) {
        let text = self.text.get_untracked();
        let head = &text[..byte_of(&text, from as usize)];
        let tail = &text[byte_of(&text, to.max(from) as usize)..];
        let caret = head.encode_utf16().count() + word.encode_utf16().count();
        self.put([head, word, tail].concat(), caret as u32);
    }

    /// Writes a query into the input, with the caret at this UTF-16 unit, and leads the focus there.
    pub fn put(self, text: String, caret: u32) {
        if let Some(input) = self.input.get_untracked() {
            input.set_value(&text);
            let _ = input.focus();
            let _ = input.set_selection_range(caret, caret);
        }
        self.tell(text);
    }
}
