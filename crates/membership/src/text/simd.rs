//! Where bytes stand among many, sixteen compared at once.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use wasm as lanes;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use any as lanes;

/// How many bytes are compared at once.
pub(super) const WIDTH: usize = 16;

/// How many places have a bit each in a word.
pub(super) const WORD: usize = 64;

/// How many bytes that stand one after the other are looked for at once.
pub(super) const MOST: usize = 3;

/// A word's bytes, and those behind them that may belong to what begins there.
const WINDOW: usize = WORD + MOST - 1;

/// At which of 64 places from `at` on the `needle` stands, a bit a place. It has 1 to 3 bytes. Beyond the end there are zeros.
#[inline(always)]
pub(super) fn places_in_word<const N: usize>(bytes: &[u8], at: usize, needle: [u8; N]) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    let padded;
    let window = match rest.first_chunk() {
        Some(window) => window,
        None => {
            padded = pad(rest);
            &padded
        }
    };
    let part = |at| u64::from(places_in_part(window, at, needle)) << at;
    part(0) | part(WIDTH) | part(2 * WIDTH) | part(3 * WIDTH)
}

/// Written out: a loop would not be unrolled in code that is to be small.
#[inline(always)]
fn places_in_part<const N: usize>(window: &[u8; WINDOW], at: usize, needle: [u8; N]) -> u32 {
    let equal = |offset: usize, byte| {
        let chunk = window.get(at + offset..).and_then(|it| it.first_chunk());
        lanes::equal(chunk.unwrap_or(&[0; WIDTH]), byte)
    };
    let all = match *needle.as_slice() {
        [] => return 0,
        [one] => equal(0, one),
        [one, two] => lanes::both(equal(0, one), equal(1, two)),
        [one, two, three, ..] => lanes::both(lanes::both(equal(0, one), equal(1, two)), equal(2, three)),
    };
    lanes::bits(all)
}

/// At which of sixteen places from `at` on a needle begins, a bit a place, as far as its first three bytes tell and do not
/// go on beyond these sixteen. Beyond the end there are zeros.
#[inline]
pub(super) fn places(bytes: &[u8], at: usize, needle: &[u8]) -> u32 {
    let rest = bytes.get(at..).unwrap_or_default();
    let chunk = match rest.first_chunk() {
        Some(chunk) => *chunk,
        None => pad(rest),
    };
    let equal = |byte| lanes::bits(lanes::equal(&chunk, byte));
    match needle {
        [] => 0,
        [one] => equal(*one),
        [one, two] => equal(*one) & equal(*two) >> 1,
        [one, two, three, ..] => equal(*one) & equal(*two) >> 1 & equal(*three) >> 2,
    }
}

/// The bytes with zeros behind them.
#[cold]
#[inline(never)]
fn pad<const SIZE: usize>(rest: &[u8]) -> [u8; SIZE] {
    let mut bytes = [0; SIZE];
    bytes.iter_mut().zip(rest).for_each(|(byte, from)| *byte = *from);
    bytes
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    use std::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_splat, u64x2, v128, v128_and};

    use super::WIDTH;

    /// Which bytes are a certain one.
    #[inline(always)]
    pub fn equal(bytes: &[u8; WIDTH], byte: u8) -> v128 {
        let number = u128::from_le_bytes(*bytes);
        u8x16_eq(u64x2(number as u64, (number >> 64) as u64), u8x16_splat(byte))
    }

    #[inline(always)]
    pub fn both(one: v128, other: v128) -> v128 {
        v128_and(one, other)
    }

    /// A bit a byte.
    #[inline(always)]
    pub fn bits(bytes: v128) -> u32 {
        u8x16_bitmask(bytes).into()
    }
}

/// The same in the arithmetic of any machine.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod any {
    use super::WIDTH;

    const LOW: u64 = u64::from_le_bytes([0x7F; 8]);

    #[inline]
    pub fn equal(bytes: &[u8; WIDTH], byte: u8) -> u32 {
        let number = u128::from_le_bytes(*bytes);
        let half = |bytes: u64| {
            let differing = bytes ^ u64::from_le_bytes([byte; 8]);
            // The highest bit of each byte that is 0, moved to the highest byte.
            let zeros = !(((differing & LOW) + LOW) | differing | LOW);
            (zeros >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
        };
        (half(number as u64) | half((number >> 64) as u64) << 8) as u32
    }

    #[inline]
    pub fn both(one: u32, other: u32) -> u32 {
        one & other
    }

    #[inline]
    pub fn bits(bytes: u32) -> u32 {
        bytes
    }
}
