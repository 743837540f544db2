//! What follows from the nestings alone and is kept beside each group: how deep it lies, and whether it is in a cycle.

use std::collections::HashMap;

/// How deep a group lies, and whether it is in a cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Nestings on the longest way up to a root; a cycle counts as one group.
    pub depth: i64,
    /// Whether it contains a group that contains it.
    pub in_cycle: bool,
}

/// The standing of every group that a nesting, parent and child, names; all others are at the top and in no cycle. Groups
/// whose parents are not among the nestings are `known` to be so deep, or else at the top.
///
/// Groups are put in an order of leaving by a walk down, and are then gathered into cycles by walks up, in the reverse of
/// it (Kosaraju). Cost: O(groups + nestings).
pub fn standings(nestings: &[(i64, i64)], known: &HashMap<i64, i64>) -> HashMap<i64, Standing> {
    let children = adjacent(nestings.iter().copied());
    let parents = adjacent(nestings.iter().map(|(parent, child)| (*child, *parent)));
    let mut order = Vec::new();
    let mut seen = HashMap::new();
    for (parent, child) in nestings {
        for group in [parent, child] {
            walk(*group, &children, &mut seen, *group, &mut order);
        }
    }
    let mut cycle_of = HashMap::new();
    let mut cycles: Vec<Vec<i64>> = Vec::new();
    for group in order.into_iter().rev() {
        let mut cycle = Vec::new();
        walk(group, &parents, &mut cycle_of, cycles.len() as i64, &mut cycle);
        if !cycle.is_empty() {
            cycles.push(cycle);
        }
    }
    let mut depths = vec![0; cycles.len()];
    // Whatever contains a cycle was gathered before it.
    for (number, cycle) in cycles.iter().enumerate() {
        let above = cycle.iter().flat_map(|group| parents.get(group).into_iter().flatten());
        let above = above
            .filter_map(|parent| cycle_of.get(parent))
            .filter(|other| **other != number as i64);
        let known = cycle.iter().filter_map(|group| known.get(group).copied());
        depths[number] = above
            .map(|other| depths[*other as usize] + 1)
            .chain(known)
            .max()
            .unwrap_or(0);
    }
    let standing = |(group, cycle): (i64, i64)| {
        let depth = depths[cycle as usize];
        let in_cycle = cycles[cycle as usize].len() > 1;
        (group, Standing { depth, in_cycle })
    };
    cycle_of.into_iter().map(standing).collect()
}

fn adjacent(pairs: impl Iterator<Item = (i64, i64)>) -> HashMap<i64, Vec<i64>> {
    let mut map: HashMap<i64, Vec<i64>> = HashMap::new();
    for (from, to) in pairs {
        map.entry(from).or_default().push(to);
    }
    map
}

/// Marks all that is not marked yet and can be reached, and adds each to `left` after all that it leads to.
fn walk(start: i64, next: &HashMap<i64, Vec<i64>>, marks: &mut HashMap<i64, i64>, mark: i64, left: &mut Vec<i64>) {
    if marks.contains_key(&start) {
        return;
    }
    marks.insert(start, mark);
    // A stack of our own: real hierarchies may be deeper than a thread's.
    let mut stack = vec![(start, 0)];
    while let Some((group, at)) = stack.last_mut() {
        match next.get(group).and_then(|all| all.get(*at)) {
            Some(other) => {
                *at += 1;
                if !marks.contains_key(other) {
                    marks.insert(*other, mark);
                    stack.push((*other, 0));
                }
            }
            None => {
                left.push(*group);
                stack.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(nestings: &[(i64, i64)], group: i64) -> (i64, bool) {
        let all = standings(nestings, &HashMap::new());
        let it = all.get(&group).copied().unwrap_or_default();
        (it.depth, it.in_cycle)
    }

    #[test]
    fn depth_is_the_longest_way_up() {
        let diamond = [(1, 2), (1, 3), (2, 4), (3, 4), (3, 5), (5, 4)];
        assert_eq!(standing(&diamond, 1), (0, false));
        assert_eq!(standing(&diamond, 4), (3, false));
        assert_eq!(standing(&diamond, 99), (0, false));
    }

    #[test]
    fn a_cycle_counts_as_one_group() {
        let loops = [(1, 2), (2, 3), (3, 2), (3, 4), (5, 6), (6, 5)];
        assert_eq!(standing(&loops, 2), (1, true));
        assert_eq!(standing(&loops, 3), (1, true));
        assert_eq!(standing(&loops, 4), (2, false));
        assert_eq!(standing(&loops, 5), (0, true));
    }

    #[test]
    fn a_part_goes_on_from_what_is_known() {
        let all = standings(&[(7, 8), (8, 9), (9, 8)], &HashMap::from([(7, 3)]));
        assert_eq!(
            all[&8],
            Standing {
                depth: 4,
                in_cycle: true
            }
        );
        assert_eq!(all[&9], all[&8]);
    }

    #[test]
    fn a_chain_may_be_deeper_than_the_stack() {
        let chain: Vec<(i64, i64)> = (0..200_000).map(|group| (group, group + 1)).collect();
        assert_eq!(standing(&chain, 200_000), (200_000, false));
    }
}
