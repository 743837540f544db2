//! What the staged changes would do together.

use leptos::prelude::*;
use protocol::{ChangeLine, Exported, GroupName, Managing, Moves, WhatIf};

use super::{ROWS, Staging, words};
use crate::components::button::{Button, IconButton, copy_text};
use crate::components::change::{Addresses, managing, moves, tally};
use crate::components::icon::sized;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::notice::{Empty, Notice};
use crate::components::path::loop_mark;
use crate::export::export_button;
use crate::notice;
use crate::number::{grouped, millis};
use crate::pages::link::copy_link;
use crate::route::{GroupsView, Screen};
use crate::words::{counted, fill, say, weave};

/// The pane: in one sentence, in numbers, and row by row.
pub fn impact(staging: Staging) -> impl IntoView {
    let Staging {
        session,
        changes,
        asked,
        side,
        ..
    } = staging;
    let against = move || {
        let name = session.directory_name();
        view! { <span class="count truncate">{fill("against {0}, read {1}", &[&name, &session.read_at.get()])}</span> }
    };
    // What was answered before stays until the next answer, except where nothing is staged.
    let told = Kept::new(move || asked.answer.get().filter(|_| !changes.with(Vec::is_empty)));
    let copy = move |()| {
        let requests = told.with_untracked(|told| told.as_ref().map(requests));
        if let Some(requests) = requests {
            copy_text(requests, move || session.say(say("Copied as requests.").to_owned()));
        }
    };
    let share = move |()| copy_link(session);
    let says = move || told.with(|told| told.as_ref().map(|told| (words::headline(told), words::aside(told))));
    let said = move || {
        says().map(|(first, then)| {
            view! {
                <p>{first}</p>
                <p>{then}</p>
            }
        })
    };
    let body = move || match (asked.problem.get(), told.get()) {
        (Some(problem), _) => {
            view! { <Empty size="sm" title=say("This cannot be worked out.") text=notice::problem(&problem) /> }
                .into_any()
        }
        (None, Some(told)) => whole(staging, &told).into_any(),
        (None, None) => view! {
            <Empty
                size="sm"
                title=say("Who gains, who loses?")
                text=say("Once a change is staged, this says who would be in which groups by it, and why.")
            />
        }
        .into_any(),
    };
    let exported = move || {
        let is_there = asked.answer.with(Option::is_some) && asked.problem.with(Option::is_none);
        is_there
            .then(|| ("", Exported::WhatIf(changes.get())))
            .into_iter()
            .collect()
    };
    let foot = move || {
        told.with(|told| told.as_ref().map(|told| told.users)).map(|users| {
            view! {
                <span>
                    {weave(
                        "Worked out for {0} users in {1} in Wasm. The directory is as it was.",
                        vec![
                            view! { <b>{grouped(users.into())}</b> }.into_any(),
                            millis(asked.micros.get()).into_any(),
                        ],
                    )}
                </span>
            }
        })
    };
    view! {
        <div class="pane-head" data-edge="">
            <span class="back">
                <IconButton href="#i-arrow-left" label=say("Back to the changes") on_press=move |()| side.set("lead") />
            </span>
            <h1>{say("Impact")}</h1>
            {live(against)}
            <span class="push row">
                <Button text=say("Copy as requests") href="#i-copy" disabled=Kept::new(move || told.with(Option::is_none)) on_press=copy />
                <Button text=say("Share link") href="#i-link" on_press=share />
            </span>
        </div>
        <div class="scroll">
            <div class="impact" role="status" hidden=move || told.with(Option::is_none)>{live(said)}</div>
            <div class="doc" data-pane="">{live(body)}</div>
        </div>
        <footer class="pane-foot">
            <span class="row">{sized("#i-bolt", "14")} {live(foot)}</span>
            <span class="push row">{export_button(session, exported)}</span>
        </footer>
    }
}

fn whole(staging: Staging, told: &WhatIf) -> impl IntoView + use<> {
    let session = staging.session;
    let user = |id: &str| {
        let screen = Screen::User {
            id: id.to_owned(),
            groups: Vec::new(),
        };
        untrack(|| session.url(screen))
    };
    let group = |id: &str| {
        let screen = Screen::Groups(GroupsView {
            group: Some(id.to_owned()),
            ..GroupsView::default()
        });
        untrack(|| session.url(screen))
    };
    let addresses = Addresses {
        user: &user,
        group: &group,
    };
    let warning = words::danger(told).map(|(title, text)| {
        let by = told
            .administrators
            .as_ref()
            .map(|administrators| administrators.by.clone());
        let away = by.filter(|by| by.len() == 1).and_then(|by| by.first().copied());
        view! {
            <Notice tone="danger" title=title text=text>
                {away.map(|number| {
                    let text = fill("Take change {0} away", &[&number.to_string()]);
                    view! { <Button text=text href="#i-x" on_press=move |()| staging.take_away(number) /> }
                })}
            </Notice>
        }
    });
    let numbers = tally([
        (told.gained.users, gain(told.gained.users), "gained"),
        (told.lost.users, lose(told.lost.users), "lost"),
        (told.managers_gained.total, say("managers gained"), "managers-gained"),
        (told.managers_lost.total, say("managers lost"), "managers-lost"),
        (told.cycles_made.len() as u32, say("loops made"), "cycles"),
        (told.cycles_broken.len() as u32, say("loops broken"), "cycles"),
    ]);
    view! {
        {warning}
        {numbers}
        {section(staging, "gained", say("Gained"), &told.gained, true, &addresses)}
        {section(staging, "lost", say("Lost"), &told.lost, false, &addresses)}
        <div class="halves">
            {managers("managers-gained", say("Managers gained"), &told.managers_gained, &addresses)}
            {managers("managers-lost", say("Managers lost"), &told.managers_lost, &addresses)}
        </div>
        {cycles(told, &addresses)}
    }
}

