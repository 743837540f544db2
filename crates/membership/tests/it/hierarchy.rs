//! Cases of membership and nesting, one line each: {simple, nested, cycle, multi-cycle}, what cannot be used, and paths.

use membership::directory::{Builder, Directory, Place, UnusedReason};
use membership::entity::{Entity, GroupIndex, GroupRecord, UserRecord};
use membership::members::Membership;
use membership::path::{PathFinder, nearest};

use super::notation::{directory, group, groups, path, user, users};

/// All members of a group, then a bar and the direct ones.
#[track_caller]
fn check_members(line: &str, of: &str, expected: &str) {
    let directory = directory(line);
    let of = group(&directory, of);
    let sets = [true, false].map(|inherited| users(&directory, &directory.member_set(of, inherited)));
    assert_eq!(sets.join(" | "), expected, "{line}");
    let counts = (directory.member_count(of), directory.direct_count(of));
    assert_eq!(
        counts,
        (
            directory.member_set(of, true).count(),
            directory.member_set(of, false).count()
        ),
        "{line}"
    );
}

/// All groups of a user, then a bar and the direct ones.
#[track_caller]
fn check_groups(line: &str, of: &str, expected: &str) {
    let directory = directory(line);
    let of = user(&directory, of);
    let lists = [true, false].map(|inherited| groups(&directory, &directory.groups_of(of, inherited)));
    assert_eq!(lists.join(" | "), expected, "{line}");
}

/// What is above a group, then a bar and what is below it.
#[track_caller]
fn check_around(line: &str, of: &str, expected: &str) {
    let directory = directory(line);
    let (of, hierarchy) = (group(&directory, of), directory.hierarchy());
    let lists = [hierarchy.ancestors(of), hierarchy.descendants(of)].map(|list| groups(&directory, &list));
    assert_eq!(lists.join(" | "), expected, "{line}");
}

/// The paths from a user up to a group, in order, and how many there are.
#[track_caller]
fn check_paths(line: &str, from: &str, to: &str, expected: &[&str]) {
    let directory = directory(line);
    let finder = PathFinder::new(&directory, group(&directory, to));
    let found = finder.paths(user(&directory, from), 100);
    let shown = found
        .paths
        .iter()
        .map(|found| path(&directory, found))
        .collect::<Vec<_>>();
    assert_eq!(shown, expected, "{line}");
    assert_eq!(found.ways as usize, expected.len(), "{line}");
    assert!(found.complete);
}

/// The paths that one more membership would complete.
#[track_caller]
fn check_nearest(line: &str, from: &str, to: &str, expected: &[&str]) {
    let directory = directory(line);
    let found = nearest(&directory, user(&directory, from), group(&directory, to), 100);
    let shown = found
        .paths
        .iter()
        .map(|found| path(&directory, found))
        .collect::<Vec<_>>();
    assert_eq!(shown, expected, "{line}");
    assert_eq!(found.total as usize, expected.len(), "{line}");
}

#[test]
fn members() {
    check_members("eng >", "eng", " | ");
    check_members("eng > ada, bo", "eng", "ada bo | ada bo");
    check_members("eng > web > ada, bo; ops > ada", "eng", "ada bo | ");
    check_members("eng > web > ada, bo; eng > bo, cy", "eng", "ada bo cy | bo cy");
    check_members("top > l, r > low > ada", "top", "ada | ");
    check_members("a > b > a; b > ada", "a", "ada | ");
    check_members("a > b > c > a; b > ada; c > bo", "b", "ada bo | ada");
    check_members("a > b > a; b > c > d > c; d > ada; a > bo", "c", "ada | ");
    check_members("a > b > a; b > c > d > c; d > ada; a > bo", "b", "ada bo | ");
    check_members("a > a > ada", "a", "ada | ada");
}

