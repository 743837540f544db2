//! A vendor that is asked live answers as its whole directory does, as far as it can: the documented endpoints, answered from
//! a directory, are the server, and what was read whole from the same server is what its answers are held against.
#![cfg(not(target_arch = "wasm32"))]

#[path = "live/fake.rs"]
mod fake;

use std::rc::Rc;

use engine::desk::{Ask, Desk};
use engine::live::Live;
use fake::{Fake, Way, connection, read_whole, sample, wait};
use membership::directory::Directory;
use membership::json;
use protocol::{
    CheckQuestion, CompletionQuestion, Entity, Failure, FindQuestion, GroupQuestion, HierarchyQuestion, Need,
    PathsQuestion, Problem, Question, Source, Standing, SuggestionQuestion, TreeChange, TreePage, TreePlace,
    TreeQuestion, UserQuestion, UsersPage, UsersQuestion, Vendor,
};
use provider::connection::{Outgoing, System};

const NOW: i64 = 1_767_225_600_000;

/// A vendor that is asked, and the same read whole.
struct Both {
    live: Live,
    fake: Rc<Fake>,
    whole: Desk,
    directory: Directory,
    system: System,
}

impl Both {
    fn new(system: System) -> Self {
        let fake = Rc::new(Fake::new(sample(300)));
        Self {
            live: Live::new(connection(system), Box::new(Way(Rc::clone(&fake)))),
            whole: Desk::new(read_whole(system, &fake)),
            directory: read_whole(system, &fake),
            fake,
            system,
        }
    }

    fn ask<Q: Question>(&self, question: &Q) -> Result<Q::Answer, Problem> {
        ask(&self.live, question)
    }

    fn both<Q: Ask>(&mut self, question: &Q) -> (Q::Answer, Q::Answer) {
        let live = self.ask(question).expect("the vendor answers");
        (live, self.whole.ask(question, NOW).expect("the directory answers"))
    }

    fn group_ids(&self) -> Vec<String> {
        let groups = self.directory.all_groups();
        groups
            .map(|group| self.directory.groups().id.get(group.row()).expect("an id").to_owned())
            .collect()
    }

    fn user_ids(&self) -> Vec<String> {
        let users = self.directory.all_users();
        users
            .map(|user| self.directory.users().id.get(user.row()).expect("an id").to_owned())
            .collect()
    }
}

fn ask<Q: Question>(live: &Live, question: &Q) -> Result<Q::Answer, Problem> {
    let answer = wait(live.answer(Q::KIND, &protocol::to_bytes(question)))?;
    Ok(protocol::from_bytes(&answer).expect("an answer of its type"))
}

fn vendor(system: System) -> Vendor {
    Vendor {
        system: system.name().to_owned(),
        base: String::new(),
        name: String::new(),
    }
}

fn everybody() -> UsersQuestion {
    UsersQuestion {
        include_inherited: true,
        limit: 1_000,
        ..UsersQuestion::default()
    }
}

/// The rows as both can tell them, in order, or sorted where the vendor keeps its own order.
fn told(page: &UsersPage, is_ordered: bool) -> Vec<String> {
    let mut rows: Vec<String> = page
        .rows
        .iter()
        .map(|row| {
            format!(
                "{} {} {} {} {:?} {:?}",
                row.id, row.name, row.username, row.email, row.status, row.last_login
            )
        })
        .collect();
    if !is_ordered {
        rows.sort();
    }
    rows
}

fn same_users(both: &mut Both, question: &UsersQuestion) {
    let is_ordered = both.system.orders();
    let (live, whole) = both.both(question);
    assert_eq!(live.total, whole.total, "{question:?}");
    assert_eq!(told(&live, is_ordered), told(&whole, is_ordered), "{question:?}");
    assert!(live.of.is_none_or(|of| Some(of) == whole.of), "{question:?}");
    assert!(live.request.url.starts_with('/'));
}

#[test]
fn all_users_are_the_same() {
    for system in System::ALL {
        let mut both = Both::new(system);
        same_users(&mut both, &everybody());
    }
}

