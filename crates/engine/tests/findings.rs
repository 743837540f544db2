//! Findings, loops, files and the directory in numbers, as the desk answers them, against the core's own answers.

use engine::desk::Desk;
use membership::directory::Directory;
use membership::finding::FindingKind as Core;
use membership::{json, sample};
use protocol::{
    CutAnswer, CutQuestion, FindingKind, FindingListQuestion, FindingPage, FindingPlace, FindingQuestion, FindingRow,
    FindingsQuestion, FindingsSummary, OverviewQuestion, Problem,
};

const NOW: i64 = 1_790_000_000_000;

/// A loop of three, a diamond, a suspended administrator, a name that is a formula, and facts that cannot be used.
const COMPANY: &str = r#"{
  "users": [
    {"id": "ada", "firstName": "=Ada", "lastName": "Byron, \"B\""},
    {"id": "bo", "firstName": "Bo", "lastName": "Dahl", "status": {"suspended": true}},
    {"id": "di", "firstName": "Di", "lastName": "Castle"}
  ],
  "groups": [
    {"id": "hq", "name": "HQ", "children": ["eng", "ops"]},
    {"id": "eng", "name": "Eng", "children": ["web"], "members": ["ada"]},
    {"id": "ops", "name": "Ops", "children": ["web"]},
    {"id": "web", "name": "Web", "members": ["ada"]},
    {"id": "adm", "name": "System Administrators", "members": ["bo"]},
    {"id": "m", "name": "Mayhem", "children": ["n"], "members": ["ada"]},
    {"id": "n", "name": "Mischief", "children": ["o"], "members": ["bo", "di"]},
    {"id": "o", "name": "Homework", "children": ["m"], "members": ["di"]}
  ],
  "memberships": [{"group": "web", "user": "nobody"}, {"group": "eng", "user": "=nobody"}]
}"#;

fn company() -> Desk {
    Desk::new(json::read(COMPANY.as_bytes()).expect("the company is a directory"))
}

fn sample() -> Directory {
    sample::directory(20_000, sample::DEFAULT_SEED).expect("a sample")
}

/// Asks for the summary once.
fn ask(desk: &mut Desk, q: &str, first: Option<FindingKind>, steps: u32) -> FindingsSummary {
    let q = q.to_owned();
    desk.ask(&FindingsQuestion { q, first, steps }, NOW).expect("a summary")
}

/// Asks until all was looked at.
fn all(desk: &mut Desk, q: &str) -> FindingsSummary {
    let mut summary = ask(desk, q, None, 0);
    while !summary.is_done {
        let next = ask(desk, q, None, summary.steps);
        assert!(next.steps > summary.steps, "each question looks further");
        summary = next;
    }
    summary
}

fn list(desk: &mut Desk, kind: FindingKind, q: &str, offset: u32, limit: u32) -> FindingPage {
    let question = FindingListQuestion {
        kind,
        q: q.to_owned(),
        known: 0,
        offset,
        limit,
    };
    desk.ask(&question, NOW).expect("a page")
}

fn cut(desk: &mut Desk, group: &str) -> Option<CutAnswer> {
    let mut steps = 0;
    loop {
        let group = group.to_owned();
        let answer = desk
            .ask(&CutQuestion { group, steps }, NOW)
            .expect("the group is there")?;
        if answer.is_done {
            return Some(answer);
        }
        steps = answer.steps;
    }
}

#[test]
fn the_summary_counts_what_the_core_finds() {
    let directory = sample();
    let counts = directory.finding_counts();
    let mut desk = Desk::new(directory);
    let begun = ask(&mut desk, "", None, 0);
    assert!(!begun.is_done, "20,000 users take more than one step");
    let summary = all(&mut desk, "");
    for (kind, (core, count)) in summary.kinds.iter().zip(counts) {
        assert_eq!(kind.kind.name(), core.name());
        assert_eq!(format!("{:?}", kind.kind.severity()), format!("{:?}", core.severity()));
        assert_eq!((kind.total, kind.matching), (count, count), "{}", core.name());
        assert_eq!(kind.names.len(), count.min(4) as usize);
        assert!(kind.is_done);
    }
    assert_eq!(summary.earlier, None);
    assert_eq!(all(&mut desk, "").steps, summary.steps, "nothing is looked at twice");
}

