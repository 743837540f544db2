//! Who is meant: identifiers, lists of them, encoding.

use provider::answer::Caller;

use super::{Company, company};

#[test]
fn a_user_is_an_id_then_a_username_then_an_email() {
    let company = company();
    let id = |user: &str| company.get(&format!("users/{user}"))["id"].clone();
    assert_eq!(id("tyler"), "tyler");
    assert_eq!(id("TDurden"), "tyler");
    assert_eq!(id("T.DURDEN@pssc.example"), "tyler");
    // An id beats a username, and compares exactly.
    assert_eq!(id("msinger"), "msinger");
    assert_eq!(id("MSINGER"), "marla");
    assert_eq!(company.status("GET", "users/Tyler"), 404);
    // A UUID compares without case.
    assert_eq!(
        id("0a1b2c3d-0000-4000-8000-00000000000A"),
        "0A1B2C3D-0000-4000-8000-00000000000A"
    );
    // Σ at the end of a word is σ like any other.
    assert_eq!(id("%CF%83%CE%AF%CF%83%CF%85%CF%86%CE%BF%CF%82@pssc.example"), "msinger");
}

#[test]
fn a_group_is_an_id_then_a_name() {
    let company = company();
    let id = |group: &str| company.get(&format!("groups/{group}"))["id"].clone();
    assert_eq!(id("soap"), "soap");
    assert_eq!(id("paper%20street%20SOAP%20company"), "soap");
    assert_eq!(id("R%26D%2C%20Paris%2FHQ"), "rnd");
    assert_eq!(id("R&D,%20Paris%2FHQ"), "rnd");
    assert_eq!(company.status("GET", "groups/SOAP"), 404);
}

#[test]
fn a_plus_is_itself_in_a_path_and_a_space_in_a_query() {
    let company = company();
    assert_eq!(company.get("users/bob+soap@pssc.example")["id"], "bob");
    assert_eq!(company.get("users/bob%2Bsoap@pssc.example")["id"], "bob");
    assert_eq!(company.get("groups/100%25%20+%20more")["id"], "root");
    assert_eq!(company.ids("users?zenQL=email=bob%2Bsoap@pssc.example"), "bob");
    assert_eq!(company.ids("users?zenQL=email=%22bob+soap@pssc.example%22"), "");
    assert_eq!(company.ids("users?zenQL=firstName+=+Robert"), "bob");
}

#[test]
fn a_path_is_split_before_it_is_decoded() {
    let company = company();
    assert_eq!(company.status("GET", "groups/R&D,%20Paris/HQ"), 404);
    assert_eq!(company.status("GET", "groups/soap/../soap"), 404);
    assert_eq!(company.status("GET", "%75sers/tyler"), 200);
    assert_eq!(company.status("GET", "users/tyler?a=/groups"), 200);
    assert_eq!(company.status("GET", "users/tyler#/groups"), 200);
}

#[test]
fn one_slash_at_the_end_is_ignored() {
    let company = company();
    assert_eq!(company.ids("groups/night/users/"), "marla bob");
    assert_eq!(company.status("GET", "users/"), 200);
    assert_eq!(company.status("GET", "users/tyler/"), 200);
    assert_eq!(company.status("HEAD", "users/tyler/groups/soap/"), 204);
    assert_eq!(company.status("GET", "users//"), 404);
    assert_eq!(company.status("GET", "users/tyler/groups/soap/x"), 404);
}

#[test]
fn the_check_takes_any_of_a_list() {
    let company = company();
    let check = |list: &str| company.status("HEAD", &format!("users/bob/groups/{list}"));
    assert_eq!(check("night"), 204);
    assert_eq!(check("soap"), 204, "through nesting");
    assert_eq!(check("Night%20Shift,nope"), 204);
    assert_eq!(check("nope,,Contractors,"), 204);
    assert_eq!(check("rnd,system"), 404);
    assert_eq!(check("nope"), 404);
    assert_eq!(check("b"), 204, "around a cycle");
}

