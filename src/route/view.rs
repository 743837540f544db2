//! How the state of a screen with more than a name or two is written into an address, and read.

use protocol::{FindingKind, FindingPlace, ManagersOf, Severity, TreeOrder};

use super::parameters::{Parameters, Query, encode};
use super::{FindingsView, GroupsView, HierarchyShape, HierarchyView, ManagersView, Tab, UsersView};

pub(super) fn write_groups(view: &GroupsView, url: &mut String, query: &mut Query) {
    url.push_str("/groups");
    if let Some(group) = &view.group {
        url.push('/');
        encode(group, url);
    }
    query.text("tab", view.tab.name());
    query.text("find", &view.find);
    query.text("only", &view.only);
    match view.by {
        TreeOrder::Total => {}
        TreeOrder::Direct => query.text("by", "direct"),
        TreeOrder::Name => query.text("by", "name"),
    }
    if !view.include_inherited {
        query.text("includeInherited", "false");
    }
    query.list("excludedGroups", &view.excluded_groups);
    write_users(&view.users, query);
}

pub(super) fn read_groups(group: Option<String>, parameters: &mut Parameters) -> GroupsView {
    GroupsView {
        group,
        tab: match parameters.text("tab").as_str() {
            "hierarchy" => Tab::Hierarchy,
            "managers" => Tab::Managers,
            "request" => Tab::Request,
            _ => Tab::Members,
        },
        find: parameters.text("find"),
        only: parameters.text("only"),
        by: match parameters.text("by").as_str() {
            "direct" => TreeOrder::Direct,
            "name" => TreeOrder::Name,
            _ => TreeOrder::Total,
        },
        include_inherited: !parameters.text("includeInherited").eq_ignore_ascii_case("false"),
        excluded_groups: parameters.list("excludedGroups"),
        users: read_users(parameters),
    }
}

pub(super) fn write_managers(view: &ManagersView, url: &mut String, query: &mut Query) {
    url.push_str("/managers");
    match &view.of {
        ManagersOf::People => {}
        ManagersOf::WithNone => query.text("view", "none"),
        ManagersOf::WithOne => query.text("view", "one"),
        ManagersOf::User(user) => query.text("user", user),
    }
    query.text("q", &view.q);
}

pub(super) fn read_managers(parameters: &mut Parameters) -> ManagersView {
    let user = parameters.text("user");
    ManagersView {
        of: match parameters.text("view").as_str() {
            _ if !user.is_empty() => ManagersOf::User(user),
            "none" => ManagersOf::WithNone,
            "one" => ManagersOf::WithOne,
            _ => ManagersOf::People,
        },
        q: parameters.text("q"),
    }
}

pub(super) fn write_hierarchy(view: &HierarchyView, url: &mut String, query: &mut Query) {
    url.push_str("/hierarchy");
    query.text("from", &view.from);
    query.text("user", &view.user);
    match view.levels {
        0 => {}
        HierarchyView::ALL => query.text("levels", "all"),
        levels => query.text("levels", &levels.to_string()),
    }
    match view.shape {
        HierarchyShape::Fitting => {}
        HierarchyShape::Picture => query.text("view", "picture"),
        HierarchyShape::List => query.text("view", "list"),
    }
    query.text("find", &view.find);
    query.text("group", &view.group);
}

pub(super) fn read_hierarchy(parameters: &mut Parameters) -> HierarchyView {
    HierarchyView {
        from: parameters.text("from"),
        user: parameters.text("user"),
        levels: match parameters.text("levels").as_str() {
            "all" => HierarchyView::ALL,
            levels => levels.parse().unwrap_or_default(),
        },
        shape: match parameters.text("view").as_str() {
            "picture" => HierarchyShape::Picture,
            "list" => HierarchyShape::List,
            _ => HierarchyShape::Fitting,
        },
        find: parameters.text("find"),
        group: parameters.text("group"),
    }
}

pub(super) fn write_findings(view: &FindingsView, url: &mut String, query: &mut Query) {
    url.push_str("/findings");
    if let Some(kind) = view.kind {
        url.push('/');
        url.push_str(kind.name());
    }
    query.text("severity", view.severity.map_or("", severity_name));
    query.text("q", &view.q);
    query.text("user", &view.place.user);
    query.text("groups", &view.place.group);
    query.text("what", &view.place.what);
    if view.place.fact > 0 {
        query.text("fact", &view.place.fact.to_string());
    }
}

pub(super) fn read_findings(kind: Option<FindingKind>, parameters: &mut Parameters) -> FindingsView {
    let severity = parameters.text("severity");
    let severities = [Severity::Critical, Severity::Warning, Severity::Notice];
    FindingsView {
        kind,
        severity: severities.into_iter().find(|it| severity_name(*it) == severity),
        q: parameters.text("q"),
        place: FindingPlace {
            user: parameters.text("user"),
            group: parameters.text("groups"),
            what: parameters.text("what"),
            fact: parameters.text("fact").parse().unwrap_or_default(),
        },
    }
}

/// The word of a severity in addresses.
#[must_use]
pub const fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    }
}

pub(super) fn write_users(view: &UsersView, query: &mut Query) {
    query.text("zenQL", &view.zenql);
    query.text("q", &view.q);
    query.text("order", &view.order);
}

pub(super) fn read_users(parameters: &mut Parameters) -> UsersView {
    UsersView {
        zenql: parameters.text("zenQL"),
        q: parameters.text("q"),
        order: parameters.text("order"),
    }
}
