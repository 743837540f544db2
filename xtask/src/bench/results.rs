//! `bench/RESULTS.md`: a part for each of the tasks, which replaces its own alone.

use std::fs;

use crate::project::Project;
use crate::step::{Done, Failure};

const FILE: &str = "bench/RESULTS.md";
const HEAD: &str = "# Results\n\nWritten by `cargo xtask bench`, `--browser` and `--companion`; [README.md](README.md) says what each item is.\n";

/// A part of the file.
#[derive(Clone, Copy)]
pub enum Part {
    Peers,
    Browser,
    Companion,
}

impl Part {
    const ALL: [Self; 3] = [Self::Peers, Self::Browser, Self::Companion];

    fn title(self) -> &'static str {
        ["## Beside others", "## In the browser", "## The companion under load"][self as usize]
    }
}

/// Puts a text in place of a part.
pub fn write(project: &Project, part: Part, text: &str) -> Done {
    let file = project.root.join(FILE);
    let old = fs::read_to_string(&file).unwrap_or_default();
    fs::write(file, replaced(&old, part, text)).map_err(|error| Failure(format!("{FILE} cannot be written: {error}.")))
}

fn replaced(old: &str, part: Part, text: &str) -> String {
    let parts = Part::ALL.map(|one| {
        let body = if one as usize == part as usize {
            text
        } else {
            body(old, one)
        };
        match body.trim() {
            "" => String::new(),
            body => format!("\n{}\n\n{body}\n", one.title()),
        }
    });
    format!("{HEAD}{}", parts.concat())
}

/// What stands below the title of a part, up to the next part's.
fn body(text: &str, part: Part) -> &str {
    let (_, after) = text.split_once(part.title()).unwrap_or_default();
    let ends = Part::ALL.iter().filter_map(|other| after.find(other.title()));
    &after[..ends.min().unwrap_or(after.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_replaces_itself_alone() {
        let first = replaced("", Part::Browser, "frames");
        assert!(first.ends_with("## In the browser\n\nframes\n"));
        let both = replaced(&first, Part::Peers, "times\n\n### M\n\nmore");
        assert!(both.ends_with("## Beside others\n\ntimes\n\n### M\n\nmore\n\n## In the browser\n\nframes\n"));
        let newer = replaced(&both, Part::Peers, "newer");
        assert!(newer.ends_with("## Beside others\n\nnewer\n\n## In the browser\n\nframes\n"));
    }
}
