//! The one reactive root: which directory is open, what was asked, and the commands.

mod asked;
mod events;
mod opening;
mod vendors;

use std::time::Duration;

use leptos::prelude::*;
use protocol::{
    Asks, Entity, EntityName, Exported, FileError, KeepFailure, MatrixSides, Opened, Progress, Source, Standing,
    Tested, Vendor, VendorProgress,
};
use web_sys::File;

use crate::address::Address;
use crate::components::kept::Kept;
use crate::components::nav::Looks;
use crate::components::slot::Slot;
use crate::engine::Engine;
use crate::keys::{Deed, Keys};
use crate::notice::Notice;
use crate::route::{Dir, Route, Screen};
use crate::storage::{Preference, read_vendors};
use crate::words::{counted, say};
pub use asked::Asked;

/// Where the worker's script lies.
const WORKER: &str = "/worker_loader.js";
/// How many objects the person is offered to come back to.
const RECENT: usize = 5;
/// How long a word about what was just done stays.
const TOAST: Duration = Duration::from_secs(4);

/// The session. Copies share it.
#[derive(Clone, Copy)]
pub struct Session {
    address: Address,
    /// What the address bar says, or will in a moment.
    pub route: Slot<Route>,
    /// The directory that answers.
    pub opened: Slot<Option<Opened>>,
    /// When it was read: the time of day, of another day with the date.
    pub read_at: Slot<String>,
    /// The keeping of the open directory that is under way, or how the last one ended.
    pub keeping: Slot<Option<Keeping>>,
    /// The directory that is being read.
    pub reading: Slot<Option<Reading>>,
    /// The vendors that were connected to; kept without whoever asks.
    pub vendors: Slot<Vec<Vendor>>,
    /// How the vendor stands that is asked live.
    pub stands: Slot<Standing>,
    /// The test of a vendor that is under way, or what the last one found.
    pub test: Slot<Option<Test>>,
    /// Why the last file was refused.
    pub refused: Slot<Option<FileError>>,
    /// What the person has to be told, until they close it.
    pub notice: Slot<Option<Notice>>,
    /// A word about what was just done; it goes by itself.
    pub toast: Slot<Option<String>>,
    /// What can be written as a file, by what each is called where there are several.
    pub exported: Slot<Vec<(&'static str, Exported)>>,
    /// Users and groups of a matrix that no address could hold; gone with the tab.
    pub pasted: Slot<MatrixSides>,
    /// Whether the dialog that writes it is on screen.
    pub exporting: Slot<bool>,
    /// How everything looks.
    pub looks: Looks,
    /// Whether single letters are shortcuts.
    pub letters: Slot<bool>,
    /// Which key does what.
    pub keys: Slot<Keys>,
    /// What was looked at last, newest first; kept in memory only.
    pub recent: Slot<Vec<(Entity, EntityName)>>,
    /// Which vendors the worker has credentials for; those themselves are the worker's alone.
    signed_in: Slot<Vec<Vendor>>,
    files: StoredValue<Files, LocalStorage>,
    asked_for: Slot<Option<Source>>,
    /// A number for each directory that was opened: the same question of another one is another question.
    directory: Slot<u32>,
    deaths: StoredValue<u32>,
    engine: StoredValue<Option<Engine>, LocalStorage>,
}

/// The browser's handles on files, by which they can be read again.
#[derive(Clone, Default)]
struct Files {
    /// The one that was opened last.
    open: Option<File>,
    /// The one that is being read, or was refused.
    tried: Option<File>,
}

/// A directory that is being read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Where it comes from.
    pub source: Source,
    /// How far it has come; none before the first sign.
    pub progress: Option<Progress>,
    /// The same of a vendor's lists.
    pub vendor: Option<VendorProgress>,
    /// When it began, in milliseconds since 1970.
    pub since: f64,
}

/// Keeping the open directory on this device.
#[derive(Clone, Debug, PartialEq)]
pub enum Keeping {
    /// It is under way: percent.
    Runs(u32),
    /// It is over.
    Done,
    /// Nothing new is kept.
    Failed(KeepFailure),
}

/// A test of a vendor.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// It is under way.
    Runs(Vendor),
    /// It is over.
    Done(Tested),
}

/// The session of this page.
///
/// # Panics
///
/// Outside of the app.
#[must_use]
pub fn session() -> Session {
    expect_context()
}

impl Session {
    /// Starts the worker, reads the address and opens the directory that it names.
    #[must_use]
    pub fn start() -> Self {
        let route = Slot::new(Address::read());
        let session = Self {
            address: Address::of(route),
            route,
            opened: Slot::new(None),
            read_at: Slot::new(String::new()),
            keeping: Slot::new(None),
            reading: Slot::new(None),
            vendors: Slot::new(read_vendors()),
            stands: Slot::new(Standing::Reading),
            test: Slot::new(None),
            signed_in: Slot::new(Vec::new()),
            refused: Slot::new(None),
            notice: Slot::new(None),
            toast: Slot::new(None),
            exported: Slot::new(Vec::new()),
            pasted: Slot::new(MatrixSides::default()),
            exporting: Slot::new(false),
            looks: Looks::new(|look| Preference::Look(look).read()),
            letters: Slot::new(Preference::Letters.read().is_none()),
            keys: Slot::new(Keys::read(&Preference::Keys.read().unwrap_or_default())),
            recent: Slot::new(Vec::new()),
            files: StoredValue::new_local(Files::default()),
            asked_for: Slot::new(None),
            directory: Slot::new(0),
            deaths: StoredValue::new(0),
            engine: StoredValue::new_local(None),
        };
        let engine = Engine::start(WORKER, move |event| session.told(event));
        session.engine.set_value(Some(engine));
        session.follow();
        session
    }

