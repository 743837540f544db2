//! Lists of users and of groups: who is asked for, in which order, and the page of them.

use membership::directory::Directory;
use membership::entity::{Entity, GroupIndex, UserIndex};
use membership::json::Json;
use membership::query::{self, OrderTerm};
use membership::set::Set;

use super::asked::{Asked, Paging};
use super::refusal::Refusal;
use super::{find_group, record};

/// A page of all users, or of those of a group.
///
/// # Errors
/// What is wrong as it is written, then what is not there.
///
/// Cost: that of the query, of the members and of a new order; then O(users) at the worst for the page.
pub(super) fn users(asked: &Asked<'_>, group: Option<&str>) -> Result<String, Refusal> {
    let directory = asked.directory;
    let paging = asked.paging()?;
    let order = asked.order(query::parse_order_users)?;
    let include_inherited = group.is_some() && asked.flag("includeInherited")?;
    let query = asked.query(query::parse_users)?;
    let matching = directory.select_users(&query, asked.now);
    let mut set = matching.map_err(|error| Refusal::query("zenQL", error))?;
    if let Some(group) = group {
        let group = find_group(directory, group)?;
        set.intersect_with(&directory.members(Some(group), include_inherited, &asked.excluded()?));
    }
    set.intersect_with(&directory.find_users(asked.search()));
    let order = if order.is_empty() { &query.order } else { &order };
    let write = |json: &mut Json, row| record::user(json, directory, UserIndex::new(row));
    Ok(page(directory, (Entity::User, order), &set, paging, &write))
}

/// A page of all groups, or of those in a group.
///
/// # Errors
/// What is wrong as it is written, then what is not there.
///
/// Cost: as [`users`], over groups.
pub(super) fn groups(asked: &Asked<'_>, group: Option<&str>) -> Result<String, Refusal> {
    let directory = asked.directory;
    let paging = asked.paging()?;
    let order = asked.order(query::parse_order_groups)?;
    let include_inherited = group.is_some() && asked.flag("includeInherited")?;
    let include_self = group.is_some() && asked.flag("includeSelf")?;
    let query = asked.query(query::parse_groups)?;
    let matching = directory.select_groups(&query, asked.now);
    let mut set = matching.map_err(|error| Refusal::query("zenQL", error))?;
    if let Some(group) = group {
        let group = find_group(directory, group)?;
        let mut below = Set::new(directory.group_count());
        if include_inherited {
            insert(&mut below, &directory.hierarchy().descendants(group));
        } else {
            insert(&mut below, directory.hierarchy().children(group));
        }
        if include_self {
            below.insert(group.row());
        }
        exclude(directory, &mut below, &asked.excluded()?);
        set.intersect_with(&below);
    }
    set.intersect_with(&directory.find_groups(asked.search()));
    let order = if order.is_empty() { &query.order } else { &order };
    Ok(page_of_groups(directory, order, &set, paging))
}

/// A page of the groups of a user, who is looked up when all that is written has been found right.
///
/// # Errors
/// What is wrong as it is written, then what is not there.
///
/// Cost: that of the user's groups and of a new order; then O(groups) at the worst for the page.
pub(super) fn groups_of(
    asked: &Asked<'_>,
    user: impl FnOnce() -> Result<UserIndex, Refusal>,
) -> Result<String, Refusal> {
    let directory = asked.directory;
    let paging = asked.paging()?;
    let order = asked.order(query::parse_order_groups)?;
    let include_inherited = asked.flag("includeInherited")?;
    let mut set = Set::new(directory.group_count());
    insert(&mut set, &directory.groups_of(user()?, include_inherited));
    Ok(page_of_groups(directory, &order, &set, paging))
}

fn insert(set: &mut Set, groups: &[GroupIndex]) {
    for group in groups {
        set.insert(group.row());
    }
}

/// Takes away groups, and all below them.
fn exclude(directory: &Directory, set: &mut Set, excluded: &[GroupIndex]) {
    for group in excluded {
        set.remove(group.row());
        for below in directory.hierarchy().descendants(*group) {
            set.remove(below.row());
        }
    }
}

fn page_of_groups(directory: &Directory, order: &[OrderTerm], set: &Set, paging: Paging) -> String {
    let write = |json: &mut Json, row| record::group(json, directory, GroupIndex::new(row));
    page(directory, (Entity::Group, order), set, paging, &write)
}

/// The documented envelope, with the records of one page of a set.
fn page(
    directory: &Directory,
    (entity, order): (Entity, &[OrderTerm]),
    set: &Set,
    paging: Paging,
    write: &dyn Fn(&mut Json, u32),
) -> String {
    let total = set.count();
    let offset = paging.index.saturating_mul(paging.size);
    let mut json = Json::default();
    json.object().key("pageIndex").number(paging.index.into());
    json.key("pageSize").number(paging.size.into());
    json.key("totalCount").number(total.into());
    json.key("pageCount").number(total.div_ceil(paging.size).into());
    json.key("items").list();
    for row in directory.window(entity, order, set, offset, paging.size) {
        write(&mut json, row);
    }
    json.end_list().end();
    json.finish()
}
