//! Code that is fetched after a directory was opened, or when it is needed first.
//!
//! A release is split into chunks by `cargo xtask build`. A debug build is not: there all code is there from the start.

use protocol::Kind;
pub use wasm_split_helpers::SplitLoaderError;
#[cfg(not(debug_assertions))]
use wasm_split_helpers::wasm_split;

use crate::companion::{AskCompanion, Companion};
use crate::desk::{self, Answerer};
use crate::keep::{self, AnswerKept, Keeper, OpenKept};
use crate::live;
use crate::reading::{OpenVendor, ReadFile, ReadVendor, read_file, read_vendor};
use crate::vendor::{self, TestVendor};
use crate::verify::{self, Verify};

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

chunk!(
    export,
    /// What writes files of what is on screen.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    exporter,
    Answerer,
    desk::answer_export
);

chunk!(
    matrix,
    /// What answers the matrix of the Check screen.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    matrices,
    Answerer,
    desk::answer_matrix
);

chunk!(
    picture,
    /// What answers the Hierarchy screen.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    pictures,
    Answerer,
    desk::answer_picture
);

chunk!(
    requests,
    /// What words the vendors' requests for the screens, and answers them.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    requests,
    Answerer,
    desk::answer_request
);

/// What answers questions of a kind.
///
/// # Errors
/// When it does not arrive; it is fetched again by the next call.
pub async fn answerer(kind: Kind) -> Result<Answers, SplitLoaderError> {
    Ok(match kind {
        Kind::Users | Kind::Counts | Kind::Tree | Kind::Group | Kind::Completion | Kind::Suggestion => {
            Answers::Desk(lists().await?)
        }
        Kind::Hierarchy
        | Kind::User
        | Kind::Check
        | Kind::Paths
        | Kind::Unused
        | Kind::Incidents
        | Kind::GroupManagers
        | Kind::Managers
        | Kind::Verification => Answers::Desk(details().await?),
        Kind::Compare => Answers::Desk(comparisons().await?),
        Kind::Picture | Kind::HierarchyList | Kind::Aside => Answers::Desk(pictures().await?),
        Kind::Request => Answers::Desk(requests().await?),
        Kind::Findings | Kind::FindingList | Kind::Finding | Kind::Cut | Kind::Overview => {
            Answers::Desk(findings().await?)
        }
        Kind::Export => Answers::Desk(exporter().await?),
        Kind::Sort | Kind::Matrix => Answers::Desk(matrices().await?),
        Kind::Find => Answers::Desk(finder().await?),
        Kind::WhatIf => Answers::Desk(what_if().await?),
        Kind::Kept | Kind::Keep | Kind::Forget => Answers::Kept(keeper().await?),
        Kind::Companion => Answers::Companion(companion_asker().await?),
    })
}

/// What answers questions.
pub enum Answers {
    /// About the directory that is open.
    Desk(Answerer),
    /// About what is kept on this device.
    Kept(AnswerKept),
    /// About what the companion offers.
    Companion(AskCompanion),
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

chunk!(
    live,
    /// What asks a vendor instead of reading it.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    vendor_opener,
    OpenVendor,
    |vendor, reading, post| Box::pin(live::open::open(vendor, reading, post))
);

chunk!(
    verify,
    /// What holds an answer against a vendor's own.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    verifier,
    Verify,
    verify::verify
);

chunk!(
    vendors,
    /// What asks the companion what it offers.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    companion_asker,
    AskCompanion,
    |companion: &Companion| Box::pin(companion.ask())
);

chunk!(
    keep,
    /// What keeps the open directory on this device, lists what is kept, and forgets it.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    keeper,
    AnswerKept,
    |keeper: &Keeper, desk, kind, question| Box::pin(keeper.answer(desk, kind, question))
);

chunk!(
    keep,
    /// What opens a directory from what is kept of it.
    ///
    /// # Errors
    /// When it does not arrive; it is fetched again by the next call.
    kept_opener,
    OpenKept,
    |folder, source| Box::pin(keep::open(folder, source))
);

/// Fetches what questions and files need, so that neither waits; a vendor is waited for anyway.
pub async fn fetch_ahead() {
    // Whoever needs what did not arrive will try again, and tell.
    let _ = lists().await;
    let _ = details().await;
    let _ = findings().await;
    let _ = file_reader().await;
}
