//! The colours of a query: cuts the text into pieces that, put together again, are the text.

/// What a piece of a query is. It decides on a colour and on nothing else: what a query means is the worker's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// White space.
    Space,
    /// A field.
    Field,
    /// An operator, a parenthesis or a comma.
    Operator,
    /// A word of the language.
    Keyword,
    /// A text in quotes.
    Text,
    /// A value without quotes.
    Value,
}

impl Ink {
    /// The class that colours it; none for white space.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Space => "",
            Self::Field => "q-field",
            Self::Operator => "q-op",
            Self::Keyword => "q-kw",
            Self::Text => "q-str",
            Self::Value => "q-val",
        }
    }
}

const JOINING: [&str; 10] = [
    "AND", "OR", "NOT", "IS", "NULL", "EMPTY", "EXISTS", "ORDER", "ASC", "DESC",
];
const COMPARING: [&str; 6] = ["IN", "BETWEEN", "STARTSWITH", "ENDSWITH", "FREETEXT", "DISTANCEWITHIN"];

/// What the next bare word would be.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Field,
    Value,
    /// A value among others, until the parenthesis closes.
    Listed,
    /// After `ORDER`.
    By,
}

/// Cuts a query into coloured pieces, in order and without gaps. Cost: O(n).
#[must_use]
pub fn pieces(text: &str) -> Vec<(Ink, &str)> {
    let mut pieces = Vec::new();
    let mut next = Next::Field;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (ink, length) = piece(rest, first, next);
        let (word, tail) = rest.split_at(length);
        next = after(ink, word, next);
        pieces.push((ink, word));
        rest = tail;
    }
    pieces
}

fn piece(rest: &str, first: char, next: Next) -> (Ink, usize) {
    let run = |belongs: fn(char) -> bool| rest.find(|letter| !belongs(letter)).unwrap_or(rest.len());
    match first {
        _ if first.is_whitespace() => (Ink::Space, run(char::is_whitespace)),
        '"' | '\'' => {
            let inner = &rest[1..];
            let length = inner.find(first).map_or(rest.len(), |end| end + 2);
            let is_field = next == Next::Field && inner.len() + 1 > length;
            (if is_field { Ink::Field } else { Ink::Text }, length)
        }
        '(' | ')' | ',' => (Ink::Operator, 1),
        _ if is_sign(first) => (Ink::Operator, run(is_sign)),
        _ => {
            let length = run(|letter| !letter.is_whitespace() && !is_sign(letter) && !"(),\"'".contains(letter));
            (bare(&rest[..length], next), length)
        }
    }
}

fn bare(word: &str, next: Next) -> Ink {
    let is = |words: &[&str]| words.iter().any(|keyword| word.eq_ignore_ascii_case(keyword));
    let is_by = next == Next::By && word.eq_ignore_ascii_case("BY");
    if is_by || is(&JOINING) || is(&COMPARING) {
        return Ink::Keyword;
    }
    // A date may be followed by a time, a period by another one: fields never begin with a digit or a sign.
    let is_value = word.starts_with(|first: char| first.is_ascii_digit() || first == '-' || first == '+');
    match next {
        Next::Value | Next::Listed => Ink::Value,
        _ if is_value => Ink::Value,
        _ => Ink::Field,
    }
}

fn after(ink: Ink, word: &str, next: Next) -> Next {
    match (ink, word, next) {
        (Ink::Space, ..) | (Ink::Operator, ",", Next::Listed) => next,
        (Ink::Operator, "(", Next::Value) => Next::Listed,
        (Ink::Operator, "(" | ")" | ",", _) => Next::Field,
        (Ink::Operator, ..) => Next::Value,
        (Ink::Keyword, ..) if COMPARING.iter().any(|keyword| word.eq_ignore_ascii_case(keyword)) => Next::Value,
        (Ink::Keyword, ..) if word.eq_ignore_ascii_case("ORDER") => Next::By,
        (_, _, Next::Listed) => Next::Listed,
        _ => Next::Field,
    }
}

