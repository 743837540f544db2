//! The users that match, a window at a time, with the reason for each row and what else could be asked.

use membership::directory::Directory;
use membership::entity::{Entity, GroupIndex, Standing, UserIndex};
use membership::order;
use membership::path::PathFinder;
use membership::query::{self, OrderTerm};
use membership::set::Set;
use protocol::{Facet, FacetKind, HttpRequest, Problem, UserRow, UsersPage, UsersQuestion};

use super::names::{group_name, user_facts, user_row};
use super::paths::why;
use super::{Desk, find_group, query_problem};

/// The most rows of one window.
const WINDOW: u32 = 1_000;
/// Windows that begin before this row are cut from the order as they are asked for; for later ones all rows are laid out
/// once, so that scrolling anywhere costs the window.
const NEAR: u32 = 2_000;
/// What the vendor is asked for where no order is: [`order::by_name`].
pub const ORDER: &str = "lastName,firstName";

/// The answer to a question without its window, kept for the windows that follow.
pub struct Listing {
    of: UsersQuestion,
    set: Set,
    order: Vec<OrderTerm>,
    rows: Option<Vec<u32>>,
    before: u32,
    marks: Vec<String>,
    group: Option<GroupIndex>,
    explained: Option<GroupIndex>,
    facets: Vec<Facet>,
}

/// So many texts of a search are kept at the most, each with a bit a user.
const MOST_TYPED: usize = 16;

/// Whom a search found as it was typed, each with the text until then: who types on is answered from those, and who takes
/// a letter back from the ones before.
#[derive(Default)]
pub struct Typed(Vec<(String, Set)>);

impl Typed {
    /// The users that a text is found in. Cost: that of [`Directory::find_users_within`], of the users whom the text before found
    /// if this one says more; none where it was asked before and typed on from.
    fn find(&mut self, directory: &Directory, text: &str) -> Set {
        while self.0.last().is_some_and(|(before, _)| !text.contains(before)) {
            self.0.pop();
        }
        let found = match self.0.last() {
            Some((before, found)) if before == text => return found.clone(),
            Some((_, found)) => directory.find_users_within(text, found),
            None => directory.find_users(text),
        };
        if self.0.len() == MOST_TYPED {
            self.0.remove(0);
        }
        self.0.push((text.to_owned(), found.clone()));
        found
    }
}

