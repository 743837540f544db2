//! Lists, tables and pictures of many things.

use leptos::prelude::*;
use protocol::{
    Column as ComparedColumn, Compared, ComparedRow, EntityName, FindingKind, FindingPage, FindingPlace, FindingRow,
    GroupBrief, LoopGroup, Matrix, MatrixGroup, MatrixUser, MoveRow, Picture, PictureEdge, PictureNode,
    PictureRelation, PictureUser, Severity, TreeOrder, TreePage, TreePlace, TreeRow, UsersPage,
};

use super::facts::Data;
use super::{row_height, state, tall};
use crate::components::avatar::avatar;
use crate::components::change::{Addresses, Listed, listed, managing, moves, tally};
use crate::components::columns::arrangement::{Arrangement, Known};
use crate::components::columns::{Arranging, chooser};
use crate::components::compare::{Third, sets_picture, third};
use crate::components::finding::{FindingList, KindList, KindRow, Links, advice, loop_figure};
use crate::components::grid::{Column, Context, Grid, PickBar, Picked, briefs};
use crate::components::kept::Kept;
use crate::components::matrix::MatrixGrid;
use crate::components::notice::{Empty, StaleNote};
use crate::components::picture::HierarchyPicture;
use crate::components::rows::{RowList, drawer, head, row};
use crate::components::slot::Slot;
use crate::components::tree::Tree;
use crate::route::{GroupsView, Route, Screen};

/// Where every link of the gallery leads.
fn url(group: &str) -> String {
    let screen = Screen::Groups(GroupsView {
        group: Some(group.to_owned()),
        ..GroupsView::default()
    });
    Route::default().with(screen).url()
}

/// The answer for a window of so many rows, as an engine would give it; none where none comes.
fn window(data: Data, at: (u32, u32)) -> Option<std::ops::Range<u32>> {
    let (offset, limit) = at;
    (data != Data::Failure).then(|| offset..offset.saturating_add(limit).min(data.rows()))
}

pub fn grid(data: Data) -> AnyView {
    if data == Data::Failure {
        return tall(
            "no answer",
            view! { <Empty title="The server did not answer." text="Nothing is lost: what was read is kept." /> },
        );
    }
    let (asked, order, picked) = (
        Slot::new((0, 0)),
        Slot::new(String::new()),
        Slot::new(Picked::default()),
    );
    let page = Kept::new(move || {
        let rows = window(data, asked.get())?;
        Some(UsersPage {
            offset: rows.start,
            total: data.rows(),
            of: Some(1_000_000),
            rows: rows.map(|place| data.user(place)).collect(),
            marks: vec!["ber".to_owned()],
            ..UsersPage::default()
        })
    });
    let context = Context {
        url: Callback::new(|id: String| url(&id)),
        explain: Some(Callback::new(|_| ())),
        now: 0.0,
    };
    let table = move |label: &'static str, page: Kept<Option<UsersPage>>, picked: Slot<Picked>, stale: bool| {
        let columns = vec![
            Column::Name,
            Column::Username,
            Column::Email,
            Column::Status,
            Column::LastLogin,
            Column::Role,
            Column::Direct,
            Column::Groups,
            Column::Why("In Finance".to_owned()),
        ];
        view! {
            <Grid
                label
                class="grid users"
                columns=Kept::from(columns)
                page
                subject=Kept::from(String::new())
                order=Kept::new(move || order.get())
                on_order=move |by| order.set(by)
                want=move |window| asked.set(window)
                picked
                on_open=|_| ()
                stale=Kept::from(stale)
                context
            />
        }
    };
    let stale = view! {
        <StaleNote from=Kept::from("14:38:07".to_owned()) extent="214 users" query="memberOf = \"Finance\"" on_back=|()| () />
        {table("The last good answer", page, Slot::new(Picked::default()), true)}
    };
    let groups: Vec<_> = (0..data.short()).map(|place| brief(data, place)).collect();
    view! {
        {tall("as it is", view! {
            {table("Users", page, picked, false)}
            <div class="panel-float"><PickBar picked on_copy=|()| () /></div>
        })}
        {tall("to come", table("Users to come", Kept::from(None), Slot::new(Picked::default()), false))}
        {tall("while the query cannot be read", stale)}
        {state("a short table of groups", view! { <div class="card">{briefs("Groups", &groups, Some(1_000), true, &url)}</div> })}
    }
    .into_any()
}

