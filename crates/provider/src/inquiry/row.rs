//! Rows as vendors tell them: what a list shows, and only as much of it as was told.

use membership::entity::{GroupRecord, Standing, UserRecord};

/// A user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// The vendor's id.
    pub id: String,
    /// The username.
    pub username: Option<String>,
    /// The email.
    pub email: Option<String>,
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// What the account may do; none where the list tells ids alone.
    pub standing: Option<Standing>,
    /// When the user last signed in, in milliseconds since 1970 in UTC.
    pub last_login: Option<i64>,
    /// Whether the user manages the group whose members are listed, where the vendor knows managers.
    pub is_manager: Option<bool>,
    /// The whole record, each field with its value, where one user was asked for.
    pub fields: Vec<(String, String)>,
}

/// A group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The vendor's id.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// How many users it names.
    pub users: Option<u64>,
    /// How many groups it contains.
    pub children: Option<u64>,
}

/// Rows of a page, in the vendor's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Users.
    Users(Vec<User>),
    /// Groups.
    Groups(Vec<Group>),
}

impl User {
    /// One of whom the id alone is told.
    pub(super) fn of_id(id: String) -> Self {
        Self { id, ..Self::default() }
    }

    pub(super) fn new(id: String, record: &UserRecord<'_>) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Self {
            id,
            username: owned(record.username),
            email: owned(record.email),
            first_name: owned(record.first_name),
            last_name: owned(record.last_name),
            standing: Some(record.status.standing()),
            last_login: record.last_login,
            is_manager: None,
            fields: Vec::new(),
        }
    }

    /// The same with the whole record.
    pub(super) fn whole(self, record: &UserRecord<'_>) -> Self {
        let record = UserRecord {
            id: &self.id,
            ..record.clone()
        };
        let fields = record.fields();
        Self { fields, ..self }
    }

    /// What the user is called: the name, else the username, the email or the id.
    #[must_use]
    pub fn name(&self) -> String {
        fn told(text: &Option<String>) -> Option<&str> {
            text.as_deref().filter(|text| !text.trim().is_empty())
        }
        match (told(&self.first_name), told(&self.last_name)) {
            (Some(first), Some(last)) => [first, last].join(" "),
            (Some(name), None) | (None, Some(name)) => name.to_owned(),
            (None, None) => told(&self.username)
                .or(told(&self.email))
                .unwrap_or(&self.id)
                .to_owned(),
        }
    }
}

impl Group {
    /// One of which the id alone is told.
    pub(super) fn of_id(id: String) -> Self {
        Self { id, ..Self::default() }
    }

    pub(super) fn new(id: String, record: &GroupRecord<'_>, users: Option<u64>, children: Option<u64>) -> Self {
        Self {
            id,
            name: record.name.map(str::to_owned),
            description: record.description.map(str::to_owned),
            users,
            children,
        }
    }
}
