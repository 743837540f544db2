//! Windows of lists: which pages they lie on, and several lists of a vendor as the one that the console asks for.

use std::collections::BTreeMap;
use std::rc::Rc;

use membership::text::fold;
use protocol::{Entity, HttpRequest, Need, Problem};
use provider::error::ProviderError;
use provider::inquiry::{Choice, Group, LeftOut, Pages, Question, Rows, User};

use super::server::{Answer, problem};
use super::together::{Doing, all};
use super::{Live, PAGE};
use crate::desk::ORDER;

/// What stands in the place of a row of which nothing could be read.
pub const UNREAD: &str = "(could not be read)";

/// Some rows of a list.
#[derive(Debug, Default)]
pub struct Window<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many there are in all.
    pub total: u32,
    /// Whether there may be more than that: the vendor does not tell how many.
    pub goes_on: bool,
    /// The request that the first of the rows came with.
    pub request: HttpRequest,
}

/// A list's rows, as [`Live::part`] takes them from an answer.
type RowsOf<T> = fn(&Answer) -> &[T];

impl Live {
    /// The lists that make up all users that match: where a vendor keeps archived users apart, they come last.
    pub(super) fn of_users(&self, choice: &Choice) -> Vec<Question> {
        let list = |archived| Question::Users {
            choice: choice.clone(),
            archived,
        };
        match self.server.system().lists_archived_apart() {
            true => vec![list(false), list(true)],
            false => vec![list(false)],
        }
    }

    /// Everybody, by name where the vendor orders as it is told.
    pub(super) fn by_name(&self) -> Choice {
        let is_ordered = self.server.system().orders();
        Choice {
            order: if is_ordered { ORDER } else { "" }.to_owned(),
            ..Choice::default()
        }
    }

    /// A window of users; where their lists tell ids alone, with their names.
    pub(super) async fn users_of(
        &self,
        lists: &[Question],
        offset: u32,
        limit: u32,
    ) -> Result<Window<User>, ProviderError> {
        let window = self.window(lists, offset, limit, Answer::users).await?;
        let rows = match self.server.system().tells_names() {
            true => window.rows,
            false => self.named_users(window.rows).await?,
        };
        Ok(Window { rows, ..window })
    }

    /// A window of groups. Where the vendor does not tell how many there are, all of them are asked for.
    pub(super) async fn groups_of(
        &self,
        list: Question,
        offset: u32,
        limit: u32,
    ) -> Result<Window<Group>, ProviderError> {
        let lists = [list];
        let mut window = self.window(&lists, offset, limit, Answer::groups).await?;
        let [list] = lists;
        if window.goes_on {
            let answer = self.server.ask(list, Pages::All).await?;
            window.total = answer.came;
            window.goes_on = false;
            window.rows = cut(answer.groups(), offset, offset.saturating_add(limit)).to_vec();
        }
        if !self.server.system().has_pages() {
            // All of them came, in no order of use.
            window.rows = sorted(window.rows);
        }
        Ok(window)
    }

