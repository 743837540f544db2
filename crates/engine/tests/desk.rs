//! The desk answers what the console asks, from a small directory with a diamond, a cycle and facts that cannot be used.

use engine::desk::{self, Desk};
use protocol::{
    Administrators, AsideQuestion, ChangeKind, CheckQuestion, CompareQuestion, Compared, Comparison, CountsQuestion,
    Entity, Failure, FindQuestion, GroupQuestion, HierarchyList, HierarchyListQuestion, HierarchyQuestion, Incident,
    IncidentKind, IncidentReason, IncidentsQuestion, Kind, List, PictureQuestion, PictureRelation, Problem, Question,
    Source, StagedChange, SuggestionQuestion, TreeChange, TreeOrder, TreePage, TreePlace, TreeQuestion, UnusedQuestion,
    UnusedReason, UserQuestion, UserStatus, UsersPage, UsersQuestion, Verdict, WhatIf, WhatIfQuestion,
};

/// HQ contains Eng and Ops, which both contain Web; HQ contains a cycle of three. Bo is in Eng and in Web.
const COMPANY: &str = r#"{
  "users": [
    {"id": "ada", "firstName": "Ada", "lastName": "Byron", "email": "ada@pssc.example"},
    {"id": "bo", "firstName": "Bo", "lastName": "Dahl", "status": {"suspended": true}},
    {"id": "cy", "firstName": "Cy", "lastName": "Agosti"},
    {"id": "di", "firstName": "Di", "lastName": "Castle"}
  ],
  "groups": [
    {"id": "hq", "name": "HQ", "children": ["eng", "ops", "mayhem"]},
    {"id": "eng", "name": "Eng", "children": ["web"], "members": ["bo"], "managers": ["bo"]},
    {"id": "ops", "name": "Ops", "children": ["web"], "members": ["cy"]},
    {"id": "web", "name": "Web", "members": ["ada", "bo"]},
    {"id": "mayhem", "name": "Mayhem", "children": ["mischief"]},
    {"id": "mischief", "name": "Mischief", "children": ["homework"]},
    {"id": "homework", "name": "Homework", "children": ["mayhem"], "members": ["di"]}
  ],
  "memberships": [{"group": "web", "user": "nobody"}, {"group": "ops", "user": "cy"}],
  "nestings": [{"parent": "web", "child": "web"}]
}"#;

const NOW: i64 = 1_790_000_000_000;

fn desk() -> Desk {
    Desk::new(membership::json::read(COMPANY.as_bytes()).expect("the company is a directory"))
}

#[test]
fn what_was_lost_comes_first_and_makes_a_directory_partial() {
    let incident = |group: Option<&str>, kind, loses| Incident {
        list: List::Members,
        group: group.map(str::to_owned),
        kind,
        loses,
    };
    let changed = incident(None, IncidentKind::TotalChanged { from: 2, to: 3 }, false);
    let lost = |group| incident(Some(group), IncidentKind::Lost(Failure::Forbidden), true);
    let directory = || membership::json::read(COMPANY.as_bytes()).expect("the company is a directory");
    let source = Source::Sample { users: 4 };

    let whole = Desk::with_incidents(directory(), vec![changed.clone()]).opened(source.clone());
    assert_eq!((whole.incidents, whole.is_partial), (1, false));
    let incidents = vec![changed.clone(), lost("web"), lost("gone")];
    let mut desk = Desk::with_incidents(directory(), incidents);
    let partial = desk.opened(source);
    assert_eq!((partial.incidents, partial.is_partial), (3, true));

    let mut page = |reason, offset, limit| {
        let question = IncidentsQuestion { reason, offset, limit };
        desk.ask(&question, NOW).expect("the incidents are there")
    };
    let first = page(None, 0, 2);
    assert_eq!((first.total, first.losing), (3, 2));
    let reasons = [(IncidentReason::Lost, 2), (IncidentReason::Counted, 1)];
    assert_eq!(first.reasons, reasons);
    // A group is called by its name, where there is one.
    assert_eq!(first.rows, [lost("Web"), lost("gone")]);
    assert_eq!(page(None, 2, 2).rows, std::slice::from_ref(&changed));
    let counted = page(Some(IncidentReason::Counted), 0, 2);
    assert_eq!((counted.total, counted.losing, counted.rows), (1, 2, vec![changed]));
    assert_eq!(counted.reasons, reasons);
    assert_eq!(page(Some(IncidentReason::Link), 0, 2).total, 0);

    // What was kept is listed as it was, even where a name is another group's id.
    let kept = [lost("web"), lost("gone")];
    let desk = Desk::reopened(directory(), kept.to_vec());
    assert_eq!(
        (
            desk.all_incidents(),
            desk.opened(Source::Sample { users: 4 }).is_partial
        ),
        (&kept[..], true)
    );
}

