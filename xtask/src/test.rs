//! `cargo xtask test`: everything that has to hold, the quickest to fail first.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::postgres::{Disk, Postgres};
use crate::project::Project;
use crate::step::{Done, Failure, Step, follow, run, run_keeping};
use crate::{budget, build, companion, dependencies, module, tools};

const WASM: &str = "wasm32-unknown-unknown";
/// The tests that need a browser: of the console's components, and of the engine in a worker.
const BROWSER_TESTS: [&str; 4] = ["--test", "web", "--test", "worker"];

/// Runs all checks and repeats at the end what each runner said last.
pub fn test(project: &Project) -> Done {
    let mut steps = tools::for_the_tests(project)?;
    let cargo = |words: &[&str]| run(&mut project.cargo(words));
    steps.push(Step::new("Checking the format", 2, move || {
        cargo(&["fmt", "--all", "--check"])
    }));
    steps.push(Step::reporting("Checking the dependencies", 5, || {
        dependencies::check(project)
    }));
    steps.push(Step::new("Linting for this machine", 100, move || {
        cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
    }));
    // Not all targets: property tests run on this machine alone, and their crate does not build for the browser.
    steps.push(Step::new("Linting for the browser", 80, || {
        let mut clippy = project.cargo(&["clippy", "--lib", "--bins", "--target", WASM]);
        run(clippy.args(BROWSER_TESTS).args(["--", "-D", "warnings"]))
    }));
    steps.push(Step::reporting("Testing on this machine", 240, || {
        on_this_machine(project)
    }));
    steps.push(Step::reporting(
        "Holding the companion against the vendors' own",
        30,
        || companion::vendors_own(project),
    ));
    steps.push(Step::reporting("Testing in the browser", 120, || {
        in_the_browser(project)
    }));
    steps.push(module::step(project));
    steps.push(Step::reporting("Testing and weighing the module", 30, || {
        let mut lines = module_tests(project)?;
        lines.extend(budget::check_module(project)?);
        Ok(lines)
    }));
    steps.push(build::step(project));
    steps.push(Step::reporting("Weighing the first load", 5, || budget::check(project)));
    steps.push(Step::reporting("Walking through the built console", 660, || {
        flows(project)
    }));
    follow("test", steps)
}

/// All tests that need no browser; those of the companion's store on SQLite and on a PostgreSQL server of their own.
fn on_this_machine(project: &Project) -> Done<Vec<String>> {
    let server = Postgres::start(project, Disk::Trusted)?;
    let mut tests = project.cargo(&["test", "--workspace"]);
    tests.env("ROLLCALL_POSTGRES", &server.url);
    run_keeping(&mut tests, is_result)
}

/// The closing line of a binary of Rust tests, unless it held none.
fn is_result(line: &str) -> bool {
    line.starts_with("test result:") && !line.contains(" 0 passed; 0 failed")
}

/// The tests of components and worker in headless Chromium, whose settings are in `webdriver.json`.
fn in_the_browser(project: &Project) -> Done<Vec<String>> {
    let mut tests = project.cargo(&["test", "--target", WASM]);
    tests.args(BROWSER_TESTS);
    if let Some(driver) = project.find("chromedriver") {
        tests.env("CHROMEDRIVER", driver);
    }
    run_keeping(&mut tests, is_result)
}

/// The packages for JavaScript as their users have them: in Node, under the compiler of TypeScript, and in a browser.
fn module_tests(project: &Project) -> Done<Vec<String>> {
    node_tests(project, "tests/module", |_| {})
}

/// The flows of tests/e2e on the release console, served by the companion, once on a PostgreSQL server of their own; pictures
/// go to target/shots.
fn flows(project: &Project) -> Done<Vec<String>> {
    run(&mut project.cargo(&["build", "--package", "server"]))?;
    let server = Postgres::start(project, Disk::Trusted)?;
    node_tests(project, "tests/e2e", |node| {
        node.env("ROLLCALL", project.companion())
            .env("ROLLCALL_POSTGRES", &server.url)
            .env("CONSOLE", &project.console)
            .env("SHOTS", project.root.join("target/shots"));
    })
}

/// The `.test.js` files of a folder, in Node.
fn node_tests(project: &Project, folder: &str, prepare: impl FnOnce(&mut Command)) -> Done<Vec<String>> {
    let browser =
        tools::browser(project).ok_or_else(|| Failure("There is no Chromium on the PATH any more.".to_owned()))?;
    let mut node = project.command("node");
    // One file after the other: the flows measure frames, and two browsers would share two cores.
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .args(test_files(project, folder)?)
        .env("CHROMIUM", browser)
        .env("NPM", &project.npm);
    prepare(&mut node);
    run_keeping(&mut node, |line| {
        ["ℹ pass ", "ℹ fail "].iter().any(|it| line.starts_with(it))
    })
}

fn test_files(project: &Project, folder: &str) -> Done<Vec<PathBuf>> {
    let entries = fs::read_dir(project.root.join(folder))
        .map_err(|error| Failure(format!("{folder} cannot be read: {error}.")))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.js"))
        .collect();
    files.sort();
    Ok(files)
}
