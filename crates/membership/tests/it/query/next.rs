//! Laws of completion: what comes next in a query is offered there, and what is offered can come next.

use proptest::prelude::*;
use proptest::sample::select;

use super::laws::{condition, users_test};
use super::{directory, now};
use crate::fuzz::complete::{check_at, goes_on};
use membership::directory::Directory;
use membership::query::complete;

thread_local! {
    static DIRECTORY: Directory = directory();
}

/// Fields, operators and keywords that are words; others are values.
const WORDS: [&str; 47] = [
    "id",
    "username",
    "email",
    "firstName",
    "lastName",
    "fullName",
    "language",
    "timezone",
    "status.suspended",
    "status.locked",
    "status.passwordResetRequired",
    "created",
    "modified",
    "lastLogin",
    "expiry",
    "memberOf",
    "directMemberOf",
    "managerOf",
    "isAdministrator",
    "status",
    "groupCount",
    "inheritedGroupCount",
    "custom.department",
    "custom.level",
    "custom.remote",
    "*",
    "=",
    "!=",
    "~",
    "!~",
    "<",
    "<=",
    ">",
    ">=",
    "AND",
    "OR",
    "NOT",
    "IN",
    "IS",
    "NULL",
    "EMPTY",
    "EXISTS",
    "BETWEEN",
    "STARTSWITH",
    "ENDSWITH",
    "FREETEXT",
    "ORDER",
];
/// Words of the end of a query, which are values elsewhere.
const ORDER_WORDS: [&str; 3] = ["BY", "ASC", "DESC"];

/// The words of a query that are offered, with their first and last characters: what stands outside quotes, between
/// white space and marks.
fn words(query: &str) -> Vec<(usize, String)> {
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut quote = None;
    let mut grows = false;
    for (at, c) in query.chars().enumerate() {
        match quote {
            Some(mark) => {
                quote = Some(mark).filter(|mark| *mark != c);
                continue;
            }
            None if c == '"' || c == '\'' => (quote, grows) = (Some(c), false),
            None if c.is_whitespace() || "(),".contains(c) => grows = false,
            None => match words.last_mut() {
                Some((_, word)) if grows => word.push(c),
                _ => {
                    words.push((at, c.to_string()));
                    grows = true;
                }
            },
        }
    }
    let is = |word: &str, known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(word));
    let order = words
        .iter()
        .position(|(_, word)| is(word, &["ORDER"]))
        .unwrap_or(words.len());
    let mut place = 0..;
    words.retain(|(_, word)| {
        let in_order = place.next().is_some_and(|place| place > order);
        is(word, &WORDS) || in_order && is(word, &ORDER_WORDS)
    });
    words
}

fn offers(text: &str, caret: usize) -> Vec<String> {
    let offers = DIRECTORY
        .with(|directory| complete(directory, text, caret as u32, now()))
        .suggestions;
    offers
        .into_iter()
        .map(|offer| offer.insert.trim().to_lowercase())
        .collect()
}

/// Whether a word, alone or as the first of several, is offered at the end of a text.
fn is_offered(text: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    let with_more = format!("{word} ");
    let offers = offers(text, text.chars().count());
    offers
        .iter()
        .any(|offer| *offer == word || offer.starts_with(&with_more))
}

/// At each place of a query, as it is typed, the next word is offered, and what is offered can come next; in the query
/// as a whole what is offered can come next, too.
fn check(query: &str) {
    let letters: Vec<char> = query.chars().collect();
    let upto = |end: usize| letters[..end].iter().collect::<String>();
    for caret in 0..=letters.len() {
        check_at(query, caret as u32);
        check_at(&upto(caret), caret as u32);
    }
    for (at, word) in words(query) {
        for typed in 0..word.chars().count() {
            let text = upto(at + typed);
            // What is typed may be another word already: then what follows it is offered.
            let is_word = typed > 0
                && WORDS
                    .iter()
                    .any(|other| text[text.len() - typed..].eq_ignore_ascii_case(other));
            assert!(
                is_word || is_offered(&text, &word),
                "`{word}` is not offered at the end of `{text}`"
            );
        }
    }
}

#[test]
fn in_a_query_with_everything_the_next_word_is_offered() {
    let query = "NOT (firstName ~ \"a\" OR lastName NOT IN (b, 'c')) AND created BETWEEN (-7d, now()) \
                 AND NOT NOT email IS NOT EMPTY AND status.suspended != NULL AND * FREETEXT \"jo ann\" \
                 AND directMemberOf NOT IN (Finance) AND custom.level NOT EXISTS AND isAdministrator = true \
                 AND username STARTSWITH t AND username NOT ENDSWITH n ORDER BY lastName DESC, status ASC, custom.level";
    assert!(words(query).len() > 40);
    assert!(goes_on(query));
    check(query);
    check("ORDER BY id");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn in_every_query_the_next_word_is_offered(
        query in condition(users_test()),
        order in select(vec!["", " ORDER BY lastName", " order by custom.level desc, created asc"]),
    ) {
        check(&format!("{query}{order}"));
    }
}
