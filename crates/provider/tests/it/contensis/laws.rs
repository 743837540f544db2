//! What holds of every request, whatever is in it.

use proptest::prelude::*;
use provider::answer::Caller;

use super::company;

/// Pieces that requests are made of, right and wrong.
fn url() -> impl Strategy<Value = String> {
    let segment = prop::sample::select(vec![
        "users",
        "groups",
        "soap",
        "bob",
        "@current",
        "night,a",
        "%2C",
        "%zz",
        "%C3%A9",
        "",
        ".",
        "é",
        "\0",
        "Night%20Shift",
    ]);
    let name = prop::sample::select(vec![
        "order",
        "pageIndex",
        "PAGESIZE",
        "zenQL",
        "q",
        "includeInherited",
        "includeSelf",
        "excludedGroups",
        "",
        "%",
    ]);
    let value = prop_oneof![
        prop::sample::select(vec![
            "",
            "1",
            "1000",
            "2147483647",
            "-1",
            "true",
            "-username",
            "name,id",
            "a,soap",
            "nope",
            "firstName~a",
            "memberOf=soap",
            "%",
            "(",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    let path = prop::collection::vec(segment, 0..5);
    let query = prop::collection::vec((name, value), 0..4);
    (path, query).prop_map(|(path, query)| {
        let query: Vec<_> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("/api/security/{}?{}", path.join("/"), query.join("&"))
    })
}

proptest! {
    #[test]
    fn every_request_has_a_documented_answer(url in url(), method in "GET|HEAD|POST|[A-Z]{0,3}") {
        let company = company();
        for (caller, statuses) in [
            (Caller::Nobody, &[401][..]),
            (Caller::Administrator, &[200, 204, 400, 404, 405]),
            (company.user("bob"), &[200, 204, 400, 403, 404, 405]),
        ] {
            let response = company.ask_at(caller, &method, &url);
            prop_assert!(statuses.contains(&response.status), "{} {caller:?} {method} {url}", response.status);
            let has_body = method != "HEAD" && response.status != 204;
            prop_assert_eq!(response.body.is_some(), has_body);
            if let Some(body) = response.body {
                let json: serde_json::Value = serde_json::from_str(&body).expect("JSON");
                prop_assert_eq!(json["logId"].is_string(), ![200, 401].contains(&response.status));
            }
        }
    }

    #[test]
    fn any_text_is_a_url_or_none(url: String, method in "GET|HEAD") {
        let company = company();
        let response = company.ask_at(Caller::Administrator, &method, &url);
        prop_assert_eq!(response.status, 404);
        company.ask_at(Caller::Administrator, &method, &format!("/api/security/{url}"));
    }
}
