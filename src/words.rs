//! What the console says, in the language of whoever reads it.
//!
//! English stands in the code, and is what every other language is looked up by: a table of one lies in a chunk of its
//! own, which only its readers fetch. So English costs a call for each message, and a new language is a table.
//!
//! A message holds its values as `{0}`, `{1}`, so that a language can order them as it needs. `tests/words.rs` holds
//! every table to the messages of the code, and finds text that is no message.

mod engine;
mod table;

use std::cell::Cell;

use js_sys::Date;
use leptos::prelude::*;

use crate::chunk::SplitLoaderError;
use crate::number::grouped;

thread_local! {
    /// The language that is spoken; English where there is none.
    static SPOKEN: Cell<Option<&'static dyn Language>> = const { Cell::new(None) };
}

/// A language other than English.
pub trait Language {
    /// What stands for an English message; none where nobody translated it.
    fn message(&self, english: &str) -> Option<&'static str>;

    /// A message that the engine made of a template and values; it stays English where nobody translated that.
    fn of_engine(&self, english: &str) -> String;

    /// Which of a message's forms goes with so many.
    fn form(&self, number: u64) -> usize;

    /// A number, with its signs between digits.
    fn number(&self, number: f64) -> String;

    /// The day of a moment.
    fn day(&self, moment: &Date) -> String;

    /// The time of day of a moment.
    fn clock(&self, moment: &Date) -> String;

    /// Several things in a sentence.
    fn list(&self, things: &[String]) -> String;
}

/// The language that is spoken, unless that is English.
#[must_use]
pub fn spoken() -> Option<&'static dyn Language> {
    SPOKEN.get()
}

/// The language that the browser asks for, of those that there are; the page has looked before it painted.
#[must_use]
pub fn asked_for() -> String {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("data-asks"))
        .unwrap_or_default()
}

/// Speaks the language of this tag from now on, such as `de`, and English for any other; what is on screen stays as it
/// is until it is drawn again. The page says which it is, for readers and hyphens.
///
/// # Errors
///
/// The language did not arrive; the one before is spoken still.
pub async fn speak(tag: &str) -> Result<(), SplitLoaderError> {
    let (language, tag) = match tag {
        "de" => (Some(german().await?), "de"),
        _ => (None, "en"),
    };
    SPOKEN.set(language);
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", tag);
    }
    Ok(())
}

#[cfg(debug_assertions)]
async fn german() -> Result<&'static dyn Language, SplitLoaderError> {
    Ok(table::german())
}

#[cfg(not(debug_assertions))]
#[leptos::wasm_split::wasm_split(german, wasm_split_path = leptos::wasm_split, fallible)]
fn german() -> Result<&'static dyn Language, SplitLoaderError> {
    Ok(table::german())
}

