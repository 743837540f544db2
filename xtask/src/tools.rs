//! The tools that are no part of the Rust toolchain: which are missing, and the steps that bring them.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::postgres;
use crate::project::Project;
use crate::step::{Done, Failure, Step, output, run};

const TRUNK: &str = "0.21.14";
const SPLITTER: &str = "0.2.4";
const DENY: &str = "0.20.2";
const OLDEST_NODE: u32 = 20;
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// What every build of the console needs and this machine lacks.
pub fn for_a_build(project: &Project) -> Done<Vec<Step<'_>>> {
    let mut steps = for_webassembly(project)?;
    if !reports(project, "trunk", TRUNK) {
        let name = format!("Installing trunk {TRUNK} into target/tools, once");
        steps.push(Step::new(name, 180, || install(project, "trunk", TRUNK)));
    }
    Ok(steps)
}

fn for_webassembly(project: &Project) -> Done<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    if !has_wasm_target(project) {
        let name = "Adding the target wasm32-unknown-unknown with rustup, once";
        steps.push(Step::new(name, 20, || add_wasm_target(project)));
    }
    // The tool writes glue for exactly one version of the crate.
    let bindgen = locked_version(project, "wasm-bindgen")?;
    let is_there = ["wasm-bindgen", "wasm-bindgen-test-runner"]
        .iter()
        .all(|tool| reports(project, tool, &bindgen));
    if !is_there {
        let name = format!("Installing wasm-bindgen {bindgen} into target/tools, once");
        steps.push(Step::new(name, 120, move || {
            install(project, "wasm-bindgen-cli", &bindgen)
        }));
    }
    Ok(steps)
}

/// What the release build needs besides: the splitter, and npm's packages, among them the optimiser of WebAssembly.
pub fn for_a_release(project: &Project) -> Done<Vec<Step<'_>>> {
    let mut steps = for_a_build(project)?;
    steps.extend(for_the_optimiser(project)?);
    Ok(steps)
}

/// What the packages for JavaScript need.
pub fn for_the_module(project: &Project) -> Done<Vec<Step<'_>>> {
    let mut steps = for_webassembly(project)?;
    steps.extend(for_the_optimiser(project)?);
    Ok(steps)
}

fn for_the_optimiser(project: &Project) -> Done<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    let node = output(project.command("node").arg("--version")).and_then(|it| major(&it));
    if node.is_none_or(|it| it < OLDEST_NODE) || project.find("npm").is_none() {
        return Err(Failure(format!(
            "Node.js {OLDEST_NODE} or newer with npm is needed for the release build and the browser tests. \
             Install it from your system's packages or from https://nodejs.org, then run this again."
        )));
    }
    if !has_splitter(project) {
        let name = format!("Installing wasm-split-cli {SPLITTER} into target/tools, once");
        steps.push(Step::new(name, 40, || {
            install(project, "wasm_split_cli_support", SPLITTER)
        }));
    }
    if !has_npm_packages(project) {
        let name = "Installing playwright-core, axe-core, binaryen and typescript into target/npm, once";
        steps.push(Step::new(name, 20, || install_npm_packages(project)));
    }
    Ok(steps)
}

/// What a walk through the release console needs besides: a browser with its driver.
pub fn for_the_browser(project: &Project) -> Done<Vec<Step<'_>>> {
    let mut steps = for_a_release(project)?;
    if browser(project).is_none() || project.find("chromedriver").is_none() {
        steps.push(packages(
            project,
            &["chromium", "chromium-driver"],
            "The browser tests need Chromium and its chromedriver, both on the PATH. On Debian: \
             `sudo apt-get install chromium chromium-driver`. Elsewhere: your system's packages, \
             or https://googlechromelabs.github.io/chrome-for-testing. Then run this again.",
        )?);
    }
    Ok(steps)
}

/// What the tests need besides: what checks dependencies, and a PostgreSQL server.
pub fn for_the_tests(project: &Project) -> Done<Vec<Step<'_>>> {
    let mut steps = for_the_browser(project)?;
    if !reports(project, "cargo-deny", DENY) {
        let name = format!("Installing cargo-deny {DENY} into target/tools, once");
        steps.push(Step::new(name, 60, || install(project, "cargo-deny", DENY)));
    }
    steps.extend(for_postgres(project)?);
    Ok(steps)
}

/// What starts a PostgreSQL server.
pub fn for_postgres(project: &Project) -> Done<Option<Step<'_>>> {
    if postgres::programs(project).is_some() {
        return Ok(None);
    }
    let or_else = "A PostgreSQL server of our own is started for the companion, and its programs (initdb, postgres) are not on \
                   this machine. On Debian: `sudo apt-get install postgresql`. Elsewhere: your system's packages, or \
                   https://www.postgresql.org/download, with the programs on the PATH. Then run this again.";
    packages(project, &["postgresql"], or_else).map(Some)
}

