//! The list of directories.

use leptos::prelude::*;
use protocol::{Opened, Source};

use super::{is_at, shown};
use crate::components::button::ButtonLink;
use crate::components::connection::{ConnectionRow, Entry, Standing};
use crate::components::icon::sized;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::number::{bytes, counted};
use crate::route::{Connection, Screen};
use crate::session::{Reading, Session};

/// The sample, the file if there is one, and the way to open another.
#[component]
pub fn List(session: Session, place: Kept<Connection>) -> impl IntoView {
    let url = move |place| Kept::new(move || session.url(Screen::Connections(place)));
    let has_file = Kept::new(move || file_name(session).is_some());
    let is_file = Kept::new(move || {
        let reads = session
            .reading
            .with(|reading| reading.as_ref().is_some_and(|it| is_at(Connection::File, &it.source)));
        let is_shown = !matches!(shown(session, place.get()), super::Shown::Sample);
        place.get() == Connection::File || is_shown && (reads || place.get() == Connection::List && has_file.get())
    });
    let file = move || {
        has_file.get().then(|| {
            view! {
                <ConnectionRow entry=Kept::new(move || file_entry(session)) url=url(Connection::File) current=is_file />
            }
        })
    };
    let count = move || if has_file.get() { "2" } else { "1" };
    view! {
        <section class="pane" aria-label="Connections">
            <div class="pane-head">
                <h1>"Connections"</h1>
                <span class="count">{live(count)}</span>
                <span class="push row">
                    <ButtonLink text="Open a file" href="#i-upload" url=url(Connection::File) />
                </span>
            </div>
            <div class="scroll" data-edge="">
                <ul aria-label="Connections">
                    <ConnectionRow
                        entry=Kept::new(move || sample_entry(session))
                        url=url(Connection::Sample)
                        current=Kept::new(move || !is_file.get())
                    />
                    {live(file)}
                </ul>
            </div>
            <footer class="pane-foot" data-inset="sm">
                <span class="row">
                    {sized("#i-lock", "14")} <span>"Everything is read in this tab and sent nowhere."</span>
                </span>
            </footer>
        </section>
    }
}

fn is_file(source: &Source) -> bool {
    matches!(source, Source::File { .. })
}

fn opened_as(session: Session, file: bool) -> Option<Opened> {
    session.opened.get().filter(|opened| is_file(&opened.source) == file)
}

fn reading_as(session: Session, file: bool) -> Option<Reading> {
    session.reading.get().filter(|reading| is_file(&reading.source) == file)
}

/// The name of the file that is read, was refused, or is open.
fn file_name(session: Session) -> Option<String> {
    let name = |source| match source {
        Source::File { name } => Some(name),
        Source::Sample { .. } => None,
    };
    let reads = session.reading.get().and_then(|reading| name(reading.source));
    let refused = || session.refused.get().map(|refused| refused.name);
    reads
        .or_else(refused)
        .or_else(|| session.opened.get().and_then(|opened| name(opened.source)))
}

fn sample_entry(session: Session) -> Entry {
    let (standing, amount) = standing(opened_as(session, false), reading_as(session, false));
    Entry {
        href: "#i-src-sample",
        name: "Sample directory".to_owned(),
        place: "Built in, no network".to_owned(),
        standing,
        amount,
    }
}

fn file_entry(session: Session) -> Entry {
    let opened = opened_as(session, true);
    let reading = reading_as(session, true);
    let was_refused = reading.is_none() && session.refused.with(Option::is_some);
    let size = opened
        .as_ref()
        .filter(|_| !was_refused && reading.is_none())
        .map(|opened| bytes(opened.bytes) + ", ");
    let (standing, amount) = if was_refused {
        (Standing::Refused, "Nothing was read".to_owned())
    } else {
        standing(opened, reading)
    };
    Entry {
        href: "#i-file",
        name: file_name(session).unwrap_or_default(),
        place: size.unwrap_or_default() + "from this computer",
        standing,
        amount,
    }
}

fn standing(opened: Option<Opened>, reading: Option<Reading>) -> (Standing, String) {
    if let Some(reading) = reading {
        return (
            Standing::Reading,
            format!("{}%", super::reading::percent(reading.progress.as_ref())),
        );
    }
    opened.map_or((Standing::Closed, String::new()), |opened| {
        (Standing::Open, counted(u64::from(opened.users), "user"))
    })
}
