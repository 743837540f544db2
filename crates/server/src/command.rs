//! The command line: what can be asked for, and doing it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr as _;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, Parser, Subcommand, ValueEnum};
use membership::sample::{self, DEFAULT_SEED};
use server::store::{Store, System};
use server::{Companion, Console, Entrance, Gateway, Limits};
use sqlx::postgres::{PgConnectOptions, PgSslMode};

/// The environment's variable with the token to enter with, in place of a fresh one.
const TOKEN: &str = "ROLLCALL_TOKEN";
/// The environment's variable with what to sign in with at vendors, in place of a file.
const CREDENTIALS: &str = "ROLLCALL_CREDENTIALS";
/// Where `cargo xtask build` puts the console.
const BUILT: &str = "dist/app";
/// How many users the sample has that fills an empty database.
const SAMPLE_USERS: u32 = 1_200;

const EXAMPLES: &str = "\
Examples:
  rollcall serve                                        the console and a directory, on this machine
  rollcall serve --database postgres://me@db/people     the same from a PostgreSQL server
  rollcall serve --gateway contensis:hr=https://cms.example.com --credentials vendors.json
                                                        besides, the way to a vendor, below /gateway/hr
  rollcall import people.json                           put a directory file in place of what is there
  rollcall token contensis                              a client id and a secret with all rights
  rollcall token passbolt --user 5b1f0d0e-0000-4000-8000-0000000000aa

Credentials for gateways, by name (what a gateway has none for, the browser sends):
  {\"hr\": {\"clientId\": \"…\", \"clientSecret\": \"…\"},
   \"plant\": {\"key\": \"apikey.2_…\", \"secret\": \"…\"},
   \"vault\": {\"userId\": \"…\", \"privateKey\": \"-----BEGIN PGP PRIVATE KEY BLOCK-----…\", \"passphrase\": \"…\"}}";

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
    /// The port to listen at; 0 for any free one
    #[arg(long, default_value_t = 8081)]
    port: u16,
    /// The address to listen at; beyond this machine ROLLCALL_TOKEN has to hold the token to enter with
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    /// A name or address by which it may be asked, besides this machine's own and the one listened at; may be repeated
    #[arg(long)]
    host: Vec<String>,
    /// The folder of a built console; without it, the one inside this program, or else dist/app
    #[arg(long)]
    console: Option<PathBuf>,
    /// Requests a second that each caller may send; 0 for no limit
    #[arg(long, default_value_t = 50)]
    rate_limit: u32,
    /// A vendor to pass requests on to, below /gateway/NAME; may be repeated
    #[arg(long, value_name = "SYSTEM:NAME=URL")]
    gateway: Vec<String>,
    /// A file, of mode 0600, of what to sign in with at vendors; ROLLCALL_CREDENTIALS may hold the same text
    #[arg(long, value_name = "FILE")]
    credentials: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Args)]
struct Database {
    /// sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME; beyond this machine TLS is spoken, see ?sslmode= and ?sslrootcert=
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
        // The URL may hold a password: it is not said back.
        let problem = |error| format!("the database cannot be opened: {error}");
        let (url, is_secured) = secured(&self.database).map_err(|error| problem(error.to_string()))?;
        Store::open(&url).await.map_err(|error| {
            let problem = problem(error.to_string());
            match is_secured {
                true => format!("{problem}; beyond this machine, TLS with a certificate that is trusted here is expected, unless the URL has sslmode=require, which trusts any, or sslmode=disable"),
                false => problem,
            }
        })
    }
}

/// The URL of a database with what it leaves open: a file that is not there is made, and a server beyond this machine is spoken
/// to by TLS, and has to be the one that it says, where the URL (or `PGSSLMODE`) has left that to chance. Tells whether it had.
fn secured(url: &str) -> Result<(String, bool), sqlx::Error> {
    let joint = if url.contains('?') { '&' } else { '?' };
    if url.starts_with("sqlite:") {
        let completed = if joint == '?' {
            format!("{url}?mode=rwc")
        } else {
            url.to_owned()
        };
        return Ok((completed, false));
    }
    let options = PgConnectOptions::from_str(url)?;
    let host = options.get_host();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse();
    let is_here = options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || address.is_ok_and(|address: IpAddr| address.is_loopback());
    if is_here || !matches!(options.get_ssl_mode(), PgSslMode::Prefer) {
        return Ok((url.to_owned(), false));
    }
    Ok((format!("{url}{joint}sslmode=verify-full"), true))
}