    /// Goes to a screen, with an entry in the history.
    pub fn go(self, route: Route) {
        self.address.push(&route);
        self.arrive(route);
    }

    /// Changes what the address says, without an entry in the history: for typing.
    pub fn replace(self, route: Route) {
        self.arrive(route);
        self.address.follow();
    }

    /// Takes the address as the browser now has it: after Back, Forward or a link by hand.
    pub fn returned(self) {
        self.arrive(Address::read());
    }

    fn arrive(self, route: Route) {
        let (is_new, is_elsewhere) = self.route.with_untracked(|now| (*now != route, now.dir != route.dir));
        if is_new {
            self.route.set(route);
        }
        // What is being read may not be in the address yet.
        if is_elsewhere {
            self.follow();
        }
    }

    /// Asks every question on screen once more.
    pub fn ask_again(self) {
        self.directory.update(|number| *number += 1);
    }

    fn with_engine(self, command: impl FnOnce(&Engine)) {
        self.engine.with_value(|engine| {
            if let Some(engine) = engine {
                command(engine);
            }
        });
    }

    /// Says what was just done, for a while.
    pub fn say(self, text: String) {
        self.toast.set(Some(text));
        set_timeout(move || self.toast.set(None), TOAST);
    }

    /// Where the directory comes from that is open, being read, or waits for the person.
    #[must_use]
    pub fn source(self) -> Option<Source> {
        self.asked_for.get()
    }

    /// Whether something of the open directory could not be read.
    #[must_use]
    pub fn is_partial(self) -> bool {
        self.opened
            .with(|opened| opened.as_ref().is_some_and(|opened| opened.is_partial))
    }

    /// What the vendor answers, where one is asked live.
    #[must_use]
    pub fn asks(self) -> Option<Asks> {
        self.opened
            .with(|opened| opened.as_ref().and_then(|opened| opened.asks))
    }

    /// The vendor that is asked live, where one is.
    #[must_use]
    pub fn asked_vendor(self) -> Option<Vendor> {
        self.opened.with(|opened| match opened.as_ref()?.source {
            Source::Live(ref vendor) => Some(vendor.clone()),
            _ => None,
        })
    }

    /// Which directory is open, and when it was read, in milliseconds since 1970.
    #[must_use]
    pub fn reading_of(self) -> Option<(Dir, u64)> {
        let opened = |opened: &Opened| (dir_of(&opened.source), opened.read_at as u64);
        self.opened.with(|open| open.as_ref().map(opened))
    }

    /// What the open directory is called.
    #[must_use]
    pub fn directory_name(self) -> String {
        self.asked_for
            .with(|source| source.as_ref().map(source_name).unwrap_or_default())
    }

    /// The address of a screen of the same directory.
    #[must_use]
    pub fn url(self, screen: Screen) -> String {
        self.route.with(|route| route.with(screen)).url()
    }

    /// The key that does something now, for who shows it or takes it.
    #[must_use]
    pub fn key(self, deed: Deed) -> Kept<String> {
        Kept::new(move || self.keys.with(|keys| keys.of(deed).to_owned()))
    }

    /// Remembers an object that was looked at.
    pub fn visited(self, entity: Entity, name: EntityName) {
        self.recent.update(|recent| {
            recent.retain(|(kind, other)| *kind != entity || other.id != name.id);
            recent.insert(0, (entity, name));
            recent.truncate(RECENT);
        });
    }
}

/// How an address names a directory.
#[must_use]
pub fn dir_of(source: &Source) -> Dir {
    match source {
        Source::Sample { users } => Dir::Sample(*users),
        Source::File { name } => Dir::File(name.clone()),
        Source::Vendor(vendor) | Source::Live(vendor) => Dir::Vendor {
            system: vendor.system.clone(),
            base: vendor.base.clone(),
            live: matches!(source, Source::Live(_)),
        },
    }
}

/// How many users a directory has, as far as that is known.
#[must_use]
pub fn opened_users(opened: &Opened) -> String {
    match opened.total_users() {
        None => counted("at least {0} user|at least {0} users", opened.users.into()),
        Some(users) => counted("{0} user|{0} users", users.into()),
    }
}

/// What a directory is called.
#[must_use]
pub fn source_name(source: &Source) -> String {
    match source {
        Source::Sample { .. } => say("Sample directory").to_owned(),
        Source::File { name } => name.clone(),
        Source::Vendor(vendor) | Source::Live(vendor) => vendor.name.clone(),
    }
}
