//! The statuses of what is refused, and which of several reasons is told.

use provider::answer::Caller;

use super::company;

#[test]
fn parameters_out_of_range_are_wrong() {
    let company = company();
    for (parameters, status) in [
        ("pageIndex=0", 200),
        ("pageIndex=2147483647", 200),
        ("pageIndex=2147483648", 400),
        ("pageIndex=4294967296", 400),
        ("pageIndex=99999999999999999999", 400),
        ("pageIndex=-1", 400),
        ("pageIndex=", 400),
        ("pageIndex", 400),
        ("pageIndex=%2B1", 400),
        ("pageIndex=+1", 400),
        ("pageIndex=1.0", 400),
        ("pageIndex=%D9%A1", 400),
        ("pageSize=1", 200),
        ("pageSize=1000", 200),
        ("pageSize=0025", 200),
        ("pageSize=0", 400),
        ("pageSize=1001", 400),
        ("pageSize=ten", 400),
        ("order=", 200),
        ("order=nope", 400),
        ("order=-", 400),
        ("order=username,", 400),
        ("order=fullName", 200),
        ("order=custom.nobody", 200),
        ("order=isAdministrator", 400),
        ("order=groupCount", 400),
        ("order=memberOf", 400),
        ("zenQL=firstName", 400),
        ("zenQL=nope=1", 400),
        ("zenQL=created=tomorrow", 400),
        ("zenQL=id=1+ORDER+BY+nope", 400),
        ("zenQL=id=1+ORDER+BY+nope&order=id", 400),
        ("q=%", 400),
        ("q=%FF", 400),
        ("unknown=%C3", 400),
        ("%GG=1", 400),
    ] {
        for list in ["users", "groups/soap/users"] {
            let url = format!("{list}?{parameters}");
            assert_eq!(company.status("GET", &url), status, "{url}");
        }
    }
}

#[test]
fn flags_are_true_or_false() {
    let company = company();
    for list in ["users/bob/groups", "groups/soap/users", "groups/soap/groups"] {
        for (flag, status) in [
            ("true", 200),
            ("FALSE", 200),
            ("", 400),
            ("1", 400),
            ("yes", 400),
            ("true+", 400),
        ] {
            let url = format!("{list}?includeInherited={flag}");
            assert_eq!(company.status("GET", &url), status, "{url}");
        }
    }
    assert_eq!(company.status("GET", "groups/soap/groups?includeSelf=1"), 400);
}

#[test]
fn fields_of_users_are_not_those_of_groups() {
    let company = company();
    assert_eq!(company.status("GET", "groups?order=username"), 400);
    assert_eq!(company.status("GET", "groups?order=status"), 400);
    assert_eq!(company.status("GET", "groups?zenQL=username=x"), 400);
    assert_eq!(company.status("GET", "users?order=name"), 400);
    assert_eq!(company.status("GET", "users/bob/groups?order=username"), 400);
    assert_eq!(company.status("GET", "groups/soap/groups?zenQL=firstName~a"), 400);
}

#[test]
fn a_malformed_path_is_wrong() {
    let company = company();
    for url in [
        "users/%",
        "users/%zz/groups",
        "groups/%C3",
        "groups/%E2%82/users",
        "users/%ED%A0%80",
    ] {
        assert_eq!(company.status("GET", url), 400, "{url}");
    }
    for url in [
        "users/bob/groups/soap,%2",
        "users/%zz/groups/soap",
        "groups/%zz/users/bob",
        "groups/soap/users/%zz",
    ] {
        assert_eq!(company.status("HEAD", url), 400, "{url}");
    }
    assert_eq!(company.status("GET", "%zz"), 404, "no endpoint is called so");
}

