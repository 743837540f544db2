//! `cargo xtask dist`: the console's files, the companion with them inside, and what goes with both, in one archive.

use std::fs;
use std::path::{Path, PathBuf};

use crate::project::Project;
use crate::step::{Done, Failure, Step, follow, output, run};
use crate::web::{self, Companion};
use crate::{build, sbom, tools};

/// What of the project goes along as it is.
const ALONG: [&str; 4] = ["LICENSE-APACHE", "LICENSE-MIT", "SECURITY.md", "docs/serving.md"];
/// Settings of web servers, which wait for the policies of the very page that was built.
const SETTINGS: [&str; 2] = ["nginx.conf", "Caddyfile"];

/// Builds everything twice where it has to come out the same, tries it, and says where the archive is.
pub fn dist(project: &Project) -> Done {
    let folder = folder(project)?;
    let mut steps = tools::for_a_release(project)?;
    steps.push(build::step(project));
    steps.push(Step::new("Building the companion with the console inside", 180, || {
        let mut cargo = project.cargo(&["build", "--profile", "companion", "--package", "server"]);
        run(cargo.env("ROLLCALL_CONSOLE", &project.console))
    }));
    steps.push(Step::reporting("Gathering what goes along, and trying it", 10, || {
        gather(project, &folder)
            .map_err(|error| Failure(format!("{} cannot be written: {error}.", folder.display())))?;
        sbom::write(project, &folder.join("sbom.cdx.json"))?;
        let companion = Companion::start(&folder.join(binary()))?;
        for name in SETTINGS {
            companion.fill_in(&project.root.join("docs").join(name), &folder.join(name))?;
        }
        web::compare(project, &companion, &folder)
    }));
    steps.push(Step::new("Building the console once more, and comparing", 150, || {
        again(project)
    }));
    steps.push(Step::new("Packing", 2, || pack(project, &folder)));
    follow("dist", steps)?;
    println!("\nThe archive is {}.tar.gz.", folder.display());
    Ok(())
}

/// Where everything is gathered, named as the archive.
fn folder(project: &Project) -> Done<PathBuf> {
    let about = output(project.command("rustc").arg("-vV")).unwrap_or_default();
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or_else(|| Failure("rustc does not say for which system it compiles.".to_owned()))?;
    let name = format!("rollcall-{}-{host}", env!("CARGO_PKG_VERSION"));
    Ok(project.root.join("dist").join(name))
}

fn binary() -> String {
    format!("rollcall{}", std::env::consts::EXE_SUFFIX)
}

/// Builds the console into another folder, from nothing, and fails where one byte of it is another.
fn again(project: &Project) -> Done {
    let built = project.built.join("again");
    let console = built.join("app");
    let failed = |error: std::io::Error| Failure(format!("The two builds cannot be compared: {error}."));
    if built.exists() {
        fs::remove_dir_all(&built).map_err(failed)?;
    }
    let elsewhere = Project {
        built: built.clone(),
        ..Project::here()
    };
    let mut trunk = build::trunk(&elsewhere);
    run(trunk.arg("--dist").arg(&console).env("CARGO_TARGET_DIR", &built))?;
    let (one, other) = (
        files(&project.console).map_err(failed)?,
        files(&console).map_err(failed)?,
    );
    let one: Vec<_> = one
        .into_iter()
        .filter(|(name, _)| !crate::compress::is_compressed(name))
        .collect();
    if let Some((name, _)) = one.iter().find(|file| !other.contains(file)) {
        return Err(Failure(format!(
            "{name} of dist/app is not the same when it is built again."
        )));
    }
    if one.len() != other.len() {
        return Err(Failure(format!(
            "{} files were built, and {} the second time.",
            one.len(),
            other.len()
        )));
    }
    fs::remove_dir_all(&built).map_err(failed)
}

/// The files of a folder by name, with what they hold.
fn files(folder: &Path) -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.push((
            entry.file_name().to_string_lossy().into_owned(),
            fs::read(entry.path())?,
        ));
    }
    files.sort();
    Ok(files)
}

/// The folder of the archive, anew, with what needs no change.
fn gather(project: &Project, folder: &Path) -> std::io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder.join("console"))?;
    for (name, bytes) in files(&project.console)? {
        fs::write(folder.join("console").join(name), bytes)?;
    }
    fs::copy(project.built.join("companion").join(binary()), folder.join(binary()))?;
    for name in ALONG {
        let file = Path::new(name).file_name().unwrap_or_default();
        fs::copy(project.root.join(name), folder.join(file))?;
    }
    Ok(())
}

/// The archive beside the folder.
fn pack(project: &Project, folder: &Path) -> Done {
    let mut name = folder.file_name().unwrap_or_default().to_os_string();
    let mut tar = project.command("tar");
    tar.current_dir(project.root.join("dist"));
    let what = name.clone();
    name.push(".tar.gz");
    run(tar.arg("-czf").arg(name).arg(what))
}
