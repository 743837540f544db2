//! Tulip's documented endpoints: users, user groups and roles, which know no nesting.
//!
//! The vendor knows callers as tokens with scopes, not as users: whoever is signed in is taken to have one that may read.

mod odata;
mod page;
mod record;
mod select;

use membership::directory::Directory;
use membership::entity::{Entity, GroupIndex, UserIndex};
use membership::json::excerpt;
use membership::order::window;
use membership::query::{
    Comparison, Expr, Field as QueryField, Operand, Operator, OrderTerm, Query, Span, Test, Value,
};
use membership::set::Set;

use self::odata::{Field, Filter, Grammar, Kind};
use self::page::Page;
use self::record::ROLES;
use super::target::{Malformed, Parameters, Target};
use super::{Call, Caller, Response};
use crate::json::Json;

/// The answer to a request; none where the path is not one of Tulip's.
///
/// Cost: that of its filter; of a list besides O(rows / 64) for its set, and O(rows) at the worst for a page out of the
/// order by id, which costs O(rows · log rows) when it is first asked for.
pub(super) fn answer(directory: &Directory, call: &Call<'_>, target: &Target<'_>) -> Option<Response> {
    let path: Vec<&str> = target.path.iter().map(|segment| &**segment).collect();
    let ["api", "users", "v1", path @ ..] = path.as_slice() else {
        return None;
    };
    let asked = Asked {
        directory,
        call,
        target,
    };
    let body = asked.body(path);
    Some(body.map_or_else(Refusal::response, |body| Response::json(200, body)))
}

/// What is answered here: reading.
const METHODS: [&str; 2] = ["GET", "HEAD"];

/// Why a request is refused.
struct Refusal {
    status: u16,
    code: &'static str,
    message: String,
}

impl Refusal {
    fn new(status: u16, code: &'static str, message: &str) -> Self {
        let message = message.to_owned();
        Self { status, code, message }
    }

    /// 400, something is wrong as it is written.
    fn bad(message: String) -> Self {
        Self {
            status: 400,
            code: "generic.invalidParams",
            message,
        }
    }

    /// 404
    fn missing(message: String) -> Self {
        Self {
            status: 404,
            code: "generic.notFound",
            message,
        }
    }

    /// The vendor's error model. Nothing that is refused here is worth another try.
    fn response(self) -> Response {
        let mut json = Json::default();
        json.object().key("errorCode").text(self.code);
        json.key("message").text(&self.message);
        json.key("retryable").boolean(false).end();
        let response = Response::json(self.status, json.finish());
        match self.status {
            405 => response.with_header("Allow", &METHODS.join(", ")),
            _ => response,
        }
    }
}

impl From<Malformed> for Refusal {
    fn from(Malformed(text): Malformed) -> Self {
        Self::bad(format!("`{}` is not percent-encoded UTF-8", excerpt(&text)))
    }
}

const USER_ID: (&str, Kind, Field) = ("userId", Kind::Text, Field::Id);
const GROUP_ID: (&str, Kind, Field) = ("userGroupId", Kind::Text, Field::Id);

/// The filter of a group's users.
const OF_MEMBERS: Grammar = Grammar {
    fields: &[USER_ID],
    joins: &["or"],
    any: None,
};

/// The filter of a user's groups.
const OF_USER_GROUPS: Grammar = Grammar {
    fields: &[GROUP_ID],
    joins: &["or"],
    any: None,
};

/// The filter of all groups.
const OF_GROUPS: Grammar = Grammar {
    fields: &[("id", Kind::Text, Field::Id)],
    joins: &["or"],
    any: None,
};

/// The filter of all users.
const OF_USERS: Grammar = Grammar {
    fields: &[
        ("id", Kind::Text, Field::Id),
        ("badgeId", Kind::Text, Field::Badge),
        ("name/full", Kind::Text, Field::FullName),
        ("email/verified", Kind::Flag, Field::Untold),
        ("globalRoleId", Kind::Text, Field::Untold),
    ],
    joins: &["or", "and"],
    any: Some((
        "workspaceRoleAssignments",
        &[
            ("userRoleId", Kind::Text, Field::Untold),
            ("workspaceId", Kind::Text, Field::Untold),
        ],
    )),
};

