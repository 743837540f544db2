//! Every path and every query parameter, written and read in one place.
//!
//! What is a default is left out, what is not understood is kept, and reading what was written gives the same
//! [`Route`]. Parameters bear the endpoints' own names.

use std::fmt::Write;

use protocol::{
    ChangeKind, Compared, FindingKind, FindingPlace, ManagersOf, MatrixSides, Severity, StagedChange, TreeOrder,
};

/// What the address bar says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// The directory that is meant.
    pub dir: Dir,
    /// The screen, with its state.
    pub screen: Screen,
    /// How its request is shown.
    pub request: RequestView,
    /// Parameters that mean nothing here, in their order.
    pub others: Vec<(String, String)>,
}

/// How the vendor's request for a screen is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestView {
    /// Whether it is: for users, a user and a check. A group has a tab for it.
    pub is_open: bool,
    /// Whose request: the name of a system; empty for that of the directory.
    pub vendor: String,
    /// For which part of the screen; empty for what it is mainly about.
    pub about: String,
}

/// Which directory is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dir {
    /// The sample, with so many users.
    Sample(u32),
    /// A file that was opened on this machine: its name, since its text cannot travel.
    File(String),
    /// A vendor's server: whose endpoints, and what stands before each path. Who asks never stands in an address.
    Vendor {
        /// The system, by its name.
        system: String,
        /// An origin, or a path on our own; empty for our own origin.
        base: String,
        /// Whether the server is asked instead of being read.
        live: bool,
    },
}

/// What stands before a vendor in the address where it is asked instead of being read.
const LIVE: &str = "live-";

/// How many users the sample has where the address does not say.
pub const SAMPLE_USERS: u32 = 1_200;

impl Default for Dir {
    fn default() -> Self {
        Self::Sample(SAMPLE_USERS)
    }
}

/// A screen, with all of its state that a colleague could be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// The directory in numbers.
    #[default]
    Overview,
    /// The tree of groups and, if one is chosen, that group.
    Groups(GroupsView),
    /// All users.
    Users(UsersView),
    /// One user.
    User {
        /// The identifier.
        id: String,
        /// The groups of the check at the side.
        groups: Vec<String>,
    },
    /// Is this user in any of these groups?
    Check {
        /// A user identifier; empty before one is asked.
        user: String,
        /// Group identifiers.
        groups: Vec<String>,
    },
    /// Are these users in these groups?
    Matrix(MatrixView),
    /// What is wrong with the facts.
    Findings(FindingsView),
    /// What two sides have in common.
    Compare(CompareView),
    /// The nesting around a group, drawn or listed.
    Hierarchy(HierarchyView),
    /// Changes that are staged, and what they would do.
    WhatIf(WhatIfView),
    /// Who manages what.
    Managers(ManagersView),
    /// The directories.
    Connections(Connection),
    /// The components, for designers; its switches are parameters that mean nothing elsewhere.
    Gallery,
    /// A path that leads nowhere.
    Nowhere(String),
}

/// The state of the Groups screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupsView {
    /// The chosen group.
    pub group: Option<String>,
    /// Which of its tabs.
    pub tab: Tab,
    /// What the tree is searched for.
    pub find: String,
    /// Only groups of this kind: `cycle`, `no-manager` or `empty`; empty for all.
    pub only: String,
    /// How the tree is ordered: by members, or `direct` or `name`.
    pub by: TreeOrder,
    /// Members through nesting too.
    pub include_inherited: bool,
    /// Ids of groups whose members are taken away.
    pub excluded_groups: Vec<String>,
    /// Which members, and their order.
    pub users: UsersView,
}

impl Default for GroupsView {
    fn default() -> Self {
        Self {
            group: None,
            tab: Tab::default(),
            find: String::new(),
            only: String::new(),
            by: TreeOrder::default(),
            include_inherited: true,
            excluded_groups: Vec::new(),
            users: UsersView::default(),
        }
    }
}

/// The tabs of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Who is in it.
    #[default]
    Members,
    /// What it is in, and what is in it.
    Hierarchy,
    /// Who manages it.
    Managers,
    /// The vendor's request for it.
    Request,
}

/// The state of the Managers screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManagersView {
    /// What is listed.
    pub of: ManagersOf,
    /// The quick search.
    pub q: String,
}