    /// A window of several lists, one behind the other.
    async fn window<T: Clone + 'static>(
        &self,
        lists: &[Question],
        offset: u32,
        limit: u32,
        rows_of: RowsOf<T>,
    ) -> Result<Window<T>, ProviderError> {
        let mut window = Window {
            rows: Vec::new(),
            total: 0,
            goes_on: false,
            request: HttpRequest::default(),
        };
        let end = offset.saturating_add(limit);
        for list in lists {
            let before = window.total;
            // Where in this list the window begins, and where it ends.
            let (from, to) = (offset.saturating_sub(before), end.saturating_sub(before));
            let part = self.part(list, from, to, rows_of).await?;
            if window.request.url.is_empty() || (window.rows.is_empty() && !part.rows.is_empty()) {
                window.request = part.request;
            }
            window.rows.extend(part.rows);
            window.total = before.saturating_add(part.total);
            window.goes_on = part.goes_on;
            if part.goes_on {
                break;
            }
        }
        Ok(window)
    }

    /// A window of one list. Which pages there are is known once one of them came.
    async fn part<T: Clone + 'static>(
        &self,
        list: &Question,
        from: u32,
        to: u32,
        rows_of: RowsOf<T>,
    ) -> Result<Window<T>, ProviderError> {
        let size = self.learn_size(list, from).await?;
        let index = from / size;
        let first = self.page(list, index).await?;
        let Some(total) = first.total else {
            return self.uncounted(list, from, to, rows_of).await;
        };
        let request = first.request.clone();
        let to = to.min(total);
        let mut pages = vec![first];
        let mut before = 0;
        if self.has_pages(list) {
            let rest: Vec<Doing<'_, _>> = (index + 1..to.div_ceil(size))
                .map(|index| -> Doing<'_, _> { Box::pin(self.page(list, index)) })
                .collect();
            for page in all(rest).await {
                pages.push(page?);
            }
            before = index * size;
        }
        let rows: Vec<T> = pages.iter().flat_map(|page| rows_of(page)).cloned().collect();
        Ok(Window {
            rows: cut(&rows, from.saturating_sub(before), to.saturating_sub(before)).to_vec(),
            total,
            goes_on: false,
            request,
        })
    }

    /// The same of a list of which nobody tells how many rows it has: its pages are asked for one behind the other, until
    /// there is a row behind the window, or the list ends.
    async fn uncounted<T: Clone + 'static>(
        &self,
        list: &Question,
        from: u32,
        to: u32,
        rows_of: RowsOf<T>,
    ) -> Result<Window<T>, ProviderError> {
        let size = self.size.get();
        let first = from / size;
        let mut index = first;
        let mut page = self.page(list, index).await?;
        let request = page.request.clone();
        let mut rows = rows_of(&page).to_vec();
        let mut end = index.saturating_mul(size).saturating_add(page.came);
        while page.came == size && end <= to {
            index += 1;
            page = self.page(list, index).await?;
            rows.extend_from_slice(rows_of(&page));
            end += page.came;
        }
        let goes_on = page.came == size;
        let known = self.server.known(list, size);
        Ok(Window {
            rows: cut(&rows, from - first * size, to.min(end).saturating_sub(first * size)).to_vec(),
            // Behind the end of a list is an empty page, which does not tell where the end is.
            total: if goes_on || page.came == 0 { end.max(known) } else { end },
            goes_on,
            request,
        })
    }

    /// How many rows a page has: a server may give less at once than it was asked for, or more, and the first full page tells.
    async fn learn_size(&self, list: &Question, from: u32) -> Result<u32, ProviderError> {
        let size = self.size.get();
        if !self.has_pages(list) {
            return Ok(size);
        }
        let index = from / size;
        let answer = self.page(list, index).await?;
        if answer.came > size {
            // It knows no pages, and gives all of it each time.
            self.size.set(answer.came);
            return Ok(answer.came);
        }
        let expected = match answer.total {
            Some(total) => total.saturating_sub(index.saturating_mul(size)).min(size),
            None => size,
        };
        if answer.came >= expected {
            return Ok(size);
        }
        let first = self.page(list, 0).await?;
        let is_all = match first.total {
            Some(total) => first.came >= size.min(total),
            None => first.came == size || first.came == 0 || self.ends_with(list, first.came).await?,
        };
        match (is_all, answer.total) {
            // Fewer are what is left of the list.
            (true, None) => Ok(size),
            (false, _) if first.came > 0 => {
                self.size.set(first.came);
                Ok(first.came)
            }
            _ => {
                let what = format!("page {index} has {} items where {expected} are announced", answer.came);
                Err(ProviderError::Unreadable { what })
            }
        }
    }

    /// Whether a list ends with its first page, of so many rows.
    async fn ends_with(&self, list: &Question, size: u32) -> Result<bool, ProviderError> {
        match self.server.ask(list.clone(), Pages::One { index: 1, size }).await {
            Ok(next) => Ok(next.came == 0),
            Err(ProviderError::Missing) => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// A page of a list. One behind the end, which a vendor may say is not there, has no rows.
    async fn page(&self, list: &Question, index: u32) -> Result<Rc<Answer>, ProviderError> {
        let size = self.size.get();
        let page = |index| {
            let pages = match self.has_pages(list) {
                true => Pages::One { index, size },
                false => Pages::All,
            };
            self.server.ask(list.clone(), pages)
        };
        match page(index).await {
            Err(ProviderError::Missing) if index > 0 => {
                // Of a list that is not there itself, the first page is missing as well.
                let first = page(0).await?;
                Ok(Rc::new(Answer {
                    rows: Rows::Users(Vec::new()),
                    came: 0,
                    ..(*first).clone()
                }))
            }
            answer => answer,
        }
    }

    fn has_pages(&self, list: &Question) -> bool {
        self.server.system().has_pages() || matches!(list, Question::Users { .. })
    }

    /// All groups of a list, by name; where it tells ids alone, with their names.
    pub(super) async fn all_groups(&self, list: Question) -> Result<(Vec<Group>, HttpRequest), ProviderError> {
        let answer = self.server.ask(list, Pages::All).await?;
        let groups = answer.groups().to_vec();
        let groups = match self.server.system().tells_names() {
            true => groups,
            false => self.named_groups(groups).await?,
        };
        Ok((sorted(groups), answer.request.clone()))
    }

    /// The same users with their names, where they are known by name at all.
    pub(super) async fn named_users(&self, users: Vec<User>) -> Result<Vec<User>, ProviderError> {
        let unnamed = |user: &&User| user.standing.is_none() && !user.id.is_empty();
        let mut known: Vec<User> = Vec::new();
        for ids in ids(users.iter().filter(unnamed).map(|user| &user.id)) {
            for list in self.of_users(&of_ids(ids)) {
                known.extend_from_slice(self.page(&list, 0).await?.users());
            }
        }
        let named = users.into_iter().map(|user| {
            let found = known.iter().find(|known| known.id == user.id);
            found.cloned().unwrap_or(user)
        });
        Ok(named.collect())
    }

    async fn named_groups(&self, groups: Vec<Group>) -> Result<Vec<Group>, ProviderError> {
        let mut known: Vec<Group> = Vec::new();
        for ids in ids(groups.iter().map(|group| &group.id).filter(|id| !id.is_empty())) {
            let list = Question::Groups(of_ids(ids));
            known.extend_from_slice(self.page(&list, 0).await?.groups());
        }
        let named = groups.into_iter().map(|group| {
            let found = known.iter().find(|known| known.id == group.id);
            found.cloned().unwrap_or(group)
        });
        Ok(named.collect())
    }

    /// One user by an identifier: where the endpoint takes ids alone, a username or an email is searched for.
    pub(super) async fn find_user(&self, identifier: &str) -> Result<User, Problem> {
        let system = self.server.system();
        match self.server.ask(Question::User(identifier.to_owned()), Pages::All).await {
            Ok(answer) => {
                if let [user] = answer.users() {
                    return Ok(user.clone());
                }
            }
            Err(error) if is_not_there(&error) => {}
            Err(error) => return Err(problem(&error)),
        }
        if !system.takes_names() {
            let found = self.search_users(identifier, PAGE).await?;
            let wanted = fold(identifier);
            let is_it = |text: &Option<String>| text.as_deref().is_some_and(|text| fold(text) == wanted);
            let user = found.rows.iter().find(|user| is_it(&user.username));
            if let Some(user) = user.or_else(|| found.rows.iter().find(|user| is_it(&user.email))) {
                return Box::pin(self.find_user(&user.id)).await;
            }
        }
        Err(unknown(Entity::User, identifier))
    }

    /// One group by an identifier: where the endpoint takes ids alone, a name is searched for.
    pub(super) async fn find_group(&self, identifier: &str) -> Result<Group, Problem> {
        let system = self.server.system();
        match self
            .server
            .ask(Question::Group(identifier.to_owned()), Pages::All)
            .await
        {
            Ok(answer) => {
                if let [group] = answer.groups() {
                    return Ok(group.clone());
                }
            }
            Err(error) if is_not_there(&error) => {}
            Err(error) => return Err(problem(&error)),
        }
        if !system.takes_names() {
            let found = self.search_groups(identifier, 0, PAGE).await?;
            let wanted = fold(identifier);
            let is_it = |group: &&Group| group.name.as_deref().is_some_and(|name| fold(name) == wanted);
            if let Some(group) = found.rows.iter().find(is_it) {
                return Ok(group.clone());
            }
        }
        Err(unknown(Entity::Group, identifier))
    }

    /// The first users of whom the vendor's search finds a text.
    pub(super) async fn search_users(&self, text: &str, limit: u32) -> Result<Window<User>, Problem> {
        let lists = self.of_users(&searching(text));
        for list in &lists {
            is_answerable(list, self.server.system())?;
        }
        let found = self.users_of(&lists, 0, limit).await;
        found.map_err(|error| problem(&error))
    }

    /// A window of the groups that have a text in their names; where the vendor cannot search them, all of them came anyway.
    pub(super) async fn search_groups(&self, text: &str, offset: u32, limit: u32) -> Result<Window<Group>, Problem> {
        let system = self.server.system();
        let told = |error: ProviderError| problem(&error);
        if system.has_pages() {
            let list = Question::Groups(searching(text));
            return self.groups_of(list, offset, limit).await.map_err(told);
        }
        let all = self.groups_of(Question::Groups(Choice::default()), 0, u32::MAX).await;
        let mut window = all.map_err(told)?;
        let wanted = fold(text.trim());
        window.rows.retain(|group| fold(name_of(group)).contains(&*wanted));
        window.total = window.rows.len() as u32;
        window.rows = cut(&window.rows, offset, offset.saturating_add(limit)).to_vec();
        Ok(window)
    }
}

/// What the endpoint cannot be asked needs the whole directory; that nothing nests is no loss.
pub fn is_answerable(question: &Question, system: provider::connection::System) -> Result<(), Problem> {
    let (_, left_out) = question.clone().for_system(system);
    for part in left_out {
        return Err(Problem::NeedsWhole(match part {
            LeftOut::Nesting => continue,
            LeftOut::Exclusion => Need::Exclude,
            LeftOut::Query | LeftOut::OwnQuery | LeftOut::Search => Need::Query,
            LeftOut::Order => Need::Order,
            LeftOut::Ids | LeftOut::Managers => Need::Other,
        }));
    }
    Ok(())
}

/// Whether an error says that nothing has an identifier; one that is no id may be refused as such.
pub fn is_not_there(error: &ProviderError) -> bool {
    matches!(error, ProviderError::Missing | ProviderError::Refused { .. })
}

pub fn unknown(entity: Entity, identifier: &str) -> Problem {
    let identifier = identifier.to_owned();
    Problem::Unknown { entity, identifier }
}

/// What a group is called: its name, or its id.
pub fn name_of(group: &Group) -> &str {
    let name = group.name.as_deref().filter(|name| !name.trim().is_empty());
    let id = if group.id.is_empty() { UNREAD } else { &group.id };
    name.unwrap_or(id)
}

fn searching(text: &str) -> Choice {
    Choice {
        q: text.trim().to_owned(),
        ..Choice::default()
    }
}

fn of_ids(ids: Vec<String>) -> Choice {
    Choice {
        ids,
        ..Choice::default()
    }
}

/// Ids in portions that an address has room for.
fn ids<'a>(all: impl Iterator<Item = &'a String>) -> Vec<Vec<String>> {
    const PORTION: usize = 50;
    let all: Vec<String> = all.cloned().collect();
    all.chunks(PORTION).map(<[String]>::to_vec).collect()
}

/// The rows from a place to another, as far as there are any.
fn cut<T>(rows: &[T], from: u32, to: u32) -> &[T] {
    let to = rows.len().min(to as usize);
    rows.get(from as usize..to).unwrap_or_default()
}

/// By name without case, then by id: texts make no key of 64 bits, so a map puts them in order. Cost: O(g log g).
fn sorted(groups: Vec<Group>) -> Vec<Group> {
    let mut by_name = BTreeMap::new();
    for group in groups {
        by_name.insert((fold(name_of(&group)).into_owned(), group.id.clone()), group);
    }
    by_name.into_values().collect()
}
