//! A directory that is being read: how far, how fast, and the way to stop.

use leptos::prelude::*;
use protocol::{Progress, Source, Stage as Step};

use super::back;
use super::vendor_reading::part as part_of_list;
use crate::components::button::Button;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::number::length;
use crate::components::progress::{Bar, Stage, Stages, State};
use crate::number::{bytes, grouped};
use crate::session::{Reading, Session, source_name};
use crate::words::{counted, counted_with, fill, key, say};

/// How much of the whole the facts are; the rest is the index.
const FACTS: u64 = 75;

/// The progress of what is being read. It comes on screen only after 300 ms.
#[component]
pub fn ReadingView(session: Session) -> impl IntoView {
    let name = session
        .reading
        .with_untracked(|reading| reading.as_ref().map(|reading| source_name(&reading.source)));
    let progress = Kept::new(move || {
        session
            .reading
            .with(|reading| reading.as_ref().and_then(|reading| reading.progress))
    });
    let of_all = Kept::new(move || session.reading.with(|reading| reading.as_ref().map_or(0, percent)));
    let note = move || {
        session
            .reading
            .with(|reading| reading.as_ref().map(note).unwrap_or_default())
    };
    let stages = Kept::new(move || {
        session.reading.with(|reading| {
            reading
                .as_ref()
                .map(stages)
                .unwrap_or_else(|| rows(None, String::new()))
        })
    });
    // Told at every tenth, not at every tick.
    let told = Kept::new(move || format!("{}% read", of_all.get() / 10 * 10));
    let so_far = move || {
        progress.get().map(|progress| {
            let counts = [
                (progress.users, key("{0} user|{0} users")),
                (progress.groups, key("{0} group|{0} groups")),
                (progress.memberships, key("{0} membership|{0} memberships")),
            ];
            fill(
                "{0} so far.",
                &[&counts.map(|(count, message)| counted(message, count)).join(", ")],
            )
        })
    };
    view! {
        <header class="entity" data-edge="">
            <div class="entity-title">
                {back(session)} <h1>{name}</h1>
                <div class="actions">
                    <Button text=say("Stop") href="#i-x" kind="danger" on_press=move |()| session.stop_reading() />
                </div>
            </div>
            <div class="entity-meta"><p>{say("It is read in this tab and sent nowhere.")}</p></div>
        </header>
        <div class="scroll">
            <div class="doc reading" data-pane="">
                <section class="section" aria-labelledby="reading">
                    <div class="section-head">
                        <h2 id="reading">{say("Reading the directory")}</h2>
                        <span class="note">{live(note)}</span>
                        <span class="push percent">{live(move || of_all.get())} "%"</span>
                    </div>
                    <Bar label=say("Directory read") percent=of_all />
                    <p class="soft t12">{live(so_far)}</p>
                    <p class="sr-only" role="status">{live(move || told.get())}</p>
                </section>
                <section class="section" aria-labelledby="stages">
                    <div class="section-head">
                        <h2 id="stages">{say("Stages")}</h2>
                    </div>
                    <div class="card"><Stages stages /></div>
                </section>
            </div>
        </div>
        <footer class="pane-foot">
            <span>{say("What is open stays open, and answers, until this is whole.")}</span>
        </footer>
    }
}

/// How much of the whole is done, in percent.
pub fn percent(reading: &Reading) -> u32 {
    let lists = reading
        .vendor
        .as_ref()
        .map(|vendor| vendor.lists.as_slice())
        .unwrap_or_default();
    match &reading.progress {
        None => {
            lists
                .iter()
                .map(part_of_list)
                .sum::<u32>()
                .checked_div(lists.len() as u32)
                .unwrap_or(0)
                * FACTS as u32
                / 100
        }
        Some(progress) => of_all(progress),
    }
}

fn of_all(progress: &Progress) -> u32 {
    let part = part(progress);
    let done = match progress.stage {
        Step::Facts => part * FACTS / 100,
        Step::Index => FACTS + part * (100 - FACTS) / 100,
    };
    u32::try_from(done).unwrap_or(100)
}

