//! Reading a directory from servers that do what real ones do: each fault is told, and none loses the rest.

use std::collections::{BTreeMap, BTreeSet};

use membership::directory::Directory;
use provider::connection::{Connection, Credentials, Incoming, Outgoing, Secret, System};
use provider::error::ProviderError;
use provider::incident::{Incident, IncidentKind};
use provider::load::{Load, Next, Stage};

use super::serving::{Server, json, of_directory, status};

fn contensis(credentials: Credentials) -> Connection {
    Connection {
        system: System::Contensis,
        base: "https://cms.example.com".to_owned(),
        credentials,
    }
}

fn pasted() -> Connection {
    contensis(Credentials::Token(Secret::new("t0k3n")))
}

fn path(request: &Outgoing) -> &str {
    request
        .url
        .strip_prefix("https://cms.example.com")
        .expect("nothing is sent elsewhere")
}

/// Three users in two groups, one nested in the other, in pages of two.
fn small(request: &Outgoing, _: u32) -> Option<Incoming> {
    let path = path(request);
    let list = |total: usize, items: &str| {
        json(&format!(
            r#"{{"pageIndex":0,"pageSize":2,"totalCount":{total},"pageCount":1,"items":[{items}]}}"#
        ))
    };
    let (route, query) = path.split_once('?').unwrap_or((path, ""));
    let second = query.contains("pageIndex=1");
    match (route, second) {
        ("/api/security/users", false) => list(3, r#"{"id":"a","firstName":"Ann"},{"id":"b","custom":{"deep":[1]}}"#),
        ("/api/security/users", true) => list(3, r#"{"id":"c","status":{"active":false}}"#),
        ("/api/security/groups", _) => list(
            2,
            r#"{"id":"g","name":"Eng","userCount":1,"childGroupCount":1},{"id":"h","userCount":2,"childGroupCount":0}"#,
        ),
        ("/api/security/groups/g/users", _) => list(1, r#"{"id":"a"}"#),
        ("/api/security/groups/h/users", _) => list(2, r#"{"id":"b"},{"id":"c"}"#),
        ("/api/security/groups/g/groups", _) => list(1, r#"{"id":"h"}"#),
        other => panic!("{other:?} was asked for"),
    }
}

fn finished(load: Load) -> (Directory, Vec<Incident>) {
    load.finish(&mut |_, _| {}).expect("it is small")
}

fn read(connection: Connection, answer: &dyn Fn(&Outgoing, u32) -> Option<Incoming>) -> (Directory, Vec<IncidentKind>) {
    let mut load = Load::new(connection, 4);
    assert!(!Server::new(answer).serve(&mut load), "nobody has to sign in");
    let (directory, incidents) = finished(load);
    (directory, incidents.into_iter().map(|incident| incident.kind).collect())
}

/// Users, groups, memberships, nestings.
fn counts(directory: &Directory) -> (u32, u32, u64, u64) {
    (
        directory.user_count(),
        directory.group_count(),
        directory.membership_count(),
        directory.nesting_count(),
    )
}

const WHOLE: (u32, u32, u64, u64) = (3, 2, 3, 1);

#[test]
fn a_whole_directory_is_read_in_as_few_requests_as_its_counts_allow() {
    let mut load = Load::new(pasted(), 2);
    let mut server = Server::new(&small);
    server.serve(&mut load);
    assert_eq!(server.log.len(), 6);
    assert_eq!(server.most_out, 2);
    let progress = load.progress();
    let told: Vec<_> = progress
        .iter()
        .map(|it| (it.stage, it.items, it.done, it.total))
        .collect();
    assert_eq!(
        told,
        [
            (Stage::Users, 3, 3, Some(3)),
            (Stage::Groups, 2, 2, Some(2)),
            (Stage::Children, 1, 2, Some(2)),
            (Stage::Members, 3, 2, Some(2)),
        ]
    );
    let (directory, incidents) = finished(load);
    assert_eq!((counts(&directory), incidents), (WHOLE, vec![]));
    let user = |id: &str| directory.find_user(id).expect("a user").row();
    assert_eq!(directory.users().first_name.get(user("a")).as_deref(), Some("Ann"));
    assert_eq!(directory.users().status.get(user("c")).suspended, Some(true));
}

#[test]
fn busy_servers_are_left_alone_and_asked_again() {
    let busy = |request: &Outgoing, times: u32| match times {
        1 => Some(Incoming {
            status: 429,
            retry_after: Some("3".to_owned()),
            ..Incoming::default()
        }),
        2 => status(503),
        3 => None,
        _ => small(request, times),
    };
    let mut load = Load::new(pasted(), 4);
    let mut server = Server::new(&busy);
    server.serve(&mut load);
    assert!(server.now >= 1_003_000, "the wish for three seconds is honoured");
    assert_eq!(counts(&finished(load).0), WHOLE);
}

#[test]
fn what_stays_out_of_reach_is_told_and_the_rest_is_read() {
    let part = |at: &'static str, answer: fn() -> Option<Incoming>| {
        move |request: &Outgoing, times: u32| {
            if path(request).starts_with(at) {
                answer()
            } else {
                small(request, times)
            }
        }
    };
    let lost = |error| vec![IncidentKind::Lost(error)];
    let members = "/api/security/groups/g/users";
    let read = |answer: &dyn Fn(&Outgoing, u32) -> Option<Incoming>| {
        let (directory, incidents) = read(pasted(), answer);
        assert_eq!(counts(&directory), (3, 2, 2, 1));
        incidents
    };
    assert_eq!(read(&part(members, || status(403))), lost(ProviderError::Forbidden));
    assert_eq!(read(&part(members, || status(404))), lost(ProviderError::Missing));
    assert_eq!(
        read(&part(members, || status(500))),
        lost(ProviderError::Busy { retry_after: None })
    );
    assert_eq!(read(&part(members, || None)), lost(ProviderError::Offline));
    let unreadable = |what: &str| lost(ProviderError::Unreadable { what: what.to_owned() });
    assert_eq!(
        read(&part(members, || json(" <!doctype html>"))),
        unreadable("it is a web page, not JSON")
    );
    assert_eq!(
        read(&part(members, || json(r#"{"items":[{"id""#))),
        unreadable("it ends after 15 bytes, in the middle")
    );
    assert_eq!(
        read(&part(members, || json(r#"{"items":{}}"#))),
        unreadable("`items` is an object, not a list")
    );
    assert_eq!(
        read(&part(members, || json("[]"))),
        unreadable("there is no `items` in it")
    );
    let reason = "422, no, thank you".to_owned();
    let refusal = || {
        Some(Incoming {
            status: 422,
            body: br#"{"message":"no, thank you"}"#.to_vec(),
            ..Incoming::default()
        })
    };
    assert_eq!(read(&part(members, refusal)), lost(ProviderError::Refused { reason }));
    assert!(matches!(
        &read(&part(members, || status(302)))[..],
        [IncidentKind::Lost(ProviderError::Refused { .. })]
    ));
}

#[test]
fn a_body_that_was_cut_once_is_asked_for_again() {
    let cut = |request: &Outgoing, times: u32| {
        let whole = small(request, times)?;
        let end = if times == 1 {
            whole.body.len() / 2
        } else {
            whole.body.len()
        };
        Some(Incoming {
            body: whole.body[..end].to_vec(),
            ..whole
        })
    };
    let (directory, incidents) = read(pasted(), &cut);
    assert_eq!((counts(&directory), incidents), (WHOLE, vec![]));
}

#[test]
fn pages_that_repeat_and_totals_that_change_are_told() {
    let repeats = |request: &Outgoing, times: u32| {
        let first = Outgoing {
            url: request.url.replace("pageIndex=1&", ""),
            ..request.clone()
        };
        small(&first, times)
    };
    let (directory, incidents) = read(pasted(), &repeats);
    assert_eq!(counts(&directory).0, 2);
    assert_eq!(
        incidents[..2],
        [
            IncidentKind::Repeats { page: 1, earlier: 0 },
            IncidentKind::Counted { came: 2, total: 3 }
        ]
    );
    let changes = |request: &Outgoing, times: u32| {
        let answer = small(request, times)?;
        let text = String::from_utf8(answer.body.clone()).ok()?;
        let grows = path(request).starts_with("/api/security/users?pageIndex=1");
        if grows {
            json(&text.replace("\"totalCount\":3", "\"totalCount\":4"))
        } else {
            Some(answer)
        }
    };
    let (directory, incidents) = read(pasted(), &changes);
    assert_eq!(counts(&directory), WHOLE);
    assert_eq!(
        incidents,
        [
            IncidentKind::TotalChanged { from: 3, to: 4 },
            IncidentKind::Counted { came: 3, total: 4 }
        ]
    );
}

#[test]
fn a_bad_item_never_loses_a_page() {
    let bad = |request: &Outgoing, times: u32| match path(request).starts_with("/api/security/users?pageIndex=1") {
        true => json(
            r#"{"pageSize":2,"totalCount":4,"items":[{"name":"nobody"},{"id":7,"firstName":{},"status":{"locked":"no"},"created":"soon"}]}"#,
        ),
        false => small(request, times),
    };
    let (directory, incidents) = read(pasted(), &bad);
    assert_eq!(directory.user_count(), 3);
    assert!(directory.find_user("7").is_some());
    let field = |field: &str, expected, found: &str| IncidentKind::Type {
        id: "7".to_owned(),
        field: field.to_owned(),
        expected,
        found: found.to_owned(),
    };
    for incident in [
        IncidentKind::NoId {
            item: r#"{"name":"nobody"}"#.to_owned(),
        },
        field("firstName", "text", "{}"),
        field("status.locked", "true or false", "\"no\""),
        field("created", "a date", "\"soon\""),
    ] {
        assert!(incidents.contains(&incident), "{incident:?} is told");
    }
}

#[test]
fn a_token_is_renewed_once_and_then_a_person_is_asked() {
    let client = || {
        contensis(Credentials::Client {
            id: "app".to_owned(),
            secret: Secret::new("hush"),
        })
    };
    let token = |number: u32| {
        json(&format!(
            r#"{{"access_token":"t{number}","expires_in":3600,"token_type":"Bearer"}}"#
        ))
    };
    let bearer = |request: &Outgoing| {
        let header = request.headers.iter().find(|(name, _)| *name == "Authorization");
        header.map(|(_, value)| value.reveal().to_owned())
    };
    let renewed = |request: &Outgoing, times: u32| match path(request) {
        "/authenticate/connect/token" => token(times),
        _ if bearer(request).as_deref() == Some("Bearer t1") => status(401),
        _ => small(request, times),
    };
    let (directory, incidents) = read(client(), &renewed);
    assert_eq!((counts(&directory), incidents), (WHOLE, vec![]));

    let never = |request: &Outgoing, times: u32| match path(request) {
        "/authenticate/connect/token" => token(times),
        "/api/security/users?pageSize=1000" | "/api/security/groups?pageSize=1000" => status(401),
        _ => small(request, times),
    };
    let mut load = Load::new(client(), 4);
    let mut server = Server::new(&never);
    assert!(server.serve(&mut load));
    let sign_ins = server.log.iter().filter(|url| url.ends_with("/token")).count();
    assert_eq!(sign_ins, 2);
    // With other credentials it goes on where it stopped.
    load.sign_in(Credentials::Token(Secret::new("good")));
    assert!(!Server::new(&small).serve(&mut load));
    assert_eq!(counts(&finished(load).0), WHOLE);

    let refused = |request: &Outgoing, times: u32| match path(request) {
        "/authenticate/connect/token" => Some(Incoming {
            status: 400,
            body: br#"{"error":"invalid_client"}"#.to_vec(),
            ..Incoming::default()
        }),
        _ => small(request, times),
    };
    assert!(Server::new(&refused).serve(&mut Load::new(client(), 4)));
}

#[test]
fn whoever_asks_is_forgotten_and_it_goes_on_with_the_next() {
    let mut load = Load::new(pasted(), 2);
    let mut sent = || match load.next(0) {
        Next::Send(number, request) => (number, request),
        next => panic!("{next:?} in place of a request"),
    };
    let ((first, groups), (second, _)) = (sent(), sent());
    load.sign_out();
    // What is on its way is taken, also that it was refused; nothing more is sent.
    load.answered(first, small(&groups, 1).as_ref(), 0, 0.5);
    load.answered(second, Some(&status(401).expect("a status")), 0, 0.5);
    assert_eq!(
        (load.next(0), load.refusal()),
        (Next::SignedOut, Some(&ProviderError::SignIn))
    );
    load.sign_in(Credentials::Token(Secret::new("another")));
    let by = |request: &Outgoing, times: u32| {
        let mut headers = request.headers.iter().map(|(_, value)| value.reveal());
        assert!(headers.any(|value| value == "Bearer another"));
        small(request, times)
    };
    let mut server = Server::new(&by);
    assert!(!server.serve(&mut load));
    assert_eq!(server.log.len(), 5, "all but the first");
    assert_eq!(counts(&finished(load).0), WHOLE);
}

#[test]
fn it_pauses_goes_on_and_can_be_ended_with_what_is_there() {
    let mut load = Load::new(pasted(), 1);
    let Next::Send(number, request) = load.next(0) else {
        panic!("it begins")
    };
    load.pause();
    load.answered(number, small(&request, 1).as_ref(), 0, 0.5);
    assert_eq!(load.next(0), Next::Await);
    load.go_on();
    assert!(matches!(load.next(0), Next::Send(..)));
    let (directory, incidents) = finished(load);
    assert_eq!(directory.group_count(), 2);
    assert!(incidents.iter().all(|it| it.kind == IncidentKind::Unread));
    assert_eq!(incidents.len(), 4, "users, members of two groups, children of one");
}

#[test]
fn a_trial_reads_the_first_page_of_each_list_and_asks_nothing_twice() {
    let mut server = Server::new(&small);
    let mut load = Load::trial(pasted());
    assert!(!server.serve(&mut load));
    let mut asked: Vec<&str> = server
        .log
        .iter()
        .map(|url| url.split('?').next().unwrap_or(url))
        .collect();
    asked.sort_unstable();
    let paths = ["groups", "groups/g/groups", "groups/g/users", "users"];
    assert_eq!(
        asked,
        paths.map(|path| format!("https://cms.example.com/api/security/{path}"))
    );
    assert_eq!(load.incidents(), []);
    let users = load.progress().into_iter().find(|stage| stage.stage == Stage::Users);
    assert_eq!(users.map(|users| (users.items, users.total)), Some((2, Some(3))));

    let busy = |_: &Outgoing, _: u32| status(503);
    let mut server = Server::new(&busy);
    let mut load = Load::trial(pasted());
    assert!(!server.serve(&mut load));
    assert_eq!(server.log.len(), 2);
    let lost = IncidentKind::Lost(ProviderError::Busy { retry_after: None });
    assert!(load.incidents().iter().all(|incident| incident.kind == lost));
}

#[test]
fn it_says_why_nobody_is_signed_in() {
    let client = || {
        contensis(Credentials::Client {
            id: "app".to_owned(),
            secret: Secret::new("hush"),
        })
    };
    let refusal = |connection, answer: &dyn Fn(&Outgoing, u32) -> Option<Incoming>| {
        let mut load = Load::trial(connection);
        assert!(Server::new(answer).serve(&mut load), "a person is asked");
        load.refusal().cloned()
    };
    let unknown = |_: &Outgoing, _: u32| {
        Some(Incoming {
            status: 400,
            body: br#"{"error":"invalid_client"}"#.to_vec(),
            ..Incoming::default()
        })
    };
    assert_eq!(refusal(client(), &unknown), Some(ProviderError::SignIn));
    assert_eq!(refusal(client(), &|_, _| None), Some(ProviderError::Offline));
    assert_eq!(refusal(pasted(), &|_, _| status(401)), Some(ProviderError::SignIn));
    let page = |_: &Outgoing, _: u32| json("<!doctype html>");
    assert!(matches!(
        refusal(client(), &page),
        Some(ProviderError::Unreadable { .. })
    ));
}

#[test]
fn it_says_what_it_waits_for() {
    let busy = |_: &Outgoing, _: u32| {
        Some(Incoming {
            status: 429,
            retry_after: Some("12".to_owned()),
            ..Incoming::default()
        })
    };
    let mut load = Load::new(pasted(), 1);
    let Next::Send(number, request) = load.next(0) else {
        panic!("it begins with a request")
    };
    assert_eq!(load.trouble(), None);
    load.answered(number, busy(&request, 1).as_ref(), 0, 0.5);
    assert_eq!(load.next(0), Next::Pause(12_000));
    let error = ProviderError::Busy {
        retry_after: Some(12_000),
    };
    assert_eq!(load.trouble(), Some((&error, 1)));
    let Next::Send(number, _) = load.next(12_000) else {
        panic!("the pause is over")
    };
    load.answered(number, json(r#"{"totalCount":0,"items":[]}"#).as_ref(), 12_000, 0.5);
    assert_eq!(load.trouble(), None);
}

fn tulip_page(items: &str, count: u32, next: &str) -> Option<Incoming> {
    let next = if next.is_empty() {
        String::new()
    } else {
        format!(r#","nextPage":"{next}""#)
    };
    json(&format!(r#"{{"items":[{items}],"count":{count}{next}}}"#))
}

#[test]
fn tulip_is_read_by_offset_and_its_links_are_audited() {
    let connection = |base: &str| Connection {
        system: System::Tulip,
        base: base.to_owned(),
        credentials: Credentials::Key {
            key: "apikey.2_x".to_owned(),
            secret: Secret::new("s"),
        },
    };
    let server = |link: &'static str| {
        move |request: &Outgoing, _: u32| {
            let path = request
                .url
                .strip_prefix("https://acme.tulip.co")
                .expect("nothing is sent elsewhere");
            assert!(
                request
                    .headers
                    .iter()
                    .any(|(name, value)| *name == "Authorization" && value.reveal().starts_with("Basic "))
            );
            match path {
                "/api/users/v1/users?limit=1000" => tulip_page(r#"{"id":"a","name":{"full":"Ann de Vries"}}"#, 2, link),
                "/api/users/v1/users?limit=1&offset=1" => {
                    tulip_page(r#"{"id":"b","email":{"address":"b@x"},"badgeId":null}"#, 2, "")
                }
                "/api/users/v1/users?archived=true&limit=1000" => tulip_page(r#"{"id":"c"}"#, 1, ""),
                "/api/users/v1/user-groups?limit=1000" => {
                    tulip_page(r#"{"id":"g","name":"Line 1"},{"id":"e","assignedUsersCount":0}"#, 2, "")
                }
                "/api/users/v1/user-groups/g/users?limit=1000" => tulip_page(r#"{"userId":"a"},{"userId":"c"}"#, 2, ""),
                other => panic!("{other} was asked for"),
            }
        }
    };
    let (directory, incidents) = read(
        connection("https://acme.tulip.co"),
        &server("https://acme.tulip.co/api/users/v1/users?limit=1&offset=1"),
    );
    assert_eq!((counts(&directory), incidents), ((3, 2, 2, 0), vec![]));
    let ann = directory.find_user("a").expect("a user").row();
    assert_eq!(
        (
            directory.users().first_name.get(ann).as_deref(),
            directory.users().last_name.get(ann).as_deref()
        ),
        (Some("Ann de"), Some("Vries"))
    );
    let archived = directory.find_user("c").expect("a user").row();
    assert_eq!(directory.users().status.get(archived).suspended, Some(true));
    for link in [
        "https://evil.example/api/users/v1/users?offset=1",
        "https://acme.tulip.co/api/users/v1/roles?offset=1",
    ] {
        let (directory, incidents) = read(connection("https://acme.tulip.co/"), &server(link));
        assert_eq!(
            (counts(&directory), incidents),
            ((3, 2, 2, 0), vec![IncidentKind::Elsewhere { link: link.to_owned() }])
        );
    }
    let back = "/api/users/v1/users?limit=1&offset=0";
    let (_, incidents) = read(connection("https://acme.tulip.co"), &server(back));
    assert_eq!(incidents, [IncidentKind::Circle { link: back.to_owned() }]);
}

#[test]
fn passbolt_is_read_in_two_requests() {
    let connection = Connection {
        system: System::Passbolt,
        base: "/gateway/vault".to_owned(),
        credentials: Credentials::Held,
    };
    let server = |request: &Outgoing, _: u32| {
        assert!(request.headers.iter().all(|(name, _)| *name != "Authorization"));
        let body = if request.url.starts_with("/gateway/vault/users.json") {
            r#"[{"id":"a","username":"ann@x","active":true,"disabled":null,"profile":{"first_name":"Ann","last_name":"V"}},
                {"id":"b","username":"bob@x","active":false,"last_logged_in":""},{"id":"d","deleted":true}]"#
        } else {
            r#"[{"id":"g","name":"Eng","groups_users":[{"user_id":"a","is_admin":true},{"user_id":"b","is_admin":false},{"is_admin":false}]}]"#
        };
        json(&format!(r#"{{"header":{{"code":200}},"body":{body}}}"#))
    };
    let mut load = Load::new(connection, 4);
    let mut served = Server::new(&server);
    assert!(!served.serve(&mut load));
    assert_eq!(served.log.len(), 2);
    let (directory, incidents) = finished(load);
    assert_eq!(counts(&directory), (2, 1, 2, 0));
    assert_eq!(incidents.len(), 1, "{incidents:?}");
    let (ann, group) = (
        directory.find_user("ann@x").expect("a user"),
        directory.find_group("g").expect("a group"),
    );
    assert!(directory.is_manager(ann, group));
    assert_eq!(directory.users().first_name.get(ann.row()).as_deref(), Some("Ann"));
}

/// Everything that a directory tells, without the order of the telling.
fn facts(directory: &Directory) -> BTreeSet<String> {
    let (users, groups) = (directory.users(), directory.groups());
    let mut facts = BTreeSet::new();
    for user in directory.all_users() {
        let row = user.row();
        let texts = [&users.username, &users.email, &users.language, &users.timezone].map(|column| column.get(row));
        let names = [&users.first_name, &users.last_name].map(|column| column.get(row));
        let instants =
            [&users.created, &users.modified, &users.last_login, &users.expiry].map(|column| column.get(row));
        let custom: BTreeMap<_, _> = users
            .custom
            .row(row)
            .map(|(name, value)| (name, format!("{value:?}")))
            .collect();
        let status = users.status.get(row);
        facts.insert(format!(
            "user {} {texts:?} {names:?} {instants:?} {status:?} {custom:?}",
            directory.user_id(user)
        ));
    }
    for group in directory.all_groups() {
        let row = group.row();
        let id = directory.group_id(group);
        let texts = [&groups.name, &groups.description, &groups.kind].map(|column| column.get(row));
        let instants = [&groups.created, &groups.modified].map(|column| column.get(row));
        let custom: BTreeMap<_, _> = groups
            .custom
            .row(row)
            .map(|(name, value)| (name, format!("{value:?}")))
            .collect();
        facts.insert(format!("group {id} {texts:?} {instants:?} {custom:?}"));
        facts.extend(
            directory
                .direct_members(group)
                .map(|(user, _)| format!("{id} > {}", directory.user_id(user))),
        );
        let children = directory.hierarchy().children(group).iter();
        facts.extend(children.map(|child| format!("{id} > group {}", directory.group_id(*child))));
    }
    facts
}

#[test]
fn what_is_answered_from_a_directory_is_read_as_that_directory() {
    let directory = membership::sample::directory(1_200, 7).expect("a sample");
    let server = |request: &Outgoing, _: u32| of_directory(&directory, request);
    let (again, incidents) = read(pasted(), &server);
    assert_eq!(incidents, []);
    assert_eq!(facts(&again), facts(&directory));
}
