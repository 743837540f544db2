//! Where a key leads in a grid of cells, as the pattern for grids has it.

use super::Place;

/// The cell that a key leads to from another, in a grid of so many rows and groups, of whose rows a page can be seen; none
/// where the key means nothing. Behind the groups stands one column more.
pub fn step(key: &str, control: bool, is_mirrored: bool, now: Place, size: Place, page: u32) -> Option<Place> {
    let last = (size.0.checked_sub(1)?, size.1);
    let (row, column) = now;
    let back = (row, column.saturating_sub(1));
    let on = (row, column + 1);
    let next = match key {
        "ArrowUp" => (row.saturating_sub(1), column),
        "ArrowDown" => (row + 1, column),
        "ArrowLeft" if is_mirrored => on,
        "ArrowRight" if is_mirrored => back,
        "ArrowLeft" => back,
        "ArrowRight" => on,
        "PageUp" => (row.saturating_sub(page), column),
        "PageDown" => (row.saturating_add(page), column),
        "Home" if control => (0, 0),
        "End" if control => last,
        "Home" => (row, 0),
        "End" => (row, last.1),
        _ => return None,
    };
    Some((next.0.min(last.0), next.1.min(last.1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(key: &str, now: Place) -> Option<Place> {
        step(key, false, false, now, (100, 20), 10)
    }

    #[test]
    fn moves_within_the_grid() {
        assert_eq!(at("ArrowRight", (5, 19)), Some((5, 20)));
        assert_eq!(at("ArrowRight", (5, 20)), Some((5, 20)));
        assert_eq!(at("ArrowUp", (0, 3)), Some((0, 3)));
        assert_eq!(at("PageDown", (95, 3)), Some((99, 3)));
        assert_eq!(at("End", (5, 3)), Some((5, 20)));
        assert_eq!(step("End", true, false, (5, 3), (100, 20), 10), Some((99, 20)));
        assert_eq!(step("Home", true, false, (5, 3), (100, 20), 10), Some((0, 0)));
        assert_eq!(at("x", (5, 3)), None);
    }

    #[test]
    fn right_is_back_from_right_to_left() {
        assert_eq!(step("ArrowRight", false, true, (5, 3), (100, 20), 10), Some((5, 2)));
        assert_eq!(step("ArrowLeft", false, true, (5, 3), (100, 20), 10), Some((5, 4)));
    }

    #[test]
    fn does_nothing_where_nothing_is() {
        assert_eq!(step("ArrowDown", false, false, (0, 0), (0, 5), 10), None);
    }
}
