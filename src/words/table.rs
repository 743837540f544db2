//! A language as a table from English, and what the browser knows of it.

use js_sys::{Array, Date, Intl, JsString, Number, Object};
use wasm_bindgen::JsValue;

use super::Language;
use super::engine::Templates;

/// A table of messages, and the browser's own formats of its language.
struct Table {
    /// As BCP 47 has it.
    tag: &'static str,
    /// English, and what stands for it, ordered by the English.
    messages: Vec<(&'static str, &'static str)>,
    engine: Templates,
    plurals: Intl::PluralRules,
    /// The categories of plurals, in the order in which a message has its forms; any other has the last.
    forms: &'static [&'static str],
    lists: Intl::ListFormat,
}

/// German.
pub fn german() -> &'static dyn Language {
    let (console, engine) = (include_str!("de.txt"), include_str!("de.engine.txt"));
    Box::leak(Box::new(Table::new("de", console, engine, &["one", "other"])))
}

/// The messages of a text that has two lines for each: the English, and the language's own after a tab.
pub fn pairs(text: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut lines = text.lines();
    let mut pairs = Vec::new();
    while let (Some(english), Some(own)) = (lines.next(), lines.next()) {
        pairs.push((english, own.strip_prefix('\t').unwrap_or(own)));
    }
    pairs
}

impl Table {
    /// Of the console's messages, in the order of the English bytes, and of the engine's.
    fn new(tag: &'static str, text: &'static str, engine: &'static str, forms: &'static [&'static str]) -> Self {
        let locales = Array::of1(&JsValue::from_str(tag));
        Self {
            tag,
            messages: pairs(text),
            engine: Templates::new(engine, " oder "),
            plurals: Intl::PluralRules::new(&locales, &Object::new()),
            forms,
            lists: Intl::ListFormat::new(&locales, &Object::new()),
        }
    }
}

impl Language for Table {
    fn message(&self, english: &str) -> Option<&'static str> {
        let found = self.messages.binary_search_by_key(&english, |(english, _)| english);
        Some(self.messages.get(found.ok()?)?.1)
    }

    fn of_engine(&self, english: &str) -> String {
        self.engine.of(english)
    }

    fn form(&self, number: u64) -> usize {
        let category = String::from(self.plurals.select(number as f64));
        let form = self.forms.iter().position(|form| *form == category);
        form.unwrap_or(self.forms.len() - 1)
    }

    fn number(&self, number: f64) -> String {
        Number::from(number).to_locale_string(self.tag).into()
    }

    fn day(&self, moment: &Date) -> String {
        moment.to_locale_date_string(self.tag, &JsValue::UNDEFINED).into()
    }

    fn clock(&self, moment: &Date) -> String {
        moment.to_locale_time_string(self.tag).into()
    }

    fn list(&self, things: &[String]) -> String {
        let things: Array = things.iter().map(|thing| JsString::from(thing.as_str())).collect();
        self.lists.format(&things).into()
    }
}
