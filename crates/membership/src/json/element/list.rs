//! The lists of an element: whom, or what, a group names.

use super::{Added, Field, Sink};
use crate::directory::{GroupKey, Named};
use crate::json::cursor::{Cursor, Value};
use crate::json::text::each;
use crate::lookup::BATCH;

impl<'s> Sink<'s, '_> {
    /// Tells whom, or what, a group names in a list. Cost: O(length).
    pub(super) fn ids(&mut self, group: GroupKey, named: Named, field: Field<'s>) -> Added {
        let name = match named {
            Named::Members => "members",
            Named::Managers => "managers",
            Named::Children => "children",
        };
        let list = match field.value {
            Value::Null => return Ok(()),
            // They stand on one line.
            Value::Integers(list) => {
                let (ids, place) = (list.get(1..list.len() - 1).unwrap_or_default(), self.place(field.at));
                return self.builder.name_all(group, named, ids, place);
            }
            Value::Texts(list) => return self.texts(group, named, list, field.at),
            Value::List(list) => list,
            _ => {
                self.refuse(name, field, "a list");
                return Ok(());
            }
        };
        let mut added = Ok(());
        // The text was checked when it was read, so that nothing can go wrong here.
        let read = Cursor::new(list, 0).list(|cursor| {
            let Field { at, value } = Field::read(cursor)?;
            let field = Field {
                at: field.at + at,
                value,
            };
            let place = self.place(field.at);
            match field.id() {
                Some(id) if added.is_ok() => added = self.builder.name(group, named, &id, place),
                Some(_) => {}
                None => self.refuse(name, field, "an id"),
            }
            Ok(())
        });
        debug_assert!(read.is_ok());
        added
    }

    /// Tells whom, or what, a group names in a list of plain texts, which stand on one line. Cost: O(length).
    #[inline(never)]
    fn texts(&mut self, group: GroupKey, named: Named, list: &str, at: usize) -> Added {
        let place = self.place(at);
        let mut all = each(list);
        loop {
            let (mut ids, mut count) = ([""; BATCH], 0);
            for (id, text) in ids.iter_mut().zip(&mut all) {
                *id = text;
                count += 1;
            }
            if count == 0 {
                return Ok(());
            }
            self.builder
                .name_some(group, named, ids.get(..count).unwrap_or(&ids), place)?;
        }
    }
}
