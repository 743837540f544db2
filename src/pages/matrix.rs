//! Are these users in these groups? Many against many, with what was pasted, one mark a cell, and the reason of one.

use leptos::html::Textarea;
use leptos::prelude::*;
use protocol::{
    Ambiguous, CheckQuestion, Exported, MATRIX_MOST, MatrixQuestion, MatrixSides, SortQuestion, Sorted, Topic,
};

use super::check::{group_url, nearest};
use super::link::copy_link;
use crate::components::button::{Button, ButtonLink};
use crate::components::http::{RequestLine, Status};
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::matrix::MatrixGrid;
use crate::components::nav::Look;
use crate::components::notice::{Empty, Notice};
use crate::components::relation::rel_mark;
use crate::components::slot::Slot;
use crate::components::verdict::verdict_card;
use crate::components::verdict::words::spoken;
use crate::export::{Offers, export_button};
use crate::notice;
use crate::route::{GroupsView, MatrixView, Screen};
use crate::session::{Asked, Session, session};
use crate::words::{counted, counted_with, fill, key, say};

/// How high rows are, in pixels: as the stylesheet's tokens have it where letters are of the usual size.
fn row_height(session: Session) -> Kept<f64> {
    Kept::new(move || match session.looks.of(Look::Density).get() {
        "compact" => 28.0,
        "touch" => 44.0,
        _ => 32.0,
    })
}

/// The longest address that is given to others: mail programs and servers cut longer ones.
const LONGEST: usize = 4_000;

/// The screen.
#[derive(Clone, Copy)]
struct Page {
    session: Session,
    /// What the address says.
    view: Kept<MatrixView>,
    /// The users and the groups: of the address, else of this tab.
    sides: Kept<MatrixSides>,
    asked: Asked<MatrixQuestion>,
    /// The check that the chosen cell is.
    wanted: Kept<Option<CheckQuestion>>,
    verdict: Asked<CheckQuestion>,
    /// What became of the identifiers that were pasted last.
    sorted: Slot<Option<Sorted>>,
    /// Whether they are being changed.
    editing: Slot<bool>,
}

/// The matrix of the Check screen.
#[component]
pub fn Matrix() -> impl IntoView {
    let session = session();
    let view = Kept::new(move || {
        session.route.with(|route| match &route.screen {
            Screen::Matrix(view) => view.clone(),
            _ => MatrixView::default(),
        })
    });
    let sides = Kept::new(move || {
        let said = view.with(|view| view.sides.clone());
        if said == MatrixSides::default() {
            session.pasted.get()
        } else {
            said
        }
    });
    let is_asked = move || sides.with(|sides| !sides.users.is_empty() && !sides.groups.is_empty());
    let wanted = Kept::new(move || {
        let MatrixView { user, group, .. } = view.get();
        let groups = match group.as_str() {
            "" => sides.with(|sides| sides.groups.clone()),
            _ => vec![group],
        };
        (!user.is_empty() && !groups.is_empty()).then_some(CheckQuestion { user, groups })
    });
    let page = Page {
        session,
        view,
        sides,
        asked: session.ask(Topic::Matrix, move || {
            is_asked().then(|| MatrixQuestion { sides: sides.get() })
        }),
        wanted,
        verdict: session.ask(Topic::Check, move || wanted.get()),
        sorted: Slot::new(None),
        editing: Slot::new(!untrack(is_asked)),
    };
    let copy = move |()| copy_link(session);
    let one = Kept::new(move || {
        session.url(Screen::Check {
            user: String::new(),
            groups: Vec::new(),
        })
    });
    view! {
        <header class="page-head">
            <h1>{say("Check")}</h1>
            <span class="lede">{say("Are these users in these groups, directly or through nesting?")}</span>
            <span class="push row">
                <span class="row actions"><ButtonLink text=say("Check one user") href="#i-user" url=one /></span>
                {live_if(move || is_asked() && !is_long(page), move || view! { <Button text=say("Copy link") href="#i-link" on_press=copy /> })}
            </span>
        </header>
        <div class="scroll">
            <div class="doc">
                {live_if(move || page.editing.get(), move || paste(page))}
                {live(move || told(page))}
                {live_if(is_asked, move || matrix(page))}
            </div>
        </div>
    }
}

