//! Splits a release binary: what the first screen needs, and the chunks that are fetched when they are needed.
//!
//! The splitter reads what the linker wrote with `--emit-relocs`, before wasm-bindgen: so Trunk's own output, which is
//! whole, gives way to this one.

mod gather;

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use crate::names::Names;
use crate::order::put_in_order;
use crate::project::Project;
use crate::step::{Done, Failure, run, side_by_side};

/// The loader of chunks, as the splitter names it, in the folder and in the binary.
const LOADER: &str = "__wasm_split.js";
/// What the binaries use of WebAssembly: what every browser has had for years, and what rustc writes. A merged part does not say
/// so itself.
pub const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];
/// How every binary is optimised, whatever for: until nothing changes, and with offsets folded into loads and stores. The first
/// thousand bytes, which that takes for unused, are the end of the stack, where none of it is left.
pub const THOROUGHLY: [&str; 3] = ["--converge", "--low-memory-unused", "--coalesce-locals-learning"];
/// What wasm-bindgen makes of a binary: its glue, and itself.
const ENDS: [&str; 2] = [".js", "_bg.wasm"];

/// Puts the console and the worker, split, in place of what Trunk put into `built`.
pub fn all(project: &Project, built: &Path) -> Done {
    for (name, loaded_by, frequent) in [
        (
            "console",
            "index.html",
            &["group", "users", "detail", "compare", "connections"][..],
        ),
        ("worker", "worker_loader.js", &["lists", "details", "vendors"]),
    ] {
        let parts = split(project, name, frequent)?;
        replace(&parts, built, loaded_by)
            .map_err(|error| Failure(format!("The parts of the {name} could not be put in place: {error}.")))?;
    }
    Ok(())
}

/// A binary in its parts, in a folder of its own and still under the names that the tools gave them.
struct Parts {
    name: &'static str,
    folder: PathBuf,
    files: Vec<String>,
}

/// Splits the release binary `name`, makes its glue, and optimises all of it; `frequent` are the chunks that most
/// people need.
fn split(project: &Project, name: &'static str, frequent: &[&str]) -> Done<Parts> {
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
    gather::gather(project, &folder, name, frequent)?;
    let mut files = names(&folder).map_err(failed)?;
    files.sort();
    let binaries: Vec<_> = files.iter().filter(|file| file.ends_with(".wasm")).collect();
    side_by_side(&binaries, |file| {
        let path = folder.join(file);
        // `-Oz` leaves less, and more after compression: what is repeated costs a compressor little.
        let mut optimise = project.command("wasm-opt");
        run(optimise
            .args(["--quiet", "-O2", "--shrink-level=2"])
            .args(THOROUGHLY)
            .args(FEATURES)
            .arg(&path)
            .arg("--output")
            .arg(&path))?;
        put_in_order(&path)
    })?;
    Ok(Parts { name, folder, files })
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect()
}

/// Puts the parts into `built` under names with one hash of them all, and makes `loaded_by` load them.
///
/// A chunk fits the main part it was split from and no other: with any other it would corrupt its memory. One hash for
/// all means that a page never finds a chunk of another release.
fn replace(parts: &Parts, built: &Path, loaded_by: &str) -> io::Result<()> {
    let whole = names(built)?
        .into_iter()
        .filter(|file| file.starts_with(parts.name))
        .find_map(|file| file.strip_suffix("_bg.wasm").map(str::to_owned))
        .ok_or_else(|| io::Error::other("Trunk has not built it"))?;
    for end in ENDS {
        fs::remove_file(built.join(format!("{whole}{end}")))?;
    }
    let mut hasher = DefaultHasher::new();
    let mut contents = Vec::new();
    let mut names = Names::default();
    for file in &parts.files {
        let mut content = fs::read(parts.folder.join(file))?;
        names.number(&mut content);
        (file, &content).hash(&mut hasher);
        contents.push(content);
    }
    let stem = format!("{}-{:016x}", parts.name, hasher.finish());
    for (file, content) in parts.files.iter().zip(contents) {
        let content = if file.ends_with(".js") {
            renamed(parts, &without_margins(&String::from_utf8_lossy(&content)), &stem).into_bytes()
        } else {
            content
        };
        fs::write(built.join(new_name(parts.name, file, &stem)), content)?;
    }
    let loader = built.join(loaded_by);
    let text = fs::read_to_string(&loader)?;
    fs::write(loader, with_parts(&text, &whole, &stem))
}

