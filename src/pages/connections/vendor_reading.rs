//! A vendor that is being read: how far each list is, what it waits for, and what to do about it.

use std::time::Duration;

use leptos::prelude::*;
use protocol::{Command, List, ListProgress, Progress, Source, Standing, Vendor, VendorProgress};

use super::connect::{Draft, Form};
use super::incidents::list;
use super::reading::percent;
use super::vendor::head;
use crate::components::badge::badge;
use crate::components::button::Button;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::Notice;
use crate::components::progress::{Bar, Stage, Stages, State};
use crate::components::slot::Slot;
use crate::notice::vendor;
use crate::number::grouped;
use crate::session::{Reading, Session};
use crate::words::{counted, counted_with, fill, key, say};

/// A vendor that is being read, or to be asked instead.
pub fn vendor_reading(session: Session, vendor: Slot<Vendor>) -> impl IntoView {
    let is_live = Kept::new(move || session.reading.with(|reading| reading.as_ref().is_some_and(is_asked)));
    live(move || {
        let vendor = vendor.get_untracked();
        match is_live.get() {
            true => asking(session, &vendor),
            false => progress(session, vendor),
        }
    })
}

/// The progress, with the ways to pause, to stop, to sign in again, and to make do with what is there.
fn progress(session: Session, vendor: Vendor) -> AnyView {
    let reading = Kept::new(move || session.reading.get());
    let doing = Kept::new(move || reading.with(|reading| standing(reading.as_ref())));
    let state = state(doing, say("Reading"));
    let of_all = Kept::new(move || reading.with(|reading| reading.as_ref().map_or(0, percent)));
    let note = move || reading.with(|reading| reading.as_ref().map(note).unwrap_or_default());
    let stages = Kept::new(move || reading.with(|reading| reading.as_ref().map(stages).unwrap_or_default()));
    // The lists are known with the first sign of progress; then their number stays.
    let count = Kept::new(move || stages.with(Vec::len));
    let drawn = move || {
        let is_known = count.get() > 0;
        is_known.then(|| view! { <Stages stages /> })
    };
    // Told at every tenth, not at every tick.
    let told = Kept::new(move || format!("{}% read", of_all.get() / 10 * 10));
    let has_some = move || reading.with(|reading| items(reading.as_ref()) > 0);
    let of = vendor.clone();
    let finish = move || {
        let of = of.clone();
        view! {
            <Button
                text=say("Open with what is there")
                href="#i-arrow-right"
                on_press=move |()| session.command(&of, Command::Finish)
            />
        }
    };
    view! {
        {head(session, &vendor, state, actions(session, &vendor, doing))}
        <div class="scroll">
            <div class="doc reading" data-pane="">
                {waits(session, &vendor, doing)}
                <section class="section" aria-labelledby="reading">
                    <div class="section-head">
                        <h2 id="reading">{say("Reading the directory")}</h2>
                        <span class="note">{live(note)}</span>
                        <span class="push percent">{live(move || of_all.get())} "%"</span>
                    </div>
                    <Bar label=say("Directory read") percent=of_all />
                    <p class="sr-only" role="status">{live(move || told.get())}</p>
                </section>
                <section class="section" aria-labelledby="stages">
                    <div class="section-head"><h2 id="stages">{say("Stages")}</h2></div>
                    <div class="card">{live(drawn)}</div>
                </section>
                {live(move || reading.with(|reading| latest(&vendor, reading.as_ref())))}
            </div>
        </div>
        <footer class="pane-foot">
            <span>{say("What is open stays open, and answers, until this is whole.")}</span>
            <span class="push">{live_if(has_some, finish)}</span>
        </footer>
    }
    .into_any()
}

fn state(doing: Kept<Standing>, goes_on: &'static str) -> impl IntoView {
    live(move || match doing.get() {
        Standing::Reading => badge("", "#i-refresh", goes_on),
        Standing::Paused => badge("warn", "#i-pause", say("Paused")),
        Standing::Waiting { .. } => badge("warn", "#i-clock", say("Waiting for the server")),
        Standing::SignedOut(_) => badge("danger", "#i-octagon", say("Signed out")),
    })
}

/// Whether the server is to be asked instead of being read.
fn is_asked(reading: &Reading) -> bool {
    matches!(reading.source, Source::Live(_))
}

