//! Reading what was written, and addresses as people write them.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::parameters::CHANGES;
use super::*;

fn users() -> impl Strategy<Value = UsersView> {
    (".*", ".*", ".*").prop_map(|(zenql, q, order)| UsersView { zenql, q, order })
}

fn identifiers() -> impl Strategy<Value = Vec<String>> {
    vec(".+", 0..4)
}

fn groups() -> impl Strategy<Value = GroupsView> {
    (
        option::of(".+"),
        prop_oneof![
            Just(Tab::Members),
            Just(Tab::Hierarchy),
            Just(Tab::Managers),
            Just(Tab::Request)
        ],
        ".*",
        any::<bool>(),
        prop_oneof![Just(TreeOrder::Total), Just(TreeOrder::Direct), Just(TreeOrder::Name)],
        identifiers(),
        users(),
    )
        .prop_map(
            |(group, tab, find, include_inherited, by, excluded_groups, users)| GroupsView {
                group,
                only: if find.is_empty() { "cycle".into() } else { String::new() },
                tab,
                find,
                by,
                include_inherited,
                excluded_groups,
                users,
            },
        )
}

fn screens() -> impl Strategy<Value = Screen> {
    prop_oneof![
        groups().prop_map(Screen::Groups),
        Just(Screen::Overview),
        findings().prop_map(Screen::Findings),
        users().prop_map(Screen::Users),
        (".+", identifiers()).prop_map(|(id, groups)| Screen::User { id, groups }),
        (".*", identifiers()).prop_map(|(user, groups)| Screen::Check { user, groups }),
        (identifiers(), identifiers(), ".*", ".*").prop_map(|(users, groups, user, group)| {
            let sides = MatrixSides { users, groups };
            Screen::Matrix(MatrixView { sides, user, group })
        }),
        (
            prop_oneof![Just(Compared::Users), Just(Compared::Groups), Just(Compared::Sets)],
            ".*",
            ".*",
            ".*"
        )
            .prop_map(|(of, a, b, q)| Screen::Compare(CompareView { of, a, b, q })),
        hierarchies().prop_map(Screen::Hierarchy),
        (vec((0..CHANGES.len(), ".+", ".+"), 0..4), ".*", ".*").prop_map(|(changes, user, group)| {
            let changes = staged(changes);
            Screen::WhatIf(WhatIfView { changes, user, group })
        }),
        (managed(), ".*").prop_map(|(of, q)| Screen::Managers(ManagersView { of, q })),
        Just(Screen::Gallery),
        Just(Screen::Connections(Connection::List)),
        Just(Screen::Connections(Connection::Sample)),
        Just(Screen::Connections(Connection::File)),
        Just(Screen::Connections(Connection::New)),
        vendors().prop_map(|(system, base)| Screen::Connections(Connection::Vendor { system, base })),
    ]
}

fn hierarchies() -> impl Strategy<Value = HierarchyView> {
    let levels = prop_oneof![Just(0), Just(3), Just(HierarchyView::ALL)];
    let shape = prop_oneof![
        Just(HierarchyShape::Fitting),
        Just(HierarchyShape::Picture),
        Just(HierarchyShape::List)
    ];
    let view = |(from, user, find, group, levels, shape)| HierarchyView {
        from,
        user,
        levels,
        shape,
        find,
        group,
    };
    (".*", ".*", ".*", ".*", levels, shape).prop_map(view)
}

fn findings() -> impl Strategy<Value = FindingsView> {
    let severity = prop_oneof![
        Just(None),
        Just(Some(Severity::Critical)),
        Just(Some(Severity::Warning)),
        Just(Some(Severity::Notice)),
    ];
    let place = (".*", ".*", ".*", any::<u32>()).prop_map(|(user, group, what, fact)| FindingPlace {
        user,
        group,
        what,
        fact,
    });
    let kind = option::of((0..FindingKind::COUNT).prop_map(|at| FindingKind::all().nth(at).expect("a kind")));
    (kind, place, severity, ".*").prop_map(|(kind, place, severity, q)| FindingsView {
        kind,
        place,
        severity,
        q,
    })
}

fn staged(changes: Vec<(usize, String, String)>) -> Vec<StagedChange> {
    let change = |(kind, subject, group): (usize, String, String)| StagedChange {
        kind: CHANGES[kind].1,
        subject,
        group,
    };
    changes.into_iter().map(change).collect()
}

fn managed() -> impl Strategy<Value = ManagersOf> {
    prop_oneof![
        Just(ManagersOf::People),
        Just(ManagersOf::WithNone),
        Just(ManagersOf::WithOne),
        ".+".prop_map(ManagersOf::User),
    ]
}

