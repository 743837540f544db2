//! Files of everything that is listed, held against what the screen shows and against plain passes over the facts.

use std::collections::{BTreeMap, BTreeSet};

use engine::desk::Desk;
use membership::change::Change;
use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use protocol::{
    ChangeKind, CompareQuestion, Compared, Delimiter, ExportForm, ExportQuestion, Exported, FindingKind,
    FindingsExport, FindingsQuestion, GroupFilter, GroupsExport, ManagersOf, ManagersQuestion, MatrixQuestion,
    MatrixSides, PictureQuestion, Problem, StagedChange, TreeOrder, UsersQuestion,
};
use serde_json::Value;

const NOW: i64 = 1_790_000_000_000;
const CSV: ExportForm = ExportForm::Csv {
    delimiter: Delimiter::Comma,
    mark: true,
};

fn sample() -> Directory {
    membership::sample::directory(6_000, 7).expect("the sample is small")
}

/// Three of one loop, a name that a spreadsheet would run, a diamond.
const COMPANY: &str = r#"{
  "users": [
    {"id": "ada", "firstName": "=Ada", "lastName": "Byron, \"B\"", "custom": {"desk": 7.5, "remote": true}},
    {"id": "bo", "username": "bo", "custom": {"desk": "third floor"}}
  ],
  "groups": [
    {"id": "hq", "name": "HQ", "children": ["eng", "ops", "mayhem"]},
    {"id": "eng", "name": "Eng", "children": ["web"], "managers": ["ada"]},
    {"id": "ops", "name": "Ops", "children": ["web"]},
    {"id": "web", "name": "Web", "members": ["ada", "bo"]},
    {"id": "mayhem", "name": "Mayhem", "children": ["mischief"]},
    {"id": "mischief", "name": "Mischief", "children": ["homework"]},
    {"id": "homework", "name": "Homework", "children": ["mayhem"], "members": ["bo"]}
  ]
}"#;

fn company() -> Desk {
    Desk::new(membership::json::read(COMPANY.as_bytes()).expect("the company is a directory"))
}

/// The whole file, from its pieces, and how many rows it has.
fn file(desk: &mut Desk, of: &Exported, form: ExportForm) -> (String, u32) {
    let (mut bytes, mut from) = (Vec::new(), 0);
    loop {
        let question = ExportQuestion {
            of: of.clone(),
            form,
            source: "Sample".to_owned(),
            address: "/users?q=\"a\"".to_owned(),
            from,
        };
        let piece = desk.ask(&question, NOW).expect("a piece");
        bytes.extend(piece.bytes);
        assert!(piece.rows > from || piece.total == 0, "each piece goes on");
        from = piece.rows;
        if from >= piece.total {
            return (String::from_utf8(bytes).expect("UTF-8"), from);
        }
    }
}

/// The rows of the file for programs.
fn rows(desk: &mut Desk, of: &Exported) -> Vec<Value> {
    let (text, count) = file(desk, of, ExportForm::Json);
    let file: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(file["source"], "Sample");
    assert_eq!(file["address"], "/users?q=\"a\"");
    assert_eq!(file["exportedAt"], membership::instant::format(NOW));
    let rows = file["rows"].as_array().expect("rows").clone();
    assert_eq!(rows.len(), count as usize);
    rows
}

fn texts<'r>(row: &'r Value, column: &str) -> Vec<&'r str> {
    let texts = row[column].as_array().map(Vec::as_slice).unwrap_or_default();
    texts.iter().filter_map(Value::as_str).collect()
}

fn text<'r>(row: &'r Value, column: &str) -> &'r str {
    row[column].as_str().unwrap_or_default()
}

/// All groups that contain others, by plain passes over the nestings until nothing is new.
fn above(directory: &Directory, groups: impl Iterator<Item = GroupIndex>) -> BTreeSet<GroupIndex> {
    let mut found = BTreeSet::new();
    let mut left: Vec<GroupIndex> = groups.collect();
    while let Some(group) = left.pop() {
        for parent in directory.hierarchy().parents(group) {
            if found.insert(*parent) {
                left.push(*parent);
            }
        }
    }
    found
}

