//! Changes: each error by its position, and a directory afterwards that is the one read from the changed facts.

use membership::change::{Change, ChangeError, ChangeReason};
use membership::directory::Directory;
use membership::finding::FindingKind;
use membership::query::{Field, OrderTerm};
use proptest::prelude::*;

use crate::answers::answers;
use crate::model::{changes, edits, ids, model};
use crate::notation::{directory, group, user, users};

/// Changes in one line: `+ada eng`, `+ada* eng`, `-ada eng`, `*ada eng` and `/ada eng` for managers, `web < eng`, `web > eng`
/// for a nesting and its end.
pub fn line(text: &str) -> Vec<Change<'_>> {
    let words = text
        .split(';')
        .map(|change| change.split_whitespace().collect::<Vec<_>>());
    words.map(|words| one(&words)).collect()
}

fn one<'a>(words: &[&'a str]) -> Change<'a> {
    match *words {
        [child, "<", parent] => Change::Nest { parent, child },
        [child, ">", parent] => Change::Unnest { parent, child },
        [user, group] => {
            let (op, user) = user.split_at(1);
            match op {
                "+" => Change::AddMember {
                    group,
                    user: user.trim_end_matches('*'),
                    is_admin: user.ends_with('*'),
                },
                "-" => Change::RemoveMember { group, user },
                op => Change::SetManager {
                    group,
                    user,
                    is_admin: op == "*",
                },
            }
        }
        _ => panic!("no change: {words:?}"),
    }
}

fn error(facts: &str, changes: &str) -> String {
    let mut directory = directory(facts);
    let before = answers(&directory);
    let error = directory.apply(&line(changes)).expect_err("no change that can be");
    assert_eq!(answers(&directory), before, "all or none");
    error.to_string()
}

fn applied(facts: &str, changes: &str) -> Directory {
    let mut directory = directory(facts);
    directory.apply(&line(changes)).expect("changes that can be");
    directory
}

#[test]
fn each_error_names_its_change() {
    const FACTS: &str = "eng > web > ada, bo*; ops > cy";
    for (changes, says) in [
        ("+ada web", "changes[0]: `ada` is a direct member of `web` already"),
        (
            "+ada eng; +ada eng",
            "changes[1]: `ada` is a direct member of `eng` already",
        ),
        ("-ada eng", "changes[0]: `ada` is not a direct member of `eng`"),
        (
            "-ada web; -ada web",
            "changes[1]: `ada` is not a direct member of `web`",
        ),
        ("+cy web; *ada eng", "changes[1]: `ada` is not a direct member of `eng`"),
        (
            "-ada web; *ada web",
            "changes[1]: `ada` is not a direct member of `web`",
        ),
        ("web < eng", "changes[0]: `web` is nested in `eng` already"),
        ("web > eng; web > eng", "changes[1]: `web` is not nested in `eng`"),
        ("ops > eng", "changes[0]: `ops` is not nested in `eng`"),
        ("ops < eng; ops < ops", "changes[1]: `ops` cannot be nested in itself"),
        ("+ada web2", "changes[0]: no group is called `web2`"),
        ("+web web", "changes[0]: no user is called `web`"),
        ("ops < eng; -bo web; ada < eng", "changes[2]: no group is called `ada`"),
    ] {
        assert_eq!(error(FACTS, changes), says);
    }
}

#[test]
fn a_change_sees_those_before_it() {
    let members = |facts, changes, of| {
        let directory = applied(facts, changes);
        users(&directory, &directory.member_set(group(&directory, of), true))
    };
    assert_eq!(
        members(
            "eng > ada; ops >; web > bo",
            "ops < eng; +bo* ops; -ada eng; +ada ops",
            "eng"
        ),
        "ada bo"
    );
    assert_eq!(members("eng > ada; ops > bo", "ops < eng; eng < ops", "ops"), "ada bo");
    let directory = applied("eng > ada, bo*", "*ada eng; /bo eng; /ada eng; *ada eng");
    assert!(directory.is_manager(user(&directory, "ada"), group(&directory, "eng")));
    assert!(!directory.is_manager(user(&directory, "bo"), group(&directory, "eng")));
    let directory = applied("eng > ada*", "/ada eng");
    assert!(!directory.knows_managers());
    let directory = applied("eng > ada", "*ada eng");
    assert!(directory.knows_managers());
}