/// Which users, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UsersView {
    /// The query.
    pub zenql: String,
    /// The quick search.
    pub q: String,
    /// Field ids separated by commas, `-` before one for descending; empty for the default order.
    pub order: String,
}

/// The state of the Hierarchy screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HierarchyView {
    /// A group identifier; the largest at the top level if empty, and all of them in a list.
    pub from: String,
    /// A user identifier, whose paths are lit; may be empty.
    pub user: String,
    /// How many levels are shown; as many as suit it if 0, and [`Self::ALL`].
    pub levels: u32,
    /// Drawn or listed.
    pub shape: HierarchyShape,
    /// What the list is searched for.
    pub find: String,
    /// The id of the group that is told of beside it; may be empty.
    pub group: String,
}

impl HierarchyView {
    /// All levels.
    pub const ALL: u32 = u32::MAX;
}

/// How a hierarchy is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HierarchyShape {
    /// Drawn where there is room for it, else listed.
    #[default]
    Fitting,
    /// Drawn.
    Picture,
    /// As rows of a tree.
    List,
}

/// The state of the Findings screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingsView {
    /// The chosen kind.
    pub kind: Option<FindingKind>,
    /// The chosen finding of it; empty for all.
    pub place: FindingPlace,
    /// Only kinds that matter so much.
    pub severity: Option<Severity>,
    /// What names and facts are searched for.
    pub q: String,
}

/// What is compared, and with what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompareView {
    /// Two users, two groups or two queries.
    pub of: Compared,
    /// The one side: an identifier or a query; empty before one is named.
    pub a: String,
    /// The other side.
    pub b: String,
    /// A query that all columns are filtered by.
    pub q: String,
}

/// Users against groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatrixView {
    /// Their identifiers; none before any are named, or where they are too many for an address.
    pub sides: MatrixSides,
    /// The id of the user whose cell is explained; empty for none.
    pub user: String,
    /// The id of the group of that cell; empty for any of the groups.
    pub group: String,
}

/// Changes that are staged, and what the next one is likely to be about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIfView {
    /// The changes.
    pub changes: Vec<StagedChange>,
    /// The user whom the form begins with; empty for none.
    pub user: String,
    /// The group that it begins with; empty for none.
    pub group: String,
}

impl From<Vec<StagedChange>> for WhatIfView {
    fn from(changes: Vec<StagedChange>) -> Self {
        Self {
            changes,
            ..Self::default()
        }
    }
}

/// The places of the Connections screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// The list alone.
    #[default]
    List,
    /// The sample directory.
    Sample,
    /// Opening a file, and what came of it.
    File,
    /// Connecting to a vendor that is not in the list yet.
    New,
    /// A vendor's server, as in [`Dir::Vendor`].
    Vendor {
        /// The system, by its name.
        system: String,
        /// An origin, or a path on our own; empty for our own origin.
        base: String,
    },
}

impl Tab {
    /// As addresses have it; empty for the first one.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Members => "",
            Self::Hierarchy => "hierarchy",
            Self::Managers => "managers",
            Self::Request => "request",
        }
    }
}

impl Route {
    /// The same directory on another screen.
    #[must_use]
    pub fn with(&self, screen: Screen) -> Self {
        Self {
            dir: self.dir.clone(),
            screen,
            ..Self::default()
        }
    }