/// A server that is to be asked: its first answer is awaited.
fn asking(session: Session, vendor: &Vendor) -> AnyView {
    let doing = Kept::new(move || session.reading.with(|reading| standing(reading.as_ref())));
    let state = state(doing, say("Asking"));
    let stop =
        view! { <Button text=say("Stop") href="#i-x" kind="danger" on_press=move |()| session.stop_reading() /> };
    view! {
        {head(session, vendor, state, stop)}
        <div class="scroll">
            <div class="doc reading" data-pane="">
                {waits(session, vendor, doing)}
                {live_if(
                    move || doing.get() == Standing::Reading,
                    || view! { <p role="status" aria-busy="true">{say("Asking how many users and groups there are.")}</p> },
                )}
            </div>
        </div>
    }
    .into_any()
}

fn standing(reading: Option<&Reading>) -> Standing {
    let vendor = reading.and_then(|reading| reading.vendor.as_ref());
    vendor.map_or(Standing::Reading, |vendor| vendor.standing.clone())
}

fn items(reading: Option<&Reading>) -> u64 {
    let vendor = reading.and_then(|reading| reading.vendor.as_ref());
    vendor.map_or(0, |vendor| vendor.lists.iter().map(|list| list.items).sum())
}

/// Pause or go on, and stop.
fn actions(session: Session, vendor: &Vendor, doing: Kept<Standing>) -> AnyView {
    let is_paused = Kept::new(move || doing.get() == Standing::Paused);
    let can_pause = Kept::new(move || !matches!(doing.get(), Standing::SignedOut(_)));
    let of = vendor.clone();
    let pause = move || {
        let of = of.clone();
        let (text, href, command) = match is_paused.get() {
            true => (say("Go on"), "#i-arrow-right", Command::GoOn),
            false => (say("Pause"), "#i-pause", Command::Pause),
        };
        let press = move |()| session.command(&of, command.clone());
        can_pause
            .get()
            .then(|| view! { <Button text=text href=href on_press=press /> })
    };
    let live_source = Source::Live(vendor.clone());
    view! {
        {live(pause)}
        <Button text=say("Ask the server instead") on_press=move |()| session.read_from(live_source.clone()) />
        <Button text=say("Stop") href="#i-x" kind="danger" on_press=move |()| session.stop_reading() />
    }
    .into_any()
}

/// Why nothing comes, and what a person can do about it.
fn waits(session: Session, of: &Vendor, doing: Kept<Standing>) -> AnyView {
    let now = Slot::new(js_sys::Date::now());
    let tick = set_interval_with_handle(move || now.set(js_sys::Date::now()), Duration::from_secs(1));
    on_cleanup(move || {
        if let Ok(tick) = tick {
            tick.clear();
        }
    });
    let told = {
        let of = of.clone();
        Kept::new(move || match doing.get() {
            Standing::Waiting { until, failure, tries } => {
                let seconds = ((until as f64 - now.get()) / 1000.0).ceil().max(0.0) as u64;
                let told = vendor::waiting(&of, &failure, tries, seconds);
                (told.title, told.text)
            }
            _ => (String::new(), String::new()),
        })
    };
    let waiting = move || {
        let title = Kept::new(move || told.with(|told| told.0.clone()));
        let text = Kept::new(move || told.with(|told| told.1.clone()));
        view! { <Notice title text tone="warn" /> }
    };
    let is_live = session
        .reading
        .with_untracked(|reading| reading.as_ref().is_some_and(is_asked));
    let draft = Draft::new(Some(of), is_live);
    let of = of.clone();
    let signed_out = move || {
        let Standing::SignedOut(failure) = doing.get() else {
            return None;
        };
        let told = match session.is_signed_in(&of) {
            true => vendor::signed_out(&of, &failure),
            false => vendor::nobody(&of),
        };
        Some(view! {
            <Notice title=told.title text=told.text tone=told.tone />
            <Form session draft verb=say("Sign in and go on") is_fixed=true />
        })
    };
    view! {
        {live_if(move || matches!(doing.get(), Standing::Waiting { .. }), waiting)}
        {live(signed_out)}
    }
    .into_any()
}

/// `1,200 users, 825 groups, 6,281 memberships so far, with 96 requests.`
fn note(reading: &Reading) -> String {
    let Some(vendor) = &reading.vendor else {
        return String::new();
    };
    if reading.progress.is_some() {
        return say("The index is being built.").to_owned();
    }
    let counts = vendor.lists.iter().map(|list| counted(noun(list.list), list.items));
    let counts: Vec<String> = counts.collect();
    let requests = counted("{0} request|{0} requests", u64::from(vendor.requests));
    fill("{0} so far, with {1}.", &[&counts.join(", "), &requests])
}

