//! The systems: installed with what they need, given a directory, and measured one after the other, each in a process of its own.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::node;
use super::samples::{Ids, Missing, Samples, Size};
use crate::project::Project;
use crate::step::{Done, Failure, not_started, run};

/// Ours, the best JavaScript, and the JavaScript that one writes first, as they are called in `bench/systems`.
pub const OURS: &str = "rollcall";
pub const TYPED: &str = "typed";
pub const PLAIN: &str = "plain";

/// All systems, and the largest directory that each gets through.
pub const SYSTEMS: [(&str, Size); 12] = [
    (OURS, Size::L),
    (TYPED, Size::L),
    (PLAIN, Size::L),
    ("roaring", Size::L),
    ("sqlite", Size::L),
    ("duckdb", Size::L),
    ("cedar", Size::M),
    ("aggrid", Size::L),
    ("tanstack", Size::L),
    ("fuse", Size::L),
    ("flexsearch", Size::L),
    ("minisearch", Size::L),
];

/// Those that take any text for an id.
const OF_TEXT: [&str; 2] = [OURS, PLAIN];
/// So long a system may take for one directory.
const PATIENCE: Duration = Duration::from_secs(600);
/// What the measuring process ends with when an answer was not the expected one.
const WRONG: i32 = 3;

fn folder(project: &Project) -> PathBuf {
    project.root.join("target/bench")
}

/// Puts our own scripts into `target/bench`, since Node looks for packages beside the file that asks, and installs the packages
/// if they are not there.
pub fn install(project: &Project) -> Done {
    let (from, to) = (project.root.join("bench"), folder(project));
    let named = |folder: &Path| fs::read(folder.join("package-lock.json")).ok();
    let finished = to.join("node_modules/.package-lock.json").is_file();
    let installed = finished && named(&from) == named(&to);
    copy(&from, &to)
        .and_then(|()| copy(&from.join("systems"), &to.join("systems")))
        .map_err(|error| Failure(format!("target/bench cannot be written: {error}.")))?;
    if installed {
        return Ok(());
    }
    let mut npm = project.command("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    run(npm.current_dir(to))
}

/// Copies the files of a folder, without those of folders in it.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// Writes a directory, what is asked of it and what has to be answered.
pub fn invent(project: &Project, size: Size) -> Done {
    let mut node = node(project);
    node.args(["directory.js", size.name(), "data"]);
    run(node.current_dir(folder(project)))
}

/// Measures all systems in turns, so that what else the machine does meets all of them, and directories too; `found` hears of
/// each what is known.
pub fn measure(
    project: &Project,
    sizes: &[Size],
    runs: u32,
    samples: &mut Samples,
    found: &mut dyn FnMut(&Samples) -> Done,
) -> Done {
    for number in 1..=runs {
        for &size in sizes.iter().filter(|size| size.is_in_run(number)) {
            for (system, _) in SYSTEMS.into_iter().filter(|(_, largest)| size <= *largest) {
                println!("  run {number} of {runs}: {system} at {}", size.name());
                let files = [Ids::Integers, Ids::Uuids];
                let read = files.iter().take(if OF_TEXT.contains(&system) { 2 } else { 1 });
                for ids in read {
                    if !samples.is_missing(size, system, *ids) {
                        one(project, size, system, *ids, samples)?;
                    }
                }
                found(samples)?;
            }
        }
    }
    Ok(())
}

/// One system in one process. A wrong answer is a failure; a system that cannot is noted.
fn one(project: &Project, size: Size, system: &'static str, ids: Ids, samples: &mut Samples) -> Done {
    let mut node = node(project);
    node.args(["measure.js", system, size.name(), "data"])
        .args((ids == Ids::Uuids).then_some("text"))
        .current_dir(folder(project))
        .env("ROLLCALL", project.root.join("dist/module-node"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = node.spawn().map_err(|error| not_started(&node, &error))?;
    let (told, complaint) = (reader(child.stdout.take()), reader(child.stderr.take()));
    let code = wait(&mut child);
    let (told, complaint) = (told.join().unwrap_or_default(), complaint.join().unwrap_or_default());
    for line in told.lines() {
        match line.split_once('\t') {
            Some(("name", name)) => drop(samples.versions.insert(system, name.to_owned())),
            Some((item, value)) => {
                let value = value.parse().map_err(|_| Failure(format!("{system} said `{line}`.")))?;
                samples.add(size, system, item, value);
            }
            None => return Err(Failure(format!("{system} said `{line}`."))),
        }
    }
    let why = match code {
        Some(0) => return Ok(()),
        Some(WRONG) => {
            return Err(Failure(format!(
                "An answer differs at {}: {}",
                size.name(),
                complaint.trim()
            )));
        }
        None => format!("not done after {} s", PATIENCE.as_secs()),
        Some(_) => reason(&complaint),
    };
    println!("    {system}: {why}");
    samples.missing.push(Missing { size, system, ids, why });
    Ok(())
}

/// All that a process prints.
fn reader(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// What a process ended with; nothing if it took too long and was ended.
fn wait(child: &mut Child) -> Option<i32> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status.code().unwrap_or(-1));
        }
        thread::sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    let _ = child.wait();
    None
}

/// The line of a complaint that tells the most.
fn reason(complaint: &str) -> String {
    let tells = |line: &&str| ["Error", "FATAL", "memory"].iter().any(|word| line.contains(word));
    let line = complaint.lines().find(tells).unwrap_or("ended without a word");
    line.trim().chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_is_one_line() {
        let complaint = "node:internal\n    at x\nRangeError: Array buffer allocation failed\n    at y";
        assert_eq!(reason(complaint), "RangeError: Array buffer allocation failed");
        assert_eq!(reason(""), "ended without a word");
    }

    #[test]
    fn systems_are_those_that_have_a_file() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bench/systems");
        let mut files: Vec<_> = fs::read_dir(folder)
            .expect("the folder can be read")
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().replace(".js", ""))
            .filter(|name| name != "facts")
            .collect();
        let mut known = SYSTEMS.map(|(system, _)| system.to_owned()).to_vec();
        files.sort();
        known.sort();
        assert_eq!(files, known);
    }
}
