//! The release console once more, compressed as it travels: beside each file one by brotli and one by gzip.

use std::fs;
use std::path::{Path, PathBuf};

use crate::project::Project;
use crate::step::{Done, Failure, run};

/// What a companion serves in place of a file, by what the browser accepts.
const ENDINGS: [&str; 2] = [".br", ".gz"];
/// Kinds that compression makes smaller; pictures and fonts have been compressed by whoever made them.
const WORTH_IT: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// Whether a file is another one, compressed.
pub fn is_compressed(name: &str) -> bool {
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Compresses the release console at the highest settings, which are slow to write and quick to read, by Node's own
/// libraries: the release build needs Node anyway, and so this needs no crate.
pub fn console(project: &Project) -> Done {
    let mut found = Vec::new();
    find(&project.console, &mut found).map_err(|error| Failure(format!("dist/app cannot be read: {error}.")))?;
    files(project, &found)
}

fn files(project: &Project, files: &[PathBuf]) -> Done {
    const SCRIPT: &str = "const { readFileSync, writeFileSync } = require('node:fs');
        const { brotliCompressSync, gzipSync } = require('node:zlib'); // brotli's default is its highest, 11
        for (const file of process.argv.slice(1)) {
          const bytes = readFileSync(file);
          writeFileSync(file + '.br', brotliCompressSync(bytes));
          writeFileSync(file + '.gz', gzipSync(bytes, { level: 9 }));
        }";
    run(project.command("node").args(["-e", SCRIPT, "--"]).args(files))
}

/// The files below a folder that are worth it.
fn find(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, found)?;
        } else if path
            .extension()
            .is_some_and(|kind| WORTH_IT.iter().any(|it| kind == *it))
        {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::output;

    #[test]
    fn compressed_files_hold_what_the_files_hold() -> std::io::Result<()> {
        let project = Project::here();
        let folder = std::env::temp_dir().join(format!("rollcall-compress-{}", std::process::id()));
        fs::create_dir_all(folder.join("below"))?;
        let text = "membership ".repeat(1_000);
        for name in ["page.html", "below/code.wasm", "picture.png"] {
            fs::write(folder.join(name), &text)?;
        }
        let mut found = Vec::new();
        find(&folder, &mut found)?;
        assert_eq!(found.len(), 2);
        assert!(files(&project, &found).is_ok());
        for file in &found {
            let read = "const { brotliDecompressSync: br, gunzipSync: gz } = require('node:zlib');
                const read = (ending) => require('node:fs').readFileSync(process.argv[1] + ending);
                const same = br(read('.br')).equals(read('')) && gz(read('.gz')).equals(read(''));
                console.log(same, read('.br').length < 200, read('.gz').length < 200);";
            let said = output(project.command("node").args(["-e", read, "--"]).arg(file));
            assert_eq!(said.as_deref(), Some("true true true"), "{}", file.display());
        }
        assert!(is_compressed("a.wasm.br") && is_compressed("a.css.gz") && !is_compressed("a.wasm"));
        assert!(!folder.join("picture.png.br").exists());
        fs::remove_dir_all(folder)
    }
}
