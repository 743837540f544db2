//! Groups drawn in layers, held against facts and against naive counts on arbitrary graphs.

use std::collections::BTreeSet;

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::layers::{Layers, Reach};
use membership::members::Membership;
use membership::path::PathFinder;
use proptest::prelude::*;

use super::model::{Fact, Model, model};
use super::notation::{directory, group, user};

/// A point of a layer: its layer and its lane.
type Point = (u32, u32);

/// The points that each line goes through, from the earlier layer on; edges first, then what leads to the user.
fn lines(layers: &Layers) -> Vec<Vec<Point>> {
    let place = |node: u32| (layers.nodes[node as usize].layer, layers.nodes[node as usize].lane);
    let line = |from: Point, lanes: &[u32], to: Point| {
        let between = (from.0 + 1..to.0).zip(lanes.iter().copied());
        assert_eq!(
            lanes.len() as u32,
            to.0 - from.0 - 1,
            "a point in each layer that is passed"
        );
        [from].into_iter().chain(between).chain([to]).collect::<Vec<_>>()
    };
    let edges = layers.edges.iter().map(|edge| {
        let (from, to) = if edge.closes_cycle {
            (edge.child, edge.parent)
        } else {
            (edge.parent, edge.child)
        };
        line(place(from), &edge.lanes, place(to))
    });
    let to_user = layers.user.iter().flat_map(|user| {
        let end = (layers.layers, user.lane);
        user.groups
            .iter()
            .map(move |edge| line(place(edge.node), &edge.lanes, end))
    });
    edges.chain(to_user).collect()
}

/// Every place that a node, a point or the user has.
fn places(layers: &Layers) -> Vec<Point> {
    let nodes = layers.nodes.iter().map(|node| (node.layer, node.lane));
    let passed = lines(layers)
        .into_iter()
        .flat_map(|line| line[1..line.len() - 1].to_vec());
    let user = layers.user.iter().map(|user| (layers.layers, user.lane));
    nodes.chain(passed).chain(user).collect()
}

/// How many pairs of lines cross between layers, each held against every other one.
fn crossings(lines: &[Vec<Point>]) -> usize {
    let segments = lines
        .iter()
        .flat_map(|line| line.windows(2).map(|pair| (pair[0], pair[1])));
    let segments = segments.collect::<Vec<_>>();
    let cross = |one: &(Point, Point), other: &(Point, Point)| {
        one.0.0 == other.0.0 && (one.0.1 < other.0.1 && one.1.1 > other.1.1)
    };
    segments
        .iter()
        .map(|one| segments.iter().filter(|other| cross(one, other)).count())
        .sum()
}

/// The same drawing in the order in which it is told: in each layer nodes, user, then points line by line.
fn unsorted(layers: &Layers) -> Layers {
    let mut plain = layers.clone();
    let mut next = vec![0; layers.layers as usize + 1];
    let mut lane = |layer: u32| {
        let lane = &mut next[layer as usize];
        *lane += 1;
        *lane - 1
    };
    plain.nodes.iter_mut().for_each(|node| node.lane = lane(node.layer));
    if let Some(user) = &mut plain.user {
        user.lane = lane(layers.layers);
    }
    let layer = |node: u32| layers.nodes[node as usize].layer;
    for edge in &mut plain.edges {
        let first = layer(edge.parent).min(layer(edge.child)) + 1;
        edge.lanes = (first..).take(edge.lanes.len()).map(&mut lane).collect();
    }
    for edge in plain.user.iter_mut().flat_map(|user| &mut user.groups) {
        edge.lanes = (layer(edge.node) + 1..layers.layers).map(&mut lane).collect();
    }
    plain
}

/// How far it is to each group that `next` leads to.
fn distances(model: &Model, from: u32, next: impl Fn(u32, u32) -> Option<(u32, u32)>) -> Vec<Option<u32>> {
    let mut found = vec![None; model.groups as usize];
    found[from as usize] = Some(0);
    for distance in 0..model.groups {
        for (fact, _) in &model.facts {
            let Fact::Nesting { parent, child } = *fact else {
                continue;
            };
            if parent.max(child) >= model.groups {
                continue;
            }
            if let Some((from, to)) = next(parent, child)
                && found[from as usize] == Some(distance)
                && found[to as usize].is_none()
            {
                found[to as usize] = Some(distance + 1);
            }
        }
    }
    found
}

