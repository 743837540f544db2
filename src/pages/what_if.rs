//! Changes that are only staged: they stand in the address, and what they would do stands beside them. Nothing is sent.

mod impact;
mod stage;
mod words;

use leptos::prelude::*;
use protocol::{ChangeKind, StagedChange, Topic, WhatIfQuestion};

use self::impact::impact;
use self::stage::Stage;
use crate::components::button::{Button, IconButton};
use crate::components::change::{Listed, listed};
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::Empty;
use crate::components::number::length;
use crate::components::pane::Splitter;
use crate::components::slot::Slot;
use crate::keys::Deed;
use crate::route::Screen;
use crate::session::{Asked, Session, session};
use crate::storage::Preference;
use crate::words::{counted, say};

/// How many rows of each list are shown at first, and how many more on demand.
const ROWS: u32 = 50;

/// What the parts of the screen share.
#[derive(Clone, Copy)]
struct Staging {
    session: Session,
    changes: Kept<Vec<StagedChange>>,
    asked: Asked<WhatIfQuestion>,
    /// How many rows of each list are shown.
    limit: Slot<u32>,
    /// What was staged before each step, the last one last.
    before: Slot<Vec<Vec<StagedChange>>>,
    /// Which pane is shown where there is room for one: `lead` or `detail`.
    side: Slot<&'static str>,
}

impl Staging {
    /// Stages other changes, with an entry in the history.
    fn set(self, changes: Vec<StagedChange>) {
        self.before.update(|before| before.push(self.changes.get_untracked()));
        self.go(changes);
    }

    /// Undoes the last step.
    fn undo(self) {
        let mut before = self.before.get_untracked();
        if let Some(changes) = before.pop() {
            self.before.set(before);
            self.go(changes);
        }
    }

    fn go(self, changes: Vec<StagedChange>) {
        self.limit.set(ROWS);
        self.session.go(self
            .session
            .route
            .with_untracked(|route| route.with(Screen::WhatIf(changes.into()))));
    }

    /// Stages one change more.
    fn add(self, change: StagedChange) {
        let mut changes = self.changes.get_untracked();
        if !changes.contains(&change) {
            changes.push(change);
            self.set(changes);
        }
    }

    /// Takes the change of this number away, counted from 1.
    fn take_away(self, number: u32) {
        let mut changes = self.changes.get_untracked();
        if (1..=changes.len()).contains(&(number as usize)) {
            changes.remove(number as usize - 1);
            self.set(changes);
        }
    }
}

/// The What-if screen.
#[component]
pub fn WhatIf() -> impl IntoView {
    let session = session();
    let changes = Kept::new(move || {
        session.route.with(|route| match &route.screen {
            Screen::WhatIf(view) => view.changes.clone(),
            _ => Vec::new(),
        })
    });
    let limit = Slot::new(ROWS);
    let asked = session.ask(Topic::WhatIf, move || {
        let (changes, limit) = (changes.get(), limit.get());
        (!changes.is_empty()).then_some(WhatIfQuestion { changes, limit })
    });
    let staging = Staging {
        session,
        changes,
        asked,
        limit,
        before: Slot::new(Vec::new()),
        side: Slot::new(if changes.with_untracked(Vec::is_empty) {
            "lead"
        } else {
            "detail"
        }),
    };
    let kept = Preference::LeadPane.read().and_then(|width| width.parse::<u32>().ok());
    let width = Slot::new(kept.map(f64::from));
    let lead = move || width.get().map(|width| length(width) + "px");
    view! {
        <div class="split" data-view=move || staging.side.get() style=("--lead-set", lead)>
            <Lead staging />
            <section class="pane" aria-label=say("Impact")>
                <Splitter width keys=[session.key(Deed::Narrower), session.key(Deed::Wider)] on_settle=|width: f64| Preference::LeadPane.write(Some(&length(width))) />
                {impact(staging)}
            </section>
        </div>
    }
}

/// The staged changes, and the way to stage one more.
#[component]
fn Lead(staging: Staging) -> impl IntoView {
    let Staging { changes, before, .. } = staging;
    let count = move || {
        let count = changes.with(Vec::len) as u64;
        (count > 0)
            .then(|| view! { <span class="count">{counted("{0} change staged|{0} changes staged", count)}</span> })
    };
    let undo = move || view! { <IconButton href="#i-undo" label=say("Undo the last step") on_press=move |()| staging.undo() /> };
    let reset = move || view! { <Button text=say("Reset") href="#i-x" kind="quiet" on_press=move |()| staging.set(Vec::new()) /> };
    let is_any = Kept::new(move || !changes.with(Vec::is_empty));
    view! {
        <section class="pane" aria-label=say("Staged changes")>
            <div class="pane-head">
                <h1>{say("What-if")}</h1>
                {live(count)}
                <span class="push row" data-tight="">
                    {live_if(move || before.with(|before| !before.is_empty()), undo)}
                    {live_if(move || is_any.get(), reset)}
                </span>
            </div>
            <Stage staging />
            <div class="scroll">
                {live(move || match is_any.get() {
                    true => view! { <ol class="changes" aria-label=say("Staged changes")>{live(move || lines(staging))}</ol> }.into_any(),
                    false => nothing().into_any(),
                })}
            </div>
            <footer class="pane-foot" data-inset="sm">
                <span class="row">{icon("#i-lock")} <span>{say("Nothing is sent anywhere. The link holds it all.")}</span></span>
                <button
                    type="button"
                    class="button back push"
                    data-keep=""
                    on:click=move |_| staging.side.set("detail")
                >
                    {say("Impact")}
                    {icon("#i-chevron-right")}
                </button>
            </footer>
        </section>
    }
}

fn nothing() -> impl IntoView {
    view! {
        <Empty
            size="sm"
            title=say("Nothing is staged yet.")
            text=say("Stage a change to see who would gain and who would lose by it. The directory stays as it is.")
        />
    }
}

/// The changes as the address has them; what is known of each comes with the answer.
fn lines(staging: Staging) -> Vec<AnyView> {
    let answer = staging.asked.answer.get();
    let changes = staging.changes.get().into_iter().enumerate();
    let line = |(place, change): (usize, StagedChange)| {
        let known = answer.as_ref().and_then(|answer| answer.changes.get(place));
        let known = known.filter(|line| line.change == change);
        let (tone, effect) = known.map_or(("", String::new()), words::alone);
        let is_nesting = matches!(change.kind, ChangeKind::Nest | ChangeKind::Unnest);
        let subject = known.and_then(|line| line.subject.as_ref());
        let is_identifier = !is_nesting && subject.is_none_or(|subject| !subject.detail.is_empty());
        let subject = subject.map(|subject| match subject.detail.as_str() {
            "" => subject.name.clone(),
            detail => detail.to_owned(),
        });
        let group = known
            .and_then(|line| line.group.as_ref())
            .map(|group| group.name.clone());
        let number = place as u32 + 1;
        let shown = Listed {
            number,
            href: drawing(change.kind),
            act: words::act(change.kind),
            subject: subject.unwrap_or(change.subject),
            is_identifier,
            group: group.unwrap_or(change.group),
            tone,
            effect,
        };
        listed(shown, Callback::new(move |()| staging.take_away(number))).into_any()
    };
    changes.map(line).collect()
}

fn drawing(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Nest => "#i-nest",
        ChangeKind::Unnest => "#i-unnest",
        ChangeKind::Add => "#i-user-plus",
        ChangeKind::Remove => "#i-user-minus",
        ChangeKind::Manager => "#i-key",
        ChangeKind::NoManager => "#i-key-off",
    }
}
