//! What a key means in a grid.

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Go to this row.
    Move(u32),
    /// Go to this row, and pick all from where the picking began.
    Extend(u32),
    /// Pick this row, or let go of it.
    Toggle,
    /// Pick all that match.
    All,
    /// Pick none.
    Clear,
    /// Open this row.
    Open,
    /// Go to what can be pressed within the row, forwards or backwards.
    Within(bool),
}

/// The keys that are held down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Control, or Command on a Mac.
    pub control: bool,
    /// Shift.
    pub shift: bool,
}

/// What the key does on this row of so many, of which a page fits the window.
#[must_use]
pub fn act(key: &str, held: Held, row: u32, rows: u32, page: u32) -> Option<Act> {
    let last = rows.checked_sub(1)?;
    let to = match key {
        "ArrowDown" => row.saturating_add(1),
        "ArrowUp" => row.saturating_sub(1),
        "PageDown" => row.saturating_add(page),
        "PageUp" => row.saturating_sub(page),
        "Home" => 0,
        "End" => last,
        " " => return Some(Act::Toggle),
        "a" | "A" if held.control => return Some(Act::All),
        "Escape" => return Some(Act::Clear),
        "Enter" => return Some(Act::Open),
        "ArrowRight" => return Some(Act::Within(true)),
        "ArrowLeft" => return Some(Act::Within(false)),
        _ => return None,
    };
    let to = to.min(last);
    Some(if held.shift { Act::Extend(to) } else { Act::Move(to) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLION: u32 = 1_000_000;

    fn at(row: u32, key: &str) -> Option<Act> {
        act(key, Held::default(), row, MILLION, 20)
    }

    #[test]
    fn moves_exact_rows() {
        assert_eq!(at(499_999, "ArrowDown"), Some(Act::Move(500_000)));
        assert_eq!(at(0, "ArrowUp"), Some(Act::Move(0)));
        assert_eq!(at(5, "PageDown"), Some(Act::Move(25)));
        assert_eq!(at(5, "PageUp"), Some(Act::Move(0)));
        assert_eq!(at(MILLION - 2, "PageDown"), Some(Act::Move(MILLION - 1)));
        assert_eq!(at(5, "End"), Some(Act::Move(MILLION - 1)));
        assert_eq!(at(5, "Home"), Some(Act::Move(0)));
    }

    #[test]
    fn picks() {
        let held = Held {
            shift: true,
            ..Held::default()
        };
        assert_eq!(act("ArrowDown", held, 5, MILLION, 20), Some(Act::Extend(6)));
        assert_eq!(at(5, " "), Some(Act::Toggle));
        assert_eq!(at(5, "a"), None);
        let held = Held {
            control: true,
            ..Held::default()
        };
        assert_eq!(act("a", held, 5, MILLION, 20), Some(Act::All));
    }

    #[test]
    fn does_nothing_where_nothing_is() {
        assert_eq!(act("ArrowDown", Held::default(), 0, 0, 20), None);
        assert_eq!(at(5, "x"), None);
    }
}