/// What the reason of a row has to be, from the facts alone.
fn holds(directory: &Directory, row: &Value, side: &str, user: UserIndex, group: GroupIndex) {
    let column = |name: &str| [side, name].concat();
    let direct: Vec<GroupIndex> = directory.direct_groups(user).map(|(group, _)| group).collect();
    let is_direct = direct.contains(&group);
    let is_inherited = above(directory, direct.iter().copied().filter(|other| *other != group)).contains(&group);
    let source = match (is_direct, is_inherited) {
        (true, true) => "both",
        (true, false) => "direct",
        (false, true) => "inherited",
        (false, false) => "no",
    };
    assert_eq!(row[column("source")], source);
    let path = texts(row, &column("pathIds"));
    let names = texts(row, &column("path"));
    assert_eq!(path.is_empty(), source == "no");
    if let (Some(first), Some(last)) = (path.first(), path.last()) {
        let known = |id: &&str| directory.group_by_id(id).expect("a path has groups");
        assert_eq!(known(first), group);
        assert!(direct.contains(&known(last)), "somebody put the user into the last one");
        for step in path.windows(2) {
            assert!(
                directory
                    .hierarchy()
                    .children(known(&step[0]))
                    .contains(&known(&step[1]))
            );
        }
        let called: Vec<&str> = path.iter().map(|id| directory.group_name(known(id))).collect();
        assert_eq!(names, called);
    }
    assert_eq!(
        row[column("ways")].as_u64().is_some_and(|ways| ways > 0),
        source != "no"
    );
    assert_eq!(row[column("manager")], directory.is_manager(user, group));
}

fn user_of(directory: &Directory, id: &str) -> UserIndex {
    directory.user_by_id(id).expect("the user is there")
}

fn group_of(directory: &Directory, id: &str) -> GroupIndex {
    directory.group_by_id(id).expect("the group is there")
}

#[test]
fn users_are_written_as_they_are_listed() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    let of = UsersQuestion {
        zenql: "groupCount > 1".to_owned(),
        q: "a".to_owned(),
        order: "-lastName,id".to_owned(),
        ..UsersQuestion::default()
    };
    let rows = rows(&mut desk, &Exported::Users(of.clone()));
    let mut listed = Vec::new();
    loop {
        let offset = listed.len() as u32;
        let limit = 1_000;
        let page = desk
            .ask(
                &UsersQuestion {
                    offset,
                    limit,
                    ..of.clone()
                },
                NOW,
            )
            .expect("users");
        if page.rows.is_empty() {
            break;
        }
        listed.extend(page.rows);
    }
    assert!(rows.len() > 2_000, "more than one piece: {}", rows.len());
    assert_eq!(rows.len(), listed.len());
    for (row, user) in rows.iter().zip(&listed) {
        let index = user_of(&directory, text(row, "id"));
        assert_eq!(text(row, "id"), user.id);
        assert_eq!(text(row, "username"), user.username);
        assert_eq!(row["directGroups"].as_u64(), user.direct_groups.map(u64::from));
        let direct: Vec<_> = directory.direct_groups(index).map(|(group, _)| group).collect();
        let all: BTreeSet<_> = above(&directory, direct.iter().copied())
            .into_iter()
            .chain(direct)
            .collect();
        assert_eq!(row["groups"], all.len());
        assert!(row.get("source").is_none());
    }
}

#[test]
fn members_have_their_reasons_and_without_others() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    let group = *directory.hierarchy().roots().first().expect("a root");
    let excluded = *directory.hierarchy().children(group).first().expect("a child");
    let of = |include_inherited, excluded_groups: Vec<String>| {
        Exported::Users(UsersQuestion {
            group: Some(directory.group_id(group).to_owned()),
            include_inherited,
            excluded_groups,
            ..UsersQuestion::default()
        })
    };
    let all = rows(&mut desk, &of(true, Vec::new()));
    assert_eq!(all.len(), directory.member_count(group) as usize);
    for row in &all {
        holds(&directory, row, "", user_of(&directory, text(row, "id")), group);
    }
    assert!(all.iter().any(|row| texts(row, "path").len() > 2));
    let direct = rows(&mut desk, &of(false, Vec::new()));
    assert_eq!(direct.len(), directory.direct_count(group) as usize);
    let some = rows(&mut desk, &of(true, vec![directory.group_id(excluded).to_owned()]));
    let ids = |rows: &[Value]| {
        rows.iter()
            .map(|row| text(row, "id").to_owned())
            .collect::<BTreeSet<_>>()
    };
    let left: BTreeSet<_> = ids(&all)
        .into_iter()
        .filter(|id| !directory.is_member(user_of(&directory, id), excluded))
        .collect();
    assert_eq!(ids(&some), left);
    assert!(left.len() < all.len());
}

