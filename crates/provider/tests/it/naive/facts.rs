//! Arbitrary directories: small, so that everything meets everything, and nasty.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::model::{Custom, Facts, Group, Membership, Nesting, User};

/// Ids of users and of groups, in another order where case counts; Passbolt asks by UUIDs alone, the others by anything.
pub const USER_IDS: [&str; 14] = [
    "10000000-0000-4000-8000-00000000000a",
    "10000000-0000-4000-8000-00000000000b",
    "10000000-0000-4000-8000-00000000000c",
    "10000000-0000-4000-8000-0000000000AF",
    "10000000-0000-4000-8000-0000000000ae",
    "10000000-0000-4000-8000-0000000000ad",
    "z1",
    "Z1",
    "z 2",
    "3/u",
    "ü,4",
    "5%2C",
    "6+6",
    "7",
];
pub const GROUP_IDS: [&str; 14] = [
    "20000000-0000-4000-8000-00000000000a",
    "20000000-0000-4000-8000-00000000000b",
    "20000000-0000-4000-8000-00000000000c",
    "20000000-0000-4000-8000-0000000000AF",
    "20000000-0000-4000-8000-0000000000ae",
    "20000000-0000-4000-8000-0000000000ad",
    "z1",
    "Z1",
    "z 2",
    "3/g",
    "ü gruppe",
    "4,5",
    "%41",
    "6+6",
];

pub const USERNAMES: [&str; 22] = [
    "ada",
    "ADA",
    "bo@example.com",
    "Straße",
    "STRASSE",
    "ΟΔΥΣΣΕΥΣ",
    "οδυσσεύς",
    "οδυσσευς",
    "İpek",
    "a,b",
    "x/y",
    "50%",
    "c+d",
    "",
    "true",
    "17",
    "null",
    "And",
    "2024-01-01",
    "say \"hi\"",
    "it's",
    "z1",
];
const EMAILS: [&str; 6] = [
    "ada@example.com",
    "BO@example.com",
    "o'hara@example.org",
    "zoë@example.com",
    "ada",
    "",
];
const FIRST_NAMES: [&str; 8] = ["Ann", "ann", "Joanna", "Мария", "李", "", "Zoë", "Zoe\u{301}"];
const LAST_NAMES: [&str; 7] = ["Marsh", "MARSH", "van der Berg", "de la O", "Ångström", "", "𝔄bel"];
pub const GROUP_NAMES: [&str; 20] = [
    "System Administrators",
    "Everyone",
    "everyone",
    "R&D, Labs",
    "R&D",
    " Labs",
    "Labs",
    "50% off",
    "A/B",
    "C++",
    "Σίσυφος",
    "ΣΊΣΥΦΟΣ",
    "a=b?#",
    "Paper Street Soap Company",
    "not",
    "%2C",
    "z1",
    "Ops",
    "Ops, Labs",
    "it's",
];
const DESCRIPTIONS: [&str; 4] = ["Late crew", "late", "", "All of the night's crew"];
const LANGUAGES: [&str; 3] = ["en-GB", "de", "DE"];
const DEPARTMENTS: [&str; 5] = ["Soap", "soap works", "", "Ärzte", "R&D"];

/// When requests are made; on days that every month has.
pub const NOWS: [i64; 3] = [1_710_506_096_789, 1_709_251_200_000, 1_672_531_199_999];

/// Instants around those times, by the minute, the day, the week, the month and the year.
pub fn instants() -> impl Strategy<Value = i64> + Clone {
    const MINUTE: i64 = 60_000;
    const DAY: i64 = 24 * 60 * MINUTE;
    let spans = vec![
        0,
        1,
        -1,
        MINUTE,
        -MINUTE,
        DAY,
        -DAY,
        7 * DAY,
        -7 * DAY,
        -29 * DAY,
        -31 * DAY,
        -365 * DAY,
        -366 * DAY,
    ];
    let near = (select(NOWS.to_vec()), select(spans)).prop_map(|(now, span)| now + span);
    // Midnights: of Thursday the 29th of February, a Monday, the first of a month and of a year, and one long ago.
    let edges = select(vec![
        1_709_164_800_000,
        1_710_115_200_000,
        1_709_251_200_000,
        1_704_067_200_000,
        -14_182_940_000,
    ]);
    prop_oneof![near, edges.clone(), edges.prop_map(|edge| edge - 1)]
}

fn text<const N: usize>(pool: [&'static str; N]) -> impl Strategy<Value = Option<String>> {
    option::weighted(0.85, select(pool.to_vec()).prop_map(str::to_owned))
}

fn flag() -> impl Strategy<Value = Option<bool>> {
    prop_oneof![2 => Just(None), 1 => Just(Some(false)), 1 => Just(Some(true))]
}

/// Each key has values of one kind.
fn custom() -> impl Strategy<Value = Custom> {
    let department = text(DEPARTMENTS).prop_map(|it| it.map(Value::from));
    let level = option::of(select(vec![json!(-2), json!(0), json!(3), json!(3.5), json!(10)]));
    let remote = option::of(any::<bool>().prop_map(Value::from));
    let tags = option::weighted(0.2, select(vec![json!(["a", 1]), json!({"b": null}), json!([])]));
    (department, level, remote, tags).prop_map(|(department, level, remote, tags)| {
        let all = [
            ("Department", department),
            ("level", level),
            ("remote", remote),
            ("tags", tags),
        ];
        let present = all
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?)));
        present.collect()
    })
}

