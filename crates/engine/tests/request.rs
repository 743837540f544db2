//! What is shown as a vendor's request and its answer: the answer is the provider's own, and a request that is said to leave
//! nothing out lists whom the screen lists.

use engine::desk::Desk;
use membership::directory::Directory;
use membership::query;
use protocol::{
    CheckQuestion, GroupFilter, Lack, Problem, Reads, RequestDetail, RequestQuestion, Shown, TreeOrder, TreeQuestion,
    UsersQuestion,
};
use provider::answer::{Call, Caller, answer};
use serde_json::Value;

const NOW: i64 = 1_790_000_000_000;
const SYSTEMS: [&str; 3] = ["contensis", "tulip", "passbolt"];
/// A group with others below it, one without, and one that System Administrators shares members with.
const GROUPS: [&str; 3] = ["Paper Street Soap Company", "Contractors", "System Administrators"];
const QUERIES: [&str; 22] = [
    "",
    "firstName ~ an",
    "status = active",
    "status = suspended",
    "status != suspended",
    "NOT status = locked AND lastName STARTSWITH a",
    "status IN (locked, active) OR firstName ~ an",
    "status.suspended = true",
    "NOT status.suspended = true",
    "isAdministrator = true",
    "NOT isAdministrator = true",
    "isAdministrator = true AND status = active",
    "memberOf = \"Paper Street Soap Company\"",
    "directMemberOf IN (Contractors) AND firstName ~ an",
    "memberOf = Contractors AND memberOf = \"Site access\"",
    "memberOf = \"Paper Street Soap Company\" AND memberOf != Contractors",
    "memberOf != Contractors",
    "memberOf = Contractors OR firstName ~ an",
    "groupCount > 2 AND firstName ~ an",
    "lastName ~ a ORDER BY lastLogin DESC",
    "memberOf = Contractors ORDER BY status, email",
    "status = active AND status = suspended",
];

fn sample() -> Directory {
    membership::sample::directory(1_200, 7).expect("the sample is small")
}

fn shown(desk: &mut Desk, system: &str, of: &Shown) -> Result<RequestDetail, Problem> {
    let question = RequestQuestion {
        of: of.clone(),
        system: system.to_owned(),
        origin: "https://pssc.example".to_owned(),
    };
    desk.ask(&question, NOW)
}

/// Every list of users that a person could have on screen, as far as this directory makes a difference.
fn lists() -> Vec<UsersQuestion> {
    let mut lists = Vec::new();
    let groups = [None, Some(GROUPS[0]), Some(GROUPS[1])];
    for zenql in QUERIES {
        for (group, include_inherited) in groups.into_iter().flat_map(|group| [(group, true), (group, false)]) {
            for (q, order) in [("", ""), ("an", "-email,lastName"), ("a b", "status,-id")] {
                let excluded = if q.is_empty() && group.is_some() {
                    &GROUPS[2..]
                } else {
                    &[]
                };
                lists.push(UsersQuestion {
                    group: group.map(str::to_owned),
                    include_inherited,
                    excluded_groups: excluded.iter().map(|group| (*group).to_owned()).collect(),
                    zenql: zenql.to_owned(),
                    q: q.to_owned(),
                    order: order.to_owned(),
                    offset: 0,
                    limit: 25,
                });
            }
        }
    }
    lists
}

fn screens(directory: &Directory) -> Vec<Shown> {
    let ids = directory
        .all_users()
        .step_by(97)
        .map(|user| directory.user_id(user).to_owned());
    let ids: Vec<_> = ids.collect();
    let mut screens: Vec<_> = lists().into_iter().map(Shown::Users).collect();
    screens.extend(ids.iter().cloned().map(Shown::User));
    screens.extend(ids.iter().cloned().map(Shown::GroupsOf));
    screens.extend(GROUPS.map(|group| Shown::Group(group.to_owned())));
    screens.extend(ids.iter().map(|user| {
        Shown::Check(CheckQuestion {
            user: user.clone(),
            groups: [GROUPS[0], "O'Neil, no group"].map(str::to_owned).into(),
        })
    }));
    let kinds = [
        None,
        Some(GroupFilter::Cycle),
        Some(GroupFilter::NoManager),
        Some(GroupFilter::Empty),
    ];
    for only in kinds {
        for order in [TreeOrder::Total, TreeOrder::Direct, TreeOrder::Name] {
            for find in ["", "pa"] {
                let find = find.to_owned();
                screens.push(Shown::Groups { find, only, order });
            }
        }
    }
    screens
}

