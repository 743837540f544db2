//! The fields of users and groups: their names, their kinds, and what each record says in them.

use std::cmp::Ordering;

use serde_json::Value;

use super::model::Custom;
use super::world::{World, fold};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Subject {
    Users,
    Groups,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Text,
    Number,
    Date,
    Boolean,
    /// Groups, or users, that are named by an identifier.
    Group,
    User,
    /// Of the kind that each value has.
    Custom,
    /// The `*` of `FREETEXT`.
    Anything,
}

/// What a record says in a field, or what a query compares it with.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    Missing,
    Text(String),
    Number(f64),
    Date(i64),
    Boolean(bool),
    /// A value that is compared with a custom field, in the kind of what stands there.
    Word(String),
    /// A user or a group that an identifier names.
    Row(usize),
    /// Bounds that every present value is within.
    Least,
    Greatest,
}

const USER_FIELDS: [(&str, Kind); 15] = [
    ("id", Kind::Text),
    ("username", Kind::Text),
    ("email", Kind::Text),
    ("firstname", Kind::Text),
    ("lastname", Kind::Text),
    ("fullname", Kind::Text),
    ("language", Kind::Text),
    ("timezone", Kind::Text),
    ("status.suspended", Kind::Boolean),
    ("status.locked", Kind::Boolean),
    ("status.passwordresetrequired", Kind::Boolean),
    ("created", Kind::Date),
    ("modified", Kind::Date),
    ("lastlogin", Kind::Date),
    ("expiry", Kind::Date),
];

const GROUP_FIELDS: [(&str, Kind); 8] = [
    ("id", Kind::Text),
    ("name", Kind::Text),
    ("description", Kind::Text),
    ("type", Kind::Text),
    ("created", Kind::Date),
    ("modified", Kind::Date),
    ("usercount", Kind::Number),
    ("childgroupcount", Kind::Number),
];

/// The console's own; a record is ordered by none of them but `status`.
const OWN_USER_FIELDS: [(&str, Kind); 8] = [
    ("status", Kind::Text),
    ("memberof", Kind::Group),
    ("directmemberof", Kind::Group),
    ("managerof", Kind::Group),
    ("isadministrator", Kind::Boolean),
    ("groupcount", Kind::Number),
    ("inheritedgroupcount", Kind::Number),
    ("*", Kind::Anything),
];

const OWN_GROUP_FIELDS: [(&str, Kind); 11] = [
    ("hasmember", Kind::User),
    ("hasdirectmember", Kind::User),
    ("hasmanager", Kind::User),
    ("childof", Kind::Group),
    ("parentof", Kind::Group),
    ("ancestorof", Kind::Group),
    ("descendantof", Kind::Group),
    ("inheritedusercount", Kind::Number),
    ("managercount", Kind::Number),
    ("depth", Kind::Number),
    ("incycle", Kind::Boolean),
];

fn is_custom(name: &str) -> bool {
    name.strip_prefix("custom.").is_some_and(|key| !key.is_empty())
}

fn find(fields: &[(&str, Kind)], name: &str) -> Option<Kind> {
    fields.iter().find(|(it, _)| *it == name).map(|(_, kind)| *kind)
}

/// The kind of a field, its name in lower case.
pub fn kind_of(subject: Subject, name: &str) -> Option<Kind> {
    let (carried, own): (&[_], &[_]) = match subject {
        Subject::Users => (&USER_FIELDS, &OWN_USER_FIELDS),
        Subject::Groups => (&GROUP_FIELDS, &OWN_GROUP_FIELDS),
    };
    let custom = is_custom(name).then_some(Kind::Custom);
    find(carried, name).or_else(|| find(own, name)).or(custom)
}

pub fn is_orderable(subject: Subject, name: &str) -> bool {
    match subject {
        Subject::Users => find(&USER_FIELDS, name).is_some() || name == "status" || is_custom(name),
        Subject::Groups => find(&GROUP_FIELDS, name).is_some() || is_custom(name),
    }
}

fn text(value: &Option<String>) -> Datum {
    value.clone().map_or(Datum::Missing, Datum::Text)
}

fn date(value: Option<i64>) -> Datum {
    value.map_or(Datum::Missing, Datum::Date)
}

fn flag(value: Option<bool>) -> Datum {
    value.map_or(Datum::Missing, Datum::Boolean)
}

fn count(all: usize) -> Datum {
    Datum::Number(all as f64)
}

fn custom(custom: &Custom, name: &str) -> Datum {
    let value = custom
        .iter()
        .find(|(key, _)| Some(fold(key).as_str()) == name.strip_prefix("custom."));
    match value.map(|(_, value)| value) {
        None => Datum::Missing,
        Some(Value::Bool(value)) => Datum::Boolean(*value),
        Some(Value::Number(value)) => value.as_f64().map_or(Datum::Missing, Datum::Number),
        Some(Value::String(value)) => Datum::Text(value.clone()),
        Some(other) => Datum::Text(other.to_string()),
    }
}