impl Serve {
    async fn run(self) -> Result<(), String> {
        let token = std::env::var(TOKEN).ok().filter(|token| !token.is_empty());
        if token.is_none() && !self.listen.is_loopback() {
            return Err(format!(
                "to listen at {}, which other machines reach, {TOKEN} has to hold the token to enter with",
                self.listen
            ));
        }
        server::log::start();
        let credentials = self.credentials()?;
        let gateways = Gateway::all(&self.gateway, credentials.as_deref(), Limits::default())?;
        let store = self.database.open().await?;
        if store.is_empty().await.map_err(|error| error.to_string())? {
            let sample = sample::directory(SAMPLE_USERS, DEFAULT_SEED).map_err(|error| error.to_string())?;
            if store.seed(&sample).await.map_err(|error| error.to_string())?.is_some() {
                println!("The database was empty: it has the sample directory now.");
            }
        }
        let wanted = SocketAddr::new(self.listen, self.port);
        let listener = server::listen(wanted)
            .await
            .map_err(|error| format!("{wanted} cannot be listened at: {error}"))?;
        let address = listener
            .local_addr()
            .map_err(|error| format!("the address listened at is not known: {error}"))?;
        let entrance = match token {
            Some(token) => Entrance::with_token(&token, address, &self.host).map_err(|it| format!("{TOKEN}: {it}"))?,
            None => Entrance::new(address, &self.host),
        };
        let console = match &self.console {
            Some(folder) => Console::Folder(folder.clone()),
            None => Console::inside().unwrap_or_else(|| Console::Folder(BUILT.into())),
        };
        self.tell(address, &entrance, &console);
        let companion = Companion {
            console,
            store: store.clone(),
            rate_limit: self.rate_limit,
            entrance,
            gateways,
        };
        let served = server::run(listener, &companion).await;
        store.close().await;
        served.map_err(|error| format!("the companion stopped: {error}"))
    }

    /// What the companion signs in with at vendors, as it was written.
    fn credentials(&self) -> Result<Option<String>, String> {
        let Some(file) = &self.credentials else {
            return Ok(std::env::var(CREDENTIALS).ok());
        };
        let name = file.display();
        let unreadable = |error| format!("{name} cannot be read: {error}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(file).map_err(unreadable)?.permissions().mode();
            if mode & 0o077 != 0 {
                return Err(format!(
                    "{name} holds secrets, and others may read it: `chmod 600 {name}`"
                ));
            }
        }
        std::fs::read_to_string(file).map(Some).map_err(unreadable)
    }

    /// Says where the companion is, and what is missing.
    fn tell(&self, address: SocketAddr, entrance: &Entrance, console: &Console) {
        if self.listen.is_loopback() {
            println!("The companion is at http://{address}/{}", entrance.query());
        } else {
            println!("The companion listens at {address} and speaks plain HTTP: it expects TLS in front of it, by a");
            println!(
                "server that passes on the header Host. Enter at https://NAME/?token=… with the token of {TOKEN}."
            );
            if self.host.is_empty() {
                println!("It answers by its address alone: --host NAME lets it be asked by a name.");
            }
        }
        if let Console::Folder(folder) = console
            && !folder.join("index.html").is_file()
        {
            let folder = folder.display();
            println!("There is no console in {folder} yet: `cargo xtask build` puts it there.");
        }
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
    fn a_database_beyond_this_machine_is_spoken_to_by_tls() {
        let completed = |url: &str| secured(url).expect("a URL").0;
        assert_eq!(completed("sqlite:people.db"), "sqlite:people.db?mode=rwc");
        for here in [
            "sqlite:people.db?mode=ro",
            "postgres://me@localhost/people",
            "postgres://me@127.0.0.1:5433/people",
            "postgres://me@[::1]/people",
            "postgres:///people?host=/run/postgresql",
            "postgres://me@db.example/people?sslmode=disable",
            "postgres://me@db.example/people?sslmode=require&application_name=rollcall",
        ] {
            assert_eq!(completed(here), here);
        }
        for (url, secured) in [
            ("postgres://me@db.example/people", "?sslmode=verify-full"),
            ("postgresql://me@10.0.0.7/people?a=b", "&sslmode=verify-full"),
            (
                "postgres://me@127.0.0.1.example/people?sslmode=prefer",
                "&sslmode=verify-full",
            ),
        ] {
            assert_eq!(completed(url), format!("{url}{secured}"));
        }
        assert!(secured("people").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn credentials_that_others_may_read_are_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let file = std::env::temp_dir().join(format!("rollcall-{}-credentials.json", std::process::id()));
        std::fs::write(&file, "{}").expect("a file for the test");
        let line = format!("rollcall serve --credentials {}", file.display());
        let Command::Serve(serve) = Line::parse_from(line.split_whitespace()).command else {
            panic!("`{line}` serves");
        };
        let read_with = |mode| {
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).expect("a mode for the test");
            serve.credentials()
        };
        assert!(read_with(0o644).is_err_and(|it| it.contains("chmod 600")));
        assert!(read_with(0o640).is_err());
        assert_eq!(read_with(0o600), Ok(Some("{}".to_owned())));
        std::fs::remove_file(&file).expect("the file is there");
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
