//! Graphs that are large or made to be hard: every answer is right. What is not linear does not end here.

use membership::directory::{Builder, Directory, Place};
use membership::entity::{GroupIndex, GroupRecord, UserIndex, UserRecord};
use membership::layers::Layers;
use membership::path::{PathFinder, nearest};

/// Groups and users that are numbered, with pairs of parent and child, and of group and user.
fn directory(
    groups: u32,
    users: u32,
    nestings: impl IntoIterator<Item = (u32, u32)>,
    memberships: impl IntoIterator<Item = (u32, u32)>,
) -> Directory {
    let mut builder = Builder::new();
    let place = Place::default();
    for group in 0..groups {
        builder
            .group(
                &GroupRecord {
                    id: &group.to_string(),
                    ..GroupRecord::default()
                },
                place,
            )
            .unwrap();
    }
    for user in 0..users {
        builder
            .user(
                &UserRecord {
                    id: &user.to_string(),
                    ..UserRecord::default()
                },
                place,
            )
            .unwrap();
    }
    for (parent, child) in nestings {
        builder.nesting(&parent.to_string(), &child.to_string(), place).unwrap();
    }
    for (group, user) in memberships {
        builder
            .membership(&group.to_string(), &user.to_string(), false, place)
            .unwrap();
    }
    builder.finish(&mut |_, _| ()).unwrap()
}

/// Numbers without any order, always the same.
fn random(seed: u64) -> impl FnMut(u32) -> u32 {
    let mut state = seed;
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (((state >> 33) * u64::from(below)) >> 31) as u32
    }
}

const ADA: UserIndex = UserIndex::new(0);
const TOP: GroupIndex = GroupIndex::new(0);

#[test]
fn a_chain_of_a_hundred_thousand() {
    const LENGTH: u32 = 100_000;
    let directory = directory(
        LENGTH,
        1,
        (1..LENGTH).map(|child| (child - 1, child)),
        [(LENGTH - 1, 0)],
    );
    let hierarchy = directory.hierarchy();
    let last = GroupIndex::new(LENGTH - 1);
    assert_eq!(hierarchy.depth(last), LENGTH - 1);
    assert_eq!(hierarchy.ancestors(last).len() as u32, LENGTH - 1);
    assert_eq!(hierarchy.descendant_count(TOP), LENGTH - 1);
    assert_eq!(directory.groups_of(ADA, true).len() as u32, LENGTH);
    assert_eq!(directory.member_count(TOP), 1);
    let finder = PathFinder::new(&directory, TOP);
    let found = finder.paths(ADA, 100);
    assert_eq!(
        (found.paths[0].len() as u32, found.ways, found.complete),
        (LENGTH, 1, true)
    );
    assert_eq!(finder.shortest(ADA).map(|path| path.len() as u32), Some(LENGTH));
}

#[test]
fn a_cycle_of_a_hundred_thousand() {
    const LENGTH: u32 = 100_000;
    let nestings = (0..LENGTH).map(|parent| (parent, (parent + 1) % LENGTH));
    let directory = directory(LENGTH, 2, nestings, [(LENGTH / 2, 0)]);
    let hierarchy = directory.hierarchy();
    assert_eq!(hierarchy.cycle(TOP).len() as u32, LENGTH);
    assert_eq!((hierarchy.roots(), hierarchy.depth(TOP)), (vec![TOP], 0));
    assert!(directory.all_groups().all(|group| directory.member_count(group) == 1));
    assert_eq!(PathFinder::new(&directory, TOP).ways(ADA, 100), 1);
    let found = nearest(&directory, UserIndex::new(1), TOP, 3);
    assert_eq!((found.paths.len(), found.total), (3, LENGTH));
}

#[test]
fn diamonds_upon_diamonds() {
    // Forty layers of two groups, each in both of the layer above: 2^40 paths of one length.
    const LAYERS: u32 = 40;
    let layer = |layer: u32| [2 * layer, 2 * layer + 1];
    let between = |below| {
        layer(below - 1)
            .into_iter()
            .flat_map(move |up| layer(below).map(|down| (up, down)))
    };
    let directory = directory(2 * LAYERS, 2, (1..LAYERS).flat_map(between), [(2 * LAYERS - 1, 0)]);
    let finder = PathFinder::new(&directory, TOP);
    let found = finder.paths(ADA, 7);
    assert_eq!((found.paths.len(), found.ways), (7, 100));
    assert!(found.paths.iter().all(|path| path.len() as u32 == LAYERS));
    let near = nearest(&directory, UserIndex::new(1), TOP, 100);
    assert_eq!(near.paths.len(), 100);
    assert_eq!(near.paths[0], [TOP]);
}

#[test]
fn a_clique_where_every_way_round_is_cut_short() {
    const GROUPS: u32 = 300;
    let pairs = (0..GROUPS).flat_map(|parent| (0..GROUPS).map(move |child| (parent, child)));
    let directory = directory(
        GROUPS,
        1,
        pairs.filter(|(parent, child)| parent != child),
        [(7, 0), (9, 0)],
    );
    let found = PathFinder::new(&directory, TOP).paths(ADA, 100);
    assert_eq!((found.ways, found.complete), (2, true));
    assert!(directory.all_groups().all(|group| directory.is_member(ADA, group)));
}

