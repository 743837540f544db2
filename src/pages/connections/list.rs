//! The list of directories.

use leptos::prelude::*;
use protocol::{Forgotten, Kept as KeptOne, Opened, Source, Standing as Doing, Vendor};

use super::device::{Device, amount, url_of};
use super::offers::Offers;
use super::{beside, place_of};
use crate::components::button::{ButtonLink, IconButton};
use crate::components::connection::{ConnectionRow, Entry, PlaceRow, Standing};
use crate::components::icon::sized;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::notice::{self, vendor};
use crate::number::bytes;
use crate::route::{Connection, Screen};
use crate::session::{Reading, Session, opened_users, source_name};
use crate::words::{self, counted, fill, key, say};

/// The vendors, the sample, the file if there is one, what is kept, and the ways to others.
#[component]
pub fn List(session: Session, place: Kept<Connection>, device: Device, offers: Offers) -> impl IntoView {
    let url = move |place: Connection| Kept::new(move || session.url(Screen::Connections(place.clone())));
    let shown = Kept::new(move || beside(session, place.get()));
    let has_file = Kept::new(move || file_name(session).is_some());
    let row = move |place: Connection, entry: Kept<Entry>| {
        let here = place.clone();
        let current = Kept::new(move || shown.with(|shown| *shown == here));
        view! { <ConnectionRow entry url=url(place) current /> }
    };
    let file = move || {
        has_file
            .get()
            .then(|| row(Connection::File, Kept::new(move || file_entry(session))))
    };
    let vendors = move || {
        let vendors = session.vendors.get().into_iter().map(|vendor| {
            let place = place_of(&Source::Vendor(vendor.clone()));
            row(place, Kept::new(move || vendor_entry(session, &vendor)))
        });
        vendors.collect_view()
    };
    let count = move || {
        let count = session.vendors.with(Vec::len) + 1 + usize::from(has_file.get());
        count.to_string()
    };
    view! {
        <section class="pane" aria-label=say("Connections")>
            <div class="pane-head">
                <h1>{say("Connections")}</h1>
                <span class="count">{live(count)}</span>
                <span class="push row">
                    <ButtonLink text=say("Open a file") href="#i-upload" url=url(Connection::File) />
                    <ButtonLink text=say("Connect") href="#i-plus" url=url(Connection::New) />
                </span>
            </div>
            <div class="scroll" data-edge="">
                <ul aria-label=say("Connections")>
                    {live(vendors)}
                    {row(Connection::Sample, Kept::new(move || sample_entry(session)))}
                    {live(file)}
                </ul>
                {kept(session, device)}
                {offers.section()}
            </div>
            <footer class="pane-foot" data-inset="sm">
                <span class="row">
                    {sized("#i-lock", "14")} <span>{say("Secrets stay in this tab and are gone when you close it.")}</span>
                </span>
            </footer>
        </section>
    }
}

/// What is kept on this device; drawn only where something is.
fn kept(session: Session, device: Device) -> AnyView {
    let row = move |one: KeptOne| {
        let says = amount(&one);
        let (href, name, url, about, what) = match &one.directory {
            Ok(it) => {
                let about = [&counted("{0} user|{0} users", u64::from(it.users)), ", ", &says].concat();
                let what = Forgotten::Source(it.source.clone());
                (
                    href_of(&it.source),
                    source_name(&it.source),
                    url_of(&it.source),
                    about,
                    what,
                )
            }
            Err(reason) => {
                let about = [&says, ": ", &words::of_engine(reason)].concat();
                let name = say("A directory that cannot be opened").to_owned();
                (
                    "#i-triangle",
                    name,
                    String::new(),
                    about,
                    Forgotten::Key(one.key.clone()),
                )
            }
        };
        let label = fill("Forget {0}", &[&name]);
        let forget = move |()| match &what {
            Forgotten::Source(Source::Vendor(vendor)) => {
                device.forget_vendor(&untrack(|| session.vendor(&vendor.system, &vendor.base)));
            }
            what => device.forget(what.clone()),
        };
        view! {
            <PlaceRow href name about url>
                <IconButton href="#i-x" label on_press=forget />
            </PlaceRow>
        }
    };
    let rows = move || device.kept.get().into_iter().map(row).collect_view();
    let section = move || {
        view! {
            <section class="places" aria-labelledby="kept">
                <h2 id="kept">{say("Kept on this device")}</h2>
                <ul aria-labelledby="kept">{live(rows)}</ul>
            </section>
        }
    };
    live_if(move || device.kept.with(|kept| !kept.is_empty()), section).into_any()
}

