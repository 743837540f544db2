//! Code that is fetched after a directory was opened, or when it is needed first.
//!
//! A release is split into chunks by `cargo xtask build`. A debug build is not: there all code is there from the start.

use protocol::{Kind, Problem};
pub use wasm_split_helpers::SplitLoaderError;
#[cfg(not(debug_assertions))]
use wasm_split_helpers::wasm_split;

use crate::desk::{self, Desk};
use crate::reading::{ReadFile, ReadVendor, read_file, read_vendor};
use crate::vendor::{self, TestVendor};

/// Answers any question, as [`desk::answer`] does.
pub type AnswerAny = fn(&mut Desk, Kind, &[u8], i64) -> Result<Vec<u8>, Problem>;

macro_rules! chunk {
    ($chunk:ident, $(#[$doc:meta])* $name:ident, $kind:ty, $code:expr) => {
        $(#[$doc])*
        #[cfg(debug_assertions)]
        pub async fn $name() -> Result<$kind, SplitLoaderError> {
            Ok($code)
        }

        $(#[$doc])*
        #[cfg(not(debug_assertions))]
        #[wasm_split($chunk, fallible)]
        pub fn $name() -> Result<$kind, SplitLoaderError> {
            Ok($code)
        }
    };
}

chunk!(
    answers,
    /// What answers the questions that [`Desk::answer_first`] does not.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    answer_any,
    AnswerAny,
    desk::answer
);

chunk!(
    files,
    /// What reads a directory from a file.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    file_reader,
    ReadFile,
    |name, file, reading, signs| Box::pin(read_file(name, file, reading, signs))
);

chunk!(
    vendors,
    /// What reads a directory from a vendor.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    vendor_reader,
    ReadVendor,
    |vendor, reading, signs| Box::pin(read_vendor(vendor, reading, signs))
);

chunk!(
    vendors,
    /// What tests a vendor.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    vendor_tester,
    TestVendor,
    |vendor, credentials, wishes| Box::pin(vendor::test(vendor, credentials, wishes))
);

/// Fetches what questions and files need, so that neither waits; a vendor is waited for anyway.
pub async fn fetch_ahead() {
    // Whoever needs what did not arrive will try again, and tell.
    let _ = answer_any().await;
    let _ = file_reader().await;
}
