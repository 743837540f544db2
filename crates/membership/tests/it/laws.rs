//! Laws: on arbitrary graphs, with cycles, groups in themselves and facts told twice, every answer is that of a naive walk.

use std::collections::BTreeSet;

use membership::directory::{Builder, Directory, Place};
use membership::entity::{GroupIndex, GroupRecord, UserIndex, UserRecord};
use membership::path::{PathFinder, nearest};
use membership::set::Set;
use proptest::prelude::*;

/// Facts about users and groups that are numbered.
#[derive(Clone, Debug)]
struct Facts {
    users: u32,
    /// The groups' names, of which several may be one.
    names: Vec<&'static str>,
    nestings: Vec<(u32, u32)>,
    memberships: Vec<(u32, u32)>,
}

fn facts() -> impl Strategy<Value = Facts> {
    (
        1..6u32,
        prop::collection::vec(prop::sample::select(vec!["ada", "bo", "cy", "BO"]), 1..9),
    )
        .prop_flat_map(|(users, names)| {
            let groups = names.len() as u32;
            let nestings = prop::collection::vec((0..groups, 0..groups), 0..20);
            let memberships = prop::collection::vec((0..groups, 0..users), 0..14);
            (Just(users), Just(names), nestings, memberships).prop_map(|(users, names, nestings, memberships)| Facts {
                users,
                names,
                nestings,
                memberships,
            })
        })
}

impl Facts {
    fn directory(&self) -> Directory {
        let mut builder = Builder::new();
        let place = Place::default();
        for (parent, child) in &self.nestings {
            builder
                .nesting(&format!("g{parent}"), &format!("g{child}"), place)
                .unwrap();
        }
        for (name, group) in self.names.iter().zip(0..) {
            let (id, name) = (format!("g{group}"), Some(*name));
            builder
                .group(
                    &GroupRecord {
                        id: &id,
                        name,
                        ..GroupRecord::default()
                    },
                    place,
                )
                .unwrap();
        }
        for user in 0..self.users {
            builder
                .user(
                    &UserRecord {
                        id: &format!("u{user}"),
                        ..UserRecord::default()
                    },
                    place,
                )
                .unwrap();
        }
        for (group, user) in &self.memberships {
            builder
                .membership(&format!("g{group}"), &format!("u{user}"), false, place)
                .unwrap();
        }
        builder.finish(&mut |_, _| ()).unwrap()
    }

    fn groups(&self) -> impl Iterator<Item = u32> + use<> {
        0..self.names.len() as u32
    }

    fn children(&self, group: u32) -> BTreeSet<u32> {
        let children = self
            .nestings
            .iter()
            .filter(|(parent, child)| *parent == group && child != parent);
        children.map(|(_, child)| *child).collect()
    }

