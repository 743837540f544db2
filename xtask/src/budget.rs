//! What a browser loads first, compressed as it travels, against the most that it may weigh; and each chunk after it.

use std::fs;
use std::path::PathBuf;

use crate::compress;
use crate::project::Project;
use crate::step::{Done, Failure, output};

/// One line of the budget: a part of the release build, and its sizes in bytes after brotli.
struct Part {
    name: &'static str,
    /// The most that it may weigh.
    limit: u64,
    holds: fn(&str) -> bool,
}

const PARTS: [Part; 5] = [
    Part {
        name: "console, WebAssembly",
        limit: 150_000,
        holds: |file| file.starts_with("console") && file.ends_with("_bg.wasm"),
    },
    Part {
        name: "console, glue",
        limit: 10_000,
        holds: |file| file.ends_with(".js") && !is_worker(file),
    },
    Part {
        name: "stylesheet",
        limit: 18_000,
        holds: |file| file.ends_with(".css"),
    },
    Part {
        name: "page",
        limit: 10_000,
        holds: |file| file.ends_with(".html"),
    },
    Part {
        name: "engine, WebAssembly and glue",
        limit: 130_000,
        holds: |file| is_worker(file) && !is_chunk(file),
    },
];

/// The most that one chunk may weigh: so much arrives while one moves on, on a slow network too.
const CHUNK: u64 = 60_000;

fn is_worker(file: &str) -> bool {
    file.starts_with("worker") && !file.ends_with(".html")
}

/// Whether the file is fetched after the first screen is there, or when it is needed.
fn is_chunk(file: &str) -> bool {
    file.ends_with(".wasm") && !file.ends_with("_bg.wasm")
}

/// The module with its API: what it may weigh in the end, and what it may weigh today.
const MODULE: (u64, u64) = (110_000, 174_500);

/// Measures the release build and returns the table; a part or a chunk above its limit is a failure.
pub fn check(project: &Project) -> Done<Vec<String>> {
    let files = files(project)?;
    let sizes = compressed(project, &files)?;
    let weighed = || files.iter().map(|(name, _)| name.as_str()).zip(sizes.iter().copied());
    let mut table = Vec::new();
    let mut over = Vec::new();
    for part in &PARTS {
        let held = weighed().filter(|(name, _)| (part.holds)(name));
        let (count, size) = held.fold((0, 0), |(count, sum), (_, size)| (count + 1, sum + size));
        if count == 0 {
            return Err(Failure(format!("The release build has no {}.", part.name)));
        }
        if size > part.limit {
            over.push(part.name);
        }
        table.push(format!(
            "{:<40}{:>8.1} kB of {:>4} kB",
            part.name,
            kilobytes(size),
            part.limit / 1000
        ));
    }
    for (name, size) in weighed().filter(|(name, _)| is_chunk(name)) {
        if size > CHUNK {
            over.push(name);
        }
        table.push(format!(
            "later: {name:<33}{:>8.1} kB of {:>4} kB",
            kilobytes(size),
            CHUNK / 1000
        ));
    }
    println!("{}", table.join("\n"));
    if over.is_empty() {
        Ok(table)
    } else {
        Err(Failure(format!("Above the budget: {}.", over.join(", "))))
    }
}

/// Measures the package for the web and returns its line; it fails above its limit.
pub fn check_module(project: &Project) -> Done<Vec<String>> {
    let size = module_size(project)?;
    let (target, limit) = MODULE;
    let line = format!(
        "{:<40}{:>8.1} kB of {:>4} kB, in the end {:>4} kB",
        "module with its API",
        kilobytes(size),
        limit / 1000,
        target / 1000
    );
    println!("{line}");
    if size <= limit {
        Ok(vec![line])
    } else {
        Err(Failure("The module is above its budget.".to_owned()))
    }
}

/// The bytes of the package for the web as it travels.
pub fn module_size(project: &Project) -> Done<u64> {
    let folder = project.root.join("dist/module");
    let files = ["rollcall_bg.wasm", "rollcall.js", "index.js"].map(|name| (name.to_owned(), folder.join(name)));
    Ok(compressed(project, &files)?.iter().sum())
}

/// The files of the release build that the browser reads as page, style or code.
fn files(project: &Project) -> Done<Vec<(String, PathBuf)>> {
    let entries =
        fs::read_dir(&project.console).map_err(|error| Failure(format!("dist/app cannot be read: {error}.")))?;
    Ok(entries
        .filter_map(Result::ok)
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
        .filter(|(name, _)| !compress::is_compressed(name))
        .filter(|(name, _)| is_chunk(name) || PARTS.iter().any(|part| (part.holds)(name)))
        .collect())
}

/// The size of each file after brotli at its highest setting, by Node's own copy of Google's library: the tests need
/// Node anyway, and so this needs no crate.
fn compressed(project: &Project, files: &[(String, PathBuf)]) -> Done<Vec<u64>> {
    const SCRIPT: &str = "const { readFileSync } = require('node:fs');
        const { brotliCompressSync } = require('node:zlib'); // its default quality is the highest, 11
        for (const file of process.argv.slice(1)) console.log(brotliCompressSync(readFileSync(file)).length);";
    let mut node = project.command("node");
    node.args(["-e", SCRIPT, "--"]).args(files.iter().map(|(_, path)| path));
    let sizes: Option<Vec<u64>> =
        output(&mut node).and_then(|text| text.lines().map(|line| line.parse().ok()).collect());
    sizes
        .filter(|sizes| sizes.len() == files.len())
        .ok_or_else(|| Failure("Node could not compress the files of dist.".to_owned()))
}

#[expect(clippy::cast_precision_loss, reason = "sizes of files, shown with one digit")]
fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}
