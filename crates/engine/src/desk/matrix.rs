//! Many users against many groups: which identifiers are whose, and how each user is in each group.

use std::collections::{BTreeMap, BTreeSet};

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::path::PathFinder;
use membership::text::{TextColumn, fold};
use protocol::{
    Ambiguous, EntityName, Kind, MATRIX_MOST, Matrix, MatrixCell, MatrixGroup, MatrixQuestion, MatrixSides, MatrixUser,
    Problem, SortQuestion, Sorted, UserStatus,
};

use super::names::{group_name, status};
use super::{Ask, Desk, answered};

/// Answers what the matrix of the Check screen asks.
///
/// # Errors
/// Says what is wrong with the question.
pub fn answer_matrix(desk: &mut Desk, kind: Kind, question: &[u8], now: i64) -> Result<Vec<u8>, Problem> {
    match kind {
        Kind::Sort => answered::<SortQuestion>(desk, question, now),
        Kind::Matrix => answered::<MatrixQuestion>(desk, question, now),
        _ => Err(Problem::NotRead),
    }
}

/// The users and the groups that identifiers name, each once, in their order.
pub struct Sides {
    pub users: Vec<UserIndex>,
    pub groups: Vec<GroupIndex>,
    pub unknown: Vec<String>,
}

impl Sides {
    /// Of as many identifiers as a matrix has. Cost: O(identifiers), the first time O(users + groups).
    pub fn find(directory: &Directory, of: &MatrixSides) -> Self {
        let mut sides = Self {
            users: Vec::new(),
            groups: Vec::new(),
            unknown: Vec::new(),
        };
        let (mut seen_users, mut seen_groups) = (BTreeSet::new(), BTreeSet::new());
        for identifier in of.users.iter().take(MATRIX_MOST) {
            match directory.find_user(identifier) {
                Some(user) if seen_users.insert(user.row()) => sides.users.push(user),
                Some(_) => {}
                None => sides.unknown.push(identifier.clone()),
            }
        }
        for identifier in of.groups.iter().take(MATRIX_MOST) {
            match directory.find_group(identifier) {
                Some(group) if seen_groups.insert(group.row()) => sides.groups.push(group),
                Some(_) => {}
                None => sides.unknown.push(identifier.clone()),
            }
        }
        sides
    }
}

/// How each of some users is in a group.
///
/// Cost: O(groups + nestings below the group), and O(direct groups of each user · log groups below it).
pub fn column(directory: &Directory, users: &[UserIndex], group: GroupIndex) -> Vec<MatrixCell> {
    let finder = PathFinder::new(directory, group);
    let pairs: Vec<_> = users.iter().map(|user| (*user, group)).collect();
    let members = directory.check_pairs(&pairs);
    let cell = |(user, is_member): (&UserIndex, bool)| {
        if !is_member {
            return MatrixCell::default();
        }
        let is_direct = directory.is_direct_member(*user, group);
        // Who is in it and not named by it is so through nesting; of the others that has to be looked for.
        let is_inherited = !is_direct || finder.shortest_inherited(*user).is_some();
        let bit = |is_set, bit| if is_set { bit } else { 0 };
        MatrixCell(
            bit(is_direct, MatrixCell::DIRECT)
                | bit(is_inherited, MatrixCell::INHERITED)
                | bit(directory.is_manager(*user, group), MatrixCell::MANAGER),
        )
    };
    users.iter().zip(members).map(cell).collect()
}

