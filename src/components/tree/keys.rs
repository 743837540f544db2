//! What a key means in a tree of groups.

use protocol::{TreePage, TreePlace, TreeRow};

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Go to this row.
    Move(u32),
    /// Open the group of the row.
    Expand,
    /// Close it.
    Collapse,
    /// Open it and all its siblings.
    Siblings,
    /// Go to the row that contains this one.
    Climb,
    /// Go to the next row whose name begins so.
    Seek(String),
    /// Choose the group; from a row that only refers to it, go to where it stands.
    Choose,
}

/// The row of this number, if it is on the page.
#[must_use]
pub fn row_of(page: &TreePage, place: u32) -> Option<&TreeRow> {
    page.rows.get(place.checked_sub(page.offset)? as usize)
}

/// What the key does on this row; `step` rows fit the window.
#[must_use]
pub fn act(key: &str, page: &TreePage, place: u32, step: u32) -> Option<Act> {
    let last = page.total.checked_sub(1)?;
    let row = row_of(page, place);
    let expanded = row.and_then(|row| row.expanded.filter(|_| row.place == TreePlace::Here));
    let to = match key {
        "ArrowDown" => place.saturating_add(1),
        "ArrowUp" => place.saturating_sub(1),
        "PageDown" => place.saturating_add(step),
        "PageUp" => place.saturating_sub(step),
        "Home" => 0,
        "End" => last,
        "ArrowRight" => return expanded.map(|open| if open { Act::Move(place + 1) } else { Act::Expand }),
        "ArrowLeft" => {
            return Some(if expanded == Some(true) {
                Act::Collapse
            } else {
                Act::Climb
            });
        }
        "Enter" | " " => return Some(Act::Choose),
        "*" => return Some(Act::Siblings),
        letter => return is_letter(letter).then(|| Act::Seek(letter.to_owned())),
    };
    Some(Act::Move(to.min(last)))
}

/// A letter, a digit, or a sign beyond ASCII, which is how a name may begin.
fn is_letter(key: &str) -> bool {
    let mut letters = key.chars();
    let first = letters.next().filter(|it| !it.is_ascii() || it.is_ascii_alphanumeric());
    first.is_some() && letters.next().is_none()
}

/// Where the search for the row that contains another has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Climb {
    /// Here it is.
    Found(u32),
    /// Above this page; this row is nearer to it.
    Further(u32),
    /// There is none.
    Top,
}

/// Looks above `place` for the first row of a lower level than `level`. What lies between siblings is skipped, so that
/// thousands of them take a few steps.
#[must_use]
pub fn climb(page: &TreePage, place: u32, level: u16) -> Climb {
    if level <= 1 {
        return Climb::Top;
    }
    let above = place.min(
        page.offset
            .saturating_add(u32::try_from(page.rows.len()).unwrap_or(u32::MAX)),
    );
    for place in (page.offset..above).rev() {
        if row_of(page, place).is_some_and(|row| row.level < level) {
            return Climb::Found(place);
        }
    }
    // Whatever siblings stand above a row, it has at least so many rows above it.
    let first = page.rows.first().filter(|row| row.level >= level);
    let skipped = first.map_or(1, |row| if row.level == level { row.position } else { 1 });
    page.offset.checked_sub(skipped).map_or(Climb::Top, Climb::Further)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, level: u16, expanded: Option<bool>, position: u32) -> TreeRow {
        TreeRow {
            name: name.to_owned(),
            level,
            expanded,
            position,
            ..TreeRow::default()
        }
    }

    fn page() -> TreePage {
        TreePage {
            offset: 10,
            total: 1_000,
            rows: vec![
                row("Alumni", 1, Some(true), 3),
                row("Berlin", 2, Some(false), 1),
                row("Basel", 2, None, 2),
                row("Contractors", 1, None, 4),
            ],
            ..TreePage::default()
        }
    }

    #[test]
    fn opens_then_enters_and_closes_then_leaves() {
        assert_eq!(act("ArrowRight", &page(), 11, 9), Some(Act::Expand));
        assert_eq!(act("ArrowRight", &page(), 10, 9), Some(Act::Move(11)));
        assert_eq!(act("ArrowRight", &page(), 12, 9), None);
        assert_eq!(act("ArrowLeft", &page(), 10, 9), Some(Act::Collapse));
        assert_eq!(act("ArrowLeft", &page(), 11, 9), Some(Act::Climb));
    }

    #[test]
    fn letters_lead_to_names() {
        assert_eq!(act("b", &page(), 10, 9), Some(Act::Seek("b".to_owned())));
        assert_eq!(act("7", &page(), 10, 9), Some(Act::Seek("7".to_owned())));
        assert_eq!(act("?", &page(), 10, 9), None);
        assert_eq!(act("Shift", &page(), 12, 9), None);
    }

    #[test]
    fn moves_exact_rows() {
        assert_eq!(act("End", &page(), 12, 9), Some(Act::Move(999)));
        assert_eq!(act("PageDown", &page(), 12, 9), Some(Act::Move(21)));
        assert_eq!(act("ArrowDown", &TreePage::default(), 0, 9), None);
    }

    #[test]
    fn climbs_beyond_the_page() {
        assert_eq!(climb(&page(), 12, 2), Climb::Found(10));
        assert_eq!(climb(&page(), 13, 1), Climb::Top);
        let mut far = page();
        far.offset = 5_000;
        far.rows.drain(..1);
        far.rows[0].position = 700;
        assert_eq!(climb(&far, 5_001, 2), Climb::Further(4_300));
        far.offset = 0;
        assert_eq!(climb(&far, 1, 2), Climb::Top);
    }
}
