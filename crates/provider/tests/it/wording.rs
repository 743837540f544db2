//! What screens show in each vendor's words, as the documentation spells them.

use membership::directory::Directory;
use membership::query;
use provider::connection::System;
use provider::wording::{Check, GroupKind, GroupList, GroupOrder, Lack, Reads, UserList, View, Wording, wording};

/// HQ contains Web; Ada is in Web, Bo, who is suspended, in System Administrators. Ids are UUIDs where it matters.
const FACTS: &str = r#"{
  "users": [
    {"id": "a0000000-0000-4000-8000-00000000000a", "username": "ada"},
    {"id": "b 1", "username": "bo", "status": {"suspended": true}}
  ],
  "groups": [
    {"id": "c0000000-0000-4000-8000-00000000000c", "name": "HQ", "children": ["web"]},
    {"id": "web", "name": "Web, R&D", "members": ["a0000000-0000-4000-8000-00000000000a"]},
    {"id": "sys", "name": "System Administrators", "members": ["b 1"]}
  ]
}"#;
const HQ: &str = "c0000000-0000-4000-8000-00000000000c";
const ADA: &str = "a0000000-0000-4000-8000-00000000000a";

fn directory() -> Directory {
    membership::json::read(FACTS.as_bytes()).expect("it is a directory")
}

/// Users of all, or members of a group, by a query and a search.
fn users(system: System, group: Option<&str>, zenql: &str, q: &str, excluded: &[&str]) -> Wording {
    let directory = directory();
    let find = |name: &str| directory.find_group(name).expect("the group is there");
    let query = query::parse_users(zenql).expect("it is a query");
    let excluded: Vec<_> = excluded.iter().map(|name| find(name)).collect();
    let by_name = membership::order::by_name();
    let list = UserList {
        group: group.map(find),
        include_inherited: true,
        excluded: &excluded,
        zenql,
        query: &query,
        q,
        order: "",
        terms: if query.order.is_empty() { &by_name } else { &query.order },
    };
    wording(&directory, system, &View::Users(list))
}

#[track_caller]
fn asks(wording: &Wording, url: &str, lacks: &[Lack]) {
    assert_eq!((wording.request.url.as_str(), wording.lacks.as_slice()), (url, lacks));
}

fn conditions(conditions: &[&str]) -> Lack {
    Lack::Conditions(conditions.iter().map(|it| (*it).to_owned()).collect())
}

#[test]
fn in_contensis_membership_is_a_path() {
    let contensis = |group, zenql, excluded: &[&str]| users(System::Contensis, group, zenql, "", excluded);
    let name = "order=lastName%2CfirstName";
    asks(&contensis(None, "", &[]), &format!("/api/security/users?{name}"), &[]);
    // What the vendor knows is sent as it is written.
    let url = format!("/api/security/users?{name}&zenQL=firstname~ann");
    asks(&contensis(None, "firstname~ann", &[]), &url, &[]);
    let url = format!("/api/security/groups/web/users?includeInherited=true&{name}&excludedGroups=sys");
    let zenql = "memberOf = \"Web, R&D\" AND isAdministrator != true";
    asks(&contensis(None, zenql, &[]), &url, &[]);
    let url = format!("/api/security/groups/sys/users?{name}&zenQL=status.suspended%20%3D%20true");
    asks(
        &contensis(None, "status = suspended AND directMemberOf = sys", &[]),
        &url,
        &[],
    );
    let url = format!("/api/security/groups/{HQ}/users?includeInherited=true&{name}&excludedGroups=web%2Csys");
    asks(&contensis(Some("HQ"), "memberOf != sys", &["web"]), &url, &[]);
    // Of all users nobody can be taken away.
    asks(
        &contensis(None, "memberOf != sys", &[]),
        &format!("/api/security/users?{name}"),
        &[conditions(&["memberOf != \"sys\""])],
    );
    asks(
        &contensis(
            Some("HQ"),
            "groupCount > 2 AND memberOf = web ORDER BY status, email",
            &[],
        ),
        &format!("/api/security/groups/{HQ}/users?includeInherited=true&zenQL=ORDER%20BY%20email"),
        &[conditions(&["groupCount > 2", "memberOf = \"web\""]), Lack::Order],
    );
}

#[test]
fn in_tulip_there_are_ids_and_one_search() {
    let tulip = |group, zenql, q, excluded: &[&str]| users(System::Tulip, group, zenql, q, excluded);
    let all = "/api/users/v1/users";
    let url = format!("{all}?search=ann&limit=25");
    asks(&tulip(None, "", "ann", &[]), &url, &[Lack::Suspended, Lack::Order]);
    let url = format!("{all}?archived=true&limit=25");
    asks(&tulip(None, "status = suspended ORDER BY id", "", &[]), &url, &[]);
    asks(
        &tulip(None, "status != suspended ORDER BY id", "", &[]),
        &format!("{all}?limit=25"),
        &[],
    );
    asks(
        &tulip(Some("HQ"), "firstName ~ ann", "ann", &["web"]),
        &format!("/api/users/v1/user-groups/{HQ}/users?limit=25"),
        &[
            Lack::Nesting,
            Lack::Search,
            Lack::Excluded,
            conditions(&["firstName ~ \"ann\""]),
            Lack::Order,
        ],
    );
    let url = "/api/users/v1/user-groups/sys/users?limit=25";
    asks(&tulip(None, "isAdministrator = true ORDER BY id", "", &[]), url, &[]);
}

