//! Where things are: the project's folders, and commands that see the tools installed in `target/`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders of this checkout.
pub struct Project {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Where Cargo builds: `target`, unless `CARGO_TARGET_DIR` says otherwise.
    pub built: PathBuf,
    /// The release console.
    pub console: PathBuf,
    /// Tools that `cargo install` brought.
    pub tools: PathBuf,
    /// What npm brought.
    pub npm: PathBuf,
}

impl Project {
    /// The checkout that this program was built from.
    pub fn here() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .unwrap_or(Path::new("."))
            .to_path_buf();
        let built =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder));
        Self {
            built,
            console: root.join("dist/app"),
            tools: root.join("target/tools"),
            npm: root.join("target/npm"),
            root,
        }
    }

    /// A command in the project's folder that finds our own tools before those of the machine.
    pub fn command(&self, program: &str) -> Command {
        // Looked up here, because a child's own PATH does not decide where the child itself is found.
        let found = self.find(program).unwrap_or_else(|| program.into());
        let mut command = Command::new(found);
        command.current_dir(&self.root).env("PATH", self.path());
        command
    }

    /// Cargo, of the same toolchain that runs this program.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(&self.root).env("PATH", self.path()).args(arguments);
        command
    }

    /// Trunk with what both of its tasks share.
    pub fn trunk(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("trunk");
        command
            .args(arguments)
            .arg("--skip-version-check")
            // Trunk wants `true` here, the rest of the world writes `1`.
            .env_remove("NO_COLOR")
            // A failed build is told by the compiler; where Trunk noticed it is of no use to anyone.
            .env_remove("RUST_BACKTRACE");
        command
    }

    /// Has the compiler write other paths into WebAssembly than this machine's, which would make every machine's another.
    pub fn hide_paths(&self, command: &mut Command) {
        let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
        let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
        let registries = home.and_then(|home| std::fs::read_dir(home.join("registry/src")).ok());
        let registries = registries
            .into_iter()
            .flatten()
            .flatten()
            .map(|it| (it.path(), "/crates"));
        let flags = registries
            .chain([(self.root.clone(), "/rollcall"), (self.built.clone(), "/target")])
            .map(|(path, instead)| format!("--remap-path-prefix={}={instead}", path.display()));
        // Of several that fit, the last counts. Cargo adds them to the flags of `.cargo/config.toml`.
        let flags = flags.collect::<Vec<_>>().join(" ");
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    }

    /// The companion's binary, once it has been built.
    pub fn companion(&self) -> PathBuf {
        self.built
            .join("debug")
            .join(format!("rollcall{}", std::env::consts::EXE_SUFFIX))
    }

    /// The file that starts `program`, from our own tools first.
    pub fn find(&self, program: &str) -> Option<PathBuf> {
        std::env::split_paths(&self.path())
            .flat_map(|folder| {
                ["", std::env::consts::EXE_SUFFIX, ".cmd"].map(|end| folder.join(format!("{program}{end}")))
            })
            .find(|file| file.is_file())
    }

    fn path(&self) -> OsString {
        let ours = [self.tools.join("bin"), self.npm.join("node_modules/.bin")];
        let machine = std::env::var_os("PATH").unwrap_or_default();
        std::env::join_paths(ours.into_iter().chain(std::env::split_paths(&machine))).unwrap_or(machine)
    }
}
