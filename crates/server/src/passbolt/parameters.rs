//! What a query string asks for: what to contain, whom to filter by, how to sort, which page.

use membership::query::{Field, OrderTerm};

use super::envelope::Refusal;
use crate::store::stand_in;
use crate::target::Target;

/// The parameters of a request.
pub(super) struct Parameters<'a>(pub(super) &'a Target<'a>);

impl Parameters<'_> {
    /// The last value of a parameter.
    pub(super) fn last(&self, name: &str) -> Option<&str> {
        self.0.last(name)
    }

    /// Whether `contain[name]` is asked for under any of its names; none if it is not mentioned.
    ///
    /// # Errors
    /// If a value is neither 1 nor 0, true nor false.
    pub(super) fn contain(&self, names: &[&str]) -> Result<Option<bool>, Refusal> {
        let mut asked = None;
        for name in names {
            if let Some(value) = self.last(&format!("contain[{name}]")) {
                let flag = flag(value).ok_or_else(|| {
                    Refusal::bad(format!("Invalid contain. \"{value}\" is not a valid value for {name}."))
                })?;
                asked = Some(flag || asked == Some(true));
            }
        }
        Ok(asked)
    }

    /// The ids of `filter[name]`, a list with commas, and of each `filter[name][]`, in lower case.
    ///
    /// # Errors
    /// If one of them is not a UUID; `what` says whose it should be.
    pub(super) fn ids(&self, name: &str, what: &str) -> Result<Vec<String>, Refusal> {
        let list = format!("filter[{name}][]");
        let lists = self
            .last(&format!("filter[{name}]"))
            .into_iter()
            .chain(self.0.all(&list));
        let read = |text: &str| {
            stand_in::told(text).ok_or_else(|| {
                let says = format!("Invalid filter. \"{text}\" is not a valid {what} id for filter {name}.");
                Refusal::bad(says)
            })
        };
        lists.flat_map(|list| list.split(',')).map(read).collect()
    }

    /// The text to search for.
    ///
    /// # Errors
    /// If it has not 1 to 64 characters.
    pub(super) fn search(&self) -> Result<Option<&str>, Refusal> {
        let search = self
            .last("filter[search]")
            .or_else(|| self.0.all("filter[search][]").next());
        match search.map(|text| text.chars().count()) {
            None | Some(1..=64) => Ok(search),
            Some(_) => Err(Refusal::new(400, "Invalid filter. A search has 1 to 64 characters.")),
        }
    }

    /// The flag of `filter[name]`.
    ///
    /// # Errors
    /// If its value is none.
    pub(super) fn filter_flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        let read = |value| {
            flag(value).ok_or_else(|| {
                Refusal::bad(format!(
                    "Invalid filter. \"{value}\" is not a valid value for filter {name}."
                ))
            })
        };
        self.last(&format!("filter[{name}]")).map(read).transpose()
    }

    /// Which page, from 1, and how many items it has; without that, one page has all.
    ///
    /// # Errors
    /// If one of them is not a whole number from 1 to 2,147,483,647.
    pub(super) fn page(&self) -> Result<(i64, Option<i64>), Refusal> {
        let number = |name: &str| {
            let Some(text) = self.last(name) else {
                return Ok(None);
            };
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            let number = digits.then(|| text.parse().ok()).flatten();
            let number = number.filter(|number| (1..=2_147_483_647).contains(number));
            let refused = || Refusal::bad(format!("Invalid {name}. \"{text}\" is not a number from 1 on."));
            number.map(Some).ok_or_else(refused)
        };
        let limit = number("limit")?;
        Ok((number("page")?.unwrap_or(1), limit))
    }

    /// The order of groups: `order[]=Group.name`, perhaps with a direction, or a direction alone.
    ///
    /// # Errors
    /// If it is anything else.
    pub(super) fn order_of_groups(&self) -> Result<Vec<OrderTerm>, Refusal> {
        let read = |value: &str| {
            let descending = match value {
                "Group.name" | "ASC" | "Group.name ASC" => false,
                "DESC" | "Group.name DESC" => true,
                _ => return Err(bad_order(value)),
            };
            let field = Field::Name;
            Ok(OrderTerm { field, descending })
        };
        self.orders().map(read).collect()
    }

    /// The order of users: `sort` with `direction`, else each `sort[field]`, else the older `order`.
    ///
    /// # Errors
    /// If a field is none that the vendor sorts by, or a direction is none.
    pub(super) fn order_of_users(&self) -> Result<Vec<OrderTerm>, Refusal> {
        if let Some(field) = self.last("sort") {
            return Ok(vec![term(field, self.last("direction").unwrap_or("asc"))?]);
        }
        let sorts = self.0.parameters.iter().filter_map(|(name, direction)| {
            let field = name.strip_prefix("sort[")?.strip_suffix(']')?;
            Some(term(field, direction))
        });
        let sorts = sorts.collect::<Result<Vec<_>, _>>()?;
        if !sorts.is_empty() {
            return Ok(sorts);
        }
        let read = |value: &str| match value.rsplit_once(' ') {
            None => term(value, "asc"),
            Some((field, "ASC")) => term(field, "asc"),
            Some((field, "DESC")) => term(field, "desc"),
            Some(_) => Err(bad_order(value)),
        };
        self.orders().map(read).collect()
    }

    /// The values of `order`, or of each `order[]`, that are not empty.
    fn orders(&self) -> impl Iterator<Item = &str> {
        let values = self.last("order").into_iter().chain(self.0.all("order[]"));
        values.filter(|value| !value.is_empty())
    }
}

fn term(field: &str, direction: &str) -> Result<OrderTerm, Refusal> {
    let (model, column) = field.split_once('.').unwrap_or((field, ""));
    let field = match (model, column) {
        ("Users" | "User", "username") => Field::Username,
        ("Users" | "User", "created") => Field::Created,
        ("Users" | "User", "modified") => Field::Modified,
        ("Users" | "User", "last_logged_in") => Field::LastLogin,
        ("Profiles" | "Profile", "first_name") => Field::FirstName,
        ("Profiles" | "Profile", "last_name") => Field::LastName,
        // Nobody tells the times of a profile: as by any field that no user has, the order is that of the ids.
        ("Profiles" | "Profile", "created" | "modified") => Field::Custom(String::new()),
        _ => return Err(bad_order(field)),
    };
    let descending = direction.eq_ignore_ascii_case("desc");
    if descending || direction.eq_ignore_ascii_case("asc") {
        Ok(OrderTerm { field, descending })
    } else {
        Err(bad_order(direction))
    }
}

fn bad_order(value: &str) -> Refusal {
    Refusal::bad(format!(
        "Invalid order. \"{value}\" is not in the list of allowed order."
    ))
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