/// Whether what is asked is in this tab alone, since no address could hold it.
fn is_long(page: Page) -> bool {
    page.view.with(|view| view.sides == MatrixSides::default()) && page.sides.with(|sides| !sides.users.is_empty())
}

/// Identifiers as they are pasted: one a line, or with commas, semicolons or tabs between, each once.
fn identifiers(text: &str) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    let items = text.split(['\n', '\r', ',', ';', '\t']).map(str::trim);
    let items = items.filter(|item| !item.is_empty() && seen.insert(*item));
    items.map(str::to_owned).collect()
}

/// Where identifiers are pasted.
fn paste(page: Page) -> impl IntoView {
    let Page { session, sides, .. } = page;
    let node = NodeRef::<Textarea>::new();
    let count = Slot::new(0_usize);
    let said = untrack(|| sides.with(|sides| [sides.users.join("\n"), sides.groups.join("\n")].join("\n\n")));
    let said = said.trim().to_owned();
    count.set(identifiers(&said).len());
    let text = move || node.get_untracked().map(|node| node.value()).unwrap_or_default();
    let is_too_many = Kept::new(move || count.get() > MATRIX_MOST);
    let apply = Callback::new(move |()| {
        let identifiers = identifiers(&text());
        if !identifiers.is_empty() && identifiers.len() <= MATRIX_MOST {
            session.request(Topic::Sort, &SortQuestion { identifiers }, move |answer| match answer {
                Ok(sorted) => show(page, sorted),
                Err(problem) => session.say(notice::problem(&problem)),
            });
        }
    });
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            apply.run(());
        }
    };
    let extent = move || {
        let count = count.get() as u64;
        let message = match is_too_many.get() {
            true => key("{0} identifier; at most 1,000 fit.|{0} identifiers; at most 1,000 fit."),
            false => key("{0} identifier.|{0} identifiers."),
        };
        (count > 0).then(|| counted(message, count))
    };
    view! {
        <section class="card paste" aria-label=say("Users and groups")>
            <label for="paste">{say("Users and groups")}</label>
            <p class="muted t12" id="paste-hint">
                {say("Usernames, emails, names of groups or ids: one a line, or with commas, semicolons or tabs between.")}
            </p>
            <textarea
                id="paste"
                rows="6"
                spellcheck="false"
                autocomplete="off"
                aria-describedby="paste-hint paste-count"
                aria-invalid=move || is_too_many.get().then_some("true")
                node_ref=node
                prop:value=said
                on:input=move |_| count.set(identifiers(&text()).len())
                on:keydown=keys
            ></textarea>
            <div class="row">
                <span class="muted t12" id="paste-count" role="status">{live(extent)}</span>
                <span class="push">
                    <Button
                        text=say("Show the matrix")
                        kind="primary"
                        disabled=Kept::new(move || count.get() == 0 || is_too_many.get())
                        on_press=apply
                    />
                </span>
            </div>
        </section>
    }
}

/// Goes to the matrix of what was pasted: into the address if that stays short enough, else into this tab alone.
fn show(page: Page, sorted: Sorted) {
    let Page { session, .. } = page;
    let is_whole = !sorted.sides.users.is_empty() && !sorted.sides.groups.is_empty();
    let sides = sorted.sides.clone();
    page.sorted.set(Some(sorted));
    if !is_whole {
        return;
    }
    let route = |sides: MatrixSides| {
        let view = MatrixView {
            sides,
            ..MatrixView::default()
        };
        session.route.with_untracked(|route| route.with(Screen::Matrix(view)))
    };
    let whole = route(sides.clone());
    let is_short = whole.url().len() <= LONGEST;
    session
        .pasted
        .set(if is_short { MatrixSides::default() } else { sides });
    page.editing.set(false);
    session.go(if is_short { whole } else { route(MatrixSides::default()) });
}