#[test]
fn a_kind_can_be_looked_for_first() {
    let mut desk = Desk::new(sample());
    let summary = ask(&mut desk, "", Some(FindingKind::Repeated), 0);
    let is_done = |kind| summary.kinds.iter().any(|it| it.kind == kind && it.is_done);
    assert!(is_done(FindingKind::Repeated));
    assert!(!is_done(FindingKind::Lookalike));
}

#[test]
fn every_row_leads_back_to_its_finding() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    all(&mut desk, "");
    for (kind, core) in FindingKind::all().zip(Core::ALL) {
        let findings = directory.findings(core);
        let page = list(&mut desk, kind, "", 0, 1_000);
        assert_eq!((page.total, page.of), (findings.len() as u32, findings.len() as u32));
        let messages: Vec<_> = findings.iter().take(1_000).map(|it| it.message(&directory)).collect();
        assert!(page.rows.iter().map(|row| &row.message).eq(&messages));
        for (row, number) in page.rows.iter().zip(1..).take(50) {
            let question = FindingQuestion {
                kind,
                place: row.place.clone(),
                q: String::new(),
                known: 0,
            };
            let detail = desk.ask(&question, NOW).expect("it is found").expect("it is found");
            assert_eq!(
                (&detail.message, detail.number, detail.of),
                (&row.message, number, page.of)
            );
            let at = |place: usize| page.rows.get(place).map(|row| &row.place);
            assert_eq!(detail.before.as_ref(), (number as usize).checked_sub(2).and_then(at));
            if page.rows.len() < 1_000 {
                assert_eq!(detail.after.as_ref(), at(number as usize));
            }
        }
    }
}

#[test]
fn what_is_not_there_is_no_finding() {
    let mut desk = company();
    all(&mut desk, "");
    let mut find = |place| {
        let question = FindingQuestion {
            kind: FindingKind::Cycle,
            place,
            q: String::new(),
            known: 0,
        };
        desk.ask(&question, NOW)
    };
    let group = |id: &str| FindingPlace {
        group: id.to_owned(),
        ..FindingPlace::default()
    };
    assert!(matches!(find(group("o")), Ok(Some(detail)) if detail.groups_total == 3));
    assert_eq!(find(group("web")), Ok(None), "a diamond is no cycle");
    assert_eq!(find(FindingPlace::default()), Ok(None));
    assert!(matches!(find(group("nowhere")), Err(Problem::Unknown { .. })));
}

#[test]
fn names_and_facts_are_searched_for() {
    let mut desk = company();
    let matching = |desk: &mut Desk, q: &str, kind| {
        let summary = all(desk, q);
        let count = summary.kinds.iter().find(|it| it.kind == kind).map(|it| it.matching);
        let page = list(desk, kind, q, 0, 10);
        assert_eq!(count, Some(page.total));
        page.rows
            .into_iter()
            .map(|row: FindingRow| row.message)
            .collect::<Vec<_>>()
    };
    assert_eq!(matching(&mut desk, "mischief", FindingKind::Cycle).len(), 1);
    assert_eq!(matching(&mut desk, "web", FindingKind::Cycle).len(), 0);
    assert_eq!(matching(&mut desk, "NOBODY", FindingKind::Dangling).len(), 2);
    assert_eq!(matching(&mut desk, "=nobody", FindingKind::Dangling).len(), 1);
    assert_eq!(
        matching(&mut desk, "dahl", FindingKind::SuspendedAdministrator).len(),
        1
    );
    assert_eq!(
        matching(&mut desk, "castle", FindingKind::SuspendedAdministrator).len(),
        0
    );
}

#[test]
fn the_nesting_that_takes_least_is_told_with_who_would_lose_what() {
    let mut desk = company();
    let answer = cut(&mut desk, "n").expect("a loop");
    let spelled: Vec<_> = answer
        .spelled
        .iter()
        .map(|it| (it.group.name.as_str(), it.direct))
        .collect();
    assert_eq!(spelled, [("Mayhem", 1), ("Mischief", 2), ("Homework", 1)]);
    assert_eq!(
        (answer.length, answer.groups, answer.members, answer.weighed),
        (3, 3, 3, 3)
    );
    // Without Mischief > Homework only Ada, whom Mayhem names, loses something: Mischief. Any other takes three away.
    let best = answer.best.expect("one of three");
    assert_eq!(
        (best.parent.name.as_str(), best.child.name.as_str(), best.place),
        ("Mischief", "Homework", 2)
    );
    assert_eq!((best.left, best.lost, best.users), (0, 1.0, 1));
    let losers = best.losers.iter();
    let losers: Vec<_> = losers
        .map(|(user, groups)| (user.id.as_str(), groups[0].name.as_str()))
        .collect();
    assert_eq!(losers, [("ada", "Mischief")]);
    let of: Vec<_> = best
        .groups
        .iter()
        .map(|(group, users)| (group.name.as_str(), *users))
        .collect();
    assert_eq!((of.as_slice(), best.groups_total), ([("Mischief", 1)].as_slice(), 1));
    assert_eq!(cut(&mut desk, "web"), None);
}