    /// The address: path and query, percent-encoded.
    #[must_use]
    pub fn url(&self) -> String {
        let mut url = String::new();
        let mut query = Query::default();
        match &self.dir {
            Dir::Sample(SAMPLE_USERS) => {}
            Dir::Sample(users) => query.text("dir", &format!("sample-{users}")),
            Dir::File(name) => query.text("dir", &format!("file-{name}")),
            Dir::Vendor { system, base, live } => {
                let mode = if *live { LIVE } else { "" };
                query.text("dir", &[mode, &vendor(system, base)].concat());
            }
        }
        match &self.screen {
            Screen::Overview => url.push('/'),
            Screen::Findings(view) => write_findings(view, &mut url, &mut query),
            Screen::Groups(view) => write_groups(view, &mut url, &mut query),
            Screen::Users(view) => {
                url.push_str("/users");
                write_users(view, &mut query);
            }
            Screen::User { id, groups } => {
                url.push_str("/users/");
                encode(id, &mut url);
                query.list("groups", groups);
            }
            Screen::Check { user, groups } => {
                url.push_str("/check");
                query.text("user", user);
                query.list("groups", groups);
            }
            Screen::Matrix(view) => {
                url.push_str("/check");
                query.text("view", if view.sides.users.is_empty() { "matrix" } else { "" });
                query.list("users", &view.sides.users);
                query.list("groups", &view.sides.groups);
                query.text("user", &view.user);
                query.text("group", &view.group);
            }
            Screen::Compare(view) => {
                url.push_str("/compare");
                match view.of {
                    Compared::Users => {}
                    Compared::Groups => query.text("of", "groups"),
                    Compared::Sets => query.text("of", "sets"),
                }
                query.text("a", &view.a);
                query.text("b", &view.b);
                query.text("q", &view.q);
            }
            Screen::Hierarchy(view) => write_hierarchy(view, &mut url, &mut query),
            Screen::WhatIf(view) => {
                url.push_str("/what-if");
                query.changes(&view.changes);
                query.text("user", &view.user);
                query.text("group", &view.group);
            }
            Screen::Managers(view) => write_managers(view, &mut url, &mut query),
            Screen::Connections(place) => {
                url.push_str("/connections");
                match place {
                    Connection::List => {}
                    Connection::Sample => url.push_str("/sample"),
                    Connection::File => url.push_str("/file"),
                    Connection::New => url.push_str("/new"),
                    Connection::Vendor { system, base } => {
                        url.push('/');
                        encode(&vendor(system, base), &mut url);
                    }
                }
            }
            Screen::Gallery => url.push_str("/gallery"),
            Screen::Nowhere(path) => url.push_str(path),
        }
        query.text("tab", if self.request.is_open { "request" } else { "" });
        query.text("vendor", &self.request.vendor);
        query.text("about", &self.request.about);
        for (name, value) in &self.others {
            query.other(name, value);
        }
        url + &query.0
    }

    /// Reads an address: a path, and a query with or without its `?`.
    #[must_use]
    pub fn read(path: &str, query: &str) -> Self {
        let mut parameters = Parameters::read(query);
        let dir = read_dir(&parameters.text("dir"));
        let trimmed = path.strip_suffix('/').unwrap_or(path);
        let mut segments = trimmed.strip_prefix('/').unwrap_or(trimmed).splitn(2, '/');
        let first = segments.next().unwrap_or_default();
        let second = segments.next().map(|segment| decode(segment, false));
        let screen = match (first, second) {
            ("", None) => Screen::Overview,
            ("groups", group) => Screen::Groups(read_groups(group, &mut parameters)),
            ("users", None) => Screen::Users(read_users(&mut parameters)),
            ("users", Some(id)) => Screen::User {
                id,
                groups: parameters.list("groups"),
            },
            ("check", None) => read_check(&mut parameters),
            ("findings", None) => Screen::Findings(read_findings(None, &mut parameters)),
            ("findings", Some(kind)) => match FindingKind::named(&kind) {
                None => Screen::Nowhere(path.to_owned()),
                kind => Screen::Findings(read_findings(kind, &mut parameters)),
            },
            ("compare", None) => Screen::Compare(CompareView {
                of: match parameters.text("of").as_str() {
                    "groups" => Compared::Groups,
                    "sets" => Compared::Sets,
                    _ => Compared::Users,
                },
                a: parameters.text("a"),
                b: parameters.text("b"),
                q: parameters.text("q"),
            }),
            ("hierarchy", None) => Screen::Hierarchy(read_hierarchy(&mut parameters)),
            ("what-if", None) => Screen::WhatIf(WhatIfView {
                changes: parameters.changes(),
                user: parameters.text("user"),
                group: parameters.text("group"),
            }),
            ("managers", None) => Screen::Managers(read_managers(&mut parameters)),
            ("gallery", None) => Screen::Gallery,
            ("connections", None) => Screen::Connections(Connection::List),
            ("connections", Some(place)) => match (place.as_str(), read_vendor(&place)) {
                ("sample", _) => Screen::Connections(Connection::Sample),
                ("file", _) => Screen::Connections(Connection::File),
                ("new", _) => Screen::Connections(Connection::New),
                (_, Some((system, base))) => Screen::Connections(Connection::Vendor { system, base }),
                (_, None) => Screen::Nowhere(path.to_owned()),
            },
            _ => Screen::Nowhere(path.to_owned()),
        };
        let has_request = matches!(screen, Screen::Users(_) | Screen::User { .. } | Screen::Check { .. });
        Self {
            dir,
            screen,
            request: RequestView {
                is_open: has_request && parameters.says("tab", "request"),
                vendor: parameters.text("vendor"),
                about: parameters.text("about"),
            },
            others: parameters.rest(),
        }
    }
}