fn members(group: &str, zenql: &str, excluded: &[&str]) -> UsersPage {
    let question = UsersQuestion {
        group: Some(group.to_owned()),
        include_inherited: true,
        excluded_groups: excluded.iter().map(|id| (*id).to_owned()).collect(),
        zenql: zenql.to_owned(),
        limit: 50,
        ..UsersQuestion::default()
    };
    desk().ask(&question, NOW).expect("the question has an answer")
}

fn names(page: &UsersPage) -> Vec<&str> {
    page.rows.iter().map(|row| row.id.as_str()).collect()
}

fn tree(desk: &mut Desk, change: Option<TreeChange>, find: &str) -> TreePage {
    let question = TreeQuestion {
        change,
        find: find.to_owned(),
        limit: 50,
        ..TreeQuestion::default()
    };
    desk.ask(&question, NOW).expect("the tree has rows")
}

fn outline(page: &TreePage) -> Vec<String> {
    let line = |row: &protocol::TreeRow| {
        let mark = match row.place {
            TreePlace::Here => "",
            TreePlace::Back => "back to ",
            TreePlace::Elsewhere => "see ",
        };
        format!("{}{mark}{}", " ".repeat(usize::from(row.level) - 1), row.name)
    };
    page.rows.iter().map(line).collect()
}

fn check(user: &str, groups: &[&str]) -> Verdict {
    let groups = groups.iter().map(|group| (*group).to_owned()).collect();
    let user = user.to_owned();
    desk()
        .ask(&CheckQuestion { user, groups }, NOW)
        .expect("the user is there")
}

#[test]
fn members_carry_the_shortest_path_and_the_other_ways() {
    let page = members("hq", "", &[]);
    assert_eq!(names(&page), ["cy", "ada", "di", "bo"]);
    let ada = page.rows[1].why.as_ref().expect("ada is in HQ");
    assert_eq!(
        (ada.direct, ada.via.as_slice(), ada.more),
        (false, &["Eng".to_owned(), "Web".to_owned()][..], 1)
    );
    let bo = page.rows[3].why.as_ref().expect("bo is in HQ");
    assert_eq!((bo.via.as_slice(), bo.more), (&["Eng".to_owned()][..], 1));
}

#[test]
fn a_direct_member_who_is_inherited_too_is_both() {
    let page = members("eng", "", &[]);
    let bo = page.rows[1].why.as_ref().expect("bo is in Eng");
    assert_eq!(
        (bo.direct, bo.via.as_slice(), bo.more),
        (true, &["Web".to_owned()][..], 0)
    );
    assert!(page.rows[1].is_manager);
    assert_eq!(page.rows[1].status, UserStatus::Suspended);
}

#[test]
fn excluding_a_group_takes_away_who_reaches_by_another_way() {
    assert_eq!(names(&members("hq", "", &["ops"])), ["di"]);
    assert_eq!(members("hq", "", &["ops"]).of, Some(1));
}

#[test]
fn a_query_filters_and_tells_what_to_underline() {
    let page = members("hq", "firstName ~ \"A\"", &[]);
    assert_eq!(names(&page), ["ada"]);
    assert_eq!(
        (page.total, page.of, page.marks.as_slice()),
        (1, Some(4), &["A".to_owned()][..])
    );
}

#[test]
fn facets_count_within_the_answer() {
    let page = members("eng", "", &[]);
    let counts: Vec<u32> = page.facets.iter().map(|facet| facet.count).collect();
    assert_eq!(counts, [1, 1, 0, 0, 0]);
}

