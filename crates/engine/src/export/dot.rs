//! A hierarchy in Graphviz' language: a node for each group, an edge for each nesting, from what contains to what is
//! contained.

use super::{Origin, Place};

/// A group, with the groups that it contains.
pub struct Node<'a> {
    /// What tells it from all others.
    pub id: &'a str,
    /// What is written in it.
    pub label: &'a str,
    /// The ids of the groups nested right in it, and whether these contain it as well.
    pub children: Vec<(&'a str, bool)>,
}

/// The bytes of a piece; the first one opens the graph after its origin, and the last one closes it.
///
/// Edges may come before the nodes that they lead to: the language does not mind. Those within a cycle are dotted, as on
/// screen. Cost: O(bytes).
#[must_use]
pub fn dot(origin: &Origin<'_>, nodes: &[Node<'_>], place: Place) -> Vec<u8> {
    let mut out = String::new();
    if place.is_first {
        for (name, value) in origin {
            let value: String = value.chars().map(visible).collect();
            out.extend(["// ", name, ": ", &value, "\n"]);
        }
        out.push_str("digraph hierarchy {\n\trankdir=LR;\n\tnode [shape=box, style=rounded];\n");
    }
    for node in nodes {
        out.push('\t');
        quoted(node.id, false, &mut out);
        out.push_str(" [label=");
        quoted(node.label, true, &mut out);
        out.push_str("];\n");
        for (child, is_mutual) in &node.children {
            out.push('\t');
            quoted(node.id, false, &mut out);
            out.push_str(" -> ");
            quoted(child, false, &mut out);
            out.push_str(if *is_mutual { " [style=dotted];\n" } else { ";\n" });
        }
    }
    if place.is_last {
        out.push_str("}\n");
    }
    out.into_bytes()
}

/// A text as an identifier of the language.
///
/// Between quotes only a quote has to be escaped; but the language looks at the character before it alone, so a backslash
/// at the end would take the quote along. Two of them stay two in a name, and are drawn as one in a label. In labels an
/// ampersand begins an entity.
fn quoted(text: &str, is_label: bool, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '&' if is_label => out.push_str("&amp;"),
            letter => out.push(visible(letter)),
        }
    }
    out.push('"');
}

