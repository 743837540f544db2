//! What a reading met that was not as it should be: each is told, and none loses the rest.

use crate::error::ProviderError;
use crate::load::Stage;

/// Something that was not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// In which stage.
    pub stage: Stage,
    /// About which group, by id, where the stage goes group by group.
    pub group: Option<String>,
    /// What it is.
    pub kind: IncidentKind,
}

/// What was not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IncidentKind {
    /// A part could not be read at all: the directory is partial.
    Lost(ProviderError),
    /// A list was not read, or not to its end, because reading was ended before.
    Unread,
    /// A page has the items of an earlier one.
    Repeats {
        /// Which page, from 0.
        page: u32,
        /// Which one it repeats.
        earlier: u32,
    },
    /// The total changed while pages were read: the directory changed meanwhile.
    TotalChanged {
        /// What it was.
        from: u64,
        /// What it became.
        to: u64,
    },
    /// Other than the total items came.
    Counted {
        /// How many came.
        came: u64,
        /// How many were announced.
        total: u64,
    },
    /// A link to the next page leads to another server, or to another list; it was not followed.
    Elsewhere {
        /// Where it leads.
        link: String,
    },
    /// A link to the next page leads back.
    Circle {
        /// Where it leads.
        link: String,
    },
    /// An item without an id, which could not be used.
    NoId {
        /// The item, shortened.
        item: String,
    },
    /// A field of an item that is of another type; the rest of the item was used.
    Type {
        /// The item's id.
        id: String,
        /// The field.
        field: String,
        /// What it should be.
        expected: &'static str,
        /// What it is, shortened.
        found: String,
    },
}

impl IncidentKind {
    /// Whether something is missing because of it.
    #[must_use]
    pub fn loses(&self) -> bool {
        matches!(
            self,
            Self::Lost(_) | Self::Unread | Self::Repeats { .. } | Self::Counted { .. } | Self::NoId { .. }
        )
    }
}
