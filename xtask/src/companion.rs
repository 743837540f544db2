//! The companion under test with clients that are not ours.

use std::fs;
use std::path::Path;

use crate::project::Project;
use crate::step::{Done, Failure, run, run_keeping};

/// Where the packages of the tests are named.
const TESTS: &str = "tests/companion";

/// Contensis' own JavaScript client against the companion; installs it into `target/npm/companion` where it is missing.
pub fn vendors_client(project: &Project) -> Done<Vec<String>> {
    run(&mut project.cargo(&["build", "--package", "server"]))?;
    let packages = project.npm.join("companion");
    if !is_installed(project, &packages) {
        install(project, &packages)?;
    }
    let mut node = project.command("node");
    node.args(["--test", "--test-reporter=spec"])
        .arg(project.root.join(TESTS).join("management.test.js"))
        .env("ROLLCALL", project.companion())
        .env("NPM", &packages);
    run_keeping(&mut node, |line| {
        ["ℹ pass ", "ℹ fail "].iter().any(|it| line.starts_with(it))
    })
}

/// Whether npm has finished with the versions that are named now.
fn is_installed(project: &Project, packages: &Path) -> bool {
    let named = fs::read(project.root.join(TESTS).join("package-lock.json"));
    let present = fs::read(packages.join("package-lock.json"));
    let has_finished = packages.join("node_modules/.package-lock.json").is_file();
    has_finished && matches!((named, present), (Ok(named), Ok(present)) if named == present)
}

fn install(project: &Project, packages: &Path) -> Done {
    let copied = fs::create_dir_all(packages).and_then(|()| {
        ["package.json", "package-lock.json"]
            .iter()
            .try_for_each(|name| fs::copy(project.root.join(TESTS).join(name), packages.join(name)).map(|_| ()))
    });
    copied.map_err(|error| Failure(format!("target/npm/companion cannot be written: {error}.")))?;
    let mut npm = project.command("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    run(npm.current_dir(packages))
}
