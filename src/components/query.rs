//! The query bar: a real input with its colours painted behind it, completion under the caret, and an error that points.

pub mod identifier;
pub mod ink;
pub mod list;

mod help;
mod message;
mod suggest;

use std::time::Duration;

use leptos::html::Input;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use protocol::{Completion, QueryProblem};
use web_sys::{Element, FocusEvent, KeyboardEvent, Node};

use self::help::Help;
use self::ink::{byte_of, marked, pieces};
use self::list::{Choosing, Wish};
use self::message::Message;
use self::suggest::Suggestions;
use super::button::IconButton;
use super::icon::sized;

/// An error is told once one pauses: a query that is being typed is wrong most of the time.
const PAUSE: Duration = Duration::from_millis(450);

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

/// What the parts of the bar share.
#[derive(Clone, Copy)]
struct Bar {
    id: &'static str,
    text: Signal<String>,
    completed: Signal<Option<Completed>>,
    on_input: Callback<String>,
    on_complete: Callback<Caret>,
    input: NodeRef<Input>,
    choosing: Choosing,
    /// How far the text is scrolled, in pixels.
    scrolled: RwSignal<i32>,
    /// What an input method composes; it is painted, and kept from everybody else until it is done.
    draft: RwSignal<Option<String>>,
    is_typing: RwSignal<bool>,
    pause: StoredValue<Option<TimeoutHandle>>,
}

/// One line of the filter language. Every key is told at once; Enter applies.
#[component]
pub fn QueryBar(
    /// Names its parts; unique on the page.
    id: &'static str,
    /// What it filters, such as "Filter users".
    label: &'static str,
    /// An example, shown while it is empty.
    #[prop(optional)]
    placeholder: &'static str,
    /// The query.
    #[prop(into)]
    text: Signal<String>,
    /// What is wrong with it.
    #[prop(into)]
    problem: Signal<Option<QueryProblem>>,
    /// The newest completion.
    #[prop(into)]
    completed: Signal<Option<Completed>>,
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
    let count = Signal::derive(move || completed.with(|done| done.as_ref().map_or(0, |it| it.completion.suggestions.len())));
    let bar = Bar {
        id,
        text,
        completed,
        on_input,
        on_complete,
        input: node,
        choosing: Choosing::new(count),
        scrolled: RwSignal::new(0),
        draft: RwSignal::new(None),
        is_typing: RwSignal::new(false),
        pause: StoredValue::new(None),
    };
    // An error that is on screen stays while it changes; a new one waits for a pause.
    let told = Memo::new(move |before: Option<&bool>| {
        problem.with(Option::is_some) && (before == Some(&true) || !bar.is_typing.get())
    });
    let problem = Signal::derive(move || problem.get().filter(|_| told.get()));
    let leave = move |event: FocusEvent| {
        if !holds(&event) {
            bar.choosing.close();
        }
    };
    view! {
        <div
            class="query-anchor"
            style=("--scrolled", move || bar.scrolled.get().to_string() + "px")
            on:focusout=leave
        >
            <div class="query" data-state=move || told.get().then_some("error")>
                {sized("#i-filter", "14")}
                {line(bar, label, placeholder, problem, on_apply)}
                <Show when=move || !text.with(String::is_empty)>
                    <IconButton href="#i-x" label="Clear the filter" size="sm" on_press=move |()| bar.put(String::new(), 0) />
                </Show>
                <Help />
            </div>
            <Message id=id problem=problem on_use=move |(from, to, word): (u32, u32, String)| bar.splice(from, to, &word) />
            <Suggestions id=id choosing=bar.choosing completed=completed on_take=move |place| bar.take(place) />
        </div>
    }
}

