//! Findings, one kind after another: what is found, what is not, and what is said.

use membership::directory::{Builder, Directory, Place, Unused, UnusedReason};
use membership::entity::UserRecord;
use membership::finding::{Finding, FindingKind, FindingSearch, Findings, Severity, looks_like};
use membership::json::read;
use membership::sample;
use membership::set::Set;
use proptest::prelude::*;

use crate::notation::directory as facts;

/// The findings of a kind say this.
fn says(line: &str, kind: FindingKind, messages: &[&str]) {
    told(&facts(line), kind, messages);
}

fn told(directory: &Directory, kind: FindingKind, messages: &[&str]) {
    let findings = directory.findings(kind);
    assert!(
        findings
            .iter()
            .all(|finding| finding.kind == kind && finding.severity() == kind.severity())
    );
    assert_eq!(
        findings
            .iter()
            .map(|finding| finding.message(directory))
            .collect::<Vec<_>>(),
        messages
    );
    assert_eq!(directory.finding_count(kind) as usize, messages.len());
}

/// As many spellings of one look as there are users, which are more than can be compared with one another.
#[test]
fn a_look_with_many_spellings_is_one_finding() {
    const SPELLINGS: u32 = 1 << 15;
    let mut builder = Builder::new();
    for number in 0..2 * SPELLINGS {
        // Fifteen letters, each Latin or Cyrillic; each spelling is told twice.
        let letters = (0..15).map(|bit| {
            if (number % SPELLINGS) >> bit & 1 == 0 {
                'a'
            } else {
                'а'
            }
        });
        let (id, name) = (number.to_string(), letters.collect::<String>());
        let record = UserRecord {
            id: &id,
            first_name: Some(&name),
            ..UserRecord::default()
        };
        builder.user(&record, Place::default()).unwrap();
    }
    let directory = builder.finish(&mut |_, _| ()).unwrap();
    let findings = directory.findings(FindingKind::Lookalike);
    let [finding] = &*findings else {
        panic!("{} findings", findings.len())
    };
    let firsts: Vec<_> = directory.all_users().take(SPELLINGS as usize).collect();
    assert_eq!(finding.users, firsts);
}

#[test]
fn kinds_have_names_and_severities() {
    let names = FindingKind::ALL.map(FindingKind::name);
    assert_eq!(names.map(FindingKind::named), FindingKind::ALL.map(Some));
    assert_eq!(FindingKind::named("Cycle"), None);
    assert!(FindingKind::ALL.is_sorted_by_key(|kind| kind.severity()));
    assert_eq!(
        FindingKind::ALL
            .map(FindingKind::severity)
            .iter()
            .filter(|severity| **severity == Severity::Critical)
            .count(),
        2
    );
}

#[test]
fn cycles() {
    says("A > B > a; A > C > B", FindingKind::Cycle, &[]);
    says("A > B > C > A", FindingKind::Cycle, &["A, B and C contain each other."]);
    says("A > A > a", FindingKind::Cycle, &["A is nested in itself."]);
    says(
        "C > D > C; B > A > B",
        FindingKind::Cycle,
        &["C and D contain each other.", "B and A contain each other."],
    );
    says(
        "A > B > C > D > E > F > A",
        FindingKind::Cycle,
        &["A, B, C and 3 others contain each other."],
    );
    assert_eq!(facts("A > B > A; A > C > A; D > D").critical_count(), 2);
    assert_eq!(
        facts("A > B > A; A > C > A").findings(FindingKind::Cycle)[0]
            .groups
            .len(),
        3
    );
}

#[test]
fn suspended_people() {
    let directory = read(
        br#"{"users":[{"id":"a","status":{"suspended":true}},{"id":"b","status":{"suspended":false,"locked":true}},{"id":"c"},{"id":"d","status":{"locked":true}}],
            "groups":[{"id":"x","name":"SYSTEM administrators","children":["y"]},{"id":"y","name":"Root","members":["a","c"]},{"id":"z","members":["a","b"]}]}"#,
    )
    .expect("a directory");
    told(
        &directory,
        FindingKind::SuspendedAdministrator,
        &["a is suspended and still an administrator."],
    );
    told(
        &directory,
        FindingKind::SuspendedMember,
        &["a is suspended and still in 2 groups.", "b is locked and still in z."],
    );
    assert_eq!(directory.critical_count(), 1);
    says("System Administrators > a", FindingKind::SuspendedAdministrator, &[]);
}

