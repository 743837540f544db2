//! Questions that wait: a newer one of the same topic overtakes an older one, which is then never answered.

use protocol::{HierarchyListQuestion, Kind, Topic, TreeQuestion};

/// Questions in the order in which they are to be answered.
#[derive(Debug, Default)]
pub struct Queue(Vec<Waiting>);

/// A question that waits.
#[derive(Debug, PartialEq)]
pub struct Waiting {
    /// The console's running number.
    pub number: u32,
    /// What a newer question overtakes.
    pub topic: Topic,
    /// What kind of question it is.
    pub kind: Kind,
    /// The question as bytes.
    pub question: Vec<u8>,
}

impl Queue {
    /// Adds a question at the end; one of the same topic that waits is dropped, unless it changes what is open in the
    /// tree: then it is answered, and the console drops the answer.
    pub fn push(&mut self, waiting: Waiting) {
        self.0.retain(|older| older.topic != waiting.topic || older.is_change());
        self.0.push(waiting);
    }

    /// Takes the next question.
    pub fn pop(&mut self) -> Option<Waiting> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// Whether nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Waiting {
    /// Whether it changes what is open in a tree.
    #[must_use]
    pub fn is_change(&self) -> bool {
        let tree = match self.kind {
            Kind::Tree => protocol::from_bytes::<TreeQuestion>(&self.question).ok(),
            Kind::HierarchyList => {
                let list = protocol::from_bytes::<HierarchyListQuestion>(&self.question);
                list.ok().map(|list| list.tree)
            }
            _ => None,
        };
        tree.is_some_and(|tree| tree.change.is_some())
    }
}

#[cfg(test)]
mod tests {
    use protocol::TreeChange;

    use super::*;

    fn waiting(number: u32, topic: Topic) -> Waiting {
        Waiting {
            number,
            topic,
            kind: Kind::Group,
            question: Vec::new(),
        }
    }

    #[test]
    fn a_newer_question_of_the_same_topic_overtakes() {
        let mut queue = Queue::default();
        queue.push(waiting(1, Topic::Users));
        queue.push(waiting(2, Topic::Tree));
        queue.push(waiting(3, Topic::Users));
        let numbers: Vec<u32> = std::iter::from_fn(|| queue.pop()).map(|next| next.number).collect();
        assert_eq!(numbers, [2, 3]);
        assert!(queue.is_empty());
    }

    #[test]
    fn a_change_of_the_tree_is_never_dropped() {
        let tree = |number, change| {
            let question = TreeQuestion {
                change,
                ..TreeQuestion::default()
            };
            Waiting {
                number,
                topic: Topic::Tree,
                kind: Kind::Tree,
                question: protocol::to_bytes(&question),
            }
        };
        let mut queue = Queue::default();
        queue.push(tree(1, Some(TreeChange::Open("g1".to_owned()))));
        queue.push(tree(2, None));
        queue.push(tree(3, None));
        let numbers: Vec<u32> = std::iter::from_fn(|| queue.pop()).map(|next| next.number).collect();
        assert_eq!(numbers, [1, 3]);
    }
}