fn vendors() -> impl Strategy<Value = (String, String)> {
    (
        "[a-d]{1,8}",
        "(https://[a-z.:0-9-]{1,12}|http://[a-z.:0-9]{1,12}|/[a-z/ü%]{1,12})?",
    )
}

fn dirs() -> impl Strategy<Value = Dir> {
    prop_oneof![
        (0_u32..=1_000_000).prop_map(Dir::Sample),
        ".*".prop_map(Dir::File),
        (vendors(), any::<bool>()).prop_map(|((system, base), live)| Dir::Vendor { system, base, live }),
    ]
}

fn read(url: &str) -> Route {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    Route::read(path, query)
}

proptest! {
    #[test]
    fn reading_what_was_written_is_the_identity(
        dir in dirs(),
        screen in screens(),
        (is_open, vendor, about) in (any::<bool>(), ".*", ".*"),
        others in vec(("x[a-z]{1,5}", ".*"), 0..3),
    ) {
        let is_open = is_open && matches!(screen, Screen::Users(_) | Screen::User { .. } | Screen::Check { .. });
        let request = RequestView { is_open, vendor, about };
        let route = Route { dir, screen, request, others };
        prop_assert_eq!(read(&route.url()), route);
    }

    #[test]
    fn writing_what_was_read_settles(path in "(/[a-z%2F.+]{0,8}){0,3}", query in "([a-zQLG]{1,6}=[%+a-z0-9,&]{0,12}&?){0,4}") {
        let once = Route::read(&path, &query);
        prop_assert_eq!(read(&once.url()), once);
    }
}

#[test]
fn defaults_are_left_out() {
    assert_eq!(Route::default().url(), "/");
    assert_eq!(read("/").url(), "/");
    assert_eq!(read("/groups").url(), "/groups");
    assert_eq!(read("/groups?includeInherited=true").url(), "/groups");
    assert_eq!(read("/users?dir=sample-1200").url(), "/users");
}

#[test]
fn a_vendor_is_named_by_its_server() {
    let dir = |base: &str| Dir::Vendor {
        system: "cms".into(),
        base: base.into(),
        live: false,
    };
    assert_eq!(read("/users?dir=cms-pssc.example").dir, dir("https://pssc.example"));
    assert_eq!(
        read("/users?dir=cms-http://127.0.0.1:8081").dir,
        dir("http://127.0.0.1:8081")
    );
    assert_eq!(read("/users?dir=cms-/gateway/live").dir, dir("/gateway/live"));
    assert_eq!(read("/users?dir=cms-/").dir, dir(""));
    assert_eq!(read("/users?dir=cms-").dir, Dir::default());
    let asked = read("/users?dir=live-cms-/").dir;
    assert!(matches!(asked, Dir::Vendor { live: true, system, .. } if system == "cms"));
}

#[test]
fn a_comma_in_an_identifier_is_no_separator() {
    let screen = Screen::Check {
        user: "ada".into(),
        groups: vec!["R&D, Paris".into(), "ops".into()],
    };
    let url = Route {
        screen,
        ..Route::default()
    }
    .url();
    assert_eq!(url, "/check?user=ada&groups=R%26D%2C%20Paris,ops");
}

#[test]
fn changes_stand_in_the_address() {
    let url = "/what-if?do=nest:night-shift:Site%20access,remove:a%3Ab:x%2Cy";
    let Screen::WhatIf(WhatIfView { changes, .. }) = read(url).screen else {
        panic!("this is What-if");
    };
    assert_eq!((changes[1].subject.as_str(), changes[1].group.as_str()), ("a:b", "x,y"));
    assert_eq!(read(url).url(), url);
    assert_eq!(read("/what-if?do=nest:a,fly:a:b,add:a:b").url(), "/what-if?do=add:a:b");
}

#[test]
fn the_request_is_a_tab_of_a_group_and_a_part_of_other_screens() {
    let group = read("/groups/g?tab=request&vendor=v&about=groups");
    assert!(!group.request.is_open && group.request.vendor == "v");
    assert!(matches!(
        group.screen,
        Screen::Groups(GroupsView { tab: Tab::Request, .. })
    ));
    assert!(read("/users?q=a&tab=request").request.is_open);
    assert!(!read("/users?q=a&tab=request").with(Screen::default()).request.is_open);
}

#[test]
fn what_is_not_understood_is_kept() {
    assert_eq!(read("/users?utm=1&zenQL=a").url(), "/users?zenQL=a&utm=1");
    assert_eq!(read("/users?tab=columns").url(), "/users?tab=columns");
    assert_eq!(
        read("/findings/cycles").screen,
        Screen::Nowhere("/findings/cycles".into())
    );
    assert_eq!(
        read("/nowhere/at/all").screen,
        Screen::Nowhere("/nowhere/at/all".into())
    );
}
