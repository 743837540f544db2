//! What the picture of a group's hierarchy shows, in words.

use protocol::{Picture, PictureNode, PictureRelation};

use crate::components::number::number;
use crate::words::{self, counted, counted_with, fill, key, say};

/// What is said of a picture, and how one moves in it.
pub trait Facts {
    /// The groups that a group contains, and whether each leads back; places in `nodes`.
    fn children(&self, node: usize) -> impl Iterator<Item = (usize, bool)>;
    /// The groups that contain a group, and whether each is led back from; places in `nodes`.
    fn parents(&self, node: usize) -> impl Iterator<Item = (usize, bool)>;
    /// The picture in a sentence.
    fn title(&self) -> String;
    /// What is said of a group where it cannot be seen.
    fn label(&self, node: usize) -> String;
    /// The picture in words: a sentence for each group that contains others, and one for the user.
    fn sentences(&self) -> Vec<String>;
}

impl Facts for Picture {
    fn children(&self, node: usize) -> impl Iterator<Item = (usize, bool)> {
        let edges = self.edges.iter().filter(move |edge| edge.parent as usize == node);
        edges.map(|edge| (edge.child as usize, edge.closes_cycle))
    }

    fn parents(&self, node: usize) -> impl Iterator<Item = (usize, bool)> {
        let edges = self.edges.iter().filter(move |edge| edge.child as usize == node);
        edges.map(|edge| (edge.parent as usize, edge.closes_cycle))
    }

    fn title(&self) -> String {
        let groups = counted("{0} group|{0} groups", self.nodes.len() as u64);
        let groups = match self.rest {
            0 => groups,
            rest => fill("{0}, {1} more not shown", &[&groups, &number(rest)]),
        };
        fill("{0}. Groups at the start contain those towards the end.", &[&groups])
    }

    fn label(&self, node: usize) -> String {
        let of = &self.nodes[node];
        let parents = self.parents(node).count() as u32 + of.more_parents;
        let children = self.children(node).count() as u32 + of.more_children;
        let groups = |count: u32| counted("{0} group|{0} groups", count.into());
        let mut text = vec![
            [&of.name, "."].concat(),
            counted_with(
                "{0} user, {1} direct.|{0} users, {1} direct.",
                of.total.into(),
                &[&number(of.direct)],
            ),
            match (parents, children) {
                (0, 0) => say("In no group, contains no group.").to_owned(),
                (0, children) => fill("In no group, contains {0}.", &[&groups(children)]),
                (parents, 0) => fill("In {0}, contains no group.", &[&groups(parents)]),
                (parents, children) => fill("In {0}, contains {1}.", &[&groups(parents), &groups(children)]),
            },
        ];
        if let Some(user) = &self.user {
            let message = match of.relation {
                PictureRelation::None => key("{0} is not in it."),
                PictureRelation::Direct => key("{0} is a direct member."),
                PictureRelation::Inherited => key("{0} is in it through nesting."),
            };
            text.push(fill(message, &[&user.name]));
        }
        if of.in_cycle {
            text.push(say("Part of a cycle.").to_owned());
        }
        if of.has_manager {
            text.push(say("Has managers.").to_owned());
        }
        text.join(" ")
    }

    fn sentences(&self) -> Vec<String> {
        let of = |(place, node): (usize, &PictureNode)| {
            let names = self.children(place).map(|(child, _)| self.nodes[child].name.clone());
            let contains = list(names.collect(), node.more_children)?;
            Some(fill("{0} contains {1}.", &[&node.name, &contains]))
        };
        let mut sentences: Vec<String> = self.nodes.iter().enumerate().filter_map(of).collect();
        if let Some(user) = &self.user {
            let names = user
                .groups
                .iter()
                .map(|(node, _)| self.nodes[*node as usize].name.clone());
            let named = list(names.collect(), user.elsewhere).unwrap_or_else(|| say("no group").to_owned());
            sentences.push(fill("{0} is a direct member of {1}.", &[&user.name, &named]));
        }
        sentences
    }
}

/// Names, and how many more: `Paris, Rome and 3 more`; none of nothing.
fn list(mut names: Vec<String>, more: u32) -> Option<String> {
    if more > 0 {
        let message = match names.is_empty() {
            true => key("{0} not shown"),
            false => key("{0} more"),
        };
        names.push(fill(message, &[&number(more)]));
    }
    (!names.is_empty()).then(|| words::list(&names))
}

#[cfg(test)]
mod tests {
    use protocol::{PictureEdge, PictureUser};

    use super::*;

    fn named(name: &str) -> PictureNode {
        PictureNode {
            name: name.into(),
            total: 1,
            ..PictureNode::default()
        }
    }

    #[test]
    fn says_what_is_there_and_what_is_not() {
        let edge = |parent, child| PictureEdge {
            parent,
            child,
            ..PictureEdge::default()
        };
        let picture = Picture {
            nodes: vec![
                PictureNode {
                    more_children: 3,
                    has_manager: true,
                    ..named("Top")
                },
                PictureNode {
                    relation: PictureRelation::Direct,
                    in_cycle: true,
                    more_parents: 1,
                    ..named("Low")
                },
                named("Out"),
            ],
            edges: vec![edge(0, 1)],
            rest: 41,
            user: Some(PictureUser {
                name: "ada".into(),
                groups: vec![(1, Vec::new())],
                ..PictureUser::default()
            }),
            ..Picture::default()
        };
        assert!(picture.title().starts_with("3 groups, 41 more not shown."));
        assert_eq!(
            picture.label(1),
            "Low. 1 user, 0 direct. In 2 groups, contains no group. ada is a direct member. Part of a cycle."
        );
        assert_eq!(
            picture.label(0),
            "Top. 1 user, 0 direct. In no group, contains 4 groups. ada is not in it. Has managers."
        );
        let told = ["Top contains Low and 3 more.", "ada is a direct member of Low."];
        assert_eq!(picture.sentences(), told);
    }

    #[test]
    fn lists_read_as_people_write_them() {
        let names = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(list(names("a b c"), 0).as_deref(), Some("a, b and c"));
        assert_eq!(list(names("a"), 0).as_deref(), Some("a"));
        assert_eq!(list(names(""), 1_200).as_deref(), Some("1,200 not shown"));
        assert_eq!(list(names(""), 0), None);
    }
}