#[test]
fn groups_of_a_user() {
    check_groups("eng > ada; idle >", "ada", "eng | eng");
    check_groups("all > eng > web > ada; ops > ada", "ada", "all eng ops web | ops web");
    check_groups("top > l, r > low > ada", "ada", "l low r top | low");
    check_groups("a > b > a; b > ada", "ada", "a b | b");
    check_groups("x > a > b > a; b > c > d > c; d > ada", "ada", "a b c d x | d");
    check_groups("eng > ada; ops > bo, ada; ops > eng", "ada", "eng ops | eng ops");
}

#[test]
fn ancestors_and_descendants() {
    check_around("a > b > c >", "b", "a | c");
    check_around("top > l, r > low >", "top", " | l low r");
    check_around("top > l, r > low >", "low", "l r top | ");
    check_around("x > a > b > a; b > y >", "a", "b x | b y");
    check_around("a > a > b >", "a", " | b");
}

#[test]
fn direct_and_inherited_are_told_apart() {
    let directory = directory("eng > web > ada, bo; eng > bo");
    let of = |name| directory.membership(user(&directory, name), group(&directory, "eng"));
    assert_eq!((of("ada"), of("bo")), (Membership::Inherited, Membership::Direct));
    let web = group(&directory, "web");
    let members = directory.members(Some(group(&directory, "eng")), true, &[web]);
    assert!(
        members.is_empty(),
        "whoever is in an excluded group is left out, also by another way"
    );
    assert_eq!(users(&directory, &directory.members(None, false, &[])), "ada bo");
}

#[test]
fn depth_roots_and_cycles() {
    let directory = directory("top > l, r > low > deep >; l > mid > low; x > y > z > x; z > w >; self > self");
    let hierarchy = directory.hierarchy();
    let depth = |name| hierarchy.depth(group(&directory, name));
    assert_eq!(
        ["top", "l", "mid", "low", "deep", "x", "w"].map(depth),
        [0, 1, 2, 3, 4, 0, 1]
    );
    assert_eq!(groups(&directory, &hierarchy.roots()), "self top x");
    assert_eq!(path(&directory, &hierarchy.cycle(group(&directory, "y"))), "y < z < x");
    assert!(hierarchy.cycle(group(&directory, "self")).is_empty());
    assert_eq!(groups(&directory, hierarchy.in_itself()), "self");
    assert_eq!(
        hierarchy
            .cycles()
            .map(|cycle| groups(&directory, cycle))
            .collect::<Vec<_>>(),
        ["x y z"]
    );
    assert!(hierarchy.in_cycle(group(&directory, "z")) && !hierarchy.in_cycle(group(&directory, "w")));
}

#[test]
fn paths() {
    check_paths("eng > ada", "ada", "eng", &["eng"]);
    check_paths("all > eng > web > ada; ops > ada", "ada", "all", &["web < eng < all"]);
    check_paths("ops > ada; eng >", "ada", "eng", &[]);
    check_paths(
        "top > r, l > low > ada",
        "ada",
        "top",
        &["low < l < top", "low < r < top"],
    );
    // Who is direct has that first, and a longer way over a group that names the user is none of its own.
    check_paths(
        "top > ada; top > mid > low > ada",
        "ada",
        "top",
        &["top", "low < mid < top"],
    );
    check_paths("top > mid > low > ada; mid > ada", "ada", "top", &["mid < top"]);
    // A way round that a nesting cuts short is not minimal.
    check_paths("top > mid > low > ada; top > low", "ada", "top", &["low < top"]);
    check_paths(
        "top > b > low > ada; top > a > x > low",
        "ada",
        "top",
        &["low < b < top", "low < x < a < top"],
    );
    check_paths("a > b > c > a; b > ada", "ada", "a", &["b < a"]);
    check_paths("a > b > c > a; b > ada", "ada", "c", &["b < a < c"]);
    check_paths("a > b > a; b > ada; a > ada", "ada", "a", &["a", "b < a"]);
}

