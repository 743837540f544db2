//! What changes would do, as sentences: the most dangerous first.

use protocol::{ChangeKind, ChangeLine, Effect, Moves, WhatIf};

use crate::number::{counted, grouped};

/// The answer in one sentence: who gains, then who loses.
#[must_use]
pub fn headline(told: &WhatIf) -> String {
    let mut parts = gains(told);
    if let Some(loss) = losses(&told.lost, parts.is_empty()) {
        parts.push(loss);
    }
    if parts.is_empty() {
        return if told.managers_gained.total + told.managers_lost.total > 0 {
            "Nobody gains or loses a group.".to_owned()
        } else {
            "Nothing changes.".to_owned()
        };
    }
    parts.join(", ") + "."
}

fn gains(told: &WhatIf) -> Vec<String> {
    let gained = &told.gained;
    let is_danger = told.administrators.is_some();
    let one = |place: usize, noun: bool| {
        let (group, users) = gained.groups.get(place)?;
        let users = u64::from(*users);
        let who = if noun { counted(users, "user") } else { grouped(users) };
        let verb = if users == 1 { " gains " } else { " gain " };
        Some([&who, verb, &group.name].concat())
    };
    match (gained.groups_total, is_danger) {
        (0, _) => Vec::new(),
        (1, _) => one(0, true).into_iter().collect(),
        (2, true) => [one(0, true), one(1, false)].into_iter().flatten().collect(),
        (groups, true) => {
            let first = gained.groups.first().map_or(0, |(_, users)| *users);
            let rest = counted(u64::from(gained.total - first), "membership");
            let others = counted(u64::from(groups - 1), "other group");
            let rest = [&rest, " in ", &others, " come on top"].concat();
            one(0, true).into_iter().chain([rest]).collect()
        }
        (groups, false) if gained.users == 1 => {
            vec!["1 user gains ".to_owned() + &counted(groups.into(), "group")]
        }
        (groups, false) => {
            let users = counted(gained.users.into(), "user");
            let total = counted(gained.total.into(), "membership");
            vec![[&users, " gain ", &total, " in ", &counted(groups.into(), "group")].concat()]
        }
    }
}

fn losses(lost: &Moves, is_first: bool) -> Option<String> {
    let users = u64::from(lost.users);
    let who = if is_first {
        counted(users, "user")
    } else {
        grouped(users)
    };
    let verb = if users == 1 { " loses " } else { " lose " };
    let what = match (lost.groups_total, lost.groups.first()) {
        (0, _) => return None,
        (1, Some((group, _))) => group.name.clone(),
        (groups, _) if users == 1 => counted(groups.into(), "group"),
        _ => counted(lost.total.into(), "membership"),
    };
    Some([&who, verb, &what].concat())
}

/// What else there is to say: managers, and loops.
#[must_use]
pub fn aside(told: &WhatIf) -> String {
    let (come, go) = (told.managers_gained.total, told.managers_lost.total);
    let mut text = match (come, go) {
        (0, 0) => "No manager comes or goes.".to_owned(),
        (come, 0) => counted(come.into(), "manager") + if come == 1 { " comes." } else { " come." },
        (0, go) => counted(go.into(), "manager") + if go == 1 { " goes." } else { " go." },
        (come, go) => [
            counted(come.into(), "manager").as_str(),
            if come == 1 { " comes, " } else { " come, " },
            &grouped(go.into()),
            if go == 1 { " goes." } else { " go." },
        ]
        .concat(),
    };
    for group in &told.unmanaged {
        text += " ";
        text += &group.name;
        text += " is left without a manager.";
    }
    text += &match (told.cycles_made.len() as u64, told.cycles_broken.len() as u64) {
        (0, 0) if told.cycles == 0 => " No loop is made.".to_owned(),
        (0, 0) => {
            let all = if told.cycles == 1 {
                "the one there is is not broken.".to_owned()
            } else {
                ["none of the ", &grouped(told.cycles.into()), " is broken."].concat()
            };
            " No loop is made, and ".to_owned() + &all
        }
        (0, broken) => [" ", &loops(broken), " broken, none is made."].concat(),
        (made, 0) => [" ", &loops(made), " made, none is broken."].concat(),
        (made, broken) => [" ", &loops(made), " made, ", &grouped(broken), " broken."].concat(),
    };
    text
}

fn loops(count: u64) -> String {
    counted(count, "loop") + if count == 1 { " is" } else { " are" }
}

/// What a change does, as the words around both names: before, between, behind.
#[must_use]
pub fn act(kind: ChangeKind) -> [&'static str; 2] {
    match kind {
        ChangeKind::Nest => ["Nest ", " in "],
        ChangeKind::Unnest => ["Take ", " out of "],
        ChangeKind::Add => ["Add ", " to "],
        ChangeKind::Remove => ["Remove ", " from "],
        ChangeKind::Manager => ["Make ", " manager of "],
        ChangeKind::NoManager => ["Let ", " no longer manage "],
    }
}

