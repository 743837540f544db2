//! One finding: what is wrong, whom it is about, and for a cycle the nesting that takes the least away.

use leptos::prelude::*;
use protocol::{
    BestCut, ChangeKind, CutAnswer, FindingDetail, FindingKind, FindingPlace, FindingQuestion, StagedChange, Topic,
    UserRow,
};

use super::Shared;
use super::kind::{group_url, severity_badge, user_url};
use super::looking::weighing;
use super::words::words;
use crate::components::badge::{count, status};
use crate::components::button::{Button, ButtonLink, IconLink};
use crate::components::finding::{advice, loop_figure};
use crate::components::grid::briefs;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::Empty;
use crate::components::number::number;
use crate::components::pane::heading_to_come;
use crate::notice;
use crate::pages::link::copy_link;
use crate::route::Screen;
use crate::session::Session;
use crate::words::{counted, counted_with, fill, say, weave};

/// The pane of a finding.
pub fn one_pane(shared: Shared, kind: FindingKind, place: FindingPlace) -> impl IntoView {
    let Shared { session, view, .. } = shared;
    let asked = session.ask(Topic::Finding, move || {
        let found = shared.of(kind)?;
        Some(FindingQuestion {
            kind,
            place: place.clone(),
            q: view.with(|view| view.q.clone()),
            // Found in the end, or not: what comes in between is another question only while this one is not found.
            known: found.total,
        })
    });
    let detail = Kept::new(move || asked.answer.get().flatten());
    let is_missing = move || {
        let is_looked_for = shared.of(kind).is_some_and(|found| found.is_done);
        let is_answered = asked.answer.with(|answer| matches!(answer, Some(None))) && !asked.is_busy();
        asked.problem.with(Option::is_some) || is_looked_for && is_answered
    };
    let missing = move || {
        let why = move || match asked.problem.get() {
            Some(problem) => notice::problem(&problem),
            None => say("It was put right, or it is of another directory.").to_owned(),
        };
        let all = Kept::new(move || shared.url(Some(kind), FindingPlace::default()));
        view! {
            <Empty title=say("This finding is not here.") text=Kept::new(why) size="sm">
                <ButtonLink text=say("Show all of this kind") url=all />
            </Empty>
        }
    };
    let shown = move || detail.get().map(|detail| body(shared, kind, &detail));
    let to_come = move || {
        view! {
            <div class="findings-doc" aria-busy="true">
                <p class="sr-only" role="status">{say("Still looking.")}</p>
                {heading_to_come()}
            </div>
        }
    };
    view! {
        <OneHead shared kind detail />
        {live_if(is_missing, missing)}
        {live_if(move || !is_missing() && detail.with(Option::is_none), to_come)}
        <div class="scroll" hidden=move || detail.with(Option::is_none)>{live(shown)}</div>
    }
}

#[component]
fn OneHead(shared: Shared, kind: FindingKind, detail: Kept<Option<FindingDetail>>) -> impl IntoView {
    let back = move || shared.url(Some(kind), FindingPlace::default());
    let neighbour =
        move |text: &'static str, href: &'static str, place: fn(&FindingDetail) -> &Option<FindingPlace>| {
            let at = Kept::new(move || detail.with(|detail| detail.as_ref().and_then(|detail| place(detail).clone())));
            let link = move || {
                let url = Kept::new(move || at.get().map(|at| shared.url(Some(kind), at)).unwrap_or_default());
                view! { <ButtonLink text href url /> }
            };
            live_if(move || at.with(Option::is_some), link)
        };
    let copy = move |()| copy_link(shared.session);
    let meta = move || detail.with(|detail| detail.as_ref().map(|detail| crate::words::of_engine(&detail.message)));
    let which = move || {
        detail.with(|detail| {
            let detail = detail.as_ref().filter(|detail| detail.number > 0)?;
            Some(fill("{0} of {1}", &[&number(detail.number), &number(detail.of)]))
        })
    };
    view! {
        <header class="entity" data-edge="">
            <div class="entity-title">
                <IconLink url=Kept::new(back) href="#i-arrow-left" label=say("Back to all of this kind") />
                <h2>{words(kind).title}</h2>
                {severity_badge(kind)}
                <div class="actions">
                    {neighbour(say("Previous"), "#i-arrow-up", |detail| &detail.before)}
                    {neighbour(say("Next"), "#i-arrow-down", |detail| &detail.after)}
                    <Button text=say("Copy link") href="#i-link" on_press=copy />
                </div>
            </div>
            <div class="entity-meta">
                <p>{live(meta)}</p>
                <span class="count">{live(which)}</span>
            </div>
        </header>
    }
}