#[test]
fn windows_join_to_the_whole_list() {
    for system in System::ALL {
        let both = Both::new(system);
        let all = both.ask(&everybody()).expect("the vendor answers");
        let mut joined = Vec::new();
        let mut offset = 0;
        while offset < all.total {
            let window = UsersQuestion {
                offset,
                limit: 37,
                ..everybody()
            };
            let page = both.ask(&window).expect("the vendor answers");
            assert_eq!((page.offset, page.total), (offset, all.total));
            joined.extend(page.rows);
            offset += 37;
        }
        assert_eq!(joined, all.rows);
        let behind = UsersQuestion {
            offset: 5_000,
            limit: 50,
            ..everybody()
        };
        let page = both.ask(&behind).expect("the vendor answers");
        assert_eq!((page.rows.len(), page.total), (0, all.total));
    }
}

#[test]
fn a_server_that_gives_less_at_once_is_asked_for_that() {
    let mut both = Both::new(System::Contensis);
    both.fake.limit(30);
    let window = UsersQuestion {
        offset: 96,
        limit: 96,
        ..everybody()
    };
    same_users(&mut both, &window);
    same_users(&mut both, &everybody());
}

#[test]
fn a_server_that_knows_no_pages_gives_the_same_windows() {
    let mut both = Both::new(System::Passbolt);
    both.fake.ignore_pages();
    for offset in [0, 150, 250] {
        let window = UsersQuestion {
            offset,
            limit: 100,
            ..everybody()
        };
        let page = both.ask(&window).expect("the vendor answers");
        let all = both.ask(&everybody()).expect("the vendor answers");
        let rows = all.rows.get(offset as usize..300.min(offset as usize + 100));
        assert_eq!((page.total, Some(&page.rows[..])), (300, rows));
    }
    same_users(&mut both, &everybody());
}

#[test]
fn a_list_of_which_nobody_tells_how_long_it_is_goes_on_until_it_ends() {
    for system in System::ALL {
        let both = Both::new(system);
        let all = both.ask(&everybody()).expect("the vendor answers");
        for largest in [None, Some(30)].into_iter().take(1 + usize::from(system.orders())) {
            let untold = Both::new(system);
            untold.fake.hide_totals();
            if let Some(largest) = largest {
                untold.fake.limit(largest);
            }
            let (mut joined, mut before) = (Vec::new(), 0);
            loop {
                let page = untold.ask(&UsersQuestion {
                    offset: joined.len() as u32,
                    limit: 37,
                    ..everybody()
                });
                let page = page.expect("the vendor answers");
                joined.extend(page.rows);
                // Who sees the end of what is known can always go on, and what was known stays so.
                assert!(!page.goes_on || page.total > joined.len() as u32);
                assert!(page.total >= before);
                assert!(page.of.is_none_or(|of| of == page.total && !page.goes_on));
                before = page.total;
                if !page.goes_on && page.total == joined.len() as u32 {
                    break;
                }
            }
            assert_eq!((joined, before), (all.rows.clone(), all.total), "{system:?}");
            // Back at the top, the end is known.
            let top = untold.ask(&UsersQuestion {
                limit: 10,
                ..everybody()
            });
            let top = top.expect("the vendor answers");
            assert_eq!(top.total, if top.goes_on { 100.max(top.total) } else { all.total });
            // Groups are few enough to be counted.
            assert_eq!(tree(&untold, None, "").total, tree(&both, None, "").total);
        }
    }
}

#[test]
fn who_does_not_tell_how_many_there_are_says_so_when_it_is_opened() {
    for system in System::ALL {
        let both = Both::new(system);
        both.fake.hide_totals();
        let opened = wait(both.live.open(Source::Live(vendor(system)))).expect("the vendor answers");
        assert_eq!(opened.asks.map(|asks| asks.totals), Some(false), "{system:?}");
        assert!((1..both.directory.user_count()).contains(&opened.users));
        assert_eq!(opened.groups, both.directory.group_count());
    }
}

#[test]
fn a_row_that_cannot_be_read_keeps_its_place() {
    for system in System::ALL {
        let both = Both::new(system);
        let all = both.ask(&everybody()).expect("the vendor answers");
        let spoiled = Both::new(system);
        spoiled.fake.spoil(&all.rows[10].id);
        let page = spoiled.ask(&everybody()).expect("the vendor answers");
        assert_eq!((page.total, page.rows.len()), (all.total, all.rows.len()));
        let unread: Vec<_> = page.rows.iter().filter(|row| row.id.is_empty()).collect();
        assert!(unread.len() == 1 && unread[0].name.contains("could not be read"));
        // Other pages are as they were.
        assert_eq!(page.rows[100..], all.rows[100..]);
    }
}