    /// Every group below one, itself left out.
    fn below(&self, group: u32) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        let mut open = vec![group];
        while let Some(parent) = open.pop() {
            open.extend(self.children(parent).into_iter().filter(|child| found.insert(*child)));
        }
        found.remove(&group);
        found
    }

    fn above(&self, group: u32) -> BTreeSet<u32> {
        self.groups()
            .filter(|other| self.below(*other).contains(&group))
            .collect()
    }

    fn direct(&self, group: u32) -> BTreeSet<u32> {
        self.memberships
            .iter()
            .filter(|(of, _)| *of == group)
            .map(|(_, user)| *user)
            .collect()
    }

    fn members(&self, group: u32) -> BTreeSet<u32> {
        let below = self.below(group);
        below
            .iter()
            .chain([&group])
            .flat_map(|group| self.direct(*group))
            .collect()
    }

    fn groups_of(&self, user: u32) -> BTreeSet<u32> {
        self.groups()
            .filter(|group| self.members(*group).contains(&user))
            .collect()
    }

    /// Every way up from one group to another on which no group stands twice, minimal or not.
    fn ways(&self, from: u32, to: u32) -> Vec<Vec<u32>> {
        let mut found = Vec::new();
        let mut open = vec![vec![from]];
        while let Some(way) = open.pop() {
            let last = way[way.len() - 1];
            if last == to {
                found.push(way);
                continue;
            }
            let parents = self.groups().filter(|parent| self.children(*parent).contains(&last));
            open.extend(
                parents
                    .filter(|parent| !way.contains(parent))
                    .map(|parent| [&way[..], &[parent]].concat()),
            );
        }
        found
    }

    fn is_minimal(&self, way: &[u32], direct: &BTreeSet<u32>) -> bool {
        let between = way.get(1..way.len() - 1).unwrap_or_default();
        let cut_short = |(at, group): (usize, &u32)| {
            way.iter()
                .skip(at + 2)
                .any(|later| self.children(*later).contains(group))
        };
        !between.iter().any(|group| direct.contains(group)) && !way.iter().enumerate().any(cut_short)
    }

    /// The folded names along a way, each with what breaks a tie.
    fn names_along(&self, way: &[u32]) -> Vec<(String, String)> {
        way.iter()
            .map(|group| (self.names[*group as usize].to_lowercase(), format!("g{group}")))
            .collect()
    }

    fn minimal_paths(&self, user: u32, to: u32) -> Vec<Vec<u32>> {
        let direct = self
            .groups()
            .filter(|group| self.direct(*group).contains(&user))
            .collect::<BTreeSet<_>>();
        let ways = direct.iter().flat_map(|from| self.ways(*from, to));
        let mut paths = ways.filter(|way| self.is_minimal(way, &direct)).collect::<Vec<_>>();
        paths.sort_by_key(|way| (way.len(), self.names_along(way)));
        paths
    }

    fn nearest_paths(&self, user: u32, to: u32) -> Vec<Vec<u32>> {
        let already = self.groups_of(user);
        if already.contains(&to) {
            return Vec::new();
        }
        let brings = |from: u32| {
            let mut brings = self.above(from);
            brings.insert(from);
            brings
                .iter()
                .filter(|group| **group != to && !already.contains(group))
                .count()
        };
        let candidates = self.below(to).into_iter().chain([to]);
        let ways = candidates.flat_map(|from| self.ways(from, to));
        let mut paths = ways
            .filter(|way| self.is_minimal(way, &BTreeSet::new()))
            .collect::<Vec<_>>();
        paths.sort_by_key(|way| (brings(way[0]), self.names_along(way)));
        paths
    }
}

fn rows(groups: &[GroupIndex]) -> Vec<u32> {
    groups.iter().map(|group| group.row()).collect()
}

fn sorted(groups: &[GroupIndex]) -> BTreeSet<u32> {
    let set = groups.iter().map(|group| group.row()).collect::<BTreeSet<_>>();
    assert_eq!(set.len(), groups.len(), "each once");
    set
}

