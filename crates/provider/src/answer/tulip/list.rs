//! The lists: which records they hold, by which filter, and their pages.

use membership::entity::{Entity, GroupIndex, UserIndex};
use membership::json::excerpt;
use membership::order::window;
use membership::query::{
    Comparison, Expr, Field as QueryField, Operand, Operator, OrderTerm, Query, Span, Test, Value,
};
use membership::set::Set;

use super::odata::{Field, Filter, Grammar, Kind};
use super::page::Page;
use super::record::{self, ROLES};
use super::refusal::Refusal;
use super::{Asked, select};
use crate::answer::target::Parameters;
use membership::json::Json;

/// The filter of a group's users.
const OF_MEMBERS: Grammar = Grammar {
    fields: &[("userId", Kind::Text, Field::Id)],
    joins: &["or"],
    any: None,
};

/// The filter of a user's groups.
const OF_USER_GROUPS: Grammar = Grammar {
    fields: &[("userGroupId", Kind::Text, Field::Id)],
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

impl Asked<'_> {
    /// All users, active or archived.
    pub fn users(&self, parameters: &Parameters<'_>) -> Result<String, Refusal> {
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
    pub fn members_of(&self, group: &str, parameters: &Parameters<'_>) -> Result<String, Refusal> {
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
    pub fn groups(&self, parameters: &Parameters<'_>) -> Result<String, Refusal> {
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
    pub fn groups_of(&self, user: &str, parameters: &Parameters<'_>) -> Result<String, Refusal> {
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
    pub fn roles(&self, parameters: &Parameters<'_>) -> Result<String, Refusal> {
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
    filter.map_err(|error| Refusal::filter(code, &error))
}

/// The order of ids, as text is ordered everywhere: without case, and where that is equal exactly.
fn by_id() -> [OrderTerm; 1] {
    [OrderTerm {
        field: QueryField::Id,
        descending: false,
    }]
}
