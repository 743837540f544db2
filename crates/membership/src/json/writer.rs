//! A JSON text in the making: answers of vendors' endpoints, and of the module.

use crate::directory::CustomColumns;
use crate::entity::{CustomRef, Status};
use crate::instant;
use crate::number;

/// A JSON text that grows from left to right. Commas come by themselves; brackets are the caller's to balance.
#[derive(Debug, Default)]
pub struct Json {
    text: String,
}

impl Json {
    /// Opens an object, which [`Self::end`] closes.
    pub fn object(&mut self) -> &mut Self {
        self.next().text.push('{');
        self
    }

    /// Closes an object.
    pub fn end(&mut self) -> &mut Self {
        self.text.push('}');
        self
    }

    /// Opens a list, which [`Self::end_list`] closes.
    pub fn list(&mut self) -> &mut Self {
        self.next().text.push('[');
        self
    }

    /// Closes a list.
    pub fn end_list(&mut self) -> &mut Self {
        self.text.push(']');
        self
    }

    /// The key of the value that is written next.
    pub fn key(&mut self, key: &str) -> &mut Self {
        self.text(key).text.push(':');
        self
    }

    /// A text as a value, in quotes. Cost: O(length).
    pub fn text(&mut self, text: &str) -> &mut Self {
        quote(&mut self.next().text, text);
        self
    }

    /// A value that is written as it stands: a number, `true`, `false` or `null`.
    pub fn literal(&mut self, literal: &str) -> &mut Self {
        self.next().text.push_str(literal);
        self
    }

    /// A number as a value.
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.literal(&number.to_string())
    }

    /// A boolean as a value.
    pub fn boolean(&mut self, value: bool) -> &mut Self {
        self.literal(if value { "true" } else { "false" })
    }

    /// A key and a text, if there is one.
    pub fn known_text(&mut self, key: &str, text: Option<&str>) -> &mut Self {
        if let Some(text) = text {
            self.key(key).text(text);
        }
        self
    }

    /// A key and a boolean, if there is one.
    pub fn known_boolean(&mut self, key: &str, value: Option<bool>) -> &mut Self {
        if let Some(value) = value {
            self.key(key).boolean(value);
        }
        self
    }

    /// A key and an instant, if there is one.
    pub fn known_instant(&mut self, key: &str, value: Option<i64>) -> &mut Self {
        self.known_text(key, value.map(instant::format).as_deref())
    }

    /// An object of those flags that are told.
    pub fn status(&mut self, status: Status) -> &mut Self {
        self.object()
            .known_boolean("suspended", status.suspended)
            .known_boolean("locked", status.locked)
            .known_boolean("passwordResetRequired", status.password_reset_required)
            .end()
    }

    /// The values of a row, each with its key, as one object. JSON has no word for a number that is not finite.
    pub fn custom(&mut self, columns: &CustomColumns, row: u32) -> &mut Self {
        self.object();
        for (key, value) in columns.row(row) {
            match value {
                CustomRef::Text(text) => _ = self.key(key).text(text),
                CustomRef::Boolean(value) => _ = self.key(key).boolean(value),
                CustomRef::Number(value) if value.is_finite() => number::print(value, &mut self.key(key).next().text),
                CustomRef::Number(_) => {}
            }
        }
        self.end()
    }

    /// What was written so far, of which nothing stays.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }

    /// The comma after the value before. What a value ends with never looks like what stands before a first one.
    fn next(&mut self) -> &mut Self {
        if !self.text.is_empty() && !self.text.ends_with(['{', '[', ':']) {
            self.text.push(',');
        }
        self
    }
}

/// A text between quotes. Cost: O(length).
pub(crate) fn quoted(text: &str) -> String {
    let mut json = String::new();
    quote(&mut json, text);
    json
}

/// Adds a text as JSON writes it: between quotes, with escapes for what cannot stand there. Cost: O(length).
fn quote(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    let is_special = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\');
    while let Some(at) = rest.bytes().position(is_special) {
        let (plain, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        let mut chars = special.chars();
        match chars.next() {
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(char @ ('"' | '\\')) => out.extend(['\\', char]),
            Some(char) => out.push_str(&format!("\\u{:04x}", u32::from(char))),
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn commas_stand_between_values_only() {
        let mut json = Json::default();
        json.object()
            .key("a")
            .list()
            .number(1)
            .text("{[:")
            .boolean(true)
            .end_list();
        json.key("b\n")
            .object()
            .end()
            .known_text("c", Some("\""))
            .known_text("d", None);
        json.known_boolean("e", Some(false)).key("f").literal("null").end();
        assert_eq!(
            json.finish(),
            r#"{"a":[1,"{[:",true],"b\n":{},"c":"\"","e":false,"f":null}"#
        );
    }
}