pub fn columns(data: Data) -> AnyView {
    let known = |(key, track): (&'static str, (&'static str, &'static str))| Known {
        key,
        label: data.group_name(track.1.len() as u32),
        note: "",
        is_usual: key != "email",
        track,
    };
    let all = [
        ("name", ("10rem", "1fr")),
        ("username", ("6rem", "0.5fr")),
        ("email", ("10rem", "0.9fr")),
    ];
    let arranging = Arranging {
        table: "lab-table",
        known: Kept::from(all.map(known).to_vec()),
        arrangement: Slot::new(Arrangement::default()),
    };
    state(
        "a panel that chooses them",
        view! { <div class="row">{chooser(arranging, "lab-columns", Kept::from(String::new()))}</div> },
    )
}

fn brief(data: Data, place: u32) -> GroupBrief {
    let group = data.group(place);
    GroupBrief {
        id: group.id,
        name: group.name,
        direct: place * 3,
        total: place * 40,
        managers: place % 3,
        in_cycle: place % 4 == 2,
        ..GroupBrief::default()
    }
}

pub fn tree(data: Data) -> AnyView {
    if data == Data::Failure {
        return tall(
            "no answer",
            view! { <Empty title="The server did not answer." text="Nothing is lost: what was read is kept." /> },
        );
    }
    let (asked, order) = (Slot::new((0, 0)), Slot::new(TreeOrder::Total));
    let page = Kept::new(move || {
        let rows = window(data, asked.get())?;
        Some(TreePage {
            offset: rows.start,
            total: data.rows(),
            rows: rows.map(|place| tree_row(data, place)).collect(),
            ..TreePage::default()
        })
    });
    let chosen = Slot::new(Some("group-1".to_owned()));
    let drawn = move |page| {
        view! {
            <Tree
                page
                chosen=Kept::new(move || chosen.get())
                subject=Kept::from(String::new())
                order=Kept::new(move || order.get())
                on_order=move |by| order.set(by)
                want=move |window| asked.set(window)
                on_change=|_| ()
                on_reveal=|()| ()
                on_choose=move |id| chosen.set(Some(id))
            />
        }
    };
    view! {
        {tall("as it is", drawn(page))}
        {tall("to come", drawn(Kept::from(None)))}
    }
    .into_any()
}

/// Every fifth group is open to two others and to one that stands elsewhere, and ends in a cycle.
fn tree_row(data: Data, place: u32) -> TreeRow {
    let at = place % 5;
    let group = data.group(place);
    TreeRow {
        key: group.id.clone(),
        id: group.id,
        name: group.name,
        place: match at {
            3 => TreePlace::Elsewhere,
            4 => TreePlace::Back,
            _ => TreePlace::Here,
        },
        level: if at == 0 { 1 } else { 2 },
        expanded: match at {
            0 => Some(true),
            1 => Some(false),
            _ => None,
        },
        position: at.max(1),
        siblings: 4,
        direct: Some(place % 40),
        total: Some(place * 7),
        has_manager: at == 1,
        in_cycle: at == 2,
        also_under: if at == 2 { 3 } else { 0 },
        is_ancestor: false,
    }
}

pub fn rows(data: Data) -> AnyView {
    let drawn = (0..data.short()).map(|place| {
        let user = data.user(place);
        let link = url(&user.id);
        let cells = view! {
            <span class="cell" role="gridcell">{avatar(&user.name, "20", false)} <a class="cell-link" tabindex="-1" href=link>{user.name.clone()}</a></span>
            <span class="mono soft cell-text" role="gridcell" dir="ltr">{user.username}</span>
        };
        let explained = (place == 1).then(|| drawer(view! { <p class="soft">"What a row explains, below it."</p> }));
        view! { {row(place as usize, cells)} {explained} }
    });
    let drawn = drawn.collect_view();
    let heads = [("Name", ""), ("Username", "")];
    state(
        "a list",
        view! { <div class="card"><RowList label="People" class="holds" total=data.short()>{head(&heads)} {drawn}</RowList></div> },
    )
}

