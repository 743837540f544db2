//! The shape of an element: what stands around its values, which is nearly always what stood around those of the one before.

use super::Field;
use crate::entity::Status;
use crate::json::cursor::{Cursor, Read, Value};

/// How the last object was written. It is one of the same list of the same text, or forgotten.
#[derive(Default)]
pub(in crate::json) struct Shape {
    members: Vec<Member>,
    /// Where the last object stands that was read as a status, of which nothing was refused.
    pub(super) status: (usize, usize, Status),
}

/// A member of the last object, as places in the text.
struct Member {
    /// What stands before the value, from the value before on: a brace or a comma, the key and a colon.
    before: (usize, usize),
    /// Which of the names the key is; their number if it is none of them.
    name: usize,
    /// The value, if it is an object.
    object: (usize, usize),
}

impl Shape {
    /// Forgets the last object.
    pub fn forget(&mut self) {
        self.members.clear();
        self.status = Default::default();
    }

    /// Reads the object that comes next: the value of each name into its place, of two with one name the last. As long as it
    /// is written as the last one was, no key is read anew, nor an object within it that is the same.
    ///
    /// Cost: O(length).
    pub(super) fn read<'s>(&mut self, cursor: &mut Cursor<'s>, names: &[&str], fields: &mut [Field<'s>]) -> Read<()> {
        let mut known = 0;
        while let Some(member) = self.members.get_mut(known)
            && cursor.passes(member.before)
        {
            member.read(cursor, fields)?;
            known += 1;
        }
        self.members.truncate(known);
        loop {
            let start = cursor.at();
            let Some(key) = cursor.next_key(self.members.is_empty())? else {
                return Ok(());
            };
            let key = key.decode();
            cursor.peek();
            let mut member = Member {
                before: (start, cursor.at()),
                name: names.iter().position(|name| *name == key).unwrap_or(names.len()),
                object: (0, 0),
            };
            member.read(cursor, fields)?;
            self.members.push(member);
        }
    }
}

impl Member {
    /// Reads the value that comes next.
    fn read<'s>(&mut self, cursor: &mut Cursor<'s>, fields: &mut [Field<'s>]) -> Read<()> {
        let at = cursor.at();
        let is_same = self.object.0 < self.object.1 && cursor.passes(self.object);
        let value = if is_same {
            Value::Object(cursor.since(at))
        } else {
            cursor.value()?
        };
        if let Value::Object(_) = value {
            self.object = (at, cursor.at());
        }
        if let Some(field) = fields.get_mut(self.name) {
            *field = Field { at, value };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Field, Shape};
    use crate::json::cursor::{Cursor, Value};

    /// The values of `a` and `b` in the object at a place of a text and where it ends, or where that goes wrong and why.
    fn read<'s>(shape: &mut Shape, text: &'s str, at: usize) -> Result<(Vec<(usize, Value<'s>)>, usize), String> {
        let (mut cursor, mut fields) = (Cursor::new(text, at), [Field::default(); 2]);
        match shape.read(&mut cursor, &["a", "b"], &mut fields) {
            Ok(()) => Ok((fields.map(|field| (field.at, field.value)).to_vec(), cursor.at())),
            Err(fault) => Err(format!("{fault:?}")),
        }
    }

    fn object() -> impl Strategy<Value = String> {
        let value = r#"7|-?[0-9]{1,2}|true|null|"[ab]?"|"\\u0041"|\{\}|\{"a":[12]\}|\[[12]\]|"?"#;
        let member =
            (r#" ?"[abc]"|"\\u0061""#, "[: ]?:", value).prop_map(|(key, colon, value)| format!("{key}{colon}{value}"));
        let members = prop::collection::vec(member, 0..4);
        (members, "[ ,]?").prop_map(|(members, end)| format!("{{{}{end}}}", members.join(",")))
    }

    proptest! {
        #[test]
        fn an_object_is_read_as_if_it_were_the_first(
            objects in prop::collection::vec(object(), 1..4),
            order in prop::collection::vec(any::<prop::sample::Index>(), 1..12),
            end in any::<prop::sample::Index>(),
        ) {
            let order: Vec<_> = order.iter().map(|at| at.get(&objects).as_str()).collect();
            let whole = order.concat();
            let text = whole.get(..=end.index(whole.len())).unwrap_or(&whole);
            let (mut shape, mut at) = (Shape::default(), 0);
            for object in order {
                if at < text.len() {
                    prop_assert_eq!(read(&mut shape, text, at), read(&mut Shape::default(), text, at));
                }
                at += object.len();
            }
        }
    }
}
