//! `cargo xtask bench`: the module beside what people would use instead, the console in a browser, and the companion under load, into
//! `bench/RESULTS.md`.

mod browser;
mod companion;
mod item;
mod machine;
mod peers;
mod results;
mod samples;
mod table;

use std::process::Command;

use crate::project::Project;
use crate::step::{Done, Failure, Step, follow, run};
use crate::{budget, build, module, tools};
use machine::Machine;
use samples::{Samples, Size};

/// What the command line may ask for.
#[derive(Debug, PartialEq, Eq)]
pub enum Options {
    /// The module beside its peers: on which directories, and how many times.
    Peers { sizes: Vec<Size>, runs: u32 },
    /// The console.
    Browser,
    /// The companion.
    Companion,
}

impl Options {
    /// Reads `--sizes S,M,L` and `--runs N`, or `--browser` or `--companion` alone.
    pub fn read(words: &[String]) -> Done<Self> {
        match words {
            [word] if word == "--browser" => return Ok(Self::Browser),
            [word] if word == "--companion" => return Ok(Self::Companion),
            _ => {}
        }
        let (mut sizes, mut runs) = (Size::ALL.to_vec(), 5);
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().map(String::as_str).unwrap_or_default();
            match word.as_str() {
                "--sizes" => {
                    let value = value();
                    let named: Option<Vec<_>> = value.split(',').map(Size::named).collect();
                    sizes = named.ok_or_else(|| Failure(format!("`--sizes {value}` is not some of S,M,L.")))?;
                }
                "--runs" => {
                    let value = value();
                    let number = value.parse().ok().filter(|runs| *runs > 0);
                    runs = number.ok_or_else(|| Failure(format!("`--runs {value}` is not a number of runs.")))?;
                }
                other => {
                    return Err(Failure(format!(
                        "`cargo xtask bench` takes no `{other}`: it knows --sizes and --runs, or --browser or --companion alone."
                    )));
                }
            }
        }
        Ok(Self::Peers { sizes, runs })
    }
}

/// Measures, writes the part of the results that was measured, and says where they are.
pub fn bench(project: &Project, options: &Options) -> Done {
    match options {
        Options::Peers { sizes, runs } => beside_peers(project, sizes, *runs)?,
        Options::Browser => in_the_browser(project)?,
        Options::Companion => under_load(project)?,
    }
    println!("\nThe results are in bench/RESULTS.md.");
    Ok(())
}

fn beside_peers(project: &Project, sizes: &[Size], runs: u32) -> Done {
    let mut steps = tools::for_the_module(project)?;
    steps.push(module::step(project));
    steps.push(Step::new("Installing the peers into target/bench", 10, || {
        peers::install(project)
    }));
    let name = format!("Measuring {runs} times, one system after the other");
    let measured = |number| sizes.iter().filter(move |size| size.is_in_run(number));
    let usually = (1..=runs).flat_map(measured).map(|size| size.seconds()).sum();
    steps.push(Step::new(name, usually, || {
        let before = Machine::look(project)?;
        let module = budget::module_size(project)?;
        let mut samples = Samples::default();
        for &size in sizes {
            peers::invent(project, size)?;
        }
        // After each system, so that a run that is broken off leaves what it has found.
        peers::measure(project, sizes, runs, &mut samples, &mut |samples| {
            let about = before.paragraph(&Machine::look(project)?, runs);
            let text = table::beside_peers(&about, samples, sizes, module);
            results::write(project, results::Part::Peers, &text)
        })
    }));
    follow("bench", steps)
}

fn in_the_browser(project: &Project) -> Done {
    let mut steps = tools::for_the_browser(project)?;
    steps.push(build::step(project));
    steps.push(Step::new("Building the companion", 60, || {
        run(&mut project.cargo(&["build", "--package", "server"]))
    }));
    steps.push(Step::new("Measuring the console in the browser", 300, || {
        let before = Machine::look(project)?;
        let rows = browser::measure(project)?;
        let about = before.paragraph(&Machine::look(project)?, 1);
        results::write(project, results::Part::Browser, &table::in_the_browser(&about, rows))
    }));
    follow("bench --browser", steps)
}

fn under_load(project: &Project) -> Done {
    let mut steps: Vec<_> = tools::for_postgres(project)?.into_iter().collect();
    steps.push(Step::new("Building the companion and what asks it", 300, || {
        run(companion::load(project).arg("--no-run"))
    }));
    steps.push(Step::new("Measuring the companion under load", 600, || {
        let before = Machine::look(project)?;
        let found = companion::measure(project)?;
        let about = before.paragraph(&Machine::look(project)?, 1);
        results::write(project, results::Part::Companion, &format!("{about}\n{found}"))
    }));
    follow("bench --companion", steps)
}

/// Node with room for the largest directory in JavaScript's own objects.
fn node(project: &Project) -> Command {
    let mut node = project.command("node");
    node.args(["--expose-gc", "--max-old-space-size=12000"]);
    node
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Result<Options, String> {
        let words: Vec<_> = words.split_whitespace().map(str::to_owned).collect();
        Options::read(&words).map_err(|Failure(sentence)| sentence)
    }

    #[test]
    fn options_are_read() {
        let peers = |sizes: &[Size], runs| {
            let sizes = sizes.to_vec();
            Ok(Options::Peers { sizes, runs })
        };
        assert_eq!(read(""), peers(&Size::ALL, 5));
        assert_eq!(read("--runs 3 --sizes S,L"), peers(&[Size::S, Size::L], 3));
        assert_eq!(read("--browser"), Ok(Options::Browser));
        assert_eq!(read("--companion"), Ok(Options::Companion));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for words in [
            "--sizes",
            "--sizes S,XL",
            "--runs 0",
            "--runs many",
            "--browser --runs 3",
            "--browser --companion",
            "quickly",
        ] {
            assert!(read(words).is_err(), "{words}");
        }
    }
}
