//! `cargo xtask bench`: the module beside what people would use instead, and the console in a browser, into `bench/RESULTS.md`.

mod browser;
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
pub struct Options {
    sizes: Vec<Size>,
    runs: u32,
    browser: bool,
}

impl Options {
    /// Reads `--sizes S,M,L`, `--runs N` and `--browser`.
    pub fn read(words: &[String]) -> Done<Self> {
        let mut options = Self {
            sizes: Size::ALL.to_vec(),
            runs: 5,
            browser: false,
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().map(String::as_str).unwrap_or_default();
            match word.as_str() {
                "--browser" => options.browser = true,
                "--sizes" => {
                    let value = value();
                    let sizes: Option<Vec<_>> = value.split(',').map(Size::named).collect();
                    options.sizes = sizes.ok_or_else(|| Failure(format!("`--sizes {value}` is not some of S,M,L.")))?;
                }
                "--runs" => {
                    let value = value();
                    let runs = value.parse().ok().filter(|runs| *runs > 0);
                    options.runs = runs.ok_or_else(|| Failure(format!("`--runs {value}` is not a number of runs.")))?;
                }
                other => {
                    return Err(Failure(format!(
                        "`cargo xtask bench` takes no `{other}`: it knows --sizes, --runs and --browser."
                    )));
                }
            }
        }
        Ok(options)
    }
}

/// Measures, writes the part of the results that was measured, and says where they are.
pub fn bench(project: &Project, options: &Options) -> Done {
    if options.browser {
        in_the_browser(project)?;
    } else {
        beside_peers(project, options)?;
    }
    println!("\nThe results are in bench/RESULTS.md.");
    Ok(())
}

fn beside_peers(project: &Project, options: &Options) -> Done {
    let mut steps = tools::for_the_module(project)?;
    steps.push(module::step(project));
    steps.push(Step::new("Installing the peers into target/bench", 10, || {
        peers::install(project)
    }));
    let name = format!("Measuring {} times, one system after the other", options.runs);
    let usually = options.sizes.iter().map(|size| size.seconds(120)).sum::<u64>() * u64::from(options.runs);
    steps.push(Step::new(name, usually, || {
        let before = Machine::look(project)?;
        let module = budget::module_size(project)?;
        let mut samples = Samples::default();
        for &size in &options.sizes {
            peers::invent(project, size)?;
            // After each system, so that a run that is broken off leaves what it has found.
            peers::measure(project, size, options.runs, &mut samples, &mut |samples| {
                let about = before.paragraph(&Machine::look(project)?, options.runs);
                let text = table::beside_peers(&about, samples, &options.sizes, module);
                results::write(project, results::Part::Peers, &text)
            })?;
        }
        Ok(())
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

/// Node with room for the largest directory in JavaScript's own objects.
fn node(project: &Project) -> Command {
    let mut node = project.command("node");
    node.args(["--expose-gc", "--max-old-space-size=12000"]);
    node
}
