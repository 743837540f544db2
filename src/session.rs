//! The one reactive root: which directory is open, what was asked, and the commands.

mod asked;

use std::time::Duration;

use leptos::prelude::*;
use protocol::{
    Asks, Command, Credentials, Entity, EntityName, Exported, FileError, KeepFailure, MatrixSides, Opened, Progress,
    Source, Standing, Tested, Vendor, VendorProgress,
};
use web_sys::File;

use crate::address::Address;
use crate::components::kept::Kept;
use crate::components::nav::Looks;
use crate::components::slot::Slot;
use crate::engine::{Engine, Event};
use crate::keys::{Deed, Keys};
use crate::notice::{self, Notice};
use crate::number::moment;
use crate::route::{Connection, Dir, Route, Screen};
use crate::storage::{Preference, read_vendors, write_vendors};
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

    /// Opens the directory that the address names, unless it is open or being read.
    fn follow(self) {
        let dir = self.route.with_untracked(|route| route.dir.clone());
        let source = match dir {
            Dir::Sample(users) => Source::Sample { users },
            Dir::File(name) => Source::File { name },
            Dir::Vendor { system, .. } if notice::system(&system).is_none() => {
                return self.notice.set(Some(notice::unknown_system(&system)));
            }
            Dir::Vendor {
                system,
                base,
                live: false,
            } => Source::Vendor(self.vendor(&system, &base)),
            Dir::Vendor {
                system,
                base,
                live: true,
            } => Source::Live(self.vendor(&system, &base)),
        };
        if self.asked_for.with_untracked(|asked| asked.as_ref() != Some(&source)) {
            self.open(source);
        }
    }

    /// Opens the sample with so many users.
    pub fn open_sample(self, users: u32) {
        self.open(Source::Sample { users });
    }

    /// Reads a file that the person chose or dropped.
    pub fn open_file(self, file: File) {
        let name = file.name();
        self.read(Source::File { name }, Some(file));
    }

    /// Whom the address means: the vendor in the list, or one that is called after its system.
    #[must_use]
    pub fn vendor(self, system: &str, base: &str) -> Vendor {
        let is_it = |vendor: &&Vendor| vendor.system == system && vendor.base == base;
        let known = self.vendors.with(|vendors| vendors.iter().find(is_it).cloned());
        known.unwrap_or_else(|| Vendor {
            system: system.to_owned(),
            base: base.to_owned(),
            name: notice::system(system).map_or(system, |system| system.name).to_owned(),
        })
    }

    /// Whether the worker has credentials for a vendor.
    #[must_use]
    pub fn is_signed_in(self, vendor: &Vendor) -> bool {
        self.signed_in.with(|known| known.contains(vendor))
    }

    /// Reads a vendor as somebody, or asks it live, and keeps it in the list; a reading that waits for a sign-in goes on.
    pub fn connect(self, source: Source, credentials: Credentials) {
        let Some(vendor) = source.vendor().cloned() else {
            return;
        };
        let waits = self
            .reading
            .with_untracked(|reading| reading.as_ref().is_some_and(|reading| reading.source == source));
        self.sign_in(&vendor, credentials);
        self.vendors.update(|vendors| {
            vendors.retain(|other| other.system != vendor.system || other.base != vendor.base);
            vendors.push(vendor.clone());
        });
        self.vendors.with_untracked(|vendors| write_vendors(vendors));
        if !waits {
            self.read(source, None);
        }
    }

    /// Reads a vendor whole, or asks it instead, in place of what is being read.
    pub fn read_from(self, source: Source) {
        self.read(source, None);
    }

    /// Asks every question on screen once more.
    pub fn ask_again(self) {
        self.directory.update(|number| *number += 1);
    }

    /// Asks a vendor for the first page of each list as somebody.
    pub fn test(self, vendor: &Vendor, credentials: Credentials) {
        self.sign_in(vendor, credentials);
        self.test.set(Some(Test::Runs(vendor.clone())));
        self.command(vendor, Command::Test);
    }

    /// Does something with a reading from a vendor.
    pub fn command(self, vendor: &Vendor, command: Command) {
        self.with_engine(|engine| engine.command(vendor.clone(), command));
    }

    fn sign_in(self, vendor: &Vendor, credentials: Credentials) {
        self.test.set(None);
        self.signed_in.update(|known| {
            known.retain(|other| other != vendor);
            known.push(vendor.clone());
        });
        self.command(vendor, Command::SignIn(credentials));
    }

    /// Forgets who asks a vendor; what was read stays open, and what is asked live is closed.
    pub fn sign_out(self, vendor: &Vendor) {
        self.command(vendor, Command::SignOut);
        self.is_signed_out(|other| other == vendor);
    }

    /// Nobody asked anything for a while, so the worker has forgotten who asks.
    fn rested(self) {
        self.is_signed_out(|_| true);
        self.notice.set(Some(notice::idle()));
    }

    /// The worker has no credentials for these vendors any more.
    fn is_signed_out(self, of: impl Fn(&Vendor) -> bool) {
        self.test.set(None);
        self.signed_in.update(|known| known.retain(|other| !of(other)));
        let is_asked = |opened: &Option<Opened>| {
            let source = opened.as_ref().map(|opened| &opened.source);
            matches!(source, Some(Source::Live(other)) if of(other))
        };
        if self.opened.with_untracked(is_asked) {
            self.opened.set(None);
        }
    }

    /// Takes a vendor out of the list, and forgets who asks it; where it is open, the sample takes its place.
    pub fn forget(self, vendor: &Vendor) {
        self.sign_out(vendor);
        self.vendors.update(|vendors| vendors.retain(|other| other != vendor));
        self.vendors.with_untracked(|vendors| write_vendors(vendors));
        let is_shown = self.route.with_untracked(|route| {
            matches!(&route.dir, Dir::Vendor { system, base, .. } if *system == vendor.system && *base == vendor.base)
        });
        let dir = if is_shown {
            Dir::default()
        } else {
            self.route.with_untracked(|route| route.dir.clone())
        };
        self.go(Route {
            dir,
            screen: Screen::Connections(Connection::List),
            ..Route::default()
        });
    }

    /// Reads the same directory once more.
    pub fn read_again(self) {
        if let Some(source) = self.asked_for.get_untracked() {
            self.read(source, self.files.get_value().open);
        }
    }

    /// Reads the file once more that was refused.
    pub fn read_refused_again(self) {
        if let Some(file) = self.files.get_value().tried {
            self.open_file(file);
        }
    }

    /// Stops reading, or a test; what was open stays.
    pub fn stop_reading(self) {
        self.test.set(None);
        self.with_engine(Engine::stop);
    }

    /// Opens what is kept of a directory on this device, or reads it. A file that was chosen since the page was loaded is read.
    fn open(self, source: Source) {
        let open = self.files.get_value().open;
        if let (Source::File { name }, Some(file)) = (&source, open)
            && file.name() == *name
        {
            return self.read(source, Some(file));
        }
        self.begin(&source);
        self.with_engine(|engine| engine.open(source));
        self.files.update_value(|files| files.tried = None);
    }

    /// Reads a directory from its source.
    fn read(self, source: Source, file: Option<File>) {
        let file = match (&source, file) {
            (Source::File { name }, Some(file)) if file.name() == *name => Some(file),
            (Source::File { .. }, _) => return self.needs(source, None),
            (Source::Vendor(vendor) | Source::Live(vendor), _)
                if !self.signed_in.with_untracked(|known| known.contains(vendor)) =>
            {
                return self.needs(source, None);
            }
            (Source::Sample { .. } | Source::Vendor(_) | Source::Live(_), _) => None,
        };
        self.begin(&source);
        self.with_engine(|engine| engine.read(source, file.as_ref()));
        self.files.update_value(|files| files.tried = file);
    }

    /// It takes a person to read this directory; `damage` says why what is kept of it could not be opened.
    fn needs(self, source: Source, damage: Option<&str>) {
        let needed = match &source {
            Source::Vendor(vendor) | Source::Live(vendor) => notice::sign_in_needed(vendor),
            _ => notice::file_needed(&source_name(&source)),
        };
        self.notice.set(Some(match damage {
            Some(damage) => notice::not_opened(&source_name(&source), damage, &needed.title),
            None => needed,
        }));
        self.asked_for.set(Some(source));
    }

    fn begin(self, source: &Source) {
        self.asked_for.set(Some(source.clone()));
        self.refused.set(None);
        self.notice.set(None);
        self.reading.set(Some(Reading {
            source: source.clone(),
            progress: None,
            vendor: None,
            since: js_sys::Date::now(),
        }));
    }

    fn told(self, event: Event) {
        match event {
            Event::Progress(progress) => self.reading.update(|reading| {
                if let Some(reading) = reading {
                    reading.progress = Some(progress);
                }
            }),
            Event::Reading(progress) => self.reading.update(|reading| {
                if let Some(reading) = reading {
                    reading.vendor = Some(progress);
                }
            }),
            Event::Stands(standing) => self.stands.set(standing),
            Event::Tested(tested) => {
                let is_awaited =
                    |test: &Option<Test>| matches!(test, Some(Test::Runs(vendor)) if *vendor == tested.vendor);
                if self.test.with_untracked(is_awaited) {
                    self.test.set(Some(Test::Done(tested)));
                }
            }
            Event::Opened(opened) => self.has_opened(opened),
            Event::Refused(error) => {
                let is_vendor = self.reading.with_untracked(|reading| {
                    let source = reading.as_ref().map(|reading| &reading.source);
                    source.is_some_and(|source| source.vendor().is_some())
                });
                self.keep_what_is_open();
                if is_vendor {
                    self.notice.set(Some(notice::not_read(&error)));
                } else {
                    self.refused.set(Some(error));
                }
            }
            Event::Stopped => self.keep_what_is_open(),
            Event::SignedOut => self.rested(),
            // Something newer may be on its way already.
            Event::Needed { source, damage } if self.asked_for.with_untracked(|it| it.as_ref() == Some(&source)) => {
                self.reading.set(None);
                self.needs(source, damage.as_deref());
            }
            Event::Needed { .. } => {}
            Event::Restarted => self.restarted(),
            Event::Dead(reason) => {
                self.opened.set(None);
                self.reading.set(None);
                self.notice.set(Some(notice::dead(&reason)));
            }
        }
    }

    fn has_opened(self, opened: Opened) {
        self.deaths.set_value(0);
        self.read_at.set(moment(opened.read_at, js_sys::Date::now()));
        self.keeping.set(None);
        if let Some(damage) = &opened.damage {
            let read = say("It was read from its source instead.");
            self.notice
                .set(Some(notice::not_opened(&source_name(&opened.source), damage, read)));
        }
        // Something newer may be on its way already: then this was opened before the engine heard of that.
        if self
            .asked_for
            .with_untracked(|asked| asked.as_ref() == Some(&opened.source))
        {
            self.reading.set(None);
            self.files.update_value(|files| {
                if let Some(file) = files.tried.take() {
                    files.open = Some(file);
                }
            });
        }
        self.recent.set(Vec::new());
        let dir = dir_of(&opened.source);
        self.stands.set(Standing::Reading);
        self.directory.update(|number| *number += 1);
        self.opened.set(Some(opened));
        let mut route = self.route.get_untracked();
        if route.dir != dir {
            route.dir = dir;
            self.replace(route);
        }
    }

    /// Nothing new was opened: the address names what still is.
    fn keep_what_is_open(self) {
        self.reading.set(None);
        let open = self
            .opened
            .with_untracked(|opened| opened.as_ref().map(|opened| opened.source.clone()));
        self.asked_for.set(open);
    }

    fn restarted(self) {
        let Some(source) = self.asked_for.get_untracked() else {
            return;
        };
        let name = source_name(&source);
        self.deaths.update_value(|deaths| *deaths += 1);
        let was_kept = self
            .opened
            .with_untracked(|opened| opened.as_ref().is_some_and(|opened| opened.is_kept));
        self.opened.set(None);
        self.keeping.set(None);
        // Who asked went with the worker.
        self.signed_in.set(Vec::new());
        self.test.set(None);
        if self.deaths.get_value() > 1 {
            self.reading.set(None);
            return self.notice.set(Some(notice::given_up(&name)));
        }
        let files = self.files.get_value();
        let was_reading = self.reading.with_untracked(Option::is_some);
        let notice = match &source {
            Source::Vendor(vendor) | Source::Live(vendor) if !was_kept => notice::sign_in_needed(vendor),
            _ => notice::restarted(&name),
        };
        self.reading.set(None);
        if was_kept {
            self.open(source);
        } else {
            self.read(source, if was_reading { files.tried } else { files.open });
        }
        self.notice.set(Some(notice));
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
