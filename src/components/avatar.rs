//! Initials on neutral ground: people carry no hue, so that hue can carry meaning.

use super::piece::{Piece, span};

/// The first letters of the first and the last word; the stylesheet makes them capitals.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut words = name.split(is_sign).filter(|word| !word.is_empty());
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).collect()
}

/// Whether a name is parted here: at spaces and punctuation. Unicode's tables of letters would weigh 4 kB.
fn is_sign(letter: char) -> bool {
    match letter {
        '\0'..='\u{7f}' => !letter.is_ascii_alphanumeric(),
        // The signs of Latin-1, and the blocks of punctuation.
        _ => matches!(letter, '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}'),
    }
}

/// A user's initials; `size` is `20`, `24`, `32` or `48`; `off` draws only an outline, for users who are not active.
pub fn avatar(name: &str, size: &'static str, off: bool) -> Piece {
    span("avatar")
        .with("data-size", size)
        .with("aria-hidden", "true")
        .when("data-off", off)
        .saying(initials(name))
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn takes_first_and_last() {
        assert_eq!(initials("Tyler Durden"), "TD");
        assert_eq!(initials("Noor van den Berg"), "NB");
        assert_eq!(initials("élise"), "é");
        assert_eq!(initials("o'neil@pssc.example"), "oe");
        assert_eq!(initials("—"), "");
    }
}