/// What cannot be drawn becomes a blank; some of it would end the text.
fn visible(letter: char) -> char {
    if letter.is_control() { ' ' } else { letter }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WHOLE: Place = Place {
        is_first: true,
        is_last: true,
    };

    /// What a graph says: labels by node, and edges.
    #[derive(Debug, Default, PartialEq)]
    struct Graph {
        nodes: Vec<(String, String)>,
        edges: Vec<(String, String, bool)>,
    }

    /// A token of <https://graphviz.org/doc/info/lang.html>.
    #[derive(Clone, Debug, PartialEq)]
    enum Token {
        Id(String),
        Sign(&'static str),
    }

    const SIGNS: [&str; 8] = ["->", "{", "}", "[", "]", "=", ";", ","];

    fn tokens(text: &str) -> Vec<Token> {
        let (mut tokens, mut rest) = (Vec::new(), text);
        loop {
            rest = rest.trim_start();
            if let Some(comment) = rest.strip_prefix("//") {
                rest = &comment[comment.find('\n').expect("a comment ends")..];
            } else if let Some(quoted) = rest.strip_prefix('"') {
                let (id, behind) = quoted_string(quoted);
                tokens.push(Token::Id(id));
                rest = behind;
            } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
                tokens.push(Token::Sign(sign));
                rest = &rest[sign.len()..];
            } else if rest.is_empty() {
                return tokens;
            } else {
                let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
                let (id, behind) = rest.split_at(end.unwrap_or(rest.len()));
                assert!(
                    !id.is_empty() && !id.starts_with(|letter: char| letter.is_ascii_digit()),
                    "{rest}"
                );
                tokens.push(Token::Id(id.to_owned()));
                rest = behind;
            }
        }
    }

    /// The scanner's rules for a double-quoted string: `\"` is a quote, `\\` and any other pair stay as they are.
    fn quoted_string(text: &str) -> (String, &str) {
        let mut id = String::new();
        let mut letters = text.char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => return (id, &text[at + 1..]),
                '\\' => match letters.next().expect("a string ends").1 {
                    '"' => id.push('"'),
                    other => id.extend(['\\', other]),
                },
                letter => id.push(letter),
            }
        }
        panic!("a string has no end: {text}");
    }

    /// The grammar: `digraph ID { stmt* }`, where a statement is `ID = ID`, a node or an edge with attributes.
    fn parse(text: &str) -> Graph {
        let tokens = tokens(text);
        let mut tokens = tokens.iter().peekable();
        let mut graph = Graph::default();
        assert_eq!(tokens.next(), Some(&Token::Id("digraph".to_owned())));
        assert!(matches!(tokens.next(), Some(Token::Id(_))));
        assert_eq!(tokens.next(), Some(&Token::Sign("{")));
        loop {
            let first = match tokens.next().expect("a graph ends") {
                Token::Sign("}") => break,
                Token::Id(id) => id.clone(),
                other => panic!("no statement begins with {other:?}"),
            };
            let mut second = None;
            if tokens.next_if_eq(&&Token::Sign("=")).is_some() {
                assert!(matches!(tokens.next(), Some(Token::Id(_))));
            } else {
                if tokens.next_if_eq(&&Token::Sign("->")).is_some() {
                    let Some(Token::Id(id)) = tokens.next() else {
                        panic!("an edge leads nowhere")
                    };
                    second = Some(id.clone());
                }
                let mut attributes = Vec::new();
                if tokens.next_if_eq(&&Token::Sign("[")).is_some() {
                    while tokens.next_if_eq(&&Token::Sign("]")).is_none() {
                        let Some(Token::Id(name)) = tokens.next() else {
                            panic!("no attribute")
                        };
                        assert_eq!(tokens.next(), Some(&Token::Sign("=")));
                        let Some(Token::Id(value)) = tokens.next() else {
                            panic!("no value")
                        };
                        attributes.push((name.as_str(), value.as_str()));
                        let _ = tokens.next_if_eq(&&Token::Sign(","));
                    }
                }
                let value = |wanted| {
                    attributes
                        .iter()
                        .find(|(name, _)| *name == wanted)
                        .map(|(_, value)| *value)
                };
                match (second, value("label")) {
                    (Some(second), None) => graph.edges.push((first, second, value("style") == Some("dotted"))),
                    (None, Some(label)) => graph.nodes.push((first, label.to_owned())),
                    (None, None) => assert_eq!(first, "node"),
                    (Some(_), Some(_)) => panic!("an edge has no label"),
                }
            }
            assert_eq!(tokens.next(), Some(&Token::Sign(";")));
        }
        assert_eq!(tokens.next(), None, "nothing stands behind the graph");
        graph
    }

    /// What is drawn for a label: an escape of its letter, an entity of its character.
    fn drawn(label: &str) -> String {
        label.replace("\\\\", "\\").replace("&amp;", "&")
    }

    #[test]
    fn a_cycle_is_dotted_and_names_are_no_program() {
        let node = |id, label, children| Node { id, label, children };
        let nodes = [
            node("a", "R&amp;D \"x\"\n}", vec![("b\\", true)]),
            node("b\\", "-> [b]; // \\", vec![("a", true), ("a\"", false)]),
        ];
        let first = Place {
            is_first: true,
            is_last: false,
        };
        let last = Place {
            is_first: false,
            is_last: true,
        };
        let origin = [("source", "a\nfile }")];
        let text = [dot(&origin, &nodes[..1], first), dot(&origin, &nodes[1..], last)].concat();
        let graph = parse(&String::from_utf8(text).expect("UTF-8"));
        let edge = |from: &str, to: &str, is_dotted| (from.to_owned(), to.to_owned(), is_dotted);
        assert_eq!(
            graph.edges,
            [
                edge("a", "b\\\\", true),
                edge("b\\\\", "a", true),
                edge("b\\\\", "a\"", false)
            ]
        );
        assert_eq!(drawn(&graph.nodes[0].1), "R&amp;D \"x\" }");
        assert_eq!(drawn(&graph.nodes[1].1), "-> [b]; // \\");
    }

    proptest! {
        #[test]
        fn any_hierarchy_is_read_back(
            groups in proptest::collection::btree_map("[a\"\\\\&;\\-> ]{1,6}", ".{0,8}", 1..8),
            nested in proptest::collection::vec((0..8_usize, 0..8_usize, any::<bool>()), 0..12),
        ) {
            let groups: Vec<(&str, &str)> = groups.iter().map(|(id, label)| (id.as_str(), label.as_str())).collect();
            let child = |at: usize| groups[at % groups.len()].0;
            let nodes: Vec<Node<'_>> = groups.iter().enumerate().map(|(at, (id, label))| Node {
                id,
                label,
                children: nested.iter().filter(|edge| edge.0 == at).map(|edge| (child(edge.1), edge.2)).collect(),
            }).collect();
            let graph = parse(&String::from_utf8(dot(&[], &nodes, WHOLE)).expect("UTF-8"));
            let name = |id: &str| id.replace('\\', "\\\\");
            let edges: Vec<_> = nodes.iter().flat_map(|node| {
                node.children.iter().map(|(child, dotted)| (name(node.id), name(child), *dotted))
            }).collect();
            prop_assert_eq!(graph.edges, edges);
            prop_assert_eq!(graph.nodes.len(), groups.len());
            for ((id, label), (read_id, read_label)) in groups.iter().zip(&graph.nodes) {
                prop_assert_eq!(&name(id), read_id);
                let label: String = label.chars().map(visible).collect();
                // Pair by pair from the left, as the language does.
                prop_assert_eq!(read_label.replace("&amp;", "&").replace("\\\\", "\\"), label);
            }
        }
    }
}
