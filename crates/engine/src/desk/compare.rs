//! What two users, two groups or two queries have in common, and what not.

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::order;
use membership::path::PathFinder;
use membership::query;
use membership::set::Set;
use protocol::{Column, CompareQuestion, Compared, ComparedRow, Comparison, EntityName, Kind, Problem, Side, Why};

use super::names::{group_name, user_row};
use super::paths::why;
use super::{Ask, Desk, answered, find_group, query_problem};

/// The most rows of one column.
const ROWS: u32 = 1_000;

/// The columns, by the sides that they are on.
const REGIONS: [[bool; 2]; 3] = [[true, false], [true, true], [false, true]];

/// One side: its rows, and those of them that need no nesting.
struct Half<'a> {
    all: Set,
    direct: Set,
    means: Means<'a>,
}

/// What a side stands for.
enum Means<'a> {
    User(UserIndex),
    Group(PathFinder<'a>),
    Query,
}

/// Answers what the Compare screen asks.
///
/// # Errors
/// Says what is wrong with the question.
pub fn answer_comparison(desk: &mut Desk, kind: Kind, question: &[u8], now: i64) -> Result<Vec<u8>, Problem> {
    match kind {
        Kind::Compare => answered::<CompareQuestion>(desk, question, now),
        _ => Err(Problem::NotRead),
    }
}

impl Ask for CompareQuestion {
    /// Cost: that of both sides and of the query, O(users / 64) for the columns, and O(groups below) for each row.
    fn answer(&self, desk: &mut Desk, now: i64) -> Result<Comparison, Problem> {
        let halves = halves(desk, self, now)?;
        let wanted = wanted(desk, self, now)?;
        let limit = self.limit.min(ROWS);
        Ok(Comparison {
            of: self.of,
            columns: REGIONS.map(|on| column(&desk.directory, &halves, on, wanted.as_ref(), limit)),
            among: match self.of {
                Compared::Users => desk.directory.group_count(),
                Compared::Groups | Compared::Sets => desk.directory.user_count(),
            },
            sides: halves.each_ref().map(|half| side(&desk.directory, half)),
        })
    }
}

/// Both sides of a question.
fn halves<'d>(desk: &'d Desk, of: &CompareQuestion, now: i64) -> Result<[Half<'d>; 2], Problem> {
    let half = |text: &str, parameter: &str| match of.of {
        Compared::Users => Ok(desk.of_user(desk.find_user(text)?)),
        Compared::Groups => Ok(of_group(&desk.directory, find_group(&desk.directory, text)?)),
        Compared::Sets => Ok(Half {
            all: users_that_match(&desk.directory, text, parameter, now)?,
            direct: Set::new(desk.directory.user_count()),
            means: Means::Query,
        }),
    };
    Ok([half(&of.a, "a")?, half(&of.b, "b")?])
}

/// The rows that match a question's query; none where it has none.
fn wanted(desk: &Desk, of: &CompareQuestion, now: i64) -> Result<Option<Set>, Problem> {
    Ok(match of.of {
        _ if of.zenql.trim().is_empty() => None,
        Compared::Users => Some(groups_that_match(&desk.directory, &of.zenql, now)?),
        Compared::Groups | Compared::Sets => Some(users_that_match(&desk.directory, &of.zenql, "zenQL", now)?),
    })
}

/// All rows of the columns, by name: groups where users are compared, else users. Cost: O(users) beside that of the
/// question.
pub fn regions(desk: &Desk, of: &CompareQuestion, now: i64) -> Result<[Vec<u32>; 3], Problem> {
    let halves = halves(desk, of, now)?;
    let wanted = wanted(desk, of, now)?;
    let by_name = match of.of {
        Compared::Users => desk.directory.groups_by_name(),
        Compared::Groups | Compared::Sets => desk.directory.user_permutation(&order::by_name()),
    };
    Ok(REGIONS.map(|on| {
        let mut set = region(&halves, on);
        if let Some(wanted) = &wanted {
            set.intersect_with(wanted);
        }
        order::rows(&by_name, &set)
    }))
}

/// What is on these sides and not on the others. Cost: O(rows / 64).
fn region(halves: &[Half<'_>; 2], on: [bool; 2]) -> Set {
    let mut set = Set::full(halves[0].all.len());
    for (half, on) in halves.iter().zip(on) {
        if on {
            set.intersect_with(&half.all);
        } else {
            set.subtract(&half.all);
        }
    }
    set
}

impl Desk {
    fn of_user(&self, user: UserIndex) -> Half<'_> {
        let directory = &self.directory;
        let mut all = Set::new(directory.group_count());
        for group in directory.groups_of(user, true) {
            all.insert(group.row());
        }
        let mut direct = Set::new(directory.group_count());
        for (group, _) in directory.direct_groups(user) {
            direct.insert(group.row());
        }
        Half {
            all,
            direct,
            means: Means::User(user),
        }
    }
}

