//! The sentences of a verdict: the answer, and why.

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
        None => "No",
        Some(group) if group.direct => "Yes, directly",
        Some(_) => "Yes, through nesting",
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
        _ => format!("Yes, in {yes} of {asked}"),
    }
}

/// Why, as one sentence.
#[must_use]
pub fn why(verdict: &Verdict) -> Vec<Piece> {
    let plain = |text: &str| (text.to_owned(), false);
    let strong = |text: &str| (text.to_owned(), true);
    let user = verdict.user.name.as_str();
    let Some(group) = best(verdict) else {
        return why_not(verdict);
    };
    let name = group
        .group
        .as_ref()
        .map_or(group.asked.as_str(), |group| group.name.as_str());
    let mut pieces = vec![strong(user), plain(" is in "), strong(name)];
    if group.direct {
        pieces.push(plain(&[", because somebody put ", user, " there."].concat()));
    } else if group.path.is_empty() {
        pieces.push(plain(", in a group that is nested in it."));
    } else {
        pieces.push((because(&group.path), false));
    }
    pieces
}

/// The answer and why, as a reader hears it.
#[must_use]
pub fn spoken(verdict: &Verdict) -> String {
    let why: String = why(verdict).into_iter().map(|(piece, _)| piece).collect();
    [answer(verdict), ". ", &why].concat()
}

fn why_not(verdict: &Verdict) -> Vec<Piece> {
    let user = (verdict.user.name.clone(), true);
    let known: Vec<_> = verdict.groups.iter().filter_map(|group| group.group.as_ref()).collect();
    match (known.as_slice(), verdict.groups.len()) {
        ([], 1) => vec![("No group has this identifier, so nobody is in it.".to_owned(), false)],
        ([], _) => vec![(
            "No group has any of these identifiers, so nobody is in one.".to_owned(),
            false,
        )],
        ([group], 1) => vec![
            user,
            (" is not in ".to_owned(), false),
            (group.name.clone(), true),
            (", directly or through nesting.".to_owned(), false),
        ],
        (_, asked) => vec![
            user,
            (
                format!(" is in none of these {asked} groups, directly or through nesting."),
                false,
            ),
        ],
    }
}

/// `, because Night shift is in Rendering plant, and Rendering plant is in Manufacturing.`
fn because(path: &[PathStep]) -> String {
    let mut text = String::from(", because ");
    let last = path.len().saturating_sub(2);
    for (place, step) in path.windows(2).enumerate() {
        if place > 0 {
            text += if place == last { ", and " } else { ", " };
        }
        text += &step[0].group.name;
        text += " is in ";
        text += &step[1].group.name;
    }
    text + "."
}

/// How the user is in one group, in a few words.
#[must_use]
pub fn relation(group: &GroupVerdict) -> String {
    let ways = match group.ways {
        100.. => "100 or more paths".to_owned(),
        ways => format!("{ways} paths"),
    };
    match (group.group.is_some(), group.direct, group.inherited) {
        (false, ..) => "no such group".to_owned(),
        (_, true, true) => "direct, and inherited".to_owned(),
        (_, true, false) => "direct".to_owned(),
        (_, false, true) if group.ways > 1 => ["inherited, ", &ways].concat(),
        (_, false, true) => "inherited".to_owned(),
        (_, false, false) => "not a member".to_owned(),
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
