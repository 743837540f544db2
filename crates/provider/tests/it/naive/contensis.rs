//! The endpoints of Contensis, each answered by going through all users and groups.

use serde_json::{Value, json};

use super::evaluate::{holds, sort};
use super::field::{Subject, is_orderable};
use super::model::{Custom, date, object};
use super::url::{Malformed, Parameters, Url, decode, last, last_filled};
use super::world::{World, fold};
use super::zenql::{self, Expr, Fault, Order};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Caller {
    Nobody,
    /// Someone who may do everything and is in no group.
    Administrator,
    User(usize),
}

/// What a request is answered with, as far as the documentation goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Page(Value),
    /// A yes, which has no body.
    Yes,
    Unauthorized,
    Forbidden,
    /// Why a query is refused, if it is one that is wrong.
    Bad(Option<Fault>),
    Missing,
}

impl Answer {
    pub fn status(&self) -> u16 {
        match self {
            Self::Page(_) => 200,
            Self::Yes => 204,
            Self::Bad(_) => 400,
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::Missing => 404,
        }
    }
}

const BAD: Answer = Answer::Bad(None);

impl From<Malformed> for Answer {
    fn from(_: Malformed) -> Self {
        BAD
    }
}

/// The largest index, of a page or an item.
pub const LARGEST: u64 = 2_147_483_647;

/// Answers `GET` or `HEAD`; panics on what is none of the endpoints, since no such thing is asked.
pub fn answer(world: &World, url: &str, caller: Caller, now: i64) -> Answer {
    let asked = Asked { world, caller, now };
    asked.answer(&Url::new(url)).unwrap_or_else(|refusal| refusal)
}

struct Asked<'a> {
    world: &'a World,
    caller: Caller,
    now: i64,
}