#[test]
fn members_are_the_same_with_and_without_nesting_and_exclusion() {
    for system in System::ALL {
        let mut both = Both::new(system);
        let groups = both.group_ids();
        for (place, group) in groups.iter().enumerate().step_by(5) {
            for include_inherited in [false, true] {
                let question = UsersQuestion {
                    group: Some(group.clone()),
                    include_inherited,
                    ..everybody()
                };
                same_users(&mut both, &question);
                if system.nests() {
                    let excluded_groups = vec![groups[(place * 7 + 3) % groups.len()].clone()];
                    let question = UsersQuestion {
                        excluded_groups,
                        ..question
                    };
                    same_users(&mut both, &question);
                }
            }
        }
    }
}

#[test]
fn searches_queries_and_orders_are_the_same() {
    for system in System::ALL {
        let mut both = Both::new(system);
        let q = "an".to_owned();
        // Tulip looks for other parts of a user than the console does.
        if system != System::Tulip {
            same_users(&mut both, &UsersQuestion { q, ..everybody() });
        }
        let queries = [
            "firstName ~ an",
            "status.suspended = true OR lastName STARTSWITH \"s\"",
            "lastLogin = NULL ORDER BY email DESC",
        ];
        for zenql in queries.map(str::to_owned) {
            let question = UsersQuestion { zenql, ..everybody() };
            if system.orders() {
                same_users(&mut both, &question);
            } else {
                assert_eq!(both.ask(&question), Err(Problem::NeedsWhole(Need::Query)));
            }
        }
        for order in ["-username", "lastLogin,email"].map(str::to_owned) {
            let question = UsersQuestion { order, ..everybody() };
            if system.orders() {
                same_users(&mut both, &question);
            } else {
                assert_eq!(both.ask(&question), Err(Problem::NeedsWhole(Need::Order)));
            }
        }
    }
}

#[test]
fn checks_are_the_same() {
    for system in System::ALL {
        let mut both = Both::new(system);
        let (users, groups) = (both.user_ids(), both.group_ids());
        for (place, user) in users.iter().enumerate().step_by(23) {
            let mut asked: Vec<String> = groups.iter().skip(place % 7).step_by(9).cloned().collect();
            asked.push("no such group".to_owned());
            let (live, whole) = both.both(&CheckQuestion {
                user: user.clone(),
                groups: asked,
            });
            for (live, whole) in live.groups.iter().zip(&whole.groups) {
                assert_eq!((&live.asked, &live.group), (&whole.asked, &whole.group));
                // Who is a direct member may be an inherited one too, which the vendor does not tell.
                assert_eq!(
                    (live.direct, live.direct || live.inherited),
                    (whole.direct, whole.direct || whole.inherited)
                );
            }
            assert_eq!(live.best.is_some(), whole.best.is_some());
            let is_direct = |verdict: &protocol::Verdict| verdict.best.map(|best| verdict.groups[best as usize].direct);
            assert_eq!(is_direct(&live), is_direct(&whole));
            if system.takes_names() {
                assert_eq!((live.status, live.request.url), (whole.status, whole.request.url));
            }
        }
    }
}

#[test]
fn a_check_takes_names_where_the_endpoint_takes_ids_alone() {
    for system in System::ALL {
        let both = Both::new(system);
        let (user, group) = (both.directory.all_users().next(), both.directory.all_groups().next());
        let (user, group) = (user.expect("a user"), group.expect("a group"));
        let email = both
            .directory
            .users()
            .email
            .get(user.row())
            .expect("an email")
            .to_uppercase();
        let name = both.directory.group_name(group).to_lowercase();
        let verdict = both.ask(&CheckQuestion {
            user: email,
            groups: vec![name.clone()],
        });
        let verdict = verdict.expect("the vendor answers");
        assert_eq!(verdict.user.id, both.user_ids()[0]);
        assert_eq!(
            verdict.groups[0].group.as_ref().map(|group| group.name.to_lowercase()),
            Some(name)
        );
    }
}

