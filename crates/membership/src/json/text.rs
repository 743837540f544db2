//! Strings and lists of integers as JSON writes them: finding their end, and reading them.

use std::borrow::Cow;

use super::MAX_ID;

/// A word whose bytes are all one, and one of their top bits.
const ONES: u64 = u64::MAX / 0xFF;
const TOPS: u64 = ONES * 0x80;

/// A string as it stands between its quotes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Text<'a> {
    pub raw: &'a str,
    pub is_escaped: bool,
}

impl<'a> Text<'a> {
    /// The text that is meant; half of a surrogate pair is read as U+FFFD.
    pub fn decode(self) -> Cow<'a, str> {
        if self.is_escaped {
            Cow::Owned(unescape(self.raw))
        } else {
            Cow::Borrowed(self.raw)
        }
    }
}

/// How many bytes come before the next quote, backslash or control character: eight at a time.
pub(super) fn plain(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let quote = word ^ (ONES * b'"' as u64);
        let slash = word ^ (ONES * b'\\' as u64);
        // The top bit of each byte that is zero, or less than a space; borrows reach only bytes after the first hit.
        let hits = (quote.wrapping_sub(ONES) & !quote)
            | (slash.wrapping_sub(ONES) & !slash)
            | (word.wrapping_sub(ONES * 0x20) & !word);
        if hits & TOPS != 0 {
            return index * 8 + (hits & TOPS).trailing_zeros() as usize / 8;
        }
    }
    let tail = rest
        .iter()
        .position(|&byte| byte < 0x20 || byte == b'"' || byte == b'\\')
        .unwrap_or(rest.len());
    words.len() * 8 + tail
}

/// How many bytes of plain texts with commas between them come before a closing bracket. Nothing if there is anything else or
/// nothing at all. Plain is what could be an id and has no escapes; between them there is no space.
pub(super) fn texts(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while bytes.get(at) == Some(&b'"') {
        let length = plain(bytes.get(at + 1..)?);
        if length == 0 || length > MAX_ID || bytes.get(at + 1 + length) != Some(&b'"') {
            return None;
        }
        at += length + 2;
        match bytes.get(at) {
            Some(b',') => at += 1,
            Some(b']') => return Some(at),
            _ => return None,
        }
    }
    None
}

/// The texts of a list that is one of [`texts`], with its brackets.
pub(super) fn each(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = list.get(1..).unwrap_or_default();
    std::iter::from_fn(move || {
        let text = rest.strip_prefix('"')?;
        let end = plain(text.as_bytes());
        // Behind the quote there is a comma or the bracket.
        rest = text.get(end + 2..).unwrap_or_default();
        text.get(..end)
    })
}

/// How many bytes of plain integers with commas between them come before a closing bracket: eight at a time. Nothing if there
/// is anything else or nothing at all. Plain is what has no sign, no space and no zero in front, and fits into 16 digits.
pub(super) fn integers(bytes: &[u8]) -> Option<usize> {
    let (words, _) = bytes.as_chunks::<8>();
    // The top bit of the lowest byte: whether a number has to begin there, as after a comma.
    let (mut begins, mut had_comma) = (0x80, true);
    let mut length = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let (commas, digit) = (equal(word, b','), word ^ (ONES * b'0' as u64));
        // The top bit of each byte that is ten or more.
        let others = (((digit & !TOPS) + ONES * (0x80 - 10)) | digit) & TOPS;
        if others != commas {
            break;
        }
        let must = commas << 8 | begins;
        if must & (commas | equal(word, b'0')) != 0 || (commas == 0 && !had_comma) {
            return None;
        }
        (begins, had_comma) = (commas >> 56, commas != 0);
        length += 8;
    }
    let mut begins = begins != 0;
    for (at, byte) in bytes.iter().enumerate().skip(length) {
        match byte {
            b'1'..=b'9' => begins = false,
            b'0' if !begins => {}
            b',' if !begins => begins = true,
            b']' if !begins => return Some(at),
            _ => return None,
        }
        if at > length + 8 {
            return None;
        }
    }
    None
}

/// The top bit of each byte that is equal to one.
fn equal(word: u64, byte: u8) -> u64 {
    let other = word ^ (ONES * u64::from(byte));
    !(((other & !TOPS) + !TOPS) | other) & TOPS
}

/// Reads the escapes of a string that was checked.
fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let mut chars = after.chars();
        match chars.next() {
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('u') => {
                rest = push_code_unit(&mut text, chars.as_str());
                continue;
            }
            Some(other) => text.push(other),
            None => {}
        }
        rest = chars.as_str();
    }
    text.push_str(rest);
    text
}

/// Reads what follows `\u`, with the second half of a surrogate pair where it belongs to the first, and returns the rest.
fn push_code_unit<'a>(text: &mut String, digits: &'a str) -> &'a str {
    let unit = |digits: &str| digits.get(..4).and_then(|four| u32::from_str_radix(four, 16).ok());
    let first = unit(digits).unwrap_or_default();
    let rest = digits.get(4..).unwrap_or_default();
    let second = rest.strip_prefix("\\u").and_then(unit);
    if let (0xD800..0xDC00, Some(low @ 0xDC00..0xE000)) = (first, second) {
        let code = 0x1_0000 + ((first - 0xD800) << 10) + (low - 0xDC00);
        text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        return rest.get(6..).unwrap_or_default();
    }
    text.push(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
    rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{each, integers, texts};

    /// What is taken for a list of integers is one to another reader, to its bracket.
    fn is_list(text: &str) -> bool {
        let length = integers(text.as_bytes());
        length.is_none_or(|length| {
            let numbers = text.get(..length).unwrap_or_default().split(',');
            text.as_bytes().get(length) == Some(&b']')
                && numbers
                    .into_iter()
                    .all(|id| id.parse::<u128>().is_ok_and(|number| number.to_string() == id))
        })
    }

    proptest! {
        #[test]
        fn plain_integers_are_found(ids in prop::collection::vec(1..10u64.pow(15), 1..20), rest in "[],0-9]{0,12}") {
            let list = ids.iter().map(u64::to_string).collect::<Vec<_>>().join(",");
            prop_assert_eq!(integers(format!("{list}]{rest}").as_bytes()), Some(list.len()));
        }

        #[test]
        fn plain_texts_are_found(ids in prop::collection::vec("[a-z0-9äß-]{1,20}|[a-z]{1024}", 1..20), rest in "[]\",a-z]{0,12}") {
            let list = format!("\"{}\"", ids.join("\",\""));
            prop_assert_eq!(texts(format!("{list}]{rest}").as_bytes()), Some(list.len()));
            let list = format!("[{list}]");
            prop_assert_eq!(each(&list).collect::<Vec<_>>(), ids);
        }

        #[test]
        fn nothing_else_is_taken_for_texts(text in r#"("[a-z\\]{0,3}"?[, ]?){0,4}[\]a"]{0,2}"#) {
            let length = texts(text.as_bytes());
            let list = length.map(|length| format!("[{}]", text.get(..length).unwrap_or_default()));
            if let Some(list) = list {
                let read: Vec<String> = serde_json::from_str(&list).unwrap_or_default();
                prop_assert!(read.iter().all(|text| !text.is_empty()));
                prop_assert_eq!(each(&list).collect::<Vec<_>>(), read);
            }
        }

        #[test]
        fn nothing_else_is_taken_for_them(text in "[0-9]{0,9}[],0-9 -]{0,30}", commas in "(0?[1-9]?,?){0,20}") {
            prop_assert!(is_list(&text), "{text}");
            let list = format!("{commas}]");
            prop_assert!(is_list(&list), "{list}");
        }
    }
}