#[test]
fn what_was_typed_before_changes_no_answer() {
    let mut typing = desk();
    let texts = [
        "a", "ag", "AG", "ago", "ag", "as", "", "d", "da", "a", "Da", "bo da", "bo", "by", "b",
    ];
    let long = "by far the longest name";
    let lengths = (1..long.len()).chain((1..long.len()).rev());
    for q in texts.into_iter().chain(lengths.map(|length| &long[..length])) {
        for zenql in ["", "lastName ~ a"] {
            let question = UsersQuestion {
                q: q.to_owned(),
                zenql: zenql.to_owned(),
                limit: 50,
                ..UsersQuestion::default()
            };
            assert_eq!(typing.ask(&question, NOW), desk().ask(&question, NOW), "{q} of {zenql}");
        }
    }
}

#[test]
fn what_comes_first_is_answered_as_everything_is() {
    let everybody = UsersQuestion {
        group: Some("eng".to_owned()),
        include_inherited: true,
        excluded_groups: vec!["ops".to_owned()],
        limit: 50,
        ..UsersQuestion::default()
    };
    let unknown = UsersQuestion {
        group: Some("hr".to_owned()),
        ..UsersQuestion::default()
    };
    let tree = TreeQuestion {
        limit: 50,
        ..TreeQuestion::default()
    };
    is_answered_first(&tree);
    is_answered_first(&group("eng"));
    is_answered_first(&group("hr"));
    is_answered_first(&everybody);
    is_answered_first(&unknown);
    let changes: [fn(&mut UsersQuestion); 3] = [
        |question| question.q = "bo".to_owned(),
        |question| question.zenql = "lastName = Dahl".to_owned(),
        |question| question.order = "email".to_owned(),
    ];
    for change in changes {
        let mut question = everybody.clone();
        change(&mut question);
        let question = protocol::to_bytes(&question);
        let mut desk = desk();
        assert_eq!(desk.answer_first(Kind::Users, &question), None);
        // Once it is answered, its next window needs no query.
        let answer = desk::answer_list(&mut desk, Kind::Users, &question, NOW);
        assert_eq!(desk.answer_first(Kind::Users, &question), Some(answer));
    }
    let user = UserQuestion { user: "bo".to_owned() };
    assert_eq!(desk().answer_first(Kind::User, &protocol::to_bytes(&user)), None);
}

fn is_answered_first<Q: Question>(question: &Q) {
    let question = protocol::to_bytes(question);
    let answer = desk::answer_list(&mut desk(), Q::KIND, &question, NOW);
    assert_eq!(desk().answer_first(Q::KIND, &question), Some(answer));
}

fn group(group: &str) -> GroupQuestion {
    GroupQuestion {
        group: group.to_owned(),
    }
}

#[test]
fn bytes_that_are_no_question_are_told() {
    let refused = Err(Problem::NotRead);
    for kind in [Kind::Users, Kind::Tree, Kind::Group] {
        assert_eq!(desk::answer_list(&mut desk(), kind, &[255], NOW), refused);
    }
    for kind in [Kind::User, Kind::Check, Kind::Paths] {
        assert_eq!(desk::answer_detail(&mut desk(), kind, &[255], NOW), refused);
    }
    assert_eq!(desk().answer_first(Kind::Users, &[255]), Some(Err(Problem::NotRead)));
}

#[test]
fn a_query_error_points() {
    let question = UsersQuestion {
        zenql: "frstName ~ a".to_owned(),
        ..UsersQuestion::default()
    };
    let Err(Problem::Query(problem)) = desk().ask(&question, NOW) else {
        panic!("an unknown field is an error");
    };
    assert_eq!(
        (problem.parameter.as_str(), problem.position, problem.length),
        ("zenQL", 0, 8)
    );
    assert_eq!(problem.suggestion.as_deref(), Some("firstName"));
}

#[test]
fn an_unknown_identifier_is_named() {
    let identifier = "hr".to_owned();
    assert_eq!(
        desk().ask(&group("hr"), NOW),
        Err(Problem::Unknown {
            entity: Entity::Group,
            identifier
        })
    );
}

