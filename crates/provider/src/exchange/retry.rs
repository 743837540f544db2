//! Answers that are none: what each means, and how long to wait before asking again.

use serde_json::Value;

use crate::connection::{Incoming, System};
use crate::error::ProviderError;

/// The first pause, in milliseconds; each next one is twice as long.
const FIRST: i64 = 500;
/// No pause of ours is longer.
const LONGEST: i64 = 60_000;
/// No pause that a server wishes for is kept for longer than ten minutes without asking again.
const PATIENCE: i64 = 600_000;
/// How much of a server's own words is told, in characters.
const WORDS: usize = 200;

/// The body of an answer, or why there is none.
pub fn judge(system: System, answer: &Incoming, now: i64) -> Result<Value, ProviderError> {
    match answer.status {
        200..=299 => read(answer),
        401 => Err(ProviderError::SignIn),
        // Passbolt told 403 of nobody's being signed in until 2021; whoever is may read every list.
        403 if system == System::Passbolt => Err(ProviderError::SignIn),
        403 => Err(ProviderError::Forbidden),
        404 => Err(ProviderError::Missing),
        429 | 500..=599 => Err(ProviderError::Busy {
            retry_after: answer.retry_after.as_deref().and_then(|text| retry_after(text, now)),
        }),
        300..=399 | 0 => Err(ProviderError::Refused {
            reason: "it sends the question to another place, where no credentials are sent".to_owned(),
        }),
        status => Err(ProviderError::Refused {
            reason: words(status, &answer.body),
        }),
    }
}

/// Yes or no, as an answer without a body says it by its status, or why it says neither.
pub fn judge_head(system: System, answer: &Incoming, now: i64) -> Result<Value, ProviderError> {
    match answer.status {
        200..=299 => Ok(Value::Bool(true)),
        404 => Ok(Value::Bool(false)),
        _ => judge(system, answer, now),
    }
}

/// How long to wait after so many tries, in milliseconds: growing, and with chance, so that clients spread; never less than
/// the server wishes.
pub fn pause(tries: u32, error: &ProviderError, chance: f64) -> i64 {
    let longest = FIRST.saturating_mul(1 << tries.saturating_sub(1).min(10)).min(LONGEST);
    let ours = longest / 2 + (longest as f64 / 2.0 * chance.clamp(0.0, 1.0)) as i64;
    match error {
        ProviderError::Busy {
            retry_after: Some(wish),
        } => ours.max((*wish).clamp(0, PATIENCE)),
        _ => ours,
    }
}

fn read(answer: &Incoming) -> Result<Value, ProviderError> {
    let unreadable = |what: String| Err(ProviderError::Unreadable { what });
    let start = answer.body.iter().find(|byte| !byte.is_ascii_whitespace());
    if start == Some(&b'<') {
        return unreadable("it is a web page, not JSON".to_owned());
    }
    match serde_json::from_slice(&answer.body) {
        Ok(value) => Ok(value),
        Err(error) if error.is_eof() => unreadable(format!("it ends after {} bytes, in the middle", answer.body.len())),
        Err(error) => unreadable(format!("it is no JSON: {error}")),
    }
}

/// What a server says about a refusal: the message of whichever envelope it has.
fn words(status: u16, body: &[u8]) -> String {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let message = value.get("message").or_else(|| value.get("header")?.get("message"));
    match message.and_then(Value::as_str).or_else(|| value.get("error")?.as_str()) {
        Some(words) => format!("{status}, {}", words.chars().take(WORDS).collect::<String>()),
        None => status.to_string(),
    }
}

/// Milliseconds from now: seconds, or a date such as `Wed, 21 Oct 2015 07:28:00 GMT` (RFC 9110).
fn retry_after(text: &str, now: i64) -> Option<i64> {
    if let Ok(seconds) = text.trim().parse::<u32>() {
        return Some(i64::from(seconds) * 1_000);
    }
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let mut words = text.trim().split(' ').skip(1);
    let (day, month, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = 1 + MONTHS.iter().position(|name| *name == month)?;
    let at = membership::instant::parse(&format!("{year}-{month:02}-{day}T{time}Z"))?;
    Some((at - now).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_to_be_left_alone_is_read() {
        let now = membership::instant::parse("2015-10-21T07:27:00Z").unwrap_or_default();
        assert_eq!(retry_after("120", now), Some(120_000));
        assert_eq!(retry_after("Wed, 21 Oct 2015 07:28:00 GMT", now), Some(60_000));
        assert_eq!(retry_after("Wed, 21 Oct 2015 07:26:00 GMT", now), Some(0));
        assert_eq!(retry_after("soon", now), None);
    }

    #[test]
    fn pauses_grow_and_honour_the_wish() {
        let busy = |retry_after| ProviderError::Busy { retry_after };
        assert_eq!(pause(1, &busy(None), 0.0), 250);
        assert_eq!(pause(1, &busy(None), 1.0), 500);
        assert_eq!(pause(4, &busy(None), 1.0), 4_000);
        assert_eq!(pause(30, &busy(None), 1.0), LONGEST);
        assert_eq!(pause(1, &busy(Some(7_000)), 0.5), 7_000);
        assert_eq!(pause(1, &busy(Some(i64::MAX)), 0.5), PATIENCE);
    }
}
