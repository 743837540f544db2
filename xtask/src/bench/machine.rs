//! Where and when something was measured, for people.

use crate::project::Project;
use crate::step::{Done, Failure, output};

/// What is told of the machine at one moment.
pub struct Machine {
    date: String,
    node: String,
    processor: String,
    cores: String,
    memory: String,
    load: String,
    commit: String,
}

impl Machine {
    /// Asks Node, which knows all systems, and git.
    pub fn look(project: &Project) -> Done<Self> {
        const SCRIPT: &str = "const os = require('node:os'); const cpus = os.cpus();
            console.log([new Date().toISOString().slice(0, 16).replace('T', ' '), process.version, cpus[0].model.trim(),
            cpus.length, Math.round(os.totalmem() / 2 ** 30), os.loadavg()[0].toFixed(1)].join('\\n'));";
        let told = output(project.command("node").args(["-e", SCRIPT]));
        let told = told.ok_or_else(|| Failure("Node could not tell about this machine.".to_owned()))?;
        let mut lines = told.lines().map(str::to_owned);
        let mut next = || lines.next().unwrap_or_default();
        let mut git = project.command("git");
        let commit = output(git.args(["describe", "--always", "--dirty=, with changes"]));
        Ok(Self {
            date: next(),
            node: next(),
            processor: next(),
            cores: next(),
            memory: next(),
            load: next(),
            commit: commit.unwrap_or_else(|| "unknown".to_owned()),
        })
    }

    /// What stands above a table, where this was before and another after what was measured.
    pub fn paragraph(&self, after: &Self, runs: u32) -> String {
        let Self {
            date,
            node,
            processor,
            cores,
            memory,
            load,
            commit,
        } = self;
        format!(
            "{date} UTC, commit {commit}. {processor}, {cores} cores, {memory} GB, Node {node}. Medians of runs: {runs}. \
             The machine is shared: its load was {load} before and {} after (of {cores}, one of which is ours), so times \
             drift, and ratios are what counts.",
            after.load
        )
    }
}