/// What a user or a group says in a field that is no reference.
pub fn datum(world: &World, subject: Subject, row: usize, name: &str) -> Datum {
    match subject {
        Subject::Users => user_datum(world, row, name),
        Subject::Groups => group_datum(world, row, name),
    }
}

fn user_datum(world: &World, row: usize, name: &str) -> Datum {
    let user = &world.users[row];
    let groups = world.all_groups().into_iter();
    match name {
        "id" => Datum::Text(user.id.clone()),
        "username" => text(&user.username),
        "email" => text(&user.email),
        "firstname" => text(&user.first_name),
        "lastname" => text(&user.last_name),
        "fullname" => text(&world.full_name(row)),
        "language" => text(&user.language),
        "timezone" => text(&user.timezone),
        "status.suspended" => flag(user.suspended),
        "status.locked" => flag(user.locked),
        "status.passwordresetrequired" => flag(user.password_reset_required),
        "created" => date(user.created),
        "modified" => date(user.modified),
        "lastlogin" => date(user.last_login),
        "expiry" => date(user.expiry),
        "status" if user.suspended == Some(true) => Datum::Text("suspended".to_owned()),
        "status" if user.locked == Some(true) => Datum::Text("locked".to_owned()),
        "status" => Datum::Text("active".to_owned()),
        "isadministrator" => Datum::Boolean(world.is_administrator(row)),
        "groupcount" => count(groups.filter(|group| world.is_direct(row, *group)).count()),
        "inheritedgroupcount" => count(groups.filter(|group| world.is_inherited(row, *group)).count()),
        // The texts that a free search looks in; a line end is in none of their words.
        "*" => {
            let texts = [&user.first_name, &user.last_name, &user.username, &user.email];
            let texts = texts.into_iter().flatten().cloned().collect::<Vec<_>>();
            Datum::Text(texts.join("\n"))
        }
        _ => custom(&user.custom, name),
    }
}

fn group_datum(world: &World, row: usize, name: &str) -> Datum {
    let group = &world.groups[row];
    let users = world.all_users().into_iter();
    match name {
        "id" => Datum::Text(group.id.clone()),
        "name" => text(&group.name),
        "description" => text(&group.description),
        "type" => text(&group.kind),
        "created" => date(group.created),
        "modified" => date(group.modified),
        "usercount" => count(users.filter(|user| world.is_direct(*user, row)).count()),
        "childgroupcount" => count(
            world
                .all_groups()
                .into_iter()
                .filter(|it| world.is_child(*it, row))
                .count(),
        ),
        "inheritedusercount" => count(users.filter(|user| world.is_inherited(*user, row)).count()),
        "managercount" => count(users.filter(|user| world.is_manager(*user, row)).count()),
        "depth" => count(world.depth(row)),
        "incycle" => Datum::Boolean(world.is_in_cycle(row)),
        _ => custom(&group.custom, name),
    }
}

/// Whether a reference holds between a row and the user or group that a value names.
pub fn refers(world: &World, row: usize, name: &str, to: usize) -> bool {
    match name {
        "memberof" => world.is_member(row, to),
        "directmemberof" => world.is_direct(row, to),
        "managerof" => world.is_manager(row, to),
        "hasmember" => world.is_member(to, row),
        "hasdirectmember" => world.is_direct(to, row),
        "hasmanager" => world.is_manager(to, row),
        "childof" => world.is_child(row, to),
        "parentof" => world.is_child(to, row),
        "ancestorof" => world.is_descendant(to, row),
        "descendantof" => world.is_descendant(row, to),
        _ => panic!("`{name}` is no reference"),
    }
}

/// How two present data of one kind compare; none if there is no such order.
pub fn compare(one: &Datum, other: &Datum) -> Option<Ordering> {
    match (one, other) {
        (Datum::Missing, _) | (_, Datum::Missing) => None,
        (Datum::Greatest, _) | (_, Datum::Least) => Some(Ordering::Greater),
        (Datum::Least, _) | (_, Datum::Greatest) => Some(Ordering::Less),
        (Datum::Text(_), Datum::Word(word)) => compare(one, &Datum::Text(word.clone())),
        (Datum::Number(_), Datum::Word(word)) => compare(one, &Datum::Number(number(word)?)),
        (Datum::Boolean(_), Datum::Word(word)) => compare(one, &Datum::Boolean(boolean(word)?)),
        (Datum::Text(one), Datum::Text(other)) => Some(fold(one).chars().cmp(fold(other).chars())),
        (Datum::Number(one), Datum::Number(other)) => one.partial_cmp(other),
        (Datum::Date(one), Datum::Date(other)) => Some(one.cmp(other)),
        (Datum::Boolean(one), Datum::Boolean(other)) => Some(one.cmp(other)),
        _ => None,
    }
}

/// Digits with a sign before them, and with a fraction.
pub fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let parts = digits.split('.').collect::<Vec<_>>();
    let is_number = parts.len() <= 2
        && parts
            .iter()
            .all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    is_number.then(|| text.parse().ok()).flatten()
}

/// `true` or `false` in any case.
pub fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}
