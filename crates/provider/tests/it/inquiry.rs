//! One question to a vendor's own endpoint: what is sent, what is read of the answer, and what becomes of faults.

use membership::directory::Directory;
use membership::entity::{GroupIndex, Standing, UserIndex};
use membership::order::rows as in_order;
use membership::{json, query};
use provider::connection::{Connection, Credentials, Incoming, Outgoing, Secret, System};
use provider::error::ProviderError;
use provider::incident::IncidentKind;
use provider::inquiry::{Choice, Inquiry, LeftOut, Next, Pages, Progress, Question, Rows, User};

use super::serving::{Server, json as as_json, of_directory, status};

const BASE: &str = "https://vendor.example.com";

/// Night is in Soap, and Day too; Bob is in both of these, Ann in Soap itself, and Eve in nothing.
const COMPANY: &str = r#"{"format": "rollcall/1", "users": [
 {"id": "00000000-0000-4000-8000-00000000000a", "username": "ann@x.example", "firstName": "Ann", "lastName": "Lee", "status": {"suspended": false}},
 {"id": "00000000-0000-4000-8000-00000000000b", "username": "bob@x.example", "firstName": "Bob", "lastName": "Day", "status": {"suspended": false}},
 {"id": "00000000-0000-4000-8000-00000000000c", "username": "cy@x.example", "firstName": "Cy", "lastName": "Kay", "status": {"suspended": true}},
 {"id": "00000000-0000-4000-8000-00000000000e", "username": "eve@x.example", "status": {"suspended": false}}],
 "groups": [
 {"id": "00000000-0000-4000-8000-000000000001", "name": "Soap", "description": "All", "children": ["00000000-0000-4000-8000-000000000002", "00000000-0000-4000-8000-000000000003"],
  "members": ["00000000-0000-4000-8000-00000000000a"]},
 {"id": "00000000-0000-4000-8000-000000000002", "name": "Night, late", "members": ["00000000-0000-4000-8000-00000000000b", "00000000-0000-4000-8000-00000000000c"],
  "managers": ["00000000-0000-4000-8000-00000000000b"]},
 {"id": "00000000-0000-4000-8000-000000000003", "name": "Day", "members": ["00000000-0000-4000-8000-00000000000b"]}]}"#;

fn company() -> Directory {
    let directory = json::read(COMPANY.as_bytes()).expect("a directory file");
    assert_eq!(directory.unused(), []);
    directory
}

/// The id of the company's user or group that a character stands for.
fn id(last: char) -> String {
    format!("00000000-0000-4000-8000-00000000000{last}")
}

fn connection(system: System) -> Connection {
    Connection {
        system,
        base: BASE.to_owned(),
        credentials: Credentials::Token(Secret::new("t0k3n")),
    }
}

/// An inquiry that has ended, the rows of its pages in order, and the paths that were asked for.
struct Ended {
    inquiry: Inquiry,
    users: Vec<User>,
    groups: Vec<(String, Option<String>)>,
    asked: Vec<String>,
}

impl Ended {
    fn user_ids(&self) -> Vec<&str> {
        self.users.iter().map(|user| &*user.id).collect()
    }

    fn kinds(&self) -> Vec<IncidentKind> {
        self.inquiry
            .incidents()
            .iter()
            .map(|incident| incident.kind.clone())
            .collect()
    }
}

fn ended(mut inquiry: Inquiry, answer: &dyn Fn(&Outgoing, u32) -> Option<Incoming>) -> Ended {
    let mut server = Server::new(answer);
    assert!(!server.serve(&mut inquiry), "nobody has to sign in");
    let mut batches = inquiry.take_batches();
    batches.sort_by_key(|batch| batch.page);
    let (mut users, mut groups) = (Vec::new(), Vec::new());
    for batch in batches {
        match batch.rows {
            Rows::Users(rows) => users.extend(rows),
            Rows::Groups(rows) => groups.extend(rows.into_iter().map(|group| (group.id, group.name))),
        }
    }
    let path = |url: &String| url.strip_prefix(BASE).expect("nothing is sent elsewhere").to_owned();
    Ended {
        inquiry,
        users,
        groups,
        asked: server.log.iter().map(path).collect(),
    }
}

