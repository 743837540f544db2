//! Every URL, parameter and endpoint that the vendor's documents show, and every URL that our client makes.

use provider::answer::{Caller, Response};
use provider::contensis::{List, check, members, user_groups, users};

use super::{Company, body, company};

/// The endpoints of the documents in their order: those that are not offered are refused, not mistaken.
#[test]
fn every_documented_endpoint_is_answered_or_refused() {
    let company = company();
    for (method, url, status) in [
        (
            "GET",
            "users?order=username&q=a&zenql=username~a&pageIndex=0&pageSize=25",
            200,
        ),
        ("GET", "users/tyler?classicUserId=true", 200),
        ("POST", "users?suspended=true", 405),
        ("PATCH", "users/tyler", 405),
        ("DELETE", "users/tyler", 405),
        ("POST", "users/tyler/credentials/password", 404),
        ("POST", "users/tyler/actions/", 404),
        (
            "GET",
            "users/search?where=%5B%5D&orderBy=%5B%5D&pageIndex=0&pageSize=25",
            404,
        ),
        ("POST", "users/search", 405),
        (
            "GET",
            "users/tyler/groups?order=name&pageIndex=0&pageSize=25&includeInherited=true",
            200,
        ),
        ("HEAD", "users/tyler/groups/soap", 204),
        (
            "HEAD",
            "users/tyler/groups/nope,Paper%20Street%20Soap%20Company,rnd",
            204,
        ),
        ("GET", "groups?order=name&q=a&zenql=name~a&pageIndex=0&pageSize=25", 200),
        ("GET", "groups/soap", 200),
        ("POST", "groups/", 405),
        ("PUT", "groups/soap", 405),
        ("DELETE", "groups/soap", 405),
        (
            "GET",
            "groups/soap/users?order=username&pageIndex=0&pageSize=25&includeInherited=true&zenQL=firstname~test&excludedGroups=Contractors",
            200,
        ),
        (
            "GET",
            "groups/soap/groups?order=name&pageIndex=0&pageSize=25&includeInherited=true&includeSelf=true&zenQL=name~a&excludedGroups=Contractors&q=a",
            200,
        ),
        ("HEAD", "groups/soap/users/tyler", 204),
        ("PUT", "groups/soap/users/tyler", 405),
        ("POST", "groups/soap/users/", 405),
        ("DELETE", "groups/soap/users/tyler", 405),
        ("PUT", "groups/soap/groups/night", 404),
        ("POST", "groups/soap/groups", 405),
        ("DELETE", "groups/soap/groups/night", 404),
    ] {
        assert_eq!(company.status(method, url), status, "{method} {url}");
    }
}

#[test]
fn the_queries_that_the_documents_show_are_read() {
    let company = company();
    assert_eq!(company.ids("groups/soap/users?zenQL=firstname~ty"), "tyler");
    assert_eq!(company.ids("groups/soap/groups?zenQL=created>now(-7)"), "");
    assert_eq!(company.ids("groups?zenQL=modified>now(-7)"), "soap");
    assert_eq!(company.ids("users?zenQL=username%3D%22Geoff%22"), "0A1B2C3D");
    assert_eq!(company.ids("groups?zenQL=name=\"loop\""), "a");
    assert_eq!(company.ids("users?zenQL=created+%3E%3D+-1M+1w"), "");
    assert_eq!(company.ids("users?zenQL=created+%3E%3D+startOfYear()"), "tyler");
    assert_eq!(company.ids("users?zenQL=status.locked=true"), "tyler");
    assert_eq!(company.ids("users?zenQL=custom.department=soap"), "tyler");
}

#[test]
fn the_orders_that_the_documents_show_are_read() {
    let company = company();
    assert_eq!(
        company.ids("users?order=username%2C-email&pageSize=2"),
        "0A1B2C3D msinger"
    );
    assert_eq!(
        company.ids("users?order=username,-email&pageSize=2"),
        "0A1B2C3D msinger"
    );
    let entries = company.ask("GET", "users?order=-version.modified");
    assert_eq!(entries.status, 400, "a field of entries, not of users");
    assert_eq!(body(&entries)["data"]["position"], 1);
}

#[test]
fn the_older_paths_are_gone() {
    let old = company().ask_at(Caller::Administrator, "GET", "/api/management/security/users");
    assert_eq!(old.status, 404);
}

#[test]
fn a_last_page_that_is_not_full_counts() {
    let users = (0..342).map(|id| format!(r#"{{"id":{id}}}"#)).collect::<Vec<_>>();
    let company = Company::read(&format!(r#"{{"users":[{}]}}"#, users.join(",")));
    let page = company.get("users?pageSize=20&pageIndex=17");
    assert_eq!((&page["totalCount"], &page["pageCount"]), (&342.into(), &18.into()));
    assert_eq!(page["items"].as_array().map(Vec::len), Some(2));
}

#[test]
fn the_composed_sample_comes_back() {
    let company = Company::read(
        r#"{"users": [{"id": "1"}, {"id": "2"}, {"id": "3"}], "groups": [
            {"id": "0a1b2c3d-0000-4000-8000-00000000000a", "name": "Night Shift", "description": "Late crew", "type": "contensis",
             "members": [1, 2, 3], "children": ["c"]}, {"id": "c", "name": "Zero"}]}"#,
    );
    let response = company.ask("GET", "groups?zenQL=name~night");
    let sample = concat!(
        r#"{"pageIndex":0,"pageSize":25,"totalCount":1,"pageCount":1,"items":["#,
        r#"{"id":"0a1b2c3d-0000-4000-8000-00000000000a","name":"Night Shift","description":"Late crew","type":"contensis","#,
        r#""userCount":3,"childGroupCount":1}]}"#
    );
    assert_eq!(response.body.as_deref(), Some(sample));
}

#[test]
fn what_our_client_asks_is_answered() {
    let company = company();
    let ask = |request: &provider::Request| -> Response {
        company.ask_at(Caller::Administrator, request.method, &request.url)
    };
    let list = List {
        order: "-lastName,username",
        q: "a",
        zenql: "firstName ~ \"r\" AND email != 'a+b@c.example'",
        page_index: 0,
        page_size: Some(50),
    };
    let listed = |request| {
        let page = body(&ask(&request));
        (page["totalCount"].as_u64(), page["pageSize"].as_u64())
    };
    assert_eq!(listed(users(&list)), (Some(3), Some(50)));
    assert_eq!(listed(users(&List::default())), (Some(6), Some(25)));
    let excluded = ["Contractors".to_owned(), "void".to_owned()];
    assert_eq!(
        listed(members("Paper Street Soap Company", true, &excluded, &list)),
        (Some(1), Some(50))
    );
    assert_eq!(
        listed(user_groups("bob+soap@pssc.example", true, &List::default())),
        (Some(5), Some(25))
    );
    let groups = ["R&D, Paris/HQ".to_owned(), "nope".to_owned(), "100% + more".to_owned()];
    assert_eq!(ask(&check("geoff", &groups)).status, 204);
    assert_eq!(ask(&check("tyler", &groups)).status, 204);
    assert_eq!(ask(&check("bob", &groups)).status, 404);
}
