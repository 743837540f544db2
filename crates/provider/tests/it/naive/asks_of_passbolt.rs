//! Arbitrary requests to Passbolt.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::ask::{Asking, askers, raw};
use super::facts::{GROUP_IDS, Pick, USER_IDS, picks};
use super::model::Facts;
use super::spelling::Spelling;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Endpoint {
    Groups,
    Group,
    Users,
    User,
    Me,
    Roles,
}

#[derive(Clone, Debug)]
enum Parameter {
    Plain(&'static str, &'static str),
    /// The ids of a filter, in one of its spellings.
    Ids(&'static str, Vec<Pick>, bool),
    Raw(&'static str),
}

#[derive(Clone, Debug)]
pub struct Ask {
    endpoint: Endpoint,
    who: Pick,
    parameters: Vec<Parameter>,
    pub asking: Asking,
    seed: u64,
}

pub fn asks() -> impl Strategy<Value = Ask> {
    use Endpoint::{Group, Groups, Me, Roles, User, Users};
    let endpoint = select(vec![
        Groups, Groups, Groups, Groups, Group, Users, Users, Users, User, Me, Roles,
    ]);
    endpoint.prop_flat_map(|endpoint| {
        let parameters = match endpoint {
            Groups => vec(of_groups(), 0..4).boxed(),
            Group => vec(contained(&GROUP_PARTS), 0..3).boxed(),
            Users => vec(of_users(), 0..4).boxed(),
            User => vec(contained(&USER_PARTS), 0..3).boxed(),
            Me | Roles => vec(always(), 0..2).boxed(),
        };
        (Just(endpoint), picks(), parameters, askers(), any::<u64>()).prop_map(
            |(endpoint, who, parameters, asking, seed)| Ask {
                endpoint,
                who,
                parameters,
                asking,
                seed,
            },
        )
    })
}

const GROUP_PARTS: [&str; 6] = [
    "contain[users]",
    "contain[group_user]",
    "contain[groups_users]",
    "contain[groups_users.user]",
    "contain[groups_users.user.profile]",
    "contain[nothing]",
];

/// Whose spelling by another name would leave open which one counts.
const USER_PARTS: [&str; 4] = [
    "contain[gpgkey]",
    "contain[profile]",
    "contain[groups_users]",
    "contain[role]",
];

fn always() -> impl Strategy<Value = Parameter> {
    let version = select(vec!["v2", "2", "3", "v2", "1"]).prop_map(|it| Parameter::Plain("api-version", it));
    prop_oneof![1 => version, 1 => raw().prop_map(Parameter::Raw)]
}

fn contained(parts: &'static [&'static str]) -> impl Strategy<Value = Parameter> {
    let value = prop_oneof![9 => Just("1"), 4 => Just("true"), 1 => Just("2"), 1 => Just(""), 1 => Just("yes")];
    let part = (select(parts), value).prop_map(|(part, value)| Parameter::Plain(part, value));
    // By presence alone in the vendor's server, by value in its words: only what both say is asked.
    let present = select(vec!["contain[modifier]", "contain[my_group_user]", "contain[user]"]);
    let off = select(&["contain[profile]", "contain[role]", "contain[gpgkey]"][..]);
    prop_oneof![
        8 => part,
        2 => present.prop_map(|part| Parameter::Plain(part, "1")),
        2 => off.prop_map(|part| Parameter::Plain(part, "0")),
    ]
}

fn ids(names: &'static [&'static str]) -> impl Strategy<Value = Parameter> {
    (select(names), vec(picks(), 1..3), any::<bool>())
        .prop_map(|(name, picks, is_list)| Parameter::Ids(name, picks, is_list))
}

