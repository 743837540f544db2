//! Writes doubles, as short as they can be. The standard library does so faster, by 14 kB of code and tables.

use super::{Large, value};

/// As many digits as tell any double from all others.
const DIGITS: usize = 17;

/// Writes a finite number in the fewest digits that are read as it, of several such numbers the nearest, and without an
/// exponent. Infinity and what is no number are nothing that JSON knows, and are not written.
///
/// Cost: O(1) for an integer below 2^53, else O(exponent²).
pub(crate) fn print(number: f64, out: &mut String) {
    if !number.is_finite() {
        return;
    }
    if number.is_sign_negative() {
        out.push('-');
    }
    let size = number.abs();
    let whole = size as u64;
    if whole < 1 << 53 && whole as f64 == size {
        out.push_str(&whole.to_string());
        return;
    }
    let (digits, point) = shortest(size);
    let digit = |at: i64| {
        let digit = usize::try_from(at).ok().and_then(|at| digits.get(at));
        char::from(b'0' + digit.copied().unwrap_or_default())
    };
    out.extend((point.min(1) - 1..point).map(digit));
    if (digits.len() as i64) > point {
        out.push('.');
        out.extend((point..digits.len() as i64).map(digit));
    }
}

/// The fewest digits that are read as a number above 0, and how many of them stand before the point.
fn shortest(number: f64) -> (Vec<u8>, i64) {
    let (digits, point) = expanded(number);
    for length in 1..DIGITS {
        let (kept, rest) = digits.split_at_checked(length).unwrap_or_default();
        let down = (kept.to_vec(), point);
        let up = next(kept, point);
        // A digit for whatever follows stands at the end, so that what is above a half is so in these.
        let is_below_half = rest < [5].as_slice();
        let candidates = if is_below_half { [down, up] } else { [up, down] };
        let is_read = |(digits, point): &(Vec<u8>, i64)| value(digits, point - digits.len() as i64) == number;
        if let Some(found) = candidates.into_iter().find(is_read) {
            return found;
        }
    }
    let (kept, rest) = digits.split_at_checked(DIGITS).unwrap_or_default();
    if rest < [5].as_slice() {
        (kept.to_vec(), point)
    } else {
        next(kept, point)
    }
}

/// One more in the last digit.
fn next(digits: &[u8], point: i64) -> (Vec<u8>, i64) {
    let mut digits = digits.to_vec();
    while let Some(last) = digits.pop() {
        if last < 9 {
            digits.push(last + 1);
            return (digits, point);
        }
    }
    (vec![1], point + 1)
}

/// The first digits of a number above 0, more than [`DIGITS`] of them, cut, with a 1 at the end if anything was cut;
/// and how many of them stand before the point.
fn expanded(number: f64) -> (Vec<u8>, i64) {
    const FRACTION: u64 = (1 << 52) - 1;
    let (exponent, fraction) = (number.to_bits() >> 52, number.to_bits() & FRACTION);
    let mantissa = fraction | u64::from(exponent > 0) << 52;
    let power = exponent.max(1) as i64 - 1075;
    let (mut dividend, mut divisor) = (Large::of(mantissa), Large::of(1));
    let scaled = if power < 0 { &mut divisor } else { &mut dividend };
    scaled.shift(power.abs());
    // The quotient is made to have one digit before its point.
    let mut point = 1;
    while dividend.cmp(&divisor).is_lt() {
        dividend.multiply_add(10, 0);
        point -= 1;
    }
    let mut larger = divisor.clone();
    larger.multiply_add(10, 0);
    while dividend.cmp(&larger).is_ge() {
        larger.multiply_add(10, 0);
        divisor.multiply_add(10, 0);
        point += 1;
    }
    let mut digits = Vec::with_capacity(DIGITS + 2);
    while digits.len() <= DIGITS {
        let mut digit = 0;
        while dividend.take(&divisor) {
            digit += 1;
        }
        digits.push(digit);
        dividend.multiply_add(10, 0);
    }
    if dividend.bits() > 0 {
        digits.push(1);
    }
    (digits, point)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::print;

    fn as_the_standard_library(number: f64) {
        let mut text = String::new();
        print(number, &mut text);
        assert_eq!(text, number.to_string());
    }

    #[test]
    fn numbers_at_the_edges_of_doubles_are_written_in_the_fewest_digits() {
        let edges = [
            0.0,
            1.0,
            0.1,
            0.3,
            0.1 + 0.2,
            1e21,
            1e22,
            1e23,
            9.5,
            0.95,
            99.99,
            123.456,
            1e-7,
            5e-324,
            2.5e-323,
            1.5,
            9_007_199_254_740_991.0,
            9_007_199_254_740_992.0,
            9_007_199_254_740_994.0,
            f64::MAX,
            f64::MIN_POSITIVE,
            f64::EPSILON,
            4.35,
            0.000_123,
            1e300,
            8.98846567431158e307,
            5.684341886080802e-14,
        ];
        for number in edges {
            as_the_standard_library(number);
            as_the_standard_library(-number);
        }
        // Below a power of two doubles lie twice as close as above it.
        (-1074..1024)
            .map(|power| 2f64.powi(power))
            .for_each(as_the_standard_library);
    }

    #[test]
    fn what_is_no_number_is_not_written() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut text = String::new();
            print(number, &mut text);
            assert_eq!(text, "");
        }
    }

    proptest! {
        #[test]
        fn any_double_is_written_as_the_standard_library_does(bits: u64) {
            let number = f64::from_bits(bits);
            if number.is_finite() {
                as_the_standard_library(number);
            }
        }

        #[test]
        fn a_short_decimal_is_written_as_the_standard_library_does(whole in 0..1_000_000_000i64, digits in 0..12) {
            as_the_standard_library(whole as f64 / 10f64.powi(digits));
        }
    }
}
