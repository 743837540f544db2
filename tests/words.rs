//! Every text of the console is a message, and every language has all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The languages besides English, by their tables.
const LANGUAGES: [&str; 1] = ["de"];

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file can be read")
}

/// A table in the order of its lines.
fn table(language: &str) -> Vec<(String, String)> {
    let text = read(&format!("src/words/{language}.txt"));
    let lines: Vec<&str> = text.lines().collect();
    let pairs = lines.chunks(2).map(|pair| match pair {
        [english, own] if !english.starts_with('\t') && own.starts_with('\t') => {
            ((*english).to_owned(), own[1..].to_owned())
        }
        pair => panic!("an English line, then an indented one: {pair:?}"),
    });
    pairs.collect()
}

/// What the page paints before there is a console, in English and in German.
fn painted(page: &str) -> Vec<(&str, &str)> {
    const MARK: &str = " data-de=\"";
    let marks = page.match_indices(MARK).map(|(at, _)| {
        let (own, rest) = page[at + MARK.len()..].split_once('"').expect("an attribute ends");
        // An attribute before it, or else the text of its element.
        let english = match page[..at].strip_suffix('"').and_then(|it| it.rsplit_once("=\"")) {
            Some((start, value)) if start.ends_with("title") || start.ends_with("aria-label") => value,
            _ => rest.split(['<', '>']).nth(1).unwrap_or_default(),
        };
        (english, own)
    });
    marks.collect()
}

/// The places of a message, each once.
fn places(message: &str) -> BTreeSet<&str> {
    let digits = message.split('{').skip(1).filter_map(|it| it.split_once('}'));
    digits.map(|(place, _)| place).collect()
}

/// Fails with the remedy and all places at once.
#[track_caller]
fn none(places: &[String], remedy: &str) {
    assert!(places.is_empty(), "{remedy}\n  {}\n", places.join("\n  "));
}

#[test]
fn a_translation_has_the_places_and_forms_of_its_message() {
    for language in LANGUAGES {
        let table = table(language);
        let differs = |(english, own): &&(String, String)| {
            let forms = |message: &str| message.split('|').count();
            let edges = |message: &str| (message.starts_with(' '), message.ends_with(' '));
            places(english) != places(own)
                || forms(english) != forms(own)
                || edges(english) != edges(own)
                || own.is_empty()
        };
        let differing: Vec<String> = table
            .iter()
            .filter(differs)
            .map(|(english, own)| format!("{english} → {own}"))
            .collect();
        none(&differing, "The same places and the same number of forms, please:");
    }
}

#[test]
fn the_page_says_what_the_console_says() {
    let page = read("index.html");
    let known: BTreeMap<String, String> = table("de").into_iter().collect();
    let painted = painted(&page);
    assert!(painted.len() > 20, "the page has words");
    let wrong = painted
        .iter()
        .filter(|(english, own)| known.get(*english).map(String::as_str) != Some(own));
    let wrong: Vec<String> = wrong
        .map(|(english, own)| format!("{english:?} is not {own:?}"))
        .collect();
    none(
        &wrong,
        "The words that index.html paints are those of src/words/de.txt:",
    );
}
