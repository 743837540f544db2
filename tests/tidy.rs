//! The rules of the house, as assertions over the source text: who may know whom, and what must not be there at all.
//!
//! ARCHITECTURE.md says why each rule stands. A failure names file and line, and what to do instead.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// A text file of the project, its path written with `/`.
struct File {
    path: String,
    text: String,
}

impl File {
    fn is_under(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    fn ends_in(&self, extension: &str) -> bool {
        self.path.ends_with(extension)
    }

    /// The name without folder and extension.
    fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.split('.').next().unwrap_or_default()
    }

    /// The lines that are code, with their numbers: comments may say what code may not do.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..)
            .zip(self.text.lines())
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Where the code holds one of these words.
    fn places(&self, words: &[&str]) -> Vec<String> {
        self.code()
            .filter_map(|(number, line)| {
                let word = words.iter().find(|word| line.contains(**word))?;
                Some(format!("{}:{number}: {word}", self.path))
            })
            .collect()
    }
}

/// All text files of the checkout, without what is built or installed into it.
fn project() -> Vec<File> {
    fn walk(folder: &Path, path: &str, files: &mut Vec<File>) {
        for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{path}{name}");
            // Where git is told of a worktree by a file, that is git's, too.
            if ["target", "dist", "node_modules", ".git"].contains(&name.as_str()) {
                continue;
            }
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{path}/"), files);
            } else if let Ok(text) = fs::read_to_string(entry.path()) {
                files.push(File { path, text });
            }
        }
    }
    let mut files = Vec::new();
    walk(Path::new(env!("CARGO_MANIFEST_DIR")), "", &mut files);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// The files of Rust but this one, which has to spell what it forbids.
fn rust() -> Vec<File> {
    let mut files = project();
    files.retain(|file| file.ends_in(".rs") && file.path != "tests/tidy.rs");
    files
}

/// Fails with the remedy and all places at once.
#[track_caller]
fn none(places: &[String], remedy: &str) {
    assert!(places.is_empty(), "{remedy}\n  {}\n", places.join("\n  "));
}

#[test]
fn there_is_one_sort() {
    let compiled_for_size = ["membership", "provider", "module", "engine"].map(|name| format!("crates/{name}/src/"));
    let files = rust()
        .into_iter()
        .filter(|file| compiled_for_size.iter().any(|folder| file.is_under(folder)));
    // The test of the one sort compares it with the standard library's.
    let files = files.filter(|file| file.path != "crates/membership/src/sort.rs");
    let others = [".sort()", ".sort_by", ".sort_unstable"];
    let places: Vec<_> = files.flat_map(|file| file.places(&others)).collect();
    none(
        &places,
        "Each of these is compiled anew for its type: sort by `membership::sort::by_key`.",
    );
}

#[test]
fn the_core_is_pure() {
    const OUTSIDE: [&str; 18] = [
        "std::fs",
        "std::net",
        "std::time",
        "std::thread",
        "std::env",
        "std::process",
        "SystemTime",
        "Instant::now",
        "rand::",
        "getrandom",
        "async fn",
        ".await",
        "thread_local!",
        "OnceLock",
        "LazyLock",
        "js_sys",
        "web_sys",
        "println!",
    ];
    let core = rust()
        .into_iter()
        .filter(|file| file.is_under("crates/membership/src/"));
    let places: Vec<_> = core.flat_map(|file| file.places(&OUTSIDE)).collect();
    none(
        &places,
        "The core has no IO, clock, chance, async or global state: take the time, the seed or the bytes as a parameter.",
    );
}

#[test]
fn crates_know_only_those_below_them() {
    // A crate, and those of ours that it may depend on; what stands in no row may depend on none.
    const KNOWS: [(&str, &[&str]); 6] = [
        ("Cargo.toml", &["protocol"]),
        ("crates/engine/Cargo.toml", &["membership", "protocol", "provider"]),
        ("crates/module/Cargo.toml", &["membership", "provider"]),
        ("crates/provider/Cargo.toml", &["membership"]),
        ("crates/server/Cargo.toml", &["membership"]),
        ("fuzz/Cargo.toml", &["membership", "provider"]),
    ];
    const OURS: [&str; 8] = [
        "console",
        "engine",
        "membership",
        "module",
        "protocol",
        "provider",
        "server",
        "xtask",
    ];
    let manifests = project().into_iter().filter(|file| file.path.ends_with("Cargo.toml"));
    let places: Vec<_> = manifests
        .flat_map(|manifest| {
            let known = KNOWS
                .iter()
                .find(|(path, _)| *path == manifest.path)
                .map_or(&[][..], |(_, known)| known);
            let strangers = OURS.iter().filter(|name| !known.contains(name));
            let dependencies = section(&manifest.text, "[dependencies]");
            strangers
                .filter(|name| {
                    dependencies
                        .lines()
                        .any(|line| line.split(['.', ' ', '=']).next() == Some(**name))
                })
                .map(|name| format!("{}: {name}", manifest.path))
                .collect::<Vec<_>>()
        })
        .collect();
    none(
        &places,
        "Each [dependencies] table is the architecture: move the code to the crate that may know both, or change the plan in ARCHITECTURE.md and here.",
    );
}

