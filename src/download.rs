//! A file that leaves the console: its bytes become one, and the browser puts it where it puts downloads.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// The pieces of a file in their order. Each is a blob at once: those lie with the browser, which puts large ones on the
/// disk, so that neither the console nor its scripts hold the file.
#[derive(Clone, Debug, Default)]
pub struct Pieces(Array);

impl Pieces {
    /// Adds the next piece.
    pub fn push(&self, bytes: &[u8]) {
        let parts = Array::of1(&Uint8Array::from(bytes));
        if let Ok(blob) = Blob::new_with_u8_array_sequence(&parts) {
            self.0.push(&blob);
        }
    }

    /// Hands the file to the browser; `kind` is its media type. Whether that could be done.
    #[must_use]
    pub fn save(&self, name: &str, kind: &str) -> bool {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let saved = Blob::new_with_blob_sequence_and_options(&self.0, &options)
            .and_then(|blob| Url::create_object_url_with_blob(&blob))
            .and_then(|url| {
                let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
                link.set_href(&url);
                link.set_download(name);
                link.click();
                // The browser holds what it has begun to save.
                Url::revoke_object_url(&url)
            });
        saved.is_ok()
    }
}
