//! The names by which a glue and its binaries know each other, without the hashes that wasm-bindgen ends them with.

use std::collections::HashMap;

/// How such a name begins.
const START: &[u8] = b"__wbg_";
/// How many digits a hash has.
const DIGITS: usize = 16;

/// Numbers for hashes, the same in all files of one build.
#[derive(Default)]
pub struct Names {
    /// For each name, the hashes that it has been met with.
    hashes: HashMap<Vec<u8>, Vec<[u8; DIGITS]>>,
}

impl Names {
    /// Writes a number in place of each hash, which tells apart what has the same name. It is as long, so that a binary stays what it
    /// is around it; zeros cost a compressor nothing, where the digits of some hundred hashes are what it cannot shorten.
    ///
    /// Cost: O(bytes).
    pub fn number(&mut self, content: &mut [u8]) {
        let mut rest = content;
        while let Some(at) = rest.windows(START.len()).position(|bytes| bytes == START) {
            let (_, from) = rest.split_at_mut(at);
            let is_letter = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
            let length = from.iter().take_while(is_letter).count();
            let (name, after) = from.split_at_mut(length);
            if let Some((name, hash)) = name.split_last_chunk_mut::<DIGITS>()
                && name.ends_with(b"_")
                && hash.iter().all(u8::is_ascii_hexdigit)
            {
                let hashes = self.hashes.entry(name.to_vec()).or_default();
                let known = hashes.iter().position(|other| other == hash);
                let number = known.unwrap_or_else(|| {
                    hashes.push(*hash);
                    hashes.len() - 1
                });
                hash.copy_from_slice(format!("{number:0DIGITS$x}").as_bytes());
            }
            rest = after;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_hash_has_a_number_in_all_files() {
        let mut names = Names::default();
        let mut numbered = |text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            names.number(&mut bytes);
            String::from_utf8(bytes).expect("it was text")
        };
        assert_eq!(
            numbered("{__wbg_new_0123456789abcdef: 1, __wbg_new_fedcba9876543210: 2, __wbg_at_0123456789abcdef: 3}"),
            "{__wbg_new_0000000000000000: 1, __wbg_new_0000000000000001: 2, __wbg_at_0000000000000000: 3}"
        );
        assert_eq!(
            numbered("\0\u{1e}__wbg_new_fedcba9876543210\0"),
            "\0\u{1e}__wbg_new_0000000000000001\0"
        );
        let without = "__wbg_ __wbg_directory_free __wbg_0123456789abcde __wbg_cafe_0123456789abcdeg";
        assert_eq!(numbered(without), without);
    }
}
