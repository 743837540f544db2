//! What the engine says, in another language: templates that are found again in the message that was made of one.

use crate::number::grouped;

/// Templates in English with what stands for them, in the order in which they are tried.
pub struct Templates {
    templates: Vec<(&'static str, &'static str)>,
    /// What stands between two things of which one will do.
    either: &'static str,
}

impl Templates {
    /// Of a text as a table's.
    pub fn new(text: &'static str, either: &'static str) -> Self {
        Self {
            templates: super::table::pairs(text),
            either,
        }
    }

    /// The message in the other language; values are looked up by themselves. A message of no template stays as it is.
    ///
    /// Each template is held against the message once, in time proportional to both.
    pub fn of(&self, english: &str) -> String {
        for (template, own) in &self.templates {
            let mut values = Vec::new();
            if fits(template, english, &mut values) {
                // Errors begin with a small letter and speak of things; findings speak of users and groups, by their names.
                let is_error = template.starts_with(|it: char| it.is_ascii_lowercase() || it == '`')
                    || template.starts_with("{0};");
                let value = |value: &str| match counted(value) {
                    Some(number) => grouped(number),
                    None if is_error => self.things(value),
                    None => value.to_owned(),
                };
                let values: Vec<String> = values.into_iter().map(value).collect();
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                return super::filled(own, &values);
            }
        }
        english.to_owned()
    }

    /// What was expected or found: a message by itself, or several with commas and *or*.
    fn things(&self, english: &str) -> String {
        let whole = self.of(english);
        let Some((before, last)) = english.rsplit_once(" or ").filter(|_| whole == english) else {
            return whole;
        };
        let before: Vec<String> = before.split(", ").map(|thing| self.of(thing)).collect();
        [&before.join(", "), self.either, &self.of(last)].concat()
    }
}

/// The number that the engine wrote with commas between its digits.
fn counted(value: &str) -> Option<u64> {
    value.contains(',').then(|| value.replace(',', "").parse().ok())?
}

/// Whether a message was made of a template, whose places stand in their order, and of which values. What stands between two
/// values is looked for from the end.
fn fits<'a>(template: &str, message: &'a str, values: &mut Vec<&'a str>) -> bool {
    let Some((before, rest)) = template.split_once('{') else {
        return template == message;
    };
    let (_, rest) = rest.split_once('}').unwrap_or_default();
    let Some(mut message) = message.strip_prefix(before) else {
        return false;
    };
    let end = match rest.split('{').next().unwrap_or_default() {
        "" => message.len(),
        next if next.len() == rest.len() => match message.strip_suffix(next) {
            Some(value) => value.len(),
            None => return false,
        },
        // Names come first, and may hold what stands between.
        next => match message.rfind(next) {
            Some(end) => end,
            None => return false,
        },
    };
    values.push(&message[..end]);
    message = &message[end..];
    fits(rest, message, values)
}

#[cfg(test)]
mod tests {
    use super::Templates;

    const TEXT: &str =
        "expected {0}, found {1}\n\t{1} statt {0}\na comma\n\tein Komma\n`{0}` is not closed\n\t`{0}` ist offen\n";

    #[test]
    fn a_message_is_known_by_its_template() {
        let of = |english| Templates::new(TEXT, " oder ").of(english);
        assert_eq!(of("a comma"), "ein Komma");
        assert_eq!(of("expected a comma, found `x`"), "`x` statt ein Komma");
        assert_eq!(of("`(` is not closed"), "`(` ist offen");
        assert_eq!(of("`(` is not closed yet"), "`(` is not closed yet");
        assert_eq!(
            of("expected `(` or a comma, found a comma"),
            "ein Komma statt `(` oder ein Komma"
        );
        assert_eq!(of("something new"), "something new");
        assert_eq!(of(""), "");
    }
}