fn ask_pages(directory: &Directory, system: System, question: Question, pages: Pages) -> Ended {
    let inquiry = Inquiry::new(connection(system), question, pages, 4);
    let ended = ended(inquiry, &|request, _| of_directory(directory, request));
    assert_eq!(ended.kinds(), []);
    ended
}

fn ask(directory: &Directory, system: System, question: Question) -> Ended {
    ask_pages(directory, system, question, Pages::All)
}

fn members(group: &str, include_inherited: bool) -> Question {
    Question::Members {
        group: group.to_owned(),
        include_inherited,
        excluded_groups: Vec::new(),
        choice: Choice::default(),
    }
}

fn groups_of(user: &str, include_inherited: bool) -> Question {
    Question::GroupsOf {
        user: user.to_owned(),
        include_inherited,
        order: String::new(),
    }
}

fn check(user: &str, groups: &[&str]) -> Question {
    Question::Check {
        user: user.to_owned(),
        groups: groups.iter().map(|group| (*group).to_owned()).collect(),
    }
}

#[test]
fn contensis_lists_members_as_they_are_chosen() {
    let question = |excluded: &[&str]| Question::Members {
        group: "Soap".to_owned(),
        include_inherited: true,
        excluded_groups: excluded.iter().map(|group| (*group).to_owned()).collect(),
        choice: Choice {
            order: "-firstName".to_owned(),
            zenql: "username ~ \"x.example\"".to_owned(),
            ..Choice::default()
        },
    };
    let all = ask(&company(), System::Contensis, question(&[]));
    assert_eq!(all.user_ids(), [id('c'), id('b'), id('a')]);
    assert_eq!(
        all.asked,
        [
            "/api/security/groups/Soap/users?includeInherited=true&order=-firstName&zenQL=username%20~%20%22x.example%22&pageSize=1000"
        ]
    );
    assert_eq!(all.inquiry.left_out(), []);
    assert_eq!(
        all.inquiry.progress(),
        Progress {
            pages: 1,
            of_pages: Some(1),
            rows: 3,
            total: Some(3)
        }
    );
    let cy = &all.users[0];
    assert_eq!((cy.name().as_str(), cy.standing), ("Cy Kay", Some(Standing::Suspended)));
    let without = ask(&company(), System::Contensis, question(&["Day"]));
    assert_eq!(without.user_ids(), [id('c'), id('a')]);
    assert_eq!(
        ask(&company(), System::Contensis, members("Soap", false)).user_ids(),
        [id('a')]
    );
}

#[test]
fn contensis_tells_groups_users_and_lists() {
    let (company, system) = (company(), System::Contensis);
    let names = |ended: &Ended| -> Vec<String> {
        ended
            .groups
            .iter()
            .map(|(_, name)| name.clone().unwrap_or_default())
            .collect()
    };
    assert_eq!(
        names(&ask(&company, system, groups_of("bob@x.example", false))),
        ["Day", "Night, late"]
    );
    assert_eq!(
        names(&ask(&company, system, groups_of("bob@x.example", true))),
        ["Day", "Night, late", "Soap"]
    );
    assert_eq!(
        names(&ask(&company, system, Question::Group("soap".to_owned()))),
        ["Soap"]
    );
    assert_eq!(
        ask(&company, system, Question::User("ANN@x.example".to_owned())).user_ids(),
        [id('a')]
    );
    let choice = Choice {
        zenql: "userCount > 1".to_owned(),
        ..Choice::default()
    };
    assert_eq!(names(&ask(&company, system, Question::Groups(choice))), ["Night, late"]);
    let choice = Choice {
        q: "AN".to_owned(),
        ..Choice::default()
    };
    let users = ask(
        &company,
        system,
        Question::Users {
            choice,
            archived: false,
        },
    );
    assert_eq!(users.user_ids(), [id('a')]);
}

