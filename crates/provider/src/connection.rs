//! A connection to a vendor: where, as whom, and what goes over the wire.

use std::fmt;

/// Whose endpoints are spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum System {
    /// Contensis.
    Contensis,
    /// Tulip.
    Tulip,
    /// Passbolt.
    Passbolt,
}

impl System {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Contensis, Self::Tulip, Self::Passbolt];

    /// The name by which addresses and messages call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contensis => "contensis",
            Self::Tulip => "tulip",
            Self::Passbolt => "passbolt",
        }
    }

    /// Whether its groups can be in other groups.
    #[must_use]
    pub const fn nests(self) -> bool {
        matches!(self, Self::Contensis)
    }

    /// Whether its lists come in the order, and by the query, that they are asked for.
    #[must_use]
    pub const fn orders(self) -> bool {
        matches!(self, Self::Contensis)
    }

    /// Whether users and groups can be asked for by more than their ids.
    #[must_use]
    pub const fn takes_names(self) -> bool {
        matches!(self, Self::Contensis)
    }

    /// Whether quick search looks in each part of a name, as ours does, rather than in the whole.
    #[must_use]
    pub const fn searches_parts(self) -> bool {
        !matches!(self, Self::Tulip)
    }

    /// Whether users who are archived are a list of their own.
    #[must_use]
    pub const fn lists_archived_apart(self) -> bool {
        matches!(self, Self::Tulip)
    }

    /// Whether it knows who manages a group.
    #[must_use]
    pub const fn knows_managers(self) -> bool {
        matches!(self, Self::Passbolt)
    }

    /// Whether its list of groups tells how many users each names.
    #[must_use]
    pub const fn counts_users(self) -> bool {
        !matches!(self, Self::Passbolt)
    }

    /// Whether it tells when users signed in last.
    #[must_use]
    pub const fn tells_logins(self) -> bool {
        !matches!(self, Self::Tulip)
    }

    /// Whether the members of a group, and the groups of a user, are told with more than their ids.
    #[must_use]
    pub const fn tells_names(self) -> bool {
        !matches!(self, Self::Tulip)
    }

    /// Whether every list has pages; else those of users alone.
    #[must_use]
    pub const fn has_pages(self) -> bool {
        !matches!(self, Self::Passbolt)
    }

    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|system| system.name() == name)
    }
}

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text from being printed.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, to send it where it belongs.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// What proves who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// Nothing: a gateway adds what it holds.
    Held,
    /// A token, as it was pasted.
    Token(Secret),
    /// A client id and its secret, which Contensis exchanges for tokens.
    Client {
        /// The id.
        id: String,
        /// The secret.
        secret: Secret,
    },
    /// A key and its secret, of Tulip.
    Key {
        /// The key.
        key: String,
        /// The secret.
        secret: Secret,
    },
}

/// A vendor's server, and who asks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Whose endpoints.
    pub system: System,
    /// What stands before each path: an origin such as `https://cms.example.com`, or a path on our own; empty for our own origin.
    pub base: String,
    /// Who asks.
    pub credentials: Credentials,
}

/// A request as it is sent; its URL is the connection's base and a documented path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// `GET`, `HEAD` or `POST`.
    pub method: &'static str,
    /// The whole URL.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(&'static str, Secret)>,
    /// A form, to sign in with.
    pub body: Option<Secret>,
}

/// An answer as it came. Redirects are not followed: they would take credentials along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    /// The status.
    pub status: u16,
    /// The header `Retry-After`.
    pub retry_after: Option<String>,
    /// The header `Content-Type`.
    pub content_type: Option<String>,
    /// The body, whole.
    pub body: Vec<u8>,
}
