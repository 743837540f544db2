//! The file that is open: what was read, and what could not be used.

use leptos::prelude::*;
use protocol::{Opened, Topic, UnusedPage, UnusedQuestion};

use super::back;
use super::device::{Device, on_device};
use super::sample::way_in;
use crate::components::badge::badge;
use crate::components::button::{Button, copy_text};
use crate::components::file::DropZone;
use crate::components::file::unused::{ReasonChips, unused_list};
use crate::components::icon::mark;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::slot::Slot;
use crate::notice;
use crate::number::{bytes, grouped};
use crate::session::{Session, source_name};
use crate::words::counted;

/// How many facts are listed at first, and more at each wish.
const LISTED: u32 = 100;

/// The open file.
#[component]
pub fn Report(session: Session, device: Device) -> impl IntoView {
    let content = move || session.opened.get().map(|open| view! { <Of session device open /> });
    view! { {content} }
}

#[component]
fn Of(session: Session, device: Device, open: Opened) -> impl IntoView {
    let nested = match open.nestings {
        0 => "No group is nested in another.".to_owned(),
        nestings => counted("{0} nesting|{0} nestings", u64::from(nestings)) + ".",
    };
    let read = format!(
        "{nested} {} in {} ms: {}, {}.",
        if open.is_kept { "Opened" } else { "Read" },
        grouped(open.millis as u64),
        counted("{0} line|{0} lines", open.lines),
        bytes(open.bytes)
    );
    view! {
        <header class="entity" data-edge="">
            <div class="entity-title">
                {back(session)} <h1 dir="ltr">{source_name(&open.source)}</h1> {badge("", "#i-file", "File")}
            </div>
            <div class="entity-meta"><p>"The file is read in this tab and sent nowhere."</p></div>
        </header>
        <div class="scroll">
            <div class="doc" data-pane="">
                <section class="stack" role="status">
                    <p class="facts-read">{counts(&open)}</p>
                    <p class="soft">{read}</p>
                    {(open.unused == 0).then(|| view! { <p class="soft">"Every fact of the file could be used."</p> })}
                </section>
                {on_device(device, &open)}
                {(open.unused > 0).then(|| view! { <Unused session total=open.unused /> })}
                <section class="section" aria-labelledby="another">
                    <div class="section-head"><h2 id="another">"Open another"</h2></div>
                    <DropZone small=true on_file=move |file| session.open_file(file) />
                </section>
            </div>
        </div>
        {way_in(session, &open)}
    }
}

/// `1,509 users, 825 groups, 6,281 memberships.`
pub fn counts(open: &Opened) -> String {
    let counts = [
        counted("{0} user|{0} users", u64::from(open.users)),
        counted("{0} group|{0} groups", u64::from(open.groups)),
        counted("{0} membership|{0} memberships", open.memberships),
    ];
    counts.join(", ") + "."
}

/// The facts that could not be used.
#[component]
pub fn Unused(session: Session, total: u32) -> impl IntoView {
    let reason = Slot::new(None);
    let limit = Slot::new(LISTED);
    let asked = session.ask(Topic::Unused, move || {
        Some(UnusedQuestion {
            reason: reason.get(),
            offset: 0,
            limit: limit.get(),
        })
    });
    let page = Kept::from(asked.answer);
    let reasons =
        Kept::new(move || page.with(|page| page.as_ref().map(|page| page.reasons.clone()).unwrap_or_default()));
    let words = Kept::new(move || {
        let words = reasons.get().into_iter();
        words
            .map(|(reason, count)| (notice::reason(reason), count))
            .collect::<Vec<_>>()
    });
    let chosen = Kept::new(move || reason.get().map_or("", notice::reason));
    let copy = move |()| {
        let (text, count) = page.with_untracked(|page| page.as_ref().map(as_text).unwrap_or_default());
        let says = ["Copied ", &counted("{0} fact|{0} facts", count), "."].concat();
        copy_text(text, move || session.say(says));
    };
    let more = move || {
        let left = page.with(|page| page.as_ref().map_or(0, |page| page.total as usize - page.rows.len()));
        let text = ["Show more of the other ", &grouped(left as u64)].concat();
        (left > 0).then(|| view! { <Button text=text kind="quiet" on_press=move |()| limit.update(|limit| *limit += LISTED * 5) /> })
    };
    let title = match total {
        1 => "1 fact could not be used".to_owned(),
        total => grouped(u64::from(total)) + " facts could not be used",
    };
    view! {
        <section class="section" aria-labelledby="unused">
            <div class="section-head">
                {mark("#i-triangle", "warn-mark", "Warning")} <h2 id="unused">{title}</h2>
                <span class="note">"Everything else was. No count includes them."</span>
                <span class="push row"><Button text="Copy list" href="#i-copy" on_press=copy /></span>
            </div>
            <ReasonChips
                reasons=words
                chosen
                on_choose=move |word| {
                    limit.set(LISTED);
                    let mut all = reasons.get_untracked().into_iter().map(|(reason, _)| reason);
                    reason.set(all.find(|reason| notice::reason(*reason) == word));
                }
            />
            <div class="card">{live(move || page.get().map(|page| unused_list(&page, notice::unused)))}</div>
            {live(more)}
        </section>
    }
}

/// The list as lines with tabs between, and how many there are.
fn as_text(page: &UnusedPage) -> (String, u64) {
    let lines = page
        .rows
        .iter()
        .map(|fact| format!("{}\t{}\t{}\n", fact.line, fact.says, notice::unused(fact)));
    (lines.collect(), page.rows.len() as u64)
}
