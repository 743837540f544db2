//! Changing a group: its name, its members, and who of them are managers.

use std::collections::{BTreeMap, HashMap, HashSet};

use membership::entity::Entity;
use serde_json::{Map, Value, json};

use super::envelope::{Body, Refusal};
use super::record::GroupParts;
use super::{Call, place_of, read};
use crate::store::{Revision, Standing, Store, stand_in};

/// How many characters the name of a group may have.
const LONGEST_NAME: usize = 255;

/// A change that is asked for, as the keys of its object tell; what is of no kind is ignored.
enum Change<'a> {
    /// A user becomes a member.
    Add { user: &'a Value, is_manager: bool },
    /// A member becomes a manager, or is none any more.
    Set { row: &'a Value, is_manager: bool },
    /// A membership ends.
    Remove { row: &'a Value },
}

impl<'a> Change<'a> {
    fn read(change: &'a Value) -> Option<Self> {
        let has = |key: &str| change.get(key).filter(|value| !value.is_null());
        let is_manager = match has("is_admin") {
            Some(value) => Some(value.as_bool()?),
            None => None,
        };
        match (has("id"), has("user_id"), is_manager, has("delete")) {
            (None, Some(user), is_manager, None) => Some(Self::Add {
                user,
                is_manager: is_manager == Some(true),
            }),
            (Some(row), None, Some(is_manager), None) => Some(Self::Set { row, is_manager }),
            (Some(row), None, None, Some(Value::Bool(true))) => Some(Self::Remove { row }),
            _ => None,
        }
    }
}

/// What is asked for.
struct Request<'a> {
    name: Option<&'a Value>,
    /// Each with its number in the list.
    changes: Vec<(usize, Change<'a>)>,
    /// For whom secrets were sent along, by UUID.
    secrets: HashSet<String>,
}

impl<'a> Request<'a> {
    fn read(body: &'a Value) -> Result<Self, Refusal> {
        let list = |key: &str| match body.get(key) {
            None | Some(Value::Null) => Ok(&[][..]),
            Some(Value::Array(items)) => Ok(items.as_slice()),
            Some(_) => Err(Refusal::Invalid(json!({key: {"array": "It must be a list."}}))),
        };
        if !body.is_object() {
            return Err(Refusal::new(400, "The body must be an object in JSON."));
        }
        let changes = list("groups_users")?.iter().enumerate();
        let secrets = list("secrets")?
            .iter()
            .filter_map(|secret| uuid(secret.get("user_id")?));
        Ok(Self {
            name: body.get("name"),
            changes: changes
                .filter_map(|(at, change)| Some((at, Change::read(change)?)))
                .collect(),
            secrets: secrets.collect(),
        })
    }

    /// The UUIDs of all who are to become members.
    fn users(&self) -> Vec<String> {
        let users = self.changes.iter().filter_map(|(_, change)| match change {
            Change::Add { user, .. } => uuid(user),
            _ => None,
        });
        users.collect()
    }
}

/// Changes the group of an id, all of it or nothing, or only says what that would need.
///
/// Administrators give the name, make managers and remove members; managers of the group do the latter two, and only they
/// add members, since only they could encrypt for them what the group may read. What one may not do is ignored, as the
/// vendor does, if there is anything else that one may.
pub(super) async fn group(store: &Store, call: &Call<'_>, id: &str, is_dry: bool) -> Result<Body, Refusal> {
    let id = stand_in::told(id).ok_or_else(|| Refusal::new(400, "The group id is not valid."))?;
    let place = read::find_group(store, id).await?;
    let is_administrator = store.is_administrator(call.caller).await?;
    if !is_administrator {
        // Asked again within the change; this spares everybody else the wait of those who may not.
        let own = match place_of(call.caller) {
            Some(caller) => store.memberships(Entity::User, &[caller]).await?,
            None => Vec::new(),
        };
        if !own.iter().any(|own| own.group == place && own.is_manager) {
            return Err(forbidden());
        }
    }
    let body: Value =
        serde_json::from_slice(call.body).map_err(|error| Refusal::bad(format!("The body is no JSON: {error}.")))?;
    let request = Request::read(&body)?;
    let name = request.name.and_then(Value::as_str);
    let decide = |standing: &Standing| -> Result<Revision, Refusal> {
        let revision = Plan::new(standing, call, is_administrator)?.revise(&request)?;
        Ok(if is_dry { Revision::default() } else { revision })
    };
    store.revise(place, name, &request.users(), call.now, decide).await??;
    if is_dry {
        // The directory has no secrets, of which none is needed.
        return Ok(Body::of(&json!({"dry-run": {"SecretsNeeded": [], "Secrets": []}})));
    }
    read::group_at(store, call, place, GroupParts::CHANGED).await
}

fn forbidden() -> Refusal {
    Refusal::new(403, "You are not authorized to access that location.")
}

fn uuid(value: &Value) -> Option<String> {
    stand_in::told(value.as_str()?)
}

/// A change while it is being worked out.
struct Plan<'a> {
    standing: &'a Standing,
    is_administrator: bool,
    /// Whether the caller manages the group.
    is_manager: bool,
    /// The members as they come to be, by place, and whether they are managers.
    members: BTreeMap<i64, bool>,
    managers: usize,
    /// The place of the user of each row.
    rows: HashMap<String, i64>,
    errors: Map<String, Value>,
}

impl<'a> Plan<'a> {
    fn new(standing: &'a Standing, call: &Call<'_>, is_administrator: bool) -> Result<Self, Refusal> {
        let memberships = standing.memberships.iter();
        let members: BTreeMap<i64, bool> = memberships.clone().map(|it| (it.user, it.is_manager)).collect();
        let is_manager = place_of(call.caller).is_some_and(|caller| members.get(&caller) == Some(&true));
        if !is_administrator && !is_manager {
            return Err(forbidden());
        }
        Ok(Self {
            standing,
            is_administrator,
            is_manager,
            managers: members.values().filter(|is_manager| **is_manager).count(),
            members,
            rows: memberships
                .map(|it| (stand_in::of_membership(&it.group_uuid, &it.user_uuid), it.user))
                .collect(),
            errors: Map::new(),
        })
    }

    /// Name, additions, new managers, those who are none any more, removals: in this order, whatever that of the request.
    fn revise(mut self, request: &Request<'_>) -> Result<Revision, Refusal> {
        let name = request.name.filter(|_| self.is_administrator);
        if let Some(name) = name {
            self.check_name(name);
        }
        for (at, change) in &request.changes {
            if let (true, Change::Add { user, is_manager }) = (self.is_manager, change) {
                self.add(*at, user, *is_manager, &request.secrets);
            }
        }
        for grant in [true, false] {
            for (at, change) in &request.changes {
                match change {
                    Change::Set { row, is_manager } if *is_manager == grant => self.set(*at, row, Some(grant)),
                    _ => {}
                }
            }
        }
        for (at, change) in &request.changes {
            if let Change::Remove { row } = change {
                self.set(*at, row, None);
            }
        }
        if !self.errors.is_empty() {
            return Err(Refusal::Invalid(Value::Object(self.errors)));
        }
        Ok(Revision {
            name: name.and_then(Value::as_str).map(str::to_owned),
            memberships: self.changed(),
        })
    }

    fn check_name(&mut self, name: &Value) {
        let (rule, says) = match name.as_str() {
            None | Some("") => ("_empty", "The name should not be empty."),
            // No database holds a text with a null byte.
            Some(name) if name.contains('\0') => ("utf8Extended", "The name should be a valid text."),
            Some(name) if name.chars().count() > LONGEST_NAME => ("maxLength", "The name is too long."),
            Some(_) if self.standing.is_name_taken => ("group_unique", "The name is used by another group."),
            Some(_) => return,
        };
        self.errors.insert("name".to_owned(), json!({rule: says}));
    }

    fn add(&mut self, at: usize, user: &Value, is_manager: bool, secrets: &HashSet<String>) {
        let Some(uuid) = uuid(user) else {
            return self.error(at, "user_id", "uuid", "The user id should be a valid UUID.");
        };
        let Some(user) = self.standing.users.get(&uuid) else {
            return self.error(at, "user_id", "user_exists", "The user does not exist.");
        };
        if user.is_suspended {
            return self.error(at, "user_id", "user_is_active", "The user is not active.");
        }
        if self.members.contains_key(&user.place) {
            return self.error(at, "group_id", "group_user_unique", "The user is a member already.");
        }
        if secrets.contains(&uuid) {
            let says = "There are secrets that the group has no access to.";
            return self.error(at, "secrets", "all_missing_only", says);
        }
        self.put(user.place, Some(is_manager));
    }

    /// Makes a member a manager or none, or ends the membership. There is always a manager left.
    fn set(&mut self, at: usize, row: &Value, is_manager: Option<bool>) {
        let user = row.as_str().and_then(|row| self.rows.get(&row.to_ascii_lowercase()));
        let Some((user, was_manager)) = user.and_then(|user| Some((*user, *self.members.get(user)?))) else {
            return self.error(at, "id", "exists", "The membership does not exist.");
        };
        if was_manager && is_manager != Some(true) && self.managers == 1 {
            let says = "There should be at least one group manager.";
            return self.error(at, "is_admin", "at_least_one_group_manager", says);
        }
        self.put(user, is_manager);
    }

    fn put(&mut self, user: i64, is_manager: Option<bool>) {
        let before = match is_manager {
            Some(is_manager) => self.members.insert(user, is_manager),
            None => self.members.remove(&user),
        };
        self.managers -= usize::from(before == Some(true));
        self.managers += usize::from(is_manager == Some(true));
    }

    /// The rules that a change breaks, as the vendor nests them: list, number, field, rule.
    fn error(&mut self, at: usize, field: &str, rule: &str, says: &str) {
        let list = self.errors.entry("groups_users").or_insert_with(|| json!({}));
        list[at.to_string()] = json!({field: {rule: says}});
    }

    /// Where the members differ from those that the group has.
    fn changed(&self) -> Vec<(i64, Option<bool>)> {
        let was: BTreeMap<i64, bool> = self
            .standing
            .memberships
            .iter()
            .map(|it| (it.user, it.is_manager))
            .collect();
        let put = self
            .members
            .iter()
            .filter(|(user, is_manager)| was.get(user) != Some(is_manager));
        let gone = was.keys().filter(|user| !self.members.contains_key(user));
        put.map(|(user, is_manager)| (*user, Some(*is_manager)))
            .chain(gone.map(|user| (*user, None)))
            .collect()
    }
}
