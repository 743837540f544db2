//! The parameters of an address, and how their texts are encoded.

use std::fmt::Write;

use protocol::{ChangeKind, StagedChange};

/// A query that is being written; what is empty is left out.
#[derive(Default)]
pub(super) struct Query(pub(super) String);

impl Query {
    fn name(&mut self, name: &str) {
        self.0.push(if self.0.is_empty() { '?' } else { '&' });
        encode(name, &mut self.0);
        self.0.push('=');
    }

    pub(super) fn other(&mut self, name: &str, value: &str) {
        self.name(name);
        encode(value, &mut self.0);
    }

    pub(super) fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.other(name, value);
        }
    }

    /// Items are encoded one by one, so that a comma within one is not taken for a separator.
    pub(super) fn list(&mut self, name: &str, items: &[String]) {
        for (place, item) in items.iter().filter(|item| !item.is_empty()).enumerate() {
            if place == 0 {
                self.name(name);
            } else {
                self.0.push(',');
            }
            encode(item, &mut self.0);
        }
    }

    /// `kind:subject:group`, with commas between.
    pub(super) fn changes(&mut self, changes: &[StagedChange]) {
        for (place, change) in changes.iter().enumerate() {
            if place == 0 {
                self.name("do");
            } else {
                self.0.push(',');
            }
            let name = CHANGES.iter().find(|(_, kind)| *kind == change.kind);
            self.0.push_str(name.map_or("", |(name, _)| name));
            for part in [&change.subject, &change.group] {
                self.0.push(':');
                encode_part(part, &mut self.0);
            }
        }
    }
}

/// As [`encode`], for what stands between colons.
fn encode_part(text: &str, out: &mut String) {
    let from = out.len();
    encode(text, out);
    let encoded = out.split_off(from);
    out.push_str(&encoded.replace(':', "%3A"));
}

/// The kinds of changes by their names in an address.
pub(super) const CHANGES: [(&str, ChangeKind); 6] = [
    ("nest", ChangeKind::Nest),
    ("unnest", ChangeKind::Unnest),
    ("add", ChangeKind::Add),
    ("remove", ChangeKind::Remove),
    ("manager", ChangeKind::Manager),
    ("demote", ChangeKind::NoManager),
];

/// The parameters of a query that nobody has asked for yet; values are still encoded.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(super) fn read(query: &str) -> Self {
        let query = query.strip_prefix('?').unwrap_or(query);
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (decode(name, true), value.to_owned()))
                .collect(),
        )
    }

    /// Takes a parameter out. Of one given twice the last counts.
    fn take(&mut self, name: &str) -> String {
        let mut value = String::new();
        self.0.retain_mut(|(candidate, text)| {
            let found = candidate.eq_ignore_ascii_case(name);
            if found {
                value = std::mem::take(text);
            }
            !found
        });
        value
    }

    pub(super) fn text(&mut self, name: &str) -> String {
        decode(&self.take(name), true)
    }

    /// Takes a parameter out if it has this value; with another it stays.
    pub(super) fn says(&mut self, name: &str, value: &str) -> bool {
        let mut named = self.0.iter().rev();
        let last = named.find(|(candidate, _)| candidate.eq_ignore_ascii_case(name));
        let says = last.is_some_and(|(_, text)| text == value);
        says && self.take(name) == value
    }

    pub(super) fn list(&mut self, name: &str) -> Vec<String> {
        let value = self.take(name);
        let items = value.split(',').filter(|item| !item.is_empty());
        items.map(|item| decode(item, true)).collect()
    }

    /// Changes; what is none is left out.
    pub(super) fn changes(&mut self) -> Vec<StagedChange> {
        let value = self.take("do");
        let change = |item: &str| {
            let mut parts = item.splitn(3, ':');
            let name = parts.next()?;
            let (_, kind) = CHANGES.iter().find(|(known, _)| *known == name)?;
            let subject = decode(parts.next()?, true);
            let group = decode(parts.next()?, true);
            let is_whole = !subject.is_empty() && !group.is_empty();
            is_whole.then_some(StagedChange {
                kind: *kind,
                subject,
                group,
            })
        };
        value.split(',').filter_map(change).collect()
    }

    pub(super) fn rest(self) -> Vec<(String, String)> {
        let pairs = self.0.into_iter();
        pairs.map(|(name, value)| (name, decode(&value, true))).collect()
    }
}

/// Percent-encodes everything but letters, digits and what no part of an address gives a meaning.
pub(super) fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@:!*".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

/// Undoes [`encode`]. What is no encoding stays as it is, so that an address typed by hand loses nothing.
pub(super) fn decode(text: &str, plus_is_space: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let hex = |at: usize| tail.get(at).and_then(|&digit| char::from(digit).to_digit(16));
        match (byte, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &tail[2..];
            }
            (b'+', ..) if plus_is_space => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
