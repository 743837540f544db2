//! The URL of a request, taken apart: segments of a path, parameters of a query.

use std::borrow::Cow;

/// A URL, absolute or a path alone, split before anything of it is decoded. What stands after `#` is never sent and does not count.
#[derive(Debug)]
pub(super) struct Target<'a> {
    /// Scheme and host as they are written, such as `https://cms.example`; empty where the URL is a path alone.
    pub origin: &'a str,
    /// The segments of the path as they are written. One slash at the end is ignored.
    pub raw: Vec<&'a str>,
    /// The same, decoded; a malformed one stands as it is written, which no literal of a path equals.
    pub path: Vec<Cow<'a, str>>,
    query: &'a str,
}

/// A parameter, its name and its value decoded.
#[derive(Debug)]
pub(super) struct Parameter<'a> {
    /// The name.
    pub name: Cow<'a, str>,
    /// What stands after the first `=`; empty where there is none.
    pub value: Cow<'a, str>,
}

/// The parameters of a query, in its order.
#[derive(Debug)]
pub(super) struct Parameters<'a>(Vec<Parameter<'a>>);

/// Percent-encoding, or the UTF-8 that it stands for, is malformed: the text that it is malformed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Malformed(pub String);

impl<'a> Target<'a> {
    /// Takes a URL apart; none if it is neither absolute nor a path. Cost: O(length).
    pub fn new(url: &'a str) -> Option<Self> {
        let url = url.split('#').next().unwrap_or_default();
        let (address, query) = url.split_once('?').unwrap_or((url, ""));
        let (origin, path) = if address.starts_with('/') {
            ("", address)
        } else {
            let scheme = address.as_bytes().windows(3).position(|bytes| bytes == b"://")?;
            let slashes = address.bytes().enumerate().skip(scheme + 3);
            let path = slashes.filter(|(_, byte)| *byte == b'/').map(|(at, _)| at).next();
            address.split_at_checked(path.unwrap_or(address.len()))?
        };
        let path = path.strip_prefix('/').unwrap_or_default();
        let path = path.strip_suffix('/').unwrap_or(path);
        let raw: Vec<_> = path.split('/').collect();
        let path = raw.iter().map(|raw| decode(raw).unwrap_or(Cow::Borrowed(raw)));
        Some(Self {
            origin,
            path: path.collect(),
            raw,
            query,
        })
    }

    /// The first segment that cannot be decoded.
    ///
    /// # Errors
    /// That segment.
    pub fn check_path(&self) -> Result<(), Malformed> {
        self.raw.iter().try_for_each(|raw| decode(raw).map(|_| ()))
    }

    /// The parameters, in which `+` is a space.
    ///
    /// # Errors
    /// The first name or value that cannot be decoded, be its parameter known or not.
    ///
    /// Cost: O(length).
    pub fn parameters(&self) -> Result<Parameters<'a>, Malformed> {
        let pairs = self.query.split('&').filter(|pair| !pair.is_empty());
        let parameters = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode_query(name)?, decode_query(value)?);
            Ok(Parameter { name, value })
        });
        parameters.collect::<Result<_, _>>().map(Parameters)
    }
}

impl Parameters<'_> {
    /// Every parameter, in the order of the query.
    pub fn iter(&self) -> impl Iterator<Item = &Parameter<'_>> {
        self.0.iter()
    }

    /// The value of the last parameter of a name, spelled so.
    pub fn last(&self, name: &str) -> Option<&str> {
        self.find(|other| other == name)
    }

    /// The value of the last parameter of a name, in any case.
    pub fn last_in_any_case(&self, name: &str) -> Option<&str> {
        self.find(|other| other.eq_ignore_ascii_case(name))
    }

    fn find(&self, is_meant: impl Fn(&str) -> bool) -> Option<&str> {
        let mut from_last = self.0.iter().rev();
        from_last
            .find(|parameter| is_meant(&parameter.name))
            .map(|parameter| &*parameter.value)
    }
}