/// One user, or the matrix where several are named.
fn read_check(parameters: &mut Parameters) -> Screen {
    let users = parameters.list("users");
    let is_matrix = parameters.says("view", "matrix") || !users.is_empty();
    let (user, groups) = (parameters.text("user"), parameters.list("groups"));
    if !is_matrix {
        return Screen::Check { user, groups };
    }
    Screen::Matrix(MatrixView {
        sides: MatrixSides { users, groups },
        user,
        group: parameters.text("group"),
    })
}

fn read_dir(text: &str) -> Dir {
    if let Some(name) = text.strip_prefix("file-") {
        return Dir::File(name.to_owned());
    }
    if let Some(users) = text.strip_prefix("sample-") {
        let users = users.parse().ok();
        return users.map_or_else(Dir::default, |users: u32| Dir::Sample(users.min(1_000_000)));
    }
    let (live, vendor) = text.strip_prefix(LIVE).map_or((false, text), |rest| (true, rest));
    read_vendor(vendor).map_or_else(Dir::default, |(system, base)| Dir::Vendor { system, base, live })
}

/// A vendor's server as one word, such as `name-cms.example.com`. A server is reached by TLS unless it says otherwise, and
/// what begins with `/` is a path on our own origin.
fn vendor(system: &str, base: &str) -> String {
    let place = match base.strip_prefix("https://") {
        Some(host) => host,
        None if base.is_empty() => "/",
        None => base,
    };
    format!("{system}-{place}")
}

fn read_vendor(text: &str) -> Option<(String, String)> {
    let (system, place) = text.split_once('-')?;
    let is_name = !system.is_empty() && system.bytes().all(|byte| byte.is_ascii_lowercase());
    let base = match place {
        "" => return None,
        "/" => String::new(),
        place if place.starts_with('/') || place.starts_with("http://") => place.to_owned(),
        host => ["https://", host].concat(),
    };
    is_name.then(|| (system.to_owned(), base))
}

