//! The companion under load, on each of its databases.

use std::fmt::Write as _;
use std::process::Command;

use super::samples::Size;
use crate::postgres::{Disk, Postgres};
use crate::project::Project;
use crate::step::{Done, run_keeping};

/// On which directories.
const SIZES: [Size; 2] = [Size::S, Size::M];

/// Asks the companion, which it builds.
pub fn load(project: &Project) -> Command {
    let profile = ["bench", "--profile", "companion"];
    project.cargo(&[&profile[..], &["--package", "server", "--bench", "load"]].concat())
}

/// What one minute of each found, under its title.
pub fn measure(project: &Project) -> Done<String> {
    let postgres = Postgres::start(project, Disk::Awaited)?;
    let url = format!("{}/postgres", postgres.url);
    let mut text = String::new();
    for size in SIZES {
        for (name, url) in [("SQLite", None), ("PostgreSQL", Some(url.as_str()))] {
            let told = run_keeping(load(project).args(["--", size.name()]).args(url), |_| true)?;
            let _ = write!(text, "\n### {} on {name}\n\n{}\n", size.name(), told.join("\n").trim());
        }
    }
    Ok(text)
}
