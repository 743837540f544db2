//! The sentences of a verdict: the answer, and why.

use crate::words::{counted, fill, parts, say};
use protocol::{GroupVerdict, PathStep, Verdict};

/// A piece of a sentence, and whether it is a name in full ink.
pub type Piece = (String, bool);

/// The group that the verdict is told about.
#[must_use]
pub fn best(verdict: &Verdict) -> Option<&GroupVerdict> {
    verdict.groups.get(verdict.best? as usize)
}

/// The answer in a few words.
#[must_use]
pub fn answer(verdict: &Verdict) -> &'static str {
    match best(verdict) {
        None => say("No"),
        Some(group) if group.direct => say("Yes, directly"),
        Some(_) => say("Yes, through nesting"),
    }
}

/// The answer in a few words, with how many groups it is about.
#[must_use]
pub fn tally(verdict: &Verdict) -> String {
    let asked = verdict.groups.len();
    let yes = verdict
        .groups
        .iter()
        .filter(|group| group.direct || group.inherited)
        .count();
    match (yes, asked) {
        (0, _) => answer(verdict).to_owned(),
        (1, 1) => answer(verdict).to_owned(),
        _ => fill("Yes, in {0} of {1}", &[&yes.to_string(), &asked.to_string()]),
    }
}

/// Why, as one sentence.
#[must_use]
pub fn why(verdict: &Verdict) -> Vec<Piece> {
    let user = verdict.user.name.as_str();
    let Some(group) = best(verdict) else {
        return why_not(verdict);
    };
    let name = group
        .group
        .as_ref()
        .map_or(group.asked.as_str(), |group| group.name.as_str());
    if group.direct {
        return parts("{0} is in {1}, because somebody put {0} there.", &[user, name]);
    }
    if group.path.is_empty() {
        return parts("{0} is in {1}, in a group that is nested in it.", &[user, name]);
    }
    let mut pieces = parts("{0} is in {1}", &[user, name]);
    pieces.push((because(&group.path), false));
    pieces
}

/// The answer and why, as a reader hears it.
#[must_use]
pub fn spoken(verdict: &Verdict) -> String {
    let why: String = why(verdict).into_iter().map(|(piece, _)| piece).collect();
    [answer(verdict), ". ", &why].concat()
}

fn why_not(verdict: &Verdict) -> Vec<Piece> {
    let user = verdict.user.name.as_str();
    let known: Vec<_> = verdict.groups.iter().filter_map(|group| group.group.as_ref()).collect();
    match (known.as_slice(), verdict.groups.len()) {
        ([], 1) => parts("No group has this identifier, so nobody is in it.", &[]),
        ([], _) => parts("No group has any of these identifiers, so nobody is in one.", &[]),
        ([group], 1) => parts("{0} is not in {1}, directly or through nesting.", &[user, &group.name]),
        (_, asked) => {
            let asked = fill(
                "is in none of these {0} groups, directly or through nesting.",
                &[&asked.to_string()],
            );
            vec![(user.to_owned(), true), ([" ", &asked].concat(), false)]
        }
    }
}

/// `, because Night shift is in Rendering plant, and Rendering plant is in Manufacturing.`
fn because(path: &[PathStep]) -> String {
    let step = |step: &[PathStep]| fill("{0} is in {1}", &[&step[0].group.name, &step[1].group.name]);
    let steps: Vec<String> = path.windows(2).map(step).collect();
    match steps.split_last() {
        Some((last, before)) if !before.is_empty() => fill(", because {0}, and {1}.", &[&before.join(", "), last]),
        _ => fill(", because {0}.", &[&steps.concat()]),
    }
}

/// How the user is in one group, in a few words.
#[must_use]
pub fn relation(group: &GroupVerdict) -> String {
    let ways = match group.ways {
        100.. => say("100 or more paths").to_owned(),
        ways => counted("{0} path|{0} paths", ways.into()),
    };
    match (group.group.is_some(), group.direct, group.inherited) {
        (false, ..) => say("no such group").to_owned(),
        (_, true, true) => say("direct, and inherited").to_owned(),
        (_, true, false) => say("direct").to_owned(),
        (_, false, true) if group.ways > 1 => fill("inherited, {0}", &[&ways]),
        (_, false, true) => say("inherited").to_owned(),
        (_, false, false) => say("not a member").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use protocol::{GroupName, UserRow};

    use super::*;

    fn name(name: &str) -> GroupName {
        GroupName {
            id: name.to_lowercase(),
            name: name.into(),
        }
    }

    fn yes(names: &str) -> GroupVerdict {
        let path: Vec<_> = names
            .split(" > ")
            .map(|step| PathStep {
                group: name(step),
                in_cycle: false,
            })
            .collect();
        let direct = path.len() == 1;
        GroupVerdict {
            group: path.last().map(|step| step.group.clone()),
            direct,
            inherited: !direct,
            path,
            ways: 1,
            ..GroupVerdict::default()
        }
    }

    fn no(asked: &str, is_known: bool) -> GroupVerdict {
        GroupVerdict {
            asked: asked.into(),
            group: is_known.then(|| name(asked)),
            ..GroupVerdict::default()
        }
    }

    fn told(best: Option<u32>, groups: Vec<GroupVerdict>) -> (&'static str, String) {
        let user = UserRow {
            name: "Ada".into(),
            ..UserRow::default()
        };
        let verdict = Verdict {
            user,
            groups,
            best,
            ..Verdict::default()
        };
        (
            answer(&verdict),
            why(&verdict).into_iter().map(|(piece, _)| piece).collect(),
        )
    }

    #[test]
    fn a_yes_says_why() {
        assert_eq!(
            told(Some(0), vec![yes("Ops")]),
            ("Yes, directly", "Ada is in Ops, because somebody put Ada there.".into())
        );
        let (answer, why) = told(Some(1), vec![no("Eng", true), yes("Night > Plant > Works")]);
        assert_eq!(answer, "Yes, through nesting");
        assert_eq!(
            why,
            "Ada is in Works, because Night is in Plant, and Plant is in Works."
        );
        let (_, why) = told(Some(0), vec![yes("A > B > C > D")]);
        assert_eq!(why, "Ada is in D, because A is in B, B is in C, and C is in D.");
    }

    #[test]
    fn a_no_says_what_was_asked() {
        assert_eq!(
            told(None, vec![no("Eng", true)]).1,
            "Ada is not in Eng, directly or through nesting."
        );
        assert_eq!(
            told(None, vec![no("Eng", true), no("Ops", true)]).1,
            "Ada is in none of these 2 groups, directly or through nesting."
        );
    }

    #[test]
    fn what_is_not_there_is_said_to_be_not_there() {
        assert_eq!(
            told(None, vec![no("Egn", false)]).1,
            "No group has this identifier, so nobody is in it."
        );
        assert_eq!(relation(&no("Egn", false)), "no such group");
        assert_eq!(relation(&no("Eng", true)), "not a member");
    }
}