fn write_groups(view: &GroupsView, url: &mut String, query: &mut Query) {
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

fn read_groups(group: Option<String>, parameters: &mut Parameters) -> GroupsView {
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

fn write_managers(view: &ManagersView, url: &mut String, query: &mut Query) {
    url.push_str("/managers");
    match &view.of {
        ManagersOf::People => {}
        ManagersOf::WithNone => query.text("view", "none"),
        ManagersOf::WithOne => query.text("view", "one"),
        ManagersOf::User(user) => query.text("user", user),
    }
    query.text("q", &view.q);
}

fn read_managers(parameters: &mut Parameters) -> ManagersView {
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

fn write_hierarchy(view: &HierarchyView, url: &mut String, query: &mut Query) {
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

fn read_hierarchy(parameters: &mut Parameters) -> HierarchyView {
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

fn write_findings(view: &FindingsView, url: &mut String, query: &mut Query) {
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

fn read_findings(kind: Option<FindingKind>, parameters: &mut Parameters) -> FindingsView {
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

fn write_users(view: &UsersView, query: &mut Query) {
    query.text("zenQL", &view.zenql);
    query.text("q", &view.q);
    query.text("order", &view.order);
}

fn read_users(parameters: &mut Parameters) -> UsersView {
    UsersView {
        zenql: parameters.text("zenQL"),
        q: parameters.text("q"),
        order: parameters.text("order"),
    }
}

/// A query that is being written; what is empty is left out.
#[derive(Default)]
struct Query(String);

impl Query {
    fn name(&mut self, name: &str) {
        self.0.push(if self.0.is_empty() { '?' } else { '&' });
        encode(name, &mut self.0);
        self.0.push('=');
    }

    fn other(&mut self, name: &str, value: &str) {
        self.name(name);
        encode(value, &mut self.0);
    }

    fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.other(name, value);
        }
    }

    /// Items are encoded one by one, so that a comma within one is not taken for a separator.
    fn list(&mut self, name: &str, items: &[String]) {
        for (place, item) in items.iter().filter(|item| !item.is_empty()).enumerate() {
            if place == 0 {
                self.name(name);
            } else {
                self.0.push(',');
            }
            encode(item, &mut self.0);
        }
    }

    /// `kind:subject:group`, with commas between.
    fn changes(&mut self, changes: &[StagedChange]) {
        for (place, change) in changes.iter().enumerate() {
            if place == 0 {
                self.name("do");
            } else {
                self.0.push(',');
            }
            let name = CHANGES.iter().find(|(_, kind)| *kind == change.kind);
            self.0.push_str(name.map_or("", |(name, _)| name));
            for part in [&change.subject, &change.group] {
                self.0.push(':');
                encode_part(part, &mut self.0);
            }
        }
    }
}

/// As [`encode`], for what stands between colons.
fn encode_part(text: &str, out: &mut String) {
    let from = out.len();
    encode(text, out);
    let encoded = out.split_off(from);
    out.push_str(&encoded.replace(':', "%3A"));
}

/// The kinds of changes by their names in an address.
const CHANGES: [(&str, ChangeKind); 6] = [
    ("nest", ChangeKind::Nest),
    ("unnest", ChangeKind::Unnest),
    ("add", ChangeKind::Add),
    ("remove", ChangeKind::Remove),
    ("manager", ChangeKind::Manager),
    ("demote", ChangeKind::NoManager),
];

/// The parameters of a query that nobody has asked for yet; values are still encoded.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn read(query: &str) -> Self {
        let query = query.strip_prefix('?').unwrap_or(query);
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (decode(name, true), value.to_owned()))
                .collect(),
        )
    }

    /// Takes a parameter out. Of one given twice the last counts.
    fn take(&mut self, name: &str) -> String {
        let mut value = String::new();
        self.0.retain_mut(|(candidate, text)| {
            let found = candidate.eq_ignore_ascii_case(name);
            if found {
                value = std::mem::take(text);
            }
            !found
        });
        value
    }

    fn text(&mut self, name: &str) -> String {
        decode(&self.take(name), true)
    }

    /// Takes a parameter out if it has this value; with another it stays.
    fn says(&mut self, name: &str, value: &str) -> bool {
        let mut named = self.0.iter().rev();
        let last = named.find(|(candidate, _)| candidate.eq_ignore_ascii_case(name));
        let says = last.is_some_and(|(_, text)| text == value);
        says && self.take(name) == value
    }

    fn list(&mut self, name: &str) -> Vec<String> {
        let value = self.take(name);
        let items = value.split(',').filter(|item| !item.is_empty());
        items.map(|item| decode(item, true)).collect()
    }

    /// Changes; what is none is left out.
    fn changes(&mut self) -> Vec<StagedChange> {
        let value = self.take("do");
        let change = |item: &str| {
            let mut parts = item.splitn(3, ':');
            let name = parts.next()?;
            let (_, kind) = CHANGES.iter().find(|(known, _)| *known == name)?;
            let subject = decode(parts.next()?, true);
            let group = decode(parts.next()?, true);
            let is_whole = !subject.is_empty() && !group.is_empty();
            is_whole.then_some(StagedChange {
                kind: *kind,
                subject,
                group,
            })
        };
        value.split(',').filter_map(change).collect()
    }

    fn rest(self) -> Vec<(String, String)> {
        let pairs = self.0.into_iter();
        pairs.map(|(name, value)| (name, decode(&value, true))).collect()
    }
}

/// Percent-encodes everything but letters, digits and what no part of an address gives a meaning.
fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@:!*".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

/// Undoes [`encode`]. What is no encoding stays as it is, so that an address typed by hand loses nothing.
fn decode(text: &str, plus_is_space: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let hex = |at: usize| tail.get(at).and_then(|&digit| char::from(digit).to_digit(16));
        match (byte, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &tail[2..];
            }
            (b'+', ..) if plus_is_space => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;

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
}
