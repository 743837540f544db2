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
use crate::words::{counted, fill, key, say};

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
        0 => say("No group is nested in another.").to_owned(),
        nestings => counted("{0} nesting.|{0} nestings.", u64::from(nestings)),
    };
    let message = match open.is_kept {
        true => key("Opened in {0} ms: {1}, {2}."),
        false => key("Read in {0} ms: {1}, {2}."),
    };
    let lines = counted("{0} line|{0} lines", open.lines);
    let read = fill(message, &[&grouped(open.millis as u64), &lines, &bytes(open.bytes)]);
    let read = [&nested, " ", &read].concat();
    view! {
        <header class="entity" data-edge="">
            <div class="entity-title">
                {back(session)} <h1 dir="ltr">{source_name(&open.source)}</h1> {badge("", "#i-file", say("File"))}
            </div>
            <div class="entity-meta"><p>{say("The file is read in this tab and sent nowhere.")}</p></div>
        </header>
        <div class="scroll">
            <div class="doc" data-pane="">
                <section class="stack" role="status">
                    <p class="facts-read">{counts(&open)}</p>
                    <p class="soft">{read}</p>
                    {(open.unused == 0).then(|| view! { <p class="soft">{say("Every fact of the file could be used.")}</p> })}
                </section>
                {on_device(device, &open)}
                {(open.unused > 0).then(|| view! { <Unused session total=open.unused /> })}
                <section class="section" aria-labelledby="another">
                    <div class="section-head"><h2 id="another">{say("Open another")}</h2></div>
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
        let says = counted("Copied {0} fact.|Copied {0} facts.", count);
        copy_text(text, move || session.say(says));
    };
    let more = move || {
        let left = page.with(|page| page.as_ref().map_or(0, |page| page.total as usize - page.rows.len()));
        let text = fill("Show more of the other {0}", &[&grouped(left as u64)]);
        (left > 0).then(|| view! { <Button text=text kind="quiet" on_press=move |()| limit.update(|limit| *limit += LISTED * 5) /> })
    };
    let title = counted("{0} fact could not be used|{0} facts could not be used", total.into());
    view! {
        <section class="section" aria-labelledby="unused">
            <div class="section-head">
                {mark("#i-triangle", "warn-mark", say("Warning"))} <h2 id="unused">{title}</h2>
                <span class="note">{say("Everything else was. No count includes them.")}</span>
                <span class="push row"><Button text=say("Copy list") href="#i-copy" on_press=copy /></span>
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