#[test]
fn nearest_paths() {
    check_nearest("eng > ada; ops >", "ada", "eng", &[]);
    check_nearest("eng > web >; ops > ada", "ada", "eng", &["eng", "web < eng"]);
    check_nearest(
        "eng > b, a >; ops > ada; a > c >",
        "ada",
        "eng",
        &["eng", "a < eng", "b < eng", "c < a < eng"],
    );
    // Another group above counts, unless the user is in it already.
    check_nearest(
        "eng > b, a >; ops, sec > a; ops > ada",
        "ada",
        "eng",
        &["eng", "b < eng", "a < eng"],
    );
    check_nearest(
        "eng > b, a >; ops > a; ops > ada",
        "ada",
        "eng",
        &["eng", "a < eng", "b < eng"],
    );
    check_nearest(
        "top > r, l > low >; x > ada",
        "ada",
        "top",
        &["top", "l < top", "r < top", "low < l < top", "low < r < top"],
    );
    check_nearest("c > b > c; x > ada", "ada", "c", &["b < c", "c"]);
}

#[test]
fn the_shortest_path_may_leave_out_the_direct_one() {
    let directory = directory("top > ada; top > b > ada; top > a > x > ada");
    let finder = PathFinder::new(&directory, group(&directory, "top"));
    let ada = user(&directory, "ada");
    let shown = |found: Option<Vec<GroupIndex>>| found.map(|found| path(&directory, &found)).unwrap_or_default();
    assert_eq!(shown(finder.shortest(ada)), "top");
    assert_eq!(shown(finder.shortest_inherited(ada)), "b < top");
    assert_eq!(
        (finder.ways(ada, 100), finder.ways(ada, 2), finder.ways(ada, 0)),
        (3, 2, 0)
    );
    let found = finder.paths(ada, 1);
    assert_eq!((found.paths.len(), found.ways), (1, 3));
}

fn facts(tell: impl FnOnce(&mut Builder)) -> Directory {
    let mut builder = Builder::new();
    let at = |line| Place { line };
    for (id, line) in ["u1", "u2"].into_iter().zip(1..) {
        builder
            .user(
                &UserRecord {
                    id,
                    ..UserRecord::default()
                },
                at(line),
            )
            .unwrap();
    }
    for (id, line) in ["g1", "g2"].into_iter().zip(3..) {
        builder
            .group(
                &GroupRecord {
                    id,
                    ..GroupRecord::default()
                },
                at(line),
            )
            .unwrap();
    }
    tell(&mut builder);
    builder.finish(&mut |_, _| ()).unwrap()
}