/// What became of the identifiers: which name nothing, which name several, and where they are kept.
fn told(page: Page) -> Vec<AnyView> {
    let mut notices = Vec::new();
    let sorted = page.sorted.get().unwrap_or_default();
    let mut unknown = sorted.unknown;
    page.asked
        .answer
        .with(|matrix| unknown.extend(matrix.iter().flat_map(|matrix| matrix.unknown.clone())));
    if !unknown.is_empty() {
        let title = counted(
            "{0} identifier names no user and no group here.|{0} identifiers name no user and no group here.",
            unknown.len() as u64,
        );
        notices.push(view! { <Notice title text=unknown.join(", ") tone="warn" /> }.into_any());
    }
    if !sorted.ambiguous.is_empty() {
        let text = sorted.ambiguous.iter().map(ambiguous).collect::<Vec<_>>().join(" ");
        let title = counted(
            "{0} identifier could mean several.|{0} identifiers could mean several.",
            sorted.ambiguous.len() as u64,
        );
        notices.push(view! { <Notice title text tone="warn" /> }.into_any());
    }
    let missing = match (sorted.sides.users.is_empty(), sorted.sides.groups.is_empty()) {
        _ if page.sorted.with(Option::is_none) => "",
        (true, true) => say("None of them is a user or a group."),
        (true, false) => say("None of them is a user."),
        (false, true) => say("None of them is a group."),
        (false, false) => "",
    };
    if !missing.is_empty() {
        let text = say("A matrix needs at least one user and one group.");
        notices.push(view! { <Notice title=missing text tone="warn" /> }.into_any());
    }
    if is_long(page) {
        let text = say("They stay in this tab until it is closed or reloaded. Copy the identifiers to share them.");
        notices.push(view! { <Notice title=say("So many identifiers fit into no link.") text /> }.into_any());
    }
    notices
}

/// What an identifier that could mean several is taken for.
fn ambiguous(of: &Ambiguous) -> String {
    let taken = |name: &str, id: &str| [name, " (", id, ")"].concat();
    let user = of
        .user
        .as_ref()
        .map(|(user, count)| (taken(&user.name, &user.id), *count));
    let group = of
        .group
        .as_ref()
        .map(|(group, count)| (taken(&group.name, &group.id), *count));
    let user =
        user.map(|(taken, count)| counted_with("the user {1}|the first of {0} users, {1}", count.into(), &[&taken]));
    let group =
        group.map(|(taken, count)| counted_with("the group {1}|the first of {0} groups, {1}", count.into(), &[&taken]));
    match (user, group) {
        (Some(user), Some(group)) => fill("{0} is taken for {1} and for {2}.", &[&of.identifier, &user, &group]),
        (user, group) => fill(
            "{0} is taken for {1}.",
            &[&of.identifier, &user.or(group).unwrap_or_default()],
        ),
    }
}

