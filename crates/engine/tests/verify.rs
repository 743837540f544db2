//! An answer is held against that of a vendor whose directory is the same, or changed since it was read.

use engine::desk::Desk;
use membership::directory::Directory;
use protocol::{
    CheckQuestion, CrossCheck, Difference, DifferenceKind, LeftOut, Problem, Subject, UserQuestion, UsersQuestion,
};
use provider::answer::{Call, Caller, answer};
use provider::connection::{Connection, Credentials, Incoming, System};
use provider::inquiry::{Inquiry, Next, Pages};

const NOW: i64 = 1_790_000_000_000;

/// Soap contains Night and Day. Bo is in both of these and manages Night; Ann is in Soap, and Eve in nothing.
const COMPANY: &str = r#"{"format": "rollcall/1", "users": [
 {"id": "00000000-0000-4000-8000-00000000000a", "username": "ann", "firstName": "Ann", "lastName": "Lee", "status": {"suspended": false}},
 {"id": "00000000-0000-4000-8000-00000000000b", "username": "bo", "firstName": "Bo", "lastName": "Day", "status": {"suspended": false}},
 {"id": "00000000-0000-4000-8000-00000000000c", "username": "cy", "firstName": "Cy", "lastName": "Kay", "status": {"suspended": true}},
 {"id": "00000000-0000-4000-8000-00000000000e", "username": "eve", "firstName": "Eve", "lastName": "Fox", "status": {"suspended": false}}],
 "groups": [
 {"id": "00000000-0000-4000-8000-000000000001", "name": "Soap", "children": ["00000000-0000-4000-8000-000000000002", "00000000-0000-4000-8000-000000000003"],
  "members": ["00000000-0000-4000-8000-00000000000a"]},
 {"id": "00000000-0000-4000-8000-000000000002", "name": "Night", "members": ["00000000-0000-4000-8000-00000000000b", "00000000-0000-4000-8000-00000000000c"],
  "managers": ["00000000-0000-4000-8000-00000000000b"]},
 {"id": "00000000-0000-4000-8000-000000000003", "name": "Day", "members": ["00000000-0000-4000-8000-00000000000b"]}]}"#;

const NIGHT: &str = "00000000-0000-4000-8000-000000000002";
const BO: &str = "00000000-0000-4000-8000-00000000000b";

fn read(text: &str) -> Directory {
    let directory = membership::json::read(text.as_bytes()).expect("a directory file");
    assert_eq!(directory.unused(), []);
    directory
}