fn list(paths: &[Vec<GroupIndex>]) -> Vec<Vec<u32>> {
    paths.iter().map(|path| rows(path)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_hierarchy_is_a_naive_walk(facts in facts()) {
        let directory = facts.directory();
        let hierarchy = directory.hierarchy();
        for group in facts.groups() {
            let (index, below) = (GroupIndex::new(group), facts.below(group));
            prop_assert_eq!(sorted(&hierarchy.descendants(index)), below.clone());
            prop_assert_eq!(hierarchy.descendant_count(index) as usize, below.len());
            prop_assert_eq!(sorted(&hierarchy.ancestors(index)), facts.above(group));
            prop_assert_eq!(rows(hierarchy.children(index)), facts.children(group).into_iter().collect::<Vec<_>>());
            let mutual = below.iter().filter(|other| facts.below(**other).contains(&group)).count();
            prop_assert_eq!(hierarchy.component_groups(hierarchy.component(index)).len(), mutual + 1);
            prop_assert_eq!(hierarchy.in_cycle(index), mutual > 0);
            for other in facts.groups() {
                let expected = below.contains(&other);
                prop_assert_eq!(hierarchy.is_descendant(GroupIndex::new(other), index), expected);
            }
            let cycle = rows(&hierarchy.cycle(index));
            prop_assert_eq!(cycle.is_empty(), mutual == 0);
            for (at, parent) in cycle.iter().enumerate() {
                prop_assert!(facts.children(*parent).contains(&cycle[(at + 1) % cycle.len()]));
            }
        }
    }

    #[test]
    fn depth_is_the_longest_way_over_components(facts in facts()) {
        let directory = facts.directory();
        let hierarchy = directory.hierarchy();
        for group in directory.all_groups() {
            let component = hierarchy.component_groups(hierarchy.component(group));
            let parents = component.iter().flat_map(|group| hierarchy.parents(*group));
            let outside = parents.filter(|parent| hierarchy.component(**parent) != hierarchy.component(group));
            let expected = outside.map(|parent| hierarchy.depth(*parent) + 1).max().unwrap_or_default();
            prop_assert_eq!(hierarchy.depth(group), expected);
            let is_top = component[0] == group && expected == 0;
            prop_assert_eq!(hierarchy.roots().contains(&group), is_top);
        }
    }

    #[test]
    fn members_are_those_of_a_naive_walk(facts in facts(), excluded in 0..9u32) {
        let directory = facts.directory();
        let set = |set: &Set| set.iter().collect::<BTreeSet<_>>();
        let excluded = excluded % facts.names.len() as u32;
        let mut pairs = Vec::new();
        for group in facts.groups() {
            let index = GroupIndex::new(group);
            let (all, direct) = (facts.members(group), facts.direct(group));
            prop_assert_eq!(directory.member_count(index) as usize, all.len());
            prop_assert_eq!(set(&directory.member_set(index, true)), all.clone());
            prop_assert_eq!(set(&directory.member_set(index, false)), direct.clone());
            let left = directory.members(Some(index), true, &[GroupIndex::new(excluded)]);
            prop_assert_eq!(set(&left), all.difference(&facts.members(excluded)).copied().collect::<BTreeSet<_>>());
            for user in 0..facts.users {
                pairs.push((UserIndex::new(user), index));
                prop_assert_eq!(directory.is_member(UserIndex::new(user), index), all.contains(&user));
                prop_assert_eq!(directory.is_direct_member(UserIndex::new(user), index), direct.contains(&user));
            }
        }
        let checked = pairs.iter().map(|(user, group)| directory.is_member(*user, *group)).collect::<Vec<_>>();
        prop_assert_eq!(directory.check_pairs(&pairs), checked);
        for user in 0..facts.users {
            let index = UserIndex::new(user);
            let (all, direct) = (directory.groups_of(index, true), directory.groups_of(index, false));
            prop_assert_eq!(sorted(&all), facts.groups_of(user));
            prop_assert!(all.is_sorted() && direct.is_sorted());
            prop_assert_eq!(direct.len() as u32 + directory.inherited_group_count(index), all.len() as u32);
        }
    }

    #[test]
    fn memberships_read_the_same_both_ways(facts in facts()) {
        let directory = facts.directory();
        for user in directory.all_users() {
            for group in directory.all_groups() {
                let from_user = directory.direct_groups(user).any(|(other, _)| other == group);
                let from_group = directory.direct_members(group).any(|(other, _)| other == user);
                prop_assert_eq!(from_user, from_group);
            }
        }
        let told = facts.memberships.iter().collect::<BTreeSet<_>>().len() as u64;
        prop_assert_eq!(directory.membership_count(), told);
        let nested = facts.nestings.iter().filter(|(parent, child)| parent != child).collect::<BTreeSet<_>>().len();
        prop_assert_eq!(directory.nesting_count(), nested as u64);
        let unused = facts.memberships.len() as u64 - told + (facts.nestings.len() - nested) as u64;
        prop_assert_eq!(directory.unused().len() as u64, unused);
    }

    #[test]
    fn paths_are_all_minimal_ones_in_order(facts in facts()) {
        let directory = facts.directory();
        for group in facts.groups() {
            let finder = PathFinder::new(&directory, GroupIndex::new(group));
            for user in 0..facts.users {
                let (index, expected) = (UserIndex::new(user), facts.minimal_paths(user, group));
                let found = finder.paths(index, 1000);
                prop_assert!(found.complete);
                prop_assert_eq!(list(&found.paths), expected.clone());
                prop_assert_eq!(finder.ways(index, 100), expected.len().min(100) as u32);
                prop_assert_eq!(finder.shortest(index).map(|path| rows(&path)), expected.first().cloned());
                let nested = expected.iter().find(|path| path.len() > 1);
                prop_assert_eq!(finder.shortest_inherited(index).map(|path| rows(&path)), nested.cloned());
                prop_assert_eq!(finder.paths(index, 2).paths.len(), expected.len().min(2));
            }
        }
    }

    #[test]
    fn nearest_paths_bring_the_least_first(facts in facts(), limit in 1..6usize) {
        let directory = facts.directory();
        for group in facts.groups() {
            for user in 0..facts.users {
                let (user_index, group_index) = (UserIndex::new(user), GroupIndex::new(group));
                let expected = facts.nearest_paths(user, group);
                let found = nearest(&directory, user_index, group_index, 1000);
                prop_assert_eq!(list(&found.paths), expected.clone());
                prop_assert_eq!(found.total as usize, expected.len());
                let few = nearest(&directory, user_index, group_index, limit);
                prop_assert_eq!(list(&few.paths), expected[..limit.min(expected.len())].to_vec());
                prop_assert!(few.total as usize >= few.paths.len());
            }
        }
    }
}