fn href_of(source: &Source) -> &'static str {
    match source {
        Source::Sample { .. } => "#i-src-sample",
        Source::File { .. } => "#i-file",
        Source::Vendor(vendor) | Source::Live(vendor) => {
            notice::system(&vendor.system).map_or("#i-plug", |system| system.href)
        }
    }
}

fn opened_as(session: Session, is_it: impl Fn(&Source) -> bool) -> Option<Opened> {
    session.opened.get().filter(|opened| is_it(&opened.source))
}

fn reading_as(session: Session, is_it: impl Fn(&Source) -> bool) -> Option<Reading> {
    session.reading.get().filter(|reading| is_it(&reading.source))
}

fn is_file(source: &Source) -> bool {
    matches!(source, Source::File { .. })
}

fn is_sample(source: &Source) -> bool {
    matches!(source, Source::Sample { .. })
}

/// The name of the file that is read, was refused, or is open.
fn file_name(session: Session) -> Option<String> {
    let name = |source| match source {
        Source::File { name } => Some(name),
        Source::Sample { .. } | Source::Vendor(_) | Source::Live(_) => None,
    };
    let reads = session.reading.get().and_then(|reading| name(reading.source));
    let refused = || session.refused.get().map(|refused| refused.name);
    reads
        .or_else(refused)
        .or_else(|| session.opened.get().and_then(|opened| name(opened.source)))
}

fn sample_entry(session: Session) -> Entry {
    let (standing, amount) = standing(opened_as(session, is_sample), reading_as(session, is_sample));
    Entry {
        href: "#i-src-sample",
        name: say("Sample directory").to_owned(),
        place: say("Built in, no network").to_owned(),
        standing,
        amount,
    }
}

fn vendor_entry(session: Session, of: &Vendor) -> Entry {
    let is_it = |source: &Source| source.vendor() == Some(of);
    let (standing, amount) = standing(opened_as(session, is_it), reading_as(session, is_it));
    Entry {
        href: href_of(&Source::Vendor(of.clone())),
        name: of.name.clone(),
        place: vendor::place(of),
        standing,
        amount,
    }
}

fn file_entry(session: Session) -> Entry {
    let opened = opened_as(session, is_file);
    let reading = reading_as(session, is_file);
    let was_refused = reading.is_none() && session.refused.with(Option::is_some);
    let size = opened
        .as_ref()
        .filter(|_| !was_refused && reading.is_none())
        .map(|opened| bytes(opened.bytes));
    let (standing, amount) = if was_refused {
        (Standing::Refused, say("Nothing was read").to_owned())
    } else {
        standing(opened, reading)
    };
    Entry {
        href: "#i-file",
        name: file_name(session).unwrap_or_default(),
        place: match size {
            Some(size) => fill("{0}, from this computer", &[&size]),
            None => say("from this computer").to_owned(),
        },
        standing,
        amount,
    }
}

fn standing(opened: Option<Opened>, reading: Option<Reading>) -> (Standing, String) {
    if let Some(reading) = reading {
        let doing = reading.vendor.as_ref().map(|vendor| &vendor.standing);
        let standing = match doing {
            Some(Doing::Paused | Doing::Waiting { .. }) => Standing::Waiting,
            Some(Doing::SignedOut(_)) => Standing::SignedOut,
            Some(Doing::Reading) | None => Standing::Reading,
        };
        return (standing, format!("{}%", super::reading::percent(&reading)));
    }
    opened.map_or((Standing::Closed, String::new()), |opened| {
        let note = match (opened.is_partial, opened.asks) {
            (_, Some(_)) => key("{0}, asked live"),
            (true, None) => key("{0}, partial"),
            (false, None) => return (Standing::Open, opened_users(&opened)),
        };
        (Standing::Open, fill(note, &[&opened_users(&opened)]))
    })
}
