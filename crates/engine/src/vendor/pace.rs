//! How fast each list comes.

use provider::load::{Stage, StageProgress};

/// When the first items of each list came, and when the last did.
#[derive(Debug, Default)]
pub struct Paces(Vec<Pace>);

#[derive(Debug)]
struct Pace {
    stage: Stage,
    began: i64,
    last: i64,
    items: u64,
}

impl Paces {
    /// Takes how far the lists have come at a time, in milliseconds.
    pub fn note(&mut self, lists: &[StageProgress], now: i64) {
        for list in lists {
            match self.0.iter_mut().find(|pace| pace.stage == list.stage) {
                Some(pace) if pace.items != list.items => {
                    // Until the first items came, nothing was under way.
                    if pace.items == 0 {
                        pace.began = pace.last;
                    }
                    pace.last = now;
                    pace.items = list.items;
                }
                Some(pace) if pace.items == 0 => pace.last = now,
                Some(_) => {}
                None => self.0.push(Pace {
                    stage: list.stage,
                    began: now,
                    last: now,
                    items: list.items,
                }),
            }
        }
    }

    /// Items a second of a list, from just before the first came to when the last did.
    pub fn of(&self, stage: Stage) -> u32 {
        let pace = self.0.iter().find(|pace| pace.stage == stage);
        pace.map_or(0, |pace| {
            let millis = u64::try_from(pace.last - pace.began).unwrap_or_default().max(1);
            u32::try_from(pace.items * 1_000 / millis).unwrap_or(u32::MAX)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_that_of_the_time_in_which_items_came() {
        let users = |items| StageProgress {
            stage: Stage::Users,
            items,
            done: items,
            total: None,
        };
        let mut paces = Paces::default();
        assert_eq!(paces.of(Stage::Users), 0);
        paces.note(&[users(0)], 1_000);
        paces.note(&[users(0)], 5_000);
        paces.note(&[users(500)], 5_500);
        assert_eq!(paces.of(Stage::Users), 1_000);
        paces.note(&[users(500)], 60_000);
        assert_eq!(paces.of(Stage::Users), 1_000);
    }
}