/// The step that installs packages of Debian where we may; elsewhere `or_else` tells the person what to do.
fn packages<'a>(project: &'a Project, names: &'static [&'static str], or_else: &str) -> Done<Step<'a>> {
    let is_root = output(Command::new("id").arg("-u")).is_some_and(|it| it == "0");
    if !is_root || project.find("apt-get").is_none() {
        return Err(Failure(or_else.to_owned()));
    }
    let name = format!("Installing {} with apt-get, once", names.join(" and "));
    Ok(Step::new(name, 60, || install_packages(project, names)))
}

/// The browser that the tests drive.
pub fn browser(project: &Project) -> Option<PathBuf> {
    BROWSERS.iter().find_map(|name| project.find(name))
}

fn has_wasm_target(project: &Project) -> bool {
    // The folder decides, not rustup's list: systems package the target too.
    let sysroot = output(project.command("rustc").args(["--print", "sysroot"]));
    sysroot.is_some_and(|it| {
        PathBuf::from(it)
            .join("lib/rustlib/wasm32-unknown-unknown/lib")
            .is_dir()
    })
}

fn add_wasm_target(project: &Project) -> Done {
    run(project
        .command("rustup")
        .args(["target", "add", "wasm32-unknown-unknown"]))
    .map_err(|Failure(reason)| {
        Failure(format!(
            "{reason} The console is WebAssembly: the target wasm32-unknown-unknown of this Rust toolchain is needed."
        ))
    })
}

fn install(project: &Project, package: &str, version: &str) -> Done {
    let mut command = project.cargo(&["install", "--locked", "--version", version, package]);
    command.arg("--root").arg(&project.tools);
    // A tool that runs for seconds need not be optimised for minutes.
    command
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    if package == "trunk" {
        // Without TLS: nothing is downloaded by Trunk itself.
        command.arg("--no-default-features");
    }
    if package == "wasm_split_cli_support" {
        command.args(["--features", "build-binary"]);
    }
    run(&mut command)
}

/// The splitter tells no version; Cargo's list of what it installed does.
fn has_splitter(project: &Project) -> bool {
    let installed = fs::read_to_string(project.tools.join(".crates.toml")).unwrap_or_default();
    installed.contains(&format!("\"wasm_split_cli_support {SPLITTER} "))
}

fn has_npm_packages(project: &Project) -> bool {
    let wanted = fs::read(project.root.join("tests/e2e/package-lock.json"));
    let present = fs::read(project.npm.join("package-lock.json"));
    let finished = project.npm.join("node_modules/.package-lock.json").is_file();
    finished && matches!((wanted, present), (Ok(wanted), Ok(present)) if wanted == present)
}

fn install_npm_packages(project: &Project) -> Done {
    let copied = fs::create_dir_all(&project.npm).and_then(|()| {
        ["package.json", "package-lock.json"].iter().try_for_each(|name| {
            let from = project.root.join("tests/e2e").join(name);
            fs::copy(from, project.npm.join(name)).map(|_| ())
        })
    });
    copied.map_err(|error| Failure(format!("target/npm cannot be written: {error}.")))?;
    let mut command = project.command("npm");
    command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    run(command.current_dir(&project.npm))
}

fn install_packages(project: &Project, names: &[&str]) -> Done {
    let apt = |words: &[&str]| {
        let mut command = project.command("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        run(command.arg("--quiet=2").args(words))
    };
    apt(&["update"])?;
    apt(&[&["install", "--yes", "--no-install-recommends"], names].concat())
}

/// Whether a tool is there and is of this version.
fn reports(project: &Project, tool: &str, version: &str) -> bool {
    output(project.command(tool).arg("--version")).is_some_and(|it| it.split_whitespace().nth(1) == Some(version))
}

/// The version of a crate that `Cargo.lock` holds.
fn locked_version(project: &Project, name: &str) -> Done<String> {
    let lock = fs::read_to_string(project.root.join("Cargo.lock"))
        .map_err(|error| Failure(format!("Cargo.lock cannot be read: {error}.")))?;
    version_in(&lock, name).ok_or_else(|| Failure(format!("Cargo.lock names no version of {name}.")))
}

fn version_in(lock: &str, name: &str) -> Option<String> {
    let (_, after) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
    after.split('"').next().map(str::to_owned)
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.126\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.126"));
        assert_eq!(version_in(lock, "leptos"), None);
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("none"), None);
    }
}
