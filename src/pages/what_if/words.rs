//! What changes would do, as sentences: the most dangerous first.

use protocol::{ChangeKind, ChangeLine, Effect, Moves, WhatIf};

use crate::number::grouped;
use crate::words::{self, counted, counted_with, fill, key, say};

/// The answer in one sentence: who gains, then who loses.
#[must_use]
pub fn headline(told: &WhatIf) -> String {
    let mut parts = gains(told);
    if let Some(loss) = losses(&told.lost, parts.is_empty()) {
        parts.push(loss);
    }
    if parts.is_empty() {
        return if told.managers_gained.total + told.managers_lost.total > 0 {
            say("Nobody gains or loses a group.").to_owned()
        } else {
            say("Nothing changes.").to_owned()
        };
    }
    parts.join(", ") + "."
}

fn gains(told: &WhatIf) -> Vec<String> {
    let gained = &told.gained;
    let is_danger = told.administrators.is_some();
    let one = |place: usize, message| {
        let (group, users) = gained.groups.get(place)?;
        Some(counted_with(message, u64::from(*users), &[&group.name]))
    };
    let first = one(0, key("{0} user gains {1}|{0} users gain {1}"));
    match (gained.groups_total, is_danger) {
        (0, _) => Vec::new(),
        (1, _) => first.into_iter().collect(),
        (2, true) => first
            .into_iter()
            .chain(one(1, key("{0} gains {1}|{0} gain {1}")))
            .collect(),
        (groups, true) => {
            let known = gained.groups.first().map_or(0, |(_, users)| *users);
            let rest = counted("{0} membership|{0} memberships", u64::from(gained.total - known));
            let others = counted_with(
                "{1} in {0} other group come on top|{1} in {0} other groups come on top",
                u64::from(groups - 1),
                &[&rest],
            );
            first.into_iter().chain([others]).collect()
        }
        (groups, false) => {
            let in_groups = counted("{0} group|{0} groups", groups.into());
            let total = counted("{0} membership|{0} memberships", gained.total.into());
            vec![counted_with(
                "{0} user gains {2}|{0} users gain {1} in {2}",
                gained.users.into(),
                &[&total, &in_groups],
            )]
        }
    }
}

fn losses(lost: &Moves, is_first: bool) -> Option<String> {
    let users = u64::from(lost.users);
    let what = match (lost.groups_total, lost.groups.first()) {
        (0, _) => return None,
        (1, Some((group, _))) => group.name.clone(),
        (groups, _) if users == 1 => counted("{0} group|{0} groups", groups.into()),
        _ => counted("{0} membership|{0} memberships", lost.total.into()),
    };
    let message = match is_first {
        true => key("{0} user loses {1}|{0} users lose {1}"),
        false => key("{0} loses {1}|{0} lose {1}"),
    };
    Some(counted_with(message, users, &[&what]))
}

/// What else there is to say: managers, and loops.
#[must_use]
pub fn aside(told: &WhatIf) -> String {
    let mut sentences = vec![managers(told.managers_gained.total, told.managers_lost.total)];
    let unmanaged = told.unmanaged.iter();
    sentences.extend(unmanaged.map(|group| fill("{0} is left without a manager.", &[&group.name])));
    sentences.push(loops(told));
    sentences.join(" ")
}

fn managers(come: u32, go: u32) -> String {
    match (come, go) {
        (0, 0) => say("No manager comes or goes.").to_owned(),
        (come, 0) => counted("{0} manager comes.|{0} managers come.", come.into()),
        (0, go) => counted("{0} manager goes.|{0} managers go.", go.into()),
        (come, go) => {
            let go = counted("{0} goes|{0} go", go.into());
            counted_with("{0} manager comes, {1}.|{0} managers come, {1}.", come.into(), &[&go])
        }
    }
}

fn loops(told: &WhatIf) -> String {
    let (made, broken) = (told.cycles_made.len() as u64, told.cycles_broken.len() as u64);
    match (made, broken) {
        (0, 0) if told.cycles == 0 => say("No loop is made.").to_owned(),
        (0, 0) => counted(
            "No loop is made, and the one there is is not broken.|No loop is made, and none of the {0} is broken.",
            told.cycles.into(),
        ),
        (0, broken) => counted(
            "{0} loop is broken, none is made.|{0} loops are broken, none is made.",
            broken,
        ),
        (made, 0) => counted(
            "{0} loop is made, none is broken.|{0} loops are made, none is broken.",
            made,
        ),
        (made, broken) => counted_with(
            "{0} loop is made, {1} broken.|{0} loops are made, {1} broken.",
            made,
            &[&grouped(broken)],
        ),
    }
}

