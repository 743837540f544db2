//! A vendor's request for a screen in sentences: what it leaves out, how its answer is read, where its parameters come from.

use protocol::{Lack, Reads};

use super::vendor::{ProofKind, SYSTEMS, System};

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
        [Lack::Order] => format!("{} lists the same in another order.", system.name),
        _ => format!("{} has no request for exactly this. This is the nearest.", system.name),
    };
    let text: Vec<_> = lacks.iter().map(|lack| sentence(system.name, lack)).collect();
    Some((title, text.join(" ")))
}

fn sentence(name: &str, lack: &Lack) -> String {
    match lack {
        Lack::Nesting => format!("{name} has no nested groups, so whoever is in through nesting is missing."),
        Lack::Excluded => format!("{name} cannot take away the members of other groups."),
        Lack::Conditions(conditions) => {
            let conditions: Vec<_> = conditions.iter().map(|it| format!("`{it}`")).collect();
            format!(
                "Left out of the filter, since only Rollcall answers it: {}.",
                conditions.join(", ")
            )
        }
        Lack::Search => format!("{name} does not search all that Rollcall searches."),
        Lack::Order => format!("{name} cannot order by what Rollcall orders by."),
        Lack::Only => "Only Rollcall lists groups of one kind alone.".to_owned(),
        Lack::Suspended => format!("{name} lists suspended users apart, so they are missing."),
    }
}

/// How an answer says yes or no; empty where it does not.
#[must_use]
pub fn reads(reads: &Reads) -> String {
    match reads {
        Reads::Plainly => String::new(),
        Reads::Status => "204 means yes, 404 means no.".to_owned(),
        Reads::Count => "A `count` above 0 means yes.".to_owned(),
        Reads::Among(ids) if ids.is_empty() => "None of the groups asked about is there: no.".to_owned(),
        Reads::Among(ids) => format!("Yes, if one of these ids is among the groups: {}.", ids.join(", ")),
    }
}

/// What on screen a parameter says.
#[must_use]
pub fn origin(parameter: &str) -> &'static str {
    match parameter {
        "includeInherited" => "All incl. inherited",
        "zenQL" => "The filter",
        "q" | "search" | "filter[search]" => "The search",
        "excludedGroups" => "Exclude groups",
        "filter[has-groups]" => "The group",
        "filter[has-users]" => "The user",
        "filter" => "The groups asked about",
        "archived" | "filter[is-active]" => "The status",
        "filter[is-admin]" => "Administrators",
        "limit" | "page" => "One page",
        _ => "The order",
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