#[test]
fn windows_are_cut_from_all_rows() {
    let mut desk = desk();
    let mut page = |offset, limit| {
        let question = UsersQuestion {
            offset,
            limit,
            ..UsersQuestion::default()
        };
        let page = desk.ask(&question, NOW).expect("the question has an answer");
        page.rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(page(0, 2), ["cy", "ada"]);
    assert_eq!(page(2, 2), ["di", "bo"]);
    assert_eq!(page(4, 2), Vec::<String>::new());
}

#[test]
fn the_tree_begins_closed_and_opens() {
    let mut desk = desk();
    let page = tree(&mut desk, None, "");
    assert_eq!((outline(&page), page.total), (vec!["HQ".to_owned()], 1));
    let page = tree(&mut desk, Some(TreeChange::Open("hq".to_owned())), "");
    assert_eq!(outline(&page), ["HQ", " Ops", " Eng", " Mayhem"]);
    assert_eq!(page.rows[1].siblings, 3);
    assert_eq!(page.filters, Some([3, 6, 0]));
}

#[test]
fn a_group_stands_once_and_a_cycle_leads_back() {
    let mut desk = desk();
    for group in ["hq", "eng", "ops", "mayhem", "mischief", "homework"] {
        tree(&mut desk, Some(TreeChange::Open(group.to_owned())), "");
    }
    let page = tree(&mut desk, None, "");
    let expected = [
        "HQ",
        " Ops",
        "  Web",
        " Eng",
        "  see Web",
        " Mayhem",
        "  Mischief",
        "   Homework",
        "    back to Mayhem",
    ];
    assert_eq!(outline(&page), expected);
    assert_eq!(page.rows[2].also_under, 1);
}

#[test]
fn a_match_keeps_its_ancestors_and_can_be_opened() {
    let mut desk = desk();
    let page = tree(&mut desk, None, "o");
    assert_eq!(outline(&page), ["HQ", " Ops", " Mayhem", "  Mischief", "   Homework"]);
    assert_eq!(page.matches, 2);
    assert!(page.rows[0].is_ancestor && !page.rows[1].is_ancestor);
    let page = tree(&mut desk, Some(TreeChange::Open("ops".to_owned())), "o");
    assert_eq!(outline(&page)[2], "  Web");
    let page = tree(&mut desk, Some(TreeChange::Close("hq".to_owned())), "o");
    assert_eq!(outline(&page), ["HQ"]);
}

#[test]
fn revealing_opens_what_hides_a_group() {
    let mut desk = desk();
    let page = tree(&mut desk, Some(TreeChange::Reveal("homework".to_owned())), "");
    assert_eq!(page.revealed, Some(5));
    assert_eq!(outline(&page)[5], "   Homework");
}

#[test]
fn a_name_is_found_by_how_it_begins_round_the_rows() {
    let mut desk = desk();
    // HQ, Ops, Eng, Mayhem
    tree(&mut desk, Some(TreeChange::Open("hq".to_owned())), "");
    let mut next = |after, begins: &str| {
        let begins = begins.to_owned();
        tree(&mut desk, Some(TreeChange::Next { after, begins }), "").revealed
    };
    assert_eq!(next(0, "M"), Some(3));
    assert_eq!(next(3, "o"), Some(1));
    assert_eq!(next(1, "o"), Some(1));
    assert_eq!(next(2, "EN"), Some(2));
    assert_eq!(next(0, "w"), None);
    assert_eq!(next(99, "h"), Some(0));
}

#[test]
fn a_group_that_is_not_there_changes_nothing_in_the_tree() {
    let page = tree(&mut desk(), Some(TreeChange::Reveal("nosuch".to_owned())), "");
    assert_eq!((outline(&page), page.revealed), (vec!["HQ".to_owned()], None));
}

#[test]
fn a_check_says_yes_with_its_path() {
    let verdict = check("ada@pssc.example", &["homework", "HQ", "nothing"]);
    assert_eq!((verdict.status, verdict.best), (204, Some(1)));
    let path: Vec<&str> = verdict.groups[1]
        .path
        .iter()
        .map(|step| step.group.name.as_str())
        .collect();
    assert_eq!(path, ["Web", "Eng", "HQ"]);
    assert_eq!(verdict.groups[2].group, None);
    assert_eq!(
        verdict.request.url,
        "/api/security/users/ada@pssc.example/groups/homework,HQ,nothing"
    );
}

#[test]
fn a_check_says_no_with_the_nearest() {
    let verdict = check("di", &["eng"]);
    assert_eq!((verdict.status, verdict.best, verdict.nearest_total), (404, None, 2));
    let first: Vec<&str> = verdict.nearest[0]
        .path
        .iter()
        .map(|step| step.group.name.as_str())
        .collect();
    assert_eq!(first, ["Eng"]);
    assert_eq!(verdict.nearest[0].managers, ["Bo Dahl"]);
    let web = &verdict.nearest[1];
    let brings: Vec<&str> = web.brings.iter().map(|group| group.name.as_str()).collect();
    assert_eq!((brings, web.brings_total), (vec!["Ops"], 1));
}

#[test]
fn a_user_has_every_group_with_its_path() {
    let user = "di".to_owned();
    let di = desk().ask(&UserQuestion { user }, NOW).expect("di is there");
    let inherited: Vec<&str> = di.inherited.iter().map(|group| group.group.name.as_str()).collect();
    assert_eq!(inherited, ["HQ", "Mayhem", "Mischief"]);
    assert!(di.inherited[1].path[1].in_cycle);
    assert_eq!(di.direct[0].brings_total, Some(3));
    assert_eq!(di.fields[0], ("id".to_owned(), "di".to_owned()));
}

#[test]
fn levels_are_counted_by_the_longest_way() {
    let group = "hq".to_owned();
    let hq = desk().ask(&HierarchyQuestion { group }, NOW).expect("HQ is there");
    assert_eq!((hq.levels, hq.below), (vec![5, 1], 6));
    assert_eq!(hq.children[0].name, "Ops");
}

#[test]
fn facts_that_cannot_be_used_are_listed_by_reason() {
    let question = UnusedQuestion {
        reason: Some(UnusedReason::UnknownUser),
        offset: 0,
        limit: 10,
    };
    let page = desk().ask(&question, NOW).expect("the facts are there");
    assert_eq!(
        (page.total, page.rows[0].line, page.rows[0].id.as_str()),
        (1, 17, "nobody")
    );
    assert_eq!(page.reasons.len(), 3);
}

#[test]
fn suggestions_put_names_that_begin_so_first() {
    let question = SuggestionQuestion {
        among: Entity::Group,
        text: "m".to_owned(),
        limit: 5,
    };
    let groups = desk().ask(&question, NOW).expect("groups are suggested");
    let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["Mayhem", "Mischief", "Homework"]);
}