#[test]
fn a_name_with_a_comma_is_one_group_and_other_names_with_commas_are_several() {
    const COMPANY: &str = r#"{"format": "rollcall/1", "users": [{"id": "ada", "username": "ada"}], "groups": [
        {"id": "g1", "name": "R&D, Paris", "members": ["ada"]}, {"id": "g2", "name": "Paris"}, {"id": "g3", "name": "Ops"}]}"#;
    let company = || json::read(COMPANY.as_bytes()).expect("a directory file");
    let fake = Rc::new(Fake::new(company()));
    let live = Live::new(connection(System::Contensis), Box::new(Way(Rc::clone(&fake))));
    let mut whole = Desk::new(company());
    for (groups, says, status) in [
        (&["R&D, Paris"][..], &[("R&D, Paris", Some("g1"), true)][..], 204),
        (
            &["Ops,R&D", "g2"],
            &[
                ("Ops", Some("g3"), false),
                ("R&D", None, false),
                ("g2", Some("g2"), false),
            ],
            404,
        ),
        (
            &["nosuch,r&d, paris"],
            &[("nosuch", None, false), ("r&d", None, false), (" paris", None, false)],
            404,
        ),
        (
            &["Paris,g1"],
            &[("Paris", Some("g2"), false), ("g1", Some("g1"), true)],
            204,
        ),
    ] {
        let question = CheckQuestion {
            user: "ada".to_owned(),
            groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        };
        let asked = ask(&live, &question).expect("the vendor answers");
        for verdict in [asked, whole.ask(&question, NOW).expect("the directory answers")] {
            let each = verdict.groups.iter().map(|group| {
                let id = group.group.as_ref().map(|group| group.id.as_str());
                (group.asked.as_str(), id, group.direct)
            });
            assert_eq!((each.collect::<Vec<_>>(), verdict.status), (says.to_vec(), status));
            // The request that is shown is answered so as well, and so it was.
            let request = Outgoing {
                method: "HEAD",
                url: ["https://vendor.example.com", &verdict.request.url].concat(),
                headers: Vec::new(),
                body: None,
            };
            assert_eq!(fake.answer(&request).status, status, "{}", verdict.request.url);
        }
    }
}

#[test]
fn a_user_has_the_same_groups_and_record() {
    for system in System::ALL {
        let mut both = Both::new(system);
        for user in both.user_ids().into_iter().step_by(29) {
            let (live, whole) = both.both(&UserQuestion { user });
            let direct = |detail: &protocol::UserDetail| -> Vec<_> {
                let groups = detail.direct.iter();
                groups
                    .map(|group| (group.group.clone(), group.description.clone(), group.is_manager))
                    .collect()
            };
            assert_eq!(direct(&live), direct(&whole));
            let inherited = |detail: &protocol::UserDetail| -> Vec<_> {
                detail.inherited.iter().map(|group| group.group.clone()).collect()
            };
            assert_eq!(inherited(&live), inherited(&whole));
            assert_eq!(live.manages, whole.manages);
            let row = |detail: &protocol::UserDetail| protocol::UserRow {
                why: None,
                ..detail.user.clone()
            };
            assert_eq!(row(&live), row(&whole));
            let known = |(name, _): &&(String, String)| name != "status.suspended" || system != System::Tulip;
            let fields =
                |detail: &protocol::UserDetail| -> Vec<_> { detail.fields.iter().filter(known).cloned().collect() };
            assert_eq!(fields(&live), fields(&whole));
        }
    }
}

#[test]
fn a_group_has_the_same_counts() {
    for system in System::ALL {
        let mut both = Both::new(system);
        for group in both.group_ids().into_iter().step_by(4) {
            let (live, whole) = both.both(&GroupQuestion { group });
            assert_eq!(
                (&live.id, &live.name, &live.description),
                (&whole.id, &whole.name, &whole.description)
            );
            assert_eq!(
                (live.direct, live.total, live.children),
                (whole.direct, whole.total, whole.children)
            );
            assert!(live.managers.is_none_or(|managers| Some(managers) == whole.managers));
            assert_eq!(live.managers.is_some(), system.knows_managers());
            assert!(live.parents.is_none_or(|parents| Some(parents) == whole.parents));
        }
    }
}

fn tree(both: &Both, change: Option<TreeChange>, find: &str) -> TreePage {
    let question = TreeQuestion {
        change,
        find: find.to_owned(),
        limit: 1_000,
        ..TreeQuestion::default()
    };
    both.ask(&question).expect("the vendor answers")
}

