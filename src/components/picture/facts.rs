//! What the picture of a group's hierarchy shows, in words.

use protocol::{Picture, PictureNode, PictureRelation};

use crate::components::number::number;

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
        let rest = match self.rest {
            0 => String::new(),
            rest => [", ", &number(rest), " more not shown"].concat(),
        };
        [
            &groups(self.nodes.len() as u32),
            &rest,
            ". Groups at the start contain those towards the end.",
        ]
        .concat()
    }

    fn label(&self, node: usize) -> String {
        let of = &self.nodes[node];
        let parents = self.parents(node).count() as u32 + of.more_parents;
        let children = self.children(node).count() as u32 + of.more_children;
        let users = if of.total == 1 { " user, " } else { " users, " };
        let mut text = [
            &of.name,
            ". ",
            &number(of.total),
            users,
            &number(of.direct),
            " direct. ",
        ]
        .concat();
        text += &match parents {
            0 => "In no group".to_owned(),
            parents => "In ".to_owned() + &groups(parents),
        };
        text += &match children {
            0 => ", contains no group.".to_owned(),
            children => [", contains ", &groups(children), "."].concat(),
        };
        if let Some(user) = &self.user {
            let is = match of.relation {
                PictureRelation::None => " is not in it.",
                PictureRelation::Direct => " is a direct member.",
                PictureRelation::Inherited => " is in it through nesting.",
            };
            text += &[" ", &user.name, is].concat();
        }
        if of.in_cycle {
            text += " Part of a cycle.";
        }
        if of.has_manager {
            text += " Has managers.";
        }
        text
    }

    fn sentences(&self) -> Vec<String> {
        let of = |(place, node): (usize, &PictureNode)| {
            let names = self.children(place).map(|(child, _)| self.nodes[child].name.clone());
            let contains = list(names.collect(), node.more_children)?;
            Some([&node.name, " contains ", &contains, "."].concat())
        };
        let mut sentences: Vec<String> = self.nodes.iter().enumerate().filter_map(of).collect();
        if let Some(user) = &self.user {
            let names = user
                .groups
                .iter()
                .map(|(node, _)| self.nodes[*node as usize].name.clone());
            let named = list(names.collect(), user.elsewhere).unwrap_or_else(|| "no group".to_owned());
            sentences.push([&user.name, " is a direct member of ", &named, "."].concat());
        }
        sentences
    }
}

fn groups(count: u32) -> String {
    number(count) + if count == 1 { " group" } else { " groups" }
}

/// Names, and how many more: `Paris, Rome and 3 more`; none of nothing.
fn list(mut names: Vec<String>, more: u32) -> Option<String> {
    if more > 0 {
        names.push(number(more) + if names.is_empty() { " not shown" } else { " more" });
    }
    let last = names.pop()?;
    if names.is_empty() {
        return Some(last);
    }
    Some([&names.join(", "), " and ", &last].concat())
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
