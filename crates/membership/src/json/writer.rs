//! A JSON text in the making: answers of vendors' endpoints, and of the module.

use super::quote;

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
        // Writing into a text cannot fail.
        let _ = quote(&mut self.next().text, text);
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
