//! Signing in at a Passbolt that is made up here, with OpenPGP keys that are made for the test.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use pgp::composed::{
    ArmorOptions, EncryptionCaps, KeyType, Message, MessageBuilder, SecretKeyParamsBuilder, SignedSecretKey,
    SubkeyParamsBuilder,
};
use pgp::crypto::ecc_curve::ECCCurve;
use pgp::crypto::hash::HashAlgorithm;
use pgp::crypto::sym::SymmetricKeyAlgorithm;
use rand::rngs::OsRng;
use serde_json::{Value, json};

use crate::gateway::{Asked, Service, Vendor};

const USER: &str = "5b1f0d0e-0000-4000-8000-0000000000aa";
const PASSPHRASE: &str = "correct horse";
const GROUPS: &str = "/gateway/v/groups.json?contain[user]=1";

/// A key as the vendor's clients make them: the primary one signs, a subkey encrypts.
fn key(passphrase: Option<&str>) -> SignedSecretKey {
    let passphrase = passphrase.map(str::to_owned);
    let mut subkey = SubkeyParamsBuilder::default();
    subkey
        .key_type(KeyType::ECDH(ECCCurve::Curve25519Legacy))
        .can_encrypt(EncryptionCaps::All)
        .passphrase(passphrase.clone());
    let mut key = SecretKeyParamsBuilder::default();
    key.key_type(KeyType::Ed25519Legacy)
        .can_certify(true)
        .can_sign(true)
        .primary_user_id("Ada <ada@example.com>".to_owned())
        .passphrase(passphrase)
        .subkeys(vec![subkey.build().expect("a subkey")]);
    key.build().expect("a key").generate(OsRng).expect("a generated key")
}

/// What goes wrong at the server.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    None,
    /// The answer is signed by somebody else.
    Stranger,
    /// The answer is to another challenge.
    Replay,
    /// A second factor is wanted.
    SecondFactor,
    /// Refresh tokens are not taken.
    NoRefresh,
    /// The user is not known.
    Unknown,
}

/// A server with a key of its own that knows one user by the key, and takes the access token that it gave last.
struct Vault {
    own: SignedSecretKey,
    user: SignedSecretKey,
    fault: Fault,
    url: Mutex<String>,
    given: Mutex<u32>,
    /// Access tokens up to this one have ended.
    ended: Mutex<u32>,
    /// How often each path was asked.
    counts: Mutex<HashMap<String, u32>>,
}

impl Vault {
    fn answer(&self, asked: &Asked) -> Response {
        let path = asked.target.split('?').next().unwrap_or_default().to_owned();
        *self
            .counts
            .lock()
            .expect("nobody failed")
            .entry(path.clone())
            .or_default() += 1;
        let body: Value = serde_json::from_str(&asked.body).unwrap_or_default();
        match path.as_str() {
            "/auth/verify.json" => {
                let key = self
                    .own
                    .to_public_key()
                    .to_armored_string(ArmorOptions::default())
                    .expect("armour");
                envelope(200, json!({"fingerprint": "", "keydata": key})).into_response()
            }
            "/auth/jwt/login.json" => self.log_in(&body),
            "/auth/jwt/refresh.json" => {
                let given = *self.given.lock().expect("nobody failed");
                let takes = self.fault != Fault::NoRefresh && body["user_id"] == USER;
                if !takes || body["refresh_token"] != format!("r{given}") {
                    return envelope(400, json!("")).into_response();
                }
                let cookie = format!("refresh_token=r{}; path=/auth/jwt; secure; httponly", given + 1);
                (
                    [(SET_COOKIE, cookie)],
                    envelope(200, json!({"access_token": self.give()})),
                )
                    .into_response()
            }
            _ => {
                let given = *self.given.lock().expect("nobody failed");
                let ended = *self.ended.lock().expect("nobody failed");
                let is_known = asked.header(&AUTHORIZATION) == format!("Bearer a{given}");
                let status = if is_known && given > ended { 200 } else { 401 };
                envelope(status, json!([])).into_response()
            }
        }
    }

    fn give(&self) -> String {
        let mut given = self.given.lock().expect("nobody failed");
        *given += 1;
        format!("a{given}")
    }

