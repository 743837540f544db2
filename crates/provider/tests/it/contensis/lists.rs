//! Who is listed, and in which order: membership, exclusion, quick search, queries, orders.

use super::company;

#[test]
fn users_of_a_group_are_direct_or_with_those_below() {
    let company = company();
    assert_eq!(company.ids("groups/soap/users"), "tyler");
    assert_eq!(
        company.ids("groups/soap/users?includeInherited=true"),
        "0A1B2C3D marla bob tyler"
    );
    assert_eq!(company.ids("groups/a/users?includeInherited=true"), "bob nameless");
    assert_eq!(company.ids("groups/b/users?includeInherited=true"), "bob nameless");
}

#[test]
fn groups_of_a_user_are_direct_or_with_those_above() {
    let company = company();
    assert_eq!(company.ids("users/bob/groups"), "a night");
    assert_eq!(
        company.ids("users/bob/groups?includeInherited=true"),
        "contractors a b night soap"
    );
    assert_eq!(
        company.ids("users/tyler/groups?includeInherited=true"),
        "root soap system"
    );
    assert_eq!(company.ids("users/msinger/groups?includeInherited=true"), "");
}

#[test]
fn groups_of_a_group_are_children_or_all_below_and_perhaps_itself() {
    let company = company();
    assert_eq!(company.ids("groups/soap/groups"), "night rnd");
    assert_eq!(company.ids("groups/soap/groups?includeSelf=true"), "night soap rnd");
    assert_eq!(company.ids("groups/system/groups?includeInherited=true"), "root");
    assert_eq!(company.ids("groups/a/groups?includeInherited=true"), "b");
    assert_eq!(
        company.ids("groups/a/groups?includeInherited=TRUE&includeself=True"),
        "a b"
    );
    assert_eq!(
        company.ids("groups/soap/groups?includeSelf=true&zenQL=userCount%3E1"),
        "night"
    );
    assert_eq!(company.ids("groups/soap/groups?q=SH"), "night");
}

#[test]
fn excluded_groups_take_their_users_away_whatever_the_path() {
    let company = company();
    let soap = "groups/soap/users?includeInherited=true&excludedGroups=";
    assert_eq!(company.ids(&format!("{soap}Contractors")), "0A1B2C3D tyler");
    assert_eq!(company.ids(&format!("{soap}contractors,,rnd")), "tyler");
    assert_eq!(company.ids(soap), "0A1B2C3D marla bob tyler");
    assert_eq!(company.ids(&format!("{soap}system")), "0A1B2C3D marla bob");
    assert_eq!(
        company.ids("groups/night/users?excludedGroups=a"),
        "marla",
        "without inheritance, too"
    );
    assert_eq!(company.ids(&format!("{soap}soap")), "");
    assert_eq!(company.status("GET", &format!("{soap}night,nope")), 404);
    // In a query a list is split after it is decoded.
    assert_eq!(company.ids(&format!("{soap}contractors%2Crnd")), "tyler");
    assert_eq!(company.status("GET", &format!("{soap}R%26D%2C%20Paris%2FHQ")), 404);
}

#[test]
fn excluded_groups_go_with_all_below_them() {
    let company = company();
    let soap = "groups/soap/groups?includeSelf=true&excludedGroups=";
    assert_eq!(company.ids(&format!("{soap}Contractors")), "soap rnd");
    assert_eq!(company.ids(&format!("{soap}soap")), "");
    assert_eq!(company.ids("groups/a/groups?includeSelf=true&excludedGroups=b"), "");
    assert_eq!(company.status("GET", "groups/soap/groups?excludedGroups=nope"), 404);
}

#[test]
fn a_quick_search_is_a_contains_without_case() {
    let company = company();
    assert_eq!(company.ids("users?q=PAULS"), "bob");
    assert_eq!(company.ids("users?q=geo"), "0A1B2C3D");
    assert_eq!(company.ids("users?q=bob%2B"), "bob", "in an email");
    assert_eq!(company.ids("users?q=tyler+durden"), "", "in each field alone");
    assert_eq!(company.ids("users?q=nameless"), "", "not in ids");
    assert_eq!(company.ids("groups?q=loop"), "a b");
    assert_eq!(company.ids("groups?q=void"), "");
    assert_eq!(company.ids("groups/night/users?q=pauls"), "bob");
    assert_eq!(company.get("users?q=")["totalCount"], 6);
}