#[test]
fn facts_that_could_not_be_used() {
    let directory = read(
        b"{\"users\":[{\"id\":\"u\"},{\"id\":\"u\"},{}],\"groups\":[{\"id\":\"g\"}],\n\"memberships\":[{\"group\":\"g\",\"user\":\"u\"},\n{\"group\":\"g\",\"user\":\"u\"},{\"group\":\"x\",\"user\":\"u\"}, {\"group\":\"g\",\"user\":\"y\"}],\"nestings\":[{\"parent\":\"g\",\"child\":\"g\"}]}",
    )
    .expect("a directory");
    told(
        &directory,
        FindingKind::Repeated,
        &["Line 3 says `{\"group\":\"g\",\"user\":\"u\"}`. Said before, in line 2; it counts once."],
    );
    told(
        &directory,
        FindingKind::Unreadable,
        &["Line 1 says `{}`. An item without an id."],
    );
    told(
        &directory,
        FindingKind::DuplicateIdentifier,
        &["Line 1 says `{\"id\":\"u\"}`. Another user has this id, in line 1; the first one stays."],
    );
    told(&directory, FindingKind::Cycle, &["g is nested in itself."]);
    let dangling = directory.findings(FindingKind::Dangling);
    let messages: Vec<_> = dangling.iter().map(|finding| finding.message(&directory)).collect();
    assert_eq!(
        messages,
        [
            "Line 3 says `{\"group\":\"x\",\"user\":\"u\"}`. No group has the id `x`.",
            "Line 3 says `{\"group\":\"g\",\"user\":\"y\"}`. No user has the id `y`."
        ]
    );
    let unused = dangling[0].unused(&directory).expect("the fact");
    assert_eq!(
        (unused.place.line, unused.says.as_str()),
        (3, r#"{"group":"x","user":"u"}"#)
    );
    let mut builder = Builder::new();
    let says = "x".to_owned();
    builder.unusable(Unused {
        place: Place { line: 1_877 },
        says: says.clone(),
        reason: UnusedReason::Value("Not a day.".to_owned()),
    });
    builder.unusable(Unused {
        place: Place::default(),
        says,
        reason: UnusedReason::NotAMember,
    });
    told(
        &builder.finish(&mut |_, _| {}).expect("a directory"),
        FindingKind::Unreadable,
        &[
            "A fact says `x`. A manager has to be a member of the group.",
            "Line 1,877 says `x`. Not a day.",
        ],
    );
}

#[test]
fn identifiers_used_twice() {
    let directory = read(
        r#"{"users":[{"id":1,"username":"Σας","email":"a@b"},{"id":2,"username":"σΑΣ","email":"A@B"},{"id":3,"email":"a@b"},{"id":4,"username":""},{"id":5,"username":""}],
            "groups":[{"id":1,"name":"x"},{"id":2,"name":"X"},{"id":3},{"id":4}]}"#
            .as_bytes(),
    )
    .expect("a directory");
    told(
        &directory,
        FindingKind::DuplicateIdentifier,
        &[
            "2 users have the username `Σας`.",
            "3 users have the email `a@b`.",
            "2 groups have the name `x`.",
        ],
    );
    says("A > a, b; B > a", FindingKind::DuplicateIdentifier, &[]);
}