/// A script without indentation and without the lines that are comments: a tenth of the glue after compression. The tools
/// write no text that goes over lines, in which either would mean something.
pub fn without_margins(script: &str) -> String {
    let mut is_comment = false;
    let mut lines = String::with_capacity(script.len());
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        is_comment |= line.starts_with("/*");
        if !is_comment && !line.starts_with("//") {
            lines += line;
            lines.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    lines
}

/// What a part is called in the end: `console-0123456789abcdef_detail.wasm`.
fn new_name(name: &str, file: &str, stem: &str) -> String {
    match ENDS.iter().find(|end| file.strip_suffix(**end) == Some(name)) {
        Some(end) => format!("{stem}{end}"),
        None => format!("{stem}_{}", file.trim_start_matches('_').trim_start_matches("split_")),
    }
}

/// A script that loads the other parts by their new names.
fn renamed(parts: &Parts, script: &str, stem: &str) -> String {
    parts.files.iter().fold(script.to_owned(), |script, file| {
        let new = new_name(parts.name, file, stem);
        // What a binary imports it asks for by the old name of the loader: only where that comes from changes.
        let before = if file == LOADER { "from " } else { "" };
        script
            .replace(&format!("{before}\"./{file}\""), &format!("{before}\"./{new}\""))
            .replace(&format!("'{file}'"), &format!("'{new}'"))
    })
}

/// A page or a script that loads the parts in place of the whole; a page fetches the loader of chunks with the glue,
/// which imports it.
fn with_parts(text: &str, whole: &str, stem: &str) -> String {
    let link = format!(
        "<link crossorigin href=/{} rel=modulepreload></head>",
        new_name("", LOADER, stem)
    );
    let renamed = ENDS.iter().fold(text.to_owned(), |text, end| {
        text.replace(&format!("{whole}{end}"), &format!("{stem}{end}"))
    });
    renamed.replacen("</head>", &link, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_loaded_by_their_new_names() {
        let files = [
            "__wasm_split.js",
            "chunk_2.wasm",
            "console.js",
            "console_bg.wasm",
            "split_detail.wasm",
        ];
        let parts = Parts {
            name: "console",
            folder: PathBuf::new(),
            files: files.map(str::to_owned).to_vec(),
        };
        let glue =
            "import * as a from \"./__wasm_split.js\"\nreturn {\"./__wasm_split.js\": a}; new URL('console_bg.wasm')";
        assert_eq!(
            renamed(&parts, glue, "console-1"),
            "import * as a from \"./console-1_wasm_split.js\"\nreturn {\"./__wasm_split.js\": a}; new URL('console-1_bg.wasm')"
        );
        let loader =
            "import { initSync } from \"./console.js\"; new URL(\"./split_detail.wasm\"), new URL(\"./chunk_2.wasm\")";
        assert_eq!(
            renamed(&parts, loader, "console-1"),
            "import { initSync } from \"./console-1.js\"; new URL(\"./console-1_detail.wasm\"), new URL(\"./console-1_chunk_2.wasm\")"
        );
    }

    #[test]
    fn a_script_loses_its_margins_alone() {
        let script =
            "/**\n * @returns {any}\n */\nget type() {\n    // Why.\n    return \"// no\" * 2;\n\n    /* so */\n}\n";
        assert_eq!(without_margins(script), "get type() {\nreturn \"// no\" * 2;\n}\n");
    }

    #[test]
    fn the_parts_are_loaded_in_place_of_the_whole() {
        let page = "<head></head><script>import a from '/console-0.js'; a('/console-0_bg.wasm')</script>";
        assert_eq!(
            with_parts(page, "console-0", "console-1"),
            "<head><link crossorigin href=/console-1_wasm_split.js rel=modulepreload></head>\
             <script>import a from '/console-1.js'; a('/console-1_bg.wasm')</script>"
        );
        let script = "import start from \"./worker.js\";";
        assert_eq!(
            with_parts(script, "worker", "worker-1"),
            "import start from \"./worker-1.js\";"
        );
    }
}