#[test]
fn a_check_tells_of_all_groups_together_and_of_each() {
    let several = ask(
        &company(),
        System::Contensis,
        check("bob@x.example", &["Soap", "nowhere", "Night, late", "Soap"]),
    );
    assert_eq!(several.inquiry.verdict(), Some(true));
    assert_eq!(
        several.inquiry.verdicts(),
        [Some(true), Some(false), Some(true), Some(true)]
    );
    let mut asked = several.asked.clone();
    asked.sort_unstable();
    assert_eq!(
        asked,
        [
            "/api/security/users/bob@x.example/groups/Night%2C%20late",
            "/api/security/users/bob@x.example/groups/Soap",
            "/api/security/users/bob@x.example/groups/Soap,nowhere,Night%2C%20late,Soap",
            "/api/security/users/bob@x.example/groups/nowhere",
        ]
    );
    let progress = several.inquiry.progress();
    assert_eq!((progress.pages, progress.of_pages), (4, Some(4)));
    let single = ask(&company(), System::Contensis, check("eve@x.example", &["Soap"]));
    assert_eq!(
        (single.inquiry.verdict(), single.inquiry.verdicts()),
        (Some(false), &[Some(false)][..])
    );
    assert_eq!(single.asked.len(), 1);
}

#[test]
fn tulip_tells_direct_members_by_id_and_no_nesting() {
    let (company, system) = (company(), System::Tulip);
    let night = ask(&company, system, members(&id('2'), true));
    assert_eq!(night.user_ids(), [id('b'), id('c')]);
    assert_eq!(
        night.users[0],
        User {
            id: id('b'),
            ..User::default()
        }
    );
    assert_eq!(night.inquiry.left_out(), [LeftOut::Nesting]);
    assert_eq!(
        night.asked,
        [format!("/api/users/v1/user-groups/{}/users?limit=1000", id('2'))]
    );
    let choice = Choice {
        ids: vec![id('b'), id('e'), "o'neill".to_owned()],
        ..Choice::default()
    };
    let named = ask(
        &company,
        system,
        Question::Users {
            choice,
            archived: false,
        },
    );
    assert_eq!(
        named.users.iter().map(User::name).collect::<Vec<_>>(),
        ["Bob Day", "eve@x.example"]
    );
    let archived = ask(
        &company,
        system,
        Question::Users {
            choice: Choice::default(),
            archived: true,
        },
    );
    assert_eq!(archived.user_ids(), [id('c')]);
    assert_eq!(archived.users[0].standing, Some(Standing::Suspended));
    let groups = ask(&company, system, groups_of(&id('b'), false));
    assert_eq!(groups.groups, [(id('2'), None), (id('3'), None)]);
    let checked = ask(&company, system, check(&id('b'), &[&id('1'), &id('3')]));
    assert_eq!(checked.inquiry.verdicts(), [Some(false), Some(true)]);
    assert_eq!(checked.inquiry.verdict(), Some(true));
    assert_eq!(checked.asked.len(), 1);
    let ann = &ask(&company, system, Question::User(id('a'))).users[0];
    assert_eq!((ann.name().as_str(), ann.standing), ("Ann Lee", None));
    assert_eq!(
        ask(&company, system, Question::Group(id('1'))).groups,
        [(id('1'), Some("Soap".to_owned()))]
    );
}