fn gain(users: u32) -> &'static str {
    if users == 1 {
        say("user gains")
    } else {
        say("users gain")
    }
}

fn lose(users: u32) -> &'static str {
    if users == 1 {
        say("user loses")
    } else {
        say("users lose")
    }
}

fn section(
    staging: Staging,
    id: &'static str,
    title: &'static str,
    told: &Moves,
    comes: bool,
    addresses: &Addresses<'_>,
) -> Option<impl IntoView + use<>> {
    if told.total == 0 {
        return None;
    }
    let count = [
        &counted("{0} user|{0} users", told.users.into()),
        ", ",
        &counted("{0} membership|{0} memberships", told.total.into()),
    ]
    .concat();
    let left = told.total.saturating_sub(told.rows.len() as u32);
    let more = (left > 0).then(|| {
        let text = fill("Show more of the other {0}", &[&grouped(left.into())]);
        let limit = staging.limit;
        view! { <Button text=text kind="quiet" on_press=move |()| limit.update(|limit| *limit += ROWS * 4) /> }
            .into_any()
    });
    Some(view! {
        <section class="section" aria-labelledby=id>
            <div class="section-head">
                <h2 id=id>{title}</h2>
                <span class="count">{count}</span>
                <span class="note truncate">{groups(told)}</span>
            </div>
            {moves(&told.rows, comes, addresses, more)}
        </section>
    })
}

/// The groups that it is about: `Site access`, `Payroll (138), Finance (12) and 4 more`.
fn groups(told: &Moves) -> String {
    let named: Vec<String> = match told.groups.as_slice() {
        [(only, _)] => vec![only.name.clone()],
        several => {
            let one = |(group, users): &(GroupName, u32)| [&group.name, " (", &grouped((*users).into()), ")"].concat();
            several.iter().take(3).map(one).collect()
        }
    };
    let more = u64::from(told.groups_total).saturating_sub(named.len() as u64);
    let rest = if more == 0 {
        String::new()
    } else {
        [" ", &fill("and {0} more", &[&grouped(more)])].concat()
    };
    named.join(", ") + &rest
}

fn managers(
    id: &'static str,
    title: &'static str,
    told: &Managing,
    addresses: &Addresses<'_>,
) -> Option<impl IntoView + use<>> {
    (told.total > 0).then(|| {
        view! {
            <section class="section" aria-labelledby=id>
                <div class="section-head">
                    <h2 id=id>{title}</h2>
                    <span class="count">{grouped(told.total.into())}</span>
                </div>
                {managing(title, &told.rows, addresses)}
            </section>
        }
    })
}

/// The loops that come and go, spelled out.
fn cycles(told: &WhatIf, addresses: &Addresses<'_>) -> Option<impl IntoView + use<>> {
    if told.cycles_made.is_empty() && told.cycles_broken.is_empty() {
        return None;
    }
    let line = |cycle: &Vec<GroupName>, verb: &'static str| {
        let steps = cycle.iter().chain(cycle.first()).enumerate().map(|(place, group)| {
            view! {
                {(place > 0).then_some(" › ")}
                <a class="cell-link" href=(addresses.group)(&group.id)>{group.name.clone()}</a>
            }
        });
        view! { <li class="row">{loop_mark("")} <span>{verb} " " {steps.collect_view()}</span></li> }
    };
    let made = told.cycles_made.iter().map(|cycle| line(cycle, say("Made:")));
    let broken = told.cycles_broken.iter().map(|cycle| line(cycle, say("Broken:")));
    let lines = made.chain(broken).collect_view();
    Some(view! {
        <section class="section" aria-labelledby="cycles">
            <div class="section-head">
                <h2 id="cycles">{say("Loops")}</h2>
            </div>
            <ul class="card loops">{lines}</ul>
        </section>
    })
}

/// The changes as documented requests, a line each; a comment where there is none.
fn requests(told: &WhatIf) -> String {
    let line = |(place, line): (usize, &ChangeLine)| match (&line.problem, &line.request) {
        (None, Some((method, url))) => [method, " ", url].concat(),
        (Some(problem), _) => fill("# Change {0} cannot be: {1}", &[&(place + 1).to_string(), problem]),
        (None, None) => fill("# Change {0} has no documented request", &[&(place + 1).to_string()]),
    };
    told.changes.iter().enumerate().map(line).collect::<Vec<_>>().join("\n") + "\n"
}