#[test]
fn names_that_look_the_same() {
    let same = |one: &str, other: &str| assert!(looks_like(one, other) && looks_like(other, one), "{one} {other}");
    same("Payroll", "P\u{430}yroll");
    same("Payroll", "PAYRO1L");
    same("Payroll approvers", " Payroll\u{a0} approvers\u{200b}");
    same("Lou's", "Lou’s");
    same("Night-shift", "Night–shift");
    same("ΑΒΕ", "ABE");
    same("soap", "ｓｏａｐ");
    same("so\u{ad}ap", "soap");
    let different = |one: &str, other: &str| assert!(!looks_like(one, other), "{one} {other}");
    different("Payroll", "Payroll");
    different("Payroll approvers", "Payrollapprovers");
    different("José", "Jose");
    different("Soap 1", "Soap 2");
    says(
        "Soap > a; S\u{43e}ap > a; Soup > a",
        FindingKind::Lookalike,
        &["`Soap` and `S\u{43e}ap` look the same."],
    );
    says(
        "A > tyler, ty1er, tyle\u{433}",
        FindingKind::Lookalike,
        &["`tyler` and `ty1er` look the same."],
    );
    let directory = read(
        r#"{"users":[{"id":1,"username":"a","firstName":"Al","lastName":"Bo"},{"id":2,"username":"а","firstName":"Аl","lastName":"Bo"},
            {"id":3,"firstName":"Al","lastName":"Во"},{"id":4,"firstName":"AL","lastName":"BO"}],"groups":[{"id":1},{"id":2,"name":""}]}"#
            .as_bytes(),
    )
    .expect("a directory");
    told(
        &directory,
        FindingKind::Lookalike,
        &[
            "`a` and `а` look the same.",
            "`Al Bo`, `Аl Bo` and `Al Во` look the same.",
        ],
    );
}

#[test]
fn managers() {
    says(
        "A > a; B > b*; C > a*, b*; D >; E > B",
        FindingKind::NoManager,
        &["Nobody manages A."],
    );
    says(
        "A > a; B > b*; C > a*, b*; D >; E > B",
        FindingKind::OneManager,
        &["Only b manages B."],
    );
    says("A > a; B > b", FindingKind::NoManager, &[]);
    says("A > a; B > b", FindingKind::OneManager, &[]);
}

#[test]
fn depth_and_emptiness() {
    says(
        "A > B > C > D > E > F > G > H > I > a; I > J; J >",
        FindingKind::Deep,
        &[
            "H is nested 7 levels below the top.",
            "I is nested 8 levels below the top.",
            "J is nested 9 levels below the top.",
        ],
    );
    says("A > B > C > D > E > F > G > a", FindingKind::Deep, &[]);
    says(
        "A > B; B >; C > D > c; E > E",
        FindingKind::Empty,
        &["Nobody is in A.", "Nobody is in B.", "Nobody is in E."],
    );
}

#[test]
fn memberships_that_nesting_gives_already() {
    says(
        "A > B > a; A > a, b",
        FindingKind::Redundant,
        &["a is in A directly, and through nesting as well."],
    );
    says(
        "A > B > A; A > a; B > a",
        FindingKind::Redundant,
        &[
            "a is in A directly, and through nesting as well.",
            "a is in B directly, and through nesting as well.",
        ],
    );
    says("A > B > a; C > a; A > A > b", FindingKind::Redundant, &[]);
}

#[test]
fn a_directory_without_facts_has_no_findings() {
    assert_eq!(facts("").finding_counts().map(|(_, count)| count), [0; 13]);
    assert_eq!(facts("").critical_count(), 0);
}

#[test]
fn the_sample_has_every_kind() {
    for users in [1_200, 10_000] {
        let directory = sample::directory(users, sample::DEFAULT_SEED).expect("a sample");
        for (kind, count) in directory.finding_counts() {
            assert!(count > 0, "{kind:?} at {users}");
            let findings = directory.findings(kind);
            assert_eq!(findings.len(), count as usize);
            assert!(
                findings
                    .iter()
                    .all(|finding| finding.message(&directory).ends_with('.'))
            );
        }
    }
}

