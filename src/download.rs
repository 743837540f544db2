//! A file that leaves the console: its bytes become one, and the browser puts it where it puts downloads.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// The pieces of a file in their order: what has arrived lies with the browser, not in the console's memory.
#[derive(Clone, Debug, Default)]
pub struct Pieces(Array);

impl Pieces {
    /// Adds the next piece.
    pub fn push(&self, bytes: &[u8]) {
        self.0.push(&Uint8Array::from(bytes));
    }

    /// Hands the file to the browser; `kind` is its media type. Whether that could be done.
    #[must_use]
    pub fn save(&self, name: &str, kind: &str) -> bool {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let saved = Blob::new_with_u8_array_sequence_and_options(&self.0, &options)
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