#[test]
fn passbolt_tells_members_with_names_and_managers() {
    let (company, system) = (company(), System::Passbolt);
    let night = ask(&company, system, members(&id('2'), true));
    let told: Vec<_> = night
        .users
        .iter()
        .map(|user| (user.name(), user.is_manager, user.standing))
        .collect();
    assert_eq!(
        told,
        [
            ("Bob Day".to_owned(), Some(true), Some(Standing::Active)),
            ("Cy Kay".to_owned(), Some(false), Some(Standing::Suspended)),
        ]
    );
    assert_eq!(night.inquiry.left_out(), [LeftOut::Nesting]);
    let groups = ask(&company, system, groups_of(&id('b'), false));
    assert_eq!(
        groups.groups,
        [
            (id('3'), Some("Day".to_owned())),
            (id('2'), Some("Night, late".to_owned()))
        ]
    );
    let checked = ask(&company, system, check(&id('c'), &[&id('1'), &id('3')]));
    assert_eq!(
        (checked.inquiry.verdict(), checked.inquiry.verdicts()),
        (Some(false), &[Some(false); 2][..])
    );
    assert_eq!(
        ask(&company, system, Question::User(id('a'))).users[0].name(),
        "Ann Lee"
    );
    assert_eq!(
        ask(&company, system, Question::Group(id('3'))).groups,
        [(id('3'), Some("Day".to_owned()))]
    );
    let choice = Choice {
        q: "ann".to_owned(),
        ..Choice::default()
    };
    assert_eq!(
        ask(
            &company,
            system,
            Question::Users {
                choice,
                archived: false
            }
        )
        .user_ids(),
        [id('a')]
    );
    assert_eq!(
        ask(&company, system, Question::Groups(Choice::default())).groups.len(),
        3
    );
}

fn children(group: &str) -> Question {
    Question::Children {
        group: group.to_owned(),
        choice: Choice::default(),
    }
}

#[test]
fn the_groups_below_one_and_those_that_somebody_manages_are_told_by_whoever_knows_them() {
    let company = company();
    let below = ask(&company, System::Contensis, children("Soap"));
    assert_eq!(
        below.groups,
        [
            (id('3'), Some("Day".to_owned())),
            (id('2'), Some("Night, late".to_owned()))
        ]
    );
    assert_eq!(below.asked, ["/api/security/groups/Soap/groups?pageSize=1000"]);
    let managed = ask(&company, System::Passbolt, Question::ManagedBy(id('b')));
    assert_eq!(managed.groups, [(id('2'), Some("Night, late".to_owned()))]);
    assert_eq!(ask(&company, System::Passbolt, Question::ManagedBy(id('a'))).groups, []);
    for system in System::ALL {
        let left_out = |question: Question| question.for_system(system).1;
        let knows = system == System::Contensis;
        assert_eq!(left_out(children("g")).is_empty(), knows);
        let knows = system == System::Passbolt;
        assert_eq!(left_out(Question::ManagedBy("u".to_owned())).is_empty(), knows);
    }
}

#[test]
fn a_user_who_is_asked_for_alone_comes_with_the_whole_record() {
    for (system, identifier, expected) in [
        (
            System::Contensis,
            "bob@x.example".to_owned(),
            &[
                ("username", "bob@x.example"),
                ("firstName", "Bob"),
                ("lastName", "Day"),
                ("status.suspended", "false"),
            ][..],
        ),
        (System::Tulip, id('b'), &[("firstName", "Bob"), ("lastName", "Day")]),
        (
            System::Passbolt,
            id('b'),
            &[
                ("username", "bob@x.example"),
                ("email", "bob@x.example"),
                ("firstName", "Bob"),
                ("lastName", "Day"),
                ("status.suspended", "false"),
            ],
        ),
    ] {
        let bob = ask(&company(), system, Question::User(identifier)).users.remove(0);
        let fields: Vec<_> = bob.fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        let id = id('b');
        let expected: Vec<_> = std::iter::once(("id", &*id)).chain(expected.iter().copied()).collect();
        // What a vendor's record cannot do without, and the directory does not know, is not compared.
        let fields: Vec<_> = fields.into_iter().filter(|field| expected.contains(field)).collect();
        assert_eq!(fields, expected, "{system:?}");
    }
    let question = Question::Users {
        choice: Choice::default(),
        archived: false,
    };
    assert!(
        ask(&company(), System::Contensis, question)
            .users
            .iter()
            .all(|user| user.fields.is_empty())
    );
}