/// For each endpoint: what it answers an administrator, the user `bob` whom the path names, and `marla`, whom it does not.
#[test]
fn who_may() {
    let company = company();
    for (method, url, administrator, oneself, other) in [
        ("GET", "users", 200, 403, 403),
        ("GET", "users/bob", 200, 200, 403),
        ("GET", "users/RPaulson", 200, 200, 403),
        ("HEAD", "users/bob+soap@pssc.example", 200, 200, 403),
        ("GET", "users/bob/groups", 200, 200, 403),
        ("GET", "users/bob/groups?includeInherited=true", 200, 200, 403),
        ("HEAD", "users/bob/groups/night", 204, 403, 403),
        ("HEAD", "users/@current/groups/night", 404, 403, 403),
        ("GET", "groups", 200, 403, 403),
        ("GET", "groups/night", 200, 403, 403),
        ("GET", "groups/night/users", 200, 403, 403),
        ("GET", "groups/soap/groups", 200, 403, 403),
        ("HEAD", "groups/night/users/bob", 204, 204, 403),
        ("HEAD", "groups/rnd/users/bob", 404, 404, 403),
        ("HEAD", "groups/nope/users/bob", 404, 404, 403),
        ("GET", "users/nope", 404, 403, 403),
        ("GET", "nope", 404, 403, 403),
        ("POST", "users", 405, 403, 403),
        ("PATCH", "users/bob", 405, 405, 403),
    ] {
        let status = |caller| company.ask_as(caller, method, url).status;
        assert_eq!(status(Caller::Nobody), 401, "{method} {url}");
        assert_eq!(status(Caller::Administrator), administrator, "{method} {url}");
        assert_eq!(status(company.user("bob")), oneself, "{method} {url}");
        assert_eq!(status(company.user("marla")), other, "{method} {url}");
    }
}

#[test]
fn an_administrator_is_a_member_of_that_group_also_through_nesting() {
    let company = company();
    assert_eq!(company.ask_as(company.user("tyler"), "GET", "users").status, 200);
    assert_eq!(company.ask_as(company.user("tyler"), "GET", "users/bob").status, 200);
    assert_eq!(company.ask_as(company.user("bob"), "GET", "users").status, 403);
}

/// Each request is wrong in every way that comes after the one that is told.
#[test]
fn reasons_are_told_in_their_order() {
    let company = company();
    let bob = company.user("bob");
    let administrator = Caller::Administrator;
    for (caller, method, url, status) in [
        (Caller::Nobody, "GET", "groups/nope/users?pageSize=0", 401),
        (Caller::Nobody, "GET", "users/%zz?%zz", 401),
        (bob, "GET", "groups/nope/users?pageSize=0", 403),
        (bob, "GET", "users/%zz?%zz", 403),
        (
            administrator,
            "GET",
            "groups/nope/users?pageSize=0&excludedGroups=nope",
            400,
        ),
        (administrator, "GET", "groups/nope/users?order=nope", 400),
        (administrator, "GET", "groups/nope/users?includeInherited=2", 400),
        (administrator, "GET", "groups/nope/groups?includeSelf=2", 400),
        (administrator, "GET", "groups/nope/users?zenQL=nope", 400),
        (administrator, "GET", "groups/nope/users?excludedGroups=%zz", 400),
        (administrator, "GET", "users/nope/groups?pageIndex=-1", 400),
        (administrator, "GET", "users/nope?%zz", 400),
        (administrator, "HEAD", "users/nope/groups/,", 400),
        (administrator, "GET", "groups/nope/users?excludedGroups=nope", 404),
        (bob, "GET", "users/bob/groups?order=nope", 400),
    ] {
        assert_eq!(
            company.ask_as(caller, method, url).status,
            status,
            "{caller:?} {method} {url}"
        );
    }
}

#[test]
fn what_is_not_offered_is_not_there() {
    let company = company();
    assert_eq!(
        company.status("GET", "users/search?where=[]&pageSize=0"),
        404,
        "a user who is called so is not there"
    );
    assert_eq!(company.status("POST", "users/search"), 405);
    assert_eq!(company.status("GET", "roles"), 404);
    assert_eq!(company.status("GET", ""), 404);
    assert_eq!(company.status("GET", "Users"), 404, "paths are spelled exactly");
    let elsewhere = company.ask_at(Caller::Nobody, "GET", "/api/nothing");
    assert_eq!((elsewhere.status, elsewhere.body), (404, None));
}
