//! The companion under test with what is not ours: a vendor's own client, and another vendor's own document.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::Project;
use crate::step::{Done, Failure, output, run, run_keeping};

/// Where the packages of the tests are named.
const TESTS: &str = "tests/companion";
/// Passbolt's documentation, which holds the OpenAPI document, and the commit whose document is meant. Its licence is the
/// AGPL: it is read from there and never kept with the project.
const DOCUMENTATION: [&str; 2] = [
    "https://github.com/passbolt/passbolt-docs",
    "ad2ff0113c0e92622b4bb688549305402cf19b59",
];

/// Contensis' own JavaScript client against the companion, and the companion's answers against Passbolt's own document;
/// installs what is missing into `target/`. Says so where the document cannot be reached.
pub fn vendors_own(project: &Project) -> Done<Vec<String>> {
    run(&mut project.cargo(&["build", "--package", "server"]))?;
    let packages = project.npm.join("companion");
    if !is_installed(project, &packages) {
        install(project, &packages)?;
    }
    let mut node = project.command("node");
    node.args(["--test", "--test-reporter=spec"])
        .arg(project.root.join(TESTS).join("management.test.js"))
        .env("ROLLCALL", project.companion())
        .env("CONSOLE", &project.console)
        .env("NPM", &packages);
    let document = document(project);
    if let Some(document) = &document {
        node.arg(project.root.join(TESTS).join("passbolt.test.js"))
            .env("OPENAPI", document);
    }
    let mut lines = run_keeping(&mut node, |line| {
        ["ℹ pass ", "ℹ fail "].iter().any(|it| line.starts_with(it))
    })?;
    if document.is_none() {
        let [address, _] = DOCUMENTATION;
        lines.push(format!(
            "NOT TESTED: the answers to Passbolt's requests against its OpenAPI document, since {address} is out of reach."
        ));
    }
    Ok(lines)
}

/// The folder of Passbolt's document at that commit, which its hash vouches for; fetched once, without the rest of what is
/// there. None where it cannot be had.
fn document(project: &Project) -> Option<PathBuf> {
    let [address, commit] = DOCUMENTATION;
    let folder = project.root.join("target/passbolt-docs");
    let git = |words: &[&str]| {
        let mut git: Command = project.command("git");
        output(git.arg("-C").arg(&folder).args(words))
    };
    let document = folder.join("openapi");
    if git(&["rev-parse", "HEAD"]).as_deref() != Some(commit) || !document.join("root.yml").is_file() {
        // What an attempt that broke off has left is no beginning.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).ok()?;
        git(&["init", "--quiet"])?;
        git(&["remote", "add", "origin", address])?;
        git(&["fetch", "--quiet", "--depth=1", "--filter=blob:none", "origin", commit])?;
        git(&["sparse-checkout", "set", "openapi"])?;
        git(&["checkout", "--quiet", "--detach", commit])?;
    }
    Some(document)
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