#[test]
fn a_query_and_the_rest_hold_together() {
    let company = company();
    let soap = "groups/soap/users?includeInherited=true";
    assert_eq!(company.ids(&format!("{soap}&zenQL=firstName~r")), "marla bob tyler");
    assert_eq!(
        company.ids(&format!("{soap}&ZENQL=firstName~r&excludedGroups=contractors")),
        "tyler"
    );
    assert_eq!(company.ids(&format!("{soap}&zenql=firstName~r&q=marla")), "marla");
    assert_eq!(company.ids("users?zenQL=status=suspended"), "marla");
    assert_eq!(
        company.ids("users?zenQL=lastLogin%3E-2d"),
        "tyler",
        "two days before now"
    );
    assert_eq!(company.ids("users?zenQL=lastLogin%3E-1d"), "");
    assert_eq!(
        company.ids("groups?zenQL=hasMember=bob+AND+NOT+inCycle=true"),
        "contractors night soap"
    );
    assert_eq!(company.get("users?zenQL=+")["totalCount"], 6);
    assert_eq!(company.get("users?zenQL=")["totalCount"], 6);
}

#[test]
fn the_order_is_the_parameter_then_the_query_then_the_default() {
    let company = company();
    assert_eq!(
        company.ids("users"),
        "0A1B2C3D msinger marla bob tyler nameless",
        "by username, the missing one last"
    );
    assert_eq!(
        company.ids("users?order=-username"),
        "tyler bob marla msinger 0A1B2C3D nameless",
        "and last again"
    );
    assert_eq!(
        company.ids("users?zenQL=ORDER+BY+username+DESC"),
        "tyler bob marla msinger 0A1B2C3D nameless"
    );
    assert_eq!(
        company.ids("users?zenQL=ORDER+BY+username+DESC&order=id"),
        "0A1B2C3D bob marla msinger nameless tyler"
    );
    assert_eq!(
        company.ids("users?zenQL=ORDER+BY+id&order="),
        "0A1B2C3D bob marla msinger nameless tyler"
    );
    assert_eq!(
        company.ids("users?order=lastName&pageSize=4"),
        "tyler bob marla 0A1B2C3D",
        "ties by id"
    );
    assert_eq!(company.ids("users?order=STATUS,-id&pageSize=2"), "nameless msinger");
    assert_eq!(company.ids("users?order=custom.floor&pageSize=1"), "tyler");
    assert_eq!(
        company.ids("users?order=-status.suspended&pageSize=2"),
        "marla tyler",
        "true, false, missing"
    );
    assert_eq!(company.ids("groups"), "root contractors a b night soap rnd system void");
    assert_eq!(
        company.ids("groups?order=-userCount,childGroupCount&pageSize=2"),
        "night rnd"
    );
    assert_eq!(
        company.ids("groups?order=description&pageSize=2"),
        "soap a",
        "an empty text is a value"
    );
    assert_eq!(company.ids("groups?zenQL=ORDER+BY+id&pageSize=3"), "a b contractors");
    assert_eq!(
        company.ids("groups?zenQL=ORDER+BY+id&order=-id&pageSize=2"),
        "void system"
    );
    assert_eq!(company.ids("users/bob/groups?order=-name"), "night a");
}

#[test]
fn parameters_have_names_in_any_case_and_the_last_counts() {
    let company = company();
    assert_eq!(company.ids("users?ORDER=id&PAGESIZE=1&pageindex=1"), "bob");
    assert_eq!(
        company.ids("users?order=nope&order=id&pageSize=0&pagesize=1"),
        "0A1B2C3D"
    );
    assert_eq!(company.status("GET", "users?order=id&order=nope"), 400);
    assert_eq!(
        company.ids("groups/night/users?EXCLUDEDGROUPS=a&IncludeInherited=FALSE&Q=m"),
        "marla"
    );
}

#[test]
fn parameters_that_an_endpoint_does_not_have_are_ignored() {
    let company = company();
    assert_eq!(
        company.status("GET", "users?includeInherited=maybe&excludedGroups=nope&foo=bar"),
        200
    );
    assert_eq!(company.status("GET", "groups?includeSelf=maybe"), 200);
    assert_eq!(company.status("GET", "users/tyler?pageSize=0&classicUserId=true"), 200);
    assert_eq!(
        company.status(
            "GET",
            "users/tyler/groups?zenQL=(&q=nope&includeSelf=2&excludedGroups=nope"
        ),
        200
    );
    assert_eq!(
        company.ids("users/tyler/groups?q=nope&excludedGroups=soap"),
        "root soap"
    );
    assert_eq!(company.status("GET", "groups/soap/users?includeSelf=2"), 200);
    assert_eq!(company.status("HEAD", "users/tyler/groups/soap?pageSize=0"), 204);
}