proptest! {
    #[test]
    fn redundant_is_direct_and_inherited(edges in proptest::collection::vec((0_u8..8, 0_u8..8), 0..14), members in proptest::collection::vec((0_u8..8, 0_u8..4), 0..16)) {
        let mut line: String = (0..8).map(|group| format!("G{group} >; ")).collect();
        edges.iter().for_each(|(parent, child)| line.push_str(&format!("G{parent} > G{child}; ")));
        members.iter().for_each(|(group, user)| line.push_str(&format!("G{group} > u{user}; ")));
        let directory = facts(&line);
        let mut expected = Vec::new();
        for group in directory.all_groups() {
            for (user, _) in directory.direct_members(group) {
                let below = |other| other != group && directory.hierarchy().is_descendant(other, group);
                if directory.direct_groups(user).any(|(other, _)| below(other)) {
                    expected.push((user, group));
                }
            }
        }
        let found: Vec<_> = directory.findings(FindingKind::Redundant).iter().map(|finding| (finding.users[0], finding.groups[0])).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn looking_alike_is_the_same_both_ways(one in "[aаoо0 \u{200b}-]{0,4}", other in "[aаoо0 \u{200b}-]{0,4}") {
        prop_assert_eq!(looks_like(&one, &other), looks_like(&other, &one));
        prop_assert!(!looks_like(&one, &one));
    }
}

/// The findings of a kind, looked for in steps of so much work.
fn in_steps(directory: &Directory, kind: FindingKind, work: u32) -> (Vec<Finding>, u32) {
    let mut search = FindingSearch::new(kind);
    let (mut found, mut steps) = (Vec::new(), 1);
    while search
        .step(directory, work, &mut |finding| found.push(finding))
        .is_none()
    {
        steps += 1;
    }
    (found, steps)
}

#[test]
fn looking_in_steps_finds_the_same() {
    let directory = sample::directory(3_000, sample::DEFAULT_SEED).expect("a sample");
    for kind in FindingKind::ALL {
        let at_once = directory.findings(kind);
        assert_eq!(in_steps(&directory, kind, 100).0, at_once, "{}", kind.name());
    }
    assert!(in_steps(&directory, FindingKind::Lookalike, 100).1 > 60);
    assert!(in_steps(&directory, FindingKind::SuspendedMember, 100).1 >= 30);
}

#[test]
fn a_list_keeps_what_was_found() {
    let directory = sample::directory(1_200, sample::DEFAULT_SEED).expect("a sample");
    let none = |rows| Set::new(rows);
    for kind in FindingKind::ALL {
        let told = directory.findings(kind);
        let mut list = Findings::new(kind);
        assert!(list.is_empty());
        told.iter().for_each(|finding| list.push(finding));
        assert_eq!(list.len() as usize, told.len());
        assert_eq!(list.get(list.len()), None);
        for (finding, place) in told.iter().zip(0..) {
            assert_eq!(list.get(place).as_ref(), Some(finding));
            let (user, group) = (finding.users.first().copied(), finding.groups.first().copied());
            let found = list.position(finding.what(), finding.unused_row(), user, group);
            let found = found.and_then(|place| list.get(place)).expect("it is in the list");
            assert_eq!(found.what(), finding.what());
            assert!(user.is_none_or(|user| found.users.contains(&user)));

            let mut users = none(directory.user_count());
            finding.users.iter().for_each(|user| _ = users.insert(user.row()));
            let (groups, unused) = (none(directory.group_count()), none(directory.unused().len() as u32));
            assert_eq!(list.concerns(place, &users, &groups, &unused), user.is_some());
        }
    }
}

#[test]
fn findings_are_known_again_in_another_reading() {
    let identities = |line: &str, kind| {
        let directory = facts(line);
        let findings = directory.findings(kind);
        findings
            .iter()
            .map(|finding| finding.identity(&directory))
            .collect::<Vec<_>>()
    };
    let of = |line| identities(line, FindingKind::Cycle);
    assert_eq!(of("A > B > C > A"), of("Top; C > A; A > B; B > C; x > y"));
    assert_ne!(of("A > B > A"), of("A > B > C > A"));
    let of = |line| identities(line, FindingKind::Redundant);
    assert_eq!(of("A > B > a, b; A > a").len(), 1);
    assert_eq!(of("A > B > a, b; A > a"), of("B > b; A > a; A > B > a"));
    assert_ne!(of("A > B > a, b; A > a"), of("A > B > a, b; A > b"));

    // Of many none is taken for another.
    let directory = sample::directory(100_000, sample::DEFAULT_SEED).expect("a sample");
    let findings = directory.findings(FindingKind::SuspendedMember);
    let identities = findings.iter().map(|finding| finding.identity(&directory));
    let identities = identities.collect::<std::collections::BTreeSet<_>>();
    assert!(findings.len() > 5_000);
    assert_eq!(identities.len(), findings.len());
    // They differ in all their bits, so that numbers made of them hardly ever meet.
    let ones = identities.iter().map(|identity| identity.count_ones()).sum::<u32>() as usize;
    let mean = ones as f64 / identities.len() as f64;
    assert!((31.5..32.5).contains(&mean), "{mean}");
}
