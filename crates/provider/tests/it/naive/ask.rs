//! Arbitrary requests to Contensis: every endpoint, every parameter, valid and not.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::contensis::Caller;
use super::facts::{Pick, picks};
use super::field::Subject;
use super::model::Facts;
use super::phrase::{Sentence, orderable, sentences};
use super::spelling::Spelling;
use super::world::World;

#[derive(Clone, Debug)]
pub enum Asking {
    Nobody,
    Administrator,
    User(Pick),
}

pub fn askers() -> impl Strategy<Value = Asking> {
    prop_oneof![
        1 => Just(Asking::Nobody),
        20 => Just(Asking::Administrator),
        6 => picks().prop_map(Asking::User),
    ]
}

impl Asking {
    /// The caller; where there is no user, an administrator asks.
    pub fn caller(&self, world: &World) -> Caller {
        match self {
            Self::Nobody => Caller::Nobody,
            Self::Administrator => Caller::Administrator,
            Self::User(pick) => pick.row(world.users.len()).map_or(Caller::Administrator, Caller::User),
        }
    }
}

#[derive(Clone, Debug)]
pub enum Endpoint {
    Users,
    User(Who),
    GroupsOfUser(Who),
    IsInAny(Who, Vec<Item>),
    Groups,
    Group(Pick),
    UsersOfGroup(Pick),
    Children(Pick),
    IsIn(Pick, Pick),
}

/// A user in a path: someone, or whoever asks.
#[derive(Clone, Debug)]
pub enum Who {
    Someone(Pick),
    Current,
    /// Whoever asks, by id.
    Caller,
}

/// What stands between two commas of a list of groups.
#[derive(Clone, Debug)]
pub enum Item {
    Group(Pick),
    Nothing,
    /// Two groups, the comma between them encoded too.
    Joined(Pick, Pick),
}

/// A parameter of a listing, its value not yet encoded.
#[derive(Clone, Debug)]
pub enum Parameter {
    Plain(&'static str, String),
    Excluded(Vec<Pick>),
    Query(Box<Sentence>),
    /// As it is, encoded already or not at all.
    Raw(&'static str),
}

#[derive(Clone, Debug)]
pub struct Ask {
    pub endpoint: Endpoint,
    pub parameters: Vec<Parameter>,
    pub asking: Asking,
    seed: u64,
}

pub fn asks() -> impl Strategy<Value = Ask> {
    let endpoint = prop_oneof![
        3 => Just(Endpoint::Users),
        1 => who().prop_map(Endpoint::User),
        3 => who().prop_map(Endpoint::GroupsOfUser),
        3 => (who_else(), vec(items(), 1..4)).prop_map(|(who, items)| Endpoint::IsInAny(who, items)),
        3 => Just(Endpoint::Groups),
        1 => picks().prop_map(Endpoint::Group),
        5 => picks().prop_map(Endpoint::UsersOfGroup),
        3 => picks().prop_map(Endpoint::Children),
        2 => (picks(), picks()).prop_map(|(group, user)| Endpoint::IsIn(group, user)),
    ];
    endpoint.prop_flat_map(|endpoint| {
        let parameters = match endpoint {
            Endpoint::Users | Endpoint::UsersOfGroup(_) => vec(parameters(Subject::Users), 0..5).boxed(),
            Endpoint::Groups | Endpoint::Children(_) => vec(parameters(Subject::Groups), 0..5).boxed(),
            Endpoint::GroupsOfUser(_) => vec(paging(Subject::Groups), 0..5).boxed(),
            _ => vec(raw().prop_map(Parameter::Raw), 0..2).boxed(),
        };
        (Just(endpoint), parameters, askers(), any::<u64>()).prop_map(|(endpoint, parameters, asking, seed)| Ask {
            endpoint,
            parameters,
            asking,
            seed,
        })
    })
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![5 => picks().prop_map(Who::Someone), 1 => Just(Who::Current), 1 => Just(Who::Caller)]
}

/// In a question that none but administrators may ask.
fn who_else() -> impl Strategy<Value = Who> {
    prop_oneof![8 => picks().prop_map(Who::Someone), 1 => Just(Who::Caller)]
}

fn items() -> impl Strategy<Value = Item> {
    prop_oneof![
        6 => picks().prop_map(Item::Group),
        2 => Just(Item::Nothing),
        1 => (picks(), picks()).prop_map(|(one, other)| Item::Joined(one, other)),
    ]
}

/// What every endpoint has to bear: parameters that nobody knows, and texts that are not encoded as they should be.
pub fn raw() -> impl Strategy<Value = &'static str> {
    let harmless = select(vec!["", "unknown=1", "unknown", "=", "x=%F0%9F%98%80"]);
    let malformed = select(vec!["x=%", "x=%4", "x=%zz", "x=%FF", "%C3=1", "x=%C3%28"]);
    prop_oneof![8 => harmless, 1 => malformed]
}

fn plain(name: &'static str, values: Vec<&'static str>) -> impl Strategy<Value = Parameter> {
    select(values).prop_map(move |value| Parameter::Plain(name, value.to_owned()))
}

fn flags(name: &'static str) -> impl Strategy<Value = Parameter> {
    prop_oneof![
        14 => plain(name, vec!["true", "true", "false", "True", "FALSE"]),
        1 => plain(name, vec!["", "1", "yes", "true "]),
    ]
}

/// What the groups of a user take, too.
fn paging(subject: Subject) -> BoxedStrategy<Parameter> {
    let index = prop_oneof![
        12 => plain("pageIndex", vec!["0", "0", "1", "2", "2147483647"]),
        1 => plain("pageIndex", vec!["-1", "", "1.5", "x", "2147483648", "99999999999999999999", "0x1", " 1", "١"]),
    ];
    let size = prop_oneof![
        12 => plain("pageSize", vec!["1", "2", "3", "5", "1000"]),
        1 => plain("pageSize", vec!["0", "1001", "-1", "", "ten", "2.0"]),
    ];
    let field = (select(vec!["", "-"]), select(orderable(subject))).prop_map(|(sign, field)| format!("{sign}{field}"));
    let rare = select(vec![
        "custom.level",
        "-custom.Department",
        "-custom.remote",
        "nope",
        "-memberOf",
        "--id",
        "depth",
    ]);
    let field = prop_oneof![20 => field, 1 => rare.prop_map(str::to_owned)];
    let order = vec(field, 0..4).prop_map(|fields| Parameter::Plain("order", fields.join(",")));
    prop_oneof![
        2 => index,
        3 => size,
        4 => flags("includeInherited"),
        3 => order,
        1 => raw().prop_map(Parameter::Raw),
    ]
    .boxed()
}

fn parameters(subject: Subject) -> BoxedStrategy<Parameter> {
    prop_oneof![
        13 => paging(subject),
        1 => flags("includeSelf"),
        2 => plain("q", vec!["a", "AN", "example", "ά", "Σ", "s", ",", "%", "+"]),
        6 => sentences(subject).prop_map(|it| Parameter::Query(Box::new(it))),
        3 => vec(picks(), 0..3).prop_map(Parameter::Excluded),
    ]
    .boxed()
}

impl Ask {
    /// `GET` or `HEAD`.
    pub fn method(&self) -> &'static str {
        match self.endpoint {
            Endpoint::IsInAny(..) | Endpoint::IsIn(..) => "HEAD",
            _ => "GET",
        }
    }

