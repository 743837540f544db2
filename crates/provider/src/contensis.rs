//! Contensis Management API: the requests for users, their groups, members and checks.

use crate::{Request, Url};

/// Which users or groups of a list, and in which order.
#[derive(Clone, Copy, Debug, Default)]
pub struct List<'a> {
    /// Field ids separated by commas, `-` before one for descending.
    pub order: &'a str,
    /// Quick search.
    pub q: &'a str,
    /// The query.
    pub zenql: &'a str,
    /// Which page, from 0.
    pub page_index: u32,
    /// Items of a page; the endpoint's own default where it is none.
    pub page_size: Option<u32>,
}

impl List<'_> {
    fn write(&self, url: Url) -> Url {
        let number = |number: u32| if number == 0 { String::new() } else { number.to_string() };
        url.parameter("order", self.order)
            .parameter("q", self.q)
            .parameter("zenQL", self.zenql)
            .parameter("pageIndex", &number(self.page_index))
            .parameter("pageSize", &number(self.page_size.unwrap_or(0)))
    }
}

/// All users: `GET /api/security/users`.
#[must_use]
pub fn users(list: &List<'_>) -> Request {
    list.write(Url::new("/api/security/users")).get()
}

/// All groups: `GET /api/security/groups`.
#[must_use]
pub fn groups(list: &List<'_>) -> Request {
    list.write(Url::new("/api/security/groups")).get()
}

/// The child groups of a group: `GET /api/security/groups/{group}/groups`.
#[must_use]
pub fn child_groups(group: &str, include_inherited: bool, list: &List<'_>) -> Request {
    let url = Url::new("/api/security/groups").segment(group).literal("/groups");
    let inherited = if include_inherited { "true" } else { "" };
    list.write(url.parameter("includeInherited", inherited)).get()
}

/// The users of a group: `GET /api/security/groups/{group}/users`.
#[must_use]
pub fn members(group: &str, include_inherited: bool, excluded_groups: &[String], list: &List<'_>) -> Request {
    let url = Url::new("/api/security/groups").segment(group).literal("/users");
    let inherited = if include_inherited { "true" } else { "" };
    list.write(url.parameter("includeInherited", inherited))
        .parameter("excludedGroups", &excluded_groups.join(","))
        .get()
}

/// One user: `GET /api/security/users/{user}`.
#[must_use]
pub fn user(user: &str) -> Request {
    Url::new("/api/security/users").segment(user).get()
}

/// One group: `GET /api/security/groups/{group}`.
#[must_use]
pub fn group(group: &str) -> Request {
    Url::new("/api/security/groups").segment(group).get()
}

/// The groups of a user: `GET /api/security/users/{user}/groups`.
#[must_use]
pub fn user_groups(user: &str, include_inherited: bool, list: &List<'_>) -> Request {
    let url = Url::new("/api/security/users").segment(user).literal("/groups");
    let inherited = if include_inherited { "true" } else { "" };
    list.write(url.parameter("includeInherited", inherited)).get()
}

/// Is the user in any of the groups: `HEAD /api/security/users/{user}/groups/{group},…`.
#[must_use]
pub fn check(user: &str, groups: &[String]) -> Request {
    Url::new("/api/security/users")
        .segment(user)
        .literal("/groups")
        .segment_list(groups)
        .head()
}

/// The groups that [`check`] asks about: an item that names none and has commas in it is several, as endpoints take it.
/// Cost: that of looking up each.
#[must_use]
pub fn items(groups: &[String], is_group: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut items = Vec::new();
    for group in groups {
        if !group.is_empty() && is_group(group) {
            items.push(group.clone());
        } else {
            items.extend(group.split(',').filter(|part| !part.is_empty()).map(str::to_owned));
        }
    }
    items
}

/// Puts a user into a group: `PUT /api/security/groups/{group}/users/{user}`.
#[must_use]
pub fn add_member(group: &str, user: &str) -> Request {
    of_group(group, "/users", user).put()
}

/// Takes a user out of a group: `DELETE /api/security/groups/{group}/users/{user}`.
#[must_use]
pub fn remove_member(group: &str, user: &str) -> Request {
    of_group(group, "/users", user).delete()
}

/// Nests a group in another one: `PUT /api/security/groups/{group}/groups/{child}`.
#[must_use]
pub fn add_child(group: &str, child: &str) -> Request {
    of_group(group, "/groups", child).put()
}

/// Takes a group out of another one: `DELETE /api/security/groups/{group}/groups/{child}`.
#[must_use]
pub fn remove_child(group: &str, child: &str) -> Request {
    of_group(group, "/groups", child).delete()
}

fn of_group(group: &str, kind: &'static str, other: &str) -> Url {
    let url = Url::new("/api/security/groups").segment(group);
    url.literal(kind).segment(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_separates_by_literal_commas() {
        let groups = ["Paper Street".to_owned(), "R&D, Paris/HQ".to_owned()];
        assert_eq!(
            check("tyler@pssc.example", &groups).url,
            "/api/security/users/tyler@pssc.example/groups/Paper%20Street,R%26D%2C%20Paris%2FHQ"
        );
    }

    #[test]
    fn an_item_that_names_no_group_is_split_at_its_commas() {
        let groups = ["R&D, Paris", "a,,b", "", ",", "c"].map(str::to_owned);
        let is_group = |item: &str| item == "R&D, Paris" || item == "a";
        assert_eq!(items(&groups, &is_group), ["R&D, Paris", "a", "b", "c"]);
    }

    #[test]
    fn changes_name_both_in_the_path() {
        let add = add_member("Site access", "a/b");
        assert_eq!(
            (add.method, add.url.as_str()),
            ("PUT", "/api/security/groups/Site%20access/users/a%2Fb")
        );
        let remove = remove_child("hq", "web");
        assert_eq!(
            (remove.method, remove.url.as_str()),
            ("DELETE", "/api/security/groups/hq/groups/web")
        );
    }

    #[test]
    fn members_leave_defaults_out() {
        let list = List {
            zenql: "firstname~\"a+b\"",
            ..List::default()
        };
        assert_eq!(
            members("g1", true, &["a".into(), "b".into()], &list).url,
            "/api/security/groups/g1/users?includeInherited=true&zenQL=firstname~%22a%2Bb%22&excludedGroups=a%2Cb"
        );
        assert_eq!(
            members("g1", false, &[], &List::default()).url,
            "/api/security/groups/g1/users"
        );
    }

    #[test]
    fn lists_name_their_page() {
        let list = List {
            order: "-lastName",
            page_index: 2,
            page_size: Some(50),
            ..List::default()
        };
        assert_eq!(
            users(&list).url,
            "/api/security/users?order=-lastName&pageIndex=2&pageSize=50"
        );
        assert_eq!(
            user_groups("u 1", true, &List::default()).url,
            "/api/security/users/u%201/groups?includeInherited=true"
        );
    }
}