#[test]
fn a_query_for_one_group_explains_it() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    let group = *directory.hierarchy().roots().first().expect("a root");
    let zenql = format!("memberOf = \"{}\"", directory.group_id(group));
    let rows = rows(
        &mut desk,
        &Exported::Users(UsersQuestion {
            zenql,
            ..UsersQuestion::default()
        }),
    );
    assert!(!rows.is_empty());
    for row in &rows {
        holds(&directory, row, "", user_of(&directory, text(row, "id")), group);
    }
}

#[test]
fn groups_have_their_parents_and_managers() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    let of = |only, order| {
        Exported::Groups(GroupsExport {
            find: String::new(),
            only,
            order,
            below: None,
        })
    };
    let all = rows(&mut desk, &of(None, TreeOrder::Total));
    assert_eq!(all.len(), directory.group_count() as usize);
    assert!(all.is_sorted_by_key(|row| u64::MAX - row["members"].as_u64().expect("a number")));
    for row in &all {
        let group = group_of(&directory, text(row, "id"));
        assert_eq!(row["directMembers"], directory.direct_members(group).count());
        let parents: BTreeSet<_> = directory
            .all_groups()
            .filter(|other| directory.hierarchy().children(*other).contains(&group))
            .map(|parent| directory.group_id(parent))
            .collect();
        assert_eq!(texts(row, "parentIds").into_iter().collect::<BTreeSet<_>>(), parents);
        assert_eq!(texts(row, "parents").len(), parents.len());
        let managers: BTreeSet<_> = directory
            .direct_members(group)
            .filter(|(_, is_manager)| *is_manager)
            .map(|(user, _)| directory.user_id(user))
            .collect();
        assert_eq!(texts(row, "managerIds").into_iter().collect::<BTreeSet<_>>(), managers);
    }
    let cycles = rows(&mut desk, &of(Some(GroupFilter::Cycle), TreeOrder::Name));
    assert!(!cycles.is_empty() && cycles.iter().all(|row| row["inCycle"] == true));
    let in_cycle = directory
        .all_groups()
        .filter(|group| above(&directory, [*group].into_iter()).contains(group));
    assert_eq!(cycles.len(), in_cycle.count());
    assert!(cycles.is_sorted_by_key(|row| text(row, "name").to_lowercase()));
    let below = |group: &str| {
        Exported::Groups(GroupsExport {
            below: Some(group.to_owned()),
            ..GroupsExport::default()
        })
    };
    for group in directory.all_groups() {
        let below: BTreeSet<String> = rows(&mut desk, &below(directory.group_id(group)))
            .iter()
            .map(|row| text(row, "id").to_owned())
            .collect();
        // Whoever has the group above is below it.
        let is_below = |other: &GroupIndex| *other == group || above(&directory, [*other].into_iter()).contains(&group);
        let expected = directory
            .all_groups()
            .filter(is_below)
            .map(|other| directory.group_id(other).to_owned());
        assert_eq!(below, expected.collect());
    }
    let found = Exported::Groups(GroupsExport {
        find: "cycl".to_owned(),
        ..GroupsExport::default()
    });
    assert!(
        rows(&mut desk, &found)
            .iter()
            .all(|row| text(row, "name").to_lowercase().contains("cycl"))
    );
}

