//! What a URL asks for: the segments of its path and the parameters of its query, as the documented endpoints read them.

/// A path that is no text: a percent sign without two hexadecimal digits, or bytes that are no UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// A URL's path and query, split before anything of it is decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target<'a> {
    /// The segments as they came; one slash at the end is left out.
    pub segments: Vec<&'a str>,
    /// The parameters, decoded, in their order.
    pub parameters: Vec<(String, String)>,
}

impl<'a> Target<'a> {
    /// Splits a path and a query.
    ///
    /// # Errors
    /// If a parameter is malformed; segments are decoded by whoever needs them. Cost: O(length).
    pub fn read(path: &'a str, query: Option<&str>) -> Result<Self, Malformed> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        let parameters = query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        let parameters = parameters.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decode_query(name)?, decode_query(value)?))
        });
        Ok(Self {
            segments: path.split('/').collect(),
            parameters: parameters.collect::<Result<_, _>>()?,
        })
    }

    /// The last value of a parameter, whose name is spelled so.
    pub fn last(&self, name: &str) -> Option<&str> {
        self.all(name).last()
    }

    /// All values of a parameter, whose name is spelled so.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let of_name = self.parameters.iter().filter(move |(other, _)| other == name);
        of_name.map(|(_, value)| value.as_str())
    }

    /// The last value of a parameter, whose name may be in any case.
    pub fn last_in_any_case(&self, name: &str) -> Option<&str> {
        let same = |(other, _): &&(String, String)| other.eq_ignore_ascii_case(name);
        let last = self.parameters.iter().rev().find(same)?;
        Some(last.1.as_str())
    }

    /// The same; an empty one counts as absent.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.last_in_any_case(name).filter(|value| !value.is_empty())
    }
}

/// Decodes a segment of a path, in which `+` is itself.
///
/// # Errors
/// If it is malformed. Cost: O(length).
pub fn decode(text: &str) -> Result<String, Malformed> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if *first != b'%' {
            bytes.push(*first);
            rest = after;
            continue;
        }
        let [high, low, after @ ..] = after else {
            return Err(Malformed);
        };
        let digit = |byte: u8| char::from(byte).to_digit(16).ok_or(Malformed);
        bytes.push((digit(*high)? * 16 + digit(*low)?) as u8);
        rest = after;
    }
    String::from_utf8(bytes).map_err(|_| Malformed)
}

/// Decodes a name or a value of a query, in which `+` is a space.
fn decode_query(text: &str) -> Result<String, Malformed> {
    decode(&text.replace('+', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_split_before_they_are_decoded() {
        let target = Target::read("/api/a%2Fb/./c/", Some("q=a+b%2B&Q=last&empty=&&x")).expect("a target");
        assert_eq!(target.segments, ["api", "a%2Fb", ".", "c"]);
        assert_eq!(target.parameter("q"), Some("last"));
        assert_eq!(
            (target.parameter("empty"), target.parameter("x"), target.parameter("y")),
            (None, None, None)
        );
        assert_eq!(
            (target.last_in_any_case("EMPTY"), target.last("Q"), target.last("q")),
            (Some(""), Some("last"), Some("a b+"))
        );
        assert_eq!(target.all("q").collect::<Vec<_>>(), ["a b+"]);
        assert_eq!(target.parameters[0].1, "a b+");
    }

    #[test]
    fn what_is_malformed_is_refused() {
        assert_eq!(decode("a+%C3%A9"), Ok("a+é".to_owned()));
        for text in ["%", "%2", "%zz", "%ff", "é%e"] {
            assert_eq!(decode(text), Err(Malformed), "{text}");
        }
        assert_eq!(Target::read("/", Some("a=%")), Err(Malformed));
    }
}
