//! What the companion holds to sign in at a vendor; none of it is ever printed or sent to a browser.

use serde::Deserialize;
use serde_json::Value;

use super::passbolt::Identity;
use crate::store::System;

/// Credentials of one vendor.
pub(super) enum Credentials {
    /// Of Contensis, exchanged for tokens.
    Client { id: String, secret: String, scope: String },
    /// Of Tulip, sent with each request.
    Key { key: String, secret: String },
    /// Of Passbolt: who signs in, and the key that proves it.
    Identity(Box<Identity>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Client {
    client_id: String,
    client_secret: String,
    /// The rights to ask for; those that reading users and groups takes without.
    #[serde(default = "security")]
    scope: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Key {
    key: String,
    secret: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OpenPgp {
    user_id: String,
    /// The key itself, in its armour.
    private_key: String,
    #[serde(default)]
    passphrase: String,
}

fn security() -> String {
    "Security_Administrator".to_owned()
}

impl Credentials {
    /// Reads a vendor's fields.
    ///
    /// # Errors
    /// Which fields are expected, or what is wrong with a key; never a value.
    pub(super) fn read(system: System, fields: Value) -> Result<Self, String> {
        fn read<T: for<'de> Deserialize<'de>>(fields: Value, expected: &str) -> Result<T, String> {
            serde_json::from_value(fields).map_err(|_| format!("its credentials are {expected}, each a text"))
        }
        match system {
            System::Contensis => {
                let Client {
                    client_id,
                    client_secret,
                    scope,
                } = read(fields, "`clientId`, `clientSecret` and perhaps `scope`")?;
                Ok(Self::Client {
                    id: client_id,
                    secret: client_secret,
                    scope,
                })
            }
            System::Tulip => {
                let Key { key, secret } = read(fields, "`key` and `secret`")?;
                Ok(Self::Key { key, secret })
            }
            System::Passbolt => {
                let OpenPgp {
                    user_id,
                    private_key,
                    passphrase,
                } = read(fields, "`userId`, `privateKey` and perhaps `passphrase`")?;
                Ok(Self::Identity(Box::new(Identity::read(
                    user_id,
                    &private_key,
                    &passphrase,
                )?)))
            }
        }
    }
}