fn body(shared: Shared, kind: FindingKind, detail: &FindingDetail) -> impl IntoView + use<> {
    let session = shared.session;
    let knows_managers = session
        .opened
        .with_untracked(|opened| opened.as_ref().is_some_and(|opened| opened.knows_managers));
    let is_loop = kind == FindingKind::Cycle && detail.groups_total > 1;
    let group = detail.groups.first().map(|group| group.id.clone()).filter(|_| is_loop);
    let doctor = group.map(|group| view! { <Doctor session group /> });
    let groups = (!detail.groups.is_empty()).then(|| {
        let table = briefs(say("Affected groups"), &detail.groups, None, knows_managers, &|id| {
            group_url(session, id)
        });
        affected(
            say("Affected groups"),
            detail.groups_total,
            detail.groups.len(),
            table.into_any(),
        )
    });
    let users = (!detail.users.is_empty()).then(|| {
        let table = people(session, &detail.users);
        affected(
            say("Affected users"),
            detail.users_total,
            detail.users.len(),
            table.into_any(),
        )
    });
    view! {
        <div class="findings-doc">
            {doctor}
            {advice(words(kind).why, words(kind).todo)}
            {groups}
            {users}
        </div>
    }
}

/// A table of what the finding is about; what does not fit is counted.
fn affected(title: &'static str, total: u32, listed: usize, table: AnyView) -> impl IntoView {
    let more = total.saturating_sub(listed as u32);
    let more = (more > 0)
        .then(|| view! { <p class="muted t12">{fill("{0} more are not listed here; the export has them.", &[&number(more)])}</p> });
    view! {
        <section class="section">
            <div class="section-head">
                <h3>{title}</h3>
                {count(total)}
            </div>
            <div class="card">{table}</div>
            {more}
        </section>
    }
}

fn people(session: Session, users: &[UserRow]) -> impl IntoView + use<> {
    let rows = users.iter().map(|user| {
        view! {
            <div class="grid-row" role="row">
                <span class="cell" role="cell">
                    <a class="cell-link medium" href=user_url(session, &user.id)>{user.name.clone()}</a>
                </span>
                <span class="cell c-managers mono t12" role="cell" dir="ltr">{user.username.clone()}</span>
                <span class="cell" role="cell">{status(user.status)}</span>
                <span class="num" role="cell">{user.groups.map(number)}</span>
            </div>
        }
    });
    view! {
        <div class="grid people" role="table" aria-label=say("Affected users")>
            <div class="grid-head" role="row">
                <span role="columnheader">{say("User")}</span>
                <span class="c-managers" role="columnheader">{say("Username")}</span>
                <span role="columnheader">{say("Status")}</span>
                <span class="num" role="columnheader">{say("Groups")}</span>
            </div>
            {rows.collect_view()}
        </div>
    }
}

/// The loop, spelled out, and the nesting to take out.
#[component]
fn Doctor(session: Session, group: String) -> impl IntoView {
    let asked = weighing(session, Kept::new(move || Some(group.clone())));
    let answer = Kept::new(move || asked.answer.get().flatten());
    let picture = move || answer.get().map(|answer| picture(session, &answer));
    let advice = move || answer.get().map(|answer| prescription(session, &answer));
    view! {
        <section class="section">
            <div class="section-head">
                <h3>{say("The loop")}</h3>
                <span class="note">{live(move || answer.with(|answer| answer.as_ref().map(extent)))}</span>
            </div>
            <div class="card" data-stage="" role="region" aria-label=say("The loop") tabindex="0">{live(picture)}</div>
        </section>
        <section class="section" aria-busy=move || answer.with(Option::is_none).then_some("true")>
            <div class="section-head">
                <h3>{say("The nesting to take out")}</h3>
            </div>
            {live(advice)}
        </section>
    }
}

fn extent(answer: &CutAnswer) -> String {
    let groups = counted("{0} group|{0} groups", answer.groups.into());
    let text = counted_with(
        "{0} user is in each of {1}|{0} users are in each of {1}",
        answer.members.into(),
        &[&groups],
    );
    match answer.length < answer.groups {
        true => fill("{0}; {1} of them make this loop.", &[&text, &number(answer.length)]),
        false => text + ".",
    }
}