/// The nestings of a model, without groups in themselves.
fn nestings(model: &Model) -> BTreeSet<(u32, u32)> {
    let nestings = model.facts.iter().filter_map(|(fact, _)| match *fact {
        Fact::Nesting { parent, child } if parent != child && parent.max(child) < model.groups => Some((parent, child)),
        _ => None,
    });
    nestings.collect()
}

fn drawn(layers: &Layers) -> Vec<u32> {
    layers.nodes.iter().map(|node| node.group.row()).collect()
}

/// A model with so many more nestings that layers have crossings.
fn tangled() -> impl Strategy<Value = Model> {
    let pairs = prop::collection::vec((0..24u32, 0..24u32), 0..70);
    (pairs, prop::collection::vec((0..24u32, 0..2u32), 0..6)).prop_map(|(pairs, members)| {
        let nestings = pairs.into_iter().map(|(parent, child)| Fact::Nesting { parent, child });
        let members = members.into_iter().map(|(group, user)| Fact::Membership {
            group,
            user,
            is_admin: false,
        });
        let facts = nestings.chain(members).zip(1..).collect();
        Model {
            users: 2,
            groups: 24,
            facts,
        }
    })
}

fn any_model() -> impl Strategy<Value = Model> {
    prop_oneof![model(), tangled()]
}

fn check_nodes(model: &Model, layers: &Layers, focus: u32, limit: u32) -> Result<(), TestCaseError> {
    let below = distances(model, focus, |parent, child| Some((parent, child)));
    let above = distances(model, focus, |parent, child| Some((child, parent)));
    let family = (0..model.groups).filter(|at| below[*at as usize].is_some() || above[*at as usize].is_some());
    let family = family.collect::<BTreeSet<_>>();
    let shown = drawn(layers).into_iter().collect::<BTreeSet<_>>();
    prop_assert_eq!(shown.len(), layers.nodes.len(), "each group stands once");
    prop_assert!(shown.is_subset(&family));
    prop_assert_eq!(layers.nodes[layers.focus as usize].group.row(), focus);
    prop_assert_eq!(shown.len(), family.len().min(limit.max(1) as usize));
    prop_assert_eq!(layers.rest as usize, family.len() - shown.len());
    if layers.user.is_some() {
        return Ok(());
    }
    // Whatever is nearer on the same side is drawn, too.
    for (side, other) in [(&above, &below), (&below, &above)] {
        let of = |group: &u32| side[*group as usize].filter(|_| other[*group as usize].is_none());
        let farthest = shown.iter().filter_map(of).max();
        let nearer = family
            .iter()
            .filter(|group| side[**group as usize] < farthest && side[**group as usize].is_some());
        prop_assert!(nearer.into_iter().all(|group| shown.contains(group)));
    }
    Ok(())
}

fn check_edges(model: &Model, layers: &Layers) -> Result<(), TestCaseError> {
    let rows = drawn(layers);
    let edges = layers
        .edges
        .iter()
        .map(|edge| (rows[edge.parent as usize], rows[edge.child as usize]));
    let edges = edges.collect::<Vec<_>>();
    let told = nestings(model);
    let among = told
        .iter()
        .filter(|(parent, child)| rows.contains(parent) && rows.contains(child));
    prop_assert_eq!(edges.iter().collect::<BTreeSet<_>>(), among.collect::<BTreeSet<_>>());
    prop_assert_eq!(
        edges.iter().collect::<BTreeSet<_>>().len(),
        edges.len(),
        "each nesting is told once"
    );
    for (node, row) in layers.nodes.iter().zip(&rows) {
        let hidden = |end: u32, other: u32| end == *row && !rows.contains(&other);
        let parents = told.iter().filter(|(parent, child)| hidden(*child, *parent)).count();
        let children = told.iter().filter(|(parent, child)| hidden(*parent, *child)).count();
        prop_assert_eq!(
            (node.more_parents, node.more_children),
            (parents as u32, children as u32)
        );
    }
    for (edge, (parent, child)) in layers.edges.iter().zip(&edges) {
        prop_assert_eq!(edge.in_cycle, model.with_below(*child).contains(parent));
        prop_assert!(edge.in_cycle || !edge.closes_cycle);
    }
    Ok(())
}

