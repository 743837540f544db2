//! The rows of a list of users, in each of their states: coming, there, none, stale; and what is below them.

use leptos::prelude::*;
use protocol::{Problem, UsersPage};

use super::copy::copier;
use super::explain::explain;
use super::list::List;
use crate::chunk;
use crate::chunk::part;
use crate::components::button::Button;
use crate::components::columns::Arranging;
use crate::components::grid::{Column, Context, Grid, PickBar, Picked};
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::{Empty, Notice, StaleNote};
use crate::components::pane::{Extent, ExtentLine};
use crate::components::slot::Slot;
use crate::export::export_button;
use crate::notice;
use crate::pages::live::{asked_request, trouble};
use crate::pages::verify::{Verify, users, verification, verify_button};
use crate::route::Screen;
use crate::session::Session;
use crate::words::{counted, say};

/// What is said where nobody is.
#[derive(Clone, Default, PartialEq)]
pub struct Nobody {
    /// Without a filter.
    pub title: String,
    /// Without a filter.
    pub text: String,
}

/// The rows, and what one can do with them.
#[component]
pub fn AnswerView(
    /// The list.
    list: List,
    /// What it lists.
    #[prop(into)]
    label: Kept<String>,
    /// Its layout, `grid members` or `grid users`.
    class: &'static str,
    /// The columns.
    #[prop(into)]
    columns: Kept<Vec<Column>>,
    /// By which they are arranged.
    arranging: Arranging,
    /// What is said where nobody is.
    #[prop(into)]
    nobody: Kept<Nobody>,
) -> impl IntoView {
    let session = list.session;
    let explained = Slot::new(None::<String>);
    let group = Kept::new(move || {
        let asked = list.page.with(|page| {
            page.as_ref()
                .and_then(|page| page.explained.as_ref().map(|group| group.id.clone()))
        });
        list.scope.get().group.or(asked)
    });
    let context = Context {
        url: Callback::new(move |id| session.route.with_untracked(|route| route.with(user(id))).url()),
        explain: Some(Callback::new(move |id| explained.set(Some(id)))),
        now: js_sys::Date::now(),
    };
    // Nothing to show: nobody matches, or the first query of all cannot be read.
    let is_empty = Kept::new(move || {
        let unread = list.asked.problem.with(Option::is_some) && !is_of_server(list);
        list.page
            .with(|page| page.as_ref().map_or(unread, |page| page.total == 0))
    });
    // A server that does not answer leaves nothing to wait for.
    let is_there = move || !is_empty.get() && (list.page.with(Option::is_some) || !is_of_server(list));
    let unanswered = Kept::new(move || list.asked.problem.get().filter(|_| is_of_server(list)));
    let asked_for = Kept::new(move || {
        let is_asked = session.asks().is_some();
        list.page
            .with(|page| page.as_ref().filter(|_| is_asked).map(|page| page.request.clone()))
    });
    let open = move |id| session.go(session.route.with_untracked(|route| route.with(user(id))));
    let grid = move || {
        view! {
            <Grid
                label
                class
                columns
                arranging=Some(arranging)
                page=list.page
                subject=Kept::new(move || list.subject())
                order=Kept::new(move || list.view.with(|view| view.order.clone()))
                on_order=move |order| list.set(false, |view| view.order = order)
                unordered=Kept::new(move || session.asks().is_some_and(|asks| !asks.orders))
                want=move |window| list.want(window)
                picked=list.picked
                on_open=open
                stale=Kept::new(move || list.is_stale())
                busy=Kept::new(move || list.asked.is_busy())
                context
            />
        }
    };
    let verify = Verify::new(session, move || {
        let is_answered = list.asked.problem.with(Option::is_none) && list.page.with(Option::is_some);
        list.asked.question.get().filter(|_| is_answered).map(users)
    });
    let paths = move || {
        part(chunk!(
            detail,
            explain(session: Session, explained: Slot<Option<String>>, group: Kept<Option<String>>)
        ))
    };
    let picks = move || part(chunk!(detail, pick_bar(list: List)));
    view! {
        {live(move || problem(list))}
        {live_if(move || unanswered.with(Option::is_some), move || trouble(session, unanswered))}
        {live_if(move || list.is_stale(), move || stale_note(list))}
        {live_if(move || is_empty.get(), move || none(list, nobody))}
        {live_if(is_there, grid)}
        <div class="panel-float">{live_if(move || list.picked.with(Picked::count) > 0, picks)}</div>
        {live_if(move || explained.with(Option::is_some), paths)}
        {live_if(move || asked_for.with(Option::is_some), move || asked_request(session, asked_for))}
        {verification(verify)}
        <footer class="pane-foot">
            <ExtentLine extent=Kept::new(move || extent(list)) />
            <span class="push row">
                {verify_button(verify)}
                {export_button(session, move || list.exported())}
            </span>
        </footer>
    }
}

