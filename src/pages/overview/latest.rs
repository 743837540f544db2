//! What is newly wrong since the reading before; of the first reading, what is wrong.

use leptos::prelude::*;
use protocol::{FindingsSummary, KindSummary};

use super::to_come;
use crate::components::finding::severity_mark;
use crate::components::kept::Kept;
use crate::components::live::{follow, live, live_if};
use crate::components::notice::Empty;
use crate::components::number::number;
use crate::number::{clock, moment};
use crate::pages::findings::{looking, words};
use crate::readings::{Reading, before, remember};
use crate::route::{FindingsView, Screen};
use crate::session::Session;
use crate::words::{self, counted, fill, say};

/// How many kinds are told.
const SHOWN: usize = 7;

/// What is wrong is held against this.
#[derive(Clone, Debug, PartialEq)]
enum Earlier {
    /// A reading in this tab, of whose findings each is known.
    Here(f64),
    /// One before this page was loaded, of which only the numbers were kept.
    Counts(Reading),
    /// This is the first.
    None,
}

/// The card.
#[component]
pub fn Latest(session: Session) -> impl IntoView {
    let nothing = Kept::from("");
    let summary = Kept::from(looking(session, nothing, Kept::from(None)).answer);
    let kept = Kept::new(move || {
        let (dir, at) = session.reading_of()?;
        before(&dir, at)
    });
    let earlier = Kept::new(move || {
        let here = summary.with(|summary| summary.as_ref().and_then(|summary| summary.earlier));
        match (here, kept.get()) {
            (Some(at), _) => Earlier::Here(at),
            (None, Some(reading)) => Earlier::Counts(reading),
            (None, None) => Earlier::None,
        }
    });
    follow(move || {
        let counts = summary.with(|summary| {
            let done = summary.as_ref().filter(|summary| summary.is_done)?;
            Some(done.kinds.iter().map(|kind| kind.total).collect())
        });
        if let (Some(counts), Some((dir, at))) = (counts, session.reading_of()) {
            remember(&dir, Reading { at, counts });
        }
    });
    let note = move || summary.with(|summary| earlier.with(|earlier| note(summary.as_ref(), earlier)));
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
        let rows = |summary| earlier.with(|earlier| rows(session, &summary, earlier));
        summary.map_or_else(|| to_come().into_any(), rows)
    };
    let title = move || {
        if earlier.with(|earlier| *earlier != Earlier::None) {
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

/// What is compared, or why nothing is.
fn note(summary: Option<&FindingsSummary>, earlier: &Earlier) -> String {
    match summary {
        Some(summary) if !summary.is_done => {
            let done = summary.kinds.iter().filter(|kind| kind.is_done).count();
            fill(
                "Still looking: {0} of {1} kinds",
                &[&done.to_string(), &summary.kinds.len().to_string()],
            )
        }
        Some(_) => match earlier {
            Earlier::Here(at) => fill("New since {0}, in this tab", &[&clock(*at)]),
            Earlier::Counts(reading) => {
                let at = moment(reading.at as f64, js_sys::Date::now());
                fill("More than when it was read {0}", &[&at])
            }
            Earlier::None => say("First reading in this tab").to_owned(),
        },
        None => String::new(),
    }
}

/// How many findings of a kind the earlier reading had, where only numbers are known.
fn counted_before(kind: &KindSummary, reading: &Reading) -> u32 {
    reading.counts.get(kind.kind as usize).copied().unwrap_or_default()
}

fn rows(session: Session, summary: &FindingsSummary, earlier: &Earlier) -> AnyView {
    let is_told = |kind: &&KindSummary| match earlier {
        Earlier::Here(_) => kind.fresh > 0,
        Earlier::Counts(reading) => kind.total > counted_before(kind, reading),
        Earlier::None => kind.total > 0,
    };
    let told: Vec<&KindSummary> = summary.kinds.iter().filter(is_told).collect();
    if told.is_empty() && summary.is_done {
        let text = match earlier {
            Earlier::Here(_) => say("Nothing is wrong now that was not wrong before."),
            Earlier::Counts(_) => say("No kind has more findings than before."),
            Earlier::None => say("Nothing that Rollcall looks for is wrong with this directory."),
        };
        return view! { <Empty title=say("Nothing new.") text size="sm" /> }.into_any();
    }
    let rows = told.into_iter().take(SHOWN).map(|kind| row(session, kind, earlier));
    view! { <ul>{rows.collect_view()}</ul> }.into_any()
}

fn row(session: Session, kind: &KindSummary, earlier: &Earlier) -> impl IntoView + use<> {
    let words = words(kind.kind);
    let url = session.url(Screen::Findings(FindingsView {
        kind: Some(kind.kind),
        ..FindingsView::default()
    }));
    let in_all = |before: u32| fill("{0} in all, {1} before", &[&number(kind.total), &number(before)]);
    let (title, body, count) = match earlier {
        Earlier::Here(_) => {
            let fresh = kind.fresh;
            let first = words::of_engine(&kind.first_fresh);
            let first = first.trim_end_matches('.');
            let body = match fresh {
                1 => first.to_owned(),
                fresh => fill("{0}, and {1} more", &[first, &number(fresh - 1)]),
            };
            let title = fill("{0}: {1} new", &[words.title, &number(fresh)]);
            (title, body, in_all(kind.earlier))
        }
        Earlier::Counts(reading) => {
            let before = counted_before(kind, reading);
            let title = fill("{0}: {1} more", &[words.title, &number(kind.total - before)]);
            (title, kind.names.join(", "), in_all(before))
        }
        Earlier::None => (
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
