//! What a name looks like, so that two that look the same can be told from one another by nothing but this.
//!
//! A small table instead of Unicode's: case, invisible characters, kinds of spaces, hyphens and apostrophes, wide
//! forms, and those Cyrillic and Greek letters and digits that common typefaces draw as Latin letters. Composed and
//! decomposed accents count as different: nothing is normalised here, as nowhere in Rollcall.

use crate::text::push_lower;

/// Whether two different texts look the same. Cost: O(length).
#[must_use]
pub fn looks_like(one: &str, other: &str) -> bool {
    let skeleton = |text| {
        let mut seen = String::new();
        push_skeleton(text, &mut seen);
        seen
    };
    one != other && skeleton(one) == skeleton(other)
}

/// Adds what the eye sees of a text, each character as the plainest one that looks so, and one space for any run of
/// them but for those at the start and at the end. Cost: O(length).
pub(super) fn push_skeleton(text: &str, out: &mut String) {
    let start = out.len();
    let mut is_after_space = false;
    out.reserve(text.len() + 1);
    for point in text.chars() {
        match PLAIN
            .get(point as usize)
            .map_or_else(|| look(point), |plain| char::from(*plain))
        {
            ' ' => is_after_space = true,
            UNSEEN => {}
            look => {
                if std::mem::take(&mut is_after_space) && out.len() > start {
                    out.push(' ');
                }
                match look.is_ascii() {
                    true => out.push(look),
                    false => push_lower(look, out),
                }
            }
        }
    }
}

/// What a character beyond ASCII looks like: a space, nothing, or the plainest one that looks so.
fn look(point: char) -> char {
    match point {
        BLANK => ' ',
        _ if point.is_whitespace() => ' ',
        _ if is_seen(point) => seen(point),
        _ => UNSEEN,
    }
}

/// Stands for a character that leaves no mark.
const UNSEEN: char = '\0';

/// What ASCII characters look like, in lower case: most names are made of nothing else.
#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it")]
const PLAIN: [u8; 128] = {
    let mut plain = [UNSEEN as u8; 128];
    let mut byte = 0;
    while byte < 128u8 {
        plain[byte as usize] = match byte {
            b'\t'..=b'\r' | b' ' => b' ',
            b'0' => b'o',
            b'1' | b'|' => b'l',
            b'`' => b'\'',
            b'!'..=b'~' => byte.to_ascii_lowercase(),
            _ => UNSEEN as u8,
        };
        byte += 1;
    }
    plain
};

/// Braille's empty cell, which is no white space and yet blank.
const BLANK: char = '\u{2800}';

/// Whether a character leaves a mark at all.
fn is_seen(point: char) -> bool {
    !matches!(
        point,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    ) && !point.is_control()
}

/// The plainest character that looks like this one.
fn seen(point: char) -> char {
    if let Some(plain) = PLAIN.get(point as usize) {
        return char::from(*plain);
    }
    match point {
        // Cyrillic
        'А' | 'а' => 'a',
        'В' => 'b',
        'С' | 'с' => 'c',
        'ԁ' => 'd',
        'Е' | 'е' => 'e',
        'Ғ' => 'f',
        'Ԍ' => 'g',
        'Н' | 'һ' | 'Һ' => 'h',
        'І' | 'і' => 'i',
        'Ј' | 'ј' => 'j',
        'К' | 'к' => 'k',
        'Ӏ' | 'ӏ' => 'l',
        'М' => 'm',
        'О' | 'о' => 'o',
        'Р' | 'р' => 'p',
        'Ԛ' | 'ԛ' => 'q',
        'Ѕ' | 'ѕ' => 's',
        'Т' => 't',
        'Ѵ' | 'ѵ' => 'v',
        'Ԝ' | 'ԝ' => 'w',
        'Х' | 'х' => 'x',
        'У' | 'у' | 'Ү' | 'ү' => 'y',
        'Ё' | 'ё' => 'ë',
        'Ї' | 'ї' => 'ï',
        // Greek
        'Α' | 'α' => 'a',
        'Β' => 'b',
        'Ϲ' | 'ϲ' => 'c',
        'Ε' => 'e',
        'Η' => 'h',
        'Ι' | 'ι' => 'i',
        'Ϳ' | 'ϳ' => 'j',
        'Κ' | 'κ' => 'k',
        'Μ' => 'm',
        'Ν' => 'n',
        'Ο' | 'ο' => 'o',
        'Ρ' | 'ρ' => 'p',
        'Τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'Χ' | 'χ' => 'x',
        'Υ' => 'y',
        'Ζ' => 'z',
        // Latin that is drawn as other Latin
        'ı' => 'i',
        'ɑ' => 'a',
        'ɡ' => 'g',
        'ſ' => 's',
        // Hyphens, dashes, apostrophes
        '‐'..='―' | '−' | '﹣' => '-',
        '‘'..='‛' | '′' | 'ʼ' | 'ʹ' | '´' => '\'',
        '“'..='‟' | '″' => '"',
        '․' => '.',
        // Wide forms of ASCII
        '！'..='～' => char::from_u32(u32::from(point) - 0xFEE0).map_or(point, seen),
        _ => point,
    }
}