fn compare(of: Compared, a: &str, b: &str, zenql: &str) -> Comparison {
    let question = CompareQuestion {
        of,
        a: a.to_owned(),
        b: b.to_owned(),
        zenql: zenql.to_owned(),
        limit: 50,
    };
    desk().ask(&question, NOW).expect("both sides are there")
}

fn columns(comparison: &Comparison) -> [Vec<&str>; 3] {
    let ids = |column: &protocol::Column| column.rows.len();
    assert!(
        comparison
            .columns
            .iter()
            .all(|column| ids(column) == column.total as usize)
    );
    comparison
        .columns
        .each_ref()
        .map(|column| column.rows.iter().map(|row| row.name.as_str()).collect())
}

#[test]
fn two_users_share_groups_with_the_reason_on_each_side() {
    let both = compare(Compared::Users, "ada", "cy", "");
    assert_eq!(columns(&both), [vec!["Eng", "Web"], vec!["HQ", "Ops"], vec![]]);
    assert_eq!(
        both.sides.each_ref().map(|side| (side.total, side.direct)),
        [(4, 1), (2, 1)]
    );
    let ops = &both.columns[1].rows[1];
    let via = ops
        .sides
        .each_ref()
        .map(|side| side.as_ref().map(|(why, _)| (why.direct, why.via.clone())));
    assert_eq!(via, [Some((false, vec!["Web".to_owned()])), Some((true, vec![]))]);
    assert_eq!((both.columns[1].direct, both.columns[1].inherited), (0, 1));
    assert_eq!(both.among, 7);
}