/// A part of a path, decoded. `+` is itself.
///
/// # Errors
/// The part, if a `%` is not followed by two hexadecimal digits or the bytes are no UTF-8.
///
/// Cost: O(length).
pub(super) fn decode(text: &str) -> Result<Cow<'_, str>, Malformed> {
    if !text.contains('%') {
        return Ok(Cow::Borrowed(text));
    }
    let malformed = || Malformed(text.to_owned());
    let digit = |byte: Option<u8>| char::from(byte?).to_digit(16).map(|digit| digit as u8);
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => match (digit(bytes.next()), digit(bytes.next())) {
                (Some(high), Some(low)) => high << 4 | low,
                _ => return Err(malformed()),
            },
            byte => byte,
        });
    }
    String::from_utf8(decoded).map(Cow::Owned).map_err(|_| malformed())
}

/// A part of a query, decoded.
fn decode_query(text: &str) -> Result<Cow<'_, str>, Malformed> {
    if text.contains('+') {
        let spaced = text.replace('+', " ");
        return decode(&spaced).map(|decoded| Cow::Owned(decoded.into_owned()));
    }
    decode(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn path(url: &str) -> Vec<String> {
        let target = Target::new(url).expect("a URL");
        target.path.iter().map(ToString::to_string).collect()
    }

    #[track_caller]
    fn parameters(url: &str) -> Vec<(String, String)> {
        let target = Target::new(url).expect("a URL");
        let parameters = target.parameters().expect("well-formed");
        let pair = |parameter: &Parameter<'_>| (parameter.name.to_string(), parameter.value.to_string());
        parameters.iter().map(pair).collect()
    }

    #[test]
    fn a_path_is_split_before_it_is_decoded() {
        assert_eq!(path("/a%2Fb/c"), ["a/b", "c"]);
        assert_eq!(path("/a/../%2E/b"), ["a", "..", ".", "b"]);
        assert_eq!(path("/a+b/%C3%A9é"), ["a+b", "éé"]);
    }

    #[test]
    fn one_slash_at_the_end_is_ignored() {
        assert_eq!(path("/a/"), ["a"]);
        assert_eq!(path("/a//"), ["a", ""]);
        assert_eq!(path("//a"), ["", "a"]);
        assert_eq!(path("/"), [""]);
    }

    #[test]
    fn a_url_is_absolute_or_a_path() {
        let origin = |url| Target::new(url).map(|target| target.origin.to_owned());
        assert_eq!(
            origin("https://cms.example:8/a?b"),
            Some("https://cms.example:8".into())
        );
        assert_eq!(path("https://cms.example:8/a?b=/c://d"), ["a"]);
        assert_eq!(path("https://cms.example?b"), [""]);
        assert_eq!(origin("/a?b=c://d"), Some(String::new()));
        assert_eq!(path("/a#b?c/d"), ["a"]);
        assert_eq!(origin("a/b"), None);
        assert_eq!(origin(""), None);
    }

    #[test]
    fn parameters_are_decoded_after_they_are_split() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            parameters("/?a=1&&b&c==+%2B%26&%61+=%3D"),
            [pair("a", "1"), pair("b", ""), pair("c", "= +&"), pair("a ", "=")]
        );
        assert_eq!(parameters("/a"), []);
    }

    #[test]
    fn of_one_given_twice_the_last_counts() {
        let target = Target::new("/?a=1&A=2&a=3&b=4").expect("a URL");
        let parameters = target.parameters().expect("well-formed");
        assert_eq!(parameters.last("a"), Some("3"));
        assert_eq!(parameters.last("A"), Some("2"));
        assert_eq!(parameters.last("B"), None);
        assert_eq!(parameters.last_in_any_case("B"), Some("4"));
    }

    #[test]
    fn what_is_malformed_is_told_and_never_fatal() {
        for text in ["%", "%4", "a%zz", "%+1", "%FF", "%C3%28", "%E2%82", "%ED%A0%80", "%é1"] {
            assert_eq!(decode(text), Err(Malformed(text.to_owned())), "{text}");
            let url = format!("/a/{text}?a=1");
            let target = Target::new(&url).expect("a URL");
            assert_eq!(target.path, ["a", text]);
            assert!(target.check_path().is_err() && target.parameters().is_ok());
            let url = format!("/a?{text}=1");
            assert!(Target::new(&url).expect("a URL").parameters().is_err(), "{text}");
            let url = format!("/a?b={text}");
            assert!(Target::new(&url).expect("a URL").parameters().is_err(), "{text}");
        }
        assert_eq!(decode("%c3%A9%00").as_deref(), Ok("é\0"));
    }
}