#[test]
fn the_groups_of_a_user_come_with_their_paths() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    let busiest = directory
        .all_users()
        .max_by_key(|user| directory.groups_of(*user, true).len());
    let user = busiest.expect("there are users");
    let rows = rows(&mut desk, &Exported::GroupsOf(directory.user_id(user).to_owned()));
    let direct: BTreeSet<GroupIndex> = directory.direct_groups(user).map(|(group, _)| group).collect();
    let mut all = above(&directory, direct.iter().copied());
    all.extend(&direct);
    let written: BTreeSet<GroupIndex> = rows.iter().map(|row| group_of(&directory, text(row, "id"))).collect();
    assert_eq!((written, rows.len()), (all.clone(), all.len()));
    for (place, row) in rows.iter().enumerate() {
        let group = group_of(&directory, text(row, "id"));
        holds(&directory, row, "", user, group);
        assert_eq!(
            place < direct.len(),
            direct.contains(&group),
            "those that name the user come first"
        );
    }
}

/// Some users and all groups, and some that are not there.
fn sides(directory: &Directory) -> MatrixSides {
    let users = directory
        .all_users()
        .step_by(40)
        .map(|user| directory.user_id(user).to_owned());
    let groups = directory.all_groups().map(|group| directory.group_id(group).to_owned());
    MatrixSides {
        users: users.chain(["nobody".to_owned()]).collect(),
        groups: groups.chain(["nothing".to_owned()]).collect(),
    }
}

#[test]
fn a_matrix_has_each_pair_once() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    let sides = sides(&directory);
    let matrix = desk
        .ask(&MatrixQuestion { sides: sides.clone() }, NOW)
        .expect("a matrix");
    assert_eq!(matrix.unknown, ["nobody", "nothing"]);
    let pairs = rows(&mut desk, &Exported::Pairs(sides.clone()));
    assert!(pairs.len() > 2_000, "more than one piece");
    assert_eq!(pairs.len(), matrix.users.len() * matrix.groups.len());
    let mut by_pair = BTreeMap::new();
    for row in &pairs {
        let (user, group) = (text(row, "userId"), text(row, "groupId"));
        holds(
            &directory,
            row,
            "",
            user_of(&directory, user),
            group_of(&directory, group),
        );
        assert!(by_pair.insert((user, group), text(row, "source")).is_none());
    }
    let rows = rows(&mut desk, &Exported::Matrix(sides));
    let mut of_groups = vec![0; matrix.groups.len()];
    for ((row, user), cells) in rows
        .iter()
        .zip(&matrix.users)
        .zip(matrix.cells.chunks(matrix.groups.len()))
    {
        assert_eq!(text(row, "id"), user.user.id);
        let mut total = 0;
        for ((group, cell), of_group) in matrix.groups.iter().zip(cells).zip(&mut of_groups) {
            let word = protocol::MatrixCell(*cell).word();
            assert_eq!(row[format!("group.{}", group.group.id)], word);
            assert_eq!(by_pair[&(user.user.id.as_str(), group.group.id.as_str())], word);
            let is_manager = directory.is_manager(
                user_of(&directory, &user.user.id),
                group_of(&directory, &group.group.id),
            );
            assert_eq!(cell & protocol::MatrixCell::MANAGER > 0, is_manager);
            total += u32::from(word != "no");
            *of_group += u32::from(word != "no");
        }
        assert_eq!(
            (row["total"].as_u64(), row["anyOf"].as_bool()),
            (Some(total.into()), Some(total > 0))
        );
        assert_eq!(user.total, total);
    }
    assert_eq!(
        matrix.groups.iter().map(|group| group.total).collect::<Vec<_>>(),
        of_groups
    );
}

