//! What the page says of the files that it loads: a digest of each, which a browser compares before it uses the file.
//!
//! The digests stand in the page's import map, where browsers look for those of modules; the loader of chunks looks there
//! for those of WebAssembly. A worker's own script is no place to look: browsers hold it against nothing.
//!
//! The worker's files are asked for as soon as the console's WebAssembly begins to arrive, so that they are there when it runs:
//! else each would be asked for once the one before it has run.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// Where the page's own things begin, behind its encoding, size and title.
const BEGINS: &str = "<script>";
/// The files that the page loads, by how their names begin.
const LOADED: [&str; 2] = ["console-", "style-"];

/// What starts the worker, and how the names of the files begin that it then loads.
const WORKER: (&str, &str) = ("worker_loader.js", "worker-");

/// Seals `index.html` of a release in `built`, after which no file of it may change: the digests go into its head, before
/// anything is loaded; the WebAssembly is fetched right there, since no preload has a digest.
pub fn seal(built: &Path) -> io::Result<()> {
    let mut digests = BTreeMap::new();
    let mut early = vec![format!("/{}", WORKER.0)];
    for entry in fs::read_dir(built)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if LOADED.iter().any(|start| name.starts_with(start)) {
            digests.insert(format!("/{name}"), digest(&fs::read(entry.path())?));
        } else if name.starts_with(WORKER.1) && (name.ends_with(".js") || name.ends_with("_bg.wasm")) {
            early.push(format!("/{name}"));
        }
    }
    early.sort();
    let page = built.join("index.html");
    let html = fs::read_to_string(&page)?;
    let sealed = sealed(&html, &digests, &early)
        .ok_or_else(|| io::Error::other("the page does not load what it is known to"))?;
    fs::write(page, sealed)
}

fn digest(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes)))
}

/// The page with its digests, by the address of each file, and with what it asks for `early`; none if one of the links that it
/// is known to have is not there.
fn sealed(html: &str, digests: &BTreeMap<String, String>, early: &[String]) -> Option<String> {
    let wasm = digests.keys().find(|file| file.ends_with("_bg.wasm"))?;
    let lines = digests
        .iter()
        .map(|(file, digest)| format!("\"{file}\":\"{digest}\""))
        .collect::<Vec<_>>();
    // Without them the worker asks for itself: nothing is said of what did not arrive.
    let head = format!(
        "<script type=importmap>{{\"integrity\":{{{}}}}}</script><script>var consoleWasm=fetch(\"{wasm}\",{{integrity:\"{}\"}});\
         for(let file of {early:?})consoleWasm.then(()=>fetch(file)).then(it=>it.blob()).catch(()=>{{}})</script>",
        lines.join(",\n"),
        digests.get(wasm)?
    );
    let mut page = once(html, &format!("'{wasm}'"), "consoleWasm")?;
    page = once(&page, BEGINS, &format!("{head}{BEGINS}"))?;
    page = once(
        &page,
        &format!("<link as=fetch crossorigin href={wasm} rel=preload type=application/wasm>"),
        "",
    )?;
    for (file, digest) in digests {
        let link = if file.ends_with(".css") {
            format!("href=\"{file}\"")
        } else if file.ends_with(".js") {
            format!("href={file}")
        } else {
            continue;
        };
        page = once(&page, &link, &format!("{link} integrity=\"{digest}\""))?;
    }
    Some(page)
}

/// A text with the first `old` in it replaced; none if there is none.
fn once(text: &str, old: &str, new: &str) -> Option<String> {
    text.contains(old).then(|| text.replacen(old, new, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<title>R</title><script>look()</script><link rel=\"stylesheet\" href=\"/style-2.css\">\
         <script type=module>import init from '/console-1.js';\nawait init({ module_or_path: '/console-1_bg.wasm' });</script>\
         <link crossorigin href=/console-1.js rel=modulepreload>\
         <link as=fetch crossorigin href=/console-1_bg.wasm rel=preload type=application/wasm>";

    fn digests() -> BTreeMap<String, String> {
        let files = [
            "/console-1.js",
            "/console-1_a.wasm",
            "/console-1_bg.wasm",
            "/style-2.css",
        ];
        files.map(|file| (file.to_owned(), format!("sha256-{file}"))).into()
    }

    fn early() -> [String; 2] {
        ["/worker-1.js", "/worker_loader.js"].map(str::to_owned)
    }

    #[test]
    fn all_that_the_page_loads_has_its_digest() {
        let page = sealed(PAGE, &digests(), &early()).expect("it has all links");
        let map = page.find("<script type=importmap>{\"integrity\":{\"/console-1.js\":\"sha256-/console-1.js\",");
        assert!(map < page.find("<script>look()") && map < page.find("<link"), "{page}");
        for part in [
            "\"/console-1_a.wasm\":\"sha256-/console-1_a.wasm\"",
            "fetch(\"/console-1_bg.wasm\",{integrity:\"sha256-/console-1_bg.wasm\"})",
            "for(let file of [\"/worker-1.js\", \"/worker_loader.js\"])consoleWasm.then(()=>fetch(file))",
            "init({ module_or_path: consoleWasm })",
            "href=/console-1.js integrity=\"sha256-/console-1.js\" rel=modulepreload>",
            "href=\"/style-2.css\" integrity=\"sha256-/style-2.css\">",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(!page.contains("as=fetch"), "{page}");
    }

    #[test]
    fn a_page_that_loads_otherwise_is_not_sealed_in_part() {
        assert_eq!(
            sealed(&PAGE.replace("rel=preload", "rel=prefetch"), &digests(), &[]),
            None
        );
        assert_eq!(
            sealed(&PAGE.replace("/style-2.css", "/style-3.css"), &digests(), &[]),
            None
        );
    }

    #[test]
    fn a_digest_is_what_browsers_compute() {
        // The well-known digest of the empty text.
        assert_eq!(digest(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
