//! Holds an answer against the vendor's own: what the vendor is to be asked, and what of its rows is kept.

mod comparison;

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::query;
use membership::set::Set;
use protocol::{CheckQuestion, EntityName, LeftOut, Problem, Subject, UsersQuestion};
use provider::connection::System;
use provider::inquiry::{self, Batch, Choice, Question, Rows, User};

use super::users::{ORDER, all_rows};
use super::{Desk, find_group};

/// How many differing rows are told.
const TOLD: usize = 200;
/// Stands for a row of the vendor's that the directory does not have.
const STRANGER: u32 = u32::MAX;

/// A comparison under way. Of the vendor's rows it keeps four bytes each.
pub struct Comparing {
    questions: Vec<Question>,
    left_out: Vec<LeftOut>,
    here: Here,
    is_ordered: bool,
    /// Which question, which page of its answer, and the rows of the directory that are on it.
    pages: Vec<(usize, u32, Vec<u32>)>,
    /// The first of the rows that the directory does not have, and how many there are.
    strangers: Vec<EntityName>,
    stranger_count: u32,
    /// Who manages the group, where the vendor tells.
    managers: Option<Set>,
}

/// Our answer.
enum Here {
    Users {
        rows: Vec<u32>,
        group: Option<GroupIndex>,
    },
    Groups {
        rows: Vec<u32>,
    },
    Check {
        user: UserIndex,
        groups: Vec<(String, Option<GroupIndex>)>,
    },
}

impl Desk {
    /// Prepares to hold the answer to a question against that of a vendor. What the vendor cannot be asked is left out of
    /// ours, too. `now` is in milliseconds since 1970, in UTC. Cost: that of the question, and O(users).
    ///
    /// # Errors
    /// Says what is wrong with the question.
    pub fn comparing(&self, subject: &Subject, system: System, now: i64) -> Result<Comparing, Problem> {
        match subject {
            Subject::Users(of) => self.comparing_users(of, system, now),
            Subject::User(of) => self.comparing_groups(self.find_user(&of.user)?, system),
            Subject::Check(of) => self.comparing_check(of, system),
        }
    }

    fn comparing_users(&self, of: &UsersQuestion, system: System, now: i64) -> Result<Comparing, Problem> {
        let directory = &self.directory;
        let group = of.group.as_deref();
        let group = group.map(|group| find_group(directory, group)).transpose()?;
        let mut left_out = Vec::new();
        let choice = self.choice(of, system, group.is_some(), &mut left_out);
        let asked = match group {
            Some(group) => Question::Members {
                group: directory.group_id(group).to_owned(),
                include_inherited: of.include_inherited,
                excluded_groups: self.ids(&of.excluded_groups)?,
                choice,
            },
            None => Question::Users {
                choice,
                archived: false,
            },
        };
        if group.is_none() && !of.excluded_groups.is_empty() {
            left_out.push(LeftOut::Exclusion);
        }
        let (question, reduced) = asked.for_system(system);
        left_out.extend(reduced.into_iter().filter_map(told));
        let local = local(&question, group.map(|group| directory.group_id(group)));
        // Whoever leaves the order to the vendor, for the query says it, has none once the query is left out.
        let has_order =
            !(left_out.contains(&LeftOut::Order) || left_out.contains(&LeftOut::OwnQuery) && local.order.is_empty());
        let is_by_name = local.order == ORDER;
        let local = UsersQuestion {
            order: if is_by_name { String::new() } else { local.order.clone() },
            ..local
        };
        let here = Here::Users {
            rows: all_rows(directory, &local, now)?,
            group,
        };
        let is_ordered = system.orders() && has_order;
        let mut questions = vec![question];
        if let (true, Some(Question::Users { choice, .. })) = (system.lists_archived_apart(), questions.first()) {
            let choice = choice.clone();
            questions.push(Question::Users { choice, archived: true });
        }
        Ok(Comparing::new(questions, left_out, here, is_ordered))
    }

    /// Which rows, and in which order, as the vendor is asked.
    fn choice(&self, of: &UsersQuestion, system: System, is_of_group: bool, left_out: &mut Vec<LeftOut>) -> Choice {
        let orders_itself = query::parse_users(&of.zenql).is_ok_and(|query| !query.order.is_empty());
        let order = match (of.order.as_str(), orders_itself) {
            ("", true) => "",
            ("", false) if system.orders() => ORDER,
            (order, _) => order,
        };
        // Who is found in the whole name need not be found in a part of it; a list of members drops every search anyway.
        let finds = system.searches_parts() || is_of_group;
        let q = of.q.trim();
        if !finds && !q.is_empty() {
            left_out.push(LeftOut::Search);
        }
        Choice {
            order: order.to_owned(),
            q: if finds { q } else { "" }.to_owned(),
            zenql: of.zenql.clone(),
            ids: Vec::new(),
        }
    }

    fn ids(&self, groups: &[String]) -> Result<Vec<String>, Problem> {
        let id = |group: &String| {
            let group = find_group(&self.directory, group)?;
            Ok(self.directory.group_id(group).to_owned())
        };
        groups.iter().map(id).collect()
    }