    /// The vendor's rules: the challenge is for us, by a user whom we know, still good, and signed.
    fn log_in(&self, body: &Value) -> Response {
        if self.fault == Fault::Unknown || body["user_id"] != USER {
            return envelope(404, json!("")).into_response();
        }
        let (sealed, _) = Message::from_string(body["challenge"].as_str().expect("a challenge")).expect("armour");
        let mut message = sealed
            .decrypt(&"".into(), &self.own)
            .expect("it is encrypted for this server");
        let challenge = message.as_data_string().expect("a text");
        message
            .verify(&self.user.primary_key.public_key())
            .expect("it is signed by the user");
        let challenge: Value = serde_json::from_str(&challenge).expect("JSON");
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("after 1970")
            .as_secs();
        let expiry = challenge["verify_token_expiry"].as_u64().expect("a time");
        assert!(now < expiry && expiry <= now + 3_600);
        assert_eq!(challenge["version"], "1.0.0");
        assert_eq!(challenge["domain"], *self.url.lock().expect("nobody failed"));
        let token = challenge["verify_token"].as_str().expect("a token");
        assert!(
            token.len() == 36 && token.as_bytes()[14] == b'4',
            "a UUID of version 4: {token}"
        );
        let given = self.give();
        let mut answer = json!({
            "version": "1.0.0", "domain": challenge["domain"], "verify_token": token,
            "access_token": given, "refresh_token": given.replace('a', "r"),
        });
        match self.fault {
            Fault::Replay => answer["verify_token"] = json!("00000000-0000-4000-8000-000000000000"),
            Fault::SecondFactor => answer["mfa_providers"] = json!(["totp"]),
            _ => {}
        }
        envelope(200, json!({"challenge": self.seal(&answer.to_string())})).into_response()
    }

    fn seal(&self, text: &str) -> String {
        let stranger = key(None);
        let signer = if self.fault == Fault::Stranger {
            &stranger
        } else {
            &self.own
        };
        let mut message =
            MessageBuilder::from_bytes("", text.to_owned().into_bytes()).seipd_v1(OsRng, SymmetricKeyAlgorithm::AES256);
        message.compression(pgp::types::CompressionAlgorithm::ZIP);
        message.sign(&signer.primary_key, "".into(), HashAlgorithm::Sha512);
        let for_user = self.user.to_public_key();
        message
            .encrypt_to_key(OsRng, &for_user.public_subkeys[0])
            .expect("encrypted");
        message
            .to_armored_string(OsRng, ArmorOptions::default())
            .expect("armour")
    }

    /// The token that was given last ends.
    fn end(&self) {
        *self.ended.lock().expect("nobody failed") = *self.given.lock().expect("nobody failed");
    }

    fn count(&self, path: &str) -> u32 {
        self.counts
            .lock()
            .expect("nobody failed")
            .get(path)
            .copied()
            .unwrap_or_default()
    }
}

fn envelope(code: u16, body: impl serde::Serialize) -> impl IntoResponse {
    let status = StatusCode::from_u16(code).expect("a status");
    (
        status,
        axum::Json(json!({"header": {"code": code}, "body": json!(body)})),
    )
}

async fn vault(fault: Fault, passphrase: Option<&str>) -> (Arc<Vault>, Service) {
    let user = key(passphrase);
    let armoured = user.to_armored_string(ArmorOptions::default()).expect("armour");
    let vault = Arc::new(Vault {
        own: key(None),
        user,
        fault,
        url: Mutex::default(),
        given: Mutex::default(),
        ended: Mutex::default(),
        counts: Mutex::default(),
    });
    let answers = Arc::clone(&vault);
    let vendor = Vendor::new(move |asked| answers.answer(asked)).await;
    vault.url.lock().expect("nobody failed").clone_from(&vendor.url);
    let mut credentials = json!({"userId": USER, "privateKey": armoured});
    if let Some(passphrase) = passphrase {
        credentials["passphrase"] = json!(passphrase);
    }
    let service = Service::new("passbolt", &vendor, Some(credentials)).await;
    (vault, service)
}

#[tokio::test]
async fn the_companion_signs_in_with_a_key() {
    let (vault, service) = vault(Fault::None, Some(PASSPHRASE)).await;
    assert_eq!(service.get(GROUPS).await.0, 200);
    assert_eq!(service.get(GROUPS).await.0, 200);
    assert_eq!(
        (vault.count("/auth/jwt/login.json"), vault.count("/groups.json")),
        (1, 2)
    );
    // What signs in is the gateway's own: no caller may ask for it.
    assert_eq!(service.get("/gateway/v/auth/verify.json").await.0, 404);
}

#[tokio::test]
async fn an_ended_token_is_renewed_by_the_refresh_token_or_else_by_the_key() {
    for (fault, log_ins) in [(Fault::None, 1), (Fault::NoRefresh, 3)] {
        let (vault, service) = vault(fault, None).await;
        for round in 0..3 {
            assert_eq!(service.get(GROUPS).await.0, 200);
            assert_eq!(vault.count("/auth/jwt/refresh.json"), round);
            vault.end();
        }
        assert_eq!(vault.count("/auth/jwt/login.json"), log_ins);
    }
}

#[tokio::test]
async fn a_server_that_cannot_prove_itself_gets_nothing_more() {
    for (fault, status, said) in [
        (Fault::Stranger, 502, "do not fit the keys"),
        (Fault::Replay, 502, "another challenge"),
        (Fault::SecondFactor, 403, "second factor"),
        (Fault::Unknown, 403, "refused the OpenPGP key"),
    ] {
        let (vault, service) = vault(fault, None).await;
        let (told, body) = service.get(GROUPS).await;
        assert_eq!(told, status, "{body}");
        assert!(body["message"].as_str().is_some_and(|it| it.contains(said)), "{body}");
        assert_eq!(vault.count("/groups.json"), 0);
    }
}
