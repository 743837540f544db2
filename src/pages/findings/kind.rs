//! The findings of one kind: what they mean, and the list of them.

use leptos::prelude::*;
use protocol::{FindingKind, FindingListQuestion, FindingPlace, Topic};

use super::words::words;
use super::{Shared, lead};
use crate::components::badge::badge;
use crate::components::button::IconLink;
use crate::components::finding::{FindingList, Links, advice, severity_icon, severity_word};
use crate::components::grid::BLOCK;
use crate::components::kept::Kept;
use crate::components::live::live_if;
use crate::components::pane::{Extent, ExtentLine};
use crate::components::piece::Piece;
use crate::components::slot::Slot;
use crate::route::{GroupsView, Screen};
use crate::session::Session;
use crate::words::{counted, fill, say};

/// The pane of a kind.
pub fn kind_pane(shared: Shared, kind: FindingKind) -> impl IntoView {
    let Shared { session, view, .. } = shared;
    let window = Slot::new((0, BLOCK));
    let q = Kept::new(move || view.with(|view| view.q.clone()));
    // Another search begins with its first rows.
    let begun = Slot::new(String::new());
    let known = Kept::new(move || shared.of(kind).map(|kind| kind.total));
    let asked = session.ask(Topic::Finding, move || {
        let (offset, limit) = if begun.get() == q.get() {
            window.get()
        } else {
            (0, BLOCK)
        };
        Some(FindingListQuestion {
            kind,
            q: q.get(),
            known: known.get()?,
            offset,
            limit,
        })
    });
    let page = Kept::from(asked.answer);
    let want = move |rows| {
        begun.set(q.get_untracked());
        window.set(rows);
    };
    let is_empty = move || {
        let found = page.with(|page| page.as_ref().map(|page| page.total));
        let is_done = shared.of(kind).is_some_and(|kind| kind.is_done);
        is_done && found == Some(0)
    };
    let extent = Kept::new(move || {
        let (total, of) = page.with(|page| page.as_ref().map(|page| (page.total, page.of)))?;
        Some(Extent {
            total,
            of: Some(of),
            is_asked: false,
            goes_on: false,
            noun: say("findings"),
            micros: asked.micros.get(),
            from: None,
        })
    });
    let label = words(kind).title;
    let list = move || {
        view! {
            <FindingList label page subject=q want links=links(shared, kind) />
            <footer class="pane-foot">
                <ExtentLine extent />
            </footer>
        }
    };
    view! {
        <KindHead shared kind />
        <div class="advice-bar">{advice(words(kind).why, words(kind).todo)}</div>
        {live_if(move || !is_empty(), list)}
        {live_if(is_empty, move || lead::nothing(shared))}
    }
}

/// Where rows lead.
fn links(shared: Shared, kind: FindingKind) -> Links {
    let session = shared.session;
    Links {
        finding: Callback::new(move |place| shared.url(Some(kind), place)),
        user: Callback::new(move |id: String| user_url(session, &id)),
        group: Callback::new(move |id: String| group_url(session, &id)),
    }
}

/// The address of a user.
pub fn user_url(session: Session, id: &str) -> String {
    session.url(Screen::User {
        id: id.to_owned(),
        groups: Vec::new(),
    })
}

/// The address of a group.
pub fn group_url(session: Session, id: &str) -> String {
    session.url(Screen::Groups(GroupsView {
        group: Some(id.to_owned()),
        ..GroupsView::default()
    }))
}

#[component]
fn KindHead(shared: Shared, kind: FindingKind) -> impl IntoView {
    let back = move || shared.url(None, FindingPlace::default());
    let meta = move || {
        let found = shared.of(kind);
        let count = found.as_ref().map_or(0, |found| found.total);
        let is_done = found.is_some_and(|found| found.is_done);
        let words = words(kind);
        let count = counted(words.noun, count.into());
        match is_done {
            true => [words.body, " ", &count, "."].concat(),
            false => [words.body, " ", &fill("{0} so far", &[&count]), "."].concat(),
        }
    };
    view! {
        <header class="entity" data-edge="">
            <div class="entity-title">
                <IconLink url=Kept::new(back) href="#i-arrow-left" label=say("Back to all kinds") class="back" />
                <h2>{words(kind).title}</h2>
                {severity_badge(kind)}
            </div>
            <div class="entity-meta">
                <p role="status">{meta}</p>
            </div>
        </header>
    }
}

/// How much a kind matters, as a badge.
pub fn severity_badge(kind: FindingKind) -> Piece {
    let severity = kind.severity();
    let (href, _) = severity_icon(severity);
    let tone = match href {
        "#i-octagon" => "danger",
        "#i-triangle" => "warn",
        _ => "plain",
    };
    badge(tone, href, severity_word(severity))
}