impl Asked<'_> {
    fn answer(&self, url: &Url) -> Result<Answer, Answer> {
        let segments = &url.segments[..];
        match segments {
            ["api", "security", "users"] => {
                let parameters = self.admit(url, None)?;
                let listing = Listing::read(self, Subject::Users, &parameters)?;
                Ok(listing.page(self.world, self.world.all_users()))
            }
            ["api", "security", "users", user] => {
                self.admit(url, Some(user))?;
                let user = self.user(&decode(user)?)?;
                Ok(Answer::Page(user_body(self.world, user)))
            }
            ["api", "security", "users", user, "groups"] => self.groups_of_user(url, user),
            ["api", "security", "users", user, "groups", groups] => self.is_in_any(url, user, groups),
            ["api", "security", "groups"] => {
                let parameters = self.admit(url, None)?;
                let listing = Listing::read(self, Subject::Groups, &parameters)?;
                Ok(listing.page(self.world, self.world.all_groups()))
            }
            ["api", "security", "groups", group] => {
                self.admit(url, None)?;
                let group = self.group(&decode(group)?)?;
                Ok(Answer::Page(group_body(self.world, group)))
            }
            ["api", "security", "groups", group, "users"] => self.users_of_group(url, group),
            ["api", "security", "groups", group, "groups"] => self.children(url, group),
            ["api", "security", "groups", group, "users", user] => {
                self.admit(url, Some(user))?;
                let (group, user) = (decode(group)?, decode(user)?);
                let (group, user) = (self.group(&group)?, self.user(&user)?);
                let is_member = self.world.is_member(user, group);
                if is_member {
                    Ok(Answer::Yes)
                } else {
                    Err(Answer::Missing)
                }
            }
            _ => panic!("{segments:?} is no endpoint"),
        }
    }

    /// Whether the caller may ask at all, the user of `own` for themselves; the parameters, once every part is readable.
    fn admit(&self, url: &Url, own: Option<&str>) -> Result<Parameters, Answer> {
        let may = match self.caller {
            Caller::Nobody => return Err(Answer::Unauthorized),
            Caller::Administrator => true,
            Caller::User(caller) => {
                let own = own.and_then(|it| decode(it).ok()).and_then(|it| self.user(&it).ok());
                self.world.is_administrator(caller) || own == Some(caller)
            }
        };
        if !may {
            return Err(Answer::Forbidden);
        }
        for segment in &url.segments {
            decode(segment)?;
        }
        let parameters = url.parameters()?;
        Ok(parameters
            .into_iter()
            .map(|(name, value)| (fold(&name), value))
            .collect())
    }

    fn user(&self, identifier: &str) -> Result<usize, Answer> {
        let user = match (identifier, self.caller) {
            ("@current", Caller::User(caller)) => Some(caller),
            _ => self.world.user_called(identifier),
        };
        user.ok_or(Answer::Missing)
    }

    fn group(&self, identifier: &str) -> Result<usize, Answer> {
        self.world.group_called(identifier).ok_or(Answer::Missing)
    }

    fn groups_of_user(&self, url: &Url, user: &str) -> Result<Answer, Answer> {
        let parameters = self.admit(url, Some(user))?;
        let inherited = flag(&parameters, "includeinherited")?;
        // A page of groups with no further filter: whatever else is said is a parameter that this endpoint does not know.
        let known = |name: &str| ["order", "pageindex", "pagesize"].contains(&name);
        let parameters = parameters.into_iter().filter(|(name, _)| known(name)).collect();
        let listing = Listing::read(self, Subject::Groups, &parameters)?;
        let user = self.user(&decode(user)?)?;
        let mut groups = self.world.all_groups();
        groups.retain(|group| {
            let world = self.world;
            if inherited {
                world.is_member(user, *group)
            } else {
                world.is_direct(user, *group)
            }
        });
        Ok(listing.page(self.world, groups))
    }

    fn is_in_any(&self, url: &Url, user: &str, groups: &str) -> Result<Answer, Answer> {
        self.admit(url, None)?;
        let mut items = Vec::new();
        for item in groups.split(',') {
            let item = decode(item)?;
            match self.world.group_called(&item) {
                None => items.extend(item.split(',').map(str::to_owned)),
                Some(_) => items.push(item),
            }
        }
        items.retain(|item| !item.is_empty());
        if items.is_empty() {
            return Err(BAD);
        }
        let user = self.user(&decode(user)?)?;
        let mut groups = items.iter().filter_map(|item| self.world.group_called(item));
        let is_in_any = groups.any(|group| self.world.is_member(user, group));
        if is_in_any {
            Ok(Answer::Yes)
        } else {
            Err(Answer::Missing)
        }
    }

    fn users_of_group(&self, url: &Url, group: &str) -> Result<Answer, Answer> {
        let parameters = self.admit(url, None)?;
        let inherited = flag(&parameters, "includeinherited")?;
        let listing = Listing::read(self, Subject::Users, &parameters)?;
        let group = self.group(&decode(group)?)?;
        let excluded = self.excluded(&parameters)?;
        let mut users = self.world.all_users();
        users.retain(|user| {
            let world = self.world;
            let is_member = if inherited {
                world.is_member(*user, group)
            } else {
                world.is_direct(*user, group)
            };
            is_member && !excluded.iter().any(|group| world.is_member(*user, *group))
        });
        Ok(listing.page(self.world, users))
    }

    fn children(&self, url: &Url, parent: &str) -> Result<Answer, Answer> {
        let parameters = self.admit(url, None)?;
        let inherited = flag(&parameters, "includeinherited")?;
        let with_self = flag(&parameters, "includeself")?;
        let listing = Listing::read(self, Subject::Groups, &parameters)?;
        let parent = self.group(&decode(parent)?)?;
        let excluded = self.excluded(&parameters)?;
        let mut groups = self.world.all_groups();
        groups.retain(|group| {
            let world = self.world;
            let is_below = if inherited {
                world.is_descendant(*group, parent)
            } else {
                world.is_child(*group, parent)
            };
            let is_out = |out: &usize| out == group || world.is_descendant(*group, *out);
            (is_below || (with_self && *group == parent)) && !excluded.iter().any(is_out)
        });
        Ok(listing.page(self.world, groups))
    }

    fn excluded(&self, parameters: &Parameters) -> Result<Vec<usize>, Answer> {
        let names = last_filled(parameters, "excludedgroups").map(|names| names.split(','));
        names.into_iter().flatten().map(|name| self.group(name)).collect()
    }
}

/// `true` or `false` without case, false where it is absent.
fn flag(parameters: &Parameters, name: &str) -> Result<bool, Answer> {
    match last(parameters, name).map(fold).as_deref() {
        Some("true") => Ok(true),
        Some("false") | None => Ok(false),
        Some(_) => Err(BAD),
    }
}

/// What every listing takes.
struct Listing {
    subject: Subject,
    page_index: usize,
    page_size: usize,
    order: Order,
    expr: Expr,
    search: Option<String>,
}

