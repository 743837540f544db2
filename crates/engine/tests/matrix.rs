//! Which pasted identifiers name whom, and how users are in groups, held against one check after another.

use engine::desk::Desk;
use protocol::{CheckQuestion, MatrixCell, MatrixQuestion, MatrixSides, Problem, SortQuestion, Sorted};

const NOW: i64 = 1_790_000_000_000;

/// Two users of one email, two groups of one name, and a user and a group that are both called ops.
const COMPANY: &str = r#"{
  "users": [
    {"id": "1", "username": "ada", "email": "team@pssc.example"},
    {"id": "2", "username": "Bo", "email": "TEAM@pssc.example"},
    {"id": "3", "username": "ops", "email": "3@pssc.example"}
  ],
  "groups": [
    {"id": "g1", "name": "Ops", "members": ["1"], "managers": ["1"]},
    {"id": "g2", "name": "Web", "children": ["g1"], "members": ["1", "2"]},
    {"id": "g3", "name": "web"}
  ]
}"#;

fn company() -> Desk {
    Desk::new(membership::json::read(COMPANY.as_bytes()).expect("the company is a directory"))
}

fn sorted(identifiers: &[&str]) -> Sorted {
    let identifiers = identifiers.iter().map(|text| (*text).to_owned()).collect();
    company()
        .ask(&SortQuestion { identifiers }, NOW)
        .expect("they are sorted")
}

#[test]
fn identifiers_are_sorted_by_what_they_name() {
    let sorted = sorted(&["ada", "g1", "BO", "nobody", "ada", "g3", "nobody"]);
    assert_eq!(sorted.sides.users, ["ada", "BO"]);
    assert_eq!(sorted.sides.groups, ["g1", "g3"]);
    assert_eq!(sorted.unknown, ["nobody"]);
    assert_eq!(sorted.ambiguous, []);
}

#[test]
fn what_names_several_is_told_with_what_is_taken() {
    let sorted = sorted(&["team@PSSC.example", "OPS", "web", "2"]);
    let told: Vec<_> = sorted
        .ambiguous
        .iter()
        .map(|it| {
            let user = it.user.as_ref().map(|(user, count)| (user.id.as_str(), *count));
            let group = it.group.as_ref().map(|(group, count)| (group.id.as_str(), *count));
            (it.identifier.as_str(), user, group)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("team@PSSC.example", Some(("1", 2)), None),
            ("OPS", Some(("3", 1)), Some(("g1", 1))),
            ("web", None, Some(("g2", 2))),
        ]
    );
    assert_eq!(sorted.sides.users, ["team@PSSC.example", "OPS", "2"]);
    assert_eq!(sorted.sides.groups, ["OPS", "web"]);
}

#[test]
fn every_cell_is_a_check() {
    let directory = || membership::sample::directory(1_200, 7).expect("the sample is small");
    let (facts, mut desk) = (directory(), Desk::new(directory()));
    let users: Vec<String> = facts
        .all_users()
        .step_by(60)
        .map(|user| facts.user_id(user).to_owned())
        .collect();
    let groups: Vec<String> = facts
        .all_groups()
        .step_by(3)
        .map(|group| facts.group_id(group).to_owned())
        .collect();
    let sides = MatrixSides {
        users: users.clone(),
        groups: groups.clone(),
    };
    let matrix = desk.ask(&MatrixQuestion { sides }, NOW).expect("a matrix");
    assert_eq!((matrix.users.len(), matrix.groups.len()), (users.len(), groups.len()));
    for ((user, row), cells) in users.iter().zip(&matrix.users).zip(matrix.cells.chunks(groups.len())) {
        let question = CheckQuestion {
            user: user.clone(),
            groups: groups.clone(),
        };
        let verdict = desk.ask(&question, NOW).expect("a verdict");
        // The vendor's own check asks for any of the groups.
        assert_eq!(verdict.status == 204, row.total > 0);
        for (verdict, cell) in verdict.groups.iter().zip(cells) {
            let cell = MatrixCell(*cell);
            assert_eq!(
                (verdict.direct, verdict.inherited),
                (cell.has(MatrixCell::DIRECT), cell.has(MatrixCell::INHERITED))
            );
        }
    }
}

#[test]
fn each_row_and_each_column_stands_once() {
    let side = |identifiers: &[&str]| identifiers.iter().map(|text| (*text).to_owned()).collect();
    let sides = MatrixSides {
        users: side(&["ada", "1", "nobody"]),
        groups: side(&["Ops", "g1", "Web"]),
    };
    let matrix = company().ask(&MatrixQuestion { sides }, NOW).expect("a matrix");
    assert_eq!((matrix.users.len(), matrix.groups.len()), (1, 2));
    let both = MatrixCell::DIRECT | MatrixCell::INHERITED;
    assert_eq!(matrix.cells, [MatrixCell::DIRECT | MatrixCell::MANAGER, both]);
    assert_eq!(matrix.unknown, ["nobody"]);
    let nothing = company().ask(&MatrixQuestion::default(), NOW);
    assert_eq!(nothing, Ok::<_, Problem>(protocol::Matrix::default()));
}
