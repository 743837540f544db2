//! The endpoints of Passbolt: filters that all have to hold, parts that are asked for, everything in an envelope.

use serde_json::{Map, Value, json};

use super::calendar::written_in_seconds;
use super::contensis::Caller;
use super::evaluate::{by_id, sort};
use super::field::Subject;
use super::url::{Malformed, Parameters, Url, decode, last};
use super::world::{World, fold, is_uuid};

/// What a request is answered with.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The body, and the pagination of the header where there is one; what is null may as well be absent.
    Body(Value, Option<Value>),
    /// Groups in whatever order.
    AnyOrder(Value),
    Roles,
    Error(u16),
}

const BAD: Answer = Answer::Error(400);
const MISSING: Answer = Answer::Error(404);

impl From<Malformed> for Answer {
    fn from(_: Malformed) -> Self {
        BAD
    }
}

/// Answers `GET`; panics on what is none of the endpoints.
pub fn answer(world: &World, url: &str, caller: Caller) -> Answer {
    if caller == Caller::Nobody {
        return Answer::Error(403);
    }
    read(world, &Url::new(url), caller).unwrap_or_else(|refusal| refusal)
}

fn read(world: &World, url: &Url, caller: Caller) -> Result<Answer, Answer> {
    let segments = url
        .segments
        .iter()
        .map(|segment| decode(segment))
        .collect::<Result<Vec<_>, _>>()?;
    let parameters = url.parameters()?;
    if last(&parameters, "api-version") == Some("1") {
        return Err(BAD);
    }
    match &segments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["groups.json"] => groups(world, &parameters, caller),
        ["groups", file] => {
            let contain = Contain::read(&parameters, &GROUP_PARTS, &[])?;
            let group = world.group(uuid(file)?).ok_or(MISSING)?;
            Ok(Answer::Body(group_body(world, group, &contain, caller), None))
        }
        ["users.json"] => users(world, &parameters, caller),
        ["users", file] => {
            let contain = Contain::read(&parameters, &USER_PARTS, &USER_PARTS)?;
            let user = match (*file, caller) {
                ("me.json", Caller::User(caller)) => Some(caller),
                ("me.json", _) => None,
                _ => world.user(uuid(file)?),
            };
            Ok(Answer::Body(user_body(world, user.ok_or(MISSING)?, &contain), None))
        }
        ["roles.json"] => Ok(Answer::Roles),
        other => panic!("{other:?} is no endpoint"),
    }
}

fn uuid(file: &str) -> Result<&str, Answer> {
    file.strip_suffix(".json").filter(|id| is_uuid(id)).ok_or(BAD)
}

/// The names of the parts of a group, each after what it is called now.
const GROUP_PARTS: [(&str, &str); 8] = [
    ("modifier", "modifier"),
    ("user", "users"),
    ("users", "users"),
    ("group_user", "groups_users"),
    ("groups_users", "groups_users"),
    ("groups_users.user", "groups_users.user"),
    ("groups_users.user.profile", "groups_users.user.profile"),
    ("my_group_user", "my_group_user"),
];

const USER_PARTS: [(&str, &str); 4] = [
    ("gpgkey", "gpgkey"),
    ("profile", "profile"),
    ("groups_users", "groups_users"),
    ("role", "role"),
];