#[test]
fn a_comparison_has_three_parts_with_both_reasons() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    let roots = directory.hierarchy().roots();
    let [a, b] = [
        roots[0],
        *directory.hierarchy().children(roots[0]).last().expect("a child"),
    ];
    let groups = CompareQuestion {
        of: Compared::Groups,
        a: directory.group_id(a).to_owned(),
        b: directory.group_id(b).to_owned(),
        ..CompareQuestion::default()
    };
    let rows_of = rows(&mut desk, &Exported::Comparison(groups));
    let mut counts = BTreeMap::new();
    for row in &rows_of {
        let user = user_of(&directory, text(row, "id"));
        let part = match (directory.is_member(user, a), directory.is_member(user, b)) {
            (true, true) => "both",
            (true, false) => "only a",
            (false, true) => "only b",
            (false, false) => "neither",
        };
        assert_eq!(row["in"], part);
        holds(&directory, row, "a.", user, a);
        holds(&directory, row, "b.", user, b);
        *counts.entry(part).or_insert(0) += 1;
    }
    let either = directory
        .all_users()
        .filter(|user| directory.is_member(*user, a) || directory.is_member(*user, b));
    assert_eq!(rows_of.len(), either.count());
    assert!(counts["both"] > 0 && counts["only a"] > 0);
    let mut users = directory
        .all_users()
        .filter(|user| directory.groups_of(*user, true).len() > 6);
    let [one, other] = [users.next().expect("a user"), users.last().expect("another")];
    let users = CompareQuestion {
        a: directory.user_id(one).to_owned(),
        b: directory.user_id(other).to_owned(),
        ..CompareQuestion::default()
    };
    let rows_of = rows(&mut desk, &Exported::Comparison(users));
    let mut either: BTreeSet<_> = directory.groups_of(one, true).into_iter().collect();
    either.extend(directory.groups_of(other, true));
    assert_eq!(rows_of.len(), either.len());
    for row in &rows_of {
        let group = group_of(&directory, text(row, "id"));
        holds(&directory, row, "a.", one, group);
        holds(&directory, row, "b.", other, group);
    }
    let sets = CompareQuestion {
        of: Compared::Sets,
        a: "status = active".to_owned(),
        b: "isAdministrator = true".to_owned(),
        zenql: "lastName ~ a".to_owned(),
        ..CompareQuestion::default()
    };
    let compared = desk
        .ask(
            &CompareQuestion {
                limit: 1_000,
                ..sets.clone()
            },
            NOW,
        )
        .expect("a comparison");
    let rows_of = rows(&mut desk, &Exported::Comparison(sets));
    for (part, column) in ["only a", "both", "only b"].into_iter().zip(&compared.columns) {
        assert_eq!(
            rows_of.iter().filter(|row| row["in"] == part).count(),
            column.total as usize
        );
    }
}

#[test]
fn what_changes_would_do_is_what_they_do() {
    let before = sample();
    let mut desk = Desk::new(sample());
    let child = *before
        .hierarchy()
        .children(before.hierarchy().roots()[0])
        .first()
        .expect("a child");
    let members = || before.direct_members(child).map(|(user, _)| user);
    let is_new = |group: &GroupIndex| members().any(|user| !before.is_member(user, *group));
    let parent = before
        .all_groups()
        .filter(is_new)
        .last()
        .expect("a group that brings something");
    let alone = before.all_users().find(|user| before.direct_group_count(*user) == 1);
    let leaver = alone.expect("a member of one group alone");
    let left = before.direct_groups(leaver).next().expect("it").0;
    let manager = before.all_groups().find_map(|group| {
        Some((
            group,
            before.direct_members(group).find(|(_, is_manager)| *is_manager)?.0,
        ))
    });
    let (managed, manager) = manager.expect("somebody manages a group");
    let staged = |kind, subject: &str, group: GroupIndex| StagedChange {
        kind,
        subject: subject.to_owned(),
        group: before.group_id(group).to_owned(),
    };
    let changes = [
        staged(ChangeKind::Nest, before.group_id(child), parent),
        staged(ChangeKind::Remove, before.user_id(leaver), left),
        staged(ChangeKind::NoManager, before.user_id(manager), managed),
        staged(ChangeKind::Add, "nobody", parent),
    ];
    let rows = rows(&mut desk, &Exported::WhatIf(changes.to_vec()));
    let made = [
        Change::Nest {
            parent: &changes[0].group,
            child: &changes[0].subject,
        },
        Change::RemoveMember {
            group: &changes[1].group,
            user: &changes[1].subject,
        },
        Change::SetManager {
            group: &changes[2].group,
            user: &changes[2].subject,
            is_admin: false,
        },
    ];
    let mut after = sample();
    after.apply(&made).expect("the changes can be made");
    let of = |effect: &str| -> BTreeSet<(String, String)> {
        let rows = rows.iter().filter(|row| row["effect"] == effect);
        rows.map(|row| (text(row, "userId").to_owned(), text(row, "groupId").to_owned()))
            .collect()
    };
    let (mut gained, mut lost) = (BTreeSet::new(), BTreeSet::new());
    for user in before.all_users() {
        let now: BTreeSet<_> = before.groups_of(user, true).into_iter().collect();
        let then: BTreeSet<_> = after.groups_of(user, true).into_iter().collect();
        let pair = |group: &GroupIndex| (before.user_id(user).to_owned(), before.group_id(*group).to_owned());
        gained.extend(then.difference(&now).map(pair));
        lost.extend(now.difference(&then).map(pair));
    }
    assert!(!gained.is_empty() && !lost.is_empty());
    assert_eq!((of("gained"), of("lost")), (gained, lost));
    let managing = |directory: &Directory| -> BTreeSet<(String, String)> {
        let pairs = directory.all_groups().flat_map(|group| {
            let managers = directory.direct_members(group).filter(|(_, is_manager)| *is_manager);
            managers.map(move |(user, _)| (directory.user_id(user).to_owned(), directory.group_id(group).to_owned()))
        });
        pairs.collect()
    };
    let unmanaged: BTreeSet<_> = managing(&before).difference(&managing(&after)).cloned().collect();
    assert!(!unmanaged.is_empty());
    assert_eq!(of("manager lost"), unmanaged);
    for row in rows.iter().filter(|row| row["effect"] == "gained") {
        let user = user_of(&after, text(row, "userId"));
        let path: Vec<_> = texts(row, "pathIds")
            .into_iter()
            .map(|id| group_of(&after, id))
            .collect();
        assert_eq!(path.first().copied(), after.group_by_id(text(row, "groupId")));
        assert!(path.last().is_some_and(|last| after.is_direct_member(user, *last)));
        assert!(
            path.windows(2)
                .all(|step| after.hierarchy().children(step[0]).contains(&step[1]))
        );
        assert_eq!(row["change"], 1);
    }
}

