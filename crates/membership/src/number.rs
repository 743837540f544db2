//! Decimal numbers, read exactly. The standard library does so faster by means of tables of 10 kB, which compress badly.

mod print;

use std::cmp::Ordering;

pub(crate) use print::print;

/// More digits than these cannot tell a number from the middle between two doubles, but for being more than it.
const DIGITS: usize = 800;

/// The double nearest to a number as JSON writes it, of two the even one; infinite if it is too large.
///
/// None for what is no number. Cost: O(length) for up to 15 digits and small exponents, else O(exponent²).
pub(crate) fn parse(text: &str) -> Option<f64> {
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
        None => (text, 0),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) if is_digits(fraction) => (whole, fraction),
        Some(_) => return None,
        None => (mantissa, ""),
    };
    if !is_digits(whole) {
        return None;
    }
    let all = whole.bytes().chain(fraction.bytes());
    let mut digits: Vec<u8> = all.map(|byte| byte - b'0').skip_while(|digit| *digit == 0).collect();
    let mut exponent = exponent - fraction.len() as i64;
    while digits.last() == Some(&0) {
        digits.pop();
        exponent += 1;
    }
    if digits.len() > DIGITS {
        exponent += (digits.len() - DIGITS - 1) as i64;
        digits.truncate(DIGITS);
        digits.push(1);
    }
    let value = value(&digits, exponent);
    Some(if is_negative { -value } else { value })
}

/// The double nearest to digits, the first of which is not 0, times a power of ten.
fn value(digits: &[u8], exponent: i64) -> f64 {
    short(digits, exponent).unwrap_or_else(|| nearest(digits, exponent))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An exponent of ten, with or without a sign; one of very many digits stops at a billion.
fn read_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let add = |sum: i64, byte: u8| (sum * 10 + i64::from(byte - b'0')).min(1_000_000_000);
    let size = is_digits(digits).then(|| digits.bytes().fold(0, add))?;
    Some(if text.starts_with('-') { -size } else { size })
}

/// Where both the digits and the power of ten are doubles, one multiplication or division rounds rightly.
fn short(digits: &[u8], exponent: i64) -> Option<f64> {
    if digits.len() > 15 || exponent.abs() > 22 {
        return None;
    }
    let number = digits.iter().fold(0.0, |sum, digit| sum * 10.0 + f64::from(*digit));
    let power = (0..exponent.abs()).fold(1.0, |power, _| power * 10.0);
    Some(if exponent < 0 { number / power } else { number * power })
}

/// Divides integers of any size, and rounds. The digits are not none, and the first is not 0.
fn nearest(digits: &[u8], exponent: i64) -> f64 {
    let magnitude = digits.len() as i64 + exponent;
    if magnitude > 310 || digits.is_empty() {
        return if digits.is_empty() { 0.0 } else { f64::INFINITY };
    }
    if magnitude < -325 {
        return 0.0;
    }
    let (mut dividend, mut divisor) = (Large::default(), Large::of(1));
    digits.iter().for_each(|digit| dividend.multiply_add(10, *digit));
    let scaled = if exponent < 0 { &mut divisor } else { &mut dividend };
    (0..exponent.abs()).for_each(|_| scaled.multiply_add(10, 0));
    // The quotient is made to lie between ½ and 2, so that 64 of its bits hold more than a double does.
    let mut power = dividend.bits() - divisor.bits();
    let smaller = if power < 0 { &mut dividend } else { &mut divisor };
    smaller.shift(power.abs());
    let mut quotient = 0_u128;
    for _ in 0..64 {
        quotient = quotient << 1 | u128::from(dividend.take(&divisor));
        dividend.multiply_add(2, 0);
    }
    power -= 63;
    // A last bit for whatever is left makes rounding see it.
    quotient = quotient << 1 | u128::from(dividend.bits() > 0);
    round(quotient, power - 1)
}

