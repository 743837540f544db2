//! Code that is fetched after a directory was opened, or when it is needed first.
//!
//! A release is split into chunks by `cargo xtask build`. A debug build is not: there all code is there from the start.

use protocol::Kind;
pub use wasm_split_helpers::SplitLoaderError;
#[cfg(not(debug_assertions))]
use wasm_split_helpers::wasm_split;

use crate::desk::{self, Answerer};
use crate::reading::{ReadFile, ReadVendor, read_file, read_vendor};
use crate::vendor::{self, TestVendor};

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
    lists,
    /// What answers lists and those who type.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    lists,
    Answerer,
    desk::answer_list
);

chunk!(
    details,
    /// What answers the screens of one user, one group, a check and a connection.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    details,
    Answerer,
    desk::answer_detail
);

chunk!(
    findings,
    /// What answers the screens of findings and of the whole directory.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    findings,
    Answerer,
    desk::answer_findings
);

chunk!(
    compare,
    /// What answers the Compare screen.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    comparisons,
    Answerer,
    desk::answer_comparison
);

chunk!(
    what_if,
    /// What answers the What-if screen.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    what_if,
    Answerer,
    desk::answer_what_if
);

chunk!(
    find,
    /// What answers the palette.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    finder,
    Answerer,
    desk::answer_find
);

/// What answers questions of a kind.
///
/// # Errors
/// When it does not arrive; it is fetched again by the next call.
pub async fn answerer(kind: Kind) -> Result<Answerer, SplitLoaderError> {
    match kind {
        Kind::Users | Kind::Tree | Kind::Group | Kind::Completion | Kind::Suggestion => lists().await,
        Kind::Hierarchy | Kind::User | Kind::Check | Kind::Paths | Kind::Unused | Kind::Incidents => details().await,
        Kind::Findings | Kind::FindingList | Kind::Finding | Kind::Cut | Kind::FindingsExport | Kind::Overview => {
            findings().await
        }
        Kind::Compare => comparisons().await,
        Kind::Find => finder().await,
        Kind::WhatIf => what_if().await,
    }
}

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
    let _ = lists().await;
    let _ = details().await;
    let _ = findings().await;
    let _ = file_reader().await;
}