/// The same JSON on one line. No text of the sample has a colon before a space.
fn on_one_line(text: &str) -> String {
    let lines: String = text.lines().map(str::trim_start).collect();
    lines.replace("\": ", "\":")
}

#[test]
fn the_answer_is_the_providers_own() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    for of in screens(&directory) {
        for system in SYSTEMS {
            let detail = shown(&mut desk, system, &of).expect("the screen is there");
            let call = Call {
                method: &detail.method,
                url: &format!("https://pssc.example{}", detail.url),
                caller: Caller::Administrator,
                now: NOW,
            };
            let told = answer(&directory, &call);
            let at = format!("{of:?} of {system}: {}", detail.url);
            assert_eq!(detail.status, told.status, "{at}");
            let is_check = matches!(of, Shown::Check(_));
            assert!(
                told.status == 200 || is_check && [204, 404].contains(&told.status),
                "{at}"
            );
            let headers: Vec<_> = detail
                .headers
                .iter()
                .map(|(name, value)| (name.as_str(), value))
                .collect();
            let expected: Vec<_> = told.headers.iter().map(|(name, value)| (*name, value)).collect();
            assert_eq!(headers, expected, "{at}");
            let (Some(body), Some(told)) = (&detail.body, &told.body) else {
                assert_eq!(
                    (detail.body.is_some(), detail.method.as_str()),
                    (told.body.is_some(), "HEAD")
                );
                continue;
            };
            assert_eq!(body.bytes as usize, told.len(), "{at}");
            let line = on_one_line(&body.text);
            assert!(told.starts_with(&line), "{at}\n{line}\n{told}");
            assert_eq!(body.more == 0, line.len() == told.len(), "{at}");
            if body.more == 0 {
                let (shown, told) = (serde_json::from_str(&body.text), serde_json::from_str(told));
                assert_eq!(shown.ok(), told.ok() as Option<Value>, "{at}");
            }
        }
    }
}

/// The whole body, its ids and how many there are in all.
fn items(directory: &Directory, detail: &RequestDetail) -> (Vec<String>, u64) {
    let call = Call {
        method: &detail.method,
        url: &detail.url,
        caller: Caller::Administrator,
        now: NOW,
    };
    let body = answer(directory, &call).body.expect("a list has a body");
    let body: Value = serde_json::from_str(&body).expect("it is JSON");
    let items = body["items"]
        .as_array()
        .or(body["body"].as_array())
        .expect("it has items");
    let id = |item: &Value| {
        let names = ["id", "userId", "userGroupId"];
        let id = names.iter().find_map(|name| item[*name].as_str());
        id.expect("an item has an id").to_owned()
    };
    let counts = [
        &body["totalCount"],
        &body["count"],
        &body["header"]["pagination"]["count"],
    ];
    let count = counts.iter().find_map(|count| count.as_u64());
    (items.iter().map(id).collect(), count.unwrap_or(items.len() as u64))
}

#[test]
fn what_leaves_nothing_out_lists_whom_the_screen_lists() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    let (mut exact, mut rewritten) = ([0; 3], 0);
    for of in lists() {
        let page = desk.ask(&of, NOW).expect("the list is there");
        let ids: Vec<_> = page.rows.iter().map(|row| row.id.clone()).collect();
        for (system, exact) in SYSTEMS.into_iter().zip(&mut exact) {
            let detail = shown(&mut desk, system, &Shown::Users(of.clone())).expect("the list is there");
            let (found, count) = items(&directory, &detail);
            let at = format!("{of:?} of {system}: {} lacks {:?}", detail.url, detail.lacks);
            let total = u64::from(page.total);
            let narrows = |lack: &Lack| matches!(lack, Lack::Nesting | Lack::Suspended);
            if detail.lacks.iter().all(|lack| *lack == Lack::Order) {
                assert_eq!(count, total, "{at}");
                *exact += 1;
            } else if !detail.lacks.iter().any(narrows) {
                assert!(count >= total, "{count} of {total} at {at}");
            }
            if detail.lacks.is_empty() && system == "contensis" {
                assert_eq!(found, ids, "{at}");
                let is_own = query::parse_users(&of.zenql).is_ok_and(|query| query.is_own());
                rewritten += usize::from(is_own && total > 0);
            }
        }
    }
    // No vendor is without a list that it can express, and some of them speak of membership.
    assert!(
        exact.iter().all(|count| *count > 5) && rewritten > 20,
        "{exact:?}, {rewritten}"
    );
}