fn is_sign(letter: char) -> bool {
    "=!~<>".contains(letter)
}

/// Cuts pieces where the characters from `from` up to `to` begin and end, and says which lie inside.
#[must_use]
pub fn marked(pieces: Vec<(Ink, &str)>, from: usize, to: usize) -> Vec<(Ink, &str, bool)> {
    let mut cut = Vec::with_capacity(pieces.len() + 2);
    let mut place = 0;
    for (ink, word) in pieces {
        let length = word.chars().count();
        let start = from.clamp(place, place + length) - place;
        let end = to.clamp(place + start, place + length) - place;
        let (before, rest) = word.split_at(byte_of(word, start));
        let (inside, behind) = rest.split_at(byte_of(rest, end - start));
        let parts = [(ink, before, false), (ink, inside, true), (ink, behind, false)];
        cut.extend(parts.into_iter().filter(|(_, part, _)| !part.is_empty()));
        place += length;
    }
    cut
}

/// The byte at which the character number `place` begins; the end of the text if there are fewer.
#[must_use]
pub fn byte_of(text: &str, place: usize) -> usize {
    text.char_indices().nth(place).map_or(text.len(), |(byte, _)| byte)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// One letter for each piece that is not white space.
    fn inks(text: &str) -> String {
        pieces(text)
            .into_iter()
            .filter_map(|(ink, _)| match ink {
                Ink::Space => None,
                Ink::Field => Some('f'),
                Ink::Operator => Some('o'),
                Ink::Keyword => Some('k'),
                Ink::Text => Some('t'),
                Ink::Value => Some('v'),
            })
            .collect()
    }

    #[test]
    fn a_comparison() {
        assert_eq!(inks(r#"memberOf = "Finance" and NOT status=active"#), "fotkkfov");
    }

    #[test]
    fn a_list() {
        assert_eq!(inks("username NOT IN (ada, 'bo', cy) OR id"), "fkkovotovokf");
    }

    #[test]
    fn a_group_of_predicates() {
        assert_eq!(inks("(a = b OR c ~ d) AND e IS NULL"), "ofovkfovokfkk");
    }

    #[test]
    fn a_date_with_a_time() {
        assert_eq!(inks("created > 2026-01-02 10:30 AND lastLogin < -1M -1w"), "fovvkfovv");
    }

    #[test]
    fn an_order() {
        assert_eq!(inks("a = b ORDER BY c DESC, by"), "fovkkfkof");
    }

    #[test]
    fn a_quote_that_is_still_open() {
        assert_eq!(inks(r#"firstName ~ "an"#), "fot");
        assert_eq!(inks(r#"""#), "t");
    }

    #[test]
    fn a_field_in_quotes() {
        assert_eq!(inks(r#""order" = 1"#), "fov");
    }

    #[test]
    fn a_mark_cuts_pieces() {
        let cut = marked(pieces("frstName ~ x"), 2, 10);
        let bad: String = cut
            .iter()
            .filter(|(_, _, bad)| *bad)
            .map(|(_, part, _)| *part)
            .collect();
        assert_eq!(bad, "stName ~");
        assert_eq!(cut.len(), 6);
    }

    proptest! {
        #[test]
        fn pieces_are_the_text(text in ".*") {
            let whole: String = pieces(&text).into_iter().map(|(_, piece)| piece).collect();
            prop_assert_eq!(whole, text);
        }

        #[test]
        fn marked_pieces_are_the_text(text in "[a-zé\"' =~(),]{0,30}", from in 0_usize..40, length in 0_usize..40) {
            let cut = marked(pieces(&text), from, from + length);
            let whole: String = cut.iter().map(|(_, part, _)| *part).collect();
            let bad: String = cut.iter().filter(|(_, _, bad)| *bad).map(|(_, part, _)| *part).collect();
            prop_assert_eq!(bad, text.chars().skip(from).take(length).collect::<String>());
            prop_assert_eq!(whole, text);
        }
    }
}