/// What a change does, as a message about two names.
#[must_use]
pub const fn act(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Nest => key("Nest {0} in {1}"),
        ChangeKind::Unnest => key("Take {0} out of {1}"),
        ChangeKind::Add => key("Add {0} to {1}"),
        ChangeKind::Remove => key("Remove {0} from {1}"),
        ChangeKind::Manager => key("Make {0} manager of {1}"),
        ChangeKind::NoManager => key("Let {0} no longer manage {1}"),
    }
}

/// What one change would do alone, with its tone: `danger`, `warn` or empty.
#[must_use]
pub fn alone(line: &ChangeLine) -> (&'static str, String) {
    if let Some(problem) = &line.problem {
        let problem = words::of_engine(problem).replace('`', "");
        return ("warn", fill("It cannot be: {0}.", &[&problem]));
    }
    let Some(effect) = line.alone else {
        return ("", say("It needs the changes before it.").to_owned());
    };
    if effect.administrators > 0 {
        let text = counted(
            "Gives {0} user every right there is.|Gives {0} users every right there is.",
            effect.administrators.into(),
        );
        return ("danger", text);
    }
    let group = line.group.as_ref().map_or("", |group| group.name.as_str());
    let mut sentences = match line.change.kind {
        ChangeKind::Nest => nested(&effect, group),
        ChangeKind::Unnest => vec![taken_out(&effect)],
        ChangeKind::Add => vec![added(&effect)],
        ChangeKind::Remove => vec![removed(&effect)],
        ChangeKind::Manager => vec![say("Managing is not inherited.").to_owned()],
        ChangeKind::NoManager => vec![say("The membership stays.").to_owned()],
    };
    let is_warning = effect.makes_cycle || effect.unmanaged;
    if effect.makes_cycle {
        sentences.push(say("It closes a loop.").to_owned());
    }
    if effect.unmanaged {
        sentences.push(say("The group is left without a manager.").to_owned());
    }
    if effect.breaks_cycle {
        sentences.push(say("It breaks a loop.").to_owned());
    }
    (if is_warning { "warn" } else { "" }, sentences.join(" "))
}

fn nested(effect: &Effect, group: &str) -> Vec<String> {
    let already = effect.of.saturating_sub(effect.gain_group);
    match (effect.gain_group, already) {
        (0, 0) => vec![say("Nobody is in it, so nobody gains anything.").to_owned()],
        (0, _) => vec![counted_with(
            "Its one member is in {1} already.|All of its {0} members are in {1} already.",
            effect.of.into(),
            &[group],
        )],
        (gain, already) => {
            let gain = counted_with("{0} user gains {1}.|{0} users gain {1}.", gain.into(), &[group]);
            let rest = (already > 0).then(|| {
                counted_with(
                    "One of its {1} is in it already.|The other {0} of its {1} are in it already.",
                    already.into(),
                    &[&grouped(effect.of.into())],
                )
            });
            [Some(gain), rest].into_iter().flatten().collect()
        }
    }
}

fn taken_out(effect: &Effect) -> String {
    match (effect.users_lose, effect.of) {
        (0, 0) => say("Nobody is in it, so nobody loses anything.").to_owned(),
        (0, _) => say("Nobody loses anything: other ways remain.").to_owned(),
        (users, _) => {
            let lost = counted("{0} membership|{0} memberships", effect.lost.into());
            counted_with("{0} user loses {1}.|{0} users lose {1}.", users.into(), &[&lost])
        }
    }
}

fn added(effect: &Effect) -> String {
    match effect.gained {
        0 => say("Nothing new: in it through nesting already.").to_owned(),
        gained => counted("Gains {0} group.|Gains {0} groups.", gained.into()),
    }
}

fn removed(effect: &Effect) -> String {
    match effect.lost {
        0 => say("Stays in it, through nesting.").to_owned(),
        lost => counted("Loses {0} group.|Loses {0} groups.", lost.into()),
    }
}

