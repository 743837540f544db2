//! Where a group stands in a drawn path, which decides on its box and on the mark in it.

use leptos::prelude::*;
use protocol::PathStep;

use super::{Look, loop_mark};
use crate::components::relation::rel_mark;

/// Where a group stands in its path, which decides on its box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The group that names the user.
    Direct,
    /// That, and the group asked about.
    DirectTarget,
    /// Between them.
    Between,
    /// Reached round a cycle.
    Cycle,
    /// The group asked about.
    Target,
    /// The group that does not name the user.
    Missing,
    /// That, and the group asked about.
    MissingTarget,
    /// The group asked about, which the user is not in.
    Off,
}

impl Place {
    /// Where the group of this step stands.
    pub fn of(steps: &[PathStep], step: usize, look: Look) -> Self {
        let (is_first, is_last) = (step == 0, step + 1 == steps.len());
        match (is_first, is_last, look) {
            (true, true, Look::Missing) => Self::MissingTarget,
            (true, false, Look::Missing) => Self::Missing,
            (true, true, _) => Self::DirectTarget,
            (true, false, _) => Self::Direct,
            _ if steps[step].in_cycle => Self::Cycle,
            (false, true, Look::Missing) => Self::Off,
            (false, true, _) => Self::Target,
            (false, false, _) => Self::Between,
        }
    }

    /// What stylesheets call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::DirectTarget => "direct-target",
            Self::Between => "",
            Self::Cycle => "cycle",
            Self::Target => "target",
            Self::Missing => "missing",
            Self::MissingTarget => "missing-target",
            Self::Off => "off",
        }
    }

    /// The mark in the box.
    pub fn mark(self) -> Option<AnyView> {
        match self {
            Self::Direct | Self::DirectTarget => Some(rel_mark("direct", "").into_any()),
            Self::Target => Some(rel_mark("inherited", "").into_any()),
            Self::Missing | Self::MissingTarget => Some(rel_mark("none", "").into_any()),
            Self::Cycle => Some(loop_mark("").into_any()),
            Self::Between | Self::Off => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::steps;
    use super::*;

    fn places(names: &[&str], look: Look) -> Vec<&'static str> {
        let steps = steps(names);
        (0..steps.len())
            .map(|step| Place::of(&steps, step, look).name())
            .collect()
    }

    #[test]
    fn each_box_says_what_it_is() {
        assert_eq!(places(&["a"], Look::Row), ["direct-target"]);
        assert_eq!(places(&["a", "b", "c"], Look::Large), ["direct", "", "target"]);
        assert_eq!(places(&["a", "@b", "@c"], Look::Row), ["direct", "cycle", "cycle"]);
        assert_eq!(places(&["a"], Look::Missing), ["missing-target"]);
        assert_eq!(places(&["a", "b"], Look::Missing), ["missing", "off"]);
    }
}
