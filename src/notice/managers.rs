//! What there is to say about those who manage groups.

use protocol::{GroupManagers, UserStatus};

use crate::number::grouped;
use crate::words::{counted, fill, say};

/// Where nobody manages anything: a title, and why that may be.
#[must_use]
pub fn unknown() -> (&'static str, &'static str) {
    (
        say("This directory does not tell who manages groups."),
        say("Of what Rollcall reads, Passbolt and directory files can."),
    )
}

/// Why a group's managers may not be enough: a title, and what it means; none if they are.
#[must_use]
pub fn enough(of: &GroupManagers) -> Option<(String, String)> {
    let name = &of.group.name;
    let off = of.total - of.active.min(of.total);
    let mut inactive = of.managers.iter().filter(|it| it.user.status != UserStatus::Active);
    let first = inactive.next().map_or("", |manager| manager.user.name.as_str());
    let only = of.managers.first().map_or("", |manager| manager.user.name.as_str());
    Some(match (of.total, off) {
        (0, _) if of.direct == 0 => return None,
        (0, _) => (
            fill("Nobody manages {0}.", &[name]),
            counted(
                "No one can look after its {0} direct member.|No one can look after its {0} direct members.",
                of.direct.into(),
            ),
        ),
        (1, 1) => (
            say("The only manager cannot sign in.").to_owned(),
            fill(
                "{0} is suspended or locked, so nobody can look after {1}.",
                &[first, name],
            ),
        ),
        (1, _) => (
            fill("{0} has a single manager.", &[name]),
            fill(
                "Without {0} nobody would manage it: name a second one before anything changes.",
                &[only],
            ),
        ),
        (_, 0) => return None,
        (total, off) if off == total => (
            fill("None of {0} managers can sign in.", &[&grouped(total.into())]),
            fill("All are suspended or locked, so nobody can look after {0}.", &[name]),
        ),
        (total, 1) => (
            fill("1 of {0} managers is inactive.", &[&grouped(total.into())]),
            fill("{0} cannot sign in, and so cannot look after it.", &[first]),
        ),
        (total, off) => (
            fill(
                "{0} of {1} managers are inactive.",
                &[&grouped(off.into()), &grouped(total.into())],
            ),
            fill("{0} and others cannot sign in, and so cannot look after it.", &[first]),
        ),
    })
}

#[cfg(test)]
mod tests {
    use protocol::{GroupManager, GroupName, UserRow};

    use super::*;

    fn group(direct: u32, off: u32, total: u32) -> GroupManagers {
        let manager = |place: u32| GroupManager {
            user: UserRow {
                name: format!("M{place}"),
                status: if place < off {
                    UserStatus::Locked
                } else {
                    UserStatus::Active
                },
                ..UserRow::default()
            },
            ..GroupManager::default()
        };
        GroupManagers {
            group: GroupName {
                name: "Ops".to_owned(),
                ..GroupName::default()
            },
            direct,
            total,
            active: total - off,
            managers: (0..total).map(manager).collect(),
            child: None,
        }
    }

    #[test]
    fn too_few_managers_are_told() {
        let title = |direct, off, total| enough(&group(direct, off, total)).map(|(title, _)| title);
        assert_eq!(title(0, 0, 0), None);
        assert_eq!(title(3, 0, 0).as_deref(), Some("Nobody manages Ops."));
        assert_eq!(title(3, 0, 1).as_deref(), Some("Ops has a single manager."));
        assert_eq!(title(3, 1, 1).as_deref(), Some("The only manager cannot sign in."));
        assert_eq!(title(3, 0, 2), None);
        assert_eq!(title(3, 1, 3).as_deref(), Some("1 of 3 managers is inactive."));
        assert_eq!(title(3, 2, 3).as_deref(), Some("2 of 3 managers are inactive."));
        assert_eq!(title(3, 3, 3).as_deref(), Some("None of 3 managers can sign in."));
    }
}