/// The grid, and the reason of the cell that is chosen.
fn matrix(page: Page) -> impl IntoView {
    let Page {
        session,
        view,
        sides,
        asked,
        wanted,
        verdict,
        editing,
        ..
    } = page;
    let read = move |read: fn(&protocol::Matrix) -> usize| asked.answer.with(|matrix| matrix.as_ref().map_or(0, read));
    let extent = move || {
        let users = counted("{0} user|{0} users", read(|matrix| matrix.users.len()) as u64);
        [
            &users,
            " × ",
            &counted("{0} group|{0} groups", read(|matrix| matrix.groups.len()) as u64),
        ]
        .concat()
    };
    let chosen = Kept::new(move || {
        let MatrixView { user, group, .. } = view.get();
        asked.answer.with(|matrix| {
            let matrix = matrix.as_ref()?;
            let row = matrix.users.iter().position(|it| it.user.id == user)?;
            let column = matrix.groups.iter().position(|it| it.group.id == group);
            let column = column.or_else(|| group.is_empty().then_some(matrix.groups.len()))?;
            Some((row as u32, column as u32))
        })
    });
    let choose = move |(row, column): (u32, u32)| {
        let (user, group) = asked.answer.with_untracked(|matrix| {
            let matrix = matrix.as_ref();
            let user = matrix
                .and_then(|matrix| matrix.users.get(row as usize))
                .map(|it| it.user.id.clone());
            let group = matrix
                .and_then(|matrix| matrix.groups.get(column as usize))
                .map(|it| it.group.id.clone());
            (user.unwrap_or_default(), group.unwrap_or_default())
        });
        let sides = view.with_untracked(|view| view.sides.clone());
        let screen = Screen::Matrix(MatrixView { sides, user, group });
        session.go(session.route.with_untracked(|route| route.with(screen)));
    };
    let offers = move || -> Offers {
        let is_there = asked.answer.with(Option::is_some) && asked.problem.with(Option::is_none);
        if !is_there {
            return Vec::new();
        }
        vec![
            (say("A row a user"), Exported::Matrix(sides.get())),
            (say("A row a pair, with paths"), Exported::Pairs(sides.get())),
        ]
    };
    let user_url = Callback::new(move |id: String| {
        let groups = Vec::new();
        untrack(|| session.url(Screen::User { id, groups }))
    });
    let address_of_group = Callback::new(move |id: String| {
        untrack(|| {
            session.url(Screen::Groups(GroupsView {
                group: Some(id),
                ..GroupsView::default()
            }))
        })
    });
    let is_told = move || verdict.question.get() == wanted.get();
    let answer = Kept::new(move || {
        verdict
            .answer
            .get()
            .filter(|_| is_told() && verdict.problem.with(Option::is_none))
    });
    let reason = move || answer.get().map(|verdict| explained(session, &verdict));
    let spoken = move || answer.get().map(|verdict| spoken(&verdict));
    // Another answer is another grid: its cells have other users and other groups.
    let is_empty = move |matrix: &protocol::Matrix| matrix.users.is_empty() || matrix.groups.is_empty();
    let grid = move || {
        if let Some(problem) = asked.problem.get() {
            let text = notice::problem(&problem);
            return Some(view! { <Empty size="sm" title=say("This cannot be asked.") text=text /> }.into_any());
        }
        if asked.answer.with(|matrix| matrix.as_ref().map(is_empty))? {
            let text = say("None of these users, or none of these groups, is here.");
            return Some(view! { <Empty size="sm" title=say("Nothing to show.") text=text /> }.into_any());
        }
        let grid = view! {
            <MatrixGrid
                label=Kept::new(move || fill("Membership of {0}", &[&extent()]))
                matrix=asked.answer
                row=row_height(session)
                chosen
                on_choose=choose
                user_url
                group_url=address_of_group
            />
        };
        Some(grid.into_any())
    };
    view! {
        <section class="section" aria-labelledby="matrix">
            <div class="section-head">
                <h2 id="matrix">{say("Matrix")}</h2>
                <span class="count">{live(extent)}</span>
                {legend()}
                <span class="row">
                    {live_if(move || !editing.get(), move || view! {
                        <Button text=say("Edit users and groups") href="#i-field" on_press=move |()| editing.set(true) />
                    })}
                    {export_button(session, offers)}
                </span>
            </div>
            <div class="card" aria-busy=move || asked.is_busy().then_some("true")>
                {live(grid)}
                {live(reason)}
            </div>
            <p class="sr-only" role="status">{live(spoken)}</p>
        </section>
        {live(move || answer.get().filter(|it| it.best.is_none() && !it.nearest.is_empty()).map(|it| nearest::nearest(session, &it)))}
    }
}

fn legend() -> impl IntoView {
    let mark = |rel, text| view! { <span>{rel_mark(rel, "")} {text}</span> };
    view! {
        <span class="legend push">
            {mark("direct", say("Direct"))}
            {mark("inherited", say("Inherited"))}
            {mark("both", say("Both"))}
            <span><span class="manager-mark">{icon("#i-key")}</span> {say("Manager")}</span>
            {mark("none", say("Not a member"))}
        </span>
    }
}

/// The verdict of one cell, and the request that would prove it.
fn explained(session: Session, verdict: &protocol::Verdict) -> impl IntoView + use<> {
    let (code, meaning) = notice::check_status(verdict.status);
    let user = Screen::User {
        id: verdict.user.id.clone(),
        groups: Vec::new(),
    };
    let user_url = untrack(|| session.url(user));
    let copied = move |()| session.say(say("Copied the request as curl.").to_owned());
    let request = verdict.request.clone();
    let status = Status {
        code,
        meaning: meaning.to_owned(),
    };
    view! {
        {verdict_card(verdict, &group_url(session), user_url)}
        <div class="proof">
            <RequestLine request status=Some(status) on_copy=copied />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_pasted_in_any_form() {
        let pasted = identifiers("ada, bo;cy\tdi\r\n\r\nada\n Team One \n");
        assert_eq!(pasted, ["ada", "bo", "cy", "di", "Team One"]);
        assert!(identifiers(" ,;\n\t").is_empty());
    }
}