/// The input, and the ink behind it.
fn line(
    bar: Bar,
    label: &'static str,
    placeholder: &'static str,
    problem: Signal<Option<QueryProblem>>,
    on_apply: Callback<()>,
) -> impl IntoView {
    let ink = move || bar.draft.with(|draft| paint(draft.as_ref().unwrap_or(&bar.text.read()), problem.get().as_ref()));
    let follow = move |_| bar.scrolled.set(bar.input.get_untracked().map_or(0, |input| input.scroll_left()));
    let active = move || {
        let active = bar.choosing.active.get().filter(|_| bar.choosing.is_shown());
        active.map(|place| suggest::option_id(bar.id, place))
    };
    view! {
        <div class="query-line">
            <pre class="query-ink" aria-hidden="true">{ink}</pre>
            <input
                class="query-input"
                id=bar.id
                type="text"
                role="combobox"
                aria-label=label
                aria-autocomplete="list"
                aria-controls=suggest::list_id(bar.id)
                aria-expanded=move || if bar.choosing.is_shown() { "true" } else { "false" }
                aria-activedescendant=active
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-errormessage=move || problem.with(Option::is_some).then(|| message::message_id(bar.id))
                placeholder=placeholder
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                enterkeyhint="search"
                node_ref=bar.input
                prop:value=bar.text
                on:compositionstart=move |event| bar.draft.set(Some(event_target_value(&event)))
                on:input=move |event| bar.typed(event_target_value(&event))
                on:compositionend=move |event| {
                    bar.draft.set(None);
                    bar.typed(event_target_value(&event));
                }
                on:keydown=move |event| bar.key(&event, on_apply)
                on:scroll=follow
            />
        </div>
    }
}

/// The text in its colours, glyph for glyph; what the problem points at is underlined.
fn paint(text: &str, problem: Option<&QueryProblem>) -> Vec<AnyView> {
    let (from, length) = problem.map_or((0, 0), |problem| (problem.position as usize, problem.length as usize));
    let pieces = marked(pieces(text), from, from + length).into_iter();
    pieces
        .map(|(ink, piece, is_bad)| {
            let class = if is_bad { "q-bad" } else { ink.class() };
            view! { <span class=class>{piece.to_owned()}</span> }.into_any()
        })
        .collect()
}

impl Bar {
    fn typed(self, text: String) {
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
        let over = move || {
            let _ = self.is_typing.try_set(false);
        };
        self.pause.set_value(set_timeout_with_handle(over, PAUSE).ok());
        self.on_input.run(text);
    }

    /// Asks what could stand at the caret.
    fn find(self) {
        let Some(input) = self.input.get_untracked() else { return };
        let text = input.value();
        let units = input.selection_end().ok().flatten().unwrap_or(u32::MAX) as usize;
        let caret = text.chars().scan(0, |at, letter| Some(std::mem::replace(at, *at + letter.len_utf16())));
        let caret = caret.take_while(|at| *at < units).count() as u32;
        self.on_complete.run(Caret { text, caret });
    }

    fn key(self, event: &KeyboardEvent, on_apply: Callback<()>) {
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
        let text = self.text.read_untracked();
        let completed = self.completed.get_untracked()?;
        (completed.text == *text).then_some(completed.completion)
    }

    fn take(self, place: usize) {
        let Some(completion) = self.fresh() else { return };
        if let Some(suggestion) = completion.suggestions.get(place) {
            self.splice(completion.from, completion.to, &suggestion.insert);
            self.choosing.typed();
            self.find();
        }
    }

    /// Puts a word where the characters from `from` up to `to` are.
    fn splice(self, from: u32, to: u32, word: &str) {
        let text = self.text.get_untracked();
        let head = &text[..byte_of(&text, from as usize)];
        let tail = &text[byte_of(&text, to.max(from) as usize)..];
        let caret = head.encode_utf16().count() + word.encode_utf16().count();
        self.put([head, word, tail].concat(), caret as u32);
    }

    /// Writes a query into the input, with the caret at this UTF-16 unit, and leads the focus there.
    fn put(self, text: String, caret: u32) {
        if let Some(input) = self.input.get_untracked() {
            input.set_value(&text);
            let _ = input.focus();
            let _ = input.set_selection_range(caret, caret);
        }
        self.tell(text);
    }
}

/// Whether the focus stays within the element that listens.
fn holds(event: &FocusEvent) -> bool {
    use wasm_bindgen::JsCast;
    let within = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    let next = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
    within.is_some_and(|within| within.contains(next.as_ref()))
}