#[test]
fn what_a_vendor_cannot_be_asked_is_left_out_and_told() {
    let question = Question::Members {
        group: "g".to_owned(),
        include_inherited: true,
        excluded_groups: vec!["h".to_owned()],
        choice: Choice {
            order: "lastName".to_owned(),
            q: "ann".to_owned(),
            zenql: "firstName = a".to_owned(),
            ids: Vec::new(),
        },
    };
    let plain = members("g", false);
    let left_out = [
        LeftOut::Nesting,
        LeftOut::Exclusion,
        LeftOut::Search,
        LeftOut::Query,
        LeftOut::Order,
    ];
    for system in [System::Tulip, System::Passbolt] {
        assert_eq!(question.clone().for_system(system), (plain.clone(), left_out.to_vec()));
    }
    assert_eq!(question.clone().for_system(System::Contensis), (question, Vec::new()));
    let own = |order: &str, zenql: &str| {
        let choice = Choice {
            order: order.to_owned(),
            zenql: zenql.to_owned(),
            ..Choice::default()
        };
        Question::Users {
            choice,
            archived: false,
        }
    };
    let (asked, left_out) = own("status", "firstName ~ a AND memberOf = Soap").for_system(System::Contensis);
    assert_eq!(
        (asked, left_out),
        (own("", ""), vec![LeftOut::OwnQuery, LeftOut::Order])
    );
    let order = groups_of("u", true).for_system(System::Passbolt);
    assert_eq!(order, (groups_of("u", false), vec![LeftOut::Nesting]));
}

#[test]
fn one_page_is_one_request() {
    let directory = membership::sample::directory(3_000, 7).expect("a sample");
    let everybody = || Question::Users {
        choice: Choice::default(),
        archived: false,
    };
    let one = Pages::One { index: 2, size: 40 };
    let third = ask_pages(&directory, System::Contensis, everybody(), one);
    assert_eq!(third.asked, ["/api/security/users?pageIndex=2&pageSize=40"]);
    let all = ask(&directory, System::Contensis, everybody());
    assert_eq!(third.users, all.users[80..120]);
    assert_eq!(
        third.inquiry.progress(),
        Progress {
            pages: 1,
            of_pages: Some(1),
            rows: 40,
            total: Some(3_000)
        }
    );
    let tulip = ask_pages(&directory, System::Tulip, everybody(), one);
    assert_eq!(
        (tulip.users.len(), tulip.asked.as_slice()),
        (40, &["/api/users/v1/users?limit=40&offset=80".to_owned()][..])
    );
    let passbolt = ask_pages(&directory, System::Passbolt, everybody(), one);
    assert_eq!(
        (passbolt.users.len(), passbolt.inquiry.progress().total),
        (40, Some(3_000))
    );
}

/// Every group of a sample, and everybody, by each vendor, in the order that was asked for: as the core says.
#[test]
fn all_pages_make_what_the_directory_says() {
    let directory = membership::sample::directory(2_500, 11).expect("a sample");
    let order = query::parse_order_users("-lastName,username").expect("an order");
    let permutation = directory.user_permutation(&order);
    let ids = |set: &membership::set::Set| -> Vec<String> {
        let rows = in_order(&permutation, set).into_iter();
        rows.map(|row| directory.user_id(UserIndex::new(row)).to_owned())
            .collect()
    };
    let mut groups: Vec<GroupIndex> = directory.all_groups().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(directory.member_count(*group)));
    for group in groups.iter().step_by(17).take(12).copied() {
        let id = directory.group_id(group);
        for include_inherited in [false, true] {
            let expected = ids(&directory.members(Some(group), include_inherited, &[]));
            let question = Question::Members {
                group: id.to_owned(),
                include_inherited,
                excluded_groups: Vec::new(),
                choice: Choice {
                    order: "-lastName,username".to_owned(),
                    ..Choice::default()
                },
            };
            let ended = ask(&directory, System::Contensis, question);
            assert_eq!(ended.user_ids(), expected, "{id}");
            assert_eq!(ended.asked.len(), expected.len().div_ceil(1_000).max(1));
        }
        let mut direct = ids(&directory.members(Some(group), false, &[]));
        direct.sort_unstable();
        let tulip = ask(&directory, System::Tulip, members(id, false));
        let mut came = tulip.user_ids();
        came.sort_unstable();
        assert_eq!(came, direct);
    }
}