#[test]
fn two_groups_share_members() {
    let both = compare(Compared::Groups, "eng", "ops", "");
    assert_eq!(
        columns(&both),
        [vec![], vec!["Ada Byron", "Bo Dahl"], vec!["Cy Agosti"]]
    );
    assert_eq!(both.sides[0].managers, 1);
    assert_eq!((both.columns[2].direct, both.columns[2].inherited), (1, 0));
    let bo = &both.columns[1].rows[1];
    assert_eq!(
        bo.sides[0].as_ref().map(|(why, manages)| (why.direct, *manages)),
        Some((true, true))
    );
}

#[test]
fn two_queries_share_users_and_a_query_narrows_all_columns() {
    let both = compare(Compared::Sets, "memberOf = HQ", "lastName ~ a", "firstName ~ a");
    assert_eq!(columns(&both), [vec!["Ada Byron"], vec![], vec![]]);
    assert_eq!(both.columns.each_ref().map(|column| column.of), [1, 3, 0]);
    assert_eq!(both.sides.each_ref().map(|side| side.total), [4, 3]);
}

#[test]
fn a_side_that_is_not_there_or_not_read_is_named() {
    let question = |of, a: &str, zenql: &str| CompareQuestion {
        of,
        a: a.to_owned(),
        b: "bo".to_owned(),
        zenql: zenql.to_owned(),
        limit: 1,
    };
    let unknown = desk().ask(&question(Compared::Users, "nobody", ""), NOW);
    assert!(matches!(
        unknown,
        Err(Problem::Unknown {
            entity: Entity::User,
            ..
        })
    ));
    let Err(Problem::Query(side)) = desk().ask(&question(Compared::Sets, "name ~", ""), NOW) else {
        panic!("a query that ends too soon is an error");
    };
    assert_eq!(side.parameter, "a");
    let Err(Problem::Query(filter)) = desk().ask(&question(Compared::Users, "ada", "email ~ a"), NOW) else {
        panic!("groups have no email");
    };
    assert_eq!(filter.parameter, "zenQL");
}

fn staged(kind: ChangeKind, subject: &str, group: &str) -> StagedChange {
    StagedChange {
        kind,
        subject: subject.to_owned(),
        group: group.to_owned(),
    }
}

fn what_if(changes: &[StagedChange]) -> WhatIf {
    let changes = changes.to_vec();
    desk()
        .ask(&WhatIfQuestion { changes, limit: 50 }, NOW)
        .expect("changes have an answer")
}

fn moves(moves: &protocol::Moves) -> Vec<String> {
    let line = |row: &protocol::MoveRow| {
        let path: Vec<&str> = row.path.iter().map(|step| step.group.name.as_str()).collect();
        format!("{} {} by {}", row.user.id, path.join(" > "), row.by)
    };
    moves.rows.iter().map(line).collect()
}

#[test]
fn staged_changes_tell_who_gains_and_who_loses_by_which_way() {
    let told = what_if(&[
        staged(ChangeKind::Nest, "Eng", "Mischief"),
        staged(ChangeKind::Remove, "cy", "ops"),
    ]);
    assert_eq!(told.gained.groups.len(), 3);
    assert_eq!((told.gained.users, told.gained.total), (2, 6));
    assert!(moves(&told.gained).contains(&"bo Eng > Mischief by 1".to_owned()));
    assert_eq!(moves(&told.lost), ["cy Ops > HQ by 2", "cy Ops by 2"]);
    let alone = told.changes[0].alone.expect("a change that can be alone");
    assert_eq!((alone.users_gain, alone.gain_group, alone.of), (2, 2, 2));
    let request = told.changes[1].request.as_ref().expect("Contensis has it");
    assert_eq!(
        (request.0.as_str(), request.1.as_str()),
        ("DELETE", "/api/security/groups/ops/users/cy")
    );
    assert_eq!(told.administrators, None);
}

#[test]
fn a_change_that_cannot_be_is_told_and_left_out() {
    let told = what_if(&[
        staged(ChangeKind::Add, "nobody", "web"),
        staged(ChangeKind::Manager, "ada", "ops"),
        staged(ChangeKind::Add, "ada", "ops"),
        staged(ChangeKind::Manager, "ada", "ops"),
    ]);
    let problems: Vec<bool> = told.changes.iter().map(|line| line.problem.is_some()).collect();
    assert_eq!(problems, [true, true, false, false]);
    // It needs the one before it.
    assert_eq!(told.changes[3].alone, None);
    let managers: Vec<_> = told
        .managers_gained
        .rows
        .iter()
        .map(|(user, group, by)| (user.id.as_str(), group.name.as_str(), *by))
        .collect();
    assert_eq!(managers, [("ada", "Ops", 4)]);
}

