//! The facts of a file that could not be used, by line, with a chip for each reason.

use leptos::prelude::*;
use protocol::{UnusedFact, UnusedPage};

use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::number::number;
use crate::components::rows::{RowList, head, row};
use crate::number::grouped;
use crate::words::say;

/// A chip for each reason that occurs, and one for all of them.
#[component]
pub fn ReasonChips(
    /// The reasons, each in words and with how many have it.
    #[prop(into)]
    reasons: Kept<Vec<(&'static str, u32)>>,
    /// The one that is chosen; empty for all.
    #[prop(into)]
    chosen: Kept<&'static str>,
    /// Another one was chosen.
    #[prop(into)]
    on_choose: Callback<&'static str>,
) -> impl IntoView {
    let chip = move |reason: &'static str, count: u32| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || if chosen.get() == reason { "true" } else { "false" }
                on:click=move |_| on_choose.run(reason)
            >
                {if reason.is_empty() { say("All") } else { reason }}
                <span class="count">{number(count)}</span>
            </button>
        }
    };
    let chips = move || {
        let reasons = reasons.get();
        let all = chip("", reasons.iter().map(|(_, count)| count).sum());
        let each = reasons.into_iter().map(|(reason, count)| chip(reason, count));
        view! {
            {all}
            {each.collect_view()}
        }
    };
    view! { <div class="chips" role="group" aria-label=say("Show only")>{live(chips)}</div> }
}

/// The facts; `words` says why one was not used.
pub fn unused_list(page: &UnusedPage, words: fn(&UnusedFact) -> String) -> impl IntoView + use<> {
    let total = page.total;
    let rows = page.rows.iter().enumerate().map(|(place, fact)| {
        let cells = view! {
            <span class="mono soft" role="gridcell">{(fact.line > 0).then(|| grouped(fact.line))}</span>
            <span class="cell" role="gridcell">
                <code title=fact.says.clone()>{fact.says.clone()}</code>
            </span>
            <span class="cell-text soft" role="gridcell" title=words(fact)>{words(fact)}</span>
        };
        row(place, cells)
    });
    let rows = rows.collect_view();
    view! {
        <RowList label=say("Facts that could not be used") class="unused" total=total>
            {head(&[(say("Line"), ""), (say("What the file says"), ""), (say("Why it was not used"), "")])}
            {rows}
        </RowList>
    }
}
