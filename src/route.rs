//! Every path and every query parameter, written and read in one place.
//!
//! What is a default is left out, what is not understood is kept, and reading what was written gives the same
//! [`Route`]. Parameters bear the endpoints' own names.

mod parameters;
mod view;

use protocol::{Compared, FindingKind, FindingPlace, ManagersOf, MatrixSides, Severity, StagedChange, TreeOrder};

use parameters::{Parameters, Query, decode, encode};
pub use view::severity_name;
use view::{
    read_findings, read_groups, read_hierarchy, read_managers, read_users, write_findings, write_groups,
    write_hierarchy, write_managers, write_users,
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

#[cfg(test)]
mod tests;