    /// The address, in this request's own spelling.
    pub fn url(&self, facts: &Facts, world: &World) -> String {
        let mut spelling = Spelling::new(self.seed);
        let user = |who: &Who, spelling: &mut Spelling| {
            let identifier = match (who, self.asking.caller(world)) {
                (Who::Someone(pick), _) => pick.user(facts),
                (Who::Caller, Caller::User(caller)) => world.users[caller].id.clone(),
                _ => "@current".to_owned(),
            };
            spelling.segment(&identifier)
        };
        let group = |pick: &Pick, spelling: &mut Spelling| spelling.segment(&pick.group(facts));
        let path = match &self.endpoint {
            Endpoint::Users => "users".to_owned(),
            Endpoint::User(who) => format!("users/{}", user(who, &mut spelling)),
            Endpoint::GroupsOfUser(who) => format!("users/{}/groups", user(who, &mut spelling)),
            Endpoint::IsInAny(who, items) => {
                let user = user(who, &mut spelling);
                let items = items.iter().map(|item| match item {
                    Item::Group(pick) => spelling.item(&pick.group(facts)),
                    Item::Nothing => String::new(),
                    Item::Joined(one, other) => spelling.item(&format!("{},{}", one.group(facts), other.group(facts))),
                });
                format!("users/{user}/groups/{}", items.collect::<Vec<_>>().join(","))
            }
            Endpoint::Groups => "groups".to_owned(),
            Endpoint::Group(pick) => format!("groups/{}", group(pick, &mut spelling)),
            Endpoint::UsersOfGroup(pick) => format!("groups/{}/users", group(pick, &mut spelling)),
            Endpoint::Children(pick) => format!("groups/{}/groups", group(pick, &mut spelling)),
            Endpoint::IsIn(pick, who) => {
                let group = group(pick, &mut spelling);
                format!("groups/{group}/users/{}", spelling.segment(&who.user(facts)))
            }
        };
        let host = if spelling.seldom(20) {
            "https://cms.example.com"
        } else {
            ""
        };
        let slash = if spelling.seldom(8) && !path.ends_with('/') {
            "/"
        } else {
            ""
        };
        let query = self.query(facts, &mut spelling);
        format!("{host}/api/security/{path}{slash}{query}")
    }

    fn query(&self, facts: &Facts, spelling: &mut Spelling) -> String {
        let mut query = String::new();
        for parameter in &self.parameters {
            let (name, value) = match parameter {
                Parameter::Plain(name, value) => (*name, value.clone()),
                Parameter::Query(sentence) => ("zenQL", sentence.text(facts)),
                Parameter::Excluded(picks) => {
                    let names = picks.iter().map(|pick| pick.group(facts)).collect::<Vec<_>>();
                    ("excludedGroups", names.join(","))
                }
                Parameter::Raw(text) => {
                    query.push(if query.is_empty() { '?' } else { '&' });
                    query.push_str(text);
                    continue;
                }
            };
            query.push(if query.is_empty() { '?' } else { '&' });
            let name = spelling.cased(name);
            query.push_str(&spelling.value(&name));
            query.push('=');
            query.push_str(&spelling.value(&value));
        }
        query
    }
}