/// The company after somebody changed it: Cy left Night, and Eve and a new user came to it.
fn changed() -> Directory {
    let cy = r#""00000000-0000-4000-8000-00000000000c"],"#;
    let others = r#""00000000-0000-4000-8000-00000000000e", "00000000-0000-4000-8000-00000000000f"],"#;
    let new = r#""users": [{"id": "00000000-0000-4000-8000-00000000000f", "username": "flo", "firstName": "Flo", "status": {"suspended": false}},"#;
    read(&COMPANY.replace(cy, others).replace(r#""users": ["#, new))
}

fn desk() -> Desk {
    Desk::new(read(COMPANY))
}

/// What comes of a question, with what was left out of it and how many requests it took; `but` may answer in the vendor's
/// place.
fn verified(
    subject: &Subject,
    system: System,
    there: &Directory,
    but: &dyn Fn(&str) -> Option<u16>,
) -> (CrossCheck, Vec<LeftOut>, u32) {
    let desk = desk();
    let mut comparing = desk.comparing(subject, system, NOW).expect("a question");
    let (mut is_whole, mut requests, mut verdict) = (true, 0, None);
    for (number, question) in comparing.questions().to_vec().into_iter().enumerate() {
        let (base, credentials) = (String::new(), Credentials::Held);
        let mut inquiry = Inquiry::new(
            Connection {
                system,
                base,
                credentials,
            },
            question,
            Pages::All,
            3,
        );
        let mut now = NOW;
        let mut out = Vec::new();
        loop {
            match inquiry.next(now) {
                Next::Send(number, request) => out.push((number, request)),
                Next::Done => break,
                Next::Pause(until) if out.is_empty() => now = until,
                _ => {
                    let (number, request) = out.pop().expect("an answer is awaited");
                    requests += 1;
                    let call = Call {
                        method: request.method,
                        url: &request.url,
                        caller: Caller::Administrator,
                        now,
                    };
                    let came = match but(&request.url) {
                        Some(status) => Incoming {
                            status,
                            ..Incoming::default()
                        },
                        None => {
                            let response = answer(there, &call);
                            let body = response.body.unwrap_or_default().into_bytes();
                            Incoming {
                                status: response.status,
                                body,
                                ..Incoming::default()
                            }
                        }
                    };
                    inquiry.answered(number, Some(&came), now, 0.5);
                }
            }
        }
        for batch in inquiry.take_batches() {
            desk.take_page(&mut comparing, number, &batch);
        }
        is_whole &= !inquiry.incidents().iter().any(|incident| incident.kind.loses());
        verdict = inquiry.verdict().map(|verdict| (verdict, inquiry.verdicts().to_vec()));
    }
    let found = match verdict {
        Some((verdict, verdicts)) => desk.compared_check(&comparing, verdict, &verdicts),
        None => desk.compared(&mut comparing, is_whole),
    };
    (found, comparing.left_out().to_vec(), requests)
}

fn against(subject: &Subject, system: System, there: &Directory) -> CrossCheck {
    verified(subject, system, there, &|_| None).0
}

fn members(group: &str, include_inherited: bool) -> UsersQuestion {
    UsersQuestion {
        group: Some(group.to_owned()),
        include_inherited,
        ..UsersQuestion::default()
    }
}

fn told(differences: &[Difference]) -> Vec<(DifferenceKind, &str, bool)> {
    differences
        .iter()
        .map(|it| (it.kind, &*it.name.name, it.is_known))
        .collect()
}

#[test]
fn a_list_that_is_the_same_agrees_in_its_order() {
    for order in ["", "-firstName", "username"] {
        let of = UsersQuestion {
            order: order.to_owned(),
            ..members("Soap", true)
        };
        let found = against(&Subject::Users(of), System::Contensis, &read(COMPANY));
        assert!(found.agrees());
        assert_eq!(
            (found.here, found.there, found.order_from, found.is_ordered),
            (3, 3, None, true)
        );
    }
    let of = UsersQuestion {
        zenql: "firstName ~ o ORDER BY lastName DESC".to_owned(),
        q: " o ".to_owned(),
        ..members("Soap", true)
    };
    let found = against(&Subject::Users(of), System::Contensis, &read(COMPANY));
    assert_eq!(
        (found.agrees(), found.here, found.is_ordered, found.order_from),
        (true, 1, true, None)
    );
    let of = UsersQuestion {
        excluded_groups: vec!["Day".to_owned()],
        ..members("Soap", true)
    };
    let found = against(&Subject::Users(of), System::Contensis, &read(COMPANY));
    assert_eq!((found.agrees(), found.here), (true, 2));
    for system in System::ALL {
        let everybody = Subject::Users(UsersQuestion::default());
        let found = against(&everybody, system, &read(COMPANY));
        assert_eq!((found.agrees(), found.here, found.there), (true, 4, 4), "{system:?}");
    }
}

#[test]
fn rows_that_came_or_went_are_named() {
    for system in System::ALL {
        let found = against(&Subject::Users(members(NIGHT, false)), system, &changed());
        assert!(!found.agrees());
        assert_eq!(
            (found.here, found.there, found.only_here, found.only_there),
            (2, 3, 1, 2),
            "{system:?}"
        );
        // Of whom the directory does not have, Tulip tells the id alone.
        let flo = if system == System::Tulip {
            "00000000-0000-4000-8000-00000000000f"
        } else {
            "Flo"
        };
        assert_eq!(
            told(&found.differences),
            [
                (DifferenceKind::OnlyThere, "Eve Fox", true),
                (DifferenceKind::OnlyThere, flo, false),
                (DifferenceKind::OnlyHere, "Cy Kay", true),
            ]
        );
        assert_eq!((found.order_from, found.is_ordered), (None, false));
    }
}

#[test]
fn another_order_is_no_other_answer() {
    let renamed = read(
        &COMPANY
            .replace(r#""lastName": "Lee""#, r#""lastName": "Zed""#)
            .replace(r#""lastName": "Day""#, r#""lastName": "Yes""#),
    );
    let found = against(&Subject::Users(members("Soap", true)), System::Contensis, &renamed);
    assert!(found.agrees());
    assert_eq!(found.order_from, Some(1));
}

#[test]
fn managers_are_compared_where_the_vendor_knows_them() {
    let other = read(&COMPANY.replace(
        r#""managers": ["00000000-0000-4000-8000-00000000000b"]"#,
        r#""managers": ["00000000-0000-4000-8000-00000000000c"]"#,
    ));
    let of = Subject::Users(members(NIGHT, true));
    let found = against(&of, System::Passbolt, &other);
    assert_eq!((found.agrees(), found.otherwise), (false, 2));
    assert_eq!(
        told(&found.differences),
        [
            (DifferenceKind::ManagerHere, "Bo Day", true),
            (DifferenceKind::ManagerThere, "Cy Kay", true)
        ]
    );
    assert!(against(&of, System::Passbolt, &read(COMPANY)).agrees());
    assert!(against(&of, System::Contensis, &other).agrees());
}

#[test]
fn what_a_vendor_cannot_be_asked_is_not_compared() {
    let of = UsersQuestion {
        zenql: "memberOf = Day".to_owned(),
        ..members(NIGHT, true)
    };
    let (found, left_out, _) = verified(&Subject::Users(of.clone()), System::Contensis, &read(COMPANY), &|_| {
        None
    });
    assert_eq!(
        (found.agrees(), found.here, left_out),
        (true, 2, vec![LeftOut::OwnQuery])
    );
    let of = UsersQuestion {
        order: "lastName".to_owned(),
        excluded_groups: vec!["Day".to_owned()],
        ..of
    };
    let (found, left_out, _) = verified(&Subject::Users(of), System::Tulip, &read(COMPANY), &|_| None);
    let all = vec![LeftOut::Nesting, LeftOut::Exclusion, LeftOut::Query, LeftOut::Order];
    assert_eq!(
        (found.agrees(), found.here, found.is_ordered, left_out),
        (true, 2, false, all)
    );
}

#[test]
fn a_part_that_did_not_come_proves_nothing_missing() {
    let crowd = membership::sample::directory(2_500, 3).expect("a sample");
    let everybody = Subject::Users(UsersQuestion::default());
    let but = |url: &str| url.contains("pageIndex=1").then_some(403);
    let (found, _, requests) = verified(&everybody, System::Contensis, &crowd, &but);
    assert_eq!((found.is_whole, found.agrees(), requests), (false, false, 3));
    assert_eq!((found.there, found.only_there, found.only_here), (1_500, 1_500, 0));
    assert_eq!(found.differences.len(), 200);
    let gone = desk().comparing(&Subject::Users(members("gone", true)), System::Contensis, NOW);
    assert!(matches!(gone, Err(Problem::Unknown { .. })));
}

#[test]
fn the_groups_of_a_user_are_compared() {
    let of = Subject::User(UserQuestion { user: "bo".to_owned() });
    for (system, groups) in [(System::Contensis, 3), (System::Tulip, 2), (System::Passbolt, 2)] {
        let found = against(&of, system, &read(COMPANY));
        assert_eq!(
            (found.agrees(), found.here, found.is_ordered),
            (true, groups, groups == 3),
            "{system:?}"
        );
    }
    let moved = read(&COMPANY.replace(
        r#""name": "Day", "members": ["00000000-0000-4000-8000-00000000000b"]"#,
        r#""name": "Day""#,
    ));
    let found = against(&of, System::Contensis, &moved);
    assert_eq!(told(&found.differences), [(DifferenceKind::OnlyHere, "Day", true)]);
}

#[test]
fn a_check_is_compared_group_by_group() {
    let check = |user: &str, groups: &[&str]| {
        Subject::Check(CheckQuestion {
            user: user.to_owned(),
            groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        })
    };
    let groups = ["Day", "nowhere", "Soap"];
    let found = against(&check("bo", &groups), System::Contensis, &read(COMPANY));
    assert_eq!(
        (found.agrees(), found.here, found.there, found.verdict),
        (true, 2, 2, Some((true, true)))
    );
    let moved = read(
        &COMPANY
            .replace(
                r#""name": "Day", "members""#,
                r#""name": "Day", "managers": [], "members""#,
            )
            .replace(
                r#""00000000-0000-4000-8000-00000000000b", "00000000-0000-4000-8000-00000000000c"],"#,
                r#""00000000-0000-4000-8000-00000000000c"],"#,
            )
            .replace(
                r#""managers": ["00000000-0000-4000-8000-00000000000b"]"#,
                r#""managers": []"#,
            ),
    );
    let found = against(&check(BO, &["Night", "Day"]), System::Contensis, &moved);
    assert_eq!((found.agrees(), found.verdict), (false, Some((true, true))));
    assert_eq!(told(&found.differences), [(DifferenceKind::OnlyHere, "Night", true)]);
    let alone = against(&check(BO, &["Night"]), System::Contensis, &moved);
    assert_eq!((alone.agrees(), alone.verdict), (false, Some((true, false))));
    for system in [System::Tulip, System::Passbolt] {
        let found = against(&check("bo", &["Night", "Day"]), system, &read(COMPANY));
        assert_eq!((found.agrees(), found.here, found.there), (true, 2, 2), "{system:?}");
        let found = against(&check("bo", &["Night", "Day"]), system, &moved);
        assert_eq!(
            told(&found.differences),
            [(DifferenceKind::OnlyHere, "Night", true)],
            "{system:?}"
        );
    }
}