/// A message, in the language that is spoken.
#[must_use]
pub fn say(english: &'static str) -> &'static str {
    spoken()
        .and_then(|language| language.message(english))
        .unwrap_or(english)
}

/// Marks a message that is said elsewhere, by [`say`]: in a constant, which is made before there is a language.
#[must_use]
pub const fn key(english: &'static str) -> &'static str {
    english
}

/// A message with its values.
#[must_use]
pub fn fill(english: &'static str, values: &[&str]) -> String {
    filled(say(english), values)
}

/// A message about so many: `counted("{0} user|{0} users", 1)`. Its forms stand between bars, in English for one and
/// for any other number; `{0}` is the number.
#[must_use]
pub fn counted(english: &'static str, number: u64) -> String {
    counted_with(english, number, &[])
}

/// A message about so many with more values, the first of which is `{1}`.
#[must_use]
pub fn counted_with(english: &'static str, number: u64, values: &[&str]) -> String {
    let form = spoken().map_or(usize::from(number != 1), |language| language.form(number));
    let message = say(english).split('|').nth(form).unwrap_or_default();
    let number = grouped(number);
    let mut all = vec![number.as_str()];
    all.extend(values);
    filled(message, &all)
}

/// A message that the engine made, such as an error of a query; where nobody translated it, it stays as it is.
#[must_use]
pub fn of_engine(english: &str) -> String {
    spoken().map_or_else(|| english.to_owned(), |language| language.of_engine(english))
}

/// Several things in a sentence: `a, b and c`.
#[must_use]
pub fn list(things: &[String]) -> String {
    if let Some(language) = spoken() {
        return language.list(things);
    }
    match things {
        [before @ .., last] if !before.is_empty() => [&before.join(", "), " and ", last].concat(),
        _ => things.concat(),
    }
}

/// The parts of a message with its values, each with whether it is a value.
#[must_use]
pub fn parts(english: &'static str, values: &[&str]) -> Vec<(String, bool)> {
    let mut parts = Vec::new();
    pieces(say(english), &mut |piece| match piece {
        Piece::Text("") => {}
        Piece::Text(text) => parts.push((text.to_owned(), false)),
        Piece::Place(place) => parts.extend(values.get(place).map(|value| (value.chars().map(seen).collect(), true))),
    });
    parts
}

/// A message with views in its places, such as links.
#[must_use]
pub fn weave(english: &'static str, views: Vec<AnyView>) -> Vec<AnyView> {
    let mut views: Vec<_> = views.into_iter().map(Some).collect();
    let mut woven = Vec::new();
    pieces(say(english), &mut |piece| match piece {
        Piece::Text("") => {}
        Piece::Text(text) => woven.push(text.to_owned().into_any()),
        Piece::Place(place) => woven.extend(views.get_mut(place).and_then(Option::take)),
    });
    woven
}

fn filled(message: &str, values: &[&str]) -> String {
    let mut text = String::new();
    pieces(message, &mut |piece| match piece {
        Piece::Text(piece) => text += piece,
        Piece::Place(place) => text.extend(values.get(place).copied().unwrap_or_default().chars().map(seen)),
    });
    text
}

/// A letter of a value as a sentence has it: one that turns letters round (embeddings, overrides and isolates of Unicode's
/// bidirectional algorithm) would turn the sentence round with them, and is a mark that one sees.
const fn seen(letter: char) -> char {
    match letter {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => letter,
    }
}

enum Piece<'a> {
    Text(&'a str),
    Place(usize),
}

/// The pieces of a message in their order; a brace that holds no digit is text.
fn pieces<'a>(message: &'a str, each: &mut dyn FnMut(Piece<'a>)) {
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        match *after.as_bytes() {
            [digit @ b'0'..=b'9', b'}', ..] => {
                each(Piece::Text(before));
                each(Piece::Place(usize::from(digit - b'0')));
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                each(Piece::Text(before));
                each(Piece::Text("{"));
                rest = after;
            }
        }
    }
    each(Piece::Text(rest));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_the_message_has_them() {
        assert_eq!(filled("{1} of {0}", &["all", "some"]), "some of all");
        assert_eq!(filled("{0}{0}", &["{1}"]), "{1}{1}");
        assert_eq!(filled("nothing", &[]), "nothing");
        assert_eq!(filled("{x} {", &["no"]), "{x} {");
        assert_eq!(filled("{7}.", &[]), ".");
        assert_eq!(
            filled("{0} is שלום.", &["Payroll\u{202e}fdp.exe"]),
            "Payroll\u{fffd}fdp.exe is שלום."
        );
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(counted("{0} user|{0} users", 1), "1 user");
        assert_eq!(counted("{0} user|{0} users", 0), "0 users");
        assert_eq!(
            counted_with("{1}: {0} user|{1}: {0} users", 1_204, &["Sales"]),
            "Sales: 1,204 users"
        );
    }

    #[test]
    fn the_last_thing_of_a_list_has_a_word_before_it() {
        let things = |count: usize| ["a", "b", "c"].map(str::to_owned)[..count].to_vec();
        assert_eq!(list(&things(0)), "");
        assert_eq!(list(&things(1)), "a");
        assert_eq!(list(&things(2)), "a and b");
        assert_eq!(list(&things(3)), "a, b and c");
    }
}
