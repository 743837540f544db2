//! What is wrong with the facts: the kinds lead, then the findings of one, then one of them.

mod kind;
mod lead;
mod looking;
mod one;
mod words;

pub use looking::looking;
pub use words::words;

use leptos::prelude::*;
use protocol::{Exported, FindingKind, FindingPlace, FindingsExport, FindingsSummary, KindSummary, Problem, Severity};

use crate::components::badge::partial_badge;
use crate::components::field::SearchField;
use crate::components::finding::{severity_icon, severity_word};
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::number::number;
use crate::components::pane::Splitter;
use crate::components::segmented::{Segment, Segmented};
use crate::components::slot::Slot;
use crate::export::{Offers, export_button};
use crate::keys::Deed;
use crate::route::{FindingsView, Screen, severity_name};
use crate::session::{Session, session};
use crate::words::{counted, fill, say};
use kind::kind_pane;
use lead::Lead;
use one::one_pane;

/// What the panes of the screen share.
#[derive(Clone, Copy)]
pub struct Shared {
    session: Session,
    /// What the address says.
    view: Kept<FindingsView>,
    /// What was found so far.
    summary: Kept<Option<FindingsSummary>>,
    /// Why nothing more is found.
    problem: Slot<Option<Problem>>,
    /// The kind on screen: the one in the address, or the gravest that was found.
    chosen: Kept<Option<FindingKind>>,
}

/// The Findings screen. Where there is room for one pane only, the kinds give way to one once it is chosen.
#[component]
pub fn Findings() -> impl IntoView {
    let session = session();
    let view = Kept::new(move || of_route(session));
    let q = Kept::new(move || view.with(|view| view.q.clone()));
    let first = Kept::new(move || view.with(|view| view.kind));
    let looked = looking(session, q, first);
    let summary = Kept::from(looked.answer);
    let chosen = Kept::new(move || {
        view.with(|view| view.kind)
            .or_else(|| gravest(&view.get(), &summary.get()?))
    });
    let shared = Shared {
        session,
        view,
        summary,
        problem: looked.problem,
        chosen,
    };
    let width = Slot::new(None);
    let side = move || {
        if view.with(|view| view.kind.is_some()) {
            "detail"
        } else {
            "lead"
        }
    };
    // Another kind, or one of its findings, is another pane.
    let pane = Kept::new(move || (chosen.get(), view.with(|view| view.place.clone())));
    let detail = move || match pane.get() {
        (None, _) => ().into_any(),
        (Some(kind), place) if place.is_empty() => kind_pane(shared, kind).into_any(),
        (Some(kind), place) => one_pane(shared, kind, place).into_any(),
    };
    let lead_width = move || width.get().map(|width| crate::components::number::length(width) + "px");
    view! {
        <Head shared />
        <div class="split findings-split" data-view=side style=("--lead-set", lead_width)>
            <Lead shared />
            <section class="pane" aria-label=say("Findings of this kind")>
                <Splitter width keys=[session.key(Deed::Narrower), session.key(Deed::Wider)] on_settle=|_| () />
                {live(detail)}
            </section>
        </div>
    }
}

/// What the address says of this screen.
fn of_route(session: Session) -> FindingsView {
    session.route.with(|route| match &route.screen {
        Screen::Findings(view) => view.clone(),
        _ => FindingsView::default(),
    })
}

/// The gravest kind of which something was found that matches.
fn gravest(view: &FindingsView, summary: &FindingsSummary) -> Option<FindingKind> {
    shown(view, summary).next().map(|kind| kind.kind)
}

/// The kinds of the severity that is asked for of which something was found that matches.
fn shown<'s>(view: &FindingsView, summary: &'s FindingsSummary) -> impl Iterator<Item = &'s KindSummary> + use<'s> {
    let severity = view.severity;
    let is_shown = move |kind: &&KindSummary| {
        kind.matching > 0 && severity.is_none_or(|severity| kind.kind.severity() == severity)
    };
    summary.kinds.iter().filter(is_shown)
}

impl Shared {
    /// Changes what the address says of this screen; typing replaces the entry of the history, a choice adds one.
    fn set(self, typed: bool, change: impl FnOnce(&mut FindingsView)) {
        let mut route = self.session.route.get_untracked();
        let Screen::Findings(view) = &mut route.screen else {
            return;
        };
        change(view);
        if typed {
            self.session.replace(route);
        } else {
            self.session.go(route);
        }
    }