fn check_layers(layers: &Layers) -> Result<(), TestCaseError> {
    let layer = |node: u32| layers.nodes[node as usize].layer;
    for (node, at) in layers.nodes.iter().zip(0..) {
        let forward = layers
            .edges
            .iter()
            .filter(|edge| edge.child == at && !edge.closes_cycle);
        let least = forward.map(|edge| layer(edge.parent) + 1).max();
        prop_assert_eq!(node.layer, least.unwrap_or(0), "the longest way from the top");
    }
    prop_assert!(
        layers
            .edges
            .iter()
            .all(|edge| !edge.closes_cycle || layer(edge.child) < layer(edge.parent))
    );
    prop_assert_eq!(
        layers.layers,
        layers.nodes.iter().map(|node| node.layer).max().unwrap() + 1
    );
    let mut places = places(layers);
    places.sort_unstable();
    for (at, place) in places.iter().enumerate() {
        let lane = places[..at].iter().filter(|other| other.0 == place.0).count();
        prop_assert_eq!(
            place.1 as usize,
            lane,
            "lanes of a layer are counted from 0, and nobody shares one"
        );
    }
    prop_assert!(crossings(&lines(layers)) <= crossings(&lines(&unsorted(layers))));
    Ok(())
}

/// The nestings on any minimal path of a user to any group, all paths gone through.
fn on_paths(directory: &Directory, user: UserIndex) -> BTreeSet<(GroupIndex, GroupIndex)> {
    let mut steps = BTreeSet::new();
    for target in directory.all_groups() {
        let found = PathFinder::new(directory, target).paths(user, 100_000);
        assert!(found.complete);
        let pairs = found.paths.iter().flat_map(|path| path.windows(2));
        steps.extend(pairs.map(|pair| (pair[1], pair[0])));
    }
    steps
}

