//! The groups of a user: those that name them, and those that these bring along, each with its path.

use leptos::prelude::*;
use protocol::{ChangeKind, DirectGroup, InheritedGroup, PathsQuestion, StagedChange, Topic, UserDetail, UserRow};

use crate::components::badge::manager_badge;
use crate::components::button::IconLink;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::notice::Empty;
use crate::components::path::figure::path_figure;
use crate::components::path::{Look, loop_mark, path};
use crate::components::relation::rel_mark;
use crate::components::rows::{RowList, drawer, head, row};
use crate::components::slot::Slot;
use crate::number::grouped;
use crate::pages::check::{group_url, tags};
use crate::pages::managers::only_manager;
use crate::route::Screen;
use crate::session::{Asked, Session};
use crate::words::{counted, fill, say};

/// How many letters the names of groups take in a row.
const TAGS: usize = 44;
/// How many paths are drawn.
const DRAWN: u32 = 12;

/// The groups that name the user.
pub fn direct(session: Session, detail: &UserDetail) -> impl IntoView + use<> {
    let name = detail.user.name.clone();
    let known = known(session);
    let count = detail.direct.len() as u64;
    let rows = detail
        .direct
        .iter()
        .enumerate()
        .map(|(place, group)| row(place, direct_cells(session, &detail.user.id, group, known)));
    let rows = rows.collect_view();
    let list = if count == 0 {
        let text = fill("No group names {0}.", &[&name]);
        view! { <Empty size="sm" title=say("In no group.") text=text /> }.into_any()
    } else {
        view! {
            <RowList label=fill("Direct groups of {0}", &[&name]) class=known.layout("user-direct")>
                {match known {
                    Known::All => {
                        head(&[(say("Group"), ""), (say("Role"), ""), (say("Description"), "c-desc"), (say("Brings along"), "c-brings"), (say("What-if"), "num")])
                    }
                    Known::Roles => head(&[(say("Group"), ""), (say("Role"), ""), (say("Description"), "c-desc")]),
                    Known::Names => head(&[(say("Group"), ""), (say("Description"), "c-desc")]),
                }}
                {rows}
            </RowList>
        }
        .into_any()
    };
    view! {
        <section class="section" aria-labelledby="direct">
            <div class="section-head">
                <h2 id="direct">{say("Direct groups")}</h2>
                <span class="count">{grouped(count)}</span>
                <span class="note">{fill("Somebody put {0} here. Each one may bring others along.", &[&name])}</span>
            </div>
            <div class="card">{list}</div>
        </section>
    }
}

/// What is known of the groups of a user beside their names.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    /// Everything.
    All,
    /// A server was asked, who tells managers.
    Roles,
    /// A server was asked, who does not.
    Names,
}

fn known(session: Session) -> Known {
    session.opened.with_untracked(|opened| match opened {
        Some(opened) if opened.asks.is_none() => Known::All,
        Some(opened) if opened.knows_managers => Known::Roles,
        _ => Known::Names,
    })
}

