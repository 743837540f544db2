//! The pane that leads: the kinds of which something was found, and how far was looked.

use leptos::prelude::*;
use protocol::{FindingKind, FindingPlace, KindSummary};

use super::words::words;
use super::{Shared, shown};
use crate::components::button::Button;
use crate::components::finding::{KindList, KindRow};
use crate::components::icon::{sized, spinner};
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::Empty;
use crate::components::number::number;
use crate::notice;
use crate::words::{counted, fill, say};

/// The kinds.
#[component]
pub fn Lead(shared: Shared) -> impl IntoView {
    let rows = Kept::new(move || {
        let view = shared.view.get();
        shared.summary.with(|summary| {
            let shown = summary.iter().flat_map(|summary| shown(&view, summary));
            shown.map(|kind| row(shared, kind)).collect::<Vec<_>>()
        })
    });
    let is_empty = move || shared.is_done() && rows.with(Vec::is_empty);
    view! {
        <section class="pane" aria-label=say("Findings by kind")>
            {live_if(move || !is_empty(), move || view! { <KindList rows /> })}
            {live_if(is_empty, move || nothing(shared))}
            <footer class="pane-foot">
                <span class="row" role="status">
                    {live_if(move || !shared.is_done() && shared.problem.with(Option::is_none), spinner)}
                    {live_if(move || shared.is_done(), || sized("#i-check", "14"))}
                    <span>{live(move || extent(shared))}</span>
                </span>
            </footer>
        </section>
    }
}

fn row(shared: Shared, kind: &KindSummary) -> KindRow {
    let words = words(kind.kind);
    let found = counted(words.noun, kind.matching.into());
    // The number stands above it.
    let (_, noun) = found.split_once(' ').unwrap_or_default();
    let of = match shared.view.with(|view| view.q.trim().is_empty()) {
        true => noun.to_owned(),
        false => fill("of {0}", &[&number(kind.total)]),
    };
    KindRow {
        severity: kind.kind.severity(),
        title: words.title,
        body: words.body.to_owned(),
        more: kind.matching.saturating_sub(kind.names.len() as u32),
        names: kind.names.clone(),
        count: (number(kind.matching), of),
        url: shared.url(Some(kind.kind), FindingPlace::default()),
        is_current: shared.chosen.get() == Some(kind.kind),
    }
}

/// What was looked at, or how far, or why no further.
fn extent(shared: Shared) -> String {
    if let Some(problem) = shared.problem.get() {
        return notice::problem(&problem);
    }
    let done = shared.summary.with(|summary| {
        let kinds = summary.iter().flat_map(|summary| &summary.kinds);
        kinds.filter(|kind| kind.is_done).count()
    });
    if !shared.is_done() {
        return fill(
            "Still looking: {0} of {1} kinds so far",
            &[&done.to_string(), &FindingKind::COUNT.to_string()],
        );
    }
    shared.session.opened.with(|opened| {
        let (users, groups) = opened.as_ref().map_or((0, 0), |opened| (opened.users, opened.groups));
        let (users, groups) = (
            counted("{0} user|{0} users", users.into()),
            counted("{0} group|{0} groups", groups.into()),
        );
        fill(
            "Looked at {0} and {1} for {2} kinds",
            &[&groups, &users, &FindingKind::COUNT.to_string()],
        )
    })
}

/// Where nothing was found that matches: what was looked for.
pub fn nothing(shared: Shared) -> impl IntoView {
    let view = shared.view;
    let is_filtered = move || view.with(|view| !view.q.trim().is_empty() || view.severity.is_some());
    let title = move || {
        if shared.is_done() {
            say("Nothing found.")
        } else {
            say("Still looking.")
        }
    };
    let text = move || match view.with(|view| view.q.trim().to_owned()) {
        _ if !shared.is_done() => extent(shared),
        q if q.is_empty() && is_filtered() => say("No finding matters so much.").to_owned(),
        q if q.is_empty() => {
            let kinds: Vec<&str> = FindingKind::all().map(|kind| words(kind).title).collect();
            [&extent(shared), ": ", &kinds.join(", "), "."].concat()
        }
        q => fill(
            "No finding is about a user, a group or a fact with \"{0}\" in it.",
            &[&q],
        ),
    };
    let clear = move |()| {
        shared.set(false, |view| {
            view.q = String::new();
            view.severity = None;
        });
    };
    view! {
        <Empty title=Kept::new(move || title().to_owned()) text=Kept::new(text) size="sm">
            {live_if(is_filtered, move || view! { <Button text=say("Show all findings") href="#i-x" on_press=clear /> })}
        </Empty>
    }
}