#[test]
fn in_passbolt_filters_all_have_to_hold() {
    let passbolt = |group, zenql, q| users(System::Passbolt, group, zenql, q, &[]);
    let sorted = "sort[Profiles.last_name]=asc&sort[Profiles.first_name]=asc&limit=25&page=1";
    asks(&passbolt(None, "", ""), &format!("/users.json?{sorted}"), &[]);
    asks(
        &passbolt(Some("HQ"), "isAdministrator = true AND status != suspended", "ann"),
        &format!(
            "/users.json?filter[has-groups]={HQ}&filter[is-admin]=1&filter[is-active]=1&filter[search]=ann&{sorted}"
        ),
        &[Lack::Nesting, Lack::Search],
    );
    asks(
        &passbolt(None, "status = suspended AND status != suspended ORDER BY email", ""),
        "/users.json?filter[is-active]=0&limit=25&page=1",
        &[conditions(&["status != \"suspended\""]), Lack::Order],
    );
}

#[test]
fn a_user_a_group_and_a_check_are_asked_for_by_id() {
    let directory = directory();
    let ada = directory.find_user("ada").expect("she is there");
    let web = directory.find_group("web").expect("it is there");
    let urls = |view: View<'_>| System::ALL.map(|system| wording(&directory, system, &view).request.url);
    assert_eq!(
        urls(View::GroupsOf(ada)),
        [
            format!("/api/security/users/{ADA}/groups?includeInherited=true"),
            format!("/api/users/v1/users/{ADA}/user-groups?limit=25"),
            format!("/groups.json?filter[has-users]={ADA}&order[]=Group.name"),
        ]
    );
    assert_eq!(
        urls(View::User(ada)),
        [
            format!("/api/security/users/{ADA}"),
            format!("/api/users/v1/users/{ADA}"),
            format!("/users/{ADA}.json"),
        ]
    );
    let [contensis, tulip, passbolt] = urls(View::Group(web));
    assert_eq!(
        [contensis.as_str(), tulip.as_str()],
        ["/api/security/groups/web", "/api/users/v1/user-groups/web"]
    );
    assert_eq!(passbolt.len(), "/groups/.json".len() + 36);

    let groups = ["HQ", "it's not there"].map(str::to_owned);
    let check = View::Check(Check {
        identifier: "ada",
        user: ada,
        groups: &groups,
    });
    let told = System::ALL.map(|system| wording(&directory, system, &check));
    assert_eq!(told[0].request.method, "HEAD");
    assert_eq!(
        told.each_ref().map(|told| told.request.url.as_str()),
        [
            "/api/security/users/ada/groups/HQ,it%27s%20not%20there",
            &format!(
                "/api/users/v1/users/{ADA}/user-groups?filter=userGroupId%20eq%20%27{HQ}%27%20or%20userGroupId%20eq%20%27\
                 it%27%27s%20not%20there%27&limit=1"
            ),
            &format!("/groups.json?filter[has-users]={ADA}&order[]=Group.name"),
        ]
    );
    assert_eq!(
        told.each_ref().map(|told| told.reads.clone()),
        [Reads::Status, Reads::Count, Reads::Among(vec![HQ.to_owned()])]
    );
    assert_eq!(
        told.each_ref().map(|told| told.lacks.as_slice()),
        [&[][..], &[Lack::Nesting], &[Lack::Nesting]]
    );
}

#[test]
fn groups_are_searched_and_ordered_as_far_as_that_goes() {
    let directory = directory();
    let groups = |only, order| {
        let list = GroupList {
            find: "R&D",
            only,
            order,
        };
        System::ALL.map(|system| wording(&directory, system, &View::Groups(list)))
    };
    let [contensis, tulip, passbolt] = groups(None, GroupOrder::Direct);
    asks(&contensis, "/api/security/groups?order=-userCount%2Cname&q=R%26D", &[]);
    asks(
        &tulip,
        "/api/users/v1/user-groups?search=R%26D&limit=25",
        &[Lack::Order],
    );
    asks(
        &passbolt,
        "/groups.json?order[]=Group.name",
        &[Lack::Search, Lack::Order],
    );
    let [contensis, ..] = groups(Some(GroupKind::Empty), GroupOrder::Total);
    let url = "/api/security/groups?q=R%26D&zenQL=userCount%20%3D%200";
    asks(&contensis, url, &[Lack::Only, Lack::Order]);
}
