//! What the engine says, in another language: templates that are found again in the message that was made of one.

/// Templates in English with what stands for them, in the order in which they are tried.
pub struct Templates(Vec<(&'static str, &'static str)>);

impl Templates {
    /// Of a text as a table's.
    pub fn new(text: &'static str) -> Self {
        Self(super::table::pairs(text))
    }

    /// The message in the other language; values are looked up by themselves. A message of no template stays as it is.
    ///
    /// Each template is held against the message once, in time proportional to both.
    pub fn of(&self, english: &str) -> String {
        for (template, own) in &self.0 {
            let mut values = Vec::new();
            if fits(template, english, &mut values) {
                let values: Vec<String> = values.into_iter().map(|value| self.of(value)).collect();
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                return super::filled(own, &values);
            }
        }
        english.to_owned()
    }
}

/// Whether a message was made of a template, whose places stand in their order, and of which values. A value is as short as it
/// can be, and never all of a message.
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
        next => match message.find(next) {
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
        let of = |english| Templates::new(TEXT).of(english);
        assert_eq!(of("a comma"), "ein Komma");
        assert_eq!(of("expected a comma, found `x`"), "`x` statt ein Komma");
        assert_eq!(of("`(` is not closed"), "`(` ist offen");
        assert_eq!(of("`(` is not closed yet"), "`(` is not closed yet");
        assert_eq!(of("something new"), "something new");
        assert_eq!(of(""), "");
    }
}