#[test]
fn the_tree_is_all_groups_by_name_and_opens_to_their_children() {
    let both = Both::new(System::Contensis);
    let page = tree(&both, None, "");
    let names = both.directory.groups_by_name();
    let by_name: Vec<&str> = names
        .rows()
        .iter()
        .map(|row| both.directory.groups().id.get(*row).expect("an id"))
        .collect();
    let ids: Vec<&str> = page.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, by_name);
    let parent = page
        .rows
        .iter()
        .find(|row| row.expanded == Some(false))
        .expect("a group with children");
    let opened = tree(&both, Some(TreeChange::Open(parent.key.clone())), "");
    let group = both.directory.find_group(&parent.id).expect("it is there");
    let children = both.directory.hierarchy().children(group).len();
    assert_eq!(opened.total as usize, page.rows.len() + children);
    let below: Vec<_> = opened.rows.iter().filter(|row| row.level == 2).collect();
    assert_eq!(below.len(), children);
    assert!(
        below
            .iter()
            .all(|row| row.key.starts_with(&format!("{}.", parent.key)) && row.siblings as usize == children)
    );
    let closed = tree(&both, Some(TreeChange::Close(parent.key.clone())), "");
    assert_eq!(closed.rows, page.rows);
}

#[test]
fn a_cycle_leads_back_and_is_not_opened_for_ever() {
    let both = Both::new(System::Contensis);
    let hierarchy = both.directory.hierarchy();
    let start = both
        .directory
        .all_groups()
        .find(|group| hierarchy.in_cycle(*group))
        .expect("the sample has a cycle");
    let id = both.directory.groups().id.get(start.row()).expect("an id").to_owned();
    let mut key = tree(&both, None, "")
        .rows
        .into_iter()
        .find(|row| row.id == id)
        .expect("it is listed")
        .key;
    for _ in 0..both.directory.group_count() {
        let page = tree(&both, Some(TreeChange::Open(key.clone())), "");
        let below = page.rows.iter().filter(|row| row.key.starts_with(&format!("{key}.")));
        let cycle = |row: &&protocol::TreeRow| {
            let group = both.directory.find_group(&row.id).expect("it is there");
            hierarchy.component(group) == hierarchy.component(start)
        };
        let next = below.clone().find(cycle).expect("it goes on round the cycle");
        if next.place == TreePlace::Back {
            assert_eq!((next.id.as_str(), next.expanded), (id.as_str(), None));
            return;
        }
        key.clone_from(&next.key);
    }
    panic!("nothing leads back");
}

#[test]
fn a_group_is_revealed_where_it_stands_and_a_letter_leads_to_names() {
    for system in [System::Contensis, System::Passbolt] {
        let both = Both::new(system);
        let all = tree(&both, None, "");
        let wanted = &all.rows[all.rows.len() / 2];
        let question = TreeQuestion {
            change: Some(TreeChange::Reveal(wanted.id.clone())),
            limit: 3,
            ..TreeQuestion::default()
        };
        tree(&both, Some(TreeChange::CloseAll), "");
        // Only rows that were not told are looked for.
        both.ask(&TreeQuestion {
            limit: 1,
            ..TreeQuestion::default()
        })
        .expect("the vendor answers");
        let page = both.ask(&question).expect("the vendor answers");
        assert_eq!(page.revealed, Some(wanted.position - 1));
        let letter: String = wanted.name.chars().take(1).collect();
        let next = |after| {
            tree(
                &both,
                Some(TreeChange::Next {
                    after,
                    begins: letter.clone(),
                }),
                "",
            )
            .revealed
        };
        let first = next(0).expect("a name begins so");
        assert!(all.rows[first as usize].name.starts_with(&letter));
        let nothing = TreeChange::Next {
            after: 0,
            begins: "\u{10ffff}".to_owned(),
        };
        assert_eq!(tree(&both, Some(nothing), "").revealed, None);
    }
}

#[test]
fn groups_are_found_by_a_part_of_their_name() {
    for system in System::ALL {
        let both = Both::new(system);
        let found = tree(&both, None, "an");
        let expected = both.directory.find_groups("an").count();
        assert!(expected > 0);
        assert_eq!((found.total, found.matches), (expected, expected), "{system:?}");
        let suggestion = SuggestionQuestion {
            among: Entity::Group,
            text: "an".to_owned(),
            limit: 5,
        };
        let suggested = both.ask(&suggestion).expect("the vendor answers");
        let text = "an".to_owned();
        let everywhere = both.ask(&FindQuestion { text, limit: 5 }).expect("the vendor answers");
        assert_eq!(everywhere.groups_total, expected, "{system:?}");
        assert_eq!(everywhere.groups.len(), suggested.len());
        assert!(everywhere.users.len() == 5 && everywhere.users_total > Some(5));
        assert!(!suggested.is_empty() && suggested.iter().all(|group| group.name.to_lowercase().contains("an")));
    }
}

