//! The words in a path figure: how they are cut, and about how wide they are.

/// The longest name that is written in full.
const LONGEST: usize = 28;

/// A name that is not too long for a box.
pub fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    name.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// About how wide a text of 12 px is. Fonts differ by a few pixels, for which the boxes have room.
pub fn text_width(text: &str) -> f64 {
    let width = |letter| match letter {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | ' ' | '.' | ',' | '\'' | '-' | '(' | ')' => 4.4,
        'm' | 'w' | 'M' | 'W' | '@' | '&' => 10.8,
        '\u{1100}'.. => 12.4,
        _ if letter.is_uppercase() => 8.6,
        _ => 7.1,
    };
    text.chars().map(width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut() {
        assert_eq!(shortened(&"x".repeat(40)).chars().count(), LONGEST);
        assert_eq!(shortened("short"), "short");
    }
}