/// The loop turned so that the nesting to take out closes it. One that is too long to draw is told by its groups alone.
fn picture(session: Session, answer: &CutAnswer) -> AnyView {
    let mut groups = answer.spelled.clone();
    if (groups.len() as u32) < answer.length {
        let names: Vec<&str> = groups.iter().map(|group| group.group.name.as_str()).collect();
        let rest = answer.length - groups.len() as u32;
        let text = counted_with(
            "{1} and {0} group more.|{1} and {0} groups more.",
            rest.into(),
            &[&names.join(", ")],
        );
        return view! { <p>{text}</p> }.into_any();
    }
    let best = answer.best.as_ref().filter(|_| answer.is_done);
    if let Some(best) = best {
        groups.rotate_left(best.place as usize);
    }
    loop_figure(&groups, best.is_some(), &|id| group_url(session, id)).into_any()
}

fn prescription(session: Session, answer: &CutAnswer) -> AnyView {
    let Some(best) = answer.best.as_ref().filter(|_| answer.is_done) else {
        let text = counted_with(
            "Still weighing: {1} of {0} nesting so far.|Still weighing: {1} of {0} nestings so far.",
            answer.length.into(),
            &[&number(answer.weighed)],
        );
        return view! { <p role="status" class="muted">{text}</p> }.into_any();
    };
    let link = |group: &protocol::GroupName| view! { <a href=group_url(session, &group.id)>{group.name.clone()}</a> };
    view! {
        <p class="cut-says" role="status">
            {weave("Take {0} out of {1}.", vec![link(&best.child).into_any(), link(&best.parent).into_any()])} " " {cost(best)}
        </p>
        <p class="muted t12">
            {counted(
                "{0} nesting weighed; this one takes the least away.|{0} nestings weighed; this one takes the least away.",
                answer.length.into(),
            )}
            " "
            {remains(best)}
        </p>
        <p>
            <ButtonLink text=say("Try it in What-if") href="#i-what-if" url=what_if(session, best) />
        </p>
        {(best.users > 0).then(|| losers(session, best))}
    }
    .into_any()
}

/// Where the nesting is staged to be undone.
fn what_if(session: Session, best: &BestCut) -> String {
    session.url(Screen::WhatIf(
        vec![StagedChange {
            kind: ChangeKind::Unnest,
            subject: best.child.id.clone(),
            group: best.parent.id.clone(),
        }]
        .into(),
    ))
}

fn cost(best: &BestCut) -> String {
    if best.users == 0 {
        return say("Nobody loses a group by it.").to_owned();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count, which is far from 2^53"
    )]
    let lost = counted("{0} membership|{0} memberships", best.lost as u64);
    counted_with("{0} user loses {1}.|{0} users lose {1}.", best.users.into(), &[&lost])
}

fn remains(best: &BestCut) -> String {
    match best.left {
        0 => say("No group is in a cycle then.").to_owned(),
        left => counted(
            "{0} group would still contain itself, by other nestings; the next one is named after this.|{0} groups would still contain each other, by other nestings; the next one is named after this.",
            left.into(),
        ),
    }
}

/// Who would lose what.
fn losers(session: Session, best: &BestCut) -> impl IntoView + use<> {
    let groups = best.groups.iter().map(|(group, users)| {
        view! {
            <li>
                <a href=group_url(session, &group.id)>{group.name.clone()}</a>
                <span class="muted">{counted("loses {0} member|loses {0} members", (*users).into())}</span>
            </li>
        }
    });
    let users = best.losers.iter().map(|(user, groups)| {
        let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        view! {
            <li>
                <a href=user_url(session, &user.id)>{user.name.clone()}</a>
                <span class="muted">{fill("loses {0}", &[&names.join(", ")])}</span>
            </li>
        }
    });
    let more = u64::from(best.users).saturating_sub(best.losers.len() as u64);
    let more = (more > 0).then(|| view! { <li class="muted">{counted("{0} more user|{0} more users", more)}</li> });
    let other = best.groups_total.saturating_sub(best.groups.len() as u32);
    let other =
        (other > 0).then(|| view! { <li class="muted">{counted("{0} more group|{0} more groups", other.into())}</li> });
    view! {
        <div class="advice-grid">
            <div>
                <h4>{say("Groups that lose members")}</h4>
                <ul class="cut-who">{groups.collect_view()} {other}</ul>
            </div>
            <div>
                <h4>{say("Who would lose what")}</h4>
                <ul class="cut-who">{users.collect_view()} {more}</ul>
            </div>
        </div>
    }
}