fn of_groups() -> impl Strategy<Value = Parameter> {
    let order = select(vec![
        "Group.name",
        "Group.name ASC",
        "Group.name DESC",
        "ASC",
        "DESC",
        "Group.name ASC",
    ]);
    let bad = select(vec!["name", "Group.created", "group.name", "Group.name UP", "asc"]);
    let order = prop_oneof![8 => order, 1 => bad];
    prop_oneof![
        4 => order.prop_map(|it| Parameter::Plain("order[]", it)),
        6 => ids(&["has-users", "has-managers", "has-manager", "has_users"]),
        6 => contained(&GROUP_PARTS),
        1 => always(),
    ]
}

fn of_users() -> impl Strategy<Value = Parameter> {
    let sort = select(vec![
        "Users.username",
        "Users.created",
        "Users.modified",
        "Users.last_logged_in",
        "Profiles.first_name",
        "Profiles.last_name",
        "Profiles.last_name",
        "Users.modi",
    ]);
    prop_oneof![
        4 => contained(&USER_PARTS),
        3 => ids(&["has-groups"]),
        3 => sort.prop_map(|it| Parameter::Plain("sort", it)),
        3 => select(vec!["asc", "desc"]).prop_map(|it| Parameter::Plain("direction", it)),
        2 => select(vec!["a", "AN", "example", "Σ"]).prop_map(|it| Parameter::Plain("filter[search]", it)),
        1 => select(vec!["1", "0"]).prop_map(|it| Parameter::Plain("filter[is-admin]", it)),
        3 => select(vec!["1", "2", "3", "20"]).prop_map(|it| Parameter::Plain("limit", it)),
        2 => select(vec!["1", "2", "3"]).prop_map(|it| Parameter::Plain("page", it)),
        1 => always(),
    ]
}

impl Ask {
    /// The address, in this request's own spelling.
    pub fn url(&self, facts: &Facts) -> String {
        let mut spelling = Spelling::new(self.seed);
        let path = match self.endpoint {
            Endpoint::Groups => "groups.json".to_owned(),
            Endpoint::Group => format!("groups/{}.json", spelling.segment(&self.who.group(facts))),
            Endpoint::Users => "users.json".to_owned(),
            Endpoint::User => format!("users/{}.json", spelling.segment(&self.who.user(facts))),
            Endpoint::Me => "users/me.json".to_owned(),
            Endpoint::Roles => "roles.json".to_owned(),
        };
        let host = if spelling.seldom(20) {
            "https://vault.example.com"
        } else {
            ""
        };
        let mut url = format!("{host}/{path}");
        let mut pairs = Vec::new();
        for parameter in &self.parameters {
            match parameter {
                // What two orders come to is told nowhere.
                Parameter::Plain("order[]", _) if pairs.iter().any(|(name, _)| name == "order[]") => {}
                Parameter::Plain(name, value) => pairs.push((name.to_string(), value.to_string())),
                Parameter::Ids(name, picks, is_list) => {
                    let ids = picks.iter().map(|pick| id(*pick, name, facts)).collect::<Vec<_>>();
                    match is_list {
                        true => pairs.extend(ids.into_iter().map(|id| (format!("filter[{name}][]"), id))),
                        false => pairs.push((format!("filter[{name}]"), ids.join(","))),
                    }
                }
                Parameter::Raw(text) => {
                    url.push(if url.contains('?') { '&' } else { '?' });
                    url.push_str(text);
                }
            }
        }
        for (name, value) in pairs {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&format!("{}={}", spelling.value(&name), spelling.value(&value)));
        }
        url
    }
}

/// Mostly a UUID that something has: who asks for anything else is refused.
fn id(pick: Pick, filter: &str, facts: &Facts) -> String {
    let (identifier, ids) = match filter {
        "has-groups" => (pick.group(facts), &GROUP_IDS),
        _ => (pick.user(facts), &USER_IDS),
    };
    let is_uuid = super::world::is_uuid(&identifier);
    if is_uuid || identifier.len() < 3 {
        identifier
    } else {
        ids[identifier.len() % 6].to_owned()
    }
}