pub fn matrix(data: Data) -> AnyView {
    let count = data.rows().min(400);
    let users = (0..count).map(|place| MatrixUser {
        user: data.entity(place),
        is_inactive: place % 4 == 2,
        total: place % 6,
    });
    let groups = (0..8).map(|place| MatrixGroup {
        group: data.group(place),
        total: place * 3,
    });
    let cells = (0..count * 8).map(|place| [0, 1, 2, 3, 5, 0, 2][place as usize % 7]);
    let answer = Matrix {
        users: users.collect(),
        groups: groups.collect(),
        cells: cells.collect(),
        unknown: Vec::new(),
    };
    let chosen = Slot::new(None);
    let matrix = Slot::new((data != Data::Failure).then_some(answer));
    tall(
        "as it is",
        view! {
            <MatrixGrid
                label="Who is in which group"
                matrix
                row=row_height()
                chosen=Kept::new(move || chosen.get())
                on_choose=move |place| chosen.set(Some(place))
                user_url=Callback::new(|id: String| url(&id))
                group_url=Callback::new(|id: String| url(&id))
            />
        },
    )
}

pub fn compare(data: Data) -> AnyView {
    let column = |on: [bool; 2]| {
        let row = |place: u32| ComparedRow {
            id: data.group(place).id,
            name: data.group_name(place),
            detail: String::new(),
            members: Some(place * 11),
            in_cycle: place == 2,
            sides: on.map(|is_on| is_on.then(|| (data.why(place), place == 1))),
        };
        let total = data.short();
        ComparedColumn {
            of: total,
            total,
            direct: total / 2,
            inherited: total - total / 2,
            rows: (0..total.min(5)).map(row).collect(),
        }
    };
    let [a, b] = [data.username(0), data.username(1)];
    let drawn = |id: &'static str, title: &str, on: [bool; 2]| {
        let head = Third {
            id,
            title,
            of: Compared::Users,
            on,
            names: [&a, &b],
            is_on: on == [true, true],
        };
        third(head, &column(on), &url, Callback::new(|()| ()))
    };
    let shared = data.short() / 2;
    let label = ["Both share ", &shared.to_string()].concat();
    view! {
        {state("the picture", sets_picture([data.short(), shared], shared, label))}
        {state("the columns", view! {
            <div class="thirds">
                {drawn("lab-a", "Only the first", [true, false])} {drawn("lab-both", "Both", [true, true])} {drawn("lab-b", "Only the second", [false, true])}
            </div>
        })}
    }
    .into_any()
}

pub fn change(data: Data) -> AnyView {
    let drawn = [
        ("", "23 users gain 1 group."),
        ("warn", "Leaves no manager."),
        ("danger", "Makes 7 users system administrators."),
    ];
    let changes = drawn.into_iter().zip(1..).map(|((tone, effect), number)| {
        let change = Listed {
            number,
            href: "#i-nest",
            act: "Nest {0} in {1}",
            subject: data.group_name(number),
            is_identifier: false,
            group: data.group_name(number + 1),
            tone,
            effect: effect.to_owned(),
        };
        listed(change, Callback::new(|()| ()))
    });
    let rows: Vec<_> = (0..data.short().min(4))
        .map(|place| MoveRow {
            user: data.user(place),
            path: data.way(place, 2),
            by: place % 3 + 1,
        })
        .collect();
    let managed: Vec<_> = (0..data.short().min(2))
        .map(|place| (data.entity(place), data.group(place), 1))
        .collect();
    let addresses = Addresses {
        user: &url,
        group: &url,
    };
    view! {
        {state("staged", view! { <ul class="card">{changes.collect_view()}</ul> })}
        {state("counted", tally([(38, "gain", "lab-gained"), (1, "loses", "lab-lost"), (0, "new managers", ""), (0, "managers fewer", ""), (0, "cycles made", ""), (0, "cycles broken", "")]))}
        <div id="lab-gained">{state("who gains", moves(&rows, true, &addresses, None))}</div>
        <div id="lab-lost">{state("who loses", moves(&rows, false, &addresses, None))}</div>
        {state("who manages", managing("Managers gained", &managed, &addresses))}
    }
    .into_any()
}

