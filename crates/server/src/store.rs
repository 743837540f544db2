//! The directory in a database: SQLite in a file, or PostgreSQL. Questions about membership are answered in SQL.

mod access;
mod change;
mod condition;
mod counts;
mod export;
mod fill;
mod identify;
mod list;
mod nesting;
mod order;
mod record;
mod revise;
mod search;
mod select;
mod sql;
pub mod stand_in;
mod zenql;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::str::FromStr;
use std::thread::available_parallelism;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::error::BoxDynError;
use sqlx::migrate::{Migration, MigrationSource, MigrationType, Migrator};
use sqlx::{AnyConnection, AnyPool, Connection as _};

pub(crate) use access::random;
pub use access::{Caller, Credential, System, TOKEN_SECONDS, is_same};
pub use condition::{Condition, Exact};
pub use list::{GroupList, Page, Scope, UserList};
pub use record::{Custom, Group, User};
pub use revise::{Known, Revision, Standing};
pub use select::Membership;
pub use sql::Dialect;

/// The changes of the tables, in order: number, name, statements for SQLite and for PostgreSQL.
const MIGRATIONS: [(i64, &str, &str, &str); 6] = [
    (
        1,
        "directory",
        include_str!("store/schema/sqlite/0001_directory.sql"),
        include_str!("store/schema/postgres/0001_directory.sql"),
    ),
    (
        2,
        "access",
        include_str!("store/schema/sqlite/0002_access.sql"),
        include_str!("store/schema/postgres/0002_access.sql"),
    ),
    (
        3,
        "orders",
        include_str!("store/schema/0003_orders.sql"),
        include_str!("store/schema/0003_orders.sql"),
    ),
    (
        4,
        "counts",
        include_str!("store/schema/0004_counts.sql"),
        include_str!("store/schema/0004_counts.sql"),
    ),
    (
        5,
        "lists",
        include_str!("store/schema/sqlite/0005_lists.sql"),
        include_str!("store/schema/postgres/0005_lists.sql"),
    ),
    (
        6,
        "totals",
        include_str!("store/schema/sqlite/0006_totals.sql"),
        include_str!("store/schema/postgres/0006_totals.sql"),
    ),
];

/// Reads at once in PostgreSQL; others wait their turn. Of its processors the one that writes gets as much as each of these.
const CONNECTIONS: u32 = 8;
/// Reads at once in SQLite, for each core: more would only take time from each other, and from the one that writes.
const CONNECTIONS_A_CORE: usize = 2;

/// How long a statement waits for its turn, and a writer for another process, such as one that imports a directory.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection that was unused for so long is tried before it is used.
const IDLE: Duration = Duration::from_secs(1);

/// The facts of one directory, in a database.
#[derive(Clone, Debug)]
pub struct Store {
    pool: AnyPool,
    /// One connection, which is the turn to write: whoever waits for it takes none from those who read.
    writer: AnyPool,
    dialect: Dialect,
}

/// Why the store does not do what it was asked.
#[derive(Debug)]
pub enum StoreError {
    /// The database refused, or cannot be reached.
    Database(sqlx::Error),
    /// The database cannot hold a text, such as one with a null byte; says which.
    Text(String),
    /// A query names what is not there.
    Query(QueryProblem),
}

/// A name in a query that nothing has: position and length in characters from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryProblem {
    /// Where it stands.
    pub position: u32,
    /// How long it is.
    pub length: u32,
    /// One line.
    pub message: String,
    /// What could stand there.
    pub expected: &'static str,
}

impl fmt::Display for StoreError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(out, "the database refused: {error}"),
            Self::Text(text) => write!(out, "the database cannot hold {text}"),
            Self::Query(problem) => out.write_str(&problem.message),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Database(sqlx::Error::Migrate(Box::new(error)))
    }
}

/// What the store answers.
pub type Answer<T> = Result<T, StoreError>;

