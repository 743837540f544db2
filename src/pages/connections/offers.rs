//! What the companion offers, each with one click.

use leptos::prelude::*;
use protocol::{Access, CompanionQuestion, Credentials, Offer, Problem, Source, Topic, Vendor};

use super::place_of;
use crate::components::button::{Button, ButtonLink};
use crate::components::connection::PlaceRow;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::slot::Slot;
use crate::notice::{self, vendor};
use crate::route::Screen;
use crate::session::Session;
use crate::storage;
use crate::words::say;

/// What the companion offers, as far as it has told. Copies share it.
#[derive(Clone, Copy)]
pub struct Offers {
    session: Session,
    offers: Slot<Vec<Offer>>,
    /// Whether it was asked and did not tell.
    is_mute: Slot<bool>,
}

impl Offers {
    /// Asks the companion, if there is one and somebody entered it.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let all = Self {
            session,
            offers: Slot::new(Vec::new()),
            is_mute: Slot::new(false),
        };
        if storage::has_entered() {
            all.ask(|| ());
        }
        all
    }

    /// Asks the companion, and does something once it has told.
    fn ask(self, then: impl FnOnce() + 'static) {
        let told = move |answer: Result<Option<Vec<Offer>>, Problem>| {
            let offers = answer.ok().flatten();
            self.is_mute.set(offers.is_none());
            if let Some(offers) = offers {
                self.offers.set(offers.into_iter().map(named).collect());
                then();
            }
        };
        self.session.request(Topic::Companion, &CompanionQuestion {}, told);
    }

    /// What was granted may have ended with the companion, or been lost with the worker: it is asked once more.
    fn connect(self, source: Source, access: Access) {
        self.ask(move || self.connect_as_told(source, access));
    }

    fn connect_as_told(self, source: Source, access: Access) {
        let credentials = match access {
            Access::Granted => Credentials::Granted,
            _ => Credentials::Held,
        };
        let session = self.session;
        let place = place_of(&source);
        session.connect(source, credentials);
        session.go(session
            .route
            .with_untracked(|route| route.with(Screen::Connections(place))));
    }

    /// Those that are not in the list of connections yet; drawn only where there are some.
    pub fn section(self) -> AnyView {
        let session = self.session;
        let left = Kept::new(move || {
            let is_left = |offer: &Offer| {
                session
                    .vendors
                    .with(|all| !all.iter().any(|it| it.is_same(&offer.vendor)))
            };
            self.offers.get().into_iter().filter(is_left).collect::<Vec<_>>()
        });
        let rows = move || left.get().into_iter().map(|offer| self.row(offer)).collect_view();
        let section = move || {
            let is_mute = self.is_mute.get();
            let mute = is_mute.then(|| {
                view! { <p class="soft">{say("It did not tell. Open the link that it printed when it started last.")}</p> }
            });
            (is_mute || left.with(|left| !left.is_empty())).then(|| {
                view! {
                    <section class="places" aria-labelledby="offers">
                        <h2 id="offers">{say("This companion offers")}</h2>
                        {mute}
                        <ul aria-labelledby="offers">{live(rows)}</ul>
                    </section>
                }
            })
        };
        live(section).into_any()
    }

    fn row(self, Offer { vendor, access }: Offer) -> AnyView {
        let session = self.session;
        let system = notice::system(&vendor.system);
        let place = place_of(&Source::Vendor(vendor.clone()));
        let name = vendor.name.clone();
        let about = vendor::place(&vendor);
        let action = match access {
            Access::Asked => {
                let url = Kept::new(move || session.url(Screen::Connections(place.clone())));
                view! { <ButtonLink text=say("Sign in") url /> }.into_any()
            }
            _ => {
                let connect = move |()| self.connect(Source::Vendor(vendor.clone()), access);
                view! { <Button text=say("Connect") on_press=connect /> }.into_any()
            }
        };
        let href = system.map_or("#i-plug", |system| system.href);
        view! { <PlaceRow href name about>{action}</PlaceRow> }.into_any()
    }

    /// The same for one vendor, in place of signing in.
    pub fn way_in(self, vendor: &Vendor) -> AnyView {
        let vendor = vendor.clone();
        let content = move || {
            let is_it = |offer: &&Offer| offer.vendor.is_same(&vendor) && offer.access != Access::Asked;
            let access = self
                .offers
                .with(|offers| offers.iter().find(is_it).map(|offer| offer.access))?;
            let (read, ask) = (Source::Vendor(vendor.clone()), Source::Live(vendor.clone()));
            let read = move |()| self.connect(read.clone(), access);
            let ask = move |()| self.connect(ask.clone(), access);
            Some(view! {
                <section class="section" aria-labelledby="offered">
                    <div class="section-head">
                        <h2 id="offered">{say("Without signing in")}</h2>
                        <span class="note">{say("The companion has credentials for it.")}</span>
                    </div>
                    <div class="row">
                        <Button text=say("Connect and read") kind="primary" on_press=read />
                        <Button text=say("Connect and ask") on_press=ask />
                    </div>
                </section>
            })
        };
        live(content).into_any()
    }
}

/// The companion calls its own directory the same in each vendor's words.
fn named(offer: Offer) -> Offer {
    let system = notice::system(&offer.vendor.system).map_or("", |system| system.name);
    match offer.access {
        Access::Granted => {
            let name = [&offer.vendor.name, ", ", system].concat();
            Offer {
                vendor: Vendor { name, ..offer.vendor },
                ..offer
            }
        }
        _ => offer,
    }
}
