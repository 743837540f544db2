//! Users and members, a window at a time, in the vendor's own order where it takes no other.

use membership::entity::Standing;
use membership::query;
use protocol::{Entity, Need, Problem, UserFacts, UserRow, UserStatus, UsersPage, UsersQuestion, Why};
use provider::error::ProviderError;
use provider::inquiry::{Choice, Question, User};

use super::Live;
use super::lists::{UNREAD, is_answerable, unknown};
use super::server::problem;
use crate::desk::query_problem;

/// The most rows of one window.
const WINDOW: u32 = 1_000;

impl Live {
    pub(super) async fn users(&self, asked: &UsersQuestion) -> Result<UsersPage, Problem> {
        let system = self.server.system();
        let query = query::parse_users(&asked.zenql).map_err(|error| query_problem("zenQL", &error))?;
        query::parse_order_users(&asked.order).map_err(|error| query_problem("order", &error))?;
        let choice = Choice {
            order: match asked.order.is_empty() && query.order.is_empty() {
                true => self.by_name().order,
                false => asked.order.clone(),
            },
            q: asked.q.trim().to_owned(),
            zenql: asked.zenql.trim().to_owned(),
            ids: Vec::new(),
        };
        let is_all = choice.q.is_empty() && choice.zenql.is_empty();
        if asked.group.is_none() && !asked.excluded_groups.is_empty() {
            return Err(Problem::NeedsWhole(Need::Exclude));
        }
        let lists = match &asked.group {
            Some(group) => vec![Question::Members {
                group: group.clone(),
                include_inherited: asked.include_inherited && system.nests(),
                excluded_groups: asked.excluded_groups.clone(),
                choice,
            }],
            None => self.of_users(&choice),
        };
        for list in &lists {
            is_answerable(list, system)?;
        }
        let window = self.users_of(&lists, asked.offset, asked.limit.min(WINDOW)).await;
        let window = match (window, &asked.group) {
            (Err(ProviderError::Missing), Some(group)) => {
                return Err(self.missing(group, &asked.excluded_groups).await);
            }
            (window, _) => window.map_err(|error| problem(&error))?,
        };
        // That somebody is a direct member is known where no others were asked for.
        let is_direct = asked.group.is_some() && (!asked.include_inherited || !system.nests());
        let row = |user: &User| UserRow {
            why: is_direct.then(|| Why {
                direct: true,
                ..Why::default()
            }),
            facts: UserFacts {
                first_name: user.first_name.clone().unwrap_or_default(),
                last_name: user.last_name.clone().unwrap_or_default(),
                ..UserFacts::default()
            },
            ..user_row(user)
        };
        let mut marks: Vec<String> = query.searched().into_iter().map(str::to_owned).collect();
        marks.extend(asked.q.split_whitespace().map(str::to_owned));
        Ok(UsersPage {
            offset: asked.offset,
            total: window.total,
            goes_on: window.goes_on,
            of: (is_all && !window.goes_on).then_some(window.total),
            rows: window.rows.iter().map(row).collect(),
            marks,
            explained: None,
            facets: Vec::new(),
            request: window.request,
        })
    }

    /// Which of the groups that were asked about is not there.
    async fn missing(&self, group: &str, excluded: &[String]) -> Problem {
        for identifier in excluded {
            if let Err(problem) = self.find_group(identifier).await {
                return problem;
            }
        }
        unknown(Entity::Group, group)
    }
}

/// A user as lists show it, with what the vendor tells.
pub fn user_row(user: &User) -> UserRow {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    UserRow {
        id: user.id.clone(),
        name: match user.id.is_empty() {
            true => UNREAD.to_owned(),
            false => user.name(),
        },
        username: text(&user.username),
        email: text(&user.email),
        status: match user.standing {
            None | Some(Standing::Active) => UserStatus::Active,
            Some(Standing::Locked) => UserStatus::Locked,
            Some(Standing::Suspended) => UserStatus::Suspended,
        },
        last_login: user.last_login.map(|instant| instant as f64),
        is_manager: user.is_manager == Some(true),
        is_administrator: false,
        direct_groups: None,
        groups: None,
        why: None,
        facts: UserFacts::default(),
    }
}
