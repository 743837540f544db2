//! The command line: what can be asked for, and doing it.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, Parser, Subcommand, ValueEnum};
use server::Companion;
use server::store::{Store, System};

/// How many users the sample has that fills an empty database.
const SAMPLE_USERS: u32 = 1_200;
/// The seed of the sample: the one that the console shows.
const SAMPLE_SEED: u64 = 1;

const EXAMPLES: &str = "\
Examples:
  rollcall serve                                        the console and a directory, on this machine
  rollcall serve --database postgres://me@db/people     the same from a PostgreSQL server
  rollcall import people.json                           put a directory file in place of what is there
  rollcall token contensis                              a client id and a secret with all rights
  rollcall token passbolt --user 5b1f0d0e-0000-4000-8000-0000000000aa";

/// The companion of the Rollcall console: it serves the console, and is itself a directory that speaks the documented
/// endpoints of Contensis, Tulip and Passbolt.
#[derive(Debug, Parser)]
#[command(name = "rollcall", version, after_help = EXAMPLES)]
pub struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the console and the directory until Ctrl-C
    Serve(Serve),
    /// Put the directory of a file in place of what is in the database
    Import {
        /// A directory file
        file: PathBuf,
        #[command(flatten)]
        database: Database,
    },
    /// Write the directory of the database into a file
    Export {
        /// Where to; what is there is overwritten
        file: PathBuf,
        #[command(flatten)]
        database: Database,
    },
    /// Make a credential for a vendor's endpoints and print it, once
    Token {
        /// Whose endpoints
        system: Vendor,
        /// The id of the user whose rights it has; an administrator's without one
        #[arg(long)]
        user: Option<String>,
        #[command(flatten)]
        database: Database,
    },
}

#[derive(Debug, Args)]
struct Serve {
    /// Where to listen on 127.0.0.1; 0 for any free port
    #[arg(long, default_value_t = 8081)]
    port: u16,
    /// The folder of the built console
    #[arg(long, default_value = "dist/app")]
    console: PathBuf,
    /// Requests a second that each caller may send; 0 for no limit
    #[arg(long, default_value_t = 50)]
    rate_limit: u32,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Args)]
struct Database {
    /// sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME
    #[arg(
        long,
        env = "ROLLCALL_DATABASE",
        hide_env_values = true,
        default_value = "sqlite:rollcall.db"
    )]
    database: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Vendor {
    Contensis,
    Tulip,
    Passbolt,
}

impl Line {
    /// Does what the line says.
    ///
    /// # Errors
    /// A sentence for the person who wrote it.
    pub async fn run(self) -> Result<(), String> {
        match self.command {
            Command::Serve(options) => options.run().await,
            Command::Import { file, database } => import(&file, &database.open().await?).await,
            Command::Export { file, database } => export(&file, &database.open().await?).await,
            Command::Token { system, user, database } => token(system, user.as_deref(), &database.open().await?).await,
        }
    }
}

impl Database {
    async fn open(&self) -> Result<Store, String> {
        let mut url = self.database.clone();
        if url.starts_with("sqlite:") && !url.contains('?') {
            url.push_str("?mode=rwc");
        }
        // The URL may hold a password: it is not said back.
        Store::open(&url)
            .await
            .map_err(|error| format!("the database cannot be opened: {error}"))
    }
}

impl Serve {
    async fn run(self) -> Result<(), String> {
        let store = self.database.open().await?;
        if store.is_empty().await.map_err(|error| error.to_string())? {
            let sample = membership::sample::directory(SAMPLE_USERS, SAMPLE_SEED).map_err(|error| error.to_string())?;
            fill(&store, &sample).await?;
            println!("The database was empty: it has the sample directory now.");
        }
        let listener = server::listen(self.port)
            .await
            .map_err(|error| format!("port {} of 127.0.0.1 cannot be used: {error}", self.port))?;
        let address = listener
            .local_addr()
            .map_err(|error| format!("the address listened at is not known: {error}"))?;
        println!("The companion is at http://{address}/");
        if !self.console.join("index.html").is_file() {
            let folder = self.console.display();
            println!("There is no console in {folder} yet: `cargo xtask build` puts it there.");
        }
        let companion = Companion {
            console: self.console,
            store: store.clone(),
            rate_limit: self.rate_limit,
        };
        let served = server::run(listener, &companion).await;
        store.close().await;
        served.map_err(|error| format!("the companion stopped: {error}"))
    }
}

async fn import(file: &PathBuf, store: &Store) -> Result<(), String> {
    let name = file.display();
    let bytes = std::fs::read(file).map_err(|error| format!("{name} cannot be read: {error}"))?;
    let directory = membership::json::read(&bytes).map_err(|error| format!("{name}: {error}"))?;
    fill(store, &directory).await?;
    println!(
        "{} users, {} groups, {} memberships and {} nestings are in the database.",
        directory.user_count(),
        directory.group_count(),
        directory.membership_count(),
        directory.nesting_count()
    );
    if !directory.unused().is_empty() {
        println!(
            "{} facts of the file could not be used; the console names each.",
            directory.unused().len()
        );
    }
    Ok(())
}

async fn fill(store: &Store, directory: &membership::directory::Directory) -> Result<(), String> {
    let refused = store.fill(directory).await.map_err(|error| error.to_string())?;
    for refused in refused {
        eprintln!("The database cannot hold {}.", refused.0);
    }
    Ok(())
}

async fn export(file: &PathBuf, store: &Store) -> Result<(), String> {
    let text = store.to_json().await.map_err(|error| error.to_string())?;
    std::fs::write(file, text).map_err(|error| format!("{} cannot be written: {error}", file.display()))
}

async fn token(vendor: Vendor, user: Option<&str>, store: &Store) -> Result<(), String> {
    let system = match vendor {
        Vendor::Contensis => System::Contensis,
        Vendor::Tulip => System::Tulip,
        Vendor::Passbolt => System::Passbolt,
    };
    if let Some(user) = user
        && store
            .user_by_id(user)
            .await
            .map_err(|error| error.to_string())?
            .is_none()
    {
        return Err(format!("no user has the id `{user}`"));
    }
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let granted = store
        .grant(system, user, since.as_millis() as i64)
        .await
        .map_err(|error| error.to_string())?;
    match vendor {
        Vendor::Contensis => println!("client id:     {}\nclient secret: {}", granted.id, granted.secret),
        Vendor::Tulip => println!("key:    {}\nsecret: {}", granted.id, granted.secret),
        Vendor::Passbolt => println!("token: {}", granted.secret),
    }
    println!("It is shown this once: only a hash of it is kept.");
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Line::command().debug_assert();
    }

    #[test]
    fn what_it_does_not_know_is_named() {
        let problem = |line: &str| {
            let words = line.split_whitespace();
            Line::try_parse_from(words)
                .map(|_| ())
                .map_err(|error| error.to_string())
                .unwrap_err()
        };
        assert!(problem("rollcall start").contains("start"));
        assert!(problem("rollcall serve --port 99999").contains("99999"));
        assert!(problem("rollcall token google").contains("contensis"));
    }
}