#[test]
fn a_group_without_its_last_manager_and_a_loop_are_told() {
    let told = what_if(&[
        staged(ChangeKind::NoManager, "bo", "eng"),
        staged(ChangeKind::Unnest, "homework", "mischief"),
        staged(ChangeKind::Nest, "hq", "web"),
    ]);
    let names = |groups: &[protocol::GroupName]| groups.iter().map(|group| group.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&told.unmanaged), ["Eng"]);
    assert_eq!(
        (told.cycles, told.cycles_made.len(), told.cycles_broken.len()),
        (1, 1, 1)
    );
    assert_eq!(told.managers_lost.total, 1);
}

#[test]
fn who_would_become_an_administrator_is_told() {
    const ADMINISTERED: &str = r#"{
      "users": [{"id": "ada"}, {"id": "bo", "status": {"suspended": true}}],
      "groups": [{"id": "sa", "name": "system administrators", "members": ["ada"]}, {"id": "it", "members": ["bo"]}]
    }"#;
    let mut desk = Desk::new(membership::json::read(ADMINISTERED.as_bytes()).expect("a directory"));
    let changes = vec![staged(ChangeKind::Nest, "it", "sa")];
    let told = desk
        .ask(&WhatIfQuestion { changes, limit: 9 }, NOW)
        .expect("a change that can be");
    let expected = Administrators {
        gained: 1,
        inactive: 1,
        before: 1,
        after: 2,
        by: vec![1],
    };
    assert_eq!(told.administrators, Some(expected));
}

#[test]
fn a_few_letters_find_groups_and_users() {
    let find = |text: &str| {
        let text = text.to_owned();
        desk()
            .ask(&FindQuestion { text, limit: 2 }, NOW)
            .expect("finding never fails")
    };
    let found = find("m");
    let groups: Vec<&str> = found.groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!((groups, found.groups_total), (vec!["Mayhem", "Mischief"], 3));
    assert_eq!(found.groups[1].above, ["HQ", "Mayhem"]);
    assert_eq!(found.among, Some(11));
    let found = find("DA");
    let users: Vec<&str> = found.users.iter().map(|user| user.id.as_str()).collect();
    assert_eq!((users, found.users_total), (vec!["ada", "bo"], Some(2)));
    assert_eq!(find(" ").groups_total, 0);
}

#[test]
fn questions_are_counted_as_their_lists_are_long() {
    let mut desk = desk();
    let of = ["", "status = suspended", "memberOf = HQ", "nosuch = 1"].map(|zenql| UsersQuestion {
        zenql: zenql.to_owned(),
        ..UsersQuestion::default()
    });
    let listed = of.clone().map(|of| desk.ask(&of, NOW).ok().map(|page| page.total));
    assert_eq!(listed, [Some(4), Some(1), Some(4), None]);
    let counted = desk.ask(&CountsQuestion { of: of.into() }, NOW);
    assert_eq!(counted.expect("each has its own answer"), listed);
}

