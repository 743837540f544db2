//! Reading a directory from a vendor: sends what the provider's plan says, and hands in what comes.

pub(crate) mod bell;
mod courier;
mod pace;
mod told;

use std::pin::Pin;

use js_sys::Math;
use protocol::{FromWorker, Standing, Tested, Vendor, VendorProgress};
use provider::connection::{Connection, Credentials, System};
use provider::load::{Load, Next};

pub(crate) use crate::clock::steady as now;
pub use courier::{Courier, Wishes};
use pace::Paces;
pub use told::{credentials, failure, incident, nobody};

/// Requests that may be out at once.
const MOST: usize = 6;
/// Milliseconds between two signs of progress.
const PAUSE: i64 = 100;
/// How many of the newest incidents go with a sign of progress.
const LATEST: usize = 5;

/// What a person wants of a reading.
#[derive(Debug)]
pub enum Wish {
    /// Send nothing more for now.
    Pause,
    /// Go on.
    GoOn,
    /// End with what is there.
    Finish,
    /// End without it.
    Stop,
    /// Go on as somebody else.
    SignIn(Credentials),
    /// Forget who asks, and wait for somebody.
    SignOut,
}

/// How reading ended.
pub enum End {
    /// With everything that could be read, or with what was there when a person ended it.
    Read(Box<Load>),
    /// A trial, with nobody signed in.
    SignedOut(Box<Load>),
    /// A person stopped it.
    Stopped,
}

/// Asks a vendor for the first page of each list.
pub type TestVendor =
    for<'a> fn(&'a Vendor, Credentials, &'a Wishes) -> Pin<Box<dyn Future<Output = Option<Tested>> + 'a>>;

/// Reads from a vendor until the end; without credentials it waits for some. Progress goes to `post`.
pub async fn read(vendor: &Vendor, known: Option<Credentials>, wishes: &Wishes, post: &dyn Fn(&FromWorker)) -> End {
    let Some(system) = System::named(&vendor.system) else {
        return End::Stopped;
    };
    let credentials = match known {
        Some(credentials) => credentials,
        None => {
            post(&FromWorker::Reading(nobody()));
            match first_sign_in(wishes).await {
                Some(credentials) => credentials,
                None => return End::Stopped,
            }
        }
    };
    let connection = Connection {
        system,
        base: vendor.base.clone(),
        credentials,
    };
    let drive = Drive::new(Load::new(connection, MOST), wishes);
    drive.run(false, &|progress| post(&FromWorker::Reading(progress))).await
}

/// Asks a vendor for the first page of each list; none if it was stopped.
pub async fn test(vendor: &Vendor, credentials: Credentials, wishes: &Wishes) -> Option<Tested> {
    let connection = Connection {
        system: System::named(&vendor.system)?,
        base: vendor.base.clone(),
        credentials,
    };
    let drive = Drive::new(Load::trial(connection), wishes);
    let load = match drive.run(true, &|_| {}).await {
        End::Read(load) | End::SignedOut(load) => load,
        End::Stopped => return None,
    };
    Some(Tested {
        vendor: vendor.clone(),
        refusal: load.refusal().map(failure),
        lists: load.progress().iter().map(|stage| told::list(stage, 0)).collect(),
        incidents: load.incidents().iter().map(incident).collect(),
    })
}

/// A test that could not be made.
#[must_use]
pub fn untested(vendor: &Vendor) -> Tested {
    Tested {
        vendor: vendor.clone(),
        refusal: Some(protocol::Failure::Offline),
        lists: Vec::new(),
        incidents: Vec::new(),
    }
}

/// Waits until somebody signs in; none if it is given up.
pub async fn first_sign_in(wishes: &Wishes) -> Option<Credentials> {
    loop {
        match wishes.take() {
            Some(Wish::SignIn(credentials)) => return Some(credentials),
            Some(Wish::Stop | Wish::Finish) => return None,
            Some(Wish::Pause | Wish::GoOn | Wish::SignOut) => {}
            None => wishes.rung().await,
        }
    }
}

/// A plan that is being carried out.
struct Drive {
    load: Load,
    courier: Courier,
    is_paused: bool,
    paces: Paces,
}

impl Drive {
    fn new(load: Load, wishes: &Wishes) -> Self {
        Self {
            load,
            courier: Courier::new(wishes),
            is_paused: false,
            paces: Paces::default(),
        }
    }

    async fn run(mut self, is_trial: bool, post: &dyn Fn(VendorProgress)) -> End {
        let mut last = (0, None);
        loop {
            let mut is_over = false;
            while let Some(wish) = self.courier.wish() {
                match wish {
                    Wish::Stop => return End::Stopped,
                    Wish::Finish => is_over = true,
                    wish => self.heed(wish),
                }
            }
            while let Some((number, answer)) = self.courier.answer() {
                self.load.answered(number, answer.as_ref(), now(), Math::random());
            }
            let next = self.courier.send_what_is_due(&mut |now| self.load.next(now));
            self.paces.note(&self.load.progress(), now());
            if is_over || next == Next::Done {
                return End::Read(Box::new(self.load));
            }
            let standing = self.standing(&next);
            if is_trial && matches!(standing, Standing::SignedOut(_)) {
                return End::SignedOut(Box::new(self.load));
            }
            let (at, shown) = &last;
            if now() - at >= PAUSE || shown.as_ref() != Some(&standing) {
                post(self.progress(standing.clone()));
                last = (now(), Some(standing));
            } else {
                self.courier.set_alarm(at + PAUSE);
            }
            self.courier.rung().await;
        }
    }

    fn heed(&mut self, wish: Wish) {
        match wish {
            Wish::Pause => self.is_paused = true,
            Wish::GoOn => self.is_paused = false,
            // Credentials that come while others are good are for the next reading.
            Wish::SignIn(credentials) if self.load.refusal().is_some() => self.load.sign_in(credentials),
            Wish::SignOut => {
                self.is_paused = false;
                self.load.sign_out();
            }
            Wish::SignIn(_) | Wish::Finish | Wish::Stop => {}
        }
        if self.is_paused {
            self.load.pause();
        } else {
            self.load.go_on();
        }
    }

    fn standing(&self, next: &Next) -> Standing {
        if self.is_paused {
            return Standing::Paused;
        }
        match (next, self.load.trouble()) {
            (Next::SignedOut, _) => Standing::SignedOut(self.load.refusal().map_or(protocol::Failure::SignIn, failure)),
            (Next::Pause(until), Some((error, tries))) => Standing::Waiting {
                until: u64::try_from(*until).unwrap_or_default(),
                failure: failure(error),
                tries,
            },
            _ => Standing::Reading,
        }
    }

    fn progress(&self, standing: Standing) -> VendorProgress {
        let incidents = self.load.incidents();
        let lists = self.load.progress();
        VendorProgress {
            lists: lists
                .iter()
                .map(|stage| told::list(stage, self.paces.of(stage.stage)))
                .collect(),
            standing,
            requests: self.courier.requests(),
            incidents: incidents.len() as u32,
            latest: incidents.iter().rev().take(LATEST).map(incident).collect(),
        }
    }
}