/// What can be done with the rows that are picked.
fn pick_bar(list: List) -> impl IntoView {
    view! { <PickBar picked=list.picked on_copy=copier(list) /> }
}

fn user(id: String) -> Screen {
    Screen::User { id, groups: Vec::new() }
}

/// Whether the newest question has no answer because of the server that is asked.
fn is_of_server(list: List) -> bool {
    list.asked
        .problem
        .with(|problem| matches!(problem, Some(Problem::NeedsWhole(_) | Problem::Vendor(_))))
}

/// What is wrong with the question beside the query, which tells its own errors, and what a server does not answer.
fn problem(list: List) -> Option<impl IntoView> {
    let problem = list.asked.problem.get()?;
    let of_order = match &problem {
        Problem::Query(problem) if problem.parameter == "zenQL" => return None,
        Problem::Query(problem) => problem.parameter == "order",
        Problem::NeedsWhole(_) | Problem::Vendor(_) => return None,
        _ => false,
    };
    let reset = move |()| list.set(false, |view| view.order = String::new());
    let button = of_order.then(|| view! { <Button text=say("Use the default order") on_press=reset /> });
    Some(view! {
        <div class="toolbar">
            <Notice title=notice::problem(&problem) tone="warn">
                {button}
            </Notice>
        </div>
    })
}

fn stale_note(list: List) -> impl IntoView {
    let extent = move || {
        counted(
            "{0} user|{0} users",
            list.page.with(|page| page.as_ref().map_or(0, |page| page.total)).into(),
        )
    };
    let back = move |()| {
        let query = untrack(|| list.answered());
        list.set(false, |view| view.zenql = query);
    };
    view! {
        <StaleNote
            from=Kept::from(list.asked.at)
            extent=Kept::new(extent)
            query=Kept::new(move || list.answered())
            on_back=back
        />
    }
}

/// Nobody matches, or nobody is there at all.
fn none(list: List, nobody: Kept<Nobody>) -> impl IntoView {
    let is_filtered = move || {
        let by_view = list
            .view
            .with(|view| !view.zenql.trim().is_empty() || !view.q.is_empty());
        by_view || list.scope.with(|scope| !scope.excluded_groups.is_empty())
    };
    let clear = move |()| {
        list.set(false, |view| {
            view.zenql = String::new();
            view.q = String::new();
        });
    };
    let is_read = move || list.page.with(Option::is_some);
    let title = move || match (is_read(), is_filtered()) {
        (false, _) => say("This filter cannot be read yet.").to_owned(),
        (true, true) => say("Nobody matches.").to_owned(),
        (true, false) => nobody.get().title,
    };
    let text = move || {
        if !is_read() {
            return say("Correct what is underlined, or clear the filter.").to_owned();
        }
        if !is_filtered() {
            return nobody.get().text;
        }
        match list
            .page
            .with(|page| page.as_ref().and_then(|page: &UsersPage| page.of))
        {
            Some(of) => counted(
                "The {0} user does not fit this filter.|None of {0} users fits this filter.",
                of.into(),
            ),
            None => say("Nobody fits this filter.").to_owned(),
        }
    };
    view! {
        <Empty title=Kept::new(title) text=Kept::new(text)>
            {live_if(is_filtered, move || view! { <Button text=say("Clear the filter") href="#i-x" on_press=clear /> })}
        </Empty>
    }
}

fn extent(list: List) -> Option<Extent> {
    list.page.with(|page| {
        page.as_ref().map(|page| Extent {
            total: page.total,
            goes_on: page.goes_on,
            of: page.of,
            noun: say("users"),
            micros: list.asked.micros.get(),
            is_asked: list.session.asks().is_some(),
            from: list.is_stale().then(|| list.asked.at.get()),
        })
    })
}