impl Listing {
    fn read(asked: &Asked, subject: Subject, parameters: &Parameters) -> Result<Self, Answer> {
        let page_index = number(parameters, "pageindex", 0, LARGEST, 0).ok_or(BAD)?;
        let page_size = number(parameters, "pagesize", 1, 1_000, 25).ok_or(BAD)?;
        let order = last_filled(parameters, "order")
            .map(|text| order(subject, text).ok_or(BAD))
            .transpose()?;
        let query = zenql::parse(
            asked.world,
            subject,
            last(parameters, "zenql").unwrap_or_default(),
            asked.now,
        );
        let query = query.map_err(|fault| Answer::Bad(Some(fault)))?;
        let default = match subject {
            Subject::Users => "username",
            Subject::Groups => "name",
        };
        let own = if query.order.is_empty() {
            vec![(default.to_owned(), false)]
        } else {
            query.order
        };
        Ok(Self {
            subject,
            page_index: page_index as usize,
            page_size: page_size as usize,
            order: order.unwrap_or(own),
            expr: query.expr,
            search: last_filled(parameters, "q").map(fold),
        })
    }

    fn page(&self, world: &World, mut rows: Vec<usize>) -> Answer {
        rows.retain(|row| holds(world, self.subject, *row, &self.expr) && self.is_sought(world, *row));
        sort(world, self.subject, &mut rows, &self.order);
        let items = rows.iter().skip(self.page_index * self.page_size).take(self.page_size);
        let items = items.map(|row| match self.subject {
            Subject::Users => user_body(world, *row),
            Subject::Groups => group_body(world, *row),
        });
        Answer::Page(json!({
            "pageIndex": self.page_index,
            "pageSize": self.page_size,
            "totalCount": rows.len(),
            "pageCount": rows.len().div_ceil(self.page_size),
            "items": items.collect::<Vec<_>>(),
        }))
    }

    /// Whether `q` is somewhere in the texts that it looks in.
    fn is_sought(&self, world: &World, row: usize) -> bool {
        let texts = match self.subject {
            Subject::Users => {
                let user = &world.users[row];
                vec![&user.first_name, &user.last_name, &user.username, &user.email]
            }
            Subject::Groups => vec![&world.groups[row].name],
        };
        let holds = |text: &String| self.search.as_ref().is_none_or(|search| fold(text).contains(search));
        self.search.is_none() || texts.into_iter().flatten().any(holds)
    }
}

/// A decimal number within bounds; `default` where the parameter is absent, none where it is anything else.
pub fn number(parameters: &Parameters, name: &str, least: u64, most: u64, default: u64) -> Option<u64> {
    let Some(text) = last(parameters, name) else {
        return Some(default);
    };
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let value = is_number.then(|| text.parse().ok()).flatten();
    value.filter(|value| (least..=most).contains(value))
}

fn order(subject: Subject, text: &str) -> Option<Order> {
    let field = |item: &str| {
        let name = fold(item.strip_prefix('-').unwrap_or(item));
        is_orderable(subject, &name).then_some((name, item.starts_with('-')))
    };
    text.split(',').map(field).collect()
}

fn user_body(world: &World, row: usize) -> Value {
    let user = &world.users[row];
    let status = vec![
        ("suspended", json!(user.suspended)),
        ("locked", json!(user.locked)),
        ("passwordResetRequired", json!(user.password_reset_required)),
    ];
    let fields = vec![
        ("id", json!(user.id)),
        ("username", json!(user.username)),
        ("email", json!(user.email)),
        ("firstName", json!(user.first_name)),
        ("lastName", json!(user.last_name)),
        ("language", json!(user.language)),
        ("timezone", json!(user.timezone)),
        ("status", object(status, true)),
        ("created", date(user.created)),
        ("modified", date(user.modified)),
        ("lastLogin", date(user.last_login)),
        ("expiry", date(user.expiry)),
        ("custom", custom(&user.custom)),
    ];
    object(fields, true)
}

fn group_body(world: &World, row: usize) -> Value {
    let group = &world.groups[row];
    let users = world.all_users().into_iter().filter(|user| world.is_direct(*user, row));
    let children = world
        .all_groups()
        .into_iter()
        .filter(|child| world.is_child(*child, row));
    let fields = vec![
        ("id", json!(group.id)),
        ("name", json!(group.name)),
        ("description", json!(group.description)),
        ("type", json!(group.kind)),
        ("userCount", json!(users.count())),
        ("childGroupCount", json!(children.count())),
        ("created", date(group.created)),
        ("modified", date(group.modified)),
        ("custom", custom(&group.custom)),
    ];
    object(fields, true)
}

/// Text, numbers and booleans as they are, anything else as its JSON text.
fn custom(custom: &Custom) -> Value {
    let kept = |value: &Value| match value {
        Value::Array(_) | Value::Object(_) => json!(value.to_string()),
        _ => value.clone(),
    };
    Value::Object(custom.iter().map(|(key, value)| (key.clone(), kept(value))).collect())
}