    fn comparing_groups(&self, user: UserIndex, system: System) -> Result<Comparing, Problem> {
        let directory = &self.directory;
        let asked = Question::GroupsOf {
            user: directory.user_id(user).to_owned(),
            include_inherited: true,
            order: String::new(),
        };
        let (question, reduced) = asked.for_system(system);
        let nests = !reduced.contains(&inquiry::LeftOut::Nesting);
        let mut set = Set::new(directory.group_count());
        for group in directory.groups_of(user, nests) {
            set.insert(group.row());
        }
        let rows = membership::order::rows(&directory.group_permutation(&[]), &set);
        let left_out = reduced.into_iter().filter_map(told).collect();
        let is_ordered = system.orders();
        Ok(Comparing::new(
            vec![question],
            left_out,
            Here::Groups { rows },
            is_ordered,
        ))
    }

    /// Who takes names is asked as the person wrote it; the others know ids alone.
    fn comparing_check(&self, of: &CheckQuestion, system: System) -> Result<Comparing, Problem> {
        let directory = &self.directory;
        let user = self.find_user(&of.user)?;
        let takes_names = system.takes_names();
        let found = self.items(&of.groups).into_iter().map(|asked| {
            let group = directory.find_group(&asked);
            (asked, group)
        });
        let groups: Vec<(String, Option<GroupIndex>)> = found.collect();
        let asked = |(asked, group): &(String, Option<GroupIndex>)| match group {
            Some(group) if !takes_names => directory.group_id(*group).to_owned(),
            _ => asked.clone(),
        };
        let question = Question::Check {
            user: if takes_names {
                of.user.clone()
            } else {
                directory.user_id(user).to_owned()
            },
            groups: groups.iter().map(asked).collect(),
        };
        Ok(Comparing::new(
            vec![question],
            Vec::new(),
            Here::Check { user, groups },
            false,
        ))
    }

    /// Takes a page of the answer to the question of this number. Cost: O(rows).
    pub fn take_page(&self, comparing: &mut Comparing, question: usize, batch: &Batch) {
        let directory = &self.directory;
        let rows = match &batch.rows {
            Rows::Users(users) => {
                let users = users.iter().map(|user| comparing.user(directory, user));
                users.collect()
            }
            Rows::Groups(groups) => {
                let groups = groups.iter().map(|group| match directory.group_by_id(&group.id) {
                    Some(group) => group.row(),
                    None => comparing.stranger(EntityName {
                        id: group.id.clone(),
                        name: group.name.clone().unwrap_or_else(|| group.id.clone()),
                        detail: String::new(),
                    }),
                });
                groups.collect()
            }
        };
        comparing.pages.push((question, batch.page, rows));
    }
}

impl Comparing {
    fn new(questions: Vec<Question>, left_out: Vec<LeftOut>, here: Here, is_ordered: bool) -> Self {
        Self {
            questions,
            left_out,
            here,
            is_ordered,
            pages: Vec::new(),
            strangers: Vec::new(),
            stranger_count: 0,
            managers: None,
        }
    }

    /// What the vendor is to be asked; each page of each answer goes to [`Desk::take_page`].
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// What the vendor cannot be asked, so that it is not compared.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    fn user(&mut self, directory: &Directory, user: &User) -> u32 {
        let Some(found) = directory.user_by_id(&user.id) else {
            return self.stranger(EntityName {
                id: user.id.clone(),
                name: user.name(),
                detail: user.username.clone().unwrap_or_default(),
            });
        };
        if let Some(is_manager) = user.is_manager {
            let managers = self.managers.get_or_insert_with(|| Set::new(directory.user_count()));
            if is_manager {
                managers.insert(found.row());
            }
        }
        found.row()
    }

    fn stranger(&mut self, name: EntityName) -> u32 {
        self.stranger_count += 1;
        if self.strangers.len() < TOLD {
            self.strangers.push(name);
        }
        STRANGER
    }
}

/// The question that our directory is to answer: what is left of it for the vendor.
fn local(question: &Question, group: Option<&str>) -> UsersQuestion {
    let (include_inherited, excluded_groups, choice) = match question {
        Question::Members {
            include_inherited,
            excluded_groups,
            choice,
            ..
        } => (*include_inherited, excluded_groups.clone(), choice.clone()),
        Question::Users { choice, .. } => (false, Vec::new(), choice.clone()),
        _ => Default::default(),
    };
    UsersQuestion {
        group: group.map(str::to_owned),
        include_inherited,
        excluded_groups,
        zenql: choice.zenql,
        q: choice.q,
        order: choice.order,
        ..UsersQuestion::default()
    }
}

fn told(left_out: inquiry::LeftOut) -> Option<LeftOut> {
    Some(match left_out {
        inquiry::LeftOut::Nesting => LeftOut::Nesting,
        inquiry::LeftOut::Exclusion => LeftOut::Exclusion,
        inquiry::LeftOut::Query => LeftOut::Query,
        inquiry::LeftOut::OwnQuery => LeftOut::OwnQuery,
        inquiry::LeftOut::Search => LeftOut::Search,
        inquiry::LeftOut::Order => LeftOut::Order,
        // Nobody asks for rows by their ids here, or for managers.
        inquiry::LeftOut::Ids | inquiry::LeftOut::Managers => return None,
    })
}
