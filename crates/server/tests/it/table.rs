//! Tables of `docs/` that the tests write: what they try, and what they found.

use std::fs;
use std::path::Path;

/// Holds a table of `docs/` to what the tests have found, under an introduction of its own. Where the two differ, the right
/// one lies beside the build.
pub fn hold(name: &str, introduction: &str, head: &[&str], rows: &[Vec<String>]) {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<String> = head.iter().map(|&cell| cell.to_owned()).collect();
    let rule: Vec<String> = head.iter().map(|_| "---".to_owned()).collect();
    let rows: String = rows.iter().map(|cells| line(cells)).collect();
    let right = format!("{introduction}\n\n{}{}{rows}", line(&head), line(&rule));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    if fs::read_to_string(&file).is_ok_and(|found| found.replace('\r', "") == right) {
        return;
    }
    let beside = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&beside, right).expect("the build's folder can be written");
    panic!(
        "docs/{name} does not say what the tests have found. Read what has changed, then: cp {} docs/{name}",
        beside.display()
    );
}