fn user() -> impl Strategy<Value = User> {
    let names = (
        text(USERNAMES),
        text(EMAILS),
        text(FIRST_NAMES),
        text(LAST_NAMES),
        text(LANGUAGES),
    );
    let dates = [(); 4].map(|()| option::of(instants()));
    let status = (flag(), flag(), flag());
    (select(USER_IDS.to_vec()), names, dates, status, custom()).prop_map(|(id, names, dates, status, custom)| User {
        id: id.to_owned(),
        username: names.0,
        email: names.1,
        first_name: names.2,
        last_name: names.3,
        timezone: names.4.as_ref().map(|language| format!("Zone/{language}")),
        language: names.4,
        created: dates[0],
        modified: dates[1],
        last_login: dates[2],
        expiry: dates[3],
        suspended: status.0,
        locked: status.1,
        password_reset_required: status.2,
        custom,
    })
}

fn group() -> impl Strategy<Value = Group> {
    let name = prop_oneof![
        6 => text(GROUP_NAMES),
        1 => Just(Some("System Administrators".to_owned())),
        1 => Just(Some("system administrators".to_owned())),
    ];
    let texts = (name, text(DESCRIPTIONS), text(["contensis", "sys", "External"]));
    let dates = [(); 2].map(|()| option::of(instants()));
    (select(GROUP_IDS.to_vec()), texts, dates, custom()).prop_map(|(id, texts, dates, custom)| Group {
        id: id.to_owned(),
        name: texts.0,
        description: texts.1,
        kind: texts.2,
        created: dates[0],
        modified: dates[1],
        custom,
    })
}

/// Facts name one of the records, or now and then nothing that is there.
pub fn facts() -> impl Strategy<Value = Facts> {
    let memberships = vec((any::<u16>(), any::<u16>(), any::<bool>()), 0..30);
    let nestings = vec((any::<u16>(), any::<u16>()), 0..12);
    (vec(user(), 0..10), vec(group(), 0..8), memberships, nestings).prop_map(
        |(users, groups, memberships, nestings)| {
            let user = |pick: u16| {
                let place = usize::from(pick) % (users.len() + 1);
                users.get(place).map_or("nobody", |user: &User| &user.id).to_owned()
            };
            let group = |pick: u16| {
                let place = usize::from(pick) % (groups.len() + 1);
                groups
                    .get(place)
                    .map_or("nowhere", |group: &Group| &group.id)
                    .to_owned()
            };
            let membership = |(of, who, is_admin): (u16, u16, bool)| Membership {
                group: group(of),
                user: user(who),
                is_admin,
            };
            let nesting = |(parent, child): (u16, u16)| Nesting {
                parent: group(parent),
                child: group(child),
            };
            Facts {
                memberships: memberships.into_iter().map(membership).collect(),
                nestings: nestings.into_iter().map(nesting).collect(),
                users: users.clone(),
                groups: groups.clone(),
            }
        },
    )
}

/// A user or a group to name: which, and by what.
#[derive(Clone, Copy, Debug)]
pub struct Pick {
    place: u16,
    by: u8,
}

pub fn picks() -> impl Strategy<Value = Pick> + Clone {
    (any::<u16>(), 0..24_u8).prop_map(|(place, by)| Pick { place, by })
}

fn one_of(pool: &[&str], place: u16) -> String {
    pool[usize::from(place) % pool.len()].to_owned()
}

impl Pick {
    /// An identifier of some user, mostly one that is there; never empty.
    pub fn user(self, facts: &Facts) -> String {
        if facts.users.is_empty() || self.by == 9 {
            return one_of(&USER_IDS, self.place);
        }
        let user = &facts.users[usize::from(self.place) % facts.users.len()];
        let name = match self.by {
            10..=17 => user.username.clone(),
            18..=21 => user.email.clone(),
            6 => user.username.as_ref().map(|name| name.to_uppercase()),
            7 => Some(user.id.to_uppercase()),
            8 => Some(one_of(&USERNAMES, self.place)),
            _ => None,
        };
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| user.id.clone())
    }

    /// An identifier of some group, mostly one that is there; never empty.
    pub fn group(self, facts: &Facts) -> String {
        if facts.groups.is_empty() || self.by == 9 {
            return one_of(&GROUP_IDS, self.place);
        }
        let group = &facts.groups[usize::from(self.place) % facts.groups.len()];
        let name = match self.by {
            10..=20 => group.name.clone(),
            6 => group.name.as_ref().map(|name| name.to_lowercase()),
            7 => Some(group.id.to_uppercase()),
            8 => Some(one_of(&GROUP_NAMES, self.place)),
            _ => None,
        };
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| group.id.clone())
    }

    /// The place of some user among those that are there.
    pub fn row(self, count: usize) -> Option<usize> {
        (count > 0).then(|| usize::from(self.place) % count.max(1))
    }
}