/// What one change would do alone, with its tone: `danger`, `warn` or empty.
#[must_use]
pub fn alone(line: &ChangeLine) -> (&'static str, String) {
    if let Some(problem) = &line.problem {
        return ("warn", ["It cannot be: ", &problem.replace('`', ""), "."].concat());
    }
    let Some(effect) = line.alone else {
        return ("", "It needs the changes before it.".to_owned());
    };
    if effect.administrators > 0 {
        let users = counted(effect.administrators.into(), "user");
        return ("danger", ["Gives ", &users, " every right there is."].concat());
    }
    let group = line.group.as_ref().map_or("", |group| group.name.as_str());
    let (mut tone, mut text) = match line.change.kind {
        ChangeKind::Nest => ("", nested(&effect, group)),
        ChangeKind::Unnest => ("", taken_out(&effect)),
        ChangeKind::Add => ("", added(&effect)),
        ChangeKind::Remove => ("", removed(&effect)),
        ChangeKind::Manager => ("", "Managing is not inherited.".to_owned()),
        ChangeKind::NoManager => ("", "The membership stays.".to_owned()),
    };
    let warnings = [
        (effect.makes_cycle, " It closes a loop."),
        (effect.unmanaged, " The group is left without a manager."),
    ];
    for (_, warning) in warnings.iter().filter(|(holds, _)| *holds) {
        tone = "warn";
        text += warning;
    }
    if effect.breaks_cycle {
        text += " It breaks a loop.";
    }
    (tone, text)
}

fn nested(effect: &Effect, group: &str) -> String {
    let already = effect.of.saturating_sub(effect.gain_group);
    match (effect.gain_group, already) {
        (0, 0) => "Nobody is in it, so nobody gains anything.".to_owned(),
        (0, 1) => ["Its one member is in ", group, " already."].concat(),
        (0, _) => [
            "All of its ",
            &counted(effect.of.into(), "member"),
            " are in ",
            group,
            " already.",
        ]
        .concat(),
        (gain, already) => {
            let verb = if gain == 1 { " gains " } else { " gain " };
            let gain = [&counted(gain.into(), "user"), verb, group, "."].concat();
            let rest = match already {
                0 => String::new(),
                1 => [" One of its ", &grouped(effect.of.into()), " is in it already."].concat(),
                already => {
                    let of = grouped(effect.of.into());
                    [
                        " The other ",
                        &grouped(already.into()),
                        " of its ",
                        &of,
                        " are in it already.",
                    ]
                    .concat()
                }
            };
            gain + &rest
        }
    }
}

fn taken_out(effect: &Effect) -> String {
    if effect.users_lose == 0 {
        return if effect.of == 0 {
            "Nobody is in it, so nobody loses anything.".to_owned()
        } else {
            "Nobody loses anything: other ways remain.".to_owned()
        };
    }
    let verb = if effect.users_lose == 1 { " loses " } else { " lose " };
    let lost = counted(effect.lost.into(), "membership");
    [&counted(effect.users_lose.into(), "user"), verb, &lost, "."].concat()
}

fn added(effect: &Effect) -> String {
    match effect.gained {
        0 => "Nothing new: in it through nesting already.".to_owned(),
        gained => ["Gains ", &counted(gained.into(), "group"), "."].concat(),
    }
}

fn removed(effect: &Effect) -> String {
    match effect.lost {
        0 => "Stays in it, through nesting.".to_owned(),
        lost => ["Loses ", &counted(lost.into(), "group"), "."].concat(),
    }
}

/// A warning above all else.
#[must_use]
pub fn danger(told: &WhatIf) -> Option<(String, String)> {
    let administrators = told.administrators.as_ref()?;
    let users = counted(administrators.gained.into(), "user");
    let roles = if administrators.gained == 1 {
        " a system administrator."
    } else {
        " system administrators."
    };
    let who = match administrators.by.as_slice() {
        [one] => ["Change ", &grouped((*one).into()), " makes "].concat(),
        _ => "Together these changes make ".to_owned(),
    };
    let inactive = match administrators.inactive {
        0 => String::new(),
        1 => " One of them is suspended or locked.".to_owned(),
        count => [" ", &grouped(count.into()), " of them are suspended or locked."].concat(),
    };
    let text = [
        "They could change every user, group and membership. ",
        &grouped(administrators.before.into()),
        " can today, ",
        &grouped(administrators.after.into()),
        " could then.",
        &inactive,
    ]
    .concat();
    Some(([&who, &users, roles].concat(), text))
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
