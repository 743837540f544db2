//! Everything that a directory answers, as one text: two directories are the same if their texts are.

use std::fmt::Write;

use membership::directory::Directory;
use membership::finding::FindingKind;
use membership::order::by_name;
use membership::path::{PathFinder, nearest};
use membership::query::{Field, OrderTerm, parse_groups, parse_users};

/// All of it, with what is wrong with the facts.
pub fn answers(directory: &Directory) -> String {
    let mut text = facts(directory);
    writeln!(text, "{:?} {:?}", directory.unused(), directory.hierarchy().in_itself()).unwrap();
    for finding in FindingKind::ALL.into_iter().flat_map(|kind| directory.findings(kind)) {
        writeln!(text, "{} {finding:?}", finding.message(directory)).unwrap();
    }
    text
}

/// What follows from the facts that could be used. Cost: O(users · groups) and more; for small directories.
pub fn facts(directory: &Directory) -> String {
    let mut text = directory.to_json();
    let hierarchy = directory.hierarchy();
    let mut say = |what: &dyn std::fmt::Debug| writeln!(text, "{what:?}").unwrap();
    say(&(
        directory.membership_count(),
        directory.nesting_count(),
        directory.knows_managers(),
    ));
    say(&(hierarchy.roots(), hierarchy.cycles().collect::<Vec<_>>()));
    say(directory.administrators());
    say(&[
        directory.find_users("a"),
        directory.find_users("n"),
        directory.find_groups("group 1"),
    ]);
    for group in directory.all_groups() {
        say(&(group, directory.member_count(group), directory.manager_count(group)));
        say(&(
            directory.member_set(group, true),
            directory.direct_members(group).collect::<Vec<_>>(),
        ));
        say(&(
            hierarchy.children(group),
            hierarchy.parents(group),
            hierarchy.ancestors(group),
        ));
        say(&(
            hierarchy.descendants(group),
            hierarchy.depth(group),
            hierarchy.cycle(group),
        ));
        say(&(
            directory.find_group(directory.group_id(group)),
            directory.find_group(directory.group_name(group)),
        ));
        let finder = PathFinder::new(directory, group);
        for user in directory.all_users() {
            let pairs = [(user, group)];
            say(&(
                directory.membership(user, group),
                directory.check_pairs(&pairs),
                finder.paths(user, 9),
            ));
            say(&nearest(directory, user, group, 9));
        }
    }
    for user in directory.all_users() {
        let username = directory.users().username.get(user.row()).unwrap_or_default();
        say(&(
            directory.find_user(directory.user_id(user)),
            directory.find_user(username),
        ));
        say(&(
            directory.groups_of(user, true),
            directory.direct_groups(user).collect::<Vec<_>>(),
        ));
        say(&(directory.inherited_group_count(user), directory.user_name(user)));
    }
    for order in [by_name(), Vec::new(), descending(Field::InheritedGroupCount)] {
        say(&directory.user_permutation(&order).rows());
    }
    for order in [Vec::new(), descending(Field::InheritedUserCount)] {
        say(&directory.group_permutation(&order).rows());
    }
    for query in [
        "groupCount > 1",
        "isAdministrator = true",
        "username ~ \"2\" OR email IS EMPTY",
    ] {
        say(&directory.select_users(&parse_users(query).unwrap(), 0));
    }
    for query in [
        "inCycle = true",
        "managerCount = 1 AND depth < 2",
        "name STARTSWITH \"group\"",
    ] {
        say(&directory.select_groups(&parse_groups(query).unwrap(), 0));
    }
    text
}

fn descending(field: Field) -> Vec<OrderTerm> {
    let descending = true;
    vec![OrderTerm { field, descending }]
}