impl Known {
    /// The layout of a list, which is another where columns are not known.
    const fn layout(self, whole: &'static str) -> &'static str {
        match self {
            Self::All => whole,
            Self::Roles | Self::Names => "user-asked",
        }
    }
}

fn direct_cells(session: Session, user: &str, group: &DirectGroup, known: Known) -> impl IntoView + use<> {
    let relation = if group.also_inherited {
        rel_mark("both", say("Direct member, and inherited"))
    } else {
        rel_mark("direct", say("Direct member"))
    };
    let description = group.description.clone();
    // Only a direct membership can be taken away, and here only for trial.
    let removal = StagedChange {
        kind: ChangeKind::Remove,
        subject: user.to_owned(),
        group: group.group.id.clone(),
    };
    let without = untrack(|| session.url(Screen::WhatIf(vec![removal].into())));
    let label = fill("Try without {0}", &[&group.group.name]);
    let role = match (group.is_only_manager, group.is_manager) {
        (true, _) => only_manager().into_any(),
        (false, true) => manager_badge().into_any(),
        (false, false) => ().into_any(),
    };
    view! {
        <span class="cell" role="gridcell">
            {relation}
            {group_link(session, &group.group)}
            {group.in_cycle.then(|| loop_mark(say("In a cycle")))}
        </span>
        {(known != Known::Names).then(|| view! { <span class="cell" role="gridcell">{role}</span> })}
        <span class="cell c-desc" role="gridcell">
            <span class="cell-text muted" title=description.clone()>{description.clone()}</span>
        </span>
        {group.brings_total.map(|total| {
            view! { <span class="cell c-brings" role="gridcell">{tags(&group.brings, total, TAGS)}</span> }
        })}
        {(known == Known::All).then(|| view! { <span class="cell num" role="gridcell">
            <IconLink url=without href="#i-user-minus" label in_row=true />
        </span> })}
    }
}

fn group_link(session: Session, group: &protocol::GroupName) -> impl IntoView + use<> {
    view! {
        <a class="cell-link medium" tabindex="-1" href=group_url(session)(&group.id) title=group.name.clone()>
            {group.name.clone()}
        </a>
    }
}

/// The groups that the user is in through nesting.
pub fn inherited(session: Session, detail: &UserDetail) -> impl IntoView + use<> {
    let name = detail.user.name.clone();
    let known = known(session);
    let (shown, total) = (detail.inherited.len(), detail.inherited_total);
    let opened = Slot::new(None::<String>);
    let user = detail.user.id.clone();
    let asked = session.ask(Topic::Paths, move || {
        let group = opened.get()?;
        Some(PathsQuestion {
            user: user.clone(),
            group,
            limit: DRAWN,
        })
    });
    let rows = detail.inherited.iter().enumerate().map(|(place, group)| match known {
        Known::All => inherited_row(session, &detail.user, place, group, opened, asked).into_any(),
        Known::Roles | Known::Names => row(place, asked_cells(session, group)).into_any(),
    });
    let rows = rows.collect_view();
    let list = if total == 0 {
        let text = fill("No group that {0} is in is nested in another.", &[&name]);
        view! { <Empty size="sm" title=say("Nothing is inherited.") text=text /> }.into_any()
    } else {
        view! {
            <RowList label=fill("Inherited groups of {0}", &[&name]) class=known.layout("user-inherited") total=total>
                {match known {
                    Known::All => head(&[(say("Group"), ""), (say("Why"), "c-path"), (say("Paths"), "num")]),
                    Known::Roles | Known::Names => head(&[(say("Group"), "")]),
                }}
                {rows}
            </RowList>
        }
        .into_any()
    };
    let cut = (shown < total as usize).then(|| {
        view! { <p class="muted t12">{fill("The first {0} by name. The request lists them all.", &[&grouped(shown as u64)])}</p> }
    });
    view! {
        <section class="section" aria-labelledby="inherited">
            {inherited_head(&name, total, known == Known::All)}
            <div class="card">{list}</div>
            {cut}
        </section>
    }
}

fn inherited_head(name: &str, total: u32, is_explained: bool) -> impl IntoView + use<> {
    let legend = (total > 0).then(|| {
        view! {
            <span class="note">{fill("{0} is in them because one group is nested in another.", &[name])}</span>
            {is_explained.then(|| view! {
                <span class="legend push">
                    <span><i class="swatch-line" data-on="direct"></i>{say("is in, directly")}</span>
                    <span><i class="swatch-line" data-on="inherited"></i>{say("is nested in")}</span>
                </span>
            })}
        }
    });
    view! {
        <div class="section-head">
            <h2 id="inherited">{say("Inherited groups")}</h2>
            <span class="count">{grouped(u64::from(total))}</span>
            {legend}
        </div>
    }
}

/// An inherited group of which the server tells no more than that it is one.
fn asked_cells(session: Session, group: &InheritedGroup) -> impl IntoView + use<> {
    view! {
        <span class="cell" role="gridcell">
            {rel_mark("inherited", say("Inherited member"))}
            {group_link(session, &group.group)}
        </span>
    }
}

fn inherited_row(
    session: Session,
    user: &UserRow,
    place: usize,
    group: &InheritedGroup,
    opened: Slot<Option<String>>,
    asked: Asked<PathsQuestion>,
) -> impl IntoView + use<> {
    let id = group.group.id.clone();
    let is_open = Kept::new(move || opened.with(|opened| opened.as_ref() == Some(&id)));
    let sign = if group.path.iter().any(|step| step.in_cycle) {
        loop_mark(say("Through a cycle")).into_any()
    } else {
        rel_mark("inherited", say("Inherited member")).into_any()
    };
    let (user, of) = (user.clone(), group.clone());
    let ways = counted("{0} path|{0} paths", u64::from(group.ways));
    let drawn = fill("{0}, drawn below", &[&ways]);
    let why = move || {
        if is_open.get() {
            return view! { <span class="muted">{drawn.clone()}</span> }.into_any();
        }
        path(&user, &of.path, Look::Row, &group_url(session)).into_any()
    };
    let cells = view! {
        <span class="cell" role="gridcell">{sign} {group_link(session, &group.group)}</span>
        <span class="cell c-path" role="gridcell">{live(why)}</span>
        <span class="cell num" role="gridcell">{paths_button(group, ways, is_open, opened)}</span>
    };
    let figure = move || match asked.answer.get() {
        Some(paths) if opened.with(|opened| opened.as_ref() == Some(&paths.group.id)) => {
            let more = (paths.ways as usize > paths.paths.len()).then(|| {
                view! { <p class="muted t12">{fill("The {0} shortest of {1}.", &[&paths.paths.len().to_string(), &grouped(paths.ways.into())])}</p> }
            });
            view! { {path_figure(&paths, &group_url(session))} {more} }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        {row(place, cells)}
        {live(move || is_open.get().then(|| drawer(figure)))}
    }
}

/// How many paths there are; several are drawn on demand.
fn paths_button(
    group: &InheritedGroup,
    ways: String,
    is_open: Kept<bool>,
    opened: Slot<Option<String>>,
) -> impl IntoView + use<> {
    if group.ways < 2 {
        let in_cycle = group.path.iter().any(|step| step.in_cycle);
        return if in_cycle {
            view! { <span class="warn-mark t12">{say("Cycle")}</span> }.into_any()
        } else {
            view! { <span class="muted">{ways}</span> }.into_any()
        };
    }
    let id = group.group.id.clone();
    view! {
        <button
            type="button"
            class="link-button"
            tabindex="-1"
            aria-expanded=move || if is_open.get() { "true" } else { "false" }
            on:click=move |_| opened.set(Some(id.clone()).filter(|_| !is_open.get_untracked()))
        >
            {live(move || if is_open.get() { say("Shortest").to_owned() } else { ways.clone() })}
        </button>
    }
    .into_any()
}