/// What stands in a table of a manifest.
fn section<'a>(manifest: &'a str, head: &str) -> &'a str {
    let after = manifest
        .split_once(&format!("\n{head}\n"))
        .map_or("", |(_, after)| after);
    after.split("\n[").next().unwrap_or_default()
}

#[test]
fn only_those_who_speak_to_vendors_name_them() {
    const VENDORS: [&str; 6] = ["contensis", "Contensis", "tulip", "Tulip", "passbolt", "Passbolt"];
    let console_and_core = rust().into_iter().filter(|file| {
        (file.is_under("src/") && !file.is_under("src/notice"))
            || file.is_under("crates/membership/src/")
            || file.is_under("crates/protocol/")
            || file.is_under("crates/engine/src/")
            || file.is_under("crates/module/src/")
    });
    // The engine says whose request it asks the provider for; the type of the sample's groups is what a group carries.
    const ALLOWED: [&str; 2] = ["provider::contensis::", "kind: Some(\"contensis\")"];
    let places: Vec<_> = console_and_core
        .map(|file| File {
            text: ALLOWED.iter().fold(file.text, |text, word| text.replace(word, "")),
            ..file
        })
        .flat_map(|file| file.places(&VENDORS))
        .collect();
    none(
        &places,
        "Only `provider`, `server` and src/notice name a vendor: let them give a value that says what is meant.",
    );
}

#[test]
fn components_are_told_everything() {
    let components = rust().into_iter().filter(|file| file.is_under("src/components"));
    let places: Vec<_> = components
        .flat_map(|file| {
            file.places(&[
                "use_context",
                "expect_context",
                "crate::session",
                "crate::engine",
                "crate::storage",
            ])
        })
        .collect();
    none(
        &places,
        "Components read no context and know no session: take a prop, give a callback, and let the page connect them.",
    );
}

