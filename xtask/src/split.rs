//! Splits a release binary: what the first screen needs, and the chunks that are fetched when they are needed.
//!
//! The splitter reads what the linker wrote with `--emit-relocs`, before wasm-bindgen: so Trunk's own output, which is
//! whole, gives way to this one.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use crate::project::Project;
use crate::step::{Done, Failure, run};

/// The loader of chunks, as the splitter names it, in the folder and in the binary.
const LOADER: &str = "__wasm_split.js";

/// Puts the console, split, in place of what Trunk put into `built`.
pub fn console(project: &Project, built: &Path) -> Done {
    let parts = split(project, "console")?;
    replace(&parts, built).map_err(|error| Failure(format!("The split console could not be put in place: {error}.")))
}

/// A binary in its parts, in a folder of its own and still under the names that the tools gave them.
struct Parts {
    name: &'static str,
    folder: PathBuf,
    files: Vec<String>,
}

/// Splits the release binary `name`, makes its glue, and optimises all of it.
fn split(project: &Project, name: &'static str) -> Done<Parts> {
    let failed = |error: io::Error| Failure(format!("target/split cannot be written: {error}."));
    let folder = project.built.join("split").join(name);
    let linked = project
        .built
        .join(format!("wasm32-unknown-unknown/release/{name}.wasm"));
    let whole = folder.join(format!("{name}.wasm"));
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(failed)?;
    }
    fs::create_dir_all(&folder).map_err(failed)?;
    run(project
        .command("wasm-split-cli")
        .arg(&linked)
        .arg(&folder)
        .args(["--out-name", name]))?;
    let mut bind = project.command("wasm-bindgen");
    // Chunks share memory, table and stack pointer with the main part, which therefore has to keep exporting them.
    bind.args([
        "--target",
        "web",
        "--keep-lld-exports",
        "--no-demangle",
        "--no-typescript",
        "--out-name",
        name,
    ]);
    run(bind.arg("--out-dir").arg(&folder).arg(&whole))?;
    fs::remove_file(&whole).map_err(failed)?;
    let mut files = names(&folder).map_err(failed)?;
    files.sort();
    for file in files.iter().filter(|file| file.ends_with(".wasm")) {
        let path = folder.join(file);
        // `-Oz` leaves less, and more after compression: what is repeated costs a compressor little.
        let mut optimise = project.command("wasm-opt");
        run(optimise
            .args(["--quiet", "-O2", "--shrink-level=2", "--enable-reference-types"])
            .arg(&path)
            .arg("--output")
            .arg(&path))?;
    }
    Ok(Parts { name, folder, files })
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect()
}

/// Puts the parts into `built` under names with one hash of them all, and makes the page load them.
///
/// A chunk fits the main part it was split from and no other: with any other it would corrupt its memory. One hash for
/// all means that a page never finds a chunk of another release.
fn replace(parts: &Parts, built: &Path) -> io::Result<()> {
    let page = built.join("index.html");
    let html = fs::read_to_string(&page)?;
    let whole = names(built)?
        .into_iter()
        .filter(|file| file.starts_with(parts.name))
        .find_map(|file| file.strip_suffix("_bg.wasm").map(str::to_owned))
        .ok_or_else(|| io::Error::other(format!("Trunk built no {}", parts.name)))?;
    for end in [".js", "_bg.wasm"] {
        fs::remove_file(built.join(format!("{whole}{end}")))?;
    }
    let mut hasher = DefaultHasher::new();
    let mut contents = Vec::new();
    for file in &parts.files {
        let content = fs::read(parts.folder.join(file))?;
        (file, &content).hash(&mut hasher);
        contents.push(content);
    }
    let stem = format!("{}-{:016x}", parts.name, hasher.finish());
    for (file, content) in parts.files.iter().zip(contents) {
        let content = if file.ends_with(".js") {
            renamed(parts, &String::from_utf8_lossy(&content), &stem).into_bytes()
        } else {
            content
        };
        fs::write(built.join(new_name(parts.name, file, &stem)), content)?;
    }
    fs::write(page, with_parts(&html, &whole, &stem))
}

/// What a part is called in the end: `console-0123456789abcdef_detail.wasm`.
fn new_name(name: &str, file: &str, stem: &str) -> String {
    match file.strip_prefix(name) {
        Some(end) => format!("{stem}{end}"),
        None => format!("{stem}_{}", file.trim_start_matches(['_']).trim_start_matches("split_")),
    }
}

/// A script that loads the other parts by their new names.
fn renamed(parts: &Parts, script: &str, stem: &str) -> String {
    parts.files.iter().fold(script.to_owned(), |script, file| {
        let new = new_name(parts.name, file, stem);
        // The binary asks for what it imports from the loader by the old name: what is imported keeps that one.
        let (old, new) = if file == LOADER {
            (format!("from \"./{file}\""), format!("from \"./{new}\""))
        } else {
            (format!("\"./{file}\""), format!("\"./{new}\""))
        };
        script.replace(&old, &new)
    })
}

/// The page, loading the parts in place of the whole; the loader is fetched with the glue, which imports it.
fn with_parts(html: &str, whole: &str, stem: &str) -> String {
    let loader = format!("<link crossorigin href=/{stem}_wasm_split.js rel=modulepreload>");
    html.replace(whole, stem)
        .replacen("</head>", &format!("{loader}</head>"), 1)
}
