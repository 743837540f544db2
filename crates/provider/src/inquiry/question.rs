//! Questions as the console asks them, and what of each a vendor's endpoint can be asked.

use membership::query;

use crate::connection::System;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// The users that match.
    Users {
        /// Which of them, in which order.
        choice: Choice,
        /// Tulip's archived users, which are a list of their own, in place of the others.
        archived: bool,
    },
    /// The groups that match.
    Groups(Choice),
    /// The groups right below a group.
    Children {
        /// A group identifier.
        group: String,
        /// Which of them, in which order.
        choice: Choice,
    },
    /// One user, by an identifier.
    User(String),
    /// One group, by an identifier.
    Group(String),
    /// The users of a group.
    Members {
        /// A group identifier.
        group: String,
        /// With those of all groups below.
        include_inherited: bool,
        /// Nobody who is a member of these, by identifier.
        excluded_groups: Vec<String>,
        /// Which of them, in which order.
        choice: Choice,
    },
    /// The groups of a user.
    GroupsOf {
        /// A user identifier.
        user: String,
        /// With all groups above.
        include_inherited: bool,
        /// Field ids separated by commas, `-` before one for descending.
        order: String,
    },
    /// The groups that a user manages.
    ManagedBy(String),
    /// Is a user in any of some groups, directly or through nesting?
    Check {
        /// A user identifier.
        user: String,
        /// Group identifiers.
        groups: Vec<String>,
    },
}

/// Which rows of a list, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Field ids separated by commas, `-` before one for descending.
    pub order: String,
    /// Quick search.
    pub q: String,
    /// The query.
    pub zenql: String,
    /// No rows but those of these ids, if there are some: how Tulip names what its lists of members tell by id alone.
    pub ids: Vec<String>,
}

/// A part of a question that a vendor's endpoint cannot be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// Membership through nesting: the vendor's groups do not nest.
    Nesting,
    /// Groups whose members are to be left out.
    Exclusion,
    /// The query: the vendor knows no ZenQL.
    Query,
    /// The query, which speaks of what only the console knows.
    OwnQuery,
    /// Quick search.
    Search,
    /// Managers, of whom the vendor knows nothing.
    Managers,
    /// The order.
    Order,
    /// The ids.
    Ids,
}

impl Question {
    /// The question that a vendor's endpoint answers, and what of this one is not in it. Cost: that of parsing the query.
    #[must_use]
    pub fn for_system(mut self, system: System) -> (Self, Vec<LeftOut>) {
        let mut left_out = Vec::new();
        let nests = system.nests();
        match &mut self {
            Self::Users { choice, .. } => choice.reduce(system, true, &mut left_out),
            Self::Groups(choice) => choice.reduce(system, false, &mut left_out),
            Self::Children { choice, .. } => {
                if !nests {
                    left_out.push(LeftOut::Nesting);
                }
                choice.reduce(system, false, &mut left_out);
            }
            Self::ManagedBy(_) if system != System::Passbolt => left_out.push(LeftOut::Managers),
            Self::Members {
                include_inherited,
                excluded_groups,
                choice,
                ..
            } => {
                if *include_inherited && !nests {
                    *include_inherited = false;
                    left_out.push(LeftOut::Nesting);
                }
                if !excluded_groups.is_empty() && !nests {
                    excluded_groups.clear();
                    left_out.push(LeftOut::Exclusion);
                }
                if !nests {
                    drop(&mut choice.q, LeftOut::Search, &mut left_out);
                }
                choice.reduce(system, true, &mut left_out);
            }
            Self::GroupsOf {
                include_inherited,
                order,
                ..
            } => {
                if *include_inherited && !nests {
                    *include_inherited = false;
                    left_out.push(LeftOut::Nesting);
                }
                reduce_order(order, system, false, &mut left_out);
            }
            Self::User(_) | Self::Group(_) | Self::ManagedBy(_) | Self::Check { .. } => {}
        }
        (self, left_out)
    }
}

impl Choice {
    fn reduce(&mut self, system: System, of_users: bool, left_out: &mut Vec<LeftOut>) {
        let parsed = if of_users {
            query::parse_users(&self.zenql)
        } else {
            query::parse_groups(&self.zenql)
        };
        if !system.orders() {
            drop(&mut self.zenql, LeftOut::Query, left_out);
        } else if parsed.is_ok_and(|query| query.is_own()) {
            drop(&mut self.zenql, LeftOut::OwnQuery, left_out);
        }
        reduce_order(&mut self.order, system, of_users, left_out);
        let finds = match system {
            System::Contensis | System::Tulip => true,
            // It looks for 1 to 64 characters, among users alone.
            System::Passbolt => of_users && self.q.chars().count() <= 64,
        };
        if !finds {
            drop(&mut self.q, LeftOut::Search, left_out);
        }
        if !self.ids.is_empty() && system != System::Tulip {
            self.ids.clear();
            left_out.push(LeftOut::Ids);
        }
    }
}

/// Only Contensis orders as it is told, and by its own fields.
fn reduce_order(order: &mut String, system: System, of_users: bool, left_out: &mut Vec<LeftOut>) {
    let terms = if of_users {
        query::parse_order_users(order)
    } else {
        query::parse_order_groups(order)
    };
    let is_own = terms.is_ok_and(|terms| terms.iter().any(|term| term.field.is_own()));
    if !system.orders() || is_own {
        drop(order, LeftOut::Order, left_out);
    }
}

fn drop(text: &mut String, what: LeftOut, left_out: &mut Vec<LeftOut>) {
    if !text.trim().is_empty() {
        left_out.push(what);
    }
    text.clear();
}