#[test]
fn what_takes_the_whole_directory_says_so() {
    let both = Both::new(System::Contensis);
    let group = both.group_ids().remove(0);
    let user = both.user_ids().remove(0);
    let zenql = "memberOf = \"Finance\"".to_owned();
    let own = both.ask(&UsersQuestion { zenql, ..everybody() });
    assert_eq!(own, Err(Problem::NeedsWhole(Need::Query)));
    let hierarchy = both.ask(&HierarchyQuestion { group: group.clone() });
    assert_eq!(hierarchy, Err(Problem::NeedsWhole(Need::Hierarchy)));
    let paths = both.ask(&PathsQuestion { user, group, limit: 5 });
    assert_eq!(paths, Err(Problem::NeedsWhole(Need::Paths)));
    let excluded_groups = vec!["any".to_owned()];
    let tulip = Both::new(System::Tulip);
    let group = Some(tulip.group_ids().remove(0));
    let excluded = tulip.ask(&UsersQuestion {
        group,
        excluded_groups,
        ..everybody()
    });
    assert_eq!(excluded, Err(Problem::NeedsWhole(Need::Exclude)));
}

#[test]
fn what_is_not_there_or_cannot_be_read_is_told_as_always() {
    for system in System::ALL {
        let both = Both::new(system);
        let identifier = "nobody at all".to_owned();
        let unknown = |entity| Problem::Unknown {
            entity,
            identifier: identifier.clone(),
        };
        assert_eq!(
            both.ask(&UserQuestion {
                user: identifier.clone()
            }),
            Err(unknown(Entity::User))
        );
        assert_eq!(
            both.ask(&GroupQuestion {
                group: identifier.clone()
            }),
            Err(unknown(Entity::Group))
        );
    }
    let both = Both::new(System::Contensis);
    let zenql = "frstName ~ a".to_owned();
    let Err(Problem::Query(problem)) = both.ask(&UsersQuestion { zenql, ..everybody() }) else {
        panic!("an unknown field is an error")
    };
    assert_eq!(problem.suggestion.as_deref(), Some("firstName"));
    let question = UsersQuestion {
        group: both.group_ids().pop(),
        excluded_groups: vec!["nosuch".to_owned()],
        ..everybody()
    };
    let identifier = "nosuch".to_owned();
    assert_eq!(
        both.ask(&question),
        Err(Problem::Unknown {
            entity: Entity::Group,
            identifier
        })
    );
}

#[test]
fn completion_knows_the_vendors_fields_without_counts() {
    let both = Both::new(System::Contensis);
    let complete = |text: &str| {
        let caret = text.chars().count() as u32;
        let text = text.to_owned();
        both.ask(&CompletionQuestion { text, caret })
            .expect("there is a completion")
            .suggestions
    };
    let fields = complete("");
    assert!(fields.iter().any(|field| field.insert == "firstName"));
    let more = complete("firstName = a ");
    assert!(more.iter().any(|joint| joint.insert == "AND"));
    assert!(more.iter().all(|field| !field.insert.contains("emberOf")));
    assert!(
        fields
            .iter()
            .all(|field| field.insert != "memberOf" && field.count.is_none())
    );
    assert!(
        complete("firstName ")
            .iter()
            .any(|operator| operator.insert.starts_with('~'))
    );
}

#[test]
fn opening_counts_users_and_groups_and_asks_nothing_else() {
    for system in System::ALL {
        let both = Both::new(system);
        both.fake.forget();
        let opened = wait(both.live.open(Source::Live(vendor(system)))).expect("the vendor answers");
        assert_eq!(
            (opened.users, opened.groups),
            (both.directory.user_count(), both.directory.group_count())
        );
        assert!(opened.asks.is_some());
        assert!(both.fake.log().len() <= 4, "{:?}", both.fake.log());
    }
}

