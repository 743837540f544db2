//! The directories: the sample at the size one chooses, a file from this computer, and vendors' servers.

mod address;
mod connect;
mod device;
mod file;
mod incidents;
mod list;
mod offers;
mod reading;
mod report;
mod sample;
mod vendor;
mod vendor_reading;

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Source, Vendor};

use self::connect::connect_view;
use self::device::Device;
use self::file::OpenFile;
use self::list::List;
use self::offers::Offers;
use self::reading::ReadingView;
pub use self::reading::percent;
use self::report::Report;
use self::sample::Sample;
use self::vendor::{sign_in, vendor_report};
use self::vendor_reading::vendor_reading;
use crate::chunk;
use crate::chunk::{Chunk, part};
use crate::components::button::IconLink;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::slot::Slot;
use crate::notice;
use crate::route::{Connection, Screen};
use crate::session::{Session, session};
use crate::words::say;

/// What is shown beside the list.
#[derive(Clone, PartialEq)]
enum Shown {
    /// The sample, with the choice of its size.
    Sample,
    /// Where a file is dropped, and why the last one was refused.
    OpenFile,
    /// A directory that is being read.
    Reading,
    /// The file that is open.
    Report,
    /// A vendor that is not in the list yet.
    Connect,
    /// A vendor that is neither open nor being read.
    SignIn(Vendor),
    /// A vendor that is being read.
    VendorReading(Vendor),
    /// The vendor that is open.
    VendorReport(Vendor),
}

/// The Connections screen.
#[component]
pub fn Connections() -> impl IntoView {
    let session = session();
    let device = Device::new(session);
    let offers = Offers::new(session);
    let place = Kept::new(move || place(session));
    let shown = Kept::new(move || shown(session, place.get()));
    let detail = move || match shown.get() {
        Shown::Sample => view! { <Sample session device /> }.into_any(),
        Shown::OpenFile => view! { <OpenFile session /> }.into_any(),
        Shown::Reading => view! { <ReadingView session /> }.into_any(),
        Shown::Report => view! { <Report session device /> }.into_any(),
        Shown::Connect => part(connect(session)),
        Shown::SignIn(vendor) => {
            let vendor = Slot::new(vendor);
            part(chunk!(vendors, sign_in(session: Session, device: Device, offers: Offers, vendor: Slot<Vendor>)))
        }
        Shown::VendorReading(vendor) => {
            let vendor = Slot::new(vendor);
            part(chunk!(vendors, vendor_reading(session: Session, vendor: Slot<Vendor>)))
        }
        Shown::VendorReport(vendor) => {
            let vendor = Slot::new(vendor);
            part(chunk!(vendors, vendor_report(session: Session, device: Device, offers: Offers, vendor: Slot<Vendor>)))
        }
    };
    // Whoever is here is likely to look at a vendor next.
    spawn_local(connect(session).fetch());
    let label = move || match shown.get() {
        Shown::Sample => say("Sample directory").to_owned(),
        Shown::OpenFile => say("Open a directory file").to_owned(),
        Shown::Reading => say("Reading").to_owned(),
        Shown::Report => say("Directory file").to_owned(),
        Shown::Connect => say("Connect a directory").to_owned(),
        Shown::SignIn(vendor) | Shown::VendorReading(vendor) | Shown::VendorReport(vendor) => vendor.name,
    };
    view! {
        <div
            class="split"
            data-lead="list"
            data-view=move || if place.get() == Connection::List { "lead" } else { "detail" }
        >
            <List session place device offers />
            <section class="pane" aria-label=label>{live(detail)}</section>
        </div>
    }
}

fn connect(session: Session) -> Chunk {
    chunk!(vendors, connect_view(session: Session))
}

fn place(session: Session) -> Connection {
    session.route.with(|route| match &route.screen {
        Screen::Connections(place) => place.clone(),
        _ => Connection::List,
    })
}

/// The place of a source.
#[must_use]
pub fn place_of(source: &Source) -> Connection {
    match source {
        Source::Sample { .. } => Connection::Sample,
        Source::File { .. } => Connection::File,
        Source::Vendor(vendor) | Source::Live(vendor) => Connection::Vendor {
            system: vendor.system.clone(),
            base: vendor.base.clone(),
        },
    }
}

/// Which place is shown beside the list: the list alone shows what is open or about to be, where there is room for it.
fn beside(session: Session, place: Connection) -> Connection {
    if place != Connection::List {
        return place;
    }
    let reads = session
        .reading
        .with(|reading| reading.as_ref().map(|reading| reading.source.clone()));
    let open = session
        .opened
        .with(|opened| opened.as_ref().map(|opened| opened.source.clone()));
    let source = reads.or(open).or_else(|| session.source());
    source.map_or(Connection::Sample, |source| place_of(&source))
}

fn shown(session: Session, place: Connection) -> Shown {
    let place = beside(session, place);
    let is_read = session
        .reading
        .with(|reading| reading.as_ref().is_some_and(|it| place_of(&it.source) == place));
    let is_open = session
        .opened
        .with(|opened| opened.as_ref().is_some_and(|it| place_of(&it.source) == place));
    match place {
        Connection::New => Shown::Connect,
        Connection::Vendor { system, .. } if notice::system(&system).is_none() => Shown::Connect,
        Connection::Vendor { system, base } => {
            let vendor = session.vendor(&system, &base);
            match (is_read, is_open) {
                (true, _) => Shown::VendorReading(vendor),
                (false, true) => Shown::VendorReport(vendor),
                (false, false) => Shown::SignIn(vendor),
            }
        }
        _ if is_read => Shown::Reading,
        Connection::File if is_open && session.refused.with(Option::is_none) => Shown::Report,
        Connection::File => Shown::OpenFile,
        Connection::Sample | Connection::List => Shown::Sample,
    }
}

/// Back to the list, where only one pane has room.
fn back(session: Session) -> impl IntoView {
    let list = move || session.url(Screen::Connections(Connection::List));
    view! {
        <IconLink url=Kept::new(list) href="#i-arrow-left" label=say("Back to connections") class="back" />
    }
}