/// The parts that a body is to contain.
struct Contain(Vec<&'static str>);

impl Contain {
    fn read(
        parameters: &Parameters,
        known: &[(&'static str, &'static str)],
        default: &[(&'static str, &'static str)],
    ) -> Result<Self, Answer> {
        let mut parts = default.iter().map(|(_, part)| *part).collect::<Vec<_>>();
        for (name, part) in known {
            let value = last(parameters, &format!("contain[{name}]")).map(fold);
            match value.as_deref() {
                None => {}
                Some("1" | "true") => parts.push(part),
                Some("0" | "false") => parts.retain(|it| it != part),
                Some(_) => return Err(BAD),
            }
        }
        Ok(Self(parts))
    }

    fn has(&self, part: &str) -> bool {
        // What is deeper implies what it is in.
        let within = format!("{part}.");
        self.0.iter().any(|it| *it == part || it.starts_with(&within))
    }
}

/// The ids of a filter in all its spellings, or none where it is absent; one that is no UUID is refused.
fn ids(parameters: &Parameters, name: &str) -> Result<Vec<String>, Answer> {
    let listed = format!("filter[{name}][]");
    let listed = parameters
        .iter()
        .filter(|(it, _)| *it == listed)
        .map(|(_, value)| value.as_str());
    let single = last(parameters, &format!("filter[{name}]"))
        .into_iter()
        .flat_map(|value| value.split(','));
    let ids = listed.chain(single).map(str::to_owned).collect::<Vec<_>>();
    if ids.iter().all(|id| is_uuid(id)) {
        Ok(ids)
    } else {
        Err(BAD)
    }
}

fn groups(world: &World, parameters: &Parameters, caller: Caller) -> Result<Answer, Answer> {
    let contain = Contain::read(parameters, &GROUP_PARTS, &[])?;
    let users = ids(parameters, "has-users")?;
    let managers = [ids(parameters, "has-managers")?, ids(parameters, "has-manager")?].concat();
    let descends = match last(parameters, "order[]") {
        None => None,
        Some("Group.name" | "Group.name ASC" | "ASC") => Some(false),
        Some("Group.name DESC" | "DESC") => Some(true),
        Some(_) => return Err(BAD),
    };
    let mut groups = world.all_groups();
    groups.retain(|group| {
        let is_direct = |id: &String| world.user(id).is_some_and(|user| world.is_direct(user, *group));
        let is_manager = |id: &String| world.user(id).is_some_and(|user| world.is_manager(user, *group));
        users.iter().all(is_direct) && managers.iter().all(is_manager)
    });
    sort(
        world,
        Subject::Groups,
        &mut groups,
        &vec![("name".to_owned(), descends == Some(true))],
    );
    let bodies = groups
        .into_iter()
        .map(|group| group_body(world, group, &contain, caller))
        .collect();
    Ok(match descends {
        None => Answer::AnyOrder(bodies),
        Some(_) => Answer::Body(bodies, None),
    })
}

fn users(world: &World, parameters: &Parameters, caller: Caller) -> Result<Answer, Answer> {
    let contain = Contain::read(parameters, &USER_PARTS, &USER_PARTS)?;
    let in_groups = ids(parameters, "has-groups")?;
    let search = last(parameters, "filter[search]").map(fold);
    if search
        .as_ref()
        .is_some_and(|search| !(1..=64).contains(&search.chars().count()))
    {
        return Err(BAD);
    }
    let order = user_order(parameters)?;
    let sees_all = match caller {
        Caller::User(caller) => world.is_administrator(caller),
        _ => true,
    };
    let mut users = world.all_users();
    users.retain(|row| {
        let user = &world.users[*row];
        let texts = [&user.username, &user.first_name, &user.last_name];
        let is_sought = |search: &String| texts.iter().copied().flatten().any(|text| fold(text).contains(search));
        let is_in = |id: &String| world.group(id).is_some_and(|group| world.is_direct(*row, group));
        search.as_ref().is_none_or(is_sought)
            && in_groups.iter().all(is_in)
            && (last(parameters, "filter[is-admin]").is_none() || world.is_administrator(*row))
            && (sees_all || user.suspended != Some(true))
    });
    sort(world, Subject::Users, &mut users, &order);
    page(world, parameters, &users, &contain)
}

fn page(world: &World, parameters: &Parameters, users: &[usize], contain: &Contain) -> Result<Answer, Answer> {
    let number = |name| last(parameters, name).and_then(|value| value.parse::<usize>().ok());
    let (limit, page) = (number("limit"), number("page").unwrap_or(1));
    let first = limit.unwrap_or(0) * (page - 1);
    // There always is a first page, and without a limit no other.
    let is_page = page == 1 || (limit.is_some() && first < users.len());
    if !is_page {
        return Err(MISSING);
    }
    let shown = users.iter().skip(first).take(limit.unwrap_or(users.len()));
    let bodies = shown.map(|user| user_body(world, *user, contain)).collect();
    let pagination = json!({"count": users.len(), "page": page, "limit": limit});
    Ok(Answer::Body(bodies, Some(pagination)))
}

fn user_order(parameters: &Parameters) -> Result<Vec<(String, bool)>, Answer> {
    let sort = last(parameters, "sort").map(|field| (field, last(parameters, "direction") == Some("desc")));
    let Some((field, descends)) = sort else {
        return Ok(vec![("username".to_owned(), false)]);
    };
    let name = match field {
        "Users.username" => "username",
        "Users.created" => "created",
        "Users.modified" => "modified",
        "Users.last_logged_in" => "lastlogin",
        "Profiles.first_name" => "firstname",
        "Profiles.last_name" => "lastname",
        _ => return Err(BAD),
    };
    Ok(vec![(name.to_owned(), descends)])
}

fn date(instant: Option<i64>) -> Value {
    json!(instant.map(written_in_seconds))
}

/// A membership; its own id is checked by its shape alone.
fn group_user(world: &World, user: usize, group: usize) -> Map<String, Value> {
    let row = json!({
        "group_id": world.groups[group].id,
        "user_id": world.users[user].id,
        "is_admin": world.is_manager(user, group),
    });
    row.as_object().cloned().unwrap_or_default()
}

/// The direct members, by id.
fn members(world: &World, group: usize) -> Vec<usize> {
    let mut users = world.all_users();
    users.retain(|user| world.is_direct(*user, group));
    users.sort_by(|one, other| by_id(&world.users[*one].id, &world.users[*other].id));
    users
}

fn group_body(world: &World, row: usize, contain: &Contain, caller: Caller) -> Value {
    let group = &world.groups[row];
    let mut body = json!({
        "id": group.id,
        "name": group.name,
        "deleted": false,
        "created": date(group.created),
        "modified": date(group.modified),
    });
    if contain.has("users") {
        let users = members(world, row).into_iter().map(|user| {
            let mut body = user_in_group(world, user, false);
            body["_joinData"] = Value::Object(group_user(world, user, row));
            body
        });
        body["users"] = users.collect();
    }
    if contain.has("groups_users") {
        let memberships = members(world, row).into_iter().map(|user| {
            let mut membership = group_user(world, user, row);
            if contain.has("groups_users.user") {
                let body = user_in_group(world, user, contain.has("groups_users.user.profile"));
                membership.insert("user".to_owned(), body);
            }
            Value::Object(membership)
        });
        body["groups_users"] = memberships.collect();
    }
    if let Caller::User(caller) = caller
        && contain.has("my_group_user")
        && world.is_direct(caller, row)
    {
        body["my_group_user"] = Value::Object(group_user(world, caller, row));
    }
    body
}

fn user_in_group(world: &World, row: usize, with_profile: bool) -> Value {
    let user = &world.users[row];
    let mut body = json!({
        "id": user.id,
        "username": user.username,
        "deleted": false,
        "created": date(user.created),
        "modified": date(user.modified),
        "last_logged_in": date(user.last_login),
        // Not a field of the vendor: what `active` and `disabled` have to come to, and which role `role_id` has to be.
        "?suspended": user.suspended == Some(true),
        "?role": role(world, row),
    });
    if with_profile {
        body["profile"] = json!({"user_id": user.id, "first_name": user.first_name, "last_name": user.last_name});
    }
    body
}

fn role(world: &World, user: usize) -> &'static str {
    if world.is_administrator(user) { "admin" } else { "user" }
}

fn user_body(world: &World, row: usize, contain: &Contain) -> Value {
    let mut body = user_in_group(world, row, contain.has("profile"));
    if contain.has("role") {
        body["role"] = json!({"name": role(world, row)});
    }
    if contain.has("groups_users") {
        let mut groups = world.all_groups();
        groups.retain(|group| world.is_direct(row, *group));
        groups.sort_by(|one, other| by_id(&world.groups[*one].id, &world.groups[*other].id));
        body["groups_users"] = groups
            .into_iter()
            .map(|group| Value::Object(group_user(world, row, group)))
            .collect();
    }
    body
}