#[test]
fn managers_are_written_both_ways() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    let of = |of: ManagersOf| {
        Exported::Managers(ManagersQuestion {
            of,
            ..ManagersQuestion::default()
        })
    };
    let people = rows(&mut desk, &of(ManagersOf::People));
    let mut told = 0;
    for row in &people {
        let user = user_of(&directory, text(row, "id"));
        let managed: BTreeSet<_> = directory
            .all_groups()
            .filter(|group| directory.is_manager(user, *group))
            .map(|group| directory.group_id(group))
            .collect();
        assert_eq!(texts(row, "groupIds").into_iter().collect::<BTreeSet<_>>(), managed);
        assert_eq!(row["manages"], managed.len());
        told += managed.len();
    }
    let all: usize = directory
        .all_groups()
        .map(|group| directory.manager_count(group) as usize)
        .sum();
    assert_eq!(told, all);
    for (of, count) in [(of(ManagersOf::WithNone), 0), (of(ManagersOf::WithOne), 1)] {
        let rows = rows(&mut desk, &of);
        assert!(!rows.is_empty() && rows.iter().all(|row| texts(row, "managers").len() == count));
    }
    let one = of(ManagersOf::User(text(&people[0], "id").to_owned()));
    assert_eq!(
        rows(&mut desk, &one).len(),
        people[0]["manages"].as_u64().expect("a number") as usize
    );
}