impl Ask for MatrixQuestion {
    /// Cost: that of [`column`] for each group.
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<Matrix, Problem> {
        let directory = &desk.directory;
        let sides = Sides::find(directory, &self.sides);
        let width = sides.groups.len();
        let mut cells = vec![0; sides.users.len() * width];
        let mut totals = vec![0; sides.users.len()];
        let mut groups = Vec::new();
        for (place, group) in sides.groups.iter().enumerate() {
            let column = column(directory, &sides.users, *group);
            let mut total = 0;
            for ((cell, row), of_user) in column.iter().zip(cells.chunks_exact_mut(width)).zip(&mut totals) {
                row[place] = cell.0;
                *of_user += u32::from(cell.is_member());
                total += u32::from(cell.is_member());
            }
            groups.push(MatrixGroup {
                group: group_name(directory, *group),
                total,
            });
        }
        let user = |(user, total): (&UserIndex, u32)| MatrixUser {
            user: user_name(directory, *user),
            is_inactive: status(directory, *user) != UserStatus::Active,
            total,
        };
        Ok(Matrix {
            users: sides.users.iter().zip(totals).map(user).collect(),
            groups,
            cells,
            unknown: sides.unknown,
        })
    }
}

fn user_name(directory: &Directory, user: UserIndex) -> EntityName {
    let username = directory.users().username.get(user.row());
    EntityName {
        id: directory.user_id(user).to_owned(),
        name: directory.user_name(user).into_owned(),
        detail: username.unwrap_or_default().to_owned(),
    }
}

impl Ask for SortQuestion {
    /// Cost: O(identifiers), and of those that are no ids O(users + groups) together.
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<Sorted, Problem> {
        let directory = &desk.directory;
        let mut sorted = Sorted::default();
        let named = Named::count(directory, &self.identifiers);
        let mut seen = BTreeSet::new();
        for identifier in &self.identifiers {
            if !seen.insert(identifier.as_str()) {
                continue;
            }
            let (user, group) = (directory.find_user(identifier), directory.find_group(identifier));
            if user.is_none() && group.is_none() {
                sorted.unknown.push(identifier.clone());
                continue;
            }
            let users = user.map_or(0, |user| named.users(directory, user, identifier));
            let groups = group.map_or(0, |group| named.groups(directory, group, identifier));
            if users + groups > 1 {
                sorted.ambiguous.push(Ambiguous {
                    identifier: identifier.clone(),
                    user: user.map(|user| (user_name(directory, user), users)),
                    group: group.map(|group| (group_name(directory, group), groups)),
                });
            }
            if user.is_some() {
                sorted.sides.users.push(identifier.clone());
            }
            if group.is_some() {
                sorted.sides.groups.push(identifier.clone());
            }
        }
        Ok(sorted)
    }
}

/// How many users and groups have a text as what they are told by, without case.
struct Named {
    usernames: BTreeMap<String, u32>,
    emails: BTreeMap<String, u32>,
    names: BTreeMap<String, u32>,
}

impl Named {
    /// Of these texts alone. Cost: O((users + groups) · log identifiers).
    fn count(directory: &Directory, identifiers: &[String]) -> Self {
        let none: BTreeMap<String, u32> = identifiers.iter().map(|text| (fold(text).into_owned(), 0)).collect();
        let count = |column: &TextColumn| {
            let mut counts = none.clone();
            for row in 0..column.len() {
                if let Some(count) = column.folded(row).and_then(|text| counts.get_mut(text)) {
                    *count += 1;
                }
            }
            counts
        };
        Self {
            usernames: count(&directory.users().username),
            emails: count(&directory.users().email),
            names: count(&directory.groups().name),
        }
    }

    /// How many users are meant as this one is: by an id one alone, else all of that username, or of that email.
    fn users(&self, directory: &Directory, user: UserIndex, identifier: &str) -> u32 {
        if directory.user_by_id(identifier) == Some(user) {
            return 1;
        }
        let folded = fold(identifier);
        let of = |counts: &BTreeMap<String, u32>| counts.get(&*folded).copied().filter(|count| *count > 0);
        of(&self.usernames).or_else(|| of(&self.emails)).unwrap_or(1)
    }

    fn groups(&self, directory: &Directory, group: GroupIndex, identifier: &str) -> u32 {
        if directory.group_by_id(identifier) == Some(group) {
            return 1;
        }
        self.names.get(&*fold(identifier)).copied().unwrap_or(1)
    }
}
