//! The shapes of answers: pages, records, errors, headers.

use provider::answer::Caller;
use serde_json::json;

use super::{body, company};

#[test]
fn a_page_wears_the_documented_envelope() {
    let page = company().get("groups/night/groups?includeSelf=true&pageSize=20");
    assert_eq!(
        page,
        json!({"pageIndex": 0, "pageSize": 20, "totalCount": 1, "pageCount": 1, "items": [
            {"id": "night", "name": "Night Shift", "userCount": 2, "childGroupCount": 0}]})
    );
}

#[test]
fn an_empty_list_has_no_pages() {
    let page = company().get("groups/void/users");
    assert_eq!(
        page,
        json!({"pageIndex": 0, "pageSize": 25, "totalCount": 0, "pageCount": 0, "items": []})
    );
}

#[test]
fn keys_come_in_the_documented_order() {
    let response = company().ask("GET", "groups/b/groups");
    let text = response.body.expect("a body");
    assert!(
        text.starts_with(r#"{"pageIndex":0,"pageSize":25,"totalCount":1,"pageCount":1,"items":[{"id":"a","name":"#),
        "{text}"
    );
}

#[test]
fn a_user_is_what_is_known() {
    assert_eq!(
        company().get("users/tyler"),
        json!({"id": "tyler", "username": "tdurden", "email": "t.durden@pssc.example", "firstName": "Tyler", "lastName": "Durden",
            "timezone": "Europe/London", "language": "en-GB", "custom": {"department": "Soap", "floor": 2.5, "remote": false},
            "status": {"suspended": false, "locked": true, "passwordResetRequired": false},
            "created": "2024-01-31T15:26:54.000Z", "modified": "2024-02-01T00:00:00.250Z",
            "lastLogin": "2024-06-14T08:00:00.000Z", "expiry": "2030-01-01T00:00:00.000Z"})
    );
    assert_eq!(company().get("users/nameless"), json!({"id": "nameless"}));
    assert_eq!(company().get("users/marla")["status"], json!({"suspended": true}));
}

#[test]
fn a_group_counts_what_is_direct() {
    assert_eq!(
        company().get("groups/soap"),
        json!({"id": "soap", "name": "Paper Street Soap Company", "description": "", "type": "contensis", "userCount": 1,
            "childGroupCount": 2, "custom": {"site": "Wilmington"},
            "created": "2020-01-31T15:26:54.000Z", "modified": "2024-06-14T00:00:00.000Z"})
    );
    assert_eq!(
        company().get("groups/void"),
        json!({"id": "void", "userCount": 0, "childGroupCount": 0})
    );
}

#[test]
fn pages_are_cut_and_counted() {
    let company = company();
    let page = |index: &str| {
        let page = company.get(&format!("users?order=id&pageSize=4&pageIndex={index}"));
        let counts = format!("{} of {}", page["totalCount"], page["pageCount"]);
        (counts, page["items"].as_array().map_or(0, Vec::len))
    };
    assert_eq!(page("0"), ("6 of 2".into(), 4));
    assert_eq!(page("1"), ("6 of 2".into(), 2));
    assert_eq!(page("2"), ("6 of 2".into(), 0));
    assert_eq!(page("2147483647"), ("6 of 2".into(), 0));
    let far = company.get("users?pageIndex=1073741824&pageSize=4");
    assert_eq!(far["items"], json!([]), "its offset has more than 32 bits");
    let wide = company.get("users?pageIndex=2147483647&pageSize=1000");
    assert_eq!((&wide["totalCount"], &wide["pageCount"]), (&json!(6), &json!(1)));
}

#[test]
fn an_error_says_where_and_what_was_expected() {
    let error = |url: &str| body(&company().ask("GET", url));
    assert_eq!(
        error("users?zenQL=username%20~%20%22%F0%9D%94%98%22%20AND%20foo%20%3D%201")["data"],
        json!({"parameter": "zenQL", "position": 19, "length": 3,
            "expected": error("users?zenQL=foo%20%3D%201")["data"]["expected"]})
    );
    let order = error("users?order=username,+-frstName");
    assert_eq!(order["data"]["parameter"], "order");
    assert_eq!(
        (&order["data"]["position"], &order["data"]["length"]),
        (&json!(11), &json!(8))
    );
    assert_eq!(order["message"], "unknown field `frstName`; did you mean `firstName`?");
    assert_eq!(
        error("users?PAGESIZE=%C3%A91"),
        json!({"logId": "00000000-0000-0000-0000-000000000000", "message": "`pageSize` must be a whole number from 1 to 1000",
            "data": {"parameter": "pageSize", "position": 0, "length": 2, "expected": ["a whole number from 1 to 1000"]}, "type": "error"})
    );
    assert_eq!(
        error("groups/soap/users?includeInherited=yes")["data"],
        json!({"parameter": "includeInherited", "position": 0, "length": 3, "expected": ["`true` or `false`"]})
    );
    assert_eq!(
        error("groups/nope%0A"),
        json!({"logId": "00000000-0000-0000-0000-000000000000", "message": "there is no group `nope`", "data": null, "type": "error"})
    );
    assert_eq!(error("users?q=%zz")["message"], "`%zz` is not percent-encoded UTF-8");
}

#[test]
fn a_value_that_names_nobody_is_an_error_of_the_query() {
    let company = company();
    let error = |url: &str| {
        let response = company.ask("GET", url);
        let data = &body(&response)["data"];
        format!("{} {} {}", response.status, data["parameter"], data["position"])
    };
    assert_eq!(error("users?zenql=memberOf=nope"), "400 \"zenQL\" 9");
    assert_eq!(error("groups?zenql=hasMember=nope"), "400 \"zenQL\" 10");
    assert_eq!(error("groups/nope/users?zenql=memberOf=nope"), "400 \"zenQL\" 9");
    assert_eq!(error("groups/nope/groups?zenql=hasMember=nope"), "400 \"zenQL\" 10");
}

#[test]
fn who_is_not_signed_in_gets_the_short_error() {
    let response = company().ask_as(Caller::Nobody, "GET", "users");
    assert_eq!(
        body(&response),
        json!({"message": "Authorization has been denied for this request."})
    );
    assert!(response.headers.contains(&("WWW-Authenticate", "Bearer".to_owned())));
}

#[test]
fn head_has_the_answer_of_get_without_its_body() {
    let company = company();
    for url in [
        "users",
        "users/tyler",
        "groups/void/users",
        "users/nope",
        "users?order=x",
        "groups/soap/groups",
    ] {
        let (get, head) = (company.ask("GET", url), company.ask("HEAD", url));
        assert!(get.body.is_some(), "{url}");
        assert_eq!(
            (head.status, head.headers, head.body),
            (get.status, get.headers, None),
            "{url}"
        );
    }
    let refused = company.ask_as(Caller::Nobody, "HEAD", "users");
    assert_eq!((refused.status, refused.body), (401, None));
}

#[test]
fn a_body_says_its_type() {
    let company = company();
    let json = [("Content-Type", "application/json; charset=utf-8".to_owned())];
    for url in ["users", "users/tyler", "users/nope", "users?order=x"] {
        assert_eq!(company.ask("GET", url).headers, json, "{url}");
    }
    let check = company.ask("HEAD", "users/tyler/groups/soap");
    assert_eq!((check.status, check.headers, check.body), (204, Vec::new(), None));
}

#[test]
fn another_method_is_told_those_that_there_are() {
    let company = company();
    let allow = |method: &str, url: &str| {
        let response = company.ask(method, url);
        assert_eq!(response.status, 405, "{method} {url}");
        let allow = response.headers.into_iter().find(|(name, _)| *name == "Allow");
        allow.map(|(_, methods)| methods).unwrap_or_default()
    };
    assert_eq!(allow("POST", "users"), "GET, HEAD");
    assert_eq!(allow("get", "users"), "GET, HEAD");
    assert_eq!(allow("DELETE", "groups/soap"), "GET, HEAD");
    assert_eq!(allow("GET", "users/tyler/groups/soap"), "HEAD");
    assert_eq!(allow("PUT", "groups/soap/users/tyler"), "HEAD");
}
