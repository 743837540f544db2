//! A cursor over JSON text: it borrows what it reads, and where it stops it says what should have stood there.

use std::borrow::Cow;
use std::fmt;

use super::MAX_DEPTH;
use super::text::{Text, integers, plain, texts};
use crate::text::is_equal;

/// Where reading stopped, and why.
#[derive(Debug)]
pub(super) struct Fault {
    /// The byte of the text where the culprit starts; its length if the text ended too early.
    pub at: usize,
    /// Whether the text could still be JSON, and only its shape is wrong.
    pub is_json: bool,
    /// What should have stood there, as words.
    pub expected: &'static str,
    /// What stands there, as words.
    pub found: Cow<'static, str>,
}

impl Fault {
    /// The text is not JSON there.
    pub fn new(at: usize, expected: &'static str, found: impl Into<Cow<'static, str>>) -> Self {
        Self {
            at,
            is_json: false,
            expected,
            found: found.into(),
        }
    }
}

/// Boxed, since reading goes on a million times for each time it stops.
pub(super) type Read<T> = Result<T, Box<Fault>>;

/// A value: what is nested in it was checked, and is kept as it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Value<'a> {
    #[default]
    Null,
    Boolean(bool),
    Number(&'a str),
    Text(Text<'a>),
    /// A list of plain [`integers`], as a machine writes ids.
    Integers(&'a str),
    /// A list of plain [`texts`], as a machine writes ids.
    Texts(&'a str),
    List(&'a str),
    Object(&'a str),
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => out.write_str("null"),
            Self::Boolean(value) => write!(out, "{value}"),
            Self::Text(text) => write!(out, "\"{}\"", text.raw),
            Self::Number(json) | Self::Integers(json) | Self::Texts(json) | Self::List(json) | Self::Object(json) => {
                out.write_str(json)
            }
        }
    }
}

/// Reads one text from its start to its end, without ever going back.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    /// All of the text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    pub fn at(&self) -> usize {
        self.at
    }

    /// The text from there to here.
    #[inline]
    pub fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The next byte that is no white space, which stays unread; none at the end of the text.
    #[inline]
    pub fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    /// Reads the byte if it comes next.
    #[inline]
    pub fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Passes over what stands at another place of the text, if the same comes next. Cost: O(length).
    pub fn passes(&mut self, (start, end): (usize, usize)) -> bool {
        let text = self.text.as_bytes();
        let after = self.at + (end - start);
        let is_same = match (text.get(start..end), text.get(self.at..after)) {
            (Some(one), Some(other)) => is_equal(one, other),
            _ => false,
        };
        self.at = if is_same { after } else { self.at };
        is_same
    }

    /// The text is not JSON here.
    pub fn fault(&mut self, expected: &'static str) -> Box<Fault> {
        self.peek();
        self.fault_at(self.at, expected)
    }

    fn fault_at(&self, at: usize, expected: &'static str) -> Box<Fault> {
        Box::new(Fault::new(at, expected, found(self.text, at)))
    }

    /// The text may be JSON, but not of this shape.
    pub fn misshapen(&mut self, expected: &'static str) -> Box<Fault> {
        let found = match self.peek() {
            Some(b'"') => "a string".into(),
            Some(b'{') => "an object".into(),
            Some(b'[') => "a list".into(),
            _ => found(self.text, self.at),
        };
        // What begins no value at all is not JSON, whatever shape was asked for.
        let is_json = matches!(self.peek(), Some(b'"' | b'{' | b'[' | b'-' | b'0'..=b'9'))
            || ["true", "false", "null"].contains(&word(self.text, self.at));
        Box::new(Fault {
            is_json,
            ..Fault::new(self.at, expected, found)
        })
    }

    /// Reads the key of a member of an object and the colon behind it.
    pub fn key(&mut self, expected: &'static str) -> Read<Text<'a>> {
        if self.peek() != Some(b'"') {
            return Err(self.fault(expected));
        }
        let key = self.string()?;
        if self.takes(b':') {
            Ok(key)
        } else {
            Err(self.fault("a colon"))
        }
    }

    /// Reads what stands before the next value of an object: its opening brace or a comma, a key and a colon; none at its end.
    pub fn next_key(&mut self, is_first: bool) -> Read<Option<Text<'a>>> {
        self.at += usize::from(is_first);
        if self.takes(b'}') {
            return Ok(None);
        }
        let expected = match is_first {
            true => "a key in double quotes or a closing brace",
            false if self.takes(b',') => "a key in double quotes",
            false => return Err(self.fault("a comma or a closing brace")),
        };
        self.key(expected).map(Some)
    }

    /// Calls back for each key of the object that comes next; the callback reads the value. Cost: O(length).
    pub fn object(&mut self, member: &mut dyn FnMut(&mut Self, Text<'a>) -> Read<()>) -> Read<()> {
        let mut is_first = true;
        while let Some(key) = self.next_key(is_first)? {
            member(self, key)?;
            is_first = false;
        }
        Ok(())
    }

    /// Calls back for each value of the list that comes next; the callback reads the value. Cost: O(length).
    pub fn list(&mut self, mut value: impl FnMut(&mut Self) -> Read<()>) -> Read<()> {
        self.at += 1;
        if self.takes(b']') {
            return Ok(());
        }
        loop {
            value(self)?;
            if self.takes(b']') {
                return Ok(());
            } else if !self.takes(b',') {
                return Err(self.fault("a comma or a closing bracket"));
            }
        }
    }

    /// Reads any value. Cost: O(length).
    pub fn value(&mut self) -> Read<Value<'a>> {
        self.value_below(0)
    }

    fn value_below(&mut self, depth: usize) -> Read<Value<'a>> {
        let first = self.peek();
        let start = self.at;
        match first {
            Some(b'"') => self.string().map(Value::Text),
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            Some(b'{' | b'[') if depth == MAX_DEPTH => Err(Box::new(Fault {
                is_json: true,
                ..Fault::new(start, "at most 128 levels of nesting", "one more")
            })),
            Some(b'{') => {
                self.object(&mut |cursor, _| cursor.value_below(depth + 1).map(drop))?;
                Ok(Value::Object(self.since(start)))
            }
            Some(b'[') if self.takes_list(integers) => Ok(Value::Integers(self.since(start))),
            Some(b'[') if self.takes_list(texts) => Ok(Value::Texts(self.since(start))),
            Some(b'[') => {
                self.list(|cursor| cursor.value_below(depth + 1).map(drop))?;
                Ok(Value::List(self.since(start)))
            }
            _ => self.literal(),
        }
    }

    /// Passes over the list that comes next if it is one of these, which tells how long it is to its bracket.
    #[inline]
    fn takes_list(&mut self, length: fn(&[u8]) -> Option<usize>) -> bool {
        let length = length(self.text.as_bytes().get(self.at + 1..).unwrap_or_default());
        self.at += length.map_or(0, |length| length + 2);
        length.is_some()
    }

    fn literal(&mut self) -> Read<Value<'a>> {
        let word = word(self.text, self.at);
        let value = match word {
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            "null" => Value::Null,
            // The rest of the word may be in the next piece of the file.
            _ if self.at + word.len() == self.text.len()
                && ["true", "false", "null"].iter().any(|whole| whole.starts_with(word)) =>
            {
                return Err(self.fault_at(self.text.len(), "a value"));
            }
            _ => return Err(self.fault("a value")),
        };
        self.at += word.len();
        Ok(value)
    }

    fn number(&mut self) -> Read<&'a str> {
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        if self.byte() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(self.since(start))
    }

    #[inline]
    fn digits(&mut self) -> Read<()> {
        let start = self.at;
        while matches!(self.byte(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at > start {
            Ok(())
        } else {
            Err(self.fault_at(start, "a digit"))
        }
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Reads the string whose opening quote comes next.
    fn string(&mut self) -> Read<Text<'a>> {
        self.at += 1;
        let start = self.at;
        let mut is_escaped = false;
        loop {
            self.at += plain(self.text.as_bytes().get(self.at..).unwrap_or_default());
            match self.byte() {
                Some(b'"') => {
                    let raw = self.since(start);
                    self.at += 1;
                    return Ok(Text { raw, is_escaped });
                }
                Some(b'\\') => {
                    is_escaped = true;
                    self.escape()?;
                }
                Some(b'\n' | b'\r') => {
                    return Err(Box::new(Fault::new(self.at, "a closing quote", "the end of the line")));
                }
                _ => return Err(self.fault_at(self.at, "a closing quote")),
            }
        }
    }

    fn escape(&mut self) -> Read<()> {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let length = match rest.as_bytes().first() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
            Some(b'u') => match rest
                .bytes()
                .skip(1)
                .take(4)
                .position(|digit| !digit.is_ascii_hexdigit())
            {
                None if rest.len() < 5 => return Err(self.fault_at(self.text.len(), "four hexadecimal digits")),
                None => 6,
                Some(good) => {
                    return Err(self.fault_at(self.at + 2 + good, "four hexadecimal digits"));
                }
            },
            None => return Err(self.fault_at(self.text.len(), "an escape such as `\\n`")),
            Some(_) => {
                let found = format!("`\\{}`", rest.chars().next().unwrap_or_default());
                return Err(Box::new(Fault::new(self.at, "an escape such as `\\n`", found)));
            }
        };
        self.at += length;
        Ok(())
    }
}

/// What stands there, as words.
fn found(text: &str, at: usize) -> Cow<'static, str> {
    let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) else {
        return "the end of the file".into();
    };
    match first {
        '"' => "the start of a string".into(),
        '{' => "an opening brace".into(),
        '}' => "a closing brace".into(),
        '[' => "an opening bracket".into(),
        ']' => "a closing bracket".into(),
        ',' => "a comma".into(),
        ':' => "a colon".into(),
        '\'' => "a single quote".into(),
        '-' | '0'..='9' => "a number".into(),
        '\t' => "a tab".into(),
        _ if first.is_ascii_alphabetic() => format!("`{}`", word(text, at).chars().take(20).collect::<String>()).into(),
        _ if first.is_control() => format!("the control character U+{:04X}", u32::from(first)).into(),
        _ => format!("the character `{first}`").into(),
    }
}

/// The letters from there on.
fn word(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let length = rest
        .bytes()
        .position(|byte| !byte.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    rest.get(..length).unwrap_or_default()
}