fn of_group(directory: &Directory, group: GroupIndex) -> Half<'_> {
    Half {
        all: directory.members(Some(group), true, &[]),
        direct: directory.members(Some(group), false, &[]),
        means: Means::Group(PathFinder::new(directory, group)),
    }
}

fn users_that_match(directory: &Directory, text: &str, parameter: &str, now: i64) -> Result<Set, Problem> {
    let query = query::parse_users(text).map_err(|error| query_problem(parameter, &error))?;
    directory
        .select_users(&query, now)
        .map_err(|error| query_problem(parameter, &error))
}

fn groups_that_match(directory: &Directory, text: &str, now: i64) -> Result<Set, Problem> {
    let query = query::parse_groups(text).map_err(|error| query_problem("zenQL", &error))?;
    directory
        .select_groups(&query, now)
        .map_err(|error| query_problem("zenQL", &error))
}

fn side(directory: &Directory, half: &Half<'_>) -> Side {
    let (name, managers) = match &half.means {
        Means::User(user) => {
            let row = user_row(directory, *user);
            let managed = directory.direct_groups(*user).filter(|(_, is_manager)| *is_manager);
            let detail = row.username;
            let (id, name) = (row.id, row.name);
            (Some(EntityName { id, name, detail }), managed.count() as u32)
        }
        Means::Group(finder) => {
            let group = finder.target();
            let called = group_name(directory, group);
            let name = EntityName {
                id: called.id,
                name: called.name,
                detail: String::new(),
            };
            (Some(name), directory.manager_count(group))
        }
        Means::Query => (None, 0),
    };
    Side {
        name,
        total: half.all.count(),
        direct: half.direct.count(),
        managers,
    }
}

/// What is on these sides and not on the others.
fn column(directory: &Directory, halves: &[Half<'_>; 2], on: [bool; 2], wanted: Option<&Set>, limit: u32) -> Column {
    let mut set = region(halves, on);
    let mut direct = Set::full(halves[0].all.len());
    let mut nested = Set::full(halves[0].all.len());
    for (half, _) in halves.iter().zip(on).filter(|(_, on)| *on) {
        direct.intersect_with(&half.direct);
        nested.subtract(&half.direct);
    }
    let of = set.count();
    if let Some(wanted) = wanted {
        set.intersect_with(wanted);
    }
    let is_query = matches!(halves[0].means, Means::Query);
    Column {
        of,
        total: set.count(),
        direct: if is_query { 0 } else { set.count_common(&direct) },
        inherited: if is_query { 0 } else { set.count_common(&nested) },
        rows: rows(directory, halves, &set, limit),
    }
}

fn rows(directory: &Directory, halves: &[Half<'_>; 2], set: &Set, limit: u32) -> Vec<ComparedRow> {
    if let Means::User(_) = halves[0].means {
        let by_name = directory.groups_by_name();
        let shown = order::window(&by_name, set, 0, limit).into_iter();
        return shown
            .map(|row| group_row(directory, halves, GroupIndex::new(row)))
            .collect();
    }
    let by_name = directory.user_permutation(&order::by_name());
    let shown = order::window(&by_name, set, 0, limit).into_iter();
    shown
        .map(|row| member_row(directory, halves, UserIndex::new(row)))
        .collect()
}

fn group_row(directory: &Directory, halves: &[Half<'_>; 2], group: GroupIndex) -> ComparedRow {
    let called = group_name(directory, group);
    let finder = PathFinder::new(directory, group);
    let reason = |half: &Half<'_>| match half.means {
        Means::User(user) => Some((why(directory, &finder, user)?, directory.is_manager(user, group))),
        Means::Group(_) | Means::Query => None,
    };
    ComparedRow {
        id: called.id,
        name: called.name,
        detail: String::new(),
        members: Some(directory.member_count(group)),
        in_cycle: directory.hierarchy().in_cycle(group),
        sides: halves.each_ref().map(reason),
    }
}

fn member_row(directory: &Directory, halves: &[Half<'_>; 2], user: UserIndex) -> ComparedRow {
    let row = user_row(directory, user);
    let reason = |half: &Half<'_>| -> Option<(Why, bool)> {
        match &half.means {
            Means::Group(finder) => Some((
                why(directory, finder, user)?,
                directory.is_manager(user, finder.target()),
            )),
            Means::User(_) | Means::Query => None,
        }
    };
    ComparedRow {
        id: row.id,
        name: row.name,
        detail: row.username,
        members: None,
        in_cycle: false,
        sides: halves.each_ref().map(reason),
    }
}