const fn noun(list: List) -> &'static str {
    match list {
        List::Users => key("{0} user|{0} users"),
        List::Groups => key("{0} group|{0} groups"),
        List::Children => key("{0} nesting|{0} nestings"),
        List::Members => key("{0} membership|{0} memberships"),
    }
}

fn stages(reading: &Reading) -> Vec<Stage> {
    let Some(vendor) = &reading.vendor else {
        return Vec::new();
    };
    let mut stages: Vec<Stage> = vendor.lists.iter().map(|list| stage(list, &vendor.standing)).collect();
    stages.push(index(reading.progress.as_ref()));
    stages
}

fn stage(list: &ListProgress, doing: &Standing) -> Stage {
    let is_done = list.total.is_some_and(|total| list.done >= total);
    let by_group = matches!(list.list, List::Children | List::Members);
    // What is of no group is asked for from the start.
    let is_begun = !by_group || list.items > 0 || list.total.is_some();
    Stage {
        name: vendor::list(list.list),
        state: match (is_done, is_begun, doing) {
            (true, ..) => State::Done,
            (false, true, Standing::Reading) => State::Run,
            (false, true, _) => State::Wait,
            (false, false, _) => State::Todo,
        },
        percent: part(list),
        amount: match list.total {
            Some(total) if by_group => counted_with(
                "{1}, {2} of {0} group|{1}, {2} of {0} groups",
                total,
                &[&grouped(list.items), &grouped(list.done)],
            ),
            Some(total) => fill("{0} of {1}", &[&grouped(list.items), &grouped(total)]),
            None if is_begun => fill("{0} so far", &[&grouped(list.items)]),
            None => say("Not started").to_owned(),
        },
        pace: if is_begun {
            grouped(u64::from(list.per_second)) + " / s"
        } else {
            String::new()
        },
    }
}

/// How much of a list is done, in percent.
pub fn part(list: &ListProgress) -> u32 {
    let part = list
        .total
        .map_or(0, |total| (list.done * 100).checked_div(total).unwrap_or(100));
    part.min(100) as u32
}

fn index(progress: Option<&Progress>) -> Stage {
    let part = progress.map(|progress| (progress.done * 100).checked_div(progress.total).unwrap_or(0) as u32);
    Stage {
        name: say("Index"),
        state: if part.is_some() { State::Run } else { State::Todo },
        percent: part.unwrap_or(0),
        amount: if part.is_some() {
            say("Hierarchy, sets, orders")
        } else {
            say("Not started")
        }
        .to_owned(),
        pace: String::new(),
    }
}

/// The newest incidents, while there are some.
fn latest(of: &Vendor, reading: Option<&Reading>) -> Option<AnyView> {
    let vendor: &VendorProgress = reading?.vendor.as_ref()?;
    (vendor.incidents > 0).then(|| {
        view! {
            <section class="section" aria-labelledby="latest">
                <div class="section-head">
                    <h2 id="latest">{counted("{0} incident|{0} incidents", u64::from(vendor.incidents))}</h2>
                    <span class="note">{say("The newest first; all of them are listed when reading is over.")}</span>
                </div>
                <div class="card">{list(of, &vendor.latest, vendor.incidents)}</div>
            </section>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(done: u64, total: Option<u64>) -> ListProgress {
        ListProgress {
            list: List::Members,
            items: done * 3,
            done,
            total,
            per_second: 40,
        }
    }

    #[test]
    fn a_stage_says_where_it_is() {
        let told = |list: ListProgress, doing: &Standing| {
            let stage = stage(&list, doing);
            (stage.state, stage.percent, stage.amount)
        };
        let reads = Standing::Reading;
        assert_eq!(
            told(members(0, None), &reads),
            (State::Todo, 0, "Not started".to_owned())
        );
        let some = (State::Run, 25, "3, 1 of 4 groups".to_owned());
        assert_eq!(told(members(1, Some(4)), &reads), some);
        assert_eq!(told(members(1, Some(4)), &Standing::Paused).0, State::Wait);
        assert_eq!(told(members(4, Some(4)), &Standing::Paused).0, State::Done);
        assert_eq!(told(members(0, Some(0)), &reads).1, 100);
    }
}