fn check_user(model: &Model, directory: &Directory, layers: &Layers, user: u32) -> Result<(), TestCaseError> {
    let told = layers.user.as_ref().expect("the user is drawn");
    let direct = (0..model.groups).filter(|group| model.direct(*group).contains(&user));
    let direct = direct.collect::<BTreeSet<_>>();
    let rows = drawn(layers);
    let ends = told
        .groups
        .iter()
        .map(|edge| rows[edge.node as usize])
        .collect::<Vec<_>>();
    let expected = rows
        .iter()
        .copied()
        .filter(|row| direct.contains(row))
        .collect::<Vec<_>>();
    prop_assert_eq!(&ends, &expected);
    prop_assert_eq!(told.elsewhere as usize, direct.len() - ends.len());
    let pairs = model.pairs();
    for node in &layers.nodes {
        let row = node.group.row();
        let expected = match (direct.contains(&row), pairs.contains(&(user, row))) {
            (true, _) => Membership::Direct,
            (false, true) => Membership::Inherited,
            (false, false) => Membership::None,
        };
        prop_assert_eq!(node.membership, expected);
    }
    let steps = on_paths(directory, UserIndex::new(user));
    for edge in &layers.edges {
        let [parent, child] = [edge.parent, edge.child].map(|node| layers.nodes[node as usize].group);
        prop_assert_eq!(
            edge.is_lit,
            steps.contains(&(parent, child)),
            "{:?} {:?}",
            parent,
            child
        );
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_drawing_says_what_is_so(model in any_model(), focus in any::<u32>(), limit in 0..12u32) {
        let directory = model.directory();
        let focus = focus % model.groups;
        let layers = Layers::new(&directory, GroupIndex::new(focus), limit, None);
        check_nodes(&model, &layers, focus, limit)?;
        check_edges(&model, &layers)?;
        check_layers(&layers)?;
        prop_assert!(layers.edges.iter().all(|edge| !edge.is_lit) && layers.user.is_none());
    }

    #[test]
    fn a_user_is_drawn_with_the_paths(model in any_model(), focus in any::<u32>(), user in any::<u32>(), limit in 1..30u32) {
        let directory = model.directory();
        let (focus, user) = (focus % model.groups, user % model.users);
        let layers = Layers::new(&directory, GroupIndex::new(focus), limit, Some(UserIndex::new(user)));
        check_nodes(&model, &layers, focus, limit)?;
        check_edges(&model, &layers)?;
        check_layers(&layers)?;
        check_user(&model, &directory, &layers, user)?;
        // The shortest path stays where it fits.
        let path = PathFinder::new(&directory, GroupIndex::new(focus)).shortest(UserIndex::new(user)).unwrap_or_default();
        let rows = drawn(&layers);
        prop_assert!(path.len() > limit as usize || path.iter().all(|group| rows.contains(&group.row())));
    }
}

/// The drawing around a group: each layer's names in the order of the lanes, then what closes cycles.
fn told(line: &str, around: &str, limit: u32) -> String {
    let directory = directory(line);
    let layers = Layers::new(&directory, group(&directory, around), limit, None);
    let name = |node: u32| directory.group_id(layers.nodes[node as usize].group);
    let names = (0..layers.layers).map(|layer| {
        let mut nodes = layers
            .nodes
            .iter()
            .filter(|node| node.layer == layer)
            .collect::<Vec<_>>();
        nodes.sort_by_key(|node| node.lane);
        nodes
            .iter()
            .map(|node| directory.group_id(node.group))
            .collect::<Vec<_>>()
            .join(" ")
    });
    let closing = layers.edges.iter().filter(|edge| edge.closes_cycle);
    let closing = closing.map(|edge| format!("{} > {}", name(edge.parent), name(edge.child)));
    names.chain(closing).collect::<Vec<_>>().join(" | ")
}

#[test]
fn layers_are_longest_ways_and_cycles_are_cut() {
    assert_eq!(told("top > l, r > low >; top > low", "low", 9), "top | l r | low");
    assert_eq!(told("a > b > c > a", "b", 9), "b | c | a | a > b");
    assert_eq!(told("top > a > b > c > a", "c", 9), "top | a | b | c | c > a");
    assert_eq!(told("self > self", "self", 9), "self");
    assert_eq!(
        told("top > in >; other > in >; aside > top >", "top", 9),
        "aside | top | in"
    );
}

#[test]
fn both_sides_have_room_and_the_largest_come_first() {
    // Of eleven groups in the family four more fit: two above, two below.
    let line = "r > p > mid; q > mid; mid > a > x > ada, bo, cy; mid > b > y > ada, bo; mid > c, d, e, f >; q > dee";
    assert_eq!(told(line, "mid", 5), "q p | mid | a b");
    assert_eq!(told("mid > a, b, c, d >; top > mid", "mid", 4), "top | mid | a b");
}

#[test]
fn a_tree_has_no_crossings() {
    let directory = directory("top > a, b, c >; a > k, l, m >; b > n, o >; c > p, q, r >; o > s, t >; l > u, v >");
    let layers = Layers::new(&directory, group(&directory, "top"), 60, None);
    assert_eq!((layers.nodes.len(), crossings(&lines(&layers))), (16, 0));
}

#[test]
fn what_is_tangled_is_untangled() {
    let directory = directory("top > a, b, c, d >; a > w >; b > x >; c > y >; d > z, w >; a > z >");
    let layers = Layers::new(&directory, group(&directory, "top"), 60, None);
    assert!(crossings(&lines(&layers)) < crossings(&lines(&unsorted(&layers))));
}

#[test]
fn paths_stay_and_are_lit() {
    // Ada comes in through a small group far below, which size and distance alone would leave out.
    let line = "all > w, x > bo, cy; all > m > n > o > ada; other > ada; all > dee; w, x > eve";
    let directory = directory(line);
    let layers = Layers::new(&directory, group(&directory, "all"), 4, Some(user(&directory, "ada")));
    let names = layers
        .nodes
        .iter()
        .map(|node| directory.group_id(node.group))
        .collect::<Vec<_>>();
    assert_eq!(names, ["all", "m", "n", "o"]);
    assert!(layers.edges.iter().all(|edge| edge.is_lit));
    assert_eq!((layers.rest, layers.nodes[0].more_children), (2, 2));
    let ada = layers.user.expect("she is drawn");
    assert_eq!((ada.groups.len(), ada.groups[0].node, ada.elsewhere), (1, 3, 1));
}

#[test]
fn groups_further_away_than_asked_are_counted_and_not_drawn() {
    let directory = directory("all > top > mid > low > least > ada");
    let draw = |levels, user| {
        let reach = Reach { groups: 60, levels };
        let layers = Layers::near(&directory, group(&directory, "top"), reach, user);
        let mut names: Vec<_> = layers
            .nodes
            .iter()
            .map(|node| directory.group_name(node.group).to_owned())
            .collect();
        names.sort();
        (names.join(" "), layers.rest)
    };
    assert_eq!(draw(1, None), ("all mid top".to_owned(), 2));
    assert_eq!(draw(2, None), ("all low mid top".to_owned(), 1));
    assert_eq!(draw(9, None), ("all least low mid top".to_owned(), 0));
    // What is on the user's path is drawn however far it is.
    assert_eq!(draw(0, Some(user(&directory, "ada"))).0, "least low mid top");
}
