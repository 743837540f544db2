//! The completion: a list under the caret, grouped by what is suggested.

use leptos::prelude::*;
use protocol::{Suggestion, SuggestionKind};

use super::Completed;
use super::line::paint;
use super::list::Choosing;
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::number::number;
use crate::words::{self, say};

/// The list's id, for `aria-controls`.
pub fn list_id(id: &str) -> String {
    [id, "-list"].concat()
}

/// A row's id, for `aria-activedescendant`.
pub fn option_id(id: &str, place: usize) -> String {
    format!("{id}-{place}")
}

/// The list.
#[component]
pub fn Suggestions(
    /// The bar's id.
    id: &'static str,
    /// What is open and chosen.
    choosing: Choosing,
    /// What is suggested.
    completed: Kept<Option<Completed>>,
    /// A row was taken.
    #[prop(into)]
    on_take: Callback<usize>,
) -> impl IntoView {
    let at = move || {
        completed
            .with(|done| done.as_ref().map_or(0, |done| done.completion.from))
            .to_string()
    };
    let rows = move || {
        let suggestions = completed
            .get()
            .map(|done| done.completion.suggestions)
            .unwrap_or_default();
        let mut title = None;
        let rows = suggestions.into_iter().enumerate().map(|(place, suggestion)| {
            let kind = suggestion.kind;
            let heads = (title.replace(kind) != Some(kind)).then(|| heading(kind, suggestion.count.is_some()));
            (heads, row(id, place, &suggestion, choosing, on_take))
        });
        rows.collect_view()
    };
    view! {
        <div class="suggest" hidden=move || !choosing.is_shown() style=("--at", at)>
            <div class="suggest-list" role="listbox" id=list_id(id) aria-label=say("What can come next")>
                {live(rows)}
            </div>
            <div class="palette-foot" aria-hidden="true">
                <span><span class="keys"><kbd class="kbd">"↑"</kbd><kbd class="kbd">"↓"</kbd></span>{say("Move")}</span>
                <span><span class="keys"><kbd class="kbd">{say("tab")}</kbd></span>{say("Accept")}</span>
                <span><span class="keys"><kbd class="kbd">{say("esc")}</kbd></span>{say("Close")}</span>
            </div>
        </div>
    }
}

fn heading(kind: SuggestionKind, is_counted: bool) -> impl IntoView {
    let title = match kind {
        SuggestionKind::Field => say("Fields"),
        SuggestionKind::Operator => say("Operators"),
        SuggestionKind::Value => say("Values"),
        SuggestionKind::Group => say("Groups"),
    };
    view! {
        <div class="palette-title" role="presentation">
            <span>{title}</span>
            <span>{is_counted.then(|| say("users left"))}</span>
        </div>
    }
}

fn row(
    id: &str,
    place: usize,
    suggestion: &Suggestion,
    choosing: Choosing,
    on_take: Callback<usize>,
) -> impl IntoView + use<> {
    let (href, kind) = match suggestion.kind {
        SuggestionKind::Field => ("#i-field", say("field")),
        SuggestionKind::Operator => ("#i-operator", say("operator")),
        SuggestionKind::Value => ("#i-operator", say("value")),
        SuggestionKind::Group => ("#i-groups", say("group")),
    };
    view! {
        <div
            class="option"
            role="option"
            id=option_id(id, place)
            aria-selected=move || if choosing.is_active(place) { "true" } else { "false" }
            // The input keeps the focus: pressing must not take it away before the click.
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| on_take.run(place)
        >
            {icon(href)}
            <span class="option-name">{paint(&suggestion.insert, None)}</span>
            <span class="option-sub">{words::of_engine(&suggestion.about)}</span>
            <span class="push">{suggestion.count.map(number)}</span>
            <span class="kind">{kind}</span>
        </div>
    }
}
