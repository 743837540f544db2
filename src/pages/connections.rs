//! The directories: the sample at the size one chooses, and a file from this computer.

mod file;
mod list;
mod reading;
mod report;
mod sample;

use leptos::prelude::*;
use protocol::Source;

use self::file::OpenFile;
use self::list::List;
use self::reading::ReadingView;
use self::report::Report;
use self::sample::Sample;
use crate::components::icon::flipped;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::route::{Connection, Screen};
use crate::session::{Session, session};

/// What is shown beside the list.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    /// The sample, with the choice of its size.
    Sample,
    /// Where a file is dropped, and why the last one was refused.
    OpenFile,
    /// A directory that is being read.
    Reading,
    /// The file that is open.
    Report,
}

/// The Connections screen.
#[component]
pub fn Connections() -> impl IntoView {
    let session = session();
    let place = Kept::new(move || place(session));
    let shown = Kept::new(move || shown(session, place.get()));
    let detail = move || match shown.get() {
        Shown::Sample => view! { <Sample session /> }.into_any(),
        Shown::OpenFile => view! { <OpenFile session /> }.into_any(),
        Shown::Reading => view! { <ReadingView session /> }.into_any(),
        Shown::Report => view! { <Report session /> }.into_any(),
    };
    let label = move || match shown.get() {
        Shown::Sample => "Sample directory",
        Shown::OpenFile => "Open a directory file",
        Shown::Reading => "Reading",
        Shown::Report => "Directory file",
    };
    view! {
        <div
            class="split"
            data-lead="list"
            data-view=move || if place.get() == Connection::List { "lead" } else { "detail" }
        >
            <List session place />
            <section class="pane" aria-label=label>{live(detail)}</section>
        </div>
    }
}

fn place(session: Session) -> Connection {
    session.route.with(|route| match route.screen {
        Screen::Connections(place) => place,
        _ => Connection::List,
    })
}

/// Whether this is the place of a source.
fn is_at(place: Connection, source: &Source) -> bool {
    matches!(
        (place, source),
        (Connection::Sample, Source::Sample { .. }) | (Connection::File, Source::File { .. })
    )
}

fn shown(session: Session, place: Connection) -> Shown {
    let reads = session
        .reading
        .with(|reading| reading.as_ref().map(|reading| reading.source.clone()));
    let open = session
        .opened
        .with(|opened| opened.as_ref().map(|opened| opened.source.clone()));
    // The list alone shows what is open or about to be, where there is room for it.
    let place = match (place, reads.as_ref().or(open.as_ref())) {
        (Connection::List, Some(Source::File { .. })) => Connection::File,
        (Connection::List, _) => Connection::Sample,
        (place, _) => place,
    };
    if reads.is_some_and(|source| is_at(place, &source)) {
        return Shown::Reading;
    }
    match place {
        Connection::File if session.refused.with(Option::is_some) => Shown::OpenFile,
        Connection::File if open.is_some_and(|source| is_at(place, &source)) => Shown::Report,
        Connection::File => Shown::OpenFile,
        _ => Shown::Sample,
    }
}

/// Back to the list, where only one pane has room.
fn back(session: Session) -> impl IntoView {
    let list = move || session.url(Screen::Connections(Connection::List));
    view! {
        <a class="button back" data-kind="quiet" data-icon="" href=list aria-label="Back to connections">
            {flipped("#i-arrow-left")}
        </a>
    }
}
