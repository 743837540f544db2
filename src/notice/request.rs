//! A vendor's request for a screen in sentences: what it leaves out, how its answer is read, where its parameters come from.

use protocol::{Lack, Reads};

use super::vendor::{ProofKind, SYSTEMS, System};
use crate::words::{fill, say};

/// Whose requests can be shown, in the order in which they are offered; the first where the directory is of none of them.
pub const OFFERED: &[System] = &SYSTEMS;

/// Whether a key and its secret prove who asks, rather than a token.
#[must_use]
pub fn has_key(system: &System) -> bool {
    system.proofs().iter().any(|proof| proof.kind == ProofKind::Key)
}

/// That the request is not for all of what is on screen: a title, and what it leaves out; none if it is.
#[must_use]
pub fn lacking(system: &System, lacks: &[Lack]) -> Option<(String, String)> {
    let title = match lacks {
        [] => return None,
        [Lack::Order] => fill("{0} lists the same in another order.", &[system.name]),
        _ => fill(
            "{0} has no request for exactly this. This is the nearest.",
            &[system.name],
        ),
    };
    let text: Vec<_> = lacks.iter().map(|lack| sentence(system.name, lack)).collect();
    Some((title, text.join(" ")))
}

fn sentence(name: &str, lack: &Lack) -> String {
    match lack {
        Lack::Nesting => fill(
            "{0} has no nested groups, so whoever is in through nesting is missing.",
            &[name],
        ),
        Lack::Excluded => fill("{0} cannot take away the members of other groups.", &[name]),
        Lack::Conditions(conditions) => {
            let conditions: Vec<_> = conditions.iter().map(|it| format!("`{it}`")).collect();
            fill(
                "Left out of the filter, since only Rollcall answers it: {0}.",
                &[&conditions.join(", ")],
            )
        }
        Lack::Search => fill("{0} does not search all that Rollcall searches.", &[name]),
        Lack::Order => fill("{0} cannot order by what Rollcall orders by.", &[name]),
        Lack::Only => say("Only Rollcall lists groups of one kind alone.").to_owned(),
        Lack::Suspended => fill("{0} lists suspended users apart, so they are missing.", &[name]),
    }
}

/// How an answer says yes or no; empty where it does not.
#[must_use]
pub fn reads(reads: &Reads) -> String {
    match reads {
        Reads::Plainly => String::new(),
        Reads::Status => say("204 means yes, 404 means no.").to_owned(),
        Reads::Count => say("A `count` above 0 means yes.").to_owned(),
        Reads::Among(ids) if ids.is_empty() => say("None of the groups asked about is there: no.").to_owned(),
        Reads::Among(ids) => fill("Yes, if one of these ids is among the groups: {0}.", &[&ids.join(", ")]),
    }
}

/// What on screen a parameter says.
#[must_use]
pub fn origin(parameter: &str) -> &'static str {
    match parameter {
        "includeInherited" => say("All incl. inherited"),
        "zenQL" => say("The filter"),
        "q" | "search" | "filter[search]" => say("The search"),
        "excludedGroups" => say("Exclude groups"),
        "filter[has-groups]" => say("The group"),
        "filter[has-users]" => say("The user"),
        "filter" => say("The groups asked about"),
        "archived" | "filter[is-active]" => say("The status"),
        "filter[is-admin]" => say("Administrators"),
        "limit" | "page" => say("One page"),
        _ => say("The order"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_told() {
        let system = &OFFERED[0];
        assert_eq!(lacking(system, &[]), None);
        let (title, text) = lacking(system, &[Lack::Order]).expect("something is left out");
        assert_eq!(title, "Contensis lists the same in another order.");
        assert_eq!(text, "Contensis cannot order by what Rollcall orders by.");
        let conditions = Lack::Conditions(vec!["groupCount > 2".to_owned()]);
        let (title, text) = lacking(system, &[conditions, Lack::Order]).expect("something is left out");
        assert_eq!(title, "Contensis has no request for exactly this. This is the nearest.");
        assert!(text.starts_with("Left out of the filter, since only Rollcall answers it: `groupCount > 2`. "));
    }

    #[test]
    fn one_system_alone_is_asked_with_a_key() {
        assert_eq!(OFFERED.iter().filter(|system| has_key(system)).count(), 1);
    }
}