#[test]
fn paths_are_written_in_one_place() {
    let console = rust()
        .into_iter()
        .filter(|file| file.is_under("src/") && !file.is_under("src/route"));
    let places: Vec<_> = console
        .flat_map(|file| {
            let lines = file.code().filter(|(_, line)| holds_a_path(line));
            lines
                .map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    none(
        &places,
        "A path of the console is written in src/route.rs and beside it alone: make a `Route` and ask it for its url.",
    );
}

/// Whether a line has a literal that begins as the address of a screen does, such as `"/groups"`.
fn holds_a_path(line: &str) -> bool {
    const SCREENS: [&str; 10] = [
        "check",
        "compare",
        "connections",
        "findings",
        "gallery",
        "groups",
        "hierarchy",
        "managers",
        "users",
        "what-if",
    ];
    line.split("\"/")
        .skip(1)
        .any(|rest| SCREENS.iter().any(|screen| rest.starts_with(screen)))
}

#[test]
fn colours_are_written_in_one_place() {
    let painted = project().into_iter().filter(|file| {
        (file.is_under("style/") && file.path != "style/tokens.css") || (file.is_under("src/") && file.ends_in(".rs"))
    });
    let places: Vec<_> = painted
        .flat_map(|file| {
            let lines = file.code().filter(|(_, line)| holds_a_colour(line));
            lines
                .map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    none(
        &places,
        "A colour is written in style/tokens.css alone: use a role, such as `var(--direct)`.",
    );
}

/// Whether a line has a colour, as a function or in hexadecimal digits.
fn holds_a_colour(line: &str) -> bool {
    const FUNCTIONS: [&str; 6] = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab("];
    let in_digits = line.split('#').skip(1).any(|rest| {
        let word: &str = rest
            .split(|it: char| !it.is_ascii_alphanumeric() && it != '-')
            .next()
            .unwrap_or_default();
        [3, 4, 6, 8].contains(&word.len()) && word.bytes().all(|it| it.is_ascii_hexdigit())
    });
    in_digits || FUNCTIONS.iter().any(|function| line.contains(function))
}

#[test]
fn the_browsers_storage_is_used_in_one_place() {
    let console = rust()
        .into_iter()
        .filter(|file| file.is_under("src/") && file.path != "src/storage.rs");
    let places: Vec<_> = console
        .flat_map(|file| file.places(&["local_storage", "session_storage", "localStorage", "sessionStorage"]))
        .collect();
    none(
        &places,
        "What the browser keeps is read and written in src/storage.rs alone, so that no secret ever gets there.",
    );
}

#[test]
fn the_disk_is_written_in_one_place() {
    let places: Vec<_> = rust()
        .into_iter()
        .filter(|file| file.is_under("src/") || file.is_under("crates/engine/src/"))
        .filter(|file| file.path != "crates/engine/src/keep/folder.rs")
        .flat_map(|file| file.places(&["getDirectory", "FileSystem", "IdbFactory", "indexedDB", "CacheStorage"]))
        .collect();
    none(
        &places,
        "What a person asked to keep is written in crates/engine/src/keep/folder.rs alone, so that forgetting finds all of it.",
    );
}

#[test]
fn requests_are_sent_in_one_place() {
    let places: Vec<_> = rust()
        .into_iter()
        .filter(|file| file.is_under("src/") || file.is_under("crates/engine/src/"))
        .filter(|file| file.path != "crates/engine/src/transport.rs")
        .flat_map(|file| file.places(&["gloo_net", "fetch_with", "XmlHttpRequest", "WebSocket", "send_beacon"]))
        .collect();
    none(
        &places,
        "Requests are sent in crates/engine/src/transport.rs alone, so that nobody else ever sends a credential.",
    );
}

#[test]
fn no_module_is_homeless() {
    const HOMELESS: [&str; 8] = [
        "common", "helper", "helpers", "mod", "prelude", "types", "util", "utils",
    ];
    let places: Vec<_> = rust()
        .into_iter()
        .filter(|file| file.path.split(['/', '.']).any(|part| HOMELESS.contains(&part)))
        .map(|file| file.path)
        .collect();
    none(
        &places,
        "Code lives next to the type it serves, in a file named after it; foo.rs has its parts in foo/.",
    );
}

#[test]
fn every_file_says_what_it_is() {
    let places: Vec<_> = rust()
        .into_iter()
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| file.path)
        .collect();
    none(
        &places,
        "Open the file with one `//!` sentence that says what it is for.",
    );
}

#[test]
fn every_stylesheet_is_linked() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("index.html"));
    let page = page.expect("index.html is there");
    let places: Vec<_> = project()
        .into_iter()
        .filter(|file| file.is_under("style/") && file.ends_in(".css"))
        .filter(|file| !page.contains(&format!("href=\"{}\"", file.path)))
        .map(|file| file.path)
        .collect();
    none(
        &places,
        "Add `<link data-trunk rel=\"css\" href=\"…\">` to index.html, or delete the stylesheet.",
    );
}

/// Elements that do something, and are therefore never a fixed part of a view.
const ACTING: [&str; 7] = ["a", "button", "canvas", "dialog", "form", "input", "textarea"];

#[test]
fn every_element_of_a_view_may_be_markup() {
    let page = fs::read_to_string("index.html").expect("the page is there");
    let admitted = page.split_once("<\\/?(?:").and_then(|(_, rest)| rest.split_once(')'));
    let admitted: Vec<&str> = admitted.expect("the page says which").0.split('|').collect();
    let is_admitted = |name: &str| {
        let is_heading = name.len() == 2 && name.starts_with('h');
        admitted.contains(&name) || is_heading || ACTING.contains(&name)
    };
    let mut places = Vec::new();
    for file in rust().iter().filter(|file| file.is_under("src/")) {
        for (number, line) in file.code() {
            let unknown = elements(line).find(|name| !is_admitted(name));
            places.extend(unknown.map(|name| format!("{}:{number}: <{name}>", file.path)));
        }
    }
    none(
        &places,
        "A fixed part of a view becomes markup, for which the page has a policy (index.html, `plain`): an element that does \
         nothing by itself goes into it, any other into `ACTING`",
    );
}

/// The names of HTML elements that are opened in a line; what stands behind a letter are types.
fn elements(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices('<').filter_map(|(at, _)| {
        let name = line[at + 1..]
            .split(|letter: char| !letter.is_ascii_lowercase() && !letter.is_ascii_digit())
            .next()?;
        let is_type = line[..at].ends_with(|letter: char| letter.is_alphanumeric() || "_:&\"".contains(letter));
        let ends = line[at + 1 + name.len()..]
            .chars()
            .next()
            .is_none_or(|end| " >/".contains(end));
        (!is_type && ends && !name.is_empty()).then_some(name)
    })
}

#[test]
fn every_component_has_its_stylesheet() {
    // Components without looks of their own: six draw nothing, and rows are those of the grid's stylesheet.
    const BARE: [&str; 8] = ["focus", "kept", "live", "number", "piece", "rows", "slot", "window"];
    let files = project();
    let places: Vec<_> = files
        .iter()
        .filter(|file| file.is_under("src/components/") && file.path.matches('/').count() == 2)
        .filter(|file| !BARE.contains(&file.stem()))
        .map(|file| format!("style/components/{}.css", file.stem()))
        .filter(|sheet| files.iter().all(|file| file.path != *sheet))
        .collect();
    none(
        &places,
        "Give the component a stylesheet of its name, or list it in this test if it draws nothing.",
    );
}

#[test]
fn every_component_is_in_the_gallery() {
    // These draw nothing themselves.
    const BARE: [&str; 7] = ["focus", "kept", "live", "number", "piece", "slot", "window"];
    let files = project();
    let gallery = files.iter().find(|file| file.path == "src/pages/gallery.rs");
    let gallery = gallery.expect("the gallery is there");
    let places: Vec<_> = files
        .iter()
        .filter(|file| file.is_under("src/components/") && file.path.matches('/').count() == 2)
        .filter(|file| !BARE.contains(&file.stem()))
        .filter(|file| !gallery.text.contains(&format!("part(\"{}\", ", file.stem())))
        .map(|file| file.path.clone())
        .collect();
    none(
        &places,
        "Show the component to designers: give it a line in `PARTS` of src/pages/gallery.rs.",
    );
}

#[test]
fn every_class_is_given_to_something() {
    let files = project();
    let is_drawing = |file: &&File| (file.is_under("src/") && file.ends_in(".rs")) || file.path == "index.html";
    let drawing: String = files.iter().filter(is_drawing).map(|file| file.text.as_str()).collect();
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let given: HashSet<&str> = drawing.split(|letter| !is_word(letter)).collect();
    let sheets = files
        .iter()
        .filter(|file| file.is_under("style/") && file.ends_in(".css"));
    let places: Vec<_> = sheets
        .flat_map(|sheet| {
            // Comments speak of files.
            let rules = sheet.text.split("*/").filter_map(|part| part.split("/*").next());
            let names = rules.flat_map(|rules| rules.split('.').skip(1));
            names
                .filter_map(|rest| rest.split(|letter| !is_word(letter)).next())
                .filter(|name| name.starts_with(|letter: char| letter.is_ascii_alphabetic()) && !given.contains(name))
                .map(|name| format!("{}: .{name}", sheet.path))
                .collect::<Vec<_>>()
        })
        .collect();
    none(&places, "Nothing bears this class: delete its rules.");
}

#[test]
fn nothing_is_unsafe_or_unfinished() {
    const REFUSED: [&str; 9] = [
        "unsafe {",
        "unsafe fn",
        "unsafe impl",
        "unsafe extern",
        "todo!(",
        "unimplemented!(",
        "dbg!(",
        "#[ignore",
        "TODO",
    ];
    let places: Vec<_> = rust().iter().flat_map(|file| file.places(&REFUSED)).collect();
    none(
        &places,
        "No unsafe code, no stub and no skipped test: finish it, or take it out.",
    );
}

#[test]
fn no_file_names_a_machine() {
    let folders = [
        concat!("/ro", "ot/"),
        "/home/",
        "/Users/",
        "C:\\Users",
        concat!("/wo", "rk/"),
    ];
    let places: Vec<_> = project()
        .into_iter()
        .filter(|file| file.path != "tests/tidy.rs")
        .flat_map(|file| file.places(&folders))
        .collect();
    none(
        &places,
        "Paths are relative to the project, or come from the environment.",
    );
}
