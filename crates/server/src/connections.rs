//! `/api/companion`: what somebody who entered can connect to with one click, told to nobody else.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use crate::directory::now;
use crate::gateway::Gateway;
use crate::reply::Reply;
use crate::store::{Answer, Credential, Store, System};

/// Below this path the companion answers Passbolt's requests, whose own paths are addresses of the console.
pub(crate) const PASSBOLT: &str = "/api/passbolt";

/// The connections that a companion offers.
pub(crate) struct Connections {
    store: Store,
    /// Credentials for the companion's own directory, made when they are first asked for and good for this run alone.
    granted: OnceCell<Vec<(System, Credential)>>,
    gateways: Vec<Arc<Gateway>>,
}

impl Connections {
    pub(crate) fn new(store: Store, gateways: Vec<Arc<Gateway>>) -> Self {
        let granted = OnceCell::new();
        Self {
            store,
            granted,
            gateways,
        }
    }

    async fn granted(&self) -> Answer<&Vec<(System, Credential)>> {
        let grant = || async {
            let mut granted = Vec::new();
            for system in System::ALL {
                granted.push((system, self.store.grant(system, None, now()).await?));
            }
            Ok(granted)
        };
        self.granted.get_or_try_init(grant).await
    }

    /// Takes back the credentials that were given out.
    pub(crate) async fn close(&self) -> Answer<()> {
        for (_, credential) in self.granted.get().into_iter().flatten() {
            self.store.revoke(&credential.id).await?;
        }
        Ok(())
    }
}

/// Lists them, each as name, system, what stands before its paths, and what to send along.
pub(crate) async fn list(State(connections): State<Arc<Connections>>) -> Reply {
    let granted = match connections.granted().await {
        Ok(granted) => granted,
        Err(error) => {
            tracing::error!(%error, "the database failed");
            let body = json!({"message": "the database failed"});
            return Reply::json(StatusCode::INTERNAL_SERVER_ERROR, body);
        }
    };
    let own = granted.iter().map(|(system, credential)| own(*system, credential));
    let all: Vec<Value> = own.chain(connections.gateways.iter().map(|it| through(it))).collect();
    let body = json!({"version": env!("CARGO_PKG_VERSION"), "connections": all});
    Reply::json(StatusCode::OK, body).with(CACHE_CONTROL, "no-store")
}

fn own(system: System, credential: &Credential) -> Value {
    let Credential { id, secret } = credential;
    let (base, credentials) = match system {
        System::Contensis => ("", json!({"kind": "client", "id": id, "secret": secret})),
        System::Tulip => ("", json!({"kind": "key", "id": id, "secret": secret})),
        System::Passbolt => (PASSBOLT, json!({"kind": "token", "secret": secret})),
    };
    json!({"name": "This companion", "system": system.name(), "base": base, "credentials": credentials})
}

/// The way to a vendor: the browser signs in with credentials of its own where the companion holds none.
fn through(gateway: &Gateway) -> Value {
    let kind = if gateway.holds_credentials() { "held" } else { "asked" };
    let base = format!("/gateway/{}", gateway.name());
    json!({"name": gateway.name(), "system": gateway.system().name(), "base": base, "credentials": {"kind": kind}})
}
