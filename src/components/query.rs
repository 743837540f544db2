//! The query bar: a real input with its colours painted behind it, completion under the caret, and an error that points.

pub mod identifier;
pub mod identifiers;
pub mod ink;
pub mod list;

mod bar;
mod help;
mod line;
mod message;
mod suggest;

use leptos::html::Input;
use leptos::prelude::*;
use protocol::{Completion, QueryProblem};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, Node};

use self::bar::Bar;
use self::help::Help;
use self::line::line;
use self::list::Choosing;
use self::message::Message;
use self::suggest::Suggestions;
use super::button::IconButton;
use super::icon::sized;
use crate::components::kept::Kept;
use crate::components::live::live_if;
use crate::components::slot::Slot;
use crate::words::say;

/// A query with a caret in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caret {
    /// The query.
    pub text: String,
    /// Where the caret is, in characters from 0.
    pub caret: u32,
}

/// What could stand at the caret, and of which query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Completed {
    /// The query.
    pub text: String,
    /// What could stand there.
    pub completion: Completion,
}

/// One line of the filter language. Every key is told at once; Enter applies.
#[component]
pub fn QueryBar(
    /// Names its parts; unique on the page.
    id: &'static str,
    /// What it filters, such as "Filter users".
    label: &'static str,
    /// The key that leads here; none if empty.
    #[prop(optional, into)]
    key: Kept<String>,
    /// An example, shown while it is empty.
    #[prop(optional)]
    placeholder: &'static str,
    /// The query.
    #[prop(into)]
    text: Kept<String>,
    /// What is wrong with it.
    #[prop(into)]
    problem: Kept<Option<QueryProblem>>,
    /// The newest completion.
    #[prop(into)]
    completed: Kept<Option<Completed>>,
    /// Typed, completed, corrected or cleared: the new query.
    #[prop(into)]
    on_input: Callback<String>,
    /// Enter, with nothing chosen.
    #[prop(into)]
    on_apply: Callback<()>,
    /// A completion is wanted.
    #[prop(into)]
    on_complete: Callback<Caret>,
    /// The input, for those who lead the focus here.
    #[prop(optional)]
    node: NodeRef<Input>,
) -> impl IntoView {
    let count = Kept::new(move || completed.with(|done| done.as_ref().map_or(0, |it| it.completion.suggestions.len())));
    let bar = Bar {
        id,
        key,
        text,
        completed,
        on_input,
        on_complete,
        input: node,
        choosing: Choosing::new(count),
        scrolled: Slot::new(0),
        draft: Slot::new(None),
        is_typing: Slot::new(false),
        pause: StoredValue::new(None),
    };
    // An error that is on screen stays while it changes; a new one waits for a pause, and for the list to close.
    let told = Memo::new(move |before: Option<&bool>| {
        problem.with(Option::is_some) && (before == Some(&true) || !bar.is_typing.get() && !bar.choosing.is_shown())
    });
    let problem = Kept::new(move || problem.get().filter(|_| told.get()));
    let leave = move |event: FocusEvent| {
        if !holds(&event) {
            bar.choosing.close();
        }
    };
    let clear = move |()| bar.put(String::new(), 0);
    view! {
        <div
            class="query-anchor"
            style=("--scrolled", move || bar.scrolled.get().to_string() + "px")
            on:focusout=leave
        >
            <div class="query" data-state=move || told.get().then_some("error")>
                {sized("#i-filter", "14")}
                {line(bar, label, placeholder, problem, on_apply)}
                {live_if(
                    move || !text.with(String::is_empty),
                    move || view! { <IconButton href="#i-x" label=say("Clear the filter") size="sm" on_press=clear /> },
                )}
                <Help />
            </div>
            <Message id=id problem=problem on_use=move |(from, to, word): (u32, u32, String)| bar.splice(from, to, &word) />
            <Suggestions id=id choosing=bar.choosing completed=completed on_take=move |place| bar.take(place) />
        </div>
    }
}

/// Whether the focus stays within the element that listens.
fn holds(event: &FocusEvent) -> bool {
    let within = event
        .current_target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let next = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
    within.is_some_and(|within| within.contains(next.as_ref()))
}
