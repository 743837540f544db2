//! `cargo xtask build`: the release console, into `dist/app`.

use std::process::Command;

use crate::project::Project;
use crate::step::{Done, Step, follow, run};
use crate::{compress, tools};

/// Builds the release console and says how long that took.
pub fn build(project: &Project) -> Done {
    let mut steps = tools::for_a_release(project)?;
    steps.push(step(project));
    follow("build", steps)?;
    println!("\nThe console is in dist/app.");
    Ok(())
}

/// The release build as a step of a longer task.
pub fn step(project: &Project) -> Step<'_> {
    Step::new("Building the release console into dist/app", 150, || {
        run(&mut trunk(project))?;
        compress::console(project)
    })
}

/// What builds the release console, the same bytes wherever it is built.
pub fn trunk(project: &Project) -> Command {
    let mut trunk = project.trunk(&["build", "--release"]);
    project.hide_paths(&mut trunk);
    trunk
}