pub fn finding(data: Data) -> AnyView {
    let kind = |severity, title: &'static str, place: u32| KindRow {
        severity,
        title,
        body: "What it is, in a sentence.".to_owned(),
        names: (0..data.short().min(3)).map(|at| data.group_name(at + place)).collect(),
        more: data.rows().saturating_sub(3),
        count: (data.rows().to_string(), "groups".to_owned()),
        url: url("kind"),
        is_current: place == 1,
    };
    let kinds = vec![
        kind(Severity::Critical, "Cycle in nested groups", 0),
        kind(Severity::Warning, "No manager", 1),
        kind(Severity::Notice, "Empty group", 2),
    ];
    let asked = Slot::new((0, 0));
    let page = Kept::new(move || {
        let rows = window(data, asked.get())?;
        let row = |place: u32| FindingRow {
            message: ["Nobody manages ", &data.group_name(place), "."].concat(),
            groups: vec![data.group(place)],
            groups_total: place % 4 + 1,
            ..FindingRow::default()
        };
        Some(FindingPage {
            kind: FindingKind::NoManager,
            offset: rows.start,
            total: data.rows(),
            of: data.rows(),
            rows: rows.map(row).collect(),
        })
    });
    let links = Links {
        finding: Callback::new(|_: FindingPlace| url("finding")),
        user: Callback::new(|id: String| url(&id)),
        group: Callback::new(|id: String| url(&id)),
    };
    let groups: Vec<_> = (0..3)
        .map(|place| LoopGroup {
            group: data.group(place),
            direct: place * 40,
        })
        .collect();
    view! {
        {state("kinds", view! { <KindList rows=Kept::from(kinds) /> })}
        {tall("findings of a kind", view! { <FindingList label="Groups without a manager" page subject=Kept::from(String::new()) want=move |window| asked.set(window) links /> })}
        {state("a loop, and what to take out", loop_figure(&groups, true, &url))}
        {state("a loop", loop_figure(&groups, false, &url))}
        {state("advice", advice("Nobody can answer for who is in it.", "Name a manager."))}
    }
    .into_any()
}

pub fn picture(data: Data) -> AnyView {
    let node = |place: u32, layer: u32, lane: u32, relation| {
        let group = data.group(place);
        PictureNode {
            id: group.id,
            name: group.name,
            direct: place * 3 + 1,
            total: place * 90 + 4,
            has_manager: place == 1,
            in_cycle: place >= 3,
            relation,
            layer,
            lane,
            more_parents: place % 3,
            more_children: if place == 0 { data.rows() } else { 0 },
        }
    };
    let edge = |parent, child, is_lit, closes_cycle| PictureEdge {
        parent,
        child,
        in_cycle: parent >= 3,
        closes_cycle,
        is_lit,
        lanes: Vec::new(),
    };
    let EntityName { id, name, .. } = data.entity(0);
    let picture = Picture {
        nodes: vec![
            node(0, 0, 0, PictureRelation::Inherited),
            node(1, 1, 0, PictureRelation::Inherited),
            node(2, 1, 1, PictureRelation::None),
            node(3, 1, 2, PictureRelation::None),
            node(4, 2, 0, PictureRelation::Direct),
            node(5, 2, 2, PictureRelation::None),
        ],
        edges: vec![
            edge(0, 1, true, false),
            edge(0, 2, false, false),
            edge(0, 3, false, false),
            edge(1, 4, true, false),
            edge(3, 5, false, false),
            edge(5, 3, false, true),
        ],
        focus: 1,
        layers: 3,
        rest: data.rows(),
        user: Some(PictureUser {
            id,
            name,
            lane: 0,
            groups: vec![(4, Vec::new())],
            elsewhere: 2,
        }),
    };
    if matches!(data, Data::Empty | Data::Failure) {
        return tall(
            "no such group",
            view! { <Empty title="Nothing to draw." text="No group has this name." /> },
        );
    }
    tall(
        "a user's ways lit, and a cycle",
        view! {
            <HierarchyPicture
                picture=Kept::from(picture)
                group_url=Callback::new(|id: String| url(&id))
                user_url=Callback::new(|id: String| url(&id))
                on_save=|_| ()
            />
        },
    )
}