#[test]
fn a_list_is_split_at_literal_commas_and_again_where_nothing_is_named_so() {
    let company = company();
    let check = |user: &str, list: &str| company.status("HEAD", &format!("users/{user}/groups/{list}"));
    assert_eq!(check("geoff", "R%26D%2C%20Paris%2FHQ"), 204);
    assert_eq!(check("geoff", "nope,R%26D%2C%20Paris%2FHQ"), 204);
    assert_eq!(check("geoff", "R&D,%20Paris%2FHQ"), 404, "a literal comma separates");
    assert_eq!(check("bob", "nope%2Cnight"), 204, "encoded separators");
    assert_eq!(check("bob", "%2C%2Cnight%2C"), 204);
    assert_eq!(
        check("geoff", "night%2CR%26D%2C%20Paris%2FHQ"),
        404,
        "no item of it names a group of hers"
    );
}

#[test]
fn a_list_with_no_item_is_wrong() {
    let company = company();
    for list in [",", ",,", "%2C", "%2C,%2c%2C"] {
        assert_eq!(
            company.status("HEAD", &format!("users/bob/groups/{list}")),
            400,
            "{list}"
        );
        assert_eq!(
            company.status("HEAD", &format!("users/nope/groups/{list}")),
            400,
            "{list}"
        );
    }
    assert_eq!(company.status("HEAD", "users/bob/groups//"), 400);
}

#[test]
fn an_empty_item_is_no_group_even_where_one_is_called_so() {
    let company = Company::read(
        r#"{"users": [{"id": "u"}], "groups": [{"id": "g", "name": "", "members": ["u"]}, {"id": "h"}]}"#,
    );
    assert_eq!(company.status("HEAD", "users/u/groups/,"), 400);
    assert_eq!(company.status("HEAD", "users/u/groups/h,"), 404);
    assert_eq!(company.status("HEAD", "users/u/groups/h%2C"), 404);
    assert_eq!(company.ids("groups/g/users?excludedGroups=h,"), "u");
}

#[test]
fn an_unknown_user_is_missing_everywhere() {
    let company = company();
    assert_eq!(company.status("GET", "users/nope"), 404);
    assert_eq!(company.status("GET", "users/nope/groups"), 404);
    assert_eq!(company.status("HEAD", "users/nope/groups/soap"), 404);
    assert_eq!(company.status("HEAD", "groups/soap/users/nope"), 404);
    assert_eq!(company.status("GET", "users//groups"), 404);
}

#[test]
fn the_check_of_a_group_takes_one_of_each() {
    let company = company();
    assert_eq!(company.status("HEAD", "groups/night/users/bob"), 204);
    assert_eq!(company.status("HEAD", "groups/Contractors/users/RPAULSON"), 204);
    assert_eq!(company.status("HEAD", "groups/rnd/users/bob"), 404);
    assert_eq!(company.status("HEAD", "groups/night,soap/users/bob"), 404);
    assert_eq!(company.status("HEAD", "groups/nope/users/bob"), 404);
}

#[test]
fn current_is_the_caller() {
    let company = company();
    let ask = |caller: &str, method: &str, url: &str| company.ask_as(company.user(caller), method, url).status;
    assert_eq!(ask("bob", "GET", "users/@current"), 200);
    assert_eq!(ask("bob", "GET", "users/%40current/groups"), 200);
    assert_eq!(ask("bob", "HEAD", "groups/night/users/@current"), 204);
    assert_eq!(ask("bob", "HEAD", "groups/rnd/users/@current"), 404);
    assert_eq!(ask("tyler", "HEAD", "users/@current/groups/rnd,root"), 204);
    assert_eq!(company.status("GET", "users/@current"), 404);
    assert_eq!(company.status("GET", "users/@current/groups"), 404);
    assert_eq!(company.ask_as(Caller::Nobody, "GET", "users/@current").status, 401);
    let company = Company::read(r#"{"users": [{"id": "u"}, {"id": "v", "username": "@current"}]}"#);
    assert_eq!(company.status("GET", "users/@current"), 404, "whoever is called so");
    assert_eq!(company.ask_as(company.user("u"), "GET", "users/@current").status, 200);
}

#[test]
fn a_url_may_be_absolute() {
    let company = company();
    let ask = |url: &str| company.ask_at(Caller::Administrator, "GET", url).status;
    assert_eq!(ask("https://cms.example/api/security/users?pageSize=1"), 200);
    assert_eq!(ask("/api/security/users?pageSize=1"), 200);
    assert_eq!(ask("api/security/users"), 404);
    assert_eq!(ask("//api/security/users"), 404);
    assert_eq!(ask("https://cms.example"), 404);
    assert_eq!(ask(""), 404);
}
