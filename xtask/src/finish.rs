//! The release hook of Trunk: what it built becomes what a browser loads first, and what it loads later.

use std::path::PathBuf;

use crate::project::Project;
use crate::step::{Done, Failure};
use crate::{integrity, split, styles};

/// Finishes the build that calls. A debug build stays as Trunk made it, which is easier to follow and quicker.
pub fn hook(project: &Project) -> Done {
    let variable = |name| {
        std::env::var(name)
            .map_err(|_| Failure("`cargo xtask finish-release` is called by Trunk, at the end of a build.".to_owned()))
    };
    if variable("TRUNK_PROFILE")? != "release" {
        return Ok(());
    }
    let built = PathBuf::from(variable("TRUNK_STAGING_DIR")?);
    styles::join(&built).map_err(|error| Failure(format!("The stylesheets could not be joined: {error}.")))?;
    split::all(project, &built)?;
    integrity::seal(&built).map_err(|error| Failure(format!("The page could not be given its digests: {error}.")))
}