#[test]
fn what_cannot_be_used_is_kept() {
    let at = |line| Place { line };
    let directory = facts(|builder| {
        builder.membership("g1", "u9", false, at(9)).unwrap();
        builder.membership("g\"9", "u1", false, at(8)).unwrap();
        builder.membership("g1", "u1", false, at(10)).unwrap();
        builder.membership("g1", "u1", true, at(11)).unwrap();
        builder.nesting("g1", "g1", at(12)).unwrap();
        builder.nesting("g1", "g2", at(13)).unwrap();
        builder.nesting("g1", "g2", at(14)).unwrap();
        builder.nesting("g1", "g9", at(15)).unwrap();
        builder.manager("g2", "u1", at(16)).unwrap();
        builder.manager("g2", "u9", at(17)).unwrap();
        builder
            .user(
                &UserRecord {
                    id: "u1",
                    username: Some("late"),
                    ..UserRecord::default()
                },
                at(18),
            )
            .unwrap();
        builder
            .group(
                &GroupRecord {
                    id: "g2",
                    ..GroupRecord::default()
                },
                at(19),
            )
            .unwrap();
        builder.user(&UserRecord::default(), at(20)).unwrap();
    });
    let told = directory
        .unused()
        .iter()
        .map(|fact| (fact.place.line, fact.says.as_str(), fact.reason.clone()));
    let twice = |line| UnusedReason::Twice { before: at(line) };
    let duplicate = |entity, line| UnusedReason::DuplicateId {
        entity,
        before: at(line),
    };
    let expected = [
        (
            8,
            r#"{"group":"g\"9","user":"u1"}"#,
            UnusedReason::UnknownGroup("g\"9".into()),
        ),
        (
            9,
            r#"{"group":"g1","user":"u9"}"#,
            UnusedReason::UnknownUser("u9".into()),
        ),
        (11, r#"{"group":"g1","user":"u1"}"#, twice(10)),
        (12, r#"{"parent":"g1","child":"g1"}"#, UnusedReason::InItself),
        (14, r#"{"parent":"g1","child":"g2"}"#, twice(13)),
        (
            15,
            r#"{"parent":"g1","child":"g9"}"#,
            UnusedReason::UnknownGroup("g9".into()),
        ),
        (16, r#"{"id":"g2","managers":["u1"]}"#, UnusedReason::NotAMember),
        (
            17,
            r#"{"id":"g2","managers":["u9"]}"#,
            UnusedReason::UnknownUser("u9".into()),
        ),
        (18, r#"{"id":"u1"}"#, duplicate(Entity::User, 1)),
        (19, r#"{"id":"g2"}"#, duplicate(Entity::Group, 4)),
        (20, r#"{"id":""}"#, UnusedReason::NoId),
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    let (u1, g1) = (user(&directory, "u1"), group(&directory, "g1"));
    assert!(directory.is_manager(u1, g1), "a manager's if any says so");
    assert_eq!(
        (
            directory.membership_count(),
            directory.nesting_count(),
            directory.user_count()
        ),
        (1, 1, 2)
    );
    assert_eq!(directory.users().username.get(u1.row()), None, "the first stays");
}

#[test]
fn ids_may_be_mentioned_before_they_are_declared() {
    let mut builder = Builder::new();
    let (low, upper) = (
        "0a0b0c0d-0000-0000-0000-00000000000f",
        "0A0B0C0D-0000-0000-0000-00000000000F",
    );
    builder.membership("eng", low, false, Place::default()).unwrap();
    builder.membership("eng", "Bo", false, Place::default()).unwrap();
    builder.manager("eng", "Bo", Place::default()).unwrap();
    builder
        .group(
            &GroupRecord {
                id: "eng",
                name: Some("Ops"),
                ..GroupRecord::default()
            },
            Place::default(),
        )
        .unwrap();
    for (id, email) in [("bo", "BO@x.org"), ("Bo", "bo@x.org"), (upper, "Σς@x.org")] {
        let record = UserRecord {
            id,
            email: Some(email),
            ..UserRecord::default()
        };
        builder.user(&record, Place::default()).unwrap();
    }
    let directory = builder.finish(&mut |_, _| ()).unwrap();
    let eng = group(&directory, "oPS");
    assert_eq!(
        users(&directory, &directory.member_set(eng, true)),
        format!("{upper} Bo")
    );
    assert_eq!(user(&directory, low), user(&directory, upper));
    assert_eq!(directory.user_by_id("BO"), None, "only UUIDs compare without case");
    assert_eq!(
        directory.find_user("bo@X.ORG").map(|user| directory.user_id(user)),
        Some("bo"),
        "the first answers"
    );
    assert_eq!(directory.find_user("σσ@x.org"), directory.user_by_id(low));
    assert!(directory.is_manager(user(&directory, "Bo"), eng) && directory.knows_managers());
}

#[test]
fn administrators_are_members_of_the_group_of_that_name() {
    let directory = directory("System ADMINISTRATORS > helpers > ada; eng > bo");
    assert_eq!(users(&directory, directory.administrators()), "ada");
}

#[test]
fn names_are_never_empty() {
    let record = |first_name, last_name, username| UserRecord {
        id: "u",
        username,
        first_name,
        last_name,
        ..UserRecord::default()
    };
    let name = |record: UserRecord<'_>| {
        let mut builder = Builder::new();
        builder.user(&record, Place::default()).unwrap();
        let directory = builder.finish(&mut |_, _| ()).unwrap();
        directory.user_name(user(&directory, "u")).into_owned()
    };
    assert_eq!(name(record(Some("Ada"), Some("Lovelace"), Some("al"))), "Ada Lovelace");
    assert_eq!(name(record(Some(""), Some("Lovelace"), Some("al"))), "Lovelace");
    assert_eq!(name(record(None, Some(" "), Some("al"))), "al");
    assert_eq!(name(record(None, None, Some(""))), "u");
}
