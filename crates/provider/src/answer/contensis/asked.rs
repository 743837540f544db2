//! What a list is asked with: its parameters, read and checked.

use membership::directory::Directory;
use membership::entity::GroupIndex;
use membership::query::{OrderTerm, Query, QueryError};

use super::find_group;
use super::refusal::Refusal;
use crate::answer::target::Parameters;

/// The items of a page, where nothing is asked.
const PAGE_SIZE: u32 = 25;
/// The most items of a page.
const LARGEST_PAGE: u32 = 1_000;
/// The last page that can be asked for.
const LAST_PAGE: u32 = i32::MAX as u32;

/// A request with its parameters, whose names may be in any case. Those that an endpoint does not know are ignored.
pub(super) struct Asked<'a> {
    /// What answers.
    pub directory: &'a Directory,
    /// What time it is, in milliseconds since 1970 in UTC.
    pub now: i64,
    /// The parameters as they are written.
    pub parameters: Parameters<'a>,
}

/// Which page is asked for.
#[derive(Clone, Copy)]
pub(super) struct Paging {
    /// The page, from 0.
    pub index: u32,
    /// The most items that it has, at least 1.
    pub size: u32,
}

impl Asked<'_> {
    /// # Errors
    /// If `pageIndex` or `pageSize` is not a number in its range.
    pub fn paging(&self) -> Result<Paging, Refusal> {
        Ok(Paging {
            index: self.number("pageIndex", 0, 0..=LAST_PAGE)?,
            size: self.number("pageSize", PAGE_SIZE, 1..=LARGEST_PAGE)?,
        })
    }

    fn number(&self, name: &'static str, default: u32, range: std::ops::RangeInclusive<u32>) -> Result<u32, Refusal> {
        let Some(value) = self.parameters.last_in_any_case(name) else {
            return Ok(default);
        };
        whole(value).filter(|number| range.contains(number)).ok_or_else(|| {
            let expected = format!("a whole number from {} to {}", range.start(), range.end());
            Refusal::wrong(name, value, &expected, &format!("`{name}` must be {expected}"))
        })
    }

    /// A flag, false where nothing is said.
    ///
    /// # Errors
    /// If it is anything but `true` or `false`, in any case.
    pub fn flag(&self, name: &'static str) -> Result<bool, Refusal> {
        match self.parameters.last_in_any_case(name) {
            None => Ok(false),
            Some(value) if value.eq_ignore_ascii_case("false") => Ok(false),
            Some(value) if value.eq_ignore_ascii_case("true") => Ok(true),
            Some(value) => {
                let expected = "`true` or `false`";
                Err(Refusal::wrong(
                    name,
                    value,
                    expected,
                    &format!("`{name}` must be {expected}"),
                ))
            }
        }
    }

    /// The order of `order`; empty where nothing is said.
    ///
    /// # Errors
    /// If it names a field that cannot be ordered by.
    pub fn order(&self, read: fn(&str) -> Result<Vec<OrderTerm>, QueryError>) -> Result<Vec<OrderTerm>, Refusal> {
        let order = self.parameters.last_in_any_case("order").unwrap_or_default();
        read(order).map_err(|error| Refusal::query("order", error))
    }

    /// The query of `zenQL`; one that all match where nothing is said.
    ///
    /// # Errors
    /// If it is none.
    pub fn query(&self, read: fn(&str) -> Result<Query, QueryError>) -> Result<Query, Refusal> {
        let query = self.parameters.last_in_any_case("zenQL").unwrap_or_default();
        read(query).map_err(|error| Refusal::query("zenQL", error))
    }

    /// The quick search; empty where nothing is said.
    pub fn search(&self) -> &str {
        self.parameters.last_in_any_case("q").unwrap_or_default()
    }

    /// The groups of `excludedGroups`, without empty items.
    ///
    /// # Errors
    /// If there is no such group.
    pub fn excluded(&self) -> Result<Vec<GroupIndex>, Refusal> {
        let list = self.parameters.last_in_any_case("excludedGroups").unwrap_or_default();
        let items = list.split(',').filter(|item| !item.is_empty());
        items.map(|item| find_group(self.directory, item)).collect()
    }
}

/// A number of digits alone; one that is too large for its range anyway stops growing.
fn whole(text: &str) -> Option<u32> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    let mut digits = text.bytes();
    let first = digit(digits.next()?)?;
    digits.try_fold(first, |number, byte| {
        Some(number.saturating_mul(10).saturating_add(digit(byte)?))
    })
}
