//! The same thing written in many ways: letters in either case, quotes, spaces, percent-encoding.

use std::fmt::Write;

/// A source of choices that is as good as chance and repeats itself; from 0 it always chooses the plainest.
#[derive(Clone, Debug)]
pub struct Spelling(u64);

impl Spelling {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// One of so many choices, the plainest being 0.
    pub fn choice(&mut self, among: u64) -> u64 {
        // Xorshift, which stays where it is at 0.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) % among
    }

    /// True once in so many times.
    pub fn seldom(&mut self, times: u64) -> bool {
        self.choice(times) == times - 1
    }

    /// A word whose case means nothing: as it is, or in upper, lower or mixed case.
    pub fn cased(&mut self, word: &str) -> String {
        match self.choice(6) {
            3 => word.to_ascii_uppercase(),
            4 => word.to_ascii_lowercase(),
            5 => {
                let case = |it: char| {
                    if self.seldom(2) {
                        it.to_ascii_uppercase()
                    } else {
                        it.to_ascii_lowercase()
                    }
                };
                word.chars().map(case).collect()
            }
            _ => word.to_owned(),
        }
    }

    /// A segment of a path, encoded where it has to be and here and there where it need not.
    pub fn segment(&mut self, text: &str) -> String {
        self.encoded(text, "-._~@+,")
    }

    /// An item of a list in a segment, its commas encoded.
    pub fn item(&mut self, text: &str) -> String {
        self.encoded(text, "-._~@+")
    }

    /// The name or the value of a parameter.
    pub fn value(&mut self, text: &str) -> String {
        let encoded = self.encoded(text, "-._~@:/,='()[] *");
        encoded.replace(' ', if self.seldom(2) { "+" } else { "%20" })
    }

    fn encoded(&mut self, text: &str, plain: &str) -> String {
        let mut encoded = String::new();
        for character in text.chars() {
            let is_plain = character.is_ascii_alphanumeric() || plain.contains(character);
            if is_plain && (character == ' ' || !self.seldom(12)) {
                encoded.push(character);
                continue;
            }
            for byte in character.to_string().bytes() {
                let code = format!("%{byte:02X}");
                let _ = write!(encoded, "{}", if self.seldom(2) { code.to_lowercase() } else { code });
            }
        }
        encoded
    }
}