#[test]
fn any_identifier_will_do() {
    let mut directory = directory("System Administrators > ops; ops > ada; x > bo");
    let changes = [Change::AddMember {
        group: "OPS",
        user: "BO",
        is_admin: true,
    }];
    directory.apply(&changes).expect("names and usernames, without case");
    assert_eq!(users(&directory, directory.administrators()), "ada bo");
    let unnest = [Change::Unnest {
        parent: "system administrators",
        child: "ops",
    }];
    directory.apply(&unnest).expect("a nesting");
    assert!(directory.administrators().is_empty());
}

#[test]
fn what_a_change_settles_is_told_no_more() {
    let told =
        |directory: &Directory| [FindingKind::Repeated, FindingKind::Empty].map(|it| directory.finding_count(it));
    let mut directory = directory("eng > ada; eng > ada; top > eng; top > eng; low >");
    assert_eq!(told(&directory), [2, 1]);
    directory.apply(&line("*ada eng")).expect("a member");
    assert_eq!(told(&directory), [2, 1], "it stands twice still");
    directory
        .apply(&line("-ada eng; +ada eng; low < top"))
        .expect("a member");
    assert_eq!(told(&directory), [1, 1]);
    directory.apply(&line("eng > top; -ada eng")).expect("a nesting");
    assert_eq!(told(&directory), [0, 3]);
}

#[test]
fn a_nesting_told_twice_in_two_spellings_is_settled_too() {
    let (low, upper) = (
        "0a0b0c0d-0000-0000-0000-00000000000f",
        "0A0B0C0D-0000-0000-0000-00000000000F",
    );
    let nested = |child| format!(r#"{{"parent":"top","child":"{child}"}}"#);
    let (one, other) = (nested(low), nested(upper));
    let text = format!(r#"{{"nestings":[{one},{other}],"groups":[{{"id":"top"}},{{"id":"{upper}"}}]}}"#);
    let mut directory = membership::json::read(text.as_bytes()).expect("a directory");
    assert_eq!(directory.unused().len(), 1);
    directory
        .apply(&[Change::Unnest {
            parent: "top",
            child: low,
        }])
        .expect("a nesting");
    assert_eq!(directory.unused(), []);
}

#[test]
fn orders_of_text_outlive_a_change_and_those_of_counts_do_not() {
    let order = |field| {
        [OrderTerm {
            field,
            descending: false,
        }]
    };
    let mut directory = directory("eng > ada; ops > bo; web > bo");
    let (by_name, by_count) = (order(Field::Username), order(Field::GroupCount));
    let names = directory.user_permutation(&by_name);
    assert_eq!(directory.user_permutation(&by_count).rows(), [0, 1]);
    directory.apply(&line("-bo ops; -bo web")).expect("members");
    assert!(std::rc::Rc::ptr_eq(&names, &directory.user_permutation(&by_name)));
    assert_eq!(directory.user_permutation(&by_count).rows(), [1, 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn applying_changes_is_reading_the_changed_facts(model in model(), edits in edits()) {
        let (groups, users) = ids();
        let changes = changes(&edits, &groups, &users);
        let mut directory = model.directory();
        let mut changed = model.clone();
        let failed = edits.iter().zip(0..).find_map(|(edit, position)| {
            changed.edit(*edit).err().map(|reason| ChangeError { position, reason })
        });
        let expected = if failed.is_some() { &model } else { &changed };
        prop_assert_eq!(directory.apply(&changes).err(), failed);
        prop_assert_eq!(answers(&directory), answers(&expected.directory()));
    }

    #[test]
    fn changes_made_one_by_one_are_those_made_at_once(model in model(), edits in edits()) {
        let (groups, users) = ids();
        // Those that cannot be are left out.
        let mut one_by_one = model.directory();
        let all = changes(&edits, &groups, &users);
        let can_be: Vec<_> = all.into_iter().filter(|change| one_by_one.apply(&[*change]).is_ok()).collect();
        let mut at_once = model.directory();
        prop_assert_eq!(at_once.apply(&can_be), Ok(()));
        prop_assert_eq!(answers(&at_once), answers(&one_by_one));
    }
}

#[test]
fn a_reason_is_one_line() {
    let reason = ChangeReason::TooLarge.to_string();
    assert_eq!(reason, "the directory is larger than can be indexed");
}
