//! What others wrote and we build on, held to `deny.toml`: licences, sources, bans, and what has been found wrong with it.

use crate::project::Project;
use crate::step::{Done, output, run};

/// Checks both lock files. Advisories are asked for in the public database; where that is out of reach, a line says so.
pub fn check(project: &Project) -> Done<Vec<String>> {
    let deny = |words: &[&str]| {
        let mut command = project.command("cargo-deny");
        command.arg("--locked").args(words);
        command
    };
    run(&mut deny(&["--workspace", "check", "licenses", "bans", "sources"]))?;
    // Fuzz targets are given to nobody: only where they come from matters.
    run(&mut deny(&["--manifest-path", "fuzz/Cargo.toml", "check", "sources"]))?;
    if output(&mut deny(&["--workspace", "fetch", "db"])).is_none() {
        return Ok(vec![
            "NOT CHECKED: what has been found wrong with dependencies, since https://github.com/RustSec/advisory-db is out of reach."
                .to_owned(),
        ]);
    }
    run(&mut deny(&["--offline", "--workspace", "check", "advisories"]))?;
    Ok(Vec::new())
}
