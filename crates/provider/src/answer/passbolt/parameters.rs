//! What a query string asks for: what to contain, whom to filter by, how to sort.

use uuid::Uuid;

use super::envelope::Refusal;
use super::id;
use crate::answer::target;

/// The parameters of a request, decoded.
pub(super) struct Parameters<'a>(pub &'a target::Parameters<'a>);

impl Parameters<'_> {
    /// The value of a parameter; of two the last counts.
    pub fn last(&self, name: &str) -> Option<&str> {
        self.0.last(name)
    }

    /// The values of a parameter that is a list.
    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let of_name = self.0.iter().filter(move |parameter| parameter.name == name);
        of_name.map(|parameter| &*parameter.value)
    }

    /// Whether `contain[name]` is asked for under any of its names; none if it is not mentioned.
    ///
    /// # Errors
    /// If a value is neither 1 nor 0, true nor false.
    pub fn contain(&self, names: &[&str]) -> Result<Option<bool>, Refusal> {
        let mut asked = None;
        for name in names {
            if let Some(value) = self.last(&format!("contain[{name}]")) {
                let flag = flag(value).ok_or_else(|| {
                    Refusal::bad(format!("Invalid contain. \"{value}\" is not a valid value for {name}."))
                })?;
                asked = Some(asked == Some(true) || flag);
            }
        }
        Ok(asked)
    }

    /// The ids of `filter[name]`, a list with commas, and of each `filter[name][]`; of what, for messages.
    ///
    /// # Errors
    /// If one of them is not a UUID.
    pub fn ids(&self, name: &str, what: &str) -> Result<Vec<Uuid>, Refusal> {
        let lists = self.last(&format!("filter[{name}]")).into_iter();
        let list = format!("filter[{name}][]");
        let ids = lists.chain(self.all(&list)).flat_map(|list| list.split(','));
        let read = |text: &str| {
            id::told(text).ok_or_else(|| {
                Refusal::bad(format!(
                    "Invalid filter. \"{text}\" is not a valid {what} id for filter {name}."
                ))
            })
        };
        ids.map(read).collect()
    }

    /// The text to search for, of 1 to 64 characters.
    ///
    /// # Errors
    /// If it is shorter or longer.
    pub fn search(&self) -> Result<Option<&str>, Refusal> {
        let search = self
            .last("filter[search]")
            .or_else(|| self.all("filter[search][]").next());
        match search.map(|text| text.chars().count()) {
            None | Some(1..=64) => Ok(search),
            Some(_) => Err(Refusal::bad(
                "Invalid filter. A search has 1 to 64 characters.".to_owned(),
            )),
        }
    }

    /// The flag of `filter[name]`.
    ///
    /// # Errors
    /// If its value is none.
    pub fn filter_flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        let read = |value| {
            flag(value).ok_or_else(|| {
                Refusal::bad(format!(
                    "Invalid filter. \"{value}\" is not a valid value for filter {name}."
                ))
            })
        };
        self.last(&format!("filter[{name}]")).map(read).transpose()
    }

    /// Whether `filter[name]` is there at all.
    pub fn mentions_filter(&self, name: &str) -> bool {
        self.last(&format!("filter[{name}]")).is_some()
    }

    /// The values of `order`, or of each `order[]`, that are not empty.
    pub fn orders(&self) -> impl Iterator<Item = &str> {
        let values = self.last("order").into_iter().chain(self.all("order[]"));
        values.filter(|value| !value.is_empty())
    }

    /// Each `sort[field]` with its value.
    pub fn sorts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|parameter| {
            let field = parameter.name.strip_prefix("sort[")?.strip_suffix(']')?;
            Some((field, &*parameter.value))
        })
    }
}

/// `1` or `0`, `true` or `false`, in any case.
fn flag(value: &str) -> Option<bool> {
    let is = |words: [&str; 2]| words.iter().any(|word| value.eq_ignore_ascii_case(word));
    if is(["1", "true"]) {
        Some(true)
    } else {
        is(["0", "false"]).then_some(false)
    }
}
