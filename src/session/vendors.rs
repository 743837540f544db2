//! The vendors in the list, and who asks them.

use protocol::{Command, Credentials, Opened, Source, Vendor};

use super::{Session, Test};
use crate::notice;
use crate::route::{Connection, Dir, Route, Screen};
use crate::storage::write_vendors;

impl Session {
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

    /// The worker has no credentials for these vendors any more.
    pub(super) fn is_signed_out(self, of: impl Fn(&Vendor) -> bool) {
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
}
