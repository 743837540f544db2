//! Puts the built console into the binary, where `ROLLCALL_CONSOLE` names its folder, as `cargo xtask dist` does.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=ROLLCALL_CONSOLE");
    let mut table = String::from("&[\n");
    if let Some(folder) = env::var_os("ROLLCALL_CONSOLE") {
        println!("cargo:rerun-if-changed={}", Path::new(&folder).display());
        let mut files = fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?;
        // They are looked up by their names.
        files.sort_by_key(fs::DirEntry::file_name);
        for file in files {
            let (name, path) = (file.file_name(), fs::canonicalize(file.path())?);
            writeln!(table, "({name:?}, include_bytes!({path:?}).as_slice()),")?;
        }
    }
    table.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("console.rs"), table)?;
    Ok(())
}