/// The users of each condition that is offered.
pub struct Facets(Vec<(FacetKind, &'static str, Set)>);

impl Facets {
    /// Cost: O(users).
    fn new(directory: &Directory) -> Self {
        let select = |wanted: &dyn Fn(UserIndex) -> bool| {
            let mut set = Set::new(directory.user_count());
            for user in directory.all_users().filter(|user| wanted(*user)) {
                set.insert(user.row());
            }
            set
        };
        let standing =
            |standing: Standing| select(&|user| directory.users().status.get(user.row()).standing() == standing);
        Self(vec![
            (FacetKind::Active, "status = active", standing(Standing::Active)),
            (
                FacetKind::Suspended,
                "status = suspended",
                standing(Standing::Suspended),
            ),
            (FacetKind::Locked, "status = locked", standing(Standing::Locked)),
            (
                FacetKind::Administrators,
                "isAdministrator = true",
                directory.administrators().clone(),
            ),
            (
                FacetKind::InNoGroup,
                "groupCount = 0",
                select(&|user| directory.direct_group_count(user) == 0),
            ),
        ])
    }

    /// How many of a set each condition would leave. Cost: O(users / 64) each.
    fn count(&self, set: &Set) -> Vec<Facet> {
        let count = |(kind, zenql, members): &(FacetKind, &'static str, Set)| Facet {
            kind: *kind,
            zenql: (*zenql).to_owned(),
            count: members.count_common(set),
        };
        self.0.iter().map(count).collect()
    }
}

/// Whom a question is about, beside its group; all of it may be what is typed.
struct Asked {
    /// Nobody else.
    among: Option<Set>,
    order: Vec<OrderTerm>,
    marks: Vec<String>,
    explained: Option<GroupIndex>,
}

impl Asked {
    /// Everybody, by name.
    fn everybody() -> Self {
        Self {
            among: None,
            order: order::by_name(),
            marks: Vec::new(),
            explained: None,
        }
    }

    /// Reads the query, the search and the order of a question.
    fn read(directory: &Directory, typed: &mut Typed, of: &UsersQuestion, now: i64) -> Result<Self, Problem> {
        let query = query::parse_users(&of.zenql).map_err(|error| query_problem("zenQL", &error))?;
        let mut among = match query.expr {
            Some(_) => Some(
                directory
                    .select_users(&query, now)
                    .map_err(|error| query_problem("zenQL", &error))?,
            ),
            None => None,
        };
        if !of.q.trim().is_empty() {
            let found = match &among {
                Some(among) => directory.find_users_within(of.q.trim(), among),
                None => typed.find(directory, of.q.trim()),
            };
            among = Some(found);
        }
        let mut marks: Vec<String> = query.searched().into_iter().map(str::to_owned).collect();
        marks.extend(of.q.split_whitespace().map(str::to_owned));
        Ok(Self {
            among,
            marks,
            explained: query.only_group().and_then(|group| directory.find_group(group)),
            order: match (of.order.is_empty(), query.order.is_empty()) {
                (false, _) => query::parse_order_users(&of.order).map_err(|error| query_problem("order", &error))?,
                (true, false) => query.order,
                (true, true) => order::by_name(),
            },
        })
    }
}

impl Desk {
    /// Answers a question about all users, or all of a group, by name, and one for more of what was asked last.
    pub(super) fn all_users(&mut self, question: &UsersQuestion) -> Option<Result<UsersPage, Problem>> {
        let of = without_window(question);
        let is_plain = of.zenql.trim().is_empty() && of.q.trim().is_empty() && of.order.is_empty();
        if !self.is_listed(&of) {
            if !is_plain {
                return None;
            }
            if let Err(problem) = self.list(of, Asked::everybody()) {
                return Some(Err(problem));
            }
        }
        Some(Ok(self.window(question)))
    }

    /// Answers any question about users.
    pub(super) fn users(&mut self, question: &UsersQuestion, now: i64) -> Result<UsersPage, Problem> {
        let of = without_window(question);
        if !self.is_listed(&of) {
            let asked = Asked::read(&self.directory, &mut self.typed, &of, now)?;
            self.list(of, asked)?;
        }
        Ok(self.window(question))
    }

    /// Makes a part of the order of which the first rows were asked for, so that those which follow will be there at once; tells
    /// whether there is more to make.
    pub fn finish_order(&self) -> bool {
        self.directory.finish_order()
    }

    fn is_listed(&self, of: &UsersQuestion) -> bool {
        self.listing.as_ref().is_some_and(|listing| listing.of == *of)
    }

    fn list(&mut self, of: UsersQuestion, asked: Asked) -> Result<(), Problem> {
        let facets = self.facets.get_or_insert_with(|| Facets::new(&self.directory));
        self.listing = Some(list(&self.directory, facets, of, asked)?);
        Ok(())
    }

    fn window(&mut self, question: &UsersQuestion) -> UsersPage {
        let page = self
            .listing
            .as_mut()
            .map(|listing| window(&self.directory, listing, question));
        page.unwrap_or_default()
    }
}

fn without_window(question: &UsersQuestion) -> UsersQuestion {
    UsersQuestion {
        offset: 0,
        limit: 0,
        ..question.clone()
    }
}

fn list(directory: &Directory, facets: &Facets, of: UsersQuestion, asked: Asked) -> Result<Listing, Problem> {
    let (group, mut set) = scope(directory, &of)?;
    let before = set.count();
    if let Some(among) = &asked.among {
        set.intersect_with(among);
    }
    Ok(Listing {
        order: asked.order,
        rows: None,
        before,
        marks: asked.marks,
        explained: asked.explained,
        facets: facets.count(&set),
        group,
        set,
        of,
    })
}

/// All rows that answer a question, in their order, whatever its window. Cost: O(users) beside that of the question.
pub fn all_rows(directory: &Directory, of: &UsersQuestion, now: i64) -> Result<Vec<u32>, Problem> {
    listed(directory, of, now).map(|(rows, _)| rows)
}

/// All rows as [`all_rows`] gives them, and the group that the list explains: the one whose members they are, or that
/// alone the query asks for. Cost: that of [`all_rows`].
pub fn listed(directory: &Directory, of: &UsersQuestion, now: i64) -> Result<(Vec<u32>, Option<GroupIndex>), Problem> {
    let (asked, group, set) = matching(directory, of, now)?;
    let rows = order::rows(&directory.user_permutation(&asked.order), &set);
    Ok((rows, group.or(asked.explained)))
}

/// How many users answer a question, whatever its window.
pub fn count(directory: &Directory, of: &UsersQuestion, now: i64) -> Result<u32, Problem> {
    matching(directory, of, now).map(|(.., set)| set.count())
}

/// What is asked, of which group, and who answers it.
fn matching(directory: &Directory, of: &UsersQuestion, now: i64) -> Result<(Asked, Option<GroupIndex>, Set), Problem> {
    let asked = Asked::read(directory, &mut Typed::default(), of, now)?;
    let (group, mut set) = scope(directory, of)?;
    if let Some(among) = &asked.among {
        set.intersect_with(among);
    }
    Ok((asked, group, set))
}

/// The group of a question, and everybody whom it is about before the query.
fn scope(directory: &Directory, of: &UsersQuestion) -> Result<(Option<GroupIndex>, Set), Problem> {
    let group = of.group.as_deref();
    let group = group.map(|group| find_group(directory, group)).transpose()?;
    let excluded = excluded(directory, &of.excluded_groups)?;
    Ok((group, directory.members(group, of.include_inherited, &excluded)))
}

fn excluded(directory: &Directory, groups: &[String]) -> Result<Vec<GroupIndex>, Problem> {
    groups.iter().map(|group| find_group(directory, group)).collect()
}

fn window(directory: &Directory, listing: &mut Listing, question: &UsersQuestion) -> UsersPage {
    let limit = question.limit.min(WINDOW);
    let (order, set) = (&listing.order, &listing.set);
    let shown: Vec<u32> = if question.offset < NEAR {
        directory.window(Entity::User, order, set, question.offset, limit)
    } else {
        let all = || order::rows(&directory.user_permutation(order), set);
        let rows = listing.rows.get_or_insert_with(all);
        let rows = rows.iter().skip(question.offset as usize);
        rows.take(limit as usize).copied().collect()
    };
    let group = listing.group.or(listing.explained);
    let finder = group.map(|group| PathFinder::new(directory, group));
    let row = |row: u32| {
        let user = UserIndex::new(row);
        let listed = user_row(directory, user);
        UserRow {
            is_manager: listing
                .group
                .map_or(listed.is_manager, |group| directory.is_manager(user, group)),
            why: finder.as_ref().and_then(|finder| why(directory, finder, user)),
            facts: user_facts(directory, user),
            ..listed
        }
    };
    UsersPage {
        offset: question.offset,
        total: listing.set.count(),
        goes_on: false,
        of: Some(listing.before),
        rows: shown.into_iter().map(row).collect(),
        marks: listing.marks.clone(),
        explained: listing.explained.map(|group| group_name(directory, group)),
        facets: listing.facets.clone(),
        request: HttpRequest::default(),
    }
}
