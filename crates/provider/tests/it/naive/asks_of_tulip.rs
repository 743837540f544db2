//! Arbitrary requests to Tulip.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::ask::{Asking, raw};
use super::facts::{Pick, USERNAMES, picks};
use super::model::Facts;
use super::spelling::Spelling;

#[derive(Clone, Copy, Debug)]
enum Endpoint {
    Users,
    User,
    GroupsOfUser,
    Groups,
    Group,
    UsersOfGroup,
}

/// A filter: field and value of each clause, and how it is written.
#[derive(Clone, Debug)]
struct Filter {
    clauses: Vec<(Option<&'static str>, Pick)>,
    style: u8,
}

#[derive(Clone, Debug)]
enum Parameter {
    Plain(&'static str, String),
    Filter(Filter),
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
    use Endpoint::{Group, Groups, GroupsOfUser, User, Users, UsersOfGroup};
    let endpoint = select(vec![
        Users,
        Users,
        User,
        GroupsOfUser,
        GroupsOfUser,
        GroupsOfUser,
        Groups,
        Group,
        UsersOfGroup,
    ]);
    let asking = prop_oneof![1 => Just(Asking::Nobody), 15 => Just(Asking::Administrator)];
    (endpoint, picks(), vec(parameters(), 0..4), asking, any::<u64>()).prop_map(
        |(endpoint, who, parameters, asking, seed)| Ask {
            endpoint,
            who,
            parameters,
            asking,
            seed,
        },
    )
}

fn parameters() -> impl Strategy<Value = Parameter> {
    let plain = |name: &'static str, values: Vec<&'static str>| {
        select(values).prop_map(move |value| Parameter::Plain(name, value.to_owned()))
    };
    let field = prop_oneof![12 => Just(None), 1 => select(vec!["name", "userid", "ID", "EQ"]).prop_map(Some)];
    let filter = (vec((field, picks()), 1..4), 0..24_u8).prop_map(|(clauses, style)| Filter { clauses, style });
    prop_oneof![
        6 => plain("limit", vec!["0", "1", "2", "3", "5", "1000"]),
        1 => plain("limit", vec!["1001", "-1", "", "x", "1.0"]),
        6 => plain("offset", vec!["0", "1", "2", "3", "7", "2147483647"]),
        1 => plain("offset", vec!["-1", "", "x", "2147483648"]),
        4 => plain("archived", vec!["true", "false"]),
        1 => plain("archived", vec!["yes", "", "1"]),
        4 => plain("search", vec!["a", "AN", "Σ", "example", "labs", "van der berg"]),
        8 => filter.prop_map(Parameter::Filter),
        1 => Just(Parameter::Plain("filter", String::new())),
        1 => raw().prop_map(Parameter::Raw),
    ]
}

impl Ask {
    /// The address, in this request's own spelling.
    pub fn url(&self, facts: &Facts) -> String {
        let mut spelling = Spelling::new(self.seed);
        let user = spelling.segment(&self.who.user(facts));
        let group = spelling.segment(&self.who.group(facts));
        let path = match self.endpoint {
            Endpoint::Users => "users".to_owned(),
            Endpoint::User => format!("users/{user}"),
            Endpoint::GroupsOfUser => format!("users/{user}/user-groups"),
            Endpoint::Groups => "user-groups".to_owned(),
            Endpoint::Group => format!("user-groups/{group}"),
            Endpoint::UsersOfGroup => format!("user-groups/{group}/users"),
        };
        let host = if spelling.seldom(20) {
            "https://factory.tulip.co"
        } else {
            ""
        };
        let slash = if spelling.seldom(8) { "/" } else { "" };
        let mut url = format!("{host}/api/users/v1/{path}{slash}");
        for (place, parameter) in self.parameters.iter().enumerate() {
            url.push(if place == 0 { '?' } else { '&' });
            let (name, value) = match parameter {
                Parameter::Plain(name, value) => (*name, value.clone()),
                Parameter::Filter(filter) => ("filter", self.filter(filter, facts)),
                Parameter::Raw(text) => {
                    url.push_str(text);
                    continue;
                }
            };
            url.push_str(&format!("{}={}", spelling.value(name), spelling.value(&value)));
        }
        url
    }

    fn filter(&self, filter: &Filter, facts: &Facts) -> String {
        let clauses = filter.clauses.iter().enumerate().map(|(place, (field, pick))| {
            let own = match self.endpoint {
                Endpoint::Users => ["id", "badgeId", "name/full"][(usize::from(filter.style) + place) % 3],
                Endpoint::UsersOfGroup => "userId",
                Endpoint::Groups => "id",
                _ => "userGroupId",
            };
            let value = match (self.endpoint, own) {
                (Endpoint::Users, "badgeId") => USERNAMES[usize::from(filter.style) % USERNAMES.len()].to_owned(),
                (Endpoint::Users | Endpoint::UsersOfGroup, _) => pick.user(facts),
                _ => pick.group(facts),
            };
            format!("{} eq '{}'", field.unwrap_or(own), value.replace('\'', "''"))
        });
        let clauses = clauses.collect::<Vec<_>>();
        // Of the list of users it is told nowhere which other operators it has.
        let style = match (self.endpoint, filter.style) {
            (Endpoint::Users, 14 | 16 | 22) => 0,
            (_, style) => style,
        };
        match style {
            12 => format!("({})", clauses.join(" or ")),
            13 => format!("(({})) or ({})", clauses[0], clauses.join(" or ")),
            14 => clauses.join(" and "),
            15 => clauses.join(" OR "),
            16 => clauses.join(" or ").replace(" eq ", " ne "),
            17 => clauses.join(" or ").replace('\'', ""),
            18 => clauses.join(" or ") + " or",
            19 => format!("({}", clauses.join(" or ")),
            20 => clauses.join(" "),
            21 => clauses.join(" or ").replace('\'', "\""),
            22 => format!("not {}", clauses[0]),
            _ => clauses.join(" or "),
        }
    }
}
