//! The project's tasks: `cargo xtask serve`, `test`, `build`, `module`, `dist` and `bench`, each of which installs what it needs into
//! `target/`.

mod bench;
mod budget;
mod build;
mod companion;
mod compress;
mod dependencies;
mod dist;
mod finish;
mod integrity;
mod module;
mod names;
mod order;
mod postgres;
mod project;
mod sbom;
mod serve;
mod split;
mod step;
mod styles;
mod test;
mod tools;
mod web;

use std::process::ExitCode;

use project::Project;
use step::{Done, Failure};

const USAGE: &str = "\
usage: cargo xtask <task>

  serve [--port 8080] [--open | --no-open]
           the console on this machine, rebuilt on every change
  test     everything that has to hold: format, dependencies, lints, tests, databases, browser, sizes
  build    the release console, into dist/app
  module   the core as packages for JavaScript, into dist/module and dist/module-node
  dist     console and companion in one archive, in dist

  bench [--sizes S,M,L] [--runs 5]
           the module beside what people would use instead, into bench/RESULTS.md
  bench --browser
           the console in a browser, into the same file
  bench --companion
           the companion under load, on SQLite and PostgreSQL, into the same file

  finish-release
           Trunk's hook of the release build: one stylesheet, and binaries split into chunks";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let project = Project::here();
    match run(&project, &words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(sentence)) => {
            eprintln!("\n✗ {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(project: &Project, words: &[String]) -> Done {
    let (task, options) = match words {
        [] => ("help", words),
        [task, options @ ..] => (task.as_str(), options),
    };
    match task {
        "bench" => bench::bench(project, &bench::Options::read(options)?),
        "serve" => serve::serve(project, &serve::Options::read(options)?),
        _ if !options.is_empty() => Err(Failure(format!(
            "`cargo xtask {task}` takes no `{}`.\n\n{USAGE}",
            options.join(" ")
        ))),
        "test" => test::test(project),
        "build" => build::build(project),
        "module" => module::module(project),
        "dist" => dist::dist(project),
        "finish-release" => finish::hook(project),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(Failure(format!("There is no task `{other}`.\n\n{USAGE}"))),
    }
}