#[test]
fn a_hierarchy_is_listed_with_a_users_part_in_it() {
    let mut desk = desk();
    let mut list = |group: Option<&str>, levels, find: &str, change| {
        let question = HierarchyListQuestion {
            group: group.map(str::to_owned),
            user: Some("bo".to_owned()),
            levels,
            tree: TreeQuestion {
                find: find.to_owned(),
                limit: 100,
                order: TreeOrder::Name,
                change,
                ..TreeQuestion::default()
            },
        };
        desk.ask(&question, NOW).expect("group and user are there")
    };
    let told = |list: &HierarchyList| {
        let rows = list.page.rows.iter().zip(&list.more);
        let row = |(row, more): (&protocol::TreeRow, &protocol::HierarchyRow)| {
            let mark = match more.relation {
                PictureRelation::None => "",
                PictureRelation::Direct => " ●",
                PictureRelation::Inherited => " ○",
            };
            format!("{} {}{mark}", row.level, row.name)
        };
        rows.map(row).collect::<Vec<_>>().join(", ")
    };
    let one = list(None, 1, "", None);
    assert_eq!((told(&one).as_str(), one.of, one.levels), ("1 HQ ○", 7, 4));
    let two = list(None, 2, "", None);
    assert_eq!(told(&two), "1 HQ ○, 2 Eng ●, 2 Mayhem, 2 Ops ○");
    assert_eq!(two.more[1].managers, Some(1));
    assert_eq!(two.more[1].manager, "Bo Dahl");
    // What is opened stays open, until other levels are asked for.
    let opened = list(None, 2, "", Some(TreeChange::Open("mayhem".to_owned())));
    assert_eq!(told(&opened), "1 HQ ○, 2 Eng ●, 2 Mayhem, 3 Mischief, 2 Ops ○");
    assert_eq!(list(None, 2, "", None).page.total, 5);
    // Web stands once, and what matches keeps what is above it.
    let found = list(None, 2, "web", None);
    assert_eq!((found.page.matches, found.kept, found.page.total), (1, 2, 3));
    let ops = list(Some("ops"), 0, "", None);
    assert_eq!((told(&ops).as_str(), ops.of), ("1 Ops ○, 2 Web ●", 2));
    assert_eq!((ops.page.rows[0].also_under, ops.page.rows[1].also_under), (1, 1));
    // A loop has a way back, and ends.
    let mayhem = list(Some("mischief"), 0, "", None);
    let places: Vec<_> = mayhem
        .page
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.place))
        .collect();
    let here = TreePlace::Here;
    assert_eq!(
        places,
        [
            ("Mischief", here),
            ("Homework", here),
            ("Mayhem", here),
            ("Mischief", TreePlace::Back)
        ]
    );
}

#[test]
fn a_group_beside_a_hierarchy_tells_where_it_stands() {
    let mut desk = desk();
    let question = |group: &str, user: Option<&str>| AsideQuestion {
        group: group.to_owned(),
        user: user.map(str::to_owned),
    };
    let web = desk
        .ask(&question("web", Some("ada")), NOW)
        .expect("the group is there");
    let names = |groups: &[(protocol::GroupName, Option<protocol::GroupName>)]| -> Vec<(String, Option<String>)> {
        groups
            .iter()
            .map(|(group, under)| (group.name.clone(), under.as_ref().map(|under| under.name.clone())))
            .collect()
    };
    let hq = || Some("HQ".to_owned());
    assert_eq!(
        names(&web.parents),
        [("Eng".to_owned(), hq()), ("Ops".to_owned(), hq())]
    );
    assert!(web.row.is_some() && web.relation == PictureRelation::Direct);
    let mayhem = desk.ask(&question("mayhem", None), NOW).expect("the group is there");
    assert_eq!((mayhem.group.cycle.len(), mayhem.user), (3, None));
    assert!(matches!(
        desk.ask(&question("nosuch", None), NOW),
        Err(Problem::Unknown { .. })
    ));
}

#[test]
fn a_hierarchy_is_drawn_with_the_paths_of_a_user() {
    let question = |group: Option<&str>, user: &str| PictureQuestion {
        group: group.map(str::to_owned),
        user: Some(user.to_owned()),
        limit: 60,
        levels: 0,
    };
    let web = desk()
        .ask(&question(Some("web"), "ada"), NOW)
        .expect("the group is there");
    let names: Vec<&str> = web.nodes.iter().map(|node| node.name.as_str()).collect();
    assert_eq!((web.nodes[web.focus as usize].name.as_str(), names.len()), ("Web", 4));
    assert!(web.edges.iter().all(|edge| edge.is_lit));
    assert_eq!(web.user.map(|user| user.groups.len()), Some(1));
    let top = desk()
        .ask(&question(None, "di"), NOW)
        .expect("there is a group at the top level");
    assert_eq!(top.nodes[top.focus as usize].name, "HQ");
    assert_eq!(top.edges.iter().filter(|edge| edge.closes_cycle).count(), 1);
    let unknown = desk().ask(&question(None, "nobody"), NOW);
    assert!(matches!(unknown, Err(Problem::Unknown { .. })));
}
