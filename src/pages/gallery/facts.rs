//! Made-up users and groups for the gallery: always the same, as many and as long as the switch says.

use protocol::{EntityName, GroupName, PathStep, UserRow, UserStatus, Why};

/// What the components are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Data {
    /// Twelve rows.
    #[default]
    Few,
    /// Nothing.
    Empty,
    /// Ten thousand rows.
    Many,
    /// Twelve rows whose names are as long as names get.
    Long,
    /// No answer.
    Failure,
}

const FIRST: [&str; 6] = ["Odile", "Bertram", "Ingrid", "Dara", "Matteo", "Hyun-woo"];
const LAST: [&str; 5] = ["Parisse", "Hartman", "Solheim", "Lou", "Rinaldi"];
const GROUPS: [&str; 6] = [
    "Finance",
    "EMEA",
    "Paris",
    "Manufacturing",
    "Night shift",
    "Site access",
];
const LONG: &str = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh of ";
const LONG_GROUP: &str = "Interdepartmental working party on the renaming of working parties, ";

impl Data {
    /// As addresses have it; what is not known is the first.
    pub fn named(name: &str) -> Self {
        match name {
            "empty" => Self::Empty,
            "many" => Self::Many,
            "long" => Self::Long,
            "failure" => Self::Failure,
            _ => Self::Few,
        }
    }

    /// How many rows a list has.
    pub const fn rows(self) -> u32 {
        match self {
            Self::Few | Self::Long => 12,
            Self::Many => 10_000,
            Self::Empty | Self::Failure => 0,
        }
    }

    /// How many rows a short list has, of which nobody expects ten thousand.
    pub fn short(self) -> u32 {
        self.rows().min(12)
    }

    /// The name of a person.
    pub fn person(self, place: u32) -> String {
        let at = place as usize;
        let name = [FIRST[at % FIRST.len()], " ", LAST[at % LAST.len()]].concat();
        if self == Self::Long {
            [LONG, &name].concat()
        } else {
            name
        }
    }

    /// The name of a group.
    pub fn group_name(self, place: u32) -> String {
        let name = GROUPS[place as usize % GROUPS.len()];
        if self == Self::Long {
            [LONG_GROUP, name].concat()
        } else {
            name.to_owned()
        }
    }

    /// A group.
    pub fn group(self, place: u32) -> GroupName {
        GroupName {
            id: ["group-", &place.to_string()].concat(),
            name: self.group_name(place),
        }
    }

    /// The username of a person.
    pub fn username(self, place: u32) -> String {
        let name = self.person(place).to_lowercase();
        name.replace([' ', '-'], ".") + &place.to_string()
    }

    /// A user or a group as fields suggest it.
    pub fn entity(self, place: u32) -> EntityName {
        EntityName {
            id: self.username(place),
            name: self.person(place),
            detail: self.username(place),
        }
    }

    /// A user: every third is inactive, every fifth manages, every seventh is an administrator.
    pub fn user(self, place: u32) -> UserRow {
        let username = self.username(place);
        UserRow {
            email: [&username, "@pssc.example"].concat(),
            id: username.clone(),
            name: self.person(place),
            username,
            status: [
                UserStatus::Active,
                UserStatus::Active,
                UserStatus::Suspended,
                UserStatus::Locked,
            ][place as usize % 4],
            last_login: None,
            is_manager: place % 5 == 1,
            is_administrator: place % 7 == 3,
            direct_groups: Some(place % 6 + 1),
            groups: Some(place % 6 + place % 9 + 1),
            why: Some(self.why(place)),
            ..UserRow::default()
        }
    }

    /// Why a user is in a group: directly, through nesting, both, or not at all.
    pub fn why(self, place: u32) -> Why {
        let nested = place % 4 != 1;
        let length = if nested { place % 3 + 1 } else { 0 };
        Why {
            direct: place % 4 < 2,
            via: (0..length).map(|step| self.group_name(place + step)).collect(),
            more: if nested { place % 3 } else { 0 },
        }
    }

    /// A way up through so many groups; every other one has a cycle on it.
    pub fn way(self, place: u32, length: u32) -> Vec<PathStep> {
        let step = |step| PathStep {
            group: self.group(place + step),
            in_cycle: place % 2 == 1 && step == 1,
        };
        (0..length).map(step).collect()
    }
}