impl Store {
    /// Opens the database of a URL, `sqlite:FILE` or `postgres://…`, and brings its tables up to date.
    ///
    /// # Errors
    /// If the database cannot be reached, or holds tables of a newer version.
    pub async fn open(url: &str) -> Answer<Self> {
        sqlx::any::install_default_drivers();
        let is_sqlite = url.starts_with("sqlite:");
        let dialect = if is_sqlite { Dialect::Sqlite } else { Dialect::Postgres };
        let options = AnyConnectOptions::from_str(url)?;
        let pool = |most| {
            AnyPoolOptions::new()
                .max_connections(most)
                .acquire_timeout(PATIENCE)
                .test_before_acquire(false)
                // A server may have gone away meanwhile; a file has not. What was just given back has been tried then.
                .before_acquire(move |connection, about| {
                    Box::pin(async move {
                        if !is_sqlite && about.idle_for >= IDLE {
                            connection.ping().await?;
                        }
                        Ok(true)
                    })
                })
                .after_connect(move |connection, _| Box::pin(async move { prepare(connection, dialect).await }))
                .connect_with(options.clone())
        };
        let writer = pool(1).await?;
        let migrator = Migrator::new(dialect).await?;
        if is_sqlite {
            // The migrator locks PostgreSQL by itself, and SQLite not at all: whoever starts beside us waits for us here.
            let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
            migrator.run_direct(&mut *transaction).await?;
            transaction.commit().await?;
        } else {
            migrator.run(&writer).await?;
        }
        let pool = match dialect {
            // A database in memory lives in its one connection.
            Dialect::Sqlite if url.contains(":memory:") => writer.clone(),
            Dialect::Sqlite => {
                let cores = available_parallelism().map_or(1, usize::from);
                pool((CONNECTIONS_A_CORE * cores) as u32).await?
            }
            Dialect::Postgres => pool(CONNECTIONS).await?,
        };
        Ok(Self { pool, writer, dialect })
    }

    /// Whether no user and no group is in it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn is_empty(&self) -> Answer<bool> {
        is_empty(&mut *self.pool.acquire().await?).await
    }

    /// Asks the database for nothing but an answer.
    ///
    /// # Errors
    /// If there is none.
    pub async fn check(&self) -> Answer<()> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Waits for the statements that run, and lets the database go.
    pub async fn close(&self) {
        self.writer.close().await;
        self.pool.close().await;
    }

    fn sql(&self) -> sql::Sql {
        sql::Sql::new(self.dialect)
    }
}

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

impl<'a> MigrationSource<'a> for Dialect {
    fn resolve(self) -> BoxFuture<'a, Result<Vec<Migration>, BoxDynError>> {
        let migration = move |(number, name, sqlite, postgres): (i64, &'static str, &'static str, &'static str)| {
            let statements = if self == Self::Sqlite { sqlite } else { postgres };
            Migration::new(number, name.into(), MigrationType::Simple, statements.into(), false)
        };
        Box::pin(async move { Ok(MIGRATIONS.into_iter().map(migration).collect()) })
    }
}

async fn is_empty(connection: &mut AnyConnection) -> Answer<bool> {
    let row: (i64,) = sqlx::query_as("SELECT (SELECT count(*) FROM (SELECT 1 FROM users LIMIT 1) u) + (SELECT count(*) FROM (SELECT 1 FROM groups LIMIT 1) g)")
        .fetch_one(connection)
        .await?;
    Ok(row.0 == 0)
}

/// Settings of each connection. SQLite: readers beside one writer, which waits for another; an acknowledged write is on
/// the disk. PostgreSQL: what is asked lies in memory, where a page found by an index costs little more than the next one;
/// and one question takes one core, since others are asked meanwhile.
async fn prepare(connection: &mut AnyConnection, dialect: Dialect) -> Result<(), sqlx::Error> {
    let settings: &[&str] = match dialect {
        Dialect::Sqlite => &[
            &format!("PRAGMA busy_timeout = {}", PATIENCE.as_millis()),
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA foreign_keys = ON",
            "PRAGMA cache_size = -16384",
        ],
        // What a recursion finds is guessed so high that statements of a millisecond would be compiled for a hundred.
        Dialect::Postgres => &[
            "SET jit = off",
            "SET random_page_cost = 1.1",
            "SET max_parallel_workers_per_gather = 0",
        ],
    };
    for setting in settings {
        sqlx::query(setting).execute(&mut *connection).await?;
    }
    Ok(())
}