#[test]
fn no_vendor_is_sent_a_field_of_the_consoles_own() {
    let own = [
        "memberof",
        "managerof",
        "isadministrator",
        "groupcount",
        "status%20",
        "status=",
    ];
    let mut desk = Desk::new(sample());
    for of in lists() {
        for system in SYSTEMS {
            let detail = shown(&mut desk, system, &Shown::Users(of.clone())).expect("the list is there");
            let url = detail.url.to_lowercase();
            assert!(own.iter().all(|field| !url.contains(field)), "{url}");
        }
    }
}

#[test]
fn groups_are_those_of_the_tree() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    for find in ["", "pa", "ops", " Site "] {
        let question = TreeQuestion {
            find: find.to_owned(),
            limit: 1,
            ..TreeQuestion::default()
        };
        let matches = desk.ask(&question, NOW).expect("the tree is there").matches;
        for order in [TreeOrder::Total, TreeOrder::Direct, TreeOrder::Name] {
            for system in SYSTEMS {
                let of = Shown::Groups {
                    find: find.to_owned(),
                    only: None,
                    order,
                };
                let detail = shown(&mut desk, system, &of).expect("the groups are there");
                let (_, count) = items(&directory, &detail);
                let all = detail.lacks.contains(&Lack::Search);
                assert!(if all {
                    count >= u64::from(matches)
                } else {
                    count == u64::from(matches)
                });
                assert_eq!(all, system == "passbolt" && !find.is_empty());
            }
        }
    }
}

#[test]
fn a_check_is_read_as_it_is_told() {
    let directory = sample();
    let mut desk = Desk::new(sample());
    let groups = vec![GROUPS[1].to_owned(), "Site access".to_owned()];
    let (mut yes, mut exact) = (0, 0);
    for user in directory.all_users() {
        let user = directory.user_id(user).to_owned();
        let check = CheckQuestion {
            user,
            groups: groups.clone(),
        };
        let status = desk.ask(&check, NOW).expect("the user is there").status;
        yes += u32::from(status == 204);
        for system in SYSTEMS {
            let detail = shown(&mut desk, system, &Shown::Check(check.clone())).expect("the user is there");
            let is_in = match &detail.reads {
                Reads::Status => detail.status == 204,
                Reads::Count => items(&directory, &detail).1 > 0,
                Reads::Among(ids) => items(&directory, &detail).0.iter().any(|id| ids.contains(id)),
                Reads::Plainly => unreachable!("a check is a yes or a no"),
            };
            if detail.lacks.is_empty() {
                assert_eq!(is_in, status == 204, "{} for {check:?}", detail.url);
                exact += 1;
            } else {
                // Without nesting some are missed, and nobody is made up.
                assert!(!is_in || status == 204);
            }
        }
    }
    assert!(yes > 0 && exact >= 1_200);
}

#[test]
fn what_is_not_there_is_told() {
    let mut desk = Desk::new(sample());
    let unknown = shown(&mut desk, SYSTEMS[0], &Shown::Group("nobody".to_owned()));
    assert!(matches!(unknown, Err(Problem::Unknown { .. })));
    let wrong = UsersQuestion {
        zenql: "frstName ~ a".to_owned(),
        ..UsersQuestion::default()
    };
    assert!(matches!(
        shown(&mut desk, SYSTEMS[0], &Shown::Users(wrong)),
        Err(Problem::Query(_))
    ));
    let system = shown(&mut desk, "another", &Shown::Group(GROUPS[0].to_owned()));
    assert_eq!(system, Err(Problem::NotRead));
}