/// The filter of all roles.
const OF_ROLES: Grammar = Grammar {
    fields: &[("isCustom", Kind::Flag, Field::IsCustom)],
    joins: &[],
    any: None,
};

const BAD_USER_FILTER: &str = "users.invalidFilter";
const BAD_GROUP_FILTER: &str = "userGroups.invalidFilter";

/// What is asked, and of which directory.
struct Asked<'a> {
    directory: &'a Directory,
    call: &'a Call<'a>,
    target: &'a Target<'a>,
}

impl Asked<'_> {
    /// The body of an answer to the path below `/api/users/v1`.
    fn body(&self, path: &[&str]) -> Result<String, Refusal> {
        if self.call.caller == Caller::Nobody {
            return Err(Refusal::new(401, "generic.unauthorized", "no token was sent"));
        }
        if !METHODS.contains(&self.call.method) {
            let says = "there is only `GET` here";
            return Err(Refusal::new(405, "generic.methodNotAllowed", says));
        }
        self.target.check_path()?;
        let parameters = self.target.parameters()?;
        match path {
            ["users"] => self.users(&parameters),
            ["users", id] => {
                let user = self.user(id)?;
                Ok(one(&|json| record::user(json, self.directory, user)))
            }
            ["users", id, "user-groups"] => self.groups_of(id, &parameters),
            ["user-groups"] => self.groups(&parameters),
            ["user-groups", id] => {
                let group = self.group(id)?;
                Ok(one(&|json| record::group(json, self.directory, group)))
            }
            ["user-groups", id, "users"] => self.members_of(id, &parameters),
            ["roles"] => self.roles(&parameters),
            ["roles", id] if ROLES.contains(id) => Ok(one(&|json| record::role(json, id))),
            ["roles", id] => Err(Refusal::missing(format!("there is no role `{}`", excerpt(id)))),
            _ => Err(Refusal::missing("there is nothing at this path".to_owned())),
        }
    }

    fn user(&self, id: &str) -> Result<UserIndex, Refusal> {
        let user = self.directory.user_by_id(id);
        user.ok_or_else(|| Refusal::missing(format!("there is no user `{}`", excerpt(id))))
    }

    fn group(&self, id: &str) -> Result<GroupIndex, Refusal> {
        let group = self.directory.group_by_id(id);
        group.ok_or_else(|| Refusal::missing(format!("there is no user group `{}`", excerpt(id))))
    }

    /// All users, active or archived.
    fn users(&self, parameters: &Parameters<'_>) -> Result<String, Refusal> {
        let page = Page::read(parameters)?;
        let archived = archived(parameters)?;
        let filter = filter(parameters, &OF_USERS, BAD_USER_FILTER)?;
        let status = &self.directory.users().status;
        let mut users = Set::from_fn(self.directory.user_count(), |row| {
            (status.get(row).suspended == Some(true)) == archived
        });
        if let Some(text) = parameters.last("search").filter(|text| !text.is_empty()) {
            users.intersect_with(&self.search_users(text)?);
        }
        if let Some(filter) = filter {
            users = select::users(self.directory, &filter, &users);
        }
        Ok(self.user_page(page, &users, &|json, user| record::user(json, self.directory, user)))
    }

    /// The users whose name, email or badge contains a text, without case.
    fn search_users(&self, text: &str) -> Result<Set, Refusal> {
        let contains = |field| {
            let value = Value::Text(text.to_owned());
            let at = Span::default();
            let comparison = Comparison::Is(Operator::Contains, Operand { value, at });
            Expr::Test(Test { field, comparison })
        };
        let fields = [QueryField::FullName, QueryField::Email, QueryField::Username];
        let query = Query {
            subject: Entity::User,
            expr: Expr::or(fields.map(contains).into()),
            order: Vec::new(),
        };
        let found = self.directory.select_users(&query, self.call.now);
        found.map_err(|error| Refusal::bad(error.message()))
    }

    /// The users whom a group names.
    fn members_of(&self, group: &str, parameters: &Parameters<'_>) -> Result<String, Refusal> {
        let page = Page::read(parameters)?;
        let filter = filter(parameters, &OF_MEMBERS, BAD_USER_FILTER)?;
        let mut users = self.directory.member_set(self.group(group)?, false);
        if let Some(filter) = filter {
            users = select::users(self.directory, &filter, &users);
        }
        Ok(self.user_page(page, &users, &|json, user| {
            json.object().key("userId").text(self.directory.user_id(user)).end();
        }))
    }

    /// All groups, none of which a directory knows to be archived.
    fn groups(&self, parameters: &Parameters<'_>) -> Result<String, Refusal> {
        let page = Page::read(parameters)?;
        let archived = archived(parameters)?;
        let filter = filter(parameters, &OF_GROUPS, BAD_GROUP_FILTER)?;
        let mut groups = self
            .directory
            .find_groups(parameters.last("search").unwrap_or_default());
        if archived {
            groups.clear();
        }
        if let Some(filter) = filter {
            groups = select::groups(self.directory, &filter, &groups);
        }
        Ok(self.group_page(page, &groups, &|json, group| record::group(json, self.directory, group)))
    }

    /// The groups that name a user.
    fn groups_of(&self, user: &str, parameters: &Parameters<'_>) -> Result<String, Refusal> {
        let page = Page::read(parameters)?;
        let filter = filter(parameters, &OF_USER_GROUPS, BAD_GROUP_FILTER)?;
        let mut groups = Set::new(self.directory.group_count());
        for (group, _) in self.directory.direct_groups(self.user(user)?) {
            groups.insert(group.row());
        }
        if let Some(filter) = filter {
            groups = select::groups(self.directory, &filter, &groups);
        }
        Ok(self.group_page(page, &groups, &|json, group| {
            json.object()
                .key("userGroupId")
                .text(self.directory.group_id(group))
                .end();
        }))
    }

    /// The roles that are built in, whose names no directory knows, so that no search finds any.
    fn roles(&self, parameters: &Parameters<'_>) -> Result<String, Refusal> {
        let page = Page::read(parameters)?;
        let archived = archived(parameters)?;
        let filter = filter(parameters, &OF_ROLES, "generic.invalidParams")?;
        let is_custom = filter == Some(Filter::Flag(Field::IsCustom, true));
        let searched = parameters.last("search").is_some_and(|text| !text.is_empty());
        let roles: &[&str] = if archived || is_custom || searched { &[] } else { &ROLES };
        let window = roles.iter().skip(page.offset as usize).take(page.limit as usize);
        Ok(page.body(self.call.url, roles.len() as u32, &mut |json| {
            window.clone().for_each(|role| record::role(json, role));
        }))
    }

    fn user_page(&self, page: Page, users: &Set, write: &dyn Fn(&mut Json, UserIndex)) -> String {
        let order = self.directory.user_permutation(&by_id());
        let rows = window(&order, users, page.offset, page.limit);
        page.body(self.call.url, users.count(), &mut |json| {
            rows.iter().for_each(|row| write(json, UserIndex::new(*row)));
        })
    }

    fn group_page(&self, page: Page, groups: &Set, write: &dyn Fn(&mut Json, GroupIndex)) -> String {
        let order = self.directory.group_permutation(&by_id());
        let rows = window(&order, groups, page.offset, page.limit);
        page.body(self.call.url, groups.count(), &mut |json| {
            rows.iter().for_each(|row| write(json, GroupIndex::new(*row)));
        })
    }
}

/// A body that is one record.
fn one(write: &dyn Fn(&mut Json)) -> String {
    let mut json = Json::default();
    write(&mut json);
    json.finish()
}

/// Whether the archived ones are asked for, in place of the others.
fn archived(parameters: &Parameters<'_>) -> Result<bool, Refusal> {
    match parameters.last("archived") {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(other) => Err(Refusal::bad(format!(
            "`archived` must be `true` or `false`, not `{}`",
            excerpt(other)
        ))),
    }
}

/// The filter, if there is one that is not empty; `code` is that of its errors.
fn filter<'p>(
    parameters: &'p Parameters<'_>,
    grammar: &Grammar,
    code: &'static str,
) -> Result<Option<Filter<'p>>, Refusal> {
    let text = parameters.last("filter").filter(|text| !text.is_empty());
    let filter = text.map(|text| Filter::parse(text, grammar)).transpose();
    filter.map_err(|error| Refusal {
        code,
        ..Refusal::bad(error.to_string())
    })
}

/// The order of ids, as text is ordered everywhere: without case, and where that is equal exactly.
fn by_id() -> [OrderTerm; 1] {
    [OrderTerm {
        field: QueryField::Id,
        descending: false,
    }]
}
