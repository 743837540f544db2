//! A vendor that is asked instead of being read: a desk that puts each question to its documented endpoints, a page at a time.
//!
//! It answers the questions of [`crate::desk`], with what its vendor tells and no more; what takes the whole directory is
//! [`Problem::NeedsWhole`]. A question that is overtaken is dropped, and what it has asked with it.

mod check;
mod complete;
mod group;
mod lists;
pub mod open;
pub mod server;
mod suggest;
mod together;
mod tree;
mod user;
mod users;

use std::cell::{Cell, RefCell};

use membership::directory::{Builder, Directory};
use protocol::{
    Asks, CheckQuestion, CompletionQuestion, Failure, FindQuestion, GroupQuestion, Kind, Need, Opened, Problem, Source,
    SuggestionQuestion, TreeQuestion, UserQuestion, UsersQuestion,
};
use provider::connection::{Connection, System};
use provider::error::ProviderError;
use provider::inquiry::{Choice, Question};

use server::{Server, Wire};
use together::Turns;
use tree::Tree;

use crate::vendor::failure;

/// Rows of a page that is asked for, unless the server gives less at once.
const PAGE: u32 = 100;

/// A vendor that is asked, with what is open in its tree of groups.
pub struct Live {
    server: Server,
    /// How many rows a page of this server has.
    size: Cell<u32>,
    tree: RefCell<Tree>,
    /// Questions about the tree change it, and wait for one another.
    of_tree: Turns,
    /// Nobody and nothing: completion knows fields and operators without them.
    nothing: Option<Directory>,
}

impl Live {
    /// Nothing is asked yet.
    #[must_use]
    pub fn new(connection: Connection, wire: Box<dyn Wire>) -> Self {
        Self {
            server: Server::new(connection, wire),
            size: Cell::new(PAGE),
            tree: RefCell::default(),
            of_tree: Turns::new(1),
            nothing: Builder::default().finish(&mut |_, _| {}).ok(),
        }
    }

    /// Asks how many users and groups there are, and tells what else can be asked.
    ///
    /// # Errors
    /// If the vendor does not tell.
    pub async fn open(&self, source: Source) -> Result<Opened, Failure> {
        let told = |error: ProviderError| failure(&error);
        let users = self.of_users(&self.by_name());
        let users = self.users_of(&users, 0, 0).await.map_err(told)?;
        let groups = self.groups_of(Question::Groups(Choice::default()), 0, 0).await;
        let groups = groups.map_err(told)?;
        let system = self.server.system();
        Ok(Opened {
            source,
            asks: Some(asks(system, !users.goes_on)),
            users: users.total,
            groups: groups.total,
            memberships: 0,
            nestings: 0,
            roots: 0,
            critical: 0,
            knows_managers: system.knows_managers(),
            unused: 0,
            incidents: 0,
            is_partial: false,
            bytes: 0,
            lines: 0,
            millis: 0.0,
            read_at: 0.0,
            is_kept: false,
            damage: None,
        })
    }

    /// Answers a question of a kind, from bytes to bytes.
    ///
    /// # Errors
    /// Says what is wrong with the question, what it takes, or what the vendor did instead.
    pub async fn answer(&self, kind: Kind, question: &[u8]) -> Result<Vec<u8>, Problem> {
        match kind {
            Kind::Users => {
                let question: UsersQuestion = read(question)?;
                Ok(protocol::to_bytes(&self.users(&question).await?))
            }
            Kind::Tree => {
                let question: TreeQuestion = read(question)?;
                let turn = self.of_tree.take().await;
                let page = self.tree(&question).await;
                drop(turn);
                Ok(protocol::to_bytes(&page?))
            }
            Kind::Group => {
                let question: GroupQuestion = read(question)?;
                Ok(protocol::to_bytes(&self.group(&question.group).await?))
            }
            Kind::User => {
                let question: UserQuestion = read(question)?;
                Ok(protocol::to_bytes(&self.user(&question.user).await?))
            }
            Kind::Check => {
                let question: CheckQuestion = read(question)?;
                Ok(protocol::to_bytes(&self.check(&question).await?))
            }
            Kind::Completion => {
                let question: CompletionQuestion = read(question)?;
                Ok(protocol::to_bytes(&self.complete(&question)))
            }
            Kind::Suggestion => {
                let question: SuggestionQuestion = read(question)?;
                Ok(protocol::to_bytes(&self.suggest(&question).await?))
            }
            Kind::Find => {
                let question: FindQuestion = read(question)?;
                Ok(protocol::to_bytes(&self.find(&question).await?))
            }
            Kind::Hierarchy => Err(Problem::NeedsWhole(Need::Hierarchy)),
            Kind::Paths => Err(Problem::NeedsWhole(Need::Paths)),
            _ => Err(Problem::NeedsWhole(Need::Other)),
        }
    }
}

fn read<Q: protocol::Question>(question: &[u8]) -> Result<Q, Problem> {
    protocol::from_bytes(question).map_err(|_| Problem::NotRead)
}

/// What a vendor answers; whether it tells how many users there are is seen.
fn asks(system: System, totals: bool) -> Asks {
    Asks {
        queries: system.orders(),
        orders: system.orders(),
        nesting: system.nests(),
        counts: system.counts_users(),
        logins: system.tells_logins(),
        totals,
    }
}
