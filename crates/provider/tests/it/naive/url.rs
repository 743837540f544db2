//! A URL taken apart: encoded segments, and parameters in the order in which they stand.

/// A request's address, its segments still encoded.
pub struct Url<'a> {
    pub segments: Vec<&'a str>,
    query: &'a str,
    /// Path and query, without scheme and host.
    pub local: &'a str,
}

/// Percent-encoding or UTF-8 that is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Malformed;

/// Names and values, decoded.
pub type Parameters = Vec<(String, String)>;

impl<'a> Url<'a> {
    pub fn new(text: &'a str) -> Self {
        let local = match text.split_once("://") {
            Some((_, rest)) if !text.starts_with('/') => &rest[rest.find('/').unwrap_or(rest.len())..],
            _ => text,
        };
        let (path, query) = local.split_once('?').unwrap_or((local, ""));
        let path = path.strip_prefix('/').unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        Self {
            segments: path.split('/').collect(),
            query,
            local,
        }
    }

    pub fn parameters(&self) -> Result<Parameters, Malformed> {
        let pieces = self.query.split('&').filter(|piece| !piece.is_empty());
        let pair = |piece: &str| {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            Ok((decode(&name.replace('+', " "))?, decode(&value.replace('+', " "))?))
        };
        pieces.map(pair).collect()
    }
}

/// The text that percent-encoding stands for.
pub fn decode(text: &str) -> Result<String, Malformed> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, after) = rest.split_at_checked(2).ok_or(Malformed)?;
        let value = |digit: u8| char::from(digit).to_digit(16).ok_or(Malformed);
        bytes.push((value(digits[0])? * 16 + value(digits[1])?) as u8);
        rest = after;
    }
    String::from_utf8(bytes).map_err(|_| Malformed)
}

/// The last value of a parameter, its name compared as it stands.
pub fn last<'a>(parameters: &'a Parameters, name: &str) -> Option<&'a str> {
    let of_name = parameters.iter().rev().find(|(it, _)| it == name);
    of_name.map(|(_, value)| value.as_str())
}

/// The last value of a parameter that counts as absent when it is empty.
pub fn last_filled<'a>(parameters: &'a Parameters, name: &str) -> Option<&'a str> {
    last(parameters, name).filter(|value| !value.is_empty())
}