#[test]
fn pages_that_came_are_not_asked_for_again() {
    let both = Both::new(System::Contensis);
    let page = UsersQuestion {
        limit: 96,
        ..everybody()
    };
    both.ask(&page).expect("the vendor answers");
    let asked = both.fake.log().len();
    both.ask(&page).expect("the vendor answers");
    assert_eq!(both.fake.log().len(), asked);
    let next = UsersQuestion { offset: 96, ..page };
    both.ask(&next).expect("the vendor answers");
    assert_eq!(both.fake.log().len(), asked + 1);
}

#[test]
fn few_requests_are_out_at_once() {
    let both = Both::new(System::Contensis);
    let groups = both.group_ids().into_iter().take(40).collect();
    let user = both.user_ids().remove(0);
    both.ask(&CheckQuestion { user, groups }).expect("the vendor answers");
    assert!((2..=4).contains(&both.fake.most_out()), "{}", both.fake.most_out());
}

#[test]
fn a_busy_server_is_left_alone_as_long_as_it_wants_and_that_is_told() {
    let both = Both::new(System::Contensis);
    both.fake.fail(2, 503, Some("7"));
    let page = both.ask(&everybody()).expect("the vendor answers in the end");
    assert_eq!(page.total, both.directory.user_count());
    let told = both.fake.told();
    let Some(Standing::Waiting { failure, tries, .. }) = told.first() else {
        panic!("that it waits is told: {told:?}")
    };
    assert_eq!(
        (failure, *tries),
        (
            &Failure::Busy {
                retry_after: Some(7_000)
            },
            1
        )
    );
    assert_eq!(told.last(), Some(&Standing::Reading));
    assert!(both.fake.rested() >= 14_000);
}

#[test]
fn a_server_that_fails_for_good_is_told_and_asked_again_when_one_asks() {
    let both = Both::new(System::Contensis);
    both.fake.fail(1_000, 500, None);
    assert_eq!(
        both.ask(&everybody()),
        Err(Problem::Vendor(Failure::Busy { retry_after: None }))
    );
    assert_eq!(both.fake.told().last(), Some(&Standing::Reading));
    both.fake.fail(0, 500, None);
    assert_eq!(
        both.ask(&everybody()).map(|page| page.total),
        Ok(both.directory.user_count())
    );
}

#[test]
fn a_token_that_ended_is_renewed_once_and_used_by_all() {
    let fake = Rc::new(Fake::new(sample(50)).with_tokens());
    let live = Live::new(fake::client(), Box::new(Way(Rc::clone(&fake))));
    let ask_users = |offset| {
        let question = UsersQuestion {
            offset,
            limit: 10,
            zenql: format!("username != \"{offset}\""),
            ..everybody()
        };
        ask(&live, &question).map(|page| page.total)
    };
    assert!(ask_users(0).is_ok() && ask_users(1).is_ok());
    assert_eq!(fake.tokens(), 1);
    fake.end_tokens();
    assert!(ask_users(2).is_ok() && ask_users(3).is_ok());
    assert_eq!(fake.tokens(), 2);
    // Those that are asked at once renew it once, too.
    fake.end_tokens();
    let questions = [4, 5, 6].map(|offset| {
        protocol::to_bytes(&UsersQuestion {
            zenql: format!("username != \"{offset}\""),
            ..everybody()
        })
    });
    let mut asked: Vec<_> = questions
        .iter()
        .map(|question| Some(Box::pin(live.answer(UsersQuestion::KIND, question))))
        .collect();
    while asked.iter().any(Option::is_some) {
        for one in &mut asked {
            if let Some(answer) = one.as_mut().and_then(|one| fake::poll(one.as_mut())) {
                assert!(answer.is_ok());
                *one = None;
            }
        }
    }
    assert_eq!(fake.tokens(), 3);
    fake.refuse_tokens();
    assert_eq!(ask_users(7), Err(Problem::Vendor(Failure::SignIn)));
    // Whoever asks next may have better luck.
    fake.accept_tokens();
    assert!(ask_users(8).is_ok());
}

#[test]
fn what_is_overtaken_is_called_back() {
    let both = Both::new(System::Contensis);
    both.fake.hang();
    let question = protocol::to_bytes(&everybody());
    {
        let mut asked = std::pin::pin!(both.live.answer(UsersQuestion::KIND, &question));
        assert!(fake::poll(asked.as_mut()).is_none());
        assert_eq!(both.fake.out(), 1);
    }
    assert_eq!(both.fake.out(), 0);
}
