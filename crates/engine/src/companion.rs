//! What the companion offers, as far as the console may know it: credentials that it granted stay here.

use std::cell::RefCell;
use std::pin::Pin;

use protocol::{Access, Vendor};
use provider::companion::{self, Offer};
use provider::connection::{Credentials, Outgoing};
use web_sys::AbortController;

use crate::transport;

/// What the companion offered last.
#[derive(Default)]
pub struct Companion(RefCell<Vec<Offer>>);

/// Asks the companion what it offers; none if it does not say.
pub type AskCompanion = for<'a> fn(&'a Companion) -> Pin<Box<dyn Future<Output = Option<Vec<protocol::Offer>>> + 'a>>;

impl Companion {
    /// Asks what it offers; none if it does not say.
    pub async fn ask(&self) -> Option<Vec<protocol::Offer>> {
        let request = Outgoing {
            method: "GET",
            url: companion::PATH.to_owned(),
            headers: Vec::new(),
            body: None,
        };
        let signal = AbortController::new().ok()?.signal();
        let answer = transport::send(&request, &signal).await?;
        let offers = companion::read(&answer.body)?;
        let told = offers.iter().map(told).collect();
        self.0.replace(offers);
        Some(told)
    }

    /// The credentials that it granted for a vendor.
    #[must_use]
    pub fn granted(&self, vendor: &Vendor) -> Option<Credentials> {
        let offers = self.0.borrow();
        let offer = offers
            .iter()
            .find(|offer| offer.system.name() == vendor.system && offer.base == vendor.base)?;
        offer.credentials.clone()
    }
}

fn told(offer: &Offer) -> protocol::Offer {
    protocol::Offer {
        vendor: Vendor {
            system: offer.system.name().to_owned(),
            base: offer.base.clone(),
            name: offer.name.clone(),
        },
        access: match offer.credentials {
            None => Access::Asked,
            Some(Credentials::Held) => Access::Held,
            Some(_) => Access::Granted,
        },
    }
}
