//! `cargo xtask module`: the core as packages for JavaScript, into `dist/module` for the web and `dist/module-node` for Node.

use std::fs;
use std::path::Path;

use crate::names::Names;
use crate::order::put_in_order;
use crate::project::Project;
use crate::split::{FEATURES, THOROUGHLY, without_margins};
use crate::step::{Done, Failure, Step, follow, run};
use crate::tools;

const WASM: &str = "wasm32-unknown-unknown";

/// One of the packages: what wasm-bindgen calls its kind, and what our own files for it are called.
struct Package {
    folder: &'static str,
    target: &'static str,
    kind: &'static str,
}

const PACKAGES: [Package; 2] = [
    Package {
        folder: "dist/module",
        target: "web",
        kind: "web",
    },
    Package {
        folder: "dist/module-node",
        target: "nodejs",
        kind: "node",
    },
];

/// Builds both packages and says how long that took.
pub fn module(project: &Project) -> Done {
    let mut steps = tools::for_the_module(project)?;
    steps.push(step(project));
    follow("module", steps)?;
    println!("\nThe packages are in dist/module (web) and dist/module-node (Node).");
    Ok(())
}

/// Both packages as a step of a longer task.
pub fn step(project: &Project) -> Step<'_> {
    Step::new("Building the module into dist/module and dist/module-node", 60, || {
        let words = ["build", "--release", "--package", "module", "--target", WASM];
        let mut cargo = project.cargo(&words);
        project.hide_paths(&mut cargo);
        run(&mut cargo)?;
        let built = project.built.join(WASM).join("release/module.wasm");
        PACKAGES.iter().try_for_each(|package| package.write(project, &built))
    })
}

/// The glue and the WebAssembly as they travel; what people read is `index.js`.
fn strip(glue: &Path, wasm: &Path) -> std::io::Result<()> {
    let mut names = Names::default();
    let mut script = without_margins(&fs::read_to_string(glue)?).into_bytes();
    let mut binary = fs::read(wasm)?;
    names.number(&mut script);
    names.number(&mut binary);
    fs::write(glue, script)?;
    fs::write(wasm, binary)
}

impl Package {
    /// The glue, the WebAssembly, and our own files around them. The old package goes first, so that nothing of it stays.
    fn write(&self, project: &Project, built: &Path) -> Done {
        let folder = project.root.join(self.folder);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| self.unwritten(&error))?;
        }
        let mut bindgen = project.command("wasm-bindgen");
        bindgen.args(["--target", self.target, "--out-name", "rollcall", "--no-typescript"]);
        bindgen.args(["--remove-name-section", "--remove-producers-section"]);
        run(bindgen.arg("--out-dir").arg(&folder).arg(built))?;
        let wasm = folder.join("rollcall_bg.wasm");
        let mut optimiser = project.command("wasm-opt");
        // What has one caller stays a function: it is smaller so, and what is called often is compiled anew by a browser, while
        // what it was made part of and runs but once is not.
        optimiser.args(["-O3", "--one-caller-inline-max-function-size=0"]);
        optimiser.args(THOROUGHLY);
        optimiser.args(FEATURES);
        run(optimiser.arg(&wasm).arg("--output").arg(&wasm))?;
        put_in_order(&wasm)?;
        strip(&folder.join("rollcall.js"), &wasm).map_err(|error| self.unwritten(&error))?;
        self.write_face(project, &folder)
            .map_err(|error| self.unwritten(&error))
    }

    /// `index.js` and `index.d.ts` are what both packages share and then what only this kind has.
    fn write_face(&self, project: &Project, folder: &Path) -> std::io::Result<()> {
        let ours = project.root.join("crates/module/js");
        let read = |name: String| fs::read_to_string(ours.join(name));
        for end in ["js", "d.ts"] {
            let own = read(format!("{}.{end}", self.kind))?;
            let shared = read(format!("face.{end}"))?;
            fs::write(folder.join(format!("index.{end}")), shared + &own)?;
        }
        let about = read(format!("{}.json", self.kind))?;
        let about = about.replace("{version}", env!("CARGO_PKG_VERSION"));
        fs::write(folder.join("package.json"), about)?;
        fs::write(folder.join("README.md"), read(format!("{}.md", self.kind))?)?;
        fs::copy(ours.join("example.json"), folder.join("example.json"))?;
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            fs::copy(project.root.join(licence), folder.join(licence))?;
        }
        Ok(())
    }

    fn unwritten(&self, error: &std::io::Error) -> Failure {
        Failure(format!("{} cannot be written: {error}.", self.folder))
    }
}
