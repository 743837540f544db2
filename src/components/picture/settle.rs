//! How high things stand in their layers: near what they are joined to, in their order, and apart.

/// Rounds to the end and back; after these nothing moves that one could see.
const ROUNDS: usize = 12;
/// The least room between two things of a layer, in pixels.
const GAP: f64 = 9.0;

/// A thing in a layer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Its middle, in pixels.
    pub y: f64,
    /// How far it reaches up from there.
    pub up: f64,
    /// How far it reaches down.
    pub down: f64,
    /// How hard it is to move.
    pub weight: f64,
}

/// Moves the items of each layer, told from the top down, to where those that they are joined to in the layers beside
/// are on average, as near as order and room allow. `joints` are pairs of an item and one in the next layer.
///
/// Cost: O(24 · (items + joints)).
pub(super) fn settle(items: &mut [Item], layers: &[Vec<usize>], joints: &[(usize, usize)]) {
    let mut before = vec![Vec::new(); items.len()];
    let mut behind = vec![Vec::new(); items.len()];
    for (left, right) in joints {
        before[*right].push(*left);
        behind[*left].push(*right);
    }
    for layer in layers {
        place(items, layer, |_, _| 0.0);
    }
    for _ in 0..ROUNDS {
        for layer in layers {
            place(items, layer, |items, item| mean(items, item, &before[item]));
        }
        for layer in layers.iter().rev() {
            place(items, layer, |items, item| mean(items, item, &behind[item]));
        }
    }
}

/// Where the neighbours are on average; without any, where the item is.
fn mean(items: &[Item], item: usize, neighbours: &[usize]) -> f64 {
    if neighbours.is_empty() {
        return items[item].y;
    }
    neighbours.iter().map(|other| items[*other].y).sum::<f64>() / neighbours.len() as f64
}

/// Items that stand as close as they may.
struct Block {
    /// Where the first one would stand, times weight.
    sum: f64,
    weight: f64,
    count: usize,
}

/// Puts each item of a layer where it wishes to be, as nearly (in least squares) as order and room allow: those that
/// would overlap form a block that stands where all of it wishes on average.
fn place(items: &mut [Item], layer: &[usize], wish: impl Fn(&[Item], usize) -> f64) {
    let mut blocks: Vec<Block> = Vec::new();
    // How far each item is from the first, when all stand as close as they may.
    let mut offsets = Vec::with_capacity(layer.len());
    for (place, item) in layer.iter().enumerate() {
        let Item { up, weight, .. } = items[*item];
        let offset = match place {
            0 => 0.0,
            _ => offsets[place - 1] + items[layer[place - 1]].down + GAP + up,
        };
        offsets.push(offset);
        let mut block = Block {
            sum: weight * (wish(items, *item) - offset),
            weight,
            count: 1,
        };
        while let Some(above) = blocks.pop_if(|above| above.sum * block.weight > block.sum * above.weight) {
            block.sum += above.sum;
            block.weight += above.weight;
            block.count += above.count;
        }
        blocks.push(block);
    }
    let mut next = 0;
    for block in blocks {
        for place in next..next + block.count {
            items[layer[place]].y = block.sum / block.weight + offsets[place];
        }
        next += block.count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(y: f64) -> Item {
        Item {
            y,
            up: 20.0,
            down: 20.0,
            weight: 1.0,
        }
    }

    fn placed(wishes: &[f64]) -> Vec<f64> {
        let mut items: Vec<Item> = wishes.iter().copied().map(item).collect();
        let layer: Vec<usize> = (0..items.len()).collect();
        place(&mut items, &layer, |items, item| items[item].y);
        items.iter().map(|item| item.y).collect()
    }

    #[test]
    fn wishes_are_kept_where_there_is_room() {
        assert_eq!(placed(&[0.0, 100.0, 149.0]), [0.0, 100.0, 149.0]);
    }

    #[test]
    fn who_would_overlap_meets_in_the_middle() {
        assert_eq!(placed(&[0.0, 0.0]), [-24.5, 24.5]);
        assert_eq!(placed(&[100.0, 0.0, 300.0]), [25.5, 74.5, 300.0]);
    }

    #[test]
    fn a_parent_stands_in_the_middle_of_its_children() {
        let mut items = vec![item(0.0); 4];
        settle(&mut items, &[vec![0], vec![1, 2, 3]], &[(0, 1), (0, 2), (0, 3)]);
        assert_eq!(items[0].y, items[2].y);
        assert_eq!(items[3].y - items[1].y, 98.0);
    }
}