/// A warning above all else.
#[must_use]
pub fn danger(told: &WhatIf) -> Option<(String, String)> {
    let administrators = told.administrators.as_ref()?;
    let gained = administrators.gained.into();
    let title = match administrators.by.as_slice() {
        [one] => counted_with(
            "Change {1} makes {0} user a system administrator.|Change {1} makes {0} users system administrators.",
            gained,
            &[&grouped((*one).into())],
        ),
        _ => counted(
            "Together these changes make {0} user a system administrator.|\
             Together these changes make {0} users system administrators.",
            gained,
        ),
    };
    let text = fill(
        "They could change every user, group and membership. {0} can today, {1} could then.",
        &[
            &grouped(administrators.before.into()),
            &grouped(administrators.after.into()),
        ],
    );
    let inactive = counted(
        "One of them is suspended or locked.|{0} of them are suspended or locked.",
        administrators.inactive.into(),
    );
    let text = match administrators.inactive {
        0 => text,
        _ => [&text, " ", &inactive].concat(),
    };
    Some((title, text))
}

#[cfg(test)]
mod tests {
    use protocol::{Administrators, GroupName, StagedChange};

    use super::*;

    fn moves(users: u32, groups: &[(&str, u32)]) -> Moves {
        let named = groups.iter().map(|(name, count)| {
            let group = GroupName {
                id: (*name).to_owned(),
                name: (*name).to_owned(),
            };
            (group, *count)
        });
        Moves {
            users,
            total: groups.iter().map(|(_, count)| count).sum(),
            groups: named.collect(),
            groups_total: groups.len() as u32,
            rows: Vec::new(),
        }
    }

    #[test]
    fn the_sentence_says_who_gains_then_who_loses() {
        let mut told = WhatIf {
            gained: moves(38, &[("Site access", 38)]),
            lost: moves(1, &[("A", 1), ("B", 1), ("C", 1)]),
            ..WhatIf::default()
        };
        assert_eq!(headline(&told), "38 users gain Site access, 1 loses 3 groups.");
        told.administrators = Some(Administrators::default());
        told.gained = moves(45, &[("System Administrators", 7), ("Site access", 38)]);
        assert_eq!(
            headline(&told),
            "7 users gain System Administrators, 38 gain Site access, 1 loses 3 groups."
        );
        told.gained = moves(0, &[]);
        assert_eq!(headline(&told), "1 user loses 3 groups.");
        told.lost = moves(256, &[("A", 138), ("B", 256)]);
        assert_eq!(headline(&told), "256 users lose 394 memberships.");
        assert_eq!(headline(&WhatIf::default()), "Nothing changes.");
    }

    #[test]
    fn managers_and_loops_come_after() {
        let mut told = WhatIf {
            cycles: 2,
            ..WhatIf::default()
        };
        assert_eq!(
            aside(&told),
            "No manager comes or goes. No loop is made, and none of the 2 is broken."
        );
        told.managers_gained.total = 1;
        told.managers_lost.total = 2;
        told.unmanaged = vec![GroupName {
            id: "pm".to_owned(),
            name: "Project Mayhem".to_owned(),
        }];
        told.cycles_made = vec![Vec::new()];
        assert_eq!(
            aside(&told),
            "1 manager comes, 2 go. Project Mayhem is left without a manager. 1 loop is made, none is broken."
        );
    }

    #[test]
    fn one_change_says_what_it_does_alone() {
        let line = |kind, alone: Effect| ChangeLine {
            change: StagedChange {
                kind,
                subject: String::new(),
                group: String::new(),
            },
            subject: None,
            group: Some(GroupName {
                id: String::new(),
                name: "Site access".to_owned(),
            }),
            problem: None,
            alone: Some(alone),
            request: None,
        };
        let nest = Effect {
            gain_group: 38,
            users_gain: 38,
            gained: 38,
            of: 61,
            ..Effect::default()
        };
        assert_eq!(
            alone(&line(ChangeKind::Nest, nest)),
            (
                "",
                "38 users gain Site access. The other 23 of its 61 are in it already.".to_owned()
            )
        );
        let remove = Effect {
            lost: 3,
            users_lose: 1,
            unmanaged: true,
            ..Effect::default()
        };
        assert_eq!(
            alone(&line(ChangeKind::Remove, remove)),
            (
                "warn",
                "Loses 3 groups. The group is left without a manager.".to_owned()
            )
        );
        let administrators = Effect {
            administrators: 7,
            ..nest
        };
        assert_eq!(alone(&line(ChangeKind::Nest, administrators)).0, "danger");
    }
}
