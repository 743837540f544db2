//! The step from a group up to its parents, in one number.

use crate::entity::GroupIndex;

/// A group's first parent, and whether there are more of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step(u32);

/// Set where there is more than one parent; rows are below.
const MORE: u32 = 1 << 31;

impl Step {
    /// From a group without parents: to none that there is.
    pub const NONE: Self = Self(!MORE);

    /// To these parents.
    pub fn new(parents: &[u32]) -> Self {
        match parents {
            [] => Self::NONE,
            [parent] => Self(*parent),
            [parent, ..] => Self(parent | MORE),
        }
    }

    /// The first parent; beyond all groups if there is none.
    #[inline]
    pub fn parent(self) -> GroupIndex {
        GroupIndex::new(self.0 & !MORE)
    }

    /// Whether there are other parents.
    #[inline]
    pub fn has_more(self) -> bool {
        self.0 & MORE != 0
    }
}
