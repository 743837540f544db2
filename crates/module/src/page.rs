//! Pages of users and of groups: the rows, each with its reason where a group or a user was asked about.

use membership::directory::Directory;
use membership::entity::{Entity, GroupIndex, UserIndex};
use membership::json::Json;
use membership::path::{MOST_WAYS, PathFinder};
use membership::query::OrderTerm;
use membership::set::Set;

use crate::chosen::{Choice, Chosen};
use crate::error::ModuleError;
use crate::query::{Asked, Query};
use crate::record;

/// A page of users: of all, or of the members of a group.
///
/// Cost: that of the query, O(users / 64), that of the window, and for each row that of its paths.
///
/// # Errors
///
/// As [`Asked::read`] and [`Asked::select`], and if an identifier names no group.
pub fn users(directory: &Directory, chosen: &mut Chosen, query: &Query) -> Result<String, ModuleError> {
    let (asked, order) = Asked::read(query, Entity::User)?;
    let group = query.asked_group(directory)?;
    let choice = Choice {
        group,
        inherited: query.include_inherited(),
        excluded: query.excluded(directory)?,
    };
    let set = chosen.find(directory, choice, asked)?;
    let finder = group.map(|group| PathFinder::new(directory, group));
    let rows = window(directory, Entity::User, &order, query, &set);
    Ok(page(query, rows, set.count(), |json, row| {
        let user = UserIndex::new(row);
        record::user(json.key("user"), directory, user);
        if let Some(finder) = &finder {
            let via = finder.shortest(user).unwrap_or_default();
            reason(json, directory, &via, finder.ways(user, MOST_WAYS));
            json.key("isAdmin").boolean(directory.is_manager(user, finder.target()));
        }
    }))
}

/// A page of groups: of all, of those that a user is in, or of those below a group.
///
/// Cost: as that of [`users`]; the paths of the rows of a user's groups cost O(groups + nestings below) each.
///
/// # Errors
///
/// As those of [`users`].
pub fn groups(directory: &Directory, query: &Query) -> Result<String, ModuleError> {
    let (asked, order) = Asked::read(query, Entity::Group)?;
    let (group, user) = (query.asked_group(directory)?, query.asked_user(directory)?);
    let excluded = query.excluded(directory)?;
    let mut set = base(directory, group, user, query.include_inherited());
    for group in excluded {
        set.remove(group.row());
        for below in directory.hierarchy().descendants(group) {
            set.remove(below.row());
        }
    }
    let set = asked.select(directory, &set)?;
    let asked_finder = group.map(|group| PathFinder::new(directory, group));
    let rows = window(directory, Entity::Group, &order, query, &set);
    Ok(page(query, rows, set.count(), |json, row| {
        let group = GroupIndex::new(row);
        record::group(json.key("group"), directory, group);
        if let Some(finder) = &asked_finder {
            let via = finder.shortest_from(group).unwrap_or_default();
            reason(json, directory, &via, finder.ways_from(group, MOST_WAYS));
        } else if let Some(user) = user {
            let finder = PathFinder::new(directory, group);
            let via = finder.shortest(user).unwrap_or_default();
            reason(json, directory, &via, finder.ways(user, MOST_WAYS));
            json.key("isAdmin").boolean(directory.is_manager(user, group));
        }
        json.key("directCount").number(directory.direct_count(group).into());
        json.key("totalCount").number(directory.member_count(group).into());
    }))
}

/// The groups to choose from.
fn base(directory: &Directory, group: Option<GroupIndex>, user: Option<UserIndex>, inherited: bool) -> Set {
    let count = directory.group_count();
    let of = |groups: &[GroupIndex]| {
        let mut set = Set::new(count);
        for group in groups {
            set.insert(group.row());
        }
        set
    };
    match (group, user) {
        (_, Some(user)) => of(&directory.groups_of(user, inherited)),
        (Some(group), _) if inherited => of(&directory.hierarchy().descendants(group)),
        (Some(group), _) => of(directory.hierarchy().children(group)),
        (None, None) => Set::full(count),
    }
}

/// Why a row is in the list: a path of one group is a direct membership.
fn reason(json: &mut Json, directory: &Directory, via: &[GroupIndex], ways: u32) {
    let source = if via.len() == 1 { "direct" } else { "inherited" };
    json.key("source").text(source).key("via");
    record::group_ids(json, directory, via);
    json.key("ways").number(ways.into());
}

/// The rows of the page that is asked for.
fn window(directory: &Directory, entity: Entity, order: &[OrderTerm], query: &Query, set: &Set) -> Vec<u32> {
    let (index, size) = (query.page_index(), query.page_size());
    directory.window(entity, order, set, index.saturating_mul(size), size)
}

fn page(query: &Query, rows: Vec<u32>, total: u32, row: impl Fn(&mut Json, u32)) -> String {
    let (index, size) = (query.page_index(), query.page_size());
    let mut json = Json::default();
    json.object().key("pageIndex").number(index.into());
    json.key("pageSize").number(size.into());
    json.key("totalCount").number(total.into());
    json.key("pageCount").number(total.div_ceil(size.max(1)).into());
    json.key("items").list();
    for item in rows {
        json.object();
        row(&mut json, item);
        json.end();
    }
    json.end_list().end();
    json.finish()
}
