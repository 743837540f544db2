//! What the archive is made of, as a CycloneDX document: every crate with its version, licence and checksum.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::project::Project;
use crate::step::{Done, Failure, output};

const WASM: &str = "wasm32-unknown-unknown";

/// Writes the document. It tells no time and no number of its own, so that the same sources make the same one.
pub fn write(project: &Project, file: &Path) -> Done {
    let host = output(project.command("rustc").arg("-vV")).unwrap_or_default();
    let host = host
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap_or_default()
        .to_owned();
    let lock = fs::read_to_string(project.root.join("Cargo.lock")).unwrap_or_default();
    let mut parts = Parts::default();
    for (name, platform) in [("console", WASM), ("engine", WASM), ("server", host.as_str())] {
        parts.add(name, &metadata(project, platform)?)?;
    }
    let text = parts.document(&checksums(&lock)).to_string();
    fs::write(file, text).map_err(|error| Failure(format!("{} cannot be written: {error}.", file.display())))
}

/// What Cargo knows of all crates, as they depend on each other on a platform.
fn metadata(project: &Project, platform: &str) -> Done<Value> {
    let mut cargo = project.cargo(&[
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--filter-platform",
        platform,
    ]);
    let text = output(&mut cargo).and_then(|text| serde_json::from_str(&text).ok());
    text.ok_or_else(|| Failure("`cargo metadata` does not tell what the crates depend on.".to_owned()))
}

/// The crates that something is made of, and on which each depends, by name and version.
#[derive(Default)]
struct Parts {
    made_of: BTreeSet<String>,
    crates: BTreeMap<String, Value>,
    depend: BTreeMap<String, BTreeSet<String>>,
}

impl Parts {
    /// Adds one of our crates with all that it is built from; what is only for tests is left out. Cost: O(dependencies).
    fn add(&mut self, name: &str, metadata: &Value) -> Done {
        let all = |pointer: &str| {
            metadata
                .pointer(pointer)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        let packages: BTreeMap<&str, &Value> = all("/packages")
            .filter_map(|it| Some((it["id"].as_str()?, it)))
            .collect();
        let nodes: BTreeMap<&str, &Value> = all("/resolve/nodes")
            .filter_map(|it| Some((it["id"].as_str()?, it)))
            .collect();
        let first = packages
            .iter()
            .find(|(_, it)| it["name"] == name && it["source"].is_null());
        let (first, package) = first.ok_or_else(|| Failure(format!("There is no crate {name}.")))?;
        self.made_of.insert(label(package));
        let mut left = vec![*first];
        while let Some(id) = left.pop() {
            let (Some(package), Some(node)) = (packages.get(id), nodes.get(id)) else {
                continue;
            };
            let known = self.crates.insert(label(package), (*package).clone());
            let is_built = |dependency: &&Value| {
                let kinds = dependency["dep_kinds"].as_array().into_iter().flatten();
                kinds.into_iter().any(|kind| kind["kind"] != "dev")
            };
            let dependencies = node["deps"].as_array().into_iter().flatten().filter(is_built);
            let ids: Vec<&str> = dependencies.filter_map(|it| it["pkg"].as_str()).collect();
            let labels: BTreeSet<String> = ids
                .iter()
                .filter_map(|id| packages.get(id))
                .map(|it| label(it))
                .collect();
            let of_this = self.depend.entry(label(package)).or_default();
            let before = of_this.len();
            of_this.extend(labels);
            // A crate may depend on more for another platform.
            if known.is_none() || of_this.len() > before {
                left.extend(ids);
            }
        }
        Ok(())
    }

    fn document(&self, checksums: &BTreeMap<String, String>) -> Value {
        let components = self
            .crates
            .iter()
            .map(|(label, package)| component(label, package, checksums.get(label)));
        let components: Vec<Value> = components.collect();
        let mut depend = vec![json!({"ref": "rollcall", "dependsOn": self.made_of})];
        depend.extend(
            self.depend
                .iter()
                .map(|(label, on)| json!({"ref": label, "dependsOn": on})),
        );
        json!({
            "bomFormat": "CycloneDX",
            "specVersion": "1.5",
            "version": 1,
            "metadata": {"component": {
                "type": "application", "bom-ref": "rollcall", "name": "rollcall", "version": env!("CARGO_PKG_VERSION"),
            }},
            "components": components,
            "dependencies": depend,
        })
    }
}

/// Name and version, as package URLs join them.
fn label(package: &Value) -> String {
    let text = |key: &str| package[key].as_str().unwrap_or_default();
    format!("{}@{}", text("name"), text("version"))
}

fn component(label: &str, package: &Value, checksum: Option<&String>) -> Value {
    let mut component = json!({
        "type": "library", "bom-ref": label, "name": package["name"], "version": package["version"],
    });
    // Older crates write a slash for `OR`.
    if let Some(licence) = package["license"].as_str() {
        component["licenses"] = json!([{"expression": licence.replace(" / ", "/").replace('/', " OR ")}]);
    }
    if let Some(checksum) = checksum {
        component["purl"] = json!(format!("pkg:cargo/{label}"));
        component["hashes"] = json!([{"alg": "SHA-256", "content": checksum}]);
    }
    component
}

/// The checksums of `Cargo.lock`; our own crates have none.
fn checksums(lock: &str) -> BTreeMap<String, String> {
    let packages = lock.split("[[package]]").skip(1);
    let pairs = packages.filter_map(|package| {
        let field = |name: &str| package.split_once(&format!("\n{name} = \""))?.1.split('"').next();
        Some((
            format!("{}@{}", field("name")?, field("version")?),
            field("checksum")?.to_owned(),
        ))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_built_is_listed() {
        let package = |name: &str, source: Value| json!({"id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0", "source": source});
        let node = |id: &str, on: &[(&str, Value)]| {
            let deps: Vec<Value> = on
                .iter()
                .map(|(on, kind)| json!({"pkg": on, "dep_kinds": [{"kind": kind}]}))
                .collect();
            json!({"id": id, "deps": deps})
        };
        let registry = json!("registry");
        let metadata = json!({
            "packages": [package("ours", Value::Null), package("a", registry.clone()), package("b", registry.clone()), package("test", registry)],
            "resolve": {"nodes": [
                node("ours", &[("a", Value::Null), ("test", json!("dev"))]),
                node("a", &[("b", json!("build"))]), node("b", &[("a", Value::Null)]), node("test", &[]),
            ]},
        });
        let mut parts = Parts::default();
        assert!(parts.add("ours", &metadata).is_ok() && parts.add("none", &metadata).is_err());
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"ff\"\n\n[[package]]\nname = \"ours\"\nversion = \"1.0.0\"\n";
        let document = parts.document(&checksums(lock));
        let names: Vec<&Value> = document["components"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|it| &it["bom-ref"])
            .collect();
        assert_eq!(names, ["a@1.0.0", "b@1.0.0", "ours@1.0.0"]);
        let a = &document["components"][0];
        assert_eq!(
            (&a["purl"], &a["hashes"][0]["content"]),
            (&json!("pkg:cargo/a@1.0.0"), &json!("ff"))
        );
        assert_eq!(a["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert_eq!(
            document["dependencies"][0],
            json!({"ref": "rollcall", "dependsOn": ["ours@1.0.0"]})
        );
        assert_eq!(document["dependencies"][3]["dependsOn"], json!(["a@1.0.0"]));
    }
}
