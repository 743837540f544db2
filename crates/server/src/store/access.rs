//! Who may ask: credentials that were given out, the tokens that they were exchanged for, and whom both stand for.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::identify::id_key;
use super::{Answer, Store};

/// How long a token lives, in seconds.
pub const TOKEN_SECONDS: i64 = 3_600;

/// Whose endpoints a credential opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// `/api/security`, by a token that a client id and its secret are exchanged for.
    Contensis,
    /// `/api/users/v1`, by a key and its secret.
    Tulip,
    /// `*.json`, by a token.
    Passbolt,
}

impl System {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Contensis, Self::Tulip, Self::Passbolt];

    /// Its name, in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Contensis => "contensis",
            Self::Tulip => "tulip",
            Self::Passbolt => "passbolt",
        }
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Somebody without a credential, or with one that is unknown, expired or another system's.
    Nobody,
    /// An administrator without a name.
    Administrator,
    /// A user, by place.
    User(i64),
}

/// A credential as it is given out, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The client id, or the key.
    pub id: String,
    /// What proves it; it cannot be shown again.
    pub secret: String,
}

impl Store {
    /// Makes a credential for a system, with the rights of a user, by id, or of an administrator without a name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn grant(&self, system: System, user: Option<&str>, now: i64) -> Answer<Credential> {
        let credential = Credential {
            id: match system {
                System::Tulip => format!("apikey.2_{}", random(12)),
                System::Contensis | System::Passbolt => random(12),
            },
            secret: random(32),
        };
        let mut sql = self.sql();
        sql.push("INSERT INTO credentials (id, system, secret_hash, user_key, created) VALUES (");
        sql.list([
            credential.id.clone(),
            system.name().to_owned(),
            hash(&credential.secret),
        ])
        .push(", ");
        match user {
            Some(user) => sql.bind(id_key(user)),
            None => sql.push("NULL"),
        };
        sql.push(", ").bind(now).push(")");
        sql.query().execute(&self.writer).await?;
        Ok(credential)
    }

    /// Takes a credential back, and every token that it was exchanged for.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn revoke(&self, id: &str) -> Answer<()> {
        for statement in [
            "DELETE FROM tokens WHERE credential = ",
            "DELETE FROM credentials WHERE id = ",
        ] {
            let mut sql = self.sql();
            sql.push(statement).bind(id);
            sql.query().execute(&self.writer).await?;
        }
        Ok(())
    }

    /// Whom a credential stands for; nobody if the secret is wrong.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn caller_of_credential(&self, system: System, id: &str, secret: &str) -> Answer<Caller> {
        let mut sql = self.sql();
        sql.push("SELECT secret_hash, user_key FROM credentials WHERE id = ")
            .bind(clean(id));
        sql.push(" AND system = ").bind(system.name());
        let Some(row) = sql.query().fetch_optional(&self.pool).await? else {
            return Ok(Caller::Nobody);
        };
        if !is_same(&row.try_get::<String, _>(0)?, &hash(secret)) {
            return Ok(Caller::Nobody);
        }
        self.caller(row.try_get(1)?).await
    }

    /// Exchanges a credential for a token that lives for [`TOKEN_SECONDS`]; none if the secret is wrong.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn exchange(&self, system: System, id: &str, secret: &str, now: i64) -> Answer<Option<String>> {
        if self.caller_of_credential(system, id, secret).await? == Caller::Nobody {
            return Ok(None);
        }
        let token = random(32);
        let mut transaction = self.writer.begin().await?;
        let mut sql = self.sql();
        sql.push("DELETE FROM tokens WHERE expires <= ").bind(now);
        sql.query().execute(&mut *transaction).await?;
        let mut sql = self.sql();
        sql.push("INSERT INTO tokens (hash, credential, expires) VALUES (");
        sql.list([hash(&token), id.to_owned()])
            .push(", ")
            .bind(now + TOKEN_SECONDS * 1_000)
            .push(")");
        sql.query().execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(Some(token))
    }

    /// Whom a token stands for at a time; for Passbolt a credential's secret is the token.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn caller_of_token(&self, system: System, token: &str, now: i64) -> Answer<Caller> {
        let mut sql = self.sql();
        if system == System::Passbolt {
            sql.push("SELECT user_key FROM credentials WHERE secret_hash = ")
                .bind(hash(token));
        } else {
            sql.push("SELECT c.user_key FROM tokens t JOIN credentials c ON c.id = t.credential WHERE t.hash = ");
            sql.bind(hash(token)).push(" AND t.expires > ").bind(now);
        }
        sql.push(" AND system = ").bind(system.name());
        match sql.query().fetch_optional(&self.pool).await? {
            Some(row) => self.caller(row.try_get(0)?).await,
            None => Ok(Caller::Nobody),
        }
    }

    /// A user who is gone has no rights any more.
    async fn caller(&self, user: Option<String>) -> Answer<Caller> {
        Ok(match user {
            None => Caller::Administrator,
            Some(user) => self.user_by_id(&user).await?.map_or(Caller::Nobody, Caller::User),
        })
    }

    /// Whether a caller is an administrator: one without a name, or a member of the administrators' group.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn is_administrator(&self, caller: Caller) -> Answer<bool> {
        match caller {
            Caller::Nobody => Ok(false),
            Caller::Administrator => Ok(true),
            Caller::User(user) => match self.administrators().await? {
                Some(group) => self.is_member(user, &[group]).await,
                None => Ok(false),
            },
        }
    }
}

/// The form in which a secret is kept.
fn hash(secret: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(secret))
}

/// So many random bytes, as text.
pub(crate) fn random(bytes: usize) -> String {
    let mut buffer = vec![0; bytes];
    // Without chance there is no secret: better no companion than one that everybody can enter.
    getrandom::fill(&mut buffer).expect("the system gives random bytes");
    BASE64_URL_SAFE_NO_PAD.encode(buffer)
}

/// A text that any database takes as a parameter.
fn clean(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// Compares without telling by the time taken where two texts differ.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    let differ = one
        .bytes()
        .zip(other.bytes())
        .fold(0, |sum, (one, other)| sum | (one ^ other));
    one.len() == other.len() && differ == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_compare() {
        let (one, other) = (random(32), random(32));
        assert_eq!(one.len(), 43);
        assert!(is_same(&one, &one) && !is_same(&one, &other) && !is_same(&one, &one[1..]));
        assert_ne!(hash(&one), one);
    }
}