    /// The address of a kind, or of one of its findings, under the same search.
    fn url(self, kind: Option<FindingKind>, place: FindingPlace) -> String {
        self.session.url(Screen::Findings(FindingsView {
            kind,
            place,
            ..self.view.get()
        }))
    }

    /// What was found of a kind.
    fn of(self, kind: FindingKind) -> Option<KindSummary> {
        self.summary.with(|summary| {
            let kinds = summary.as_ref()?.kinds.iter();
            kinds.clone().find(|other| other.kind == kind).cloned()
        })
    }

    fn is_done(self) -> bool {
        self.summary
            .with(|summary| summary.as_ref().is_some_and(|summary| summary.is_done))
    }
}

#[component]
fn Head(shared: Shared) -> impl IntoView {
    let Shared {
        session, view, summary, ..
    } = shared;
    let extent = move || {
        summary.with(|summary| {
            let view = view.get();
            let shown = summary.iter().flat_map(|summary| shown(&view, summary));
            let (count, kinds) = shown.fold((0, 0), |(count, kinds), kind| (count + kind.matching, kinds + 1));
            let words = fill("{0} in {1}", &[&number(count), &counted("{0} kind|{0} kinds", kinds)]);
            summary.is_some().then(|| view! { <span class="count">{words}</span> })
        })
    };
    let q = Kept::new(move || view.with(|view| view.q.clone()));
    let search = move |text| {
        shared.set(true, |view| {
            view.q = text;
            view.place = FindingPlace::default();
        });
    };
    view! {
        <header class="page-head">
            <h1>{say("Findings")}</h1>
            {live(extent)}
            {live_if(move || session.is_partial(), partial_badge)}
            <Severities shared />
            <span class="push row">
                <SearchField
                    label=say("Find in findings")
                    key=session.key(Deed::Find)
                    value=q
                    on_input=search
                />
                {export_button(session, move || offers(shared))}
            </span>
        </header>
    }
}

/// The kind on screen, and all that are listed. What is still looked for cannot be whole in a file.
fn offers(shared: Shared) -> Offers {
    let view = shared.view.get();
    let kinds = |kinds: Vec<FindingKind>| {
        let q = view.q.clone();
        Exported::Findings(FindingsExport { kinds, q })
    };
    let listed: Vec<FindingKind> = shared.summary.with(|summary| {
        let listed = summary.iter().flat_map(|summary| shown(&view, summary));
        listed.map(|kind| kind.kind).collect()
    });
    let mut offers = Vec::new();
    if shared.is_done() && !listed.is_empty() {
        offers.push((say("All kinds"), kinds(listed.clone())));
    }
    if let Some(kind) = shared.chosen.get().filter(|kind| listed.contains(kind))
        && shared.of(kind).is_some_and(|kind| kind.is_done)
        && listed.len() > 1
    {
        offers.push((say("This kind"), kinds(vec![kind])));
    }
    offers
}

#[component]
fn Severities(shared: Shared) -> impl IntoView {
    const ALL: [Severity; 3] = [Severity::Critical, Severity::Warning, Severity::Notice];
    let count = move |severity: Severity| {
        shared.summary.with(|summary| {
            let kinds = summary.as_ref()?.kinds.iter();
            let of = kinds.filter(|kind| kind.kind.severity() == severity);
            Some(of.map(|kind| kind.matching).sum())
        })
    };
    let segments = move || {
        let all = Segment {
            value: "all",
            text: say("All"),
            ..Segment::default()
        };
        let each = ALL.map(|severity| Segment {
            value: severity_name(severity),
            text: severity_word(severity),
            icon: severity_icon(severity),
            count: count(severity),
            ..Segment::default()
        });
        std::iter::once(all).chain(each).collect::<Vec<_>>()
    };
    let chosen = move || shared.view.with(|view| view.severity.map_or("all", severity_name));
    let choose = move |value| {
        shared.set(false, |view| {
            view.severity = ALL.into_iter().find(|severity| severity_name(*severity) == value);
            // A kind of another severity gives way.
            if view
                .kind
                .is_some_and(|kind| view.severity.is_some_and(|only| kind.severity() != only))
            {
                view.kind = None;
                view.place = FindingPlace::default();
            }
        });
    };
    view! { <Segmented label=say("Severity") segments=Kept::new(segments) chosen=Kept::new(chosen) on_choose=choose /> }
}
