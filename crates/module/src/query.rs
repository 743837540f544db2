//! What is asked for a page: an object that the face has checked, read field by field.

use membership::directory::Directory;
use membership::entity::{Entity, GroupIndex, UserIndex};
use membership::instant;
use membership::query::{self, OrderTerm, QueryError};
use membership::set::Set;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{ErrorKind, ModuleError};

#[wasm_bindgen]
extern "C" {
    /// `Query` of the declarations; the face fills in what was left out, but for a group and a user.
    pub type Query;

    #[wasm_bindgen(method, getter, structural)]
    fn zenql(this: &Query) -> String;
    /// A text that the users' names, or the groups' names, contain.
    #[wasm_bindgen(method, getter, structural)]
    fn q(this: &Query) -> String;
    #[wasm_bindgen(method, getter, structural)]
    fn order(this: &Query) -> String;
    /// Which page, from 0.
    #[wasm_bindgen(method, getter, structural, js_name = "pageIndex")]
    pub fn page_index(this: &Query) -> u32;
    /// Rows of a page.
    #[wasm_bindgen(method, getter, structural, js_name = "pageSize")]
    pub fn page_size(this: &Query) -> u32;
    #[wasm_bindgen(method, getter, structural)]
    fn group(this: &Query) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    fn user(this: &Query) -> Option<String>;
    /// Whether those who are inherited, or all groups above or below, are asked for too.
    #[wasm_bindgen(method, getter, structural, js_name = "includeInherited")]
    pub fn include_inherited(this: &Query) -> bool;
    #[wasm_bindgen(method, getter, structural, js_name = "excludedGroups")]
    fn excluded_groups(this: &Query) -> Vec<String>;
    #[wasm_bindgen(method, getter, structural)]
    fn now(this: &Query) -> String;
}

/// A query that is right as it is written.
pub struct Asked {
    text: String,
    parsed: query::Query,
    /// A text that names contain; empty for any.
    search: String,
    now: i64,
}

impl Asked {
    /// Reads what is written, and what to order by: the parameter, else what the query says. Cost: O(length).
    ///
    /// # Errors
    ///
    /// About the order, the query or the time.
    pub fn read(query: &Query, entity: Entity) -> Result<(Self, Vec<OrderTerm>), ModuleError> {
        let (text, order) = (query.zenql(), query.order());
        let (parse, parse_order): (Parse<query::Query>, Parse<Vec<OrderTerm>>) = match entity {
            Entity::User => (query::parse_users, query::parse_order_users),
            Entity::Group => (query::parse_groups, query::parse_order_groups),
        };
        let terms = parse_order(&order).map_err(|error| ModuleError::query(ErrorKind::Parameter, &order, &error))?;
        let parsed = parse(&text).map_err(|error| refused(&text, &error))?;
        let order = if terms.is_empty() { parsed.order.clone() } else { terms };
        let now = time(&query.now())?;
        let search = query.q();
        let asked = Self {
            text,
            parsed,
            search,
            now,
        };
        Ok((asked, order))
    }

    /// Whether nothing is asked of anybody.
    pub fn is_about_all(&self) -> bool {
        self.parsed.expr.is_none() && self.search.is_empty()
    }

    /// Whether it shows that what this is true of, another one is true of too.
    pub fn narrows(&self, other: &Self) -> bool {
        self.search.starts_with(&other.search) && self.parsed.narrows(&other.parsed)
    }

    /// The rows out of some that it is true of.
    ///
    /// # Errors
    ///
    /// If a value names no user or group.
    pub fn select(&self, directory: &Directory, within: &Set) -> Result<Set, ModuleError> {
        let selected = directory.select_within(&self.parsed, self.now, within);
        let selected = selected.map_err(|error| refused(&self.text, &error))?;
        if self.search.is_empty() {
            return Ok(selected);
        }
        Ok(match self.parsed.subject {
            Entity::User => directory.find_users_within(&self.search, &selected),
            Entity::Group => directory.find_groups_within(&self.search, &selected),
        })
    }
}

type Parse<T> = fn(&str) -> Result<T, QueryError>;

fn refused(text: &str, error: &QueryError) -> ModuleError {
    ModuleError::query(ErrorKind::Query, text, error)
}

/// A time as it is written, in milliseconds since 1970 in UTC.
///
/// # Errors
///
/// If it is none.
pub fn time(now: &str) -> Result<i64, ModuleError> {
    instant::parse(now).ok_or_else(|| ModuleError::parameter("now", "a date and a time", now))
}

impl Query {
    /// The group whose members, or child groups, are asked for.
    ///
    /// # Errors
    ///
    /// If there is none of that identifier.
    pub fn asked_group(&self, directory: &Directory) -> Result<Option<GroupIndex>, ModuleError> {
        self.group().map(|group| find_group(directory, &group)).transpose()
    }

    /// The user whose groups are asked for.
    ///
    /// # Errors
    ///
    /// If there is none of that identifier.
    pub fn asked_user(&self, directory: &Directory) -> Result<Option<UserIndex>, ModuleError> {
        self.user().map(|user| find_user(directory, &user)).transpose()
    }

    /// The groups that are taken away, with all that is below them.
    ///
    /// # Errors
    ///
    /// If there is none of one of the identifiers.
    pub fn excluded(&self, directory: &Directory) -> Result<Vec<GroupIndex>, ModuleError> {
        let groups = self.excluded_groups();
        groups.iter().map(|group| find_group(directory, group)).collect()
    }
}

/// The user of an identifier.
///
/// # Errors
///
/// If there is none.
pub fn find_user(directory: &Directory, identifier: &str) -> Result<UserIndex, ModuleError> {
    let user = directory.find_user(identifier);
    user.ok_or_else(|| ModuleError::unknown(Entity::User, identifier))
}

/// The group of an identifier.
///
/// # Errors
///
/// If there is none.
pub fn find_group(directory: &Directory, identifier: &str) -> Result<GroupIndex, ModuleError> {
    let group = directory.find_group(identifier);
    group.ok_or_else(|| ModuleError::unknown(Entity::Group, identifier))
}