#[test]
fn findings_are_written_whole() {
    let mut desk = Desk::new(membership::sample::directory(40_000, 7).expect("a sample"));
    let mut steps = 0;
    let summary = loop {
        let question = FindingsQuestion {
            q: String::new(),
            first: None,
            steps,
        };
        let summary = desk.ask(&question, NOW).expect("a summary");
        if summary.is_done {
            break summary;
        }
        steps = summary.steps;
    };
    let findings = FindingsExport {
        kinds: FindingKind::all().collect(),
        q: String::new(),
    };
    let rows = rows(&mut desk, &Exported::Findings(findings));
    assert!(rows.len() > 2_000, "more than one piece: {}", rows.len());
    for kind in &summary.kinds {
        let count = rows.iter().filter(|row| row["kind"] == kind.kind.name()).count();
        assert_eq!(count, kind.total as usize);
    }
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let mut desk = company();
    let all = Exported::Users(UsersQuestion::default());
    let (text, _) = file(&mut desk, &all, CSV);
    assert_eq!(
        text,
        "\u{feff}id,username,email,firstName,lastName,status,administrator,directGroups,groups,language,timezone,\
         created,modified,lastLogin,expiry,custom.desk,custom.remote\r\n\
         ada,,,'=Ada,\"Byron, \"\"B\"\"\",active,false,1,4,,,,,,,7.5,true\r\n\
         bo,bo,,,,active,false,2,7,,,,,,,third floor,\r\n"
    );
    let members = Exported::Users(UsersQuestion {
        group: Some("hq".to_owned()),
        include_inherited: true,
        ..UsersQuestion::default()
    });
    let form = ExportForm::Csv {
        delimiter: Delimiter::Semicolon,
        mark: false,
    };
    let (text, rows) = file(&mut desk, &members, form);
    assert_eq!(rows, 2);
    assert!(text.starts_with("id;username;"));
    assert!(
        text.contains(";inherited;HQ › Eng › Web;hq › eng › web;2;false;7.5;true\r\n"),
        "{text}"
    );
    let nobody = Exported::Groups(GroupsExport {
        find: "xyz".to_owned(),
        ..GroupsExport::default()
    });
    assert_eq!(file(&mut desk, &nobody, ExportForm::Json).1, 0);
}

/// The nestings of a graph: of a line `"a" -> "b";` both names, and whether it is dotted.
fn edges(text: &str) -> BTreeSet<(String, String, bool)> {
    let lines = text.lines().filter_map(|line| line.trim().split_once(" -> "));
    let name = |text: &str| text.split('"').nth(1).expect("a name").to_owned();
    lines
        .map(|(parent, child)| (name(parent), name(child), child.contains("dotted")))
        .collect()
}

#[test]
fn a_hierarchy_has_every_nesting_cycles_too() {
    let mut desk = company();
    let all = Exported::Groups(GroupsExport::default());
    let (text, groups) = file(&mut desk, &all, ExportForm::Dot);
    assert_eq!(groups, 7);
    assert!(text.starts_with("// source: Sample\n// exportedAt: "));
    let edge = |(parent, child, is_mutual): (&str, &str, bool)| (parent.to_owned(), child.to_owned(), is_mutual);
    let whole = [
        ("hq", "eng", false),
        ("hq", "ops", false),
        ("hq", "mayhem", false),
        ("eng", "web", false),
        ("ops", "web", false),
        ("mayhem", "mischief", true),
        ("mischief", "homework", true),
        ("homework", "mayhem", true),
    ];
    assert_eq!(edges(&text), whole.into_iter().map(edge).collect());
    let picture = |group: &str| {
        Exported::Picture(PictureQuestion {
            group: Some(group.to_owned()),
            user: None,
            limit: 60,
            levels: 0,
        })
    };
    let (text, groups) = file(&mut desk, &picture("web"), ExportForm::Dot);
    assert_eq!(groups, 4, "those above and below it");
    let around = [whole[0], whole[1], whole[3], whole[4]];
    assert_eq!(edges(&text), around.into_iter().map(edge).collect());
    let large = Desk::new(sample());
    let nestings = large.directory().nesting_count();
    let (text, _) = file(&mut Desk::new(sample()), &all, ExportForm::Dot);
    assert_eq!(edges(&text).len() as u64, nestings);
    let users = ExportQuestion {
        of: Exported::Users(UsersQuestion::default()),
        form: ExportForm::Dot,
        source: String::new(),
        address: String::new(),
        from: 0,
    };
    assert_eq!(desk.ask(&users, NOW), Err(Problem::NotRead), "users are no hierarchy");
}

#[test]
fn a_piece_is_written_without_those_before_it() {
    let question = |from| ExportQuestion {
        of: Exported::Users(UsersQuestion::default()),
        form: CSV,
        source: String::new(),
        address: String::new(),
        from,
    };
    let mut desk = Desk::new(sample());
    let mut piece = |from| desk.ask(&question(from), NOW).expect("a piece").bytes;
    let [first, second] = [piece(0), piece(2_000)];
    // Another desk, such as one after the worker died, knows nothing of the first piece.
    assert_eq!(
        Desk::new(sample()).ask(&question(2_000), NOW).expect("a piece").bytes,
        second
    );
    assert_ne!(first, second);
    assert_eq!(piece(0), first);
}