#[test]
fn a_maze_ends() {
    // Many parents and cycles at random: searches go astray, and stop.
    const GROUPS: u32 = 3_000;
    let mut number = random(1);
    let nestings = (0..4 * GROUPS)
        .map(|_| (number(GROUPS), number(GROUPS)))
        .collect::<Vec<_>>();
    let directory = directory(GROUPS, 2, nestings, [(GROUPS - 1, 0), (GROUPS - 2, 0)]);
    for target in directory.all_groups().step_by(100) {
        let finder = PathFinder::new(&directory, target);
        let found = finder.paths(ADA, 100);
        assert_eq!(found.paths.first(), finder.shortest(ADA).as_ref());
        assert!(found.paths.is_sorted_by_key(Vec::len));
        let near = nearest(&directory, UserIndex::new(1), target, 100);
        assert!(near.paths.iter().all(|path| path.last() == Some(&target)) && near.total >= near.paths.len() as u32);
    }
}

#[test]
fn more_spans_than_are_kept() {
    // Parents at random: the descendants of a group are in no order at all.
    const GROUPS: u32 = 70_000;
    let mut number = random(2);
    let nestings =
        (1..GROUPS).flat_map(|child| [(number(child), child), (number(child), child), (number(child), child)]);
    let nestings = nestings.collect::<Vec<_>>();
    let memberships = (0..GROUPS).map(|group| (group, number(5_000))).collect::<Vec<_>>();
    let directory = directory(GROUPS, 5_000, nestings, memberships.iter().copied());
    let hierarchy = directory.hierarchy();
    let pairs = (0..300)
        .map(|_| (UserIndex::new(number(5_000)), GroupIndex::new(number(200))))
        .collect::<Vec<_>>();
    let checked = directory.check_pairs(&pairs);
    for ((user, group), checked) in pairs.iter().zip(checked).take(40) {
        assert_eq!(directory.is_member(*user, *group), checked);
        assert_eq!(directory.groups_of(*user, true).contains(group), checked);
        assert_eq!(directory.member_set(*group, true).contains(user.row()), checked);
        assert_eq!(
            directory.member_set(*group, true).count(),
            directory.member_count(*group)
        );
        let below = hierarchy.descendants(*group);
        assert_eq!(below.len() as u32, hierarchy.descendant_count(*group));
        assert!(
            below
                .iter()
                .take(20)
                .all(|other| hierarchy.ancestors(*other).contains(group))
        );
    }
}

#[test]
fn a_group_with_a_hundred_thousand_children() {
    const CHILDREN: u32 = 100_000;
    let nestings = (1..=CHILDREN).map(|child| (0, child));
    let directory = directory(
        CHILDREN + 1,
        2,
        nestings,
        (1..=CHILDREN).step_by(2).map(|group| (group, 0)),
    );
    let found = PathFinder::new(&directory, TOP).paths(ADA, 3);
    assert_eq!((found.paths.len(), found.ways), (3, 100));
    let near = nearest(&directory, UserIndex::new(1), TOP, 100);
    assert_eq!((near.paths.len(), near.total), (100, CHILDREN + 1));
    assert_eq!(directory.inherited_group_count(ADA), 1);
}

#[test]
fn drawings_of_any_graph_are_small() {
    const MANY: u32 = 100_000;
    const LIMIT: u32 = 60;
    let mut number = random(3);
    let wide = (1..10_001).map(|child| (0, child)).collect::<Vec<_>>();
    let chain = (1..MANY).map(|child| (child - 1, child)).collect::<Vec<_>>();
    let ring = (0..MANY)
        .map(|parent| (parent, (parent + 1) % MANY))
        .collect::<Vec<_>>();
    let maze = (0..3 * MANY).map(|_| (number(MANY), number(MANY))).collect::<Vec<_>>();
    let clique = (0..200)
        .flat_map(|parent| (0..200).map(move |child| (parent, child)))
        .collect::<Vec<_>>();
    let dense = clique
        .iter()
        .copied()
        .filter(|(parent, child)| parent < child)
        .collect::<Vec<_>>();
    for (nestings, groups) in [
        (wide, 10_001),
        (chain, MANY),
        (ring, MANY),
        (maze, MANY),
        (clique, 200),
        (dense, 200),
    ] {
        let directory = directory(groups, 1, nestings, [(groups - 1, 0), (groups / 2, 0)]);
        for focus in [0, groups / 3, groups - 1].map(GroupIndex::new) {
            let hierarchy = directory.hierarchy();
            let layers = Layers::new(&directory, focus, LIMIT, Some(ADA));
            let mut family = hierarchy.ancestors(focus);
            family.extend(hierarchy.descendants(focus));
            family.push(focus);
            family.sort_unstable();
            family.dedup();
            assert_eq!(layers.nodes.len() + layers.rest as usize, family.len());
            assert_eq!(layers.nodes.len(), family.len().min(LIMIT as usize));
            assert_eq!(layers, Layers::new(&directory, focus, LIMIT, Some(ADA)));
        }
    }
}