/// Three users in pages of two.
fn paged(request: &Outgoing, _: u32) -> Option<Incoming> {
    let items = if request.url.contains("pageIndex=1") {
        r#"{"id":"c"}"#
    } else {
        r#"{"id":"a"},{"id":"b"}"#
    };
    as_json(&format!(
        r#"{{"pageIndex":0,"pageSize":2,"totalCount":3,"pageCount":2,"items":[{items}]}}"#
    ))
}

fn faulty(question: Question, answer: &dyn Fn(&Outgoing, u32) -> Option<Incoming>) -> Ended {
    ended(
        Inquiry::new(connection(System::Contensis), question, Pages::All, 4),
        answer,
    )
}

#[test]
fn faults_are_told_and_none_loses_the_rest() {
    let html = |request: &Outgoing, times: u32| match request.url.contains("pageIndex=1") {
        true => as_json("<!doctype html><title>Sign in</title>"),
        false => paged(request, times),
    };
    let ended = faulty(members("g", false), &html);
    assert_eq!(ended.user_ids(), ["a", "b"]);
    let what = "it is a web page, not JSON".to_owned();
    assert_eq!(ended.kinds(), [IncidentKind::Lost(ProviderError::Unreadable { what })]);
    assert_eq!(
        ended.asked.len(),
        4,
        "a page that cannot be read is asked for three times"
    );

    let forbidden = faulty(members("g", false), &|_, _| status(403));
    assert_eq!(forbidden.kinds(), [IncidentKind::Lost(ProviderError::Forbidden)]);
    let missing = faulty(members("g", false), &|_, _| status(404));
    assert_eq!(missing.kinds(), [IncidentKind::Lost(ProviderError::Missing)]);
    let offline = faulty(members("g", false), &|_, _| None);
    assert_eq!(offline.kinds(), [IncidentKind::Lost(ProviderError::Offline)]);
    let moved = faulty(members("g", false), &|_, _| status(302));
    assert!(matches!(
        moved.kinds()[..],
        [IncidentKind::Lost(ProviderError::Refused { .. })]
    ));
    let repeats = faulty(members("g", false), &|request, times| {
        let url = request.url.replace("pageIndex=1", "");
        paged(&Outgoing { url, ..request.clone() }, times)
    });
    assert_eq!(
        repeats.kinds(),
        [
            IncidentKind::Repeats { page: 1, earlier: 0 },
            IncidentKind::Counted { came: 2, total: 3 }
        ]
    );
    let odd = faulty(
        Question::Users {
            choice: Choice::default(),
            archived: false,
        },
        &|_, _| as_json(r#"{"totalCount":2,"items":[{"username":"nobody"},{"id":"a","firstName":7}]}"#),
    );
    assert_eq!(odd.user_ids(), ["a"]);
    assert!(
        matches!(odd.kinds()[..], [IncidentKind::NoId { .. }, IncidentKind::Type { .. }]),
        "{:?}",
        odd.kinds()
    );
}

#[test]
fn a_busy_server_is_left_alone_for_as_long_as_it_wishes() {
    let busy = |request: &Outgoing, times: u32| match times {
        1 => Some(Incoming {
            retry_after: Some("7".to_owned()),
            ..status(429).unwrap_or_default()
        }),
        _ => paged(request, times),
    };
    let mut server = Server::new(&busy);
    let began = server.now;
    let mut inquiry = Inquiry::new(connection(System::Contensis), members("g", false), Pages::All, 4);
    server.serve(&mut inquiry);
    assert_eq!(inquiry.progress().rows, 3);
    assert_eq!(inquiry.incidents(), []);
    assert!(
        server.now - began >= 14_000,
        "each of two pages was asked for a second time"
    );
}

#[test]
fn a_check_that_is_refused_is_no_no() {
    for (answer, error) in [
        (403, ProviderError::Forbidden),
        (
            400,
            ProviderError::Refused {
                reason: "400".to_owned(),
            },
        ),
    ] {
        let ended = faulty(check("u", &["g"]), &|_, _| status(answer));
        assert_eq!(ended.inquiry.verdict(), None);
        assert_eq!(ended.inquiry.verdicts(), [None]);
        assert_eq!(ended.kinds(), [IncidentKind::Lost(error)]);
    }
}

#[test]
fn who_is_signed_out_signs_in_again_and_goes_on() {
    let renewed = |request: &Outgoing, times: u32| {
        let is_new = request.headers.iter().any(|(_, value)| value.reveal() == "Bearer new");
        if is_new { paged(request, times) } else { status(401) }
    };
    let mut server = Server::new(&renewed);
    let mut inquiry = Inquiry::new(connection(System::Contensis), members("g", false), Pages::All, 4);
    assert!(server.serve(&mut inquiry), "a pasted token cannot be renewed");
    assert_eq!(inquiry.next(server.now), Next::SignedOut);
    assert_eq!(inquiry.refusal(), Some(&ProviderError::SignIn));
    inquiry.sign_in(Credentials::Token(Secret::new("new")));
    assert!(!server.serve(&mut inquiry));
    assert_eq!(inquiry.progress().rows, 3);
}

#[test]
fn an_inquiry_goes_on_as_whoever_another_one_signed_in() {
    let signs_in = |request: &Outgoing| request.url.ends_with("/connect/token");
    let answer = |request: &Outgoing, times: u32| match signs_in(request) {
        true => as_json(r#"{"access_token":"t0k3n","expires_in":3600}"#),
        false => paged(request, times),
    };
    let client = || Connection {
        credentials: Credentials::Client {
            id: "app".to_owned(),
            secret: Secret::new("hush"),
        },
        ..connection(System::Contensis)
    };
    let inquiry = || Inquiry::new(client(), members("g", false), Pages::All, 4);
    let mut first = inquiry();
    assert_eq!(first.signed_in(None).map(|_| ()), None);
    let mut server = Server::new(&answer);
    assert!(!server.serve(&mut first));
    assert!(server.log[0].ends_with("/connect/token"));
    let signed_in = first.signed_in(None).expect("somebody signed in");
    assert!(!format!("{signed_in:?}").contains("t0k3n"));
    assert!(first.signed_in(Some(&signed_in)).is_none() && !first.join(Some(&signed_in)));
    let mut second = inquiry();
    assert!(!second.join(None) && second.join(Some(&signed_in)));
    let mut server = Server::new(&answer);
    assert!(!server.serve(&mut second));
    assert!(server.log.iter().all(|url| !url.ends_with("/connect/token")));
    assert_eq!(second.progress().rows, 3);
}

#[test]
fn a_list_in_pages_without_a_count_has_no_total() {
    let page = |_: &Outgoing, _: u32| {
        as_json(r#"{"header":{"pagination":{"page":1,"limit":1}},"body":[{"id":"a","username":"a"}]}"#)
    };
    let question = Question::Users {
        choice: Choice::default(),
        archived: false,
    };
    let pages = Pages::One { index: 0, size: 1 };
    let inquiry = Inquiry::new(connection(System::Passbolt), question, pages, 1);
    let ended = ended(inquiry, &page);
    assert_eq!((ended.users.len(), ended.inquiry.progress().total), (1, None));
}

#[test]
fn a_link_that_leads_elsewhere_is_told_and_not_followed() {
    let answer = |request: &Outgoing, _: u32| {
        let first = !request.url.contains("offset=");
        let (items, link) = match first {
            true => (
                r#"{"userId":"a"}"#,
                r#","nextPage":"https://elsewhere.example/api/users/v1/users?offset=1""#,
            ),
            false => (r#"{"userId":"b"}"#, ""),
        };
        as_json(&format!(r#"{{"items":[{items}],"count":2{link}}}"#))
    };
    let inquiry = Inquiry::new(connection(System::Tulip), members("g", false), Pages::All, 4);
    let ended = ended(inquiry, &answer);
    assert_eq!(ended.user_ids(), ["a", "b"]);
    let link = "https://elsewhere.example/api/users/v1/users?offset=1".to_owned();
    assert_eq!(ended.kinds(), [IncidentKind::Elsewhere { link }]);
}