/// The double nearest to `number · 2^power`, for a number of more than 54 bits.
fn round(number: u128, power: i64) -> f64 {
    const LEAST: i64 = -1074;
    let bits = i64::from(u128::BITS - number.leading_zeros());
    let dropped = (bits - 53).max(LEAST - power).min(100);
    let (kept, rest) = (number >> dropped, number & ((1 << dropped) - 1));
    let up = match rest.cmp(&(1 << (dropped - 1))) {
        Ordering::Less => 0,
        Ordering::Equal => kept as u64 & 1,
        Ordering::Greater => 1,
    };
    // What rounding carries over raises the exponent by itself; subnormal numbers have none.
    let exponent = (power + dropped - LEAST).max(0) as u64;
    let double = (exponent << 52) + kept as u64 + up;
    f64::from_bits(double.min(f64::INFINITY.to_bits()))
}

/// An integer of any size without a sign: 32 bits an item, the lowest first, the last one not 0.
#[derive(Clone, Default)]
struct Large(Vec<u32>);

impl Large {
    fn of(number: u64) -> Self {
        let mut this = Self(vec![number as u32, (number >> 32) as u32]);
        this.trim();
        this
    }

    /// Doubles it so many times.
    fn shift(&mut self, bits: i64) {
        (0..bits).for_each(|_| self.multiply_add(2, 0));
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let lengths = self.0.len().cmp(&other.0.len());
        lengths.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    fn multiply_add(&mut self, factor: u32, add: u8) {
        let mut carry = u64::from(add);
        for item in &mut self.0 {
            let product = u64::from(*item) * u64::from(factor) + carry;
            *item = product as u32;
            carry = product >> 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn bits(&self) -> i64 {
        let last = self.0.last().map_or(0, |last| 32 - last.leading_zeros());
        self.0.len().saturating_sub(1) as i64 * 32 + i64::from(last)
    }

    /// Subtracts another where it is not the larger one; whether it was done.
    fn take(&mut self, other: &Self) -> bool {
        if self.cmp(other).is_lt() {
            return false;
        }
        let mut borrowed = false;
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        for (item, other) in self.0.iter_mut().zip(others) {
            let (rest, first) = item.overflowing_sub(other);
            let (rest, second) = rest.overflowing_sub(u32::from(borrowed));
            (*item, borrowed) = (rest, first || second);
        }
        self.trim();
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::parse;

    fn as_the_standard_library(text: &str) {
        let expected = text.parse().ok().map(f64::to_bits);
        assert!(expected.is_some(), "{text}");
        assert_eq!(parse(text).map(f64::to_bits), expected, "{text}");
    }

    #[test]
    fn numbers_at_the_edges_of_doubles_are_read_exactly() {
        let edges = [
            "0",
            "-0",
            "0.0",
            "0e999999999999",
            "1",
            "-1.5",
            "10",
            "1e22",
            "1e23",
            "0.1",
            "0.30000000000000004",
            "9007199254740993",
            "9007199254740992.5",
            "123456789012345678901234567890",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e309",
            "1e99999999999",
            "1e-99999999999",
            "2.2250738585072014e-308",
            "2.2250738585072011e-308",
            "4.9e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.5e-324",
            "1e-324",
            "8.98846567431158e307",
            "5e-325",
            "1e+5",
            "1E5",
            "6.02214076e23",
        ];
        edges.into_iter().for_each(as_the_standard_library);
    }

    #[test]
    fn a_digit_far_behind_tells_a_number_from_the_middle_of_two() {
        let middle = "9007199254740993";
        as_the_standard_library(&format!("{middle}.{}1", "0".repeat(2_000)));
        as_the_standard_library(&format!("{middle}.{}", "0".repeat(2_000)));
        as_the_standard_library(&format!("{middle}{}1e-2001", "0".repeat(2_000)));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", "-", ".5", "1.", "1e", "1e+", "e5", "1.e5", "0x1", "1_0", "inf", "NaN", "+1", "1 ",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_number_is_read_as_the_standard_library_does(text in "-?[0-9]{1,25}(\\.[0-9]{1,25})?(e-?[0-9]{1,3})?") {
            as_the_standard_library(&text);
        }

        #[test]
        fn any_double_comes_back(bits: u64) {
            let double = f64::from_bits(bits);
            if double.is_finite() {
                as_the_standard_library(&double.to_string());
                as_the_standard_library(&format!("{double:e}"));
            }
        }
    }
}
