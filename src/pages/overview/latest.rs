//! What is newly wrong since the reading before; of the first reading, what is wrong.

use leptos::prelude::*;
use protocol::{FindingsSummary, KindSummary};

use super::to_come;
use crate::components::finding::severity_mark;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::Empty;
use crate::components::number::number;
use crate::number::clock;
use crate::pages::findings::{looking, words};
use crate::route::{FindingsView, Screen};
use crate::session::Session;
use crate::words::{self, counted, fill, say};

/// How many kinds are told.
const SHOWN: usize = 7;

/// The card.
#[component]
pub fn Latest(session: Session) -> impl IntoView {
    let nothing = Kept::from("");
    let summary = Kept::from(looking(session, nothing, Kept::from(None)).answer);
    let note = move || summary.with(|summary| note(summary.as_ref()));
    // What is not known yet is not zero.
    let all = move || {
        summary.with(|summary| {
            let kinds = &summary.as_ref()?.kinds;
            Some(fill("All {0}", &[&number(kinds.iter().map(|kind| kind.total).sum())]))
        })
    };
    let link = move || {
        view! {
            <a class="button push" data-kind="quiet" href=move || session.url(Screen::Findings(FindingsView::default()))>
                <span>{live(all)}</span>
                <span class="sr-only">" " {say("findings")}</span>
            </a>
        }
    };
    let rows = move || {
        let summary = summary.get();
        summary.map_or_else(|| to_come().into_any(), |summary| rows(session, &summary))
    };
    let title = move || {
        if is_compared(summary) {
            say("Latest findings")
        } else {
            say("Findings")
        }
    };
    view! {
        <section class="card" aria-label=say("Findings")>
            <div class="card-head">
                <h2>{live(title)}</h2>
                <span class="note" role="status">{live(note)}</span>
                {live_if(move || summary.with(Option::is_some), link)}
            </div>
            {live(rows)}
        </section>
    }
}

fn is_compared(summary: Kept<Option<FindingsSummary>>) -> bool {
    summary.with(|summary| summary.as_ref().is_some_and(|summary| summary.earlier.is_some()))
}

/// What is compared, or why nothing is.
fn note(summary: Option<&FindingsSummary>) -> String {
    match summary {
        Some(summary) if !summary.is_done => {
            let done = summary.kinds.iter().filter(|kind| kind.is_done).count();
            fill(
                "Still looking: {0} of {1} kinds",
                &[&done.to_string(), &summary.kinds.len().to_string()],
            )
        }
        Some(FindingsSummary { earlier: Some(at), .. }) => fill("New since {0}, in this tab", &[&clock(*at)]),
        Some(_) => say("First reading in this tab").to_owned(),
        None => String::new(),
    }
}

fn rows(session: Session, summary: &FindingsSummary) -> AnyView {
    let is_compared = summary.earlier.is_some();
    let is_told = |kind: &&KindSummary| if is_compared { kind.fresh > 0 } else { kind.total > 0 };
    let told: Vec<&KindSummary> = summary.kinds.iter().filter(is_told).collect();
    if told.is_empty() && summary.is_done {
        let text = if is_compared {
            say("Nothing is wrong now that was not wrong before.")
        } else {
            say("Nothing that Rollcall looks for is wrong with this directory.")
        };
        return view! { <Empty title=say("Nothing new.") text size="sm" /> }.into_any();
    }
    let rows = told.into_iter().take(SHOWN).map(|kind| row(session, kind, is_compared));
    view! { <ul>{rows.collect_view()}</ul> }.into_any()
}

fn row(session: Session, kind: &KindSummary, is_compared: bool) -> impl IntoView + use<> {
    let words = words(kind.kind);
    let url = session.url(Screen::Findings(FindingsView {
        kind: Some(kind.kind),
        ..FindingsView::default()
    }));
    let (title, body, count) = match (is_compared, kind.fresh) {
        (true, fresh) => {
            let first = words::of_engine(&kind.first_fresh);
            let first = first.trim_end_matches('.');
            let body = match fresh {
                1 => first.to_owned(),
                fresh => fill("{0}, and {1} more", &[first, &number(fresh - 1)]),
            };
            let title = fill("{0}: {1} new", &[words.title, &number(fresh)]);
            (
                title,
                body,
                fill("{0} in all, {1} before", &[&number(kind.total), &number(kind.earlier)]),
            )
        }
        (false, _) => (
            words.title.to_owned(),
            kind.names.join(", "),
            counted(words.noun, kind.total.into()),
        ),
    };
    view! {
        <li>
            <a class="finding-row" href=url>
                <span class="finding-mark">{severity_mark(kind.kind.severity())}</span>
                <span class="finding-text" data-tight="">
                    <span class="finding-title">{title}</span>
                    <span class="finding-body">{body}</span>
                </span>
                <span class="finding-count">
                    <small>{count}</small>
                </span>
            </a>
        </li>
    }
}
