//! Writes JSON: an answer on its way to JavaScript.

use std::fmt::Write;

use membership::directory::Directory;
use membership::entity::GroupIndex;
use membership::json::quote;

/// A JSON text in the making. Commas are its own business.
#[derive(Default)]
pub struct Json {
    text: String,
    /// Whether the next value, or key, is the first of what was opened.
    is_first: bool,
}

impl Json {
    /// A text of one object, whose members `fill` writes.
    pub fn object(fill: impl FnOnce(&mut Self)) -> String {
        let mut json = Self {
            is_first: true,
            ..Self::default()
        };
        json.nested('{', '}', fill);
        json.text
    }

    /// A text of one list, whose items `fill` writes.
    pub fn list(fill: impl FnOnce(&mut Self)) -> String {
        let mut json = Self {
            is_first: true,
            ..Self::default()
        };
        json.nested('[', ']', fill);
        json.text
    }

    /// An object as a value or an item.
    pub fn inner(&mut self, fill: impl FnOnce(&mut Self)) {
        self.separate();
        self.nested('{', '}', fill);
    }

    /// A list as a value or an item.
    pub fn items(&mut self, fill: impl FnOnce(&mut Self)) {
        self.separate();
        self.nested('[', ']', fill);
    }

    fn nested(&mut self, open: char, close: char, fill: impl FnOnce(&mut Self)) {
        self.text.push(open);
        self.is_first = true;
        fill(self);
        self.is_first = false;
        self.text.push(close);
    }

    fn separate(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.text.push(',');
        }
    }

    /// The key of the value that follows. Keys are our own words, or the names of custom fields.
    pub fn key(&mut self, key: &str) -> &mut Self {
        self.text(key);
        self.text.push(':');
        self.is_first = true;
        self
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.separate();
        // Writing into a text cannot fail.
        let _ = quote(&mut self.text, text);
    }

    /// A number. One that JSON has no word for becomes null.
    pub fn number(&mut self, number: f64) {
        self.separate();
        let _ = match number.is_finite() {
            true => write!(self.text, "{number}"),
            false => self.text.write_str("null"),
        };
    }

    /// A count.
    pub fn count(&mut self, count: u64) {
        self.separate();
        let _ = write!(self.text, "{count}");
    }

    /// True or false.
    pub fn boolean(&mut self, value: bool) {
        self.separate();
        self.text.push_str(if value { "true" } else { "false" });
    }

    /// A member that is left out where there is no text.
    pub fn optional(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.key(key).text(text);
        }
    }

    /// A list of the ids of groups.
    pub fn group_ids(&mut self, directory: &Directory, groups: &[GroupIndex]) {
        self.items(|json| groups.iter().for_each(|group| json.text(directory.group_id(*group))));
    }

    /// A list of paths, each a list of the ids of groups.
    pub fn paths(&mut self, directory: &Directory, paths: &[Vec<GroupIndex>]) {
        self.items(|json| paths.iter().for_each(|path| json.group_ids(directory, path)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_stand_between() {
        let text = Json::object(|json| {
            json.key("a").items(|json| {
                json.count(1);
                json.text("\"\n");
                json.inner(|_| {});
                json.items(|_| {});
            });
            json.key("b\"").boolean(true);
            json.optional("c", None);
            json.key("d").number(0.1);
            json.key("e").number(f64::NAN);
        });
        assert_eq!(text, r#"{"a":[1,"\"\n",{},[]],"b\"":true,"d":0.1,"e":null}"#);
        assert_eq!(Json::list(|_| {}), "[]");
    }
}
