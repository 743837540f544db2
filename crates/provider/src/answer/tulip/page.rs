//! Pages of a list, which say where their neighbours are.

use super::Refusal;
use crate::answer::target::{Parameters, decode};
use membership::json::Json;

/// How many items a page has if nobody says.
const LIMIT: u32 = 100;

/// How many items a page has at the most.
const MOST: u32 = 1_000;

/// How far an offset reaches.
const FARTHEST: u32 = 2_147_483_647;

/// Which items of a list are asked for.
#[derive(Clone, Copy)]
pub(super) struct Page {
    /// How many of them.
    pub limit: u32,
    /// How many come before them.
    pub offset: u32,
}

impl Page {
    /// Reads `limit` and `offset`.
    ///
    /// # Errors
    /// If one of them is not a whole number in its range.
    pub fn read(parameters: &Parameters<'_>) -> Result<Self, Refusal> {
        let number = |name: &str, default: u32, most: u32| {
            let Some(text) = parameters.last(name) else {
                return Ok(default);
            };
            let digits = Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
            let value = digits.and_then(|digits| digits.parse().ok());
            value.filter(|value| *value <= most).ok_or_else(|| {
                Refusal::bad(format!(
                    "`{name}` must be a whole number from 0 to {most}, not `{text}`"
                ))
            })
        };
        Ok(Self {
            limit: number("limit", LIMIT, MOST)?,
            offset: number("offset", 0, FARTHEST)?,
        })
    }

    /// The body of a page out of so many items, which `items` writes, with its neighbours: the next one where items
    /// follow, and the one before, the last with items, where items precede. No items at all have no neighbours.
    pub fn body(self, url: &str, count: u32, items: &mut dyn FnMut(&mut Json)) -> String {
        let mut json = Json::default();
        json.object().key("items").list();
        items(&mut json);
        json.end_list().key("count").number(u64::from(count));
        let preceding = self.offset.min(count);
        if self.limit > 0 && count > self.limit.saturating_add(self.offset) {
            json.key("nextPage").text(&at(url, self.offset + self.limit));
        }
        if self.limit > 0 && preceding > 0 {
            json.key("prevPage")
                .text(&at(url, preceding.saturating_sub(self.limit)));
        }
        json.end();
        json.finish()
    }
}

/// The URL at another offset, every other parameter as it was written. It is as absolute as the one that was asked: of
/// a path alone nobody knows the instance but who asked.
fn at(url: &str, offset: u32) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let is_offset = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default();
        decode(name).is_ok_and(|name| name == "offset")
    };
    let mut moved = format!("{address}?");
    for pair in query.split('&').filter(|pair| !pair.is_empty() && !is_offset(pair)) {
        moved.push_str(pair);
        moved.push('&');
    }
    moved + "offset=" + &offset.to_string()
}