#[test]
fn another_reading_tells_what_is_new() {
    let read = |text: &str| Desk::new(json::read(text.as_bytes()).expect("a directory"));
    let mut first = company();
    all(&mut first, "");
    let changed = COMPANY.replace(
        r#""name": "Ops", "children": ["web"]"#,
        r#""name": "Ops", "children": ["web", "hq"]"#,
    );
    let mut second = read(&changed);
    second.follow(first);
    let summary = all(&mut second, "");
    assert_eq!(summary.earlier, Some(NOW as f64));
    let fresh: Vec<_> = summary
        .kinds
        .iter()
        .filter(|kind| kind.fresh > 0)
        .map(|kind| (kind.kind, kind.fresh, kind.earlier, kind.first_fresh.as_str()))
        .collect();
    assert_eq!(fresh, [(FindingKind::Cycle, 1, 1, "HQ and Ops contain each other.")]);

    // A reading whose findings nobody looked at is passed over.
    let mut third = read(&changed);
    third.follow(second);
    let mut fourth = read(COMPANY);
    fourth.follow(third);
    let summary = all(&mut fourth, "");
    assert_eq!(summary.earlier, Some(NOW as f64));
    assert!(summary.kinds.iter().all(|kind| kind.fresh == 0));
    let of_cycles = summary.kinds.iter().find(|kind| kind.kind == FindingKind::Cycle);
    assert_eq!(of_cycles.map(|kind| (kind.total, kind.earlier)), Some((1, 2)));
    let mut fifth = company();
    fifth.follow(company());
    assert_eq!(all(&mut fifth, "").earlier, None);
}

#[test]
fn the_directory_is_told_in_numbers() {
    let overview = company().ask(&OverviewQuestion { largest: 3 }, NOW).expect("numbers");
    assert_eq!(
        (overview.users, overview.active, overview.groups, overview.roots),
        (3, 2, 8, 3)
    );
    // Ada through Web in Ops and HQ; through the loop Ada in two, Bo in two, Di in one.
    assert_eq!((overview.direct, overview.inherited), (7, 2 + 5));
    assert_eq!((overview.deepest, overview.half, overview.deep), (2, 0, 6));
    assert_eq!((overview.managers, overview.administrators), (None, 1));
    assert_eq!(overview.depths, [5, 2, 1]);
    assert_eq!(overview.sizes, [0, 8, 0, 0, 0, 0, 0]);
    let largest: Vec<_> = overview
        .largest
        .iter()
        .map(|it| (it.name.as_str(), it.total, it.in_cycle))
        .collect();
    assert_eq!(
        largest,
        [("Mayhem", 3, true), ("Mischief", 3, true), ("Homework", 3, true)]
    );

    let directory = sample();
    let overview = Desk::new(sample())
        .ask(&OverviewQuestion { largest: 10 }, NOW)
        .expect("numbers");
    let mut totals: Vec<u32> = directory
        .all_groups()
        .map(|group| directory.member_count(group))
        .collect();
    totals.sort_unstable_by(|one, other| other.cmp(one));
    assert!(
        overview
            .largest
            .iter()
            .map(|group| group.total)
            .eq(totals.iter().copied().take(10))
    );
    let pairs: u64 = totals.iter().map(|total| u64::from(*total)).sum();
    assert_eq!(overview.direct + overview.inherited, pairs);
    assert_eq!(overview.sizes.iter().sum::<u32>(), overview.groups);
    assert_eq!(overview.depths.iter().sum::<u32>(), overview.groups);
    let of_ten = totals.iter().filter(|total| (10..100).contains(*total)).count();
    assert_eq!(overview.sizes[2] as usize, of_ten);
}
