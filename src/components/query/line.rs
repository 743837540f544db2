//! The input of the query bar, with its colours painted behind it, glyph for glyph.

use leptos::prelude::*;
use protocol::QueryProblem;

use super::bar::Bar;
use super::ink::{marked, pieces};
use super::{message, suggest};
use crate::components::button::shortcut;
use crate::components::kept::Kept;
use crate::components::live::live;

/// The input, and the ink behind it.
pub fn line(
    bar: Bar,
    label: &'static str,
    placeholder: &'static str,
    problem: Kept<Option<QueryProblem>>,
    on_apply: Callback<()>,
) -> impl IntoView {
    let ink = move || {
        let text = bar.draft.get().unwrap_or_else(|| bar.text.get());
        paint(&text, problem.get().as_ref())
    };
    let follow = move |_| {
        let input = bar.input.get_untracked();
        bar.scrolled.set(input.map_or(0, |input| input.scroll_left()));
    };
    let active = move || {
        let active = bar.choosing.active.get().filter(|_| bar.choosing.is_shown());
        active.map(|place| suggest::option_id(bar.id, place))
    };
    view! {
        <div class="query-line">
            <pre class="query-ink" aria-hidden="true">{live(ink)}</pre>
            <input
                class="query-input"
                id=bar.id
                type="text"
                role="combobox"
                aria-label=label
                aria-keyshortcuts=move || shortcut(bar.key)
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
                prop:value=move || bar.text.get()
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
pub fn paint(text: &str, problem: Option<&QueryProblem>) -> Vec<AnyView> {
    let (from, length) = problem.map_or((0, 0), |problem| (problem.position as usize, problem.length as usize));
    let pieces = marked(pieces(text), from, from + length).into_iter();
    pieces
        .map(|(ink, piece, is_bad)| {
            let class = if is_bad { "q-bad" } else { ink.class() };
            view! { <span class=class>{piece.to_owned()}</span> }.into_any()
        })
        .collect()
}
