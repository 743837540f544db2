//! The directory file in pieces, for JavaScript.

use membership::json;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::directory::Directory;
use crate::error::ModuleError;

/// A directory file that is being read.
#[wasm_bindgen]
pub struct DirectoryReader(json::DirectoryReader);

#[wasm_bindgen]
impl DirectoryReader {
    /// A reader at the start of a file.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self(json::DirectoryReader::new())
    }

    /// Reads the next piece, cut anywhere.
    ///
    /// # Errors
    ///
    /// Where the text is no directory file; from then on, always the same.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), ModuleError> {
        Ok(self.0.push(bytes)?)
    }

    /// Users, groups and memberships so far.
    #[expect(clippy::cast_precision_loss, reason = "no directory has 2^53 memberships")]
    pub fn counts(&self) -> Vec<f64> {
        let counts = self.0.counts();
        vec![
            f64::from(counts.users),
            f64::from(counts.groups),
            counts.memberships as f64,
        ]
    }

    /// Ends the file.
    ///
    /// # Errors
    ///
    /// As [`Self::push`].
    pub fn finish(self) -> Result<Directory, ModuleError> {
        Ok(Directory::new(self.0.finish(&mut |_, _| {})?))
    }
}
