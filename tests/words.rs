//! Every text of the console is a message, and every language has all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What makes a literal a message.
const MESSAGE: [&str; 7] = ["say(", "key(", "fill(", "parts(", "counted(", "counted_with(", "weave("];
/// Attributes that people read or hear, and the components' own.
const READ: [&str; 8] = [
    "aria-label",
    "title",
    "placeholder",
    "label",
    "text",
    "hint",
    "note",
    "data-label",
];
/// The languages besides English, by their tables.
const LANGUAGES: [&str; 1] = ["de"];

/// A text in double quotes of the code.
struct Literal {
    path: String,
    line: usize,
    text: String,
    /// The code before it on its line and the line before, without the space at its end.
    before: String,
    /// The code after it.
    after: String,
}

impl Literal {
    fn is_message(&self) -> bool {
        MESSAGE.iter().any(|message| {
            let caller = self.before.strip_suffix(message);
            // A method of that name is something else.
            caller.is_some_and(|caller| !caller.ends_with(|it: char| it == '.' || it == '_' || it.is_alphanumeric()))
        })
    }

    fn place(&self) -> String {
        format!("{}:{}: {:?}", self.path, self.line, self.text)
    }

    /// Whether it stands where a view has text, or in an attribute that people read.
    fn is_in_view(&self) -> bool {
        let before = self.before.as_str();
        let follows_tag = before.ends_with('>') && !before.ends_with("=>") && !before.ends_with("->");
        let is_read = READ.iter().any(|name| {
            let start = before.strip_suffix('=').and_then(|it| it.strip_suffix(name));
            start.is_some_and(|start| start.ends_with(char::is_whitespace))
        });
        follows_tag || before.ends_with(['}', '"']) || self.after.starts_with("</") || is_read
    }

    /// Whether it reads as text wherever it stands: several words, or one with a capital.
    fn is_worded(&self) -> bool {
        let words: Vec<&str> = self.text.split(' ').filter(|word| is_word(word)).collect();
        let capital = self.text.starts_with(|it: char| it.is_ascii_uppercase())
            && self.text.chars().nth(1).is_some_and(|it| it.is_ascii_lowercase());
        // What an attribute of the page is set to is for the browser.
        let is_attribute = self.before.ends_with('=') && !self.before.ends_with(" =");
        !is_attribute && (words.len() > 1 || capital)
    }
}

/// Whether it is a word of letters, but for a sign at its end.
fn is_word(text: &str) -> bool {
    let letters = text.trim_end_matches(['.', ',', ':', ';', '?', '!']);
    letters.len() > 1 && letters.chars().all(|it| it.is_ascii_alphabetic() || it == '\'')
}

/// The literals of a file's code, without its tests and comments.
fn literals(path: &str, text: &str) -> Vec<Literal> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = code.get(at..).filter(|rest| !rest.is_empty()) {
        let letter = rest.chars().next().unwrap_or_default();
        at += if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(hashes) = raw(code, at) {
            let end = format!("\"{}", "#".repeat(hashes));
            let start = hashes + 2;
            start + rest[start..].find(&end).expect("a raw literal ends") + end.len()
        } else if letter == '"' {
            let (text, length) = plain(rest);
            let lines = code[..at].rsplitn(3, '\n').collect::<Vec<_>>();
            found.push(Literal {
                path: path.to_owned(),
                line: code[..at].matches('\n').count() + 1,
                text,
                before: format!("{}\n{}", lines.get(1).unwrap_or(&""), lines[0])
                    .trim_end()
                    .to_owned(),
                after: code[at + length..].trim_start().chars().take(20).collect(),
            });
            length
        } else if letter == '\'' {
            // A character; a lifetime has no second quote.
            let end = rest[1..].char_indices().skip(1).take(8).find(|(_, it)| *it == '\'');
            end.filter(|(end, _)| {
                rest[1..].starts_with('\\') || rest[1..].chars().next().map_or(0, char::len_utf8) == *end
            })
            .map_or(1, |(end, _)| end + 2)
        } else {
            letter.len_utf8()
        };
    }
    found
}

