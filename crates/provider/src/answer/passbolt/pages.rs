//! Pages of users, if somebody asks for pages.

use super::envelope::Refusal;
use super::parameters::Parameters;

/// Which page of a list is asked for.
#[derive(Clone, Copy)]
pub(super) struct Pages {
    /// How many items a page has; without it, one page has all.
    pub limit: Option<u32>,
    /// Which page, from 1.
    pub page: u32,
}

impl Pages {
    /// Reads `limit` and `page`.
    ///
    /// # Errors
    /// If one of them is not a whole number from 1 to 2,147,483,647.
    pub fn read(parameters: &Parameters<'_>) -> Result<Self, Refusal> {
        let number = |name: &str| {
            let Some(text) = parameters.last(name) else {
                return Ok(None);
            };
            let digits = Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
            let value = digits.and_then(|digits| digits.parse().ok());
            let value = value.filter(|value| (1..=2_147_483_647).contains(value));
            let refused = || Refusal::bad(format!("Invalid {name}. \"{text}\" is not a number from 1 on."));
            value.map(Some).ok_or_else(refused)
        };
        Ok(Self {
            limit: number("limit")?,
            page: number("page")?.unwrap_or(1),
        })
    }

    /// How many of so many items come before the page.
    ///
    /// # Errors
    /// If the page is past the end; the first never is.
    pub fn offset(self, count: u32) -> Result<u32, Refusal> {
        let offset = u64::from(self.limit.unwrap_or(count)) * u64::from(self.page - 1);
        let within = u32::try_from(offset)
            .ok()
            .filter(|offset| self.page == 1 || *offset < count);
        within.ok_or_else(|| Refusal::new(404, "Not Found"))
    }
}
