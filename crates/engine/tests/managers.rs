//! Who manages what, compared with the findings and with a pass over every user and group.

use engine::desk::Desk;
use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::finding::FindingKind;
use protocol::{GroupManagersQuestion, ManagersOf, ManagersPage, ManagersQuestion, Problem, UserQuestion, UserStatus};

const NOW: i64 = 1_790_000_000_000;

fn sample() -> Directory {
    membership::sample::directory(1_200, 7).expect("the sample is small")
}

fn page(desk: &mut Desk, of: ManagersOf, q: &str, limit: u32) -> ManagersPage {
    let q = q.to_owned();
    desk.ask(&ManagersQuestion { of, q, limit }, NOW)
        .expect("the managers are there")
}

/// Who manages a group, asked pair by pair.
fn managers(directory: &Directory, group: GroupIndex) -> Vec<UserIndex> {
    let users = directory.all_users();
    users.filter(|user| directory.is_manager(*user, group)).collect()
}

fn ids(page: &ManagersPage) -> Vec<&str> {
    page.groups.iter().map(|group| group.group.id.as_str()).collect()
}

#[test]
fn groups_with_none_or_one_are_the_findings() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    for (of, kind) in [
        (ManagersOf::WithNone, FindingKind::NoManager),
        (ManagersOf::WithOne, FindingKind::OneManager),
    ] {
        let page = page(&mut desk, of, "", 10_000);
        let mut found: Vec<_> = directory
            .findings(kind)
            .iter()
            .flat_map(|finding| finding.groups.iter().map(|group| directory.group_id(*group)))
            .collect();
        let mut listed = ids(&page);
        assert_eq!(listed.len(), page.total as usize);
        assert!(page.groups.is_sorted_by_key(|group| u32::MAX - group.total));
        listed.sort_unstable();
        found.sort_unstable();
        assert!(!found.is_empty());
        assert_eq!(listed, found);
    }
}

#[test]
fn everybody_who_manages_is_listed_with_what_nobody_else_does() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    let all = page(&mut desk, ManagersOf::People, "", 10_000);
    assert_eq!((all.total, all.people), (all.managers.len() as u32, all.total));
    assert!(all.managers.is_sorted_by_key(|manager| u32::MAX - manager.manages));
    let by_group: Vec<_> = directory
        .all_groups()
        .map(|group| (group, managers(&directory, group)))
        .collect();
    let mut told = 0;
    for manager in &all.managers {
        let user = directory.user_by_id(&manager.user.id).expect("the user is there");
        let manages = by_group.iter().filter(|(_, managers)| managers.contains(&user));
        let alone = manages.clone().filter(|(_, managers)| managers.len() == 1);
        assert_eq!(
            (manager.manages, manager.alone),
            (manages.count() as u32, alone.count() as u32),
            "{}",
            manager.user.name
        );
        assert!(manager.groups.len() as u32 == manager.manages.min(20));
        let first = manager
            .groups
            .first()
            .and_then(|group| directory.group_by_id(&group.id));
        let is_alone = first.is_some_and(|group| managers(&directory, group).len() == 1);
        assert_eq!(is_alone, manager.alone > 0);
        told += manager.manages;
    }
    assert_eq!(
        told as usize,
        by_group.iter().map(|(_, managers)| managers.len()).sum::<usize>()
    );

    let found = page(&mut desk, ManagersOf::People, " an ", 5);
    assert!(found.total < all.total && found.managers.len() == 5);
    let first = all.managers.iter().filter(|manager| {
        let user = &manager.user;
        [&user.name, &user.username, &user.email]
            .iter()
            .any(|text| text.to_lowercase().contains("an"))
    });
    assert_eq!(found.total as usize, first.count());
}

#[test]
fn a_group_tells_its_managers_and_what_else_they_manage() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    for group in directory.all_groups() {
        let question = GroupManagersQuestion {
            group: directory.group_id(group).to_owned(),
        };
        let told = desk.ask(&question, NOW).expect("the group is there");
        let mut expected: Vec<_> = managers(&directory, group)
            .into_iter()
            .map(|user| directory.user_id(user))
            .collect();
        let mut found: Vec<_> = told.managers.iter().map(|manager| manager.user.id.as_str()).collect();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected);
        let active = told.managers.iter().filter(|it| it.user.status == UserStatus::Active);
        assert_eq!(
            (told.active as usize, told.total as usize),
            (active.count(), expected.len())
        );
        for manager in &told.managers {
            let user = manager.user.id.clone();
            assert!(manager.user.why.as_ref().is_some_and(|why| why.direct));
            let of_user = page(&mut desk, ManagersOf::User(user.clone()), "", 100);
            assert_eq!(of_user.total, manager.others_total + 1);
            let detail = desk.ask(&UserQuestion { user }, NOW).expect("the user is there");
            let marked = detail.direct.iter().filter(|group| group.is_only_manager).count();
            let alone = of_user.groups.iter().filter(|group| group.managers == 1);
            assert_eq!(marked, alone.count());
            let mut others: Vec<_> = manager.others.iter().map(|group| group.id.as_str()).collect();
            others.push(&told.group.id);
            let mut all = ids(&of_user);
            others.sort_unstable();
            all.sort_unstable();
            assert_eq!(others, all);
            // Of a user's groups the others who manage them are named.
            assert!(
                of_user
                    .groups
                    .iter()
                    .all(|group| group.managers > group.named.len() as u32)
            );
        }
    }
}

#[test]
fn where_nobody_manages_anything_no_group_is_told_to_lack_a_manager() {
    let facts = r#"{"users": [{"id": "a"}], "groups": [{"id": "g", "members": ["a"]}]}"#;
    let mut desk = Desk::new(membership::json::read(facts.as_bytes()).expect("it is a directory"));
    let none = page(&mut desk, ManagersOf::WithNone, "", 10);
    assert_eq!((none.people, none.none, none.one, none.total), (0, 0, 0, 0));
    let question = ManagersQuestion {
        of: ManagersOf::User("nobody".to_owned()),
        ..ManagersQuestion::default()
    };
    assert!(matches!(desk.ask(&question, NOW), Err(Problem::Unknown { .. })));
}