/// How much of its stage is done, in percent.
fn part(progress: &Progress) -> u64 {
    (progress.done * 100).checked_div(progress.total).unwrap_or(0).min(100)
}

fn seconds(reading: &Reading) -> f64 {
    ((js_sys::Date::now() - reading.since) / 1000.0).max(0.001)
}

/// How much was read, and about how long it takes still.
fn note(reading: &Reading) -> String {
    let Some(progress) = &reading.progress else {
        return String::new();
    };
    let mut text = match (&reading.source, progress.stage) {
        (Source::File { .. }, Step::Facts) => fill("{0} of {1}.", &[&bytes(progress.done), &bytes(progress.total)]),
        (Source::Sample { users }, Step::Facts) => counted_with(
            "{1} of {0} user.|{1} of {0} users.",
            u64::from(*users),
            &[&grouped(progress.users)],
        ),
        (Source::Vendor(_) | Source::Live(_), Step::Facts) => String::new(),
        (_, Step::Index) => say("The index is being built.").to_owned(),
    };
    let done = f64::from(of_all(progress));
    let left = seconds(reading) * (100.0 - done) / done.max(1.0);
    if done >= 5.0 && left >= 1.5 {
        text = fill("{0} About {1} seconds left.", &[&text, &length(left.round())]);
    }
    text
}

fn stages(reading: &Reading) -> Vec<Stage> {
    let pace = reading
        .progress
        .as_ref()
        .filter(|progress| progress.stage == Step::Facts)
        .map(|progress| {
            let facts = (progress.users + progress.groups + progress.memberships) as f64;
            grouped((facts / seconds(reading)) as u64) + " / s"
        });
    rows(reading.progress.as_ref(), pace.unwrap_or_default())
}

fn rows(progress: Option<&Progress>, pace: String) -> Vec<Stage> {
    let stage = progress.map(|progress| progress.stage);
    let part = progress.map_or(0, |progress| part(progress) as u32);
    let facts = progress.map_or(0, |progress| progress.users + progress.groups + progress.memberships);
    let (reads, indexes) = match stage {
        Some(Step::Index) => (State::Done, State::Run),
        _ => (State::Run, State::Todo),
    };
    vec![
        Stage {
            name: say("Facts"),
            state: reads,
            percent: if reads == State::Done { 100 } else { part },
            amount: match reads {
                State::Done => counted("{0} fact|{0} facts", facts),
                _ => counted("{0} fact so far|{0} facts so far", facts),
            },
            pace,
        },
        Stage {
            name: say("Index"),
            state: indexes,
            percent: if indexes == State::Run { part } else { 0 },
            amount: if indexes == State::Run {
                say("Hierarchy, sets, orders")
            } else {
                say("Not started")
            }
            .to_owned(),
            pace: if indexes == State::Run { "" } else { say("Next") }.to_owned(),
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(stage: Step, done: u64, total: u64) -> Progress {
        Progress {
            stage,
            done,
            total,
            users: 2,
            groups: 1,
            memberships: 3,
        }
    }

    #[test]
    fn the_stages_make_a_whole() {
        let of = |stage, done, total| of_all(&progress(stage, done, total));
        assert_eq!(of(Step::Facts, 0, 0), 0);
        assert_eq!(of(Step::Facts, 5, 10), 37);
        assert_eq!(of(Step::Facts, 10, 10), 75);
        assert_eq!(of(Step::Index, 10, 10), 100);
    }

    #[test]
    fn a_stage_after_the_other() {
        let states = |progress| {
            rows(progress, String::new())
                .iter()
                .map(|stage| stage.state)
                .collect::<Vec<_>>()
        };
        assert_eq!(states(None), [State::Run, State::Todo]);
        assert_eq!(states(Some(&progress(Step::Index, 1, 2))), [State::Done, State::Run]);
    }
}