/// How many hashes a raw literal that begins here has; none where none does.
fn raw(code: &str, at: usize) -> Option<usize> {
    let is_inside = code[..at].ends_with(|it: char| it == '_' || it.is_alphanumeric());
    let rest = code[at..].strip_prefix('r').filter(|_| !is_inside)?;
    let hashes = rest.bytes().take_while(|it| *it == b'#').count();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// A literal's text as the compiler reads it, and its length in the code.
fn plain(rest: &str) -> (String, usize) {
    let mut text = String::new();
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (text, at + 1),
            '\\' => match letters.next().map(|(_, it)| it) {
                Some('\n') => while letters.next_if(|(_, it)| it.is_whitespace()).is_some() {},
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some('u') => {
                    let digits = letters.by_ref().map(|(_, it)| it).take_while(|it| *it != '}');
                    let digits: String = digits.filter(|it| *it != '{').collect();
                    let code = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                    text.push(code.expect("an escape is a character"));
                }
                Some(other) => text.push(other),
                None => {}
            },
            other => text.push(other),
        }
    }
    panic!("a literal ends")
}

/// The literals of all code under a folder.
fn literals_of(folder: &str) -> Vec<Literal> {
    fn walk(folder: &Path, path: &str, found: &mut Vec<Literal>) {
        for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
            let path = format!("{path}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &path, found);
            } else if path.ends_with(".rs") {
                let text = fs::read_to_string(entry.path()).expect("the file can be read");
                found.extend(literals(&path, &text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), folder, &mut found);
    found
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file can be read")
}

/// A table in the order of its lines.
fn table(name: &str) -> Vec<(String, String)> {
    let text = read(&format!("src/words/{name}"));
    let lines: Vec<&str> = text.lines().collect();
    let pairs = lines.chunks(2).map(|pair| match pair {
        [english, own] if !english.starts_with('\t') && own.starts_with('\t') => {
            ((*english).to_owned(), own[1..].to_owned())
        }
        pair => panic!("an English line, then an indented one: {pair:?}"),
    });
    pairs.collect()
}

/// Both tables of a language.
fn tables(language: &str) -> Vec<(String, String)> {
    [".txt", ".engine.txt"]
        .iter()
        .flat_map(|end| table(&format!("{language}{end}")))
        .collect()
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
fn every_language_has_every_message_and_no_other() {
    let all = literals_of("src");
    let page = read("index.html");
    let painted: BTreeSet<&str> = painted(&page).into_iter().map(|(english, _)| english).collect();
    let messages: BTreeMap<&str, &Literal> = all
        .iter()
        .filter(|literal| literal.is_message())
        .map(|literal| (literal.text.as_str(), literal))
        .collect();
    assert!(!messages.is_empty(), "the code has messages");
    for language in LANGUAGES {
        let table = table(&format!("{language}.txt"));
        let known: BTreeMap<&str, &str> = table
            .iter()
            .map(|(english, own)| (english.as_str(), own.as_str()))
            .collect();
        let missing = messages.iter().filter(|(message, _)| !known.contains_key(*message));
        let missing: Vec<String> = missing.map(|(_, literal)| literal.place()).collect();
        none(&missing, &format!("Translate these in src/words/{language}.txt:"));
        let dead = known
            .keys()
            .filter(|english| !messages.contains_key(*english) && !painted.contains(*english));
        let dead: Vec<String> = dead.map(|english| format!("{english:?}")).collect();
        none(
            &dead,
            &format!("Nothing says these any more; take them out of src/words/{language}.txt:"),
        );
        let is_ordered = |pair: &&[(String, String)]| pair[0].0 >= pair[1].0;
        let unordered = table.windows(2).filter(is_ordered).map(|pair| pair[1].0.clone());
        none(
            &unordered.collect::<Vec<_>>(),
            "The English is in the order of its bytes, each once:",
        );
    }
}

#[test]
fn a_translation_has_the_places_and_forms_of_its_message() {
    for language in LANGUAGES {
        let table = tables(language);
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
    let known: BTreeMap<String, String> = table("de.txt").into_iter().collect();
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

/// Code that speaks to programs alone: addresses, requests, names of keys, keys of storage, and this mechanism; and the gallery,
/// which designers read beside the code.
const TECHNICAL: [&str; 7] = [
    "src/components/http/",
    "src/keys.rs",
    "src/pages/gallery",
    "src/route",
    "src/storage.rs",
    "src/words.rs",
    "src/words/",
];
/// Names, keys of a keyboard, statuses of a protocol, examples of the query language, selectors: the same in every language.
const SAME: [&str; 43] = [
    "Alt",
    "Contensis",
    "Ctrl ",
    "Ctrl A",
    "Ctrl K",
    "Deutsch",
    "English",
    "Files",
    "Passbolt",
    "Rollcall",
    "Shift+",
    "Tulip",
    "204 No Content",
    "400 Bad Request",
    "404 Not Found",
    "405 Method Not Allowed",
    "429 Too Many Requests",
    "500 Internal Server Error",
    "502 Bad Gateway",
    "503 Service Unavailable",
    "504 Gateway Timeout",
    "lastName STARTSWITH \"a\" AND lastLogin < -90d",
    "lastLogin < -90d AND created > 2026-01-31",
    "memberOf = \"Finance\" AND lastLogin < -90d",
    "memberOf = \"Finance\"",
    "status = suspended",
    "status = active AND NOT username IN (ada, bo)",
    "email IS EMPTY ORDER BY lastName DESC",
    "ORDER BY",
    "id, username, email, firstName, lastName, status, lastLogin, custom",
    "id, name, description, members, managers, children",
    "group, user, isAdmin",
    "parent, child",
    "a, button",
    "a, button, input",
    "button, input",
    "differences groups",
    "dialog export",
    "dialog shortcuts",
    "cell-text c-user mono soft",
    "cell-text c-more mono soft",
    "tulip",
    "target",
];

#[test]
fn every_text_is_a_message() {
    const KEYS: [&str; 12] = [
        "ArrowDown",
        "ArrowLeft",
        "ArrowRight",
        "ArrowUp",
        "Backspace",
        "Delete",
        "End",
        "Enter",
        "Escape",
        "Home",
        "PageDown",
        "PageUp",
    ];
    let forgotten = literals_of("src").into_iter().filter(|literal| {
        // Pieces begin with their classes.
        let is_for_programmers = ["unreachable!(", "reason =", "span(", "cell("]
            .iter()
            .any(|it| literal.before.ends_with(it));
        let is_technical = TECHNICAL.iter().any(|path| literal.path.starts_with(path));
        let is_same =
            SAME.contains(&literal.text.as_str()) || KEYS.contains(&literal.text.as_str()) || literal.text == "Tab";
        let has_letters = literal
            .text
            .split(|it: char| !it.is_ascii_alphabetic())
            .any(|word| word.len() > 1);
        let is_text = has_letters && (literal.is_in_view() || literal.is_worded());
        is_text && !(literal.is_message() || is_for_programmers || is_technical || is_same)
    });
    let forgotten: Vec<String> = forgotten.map(|literal| literal.place()).collect();
    none(
        &forgotten,
        "Say these by a message of `crate::words`, or list them here if they are the same in every language:",
    );
}

#[test]
fn what_the_engine_says_is_what_its_code_says() {
    let code: String = ["membership", "engine"]
        .iter()
        .flat_map(|name| literals_of(&format!("crates/{name}/src")))
        .map(|literal| literal.text + "\n")
        .collect();
    let known: BTreeSet<&str> = code.lines().collect();
    for language in LANGUAGES {
        // A template's pieces are pieces of the code's.
        let unknown = table(&format!("{language}.engine.txt"))
            .into_iter()
            .filter(|(english, _)| {
                let pieces = english
                    .split(['{', '}', '`', '.', ',', ';', ' '])
                    .filter(|piece| piece.len() > 3);
                pieces.clone().count() > 0
                    && !pieces
                        .clone()
                        .all(|piece| known.iter().any(|line| line.contains(piece)))
            });
        let unknown: Vec<String> = unknown.map(|(english, _)| english).collect();
        none(&unknown, "The engine says none of these any more:");
    }
    // Errors of the query language and of files are told as they are: each whole text of a few words is known.
    let said = [
        "query/field.rs",
        "query/complete/offer.rs",
        "json/cursor.rs",
        "query/resolve.rs",
    ];
    let texts = literals_of("crates/membership/src").into_iter().filter(|literal| {
        let is_said = said.iter().any(|path| literal.path.ends_with(path));
        // Words in capitals are the query language's own, and so are the values of a field.
        let is_own =
            literal.text == "active, suspended, locked" || !literal.text.contains(|it: char| it.is_ascii_lowercase());
        is_said
            && !is_own
            && !literal.text.contains('{')
            && literal.text.split(' ').filter(|word| is_word(word)).count() > 1
    });
    let texts: Vec<Literal> = texts.filter(|literal| !literal.before.ends_with("reason =")).collect();
    assert!(texts.len() > 50, "the engine speaks");
    for language in LANGUAGES {
        let known: BTreeSet<String> = table(&format!("{language}.engine.txt"))
            .into_iter()
            .map(|(english, _)| english)
            .collect();
        let missing = texts.iter().filter(|literal| !known.contains(&literal.text));
        let missing: Vec<String> = missing.map(Literal::place).collect();
        none(
            &missing,
            &format!("Translate these in src/words/{language}.engine.txt:"),
        );
    }
}
