//! The release console in headless Chromium, served by the companion.

use super::node;
use crate::project::Project;
use crate::step::{Done, Failure, run_keeping};
use crate::tools;

/// Rows of an item and what it was at each number of users.
pub fn measure(project: &Project) -> Done<Vec<Vec<String>>> {
    let browser =
        tools::browser(project).ok_or_else(|| Failure("There is no Chromium on the PATH any more.".to_owned()))?;
    let mut node = node(project);
    node.arg(project.root.join("bench/browser.js"))
        .env("CHROMIUM", browser)
        .env("NPM", &project.npm)
        .env("ROLLCALL", project.companion())
        .env("CONSOLE", &project.console);
    let rows = run_keeping(&mut node, |line| line.contains('\t'))?;
    Ok(rows
        .iter()
        .map(|row| row.split('\t').map(str::to_owned).collect())
        .collect())
}
