//! Pages of a list, which say where their neighbours are.

use serde_json::{Value, json};

use super::Call;
use super::refusal::Refusal;
use crate::store::Scope;
use crate::target::{Target, decode};

/// The items of a page, where nothing is asked.
const LIMIT: i64 = 100;
/// The most items of a page.
const MOST: i64 = 1_000;
/// The farthest that can be asked for.
const FARTHEST: i64 = 2_147_483_647;

/// Reads `limit` and `offset`.
///
/// # Errors
/// If one of them is not a whole number in its range; an empty one is none.
pub(super) fn read(target: &Target<'_>) -> Result<Scope, Refusal> {
    let number = |name: &str, default: i64, most: i64| {
        let Some(text) = target.last(name) else {
            return Ok(default);
        };
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.then(|| text.parse().ok()).flatten();
        number
            .filter(|number| *number <= most)
            .ok_or_else(|| Refusal::wrong(format!("`{name}` must be a whole number from 0 to {most}")))
    };
    Ok(Scope {
        limit: number("limit", LIMIT, MOST)?,
        offset: number("offset", 0, FARTHEST)?,
    })
}

/// The envelope of a page out of so many items: with the next page where items follow, and where items precede the one
/// before, or the last that has items. A page of no items has no neighbours.
pub(super) fn body(call: &Call<'_>, scope: Scope, total: i64, items: &[Value]) -> Value {
    let mut body = json!({"items": items, "count": total});
    let preceding = scope.offset.min(total);
    if scope.limit > 0 && scope.offset + scope.limit < total {
        body["nextPage"] = json!(address(call, scope.offset + scope.limit));
    }
    if scope.limit > 0 && preceding > 0 {
        body["prevPage"] = json!(address(call, (preceding - scope.limit).max(0)));
    }
    body
}

/// The address of the page at another offset, every other parameter as it was written.
fn address(call: &Call<'_>, offset: i64) -> String {
    let is_offset = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        decode(name).is_ok_and(|name| name == "offset")
    };
    let pairs = call
        .query
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty());
    let kept: String = pairs
        .filter(|pair| !is_offset(pair))
        .map(|pair| format!("{pair}&"))
        .collect();
    format!("{}{}?{kept}offset={offset}", call.origin, call.path)
}
