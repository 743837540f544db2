//! What two users, two groups or two queries have in common, and what not, with the reason on each side.

mod sides;

use leptos::prelude::*;
use protocol::{
    CompareQuestion, Compared, Comparison, CompletionQuestion, Exported, MatrixSides, Problem, Side, Topic,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use self::sides::sides;
use crate::components::button::{Button, ButtonLink};
use crate::components::compare::{Third, sets_picture, shared, third};
use crate::components::focus::{is_reversed, walk};
use crate::components::icon::sized;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::Empty;
use crate::components::number::number;
use crate::components::pane::{Extent, ExtentLine};
use crate::components::query::{Caret, Completed, QueryBar};
use crate::components::relation::rel_mark;
use crate::components::segmented::{Segment, Segmented};
use crate::components::slot::Slot;
use crate::export::{Offers, export_button};
use crate::notice;
use crate::number::grouped;
use crate::pages::link::copy_link;
use crate::route::{CompareView, GroupsView, MatrixView, Screen};
use crate::session::{Asked, Session, session};
use crate::words::{counted, fill, say};

/// How many of what is listed are checked at once.
const CHECKED: usize = 40;
/// How many rows of a column are shown at first, and how many more on demand.
const ROWS: u32 = 100;
/// The columns, as the choice on a phone names them.
const COLUMNS: [&str; 3] = ["a", "both", "b"];

/// What the parts of the screen share.
#[derive(Clone, Copy)]
struct Comparing {
    session: Session,
    view: Kept<CompareView>,
    asked: Asked<CompareQuestion>,
    limit: Slot<u32>,
    /// Which column is shown where there is room for one.
    shown: Slot<&'static str>,
}

/// The Compare screen.
#[component]
pub fn Compare() -> impl IntoView {
    let session = session();
    let view = Kept::new(move || {
        session.route.with(|route| match &route.screen {
            Screen::Compare(view) => view.clone(),
            _ => CompareView::default(),
        })
    });
    let limit = Slot::new(ROWS);
    let asked = session.ask(Topic::Compare, move || {
        let CompareView { of, a, b, q } = view.get();
        let zenql = q;
        let limit = limit.get();
        (!a.trim().is_empty() && !b.trim().is_empty()).then_some(CompareQuestion { of, a, b, zenql, limit })
    });
    let comparing = Comparing {
        session,
        view,
        asked,
        limit,
        shown: Slot::new(COLUMNS[1]),
    };
    let copy = move |()| copy_link(session);
    let of = Kept::new(move || key(view.with(|view| view.of)));
    let choose = move |chosen: &'static str| {
        session.go(session.route.get_untracked().with(Screen::Compare(CompareView {
            of: compared(chosen),
            ..CompareView::default()
        })));
    };
    let found = Kept::new(move || comparing.answer());
    let both = Kept::new(move || found.with(|found| comparing.check_url(found.as_ref()?)));
    view! {
        <section class="pane" data-solo="" aria-label=say("Compare")>
            <header class="page-head">
                <h1>{say("Compare")}</h1>
                <Segmented label=say("What is compared") segments=Kept::from(kinds()) chosen=of on_choose=choose />
                <span class="push row">
                    {export_button(session, move || comparing.exported())}
                    <Button text=say("Copy link") href="#i-link" on_press=copy />
                </span>
            </header>
            <div class="scroll">
                <div class="doc">
                    <section class="card" aria-label=say("What is compared")>
                        {live(move || sides(session, view, asked.problem, of.with(|of| compared(of))))}
                        <div class="versus-say" role="status">{live(move || comparing.said())}</div>
                    </section>
                    {live_if(move || found.with(Option::is_some), move || bar(comparing))}
                    <div class="thirds" on:keydown=|event| pressed(&event)>{live(move || columns(comparing, found))}</div>
                </div>
            </div>
            <footer class="pane-foot">
                <ExtentLine extent=Kept::new(move || comparing.extent()) />
                {live_if(move || both.with(Option::is_some), move || {
                    view! {
                        <span class="push row">
                            <ButtonLink text=say("Check both") href="#i-check" url=Kept::new(move || both.get().unwrap_or_default()) />
                        </span>
                    }
                })}
            </footer>
        </section>
    }
}

fn kinds() -> Vec<Segment> {
    let kind = |of, text| Segment {
        value: key(of),
        text,
        ..Segment::default()
    };
    vec![
        kind(Compared::Users, say("Users")),
        kind(Compared::Groups, say("Groups")),
        kind(Compared::Sets, say("Sets")),
    ]
}

fn key(of: Compared) -> &'static str {
    match of {
        Compared::Users => "users",
        Compared::Groups => "groups",
        Compared::Sets => "sets",
    }
}

fn compared(key: &str) -> Compared {
    match key {
        "groups" => Compared::Groups,
        "sets" => Compared::Sets,
        _ => Compared::Users,
    }
}

impl Comparing {
    /// The comparison of what the address says; that of another filter stays until the next one comes.
    fn answer(self) -> Option<Comparison> {
        let view = self.view.get();
        let fits = |asked: &CompareQuestion| asked.of == view.of && asked.a == view.a && asked.b == view.b;
        let is_answered = self.asked.question.with(|asked| asked.as_ref().is_some_and(fits));
        self.asked.answer.get().filter(|_| is_answered)
    }

    /// Where both are checked against what the columns list; nowhere for queries, and where nothing is listed.
    fn check_url(self, found: &Comparison) -> Option<String> {
        let sides = self.view.with(|view| vec![view.a.clone(), view.b.clone()]);
        // What both have comes first, since an address holds so many.
        let [first, both, second] = &found.columns;
        let rows = [both, first, second].into_iter().flat_map(|column| &column.rows);
        let listed: Vec<String> = rows.take(CHECKED).map(|row| row.id.clone()).collect();
        let sides = match found.of {
            _ if listed.is_empty() => return None,
            Compared::Users => MatrixSides {
                users: sides,
                groups: listed,
            },
            Compared::Groups => MatrixSides {
                users: listed,
                groups: sides,
            },
            Compared::Sets => return None,
        };
        Some(self.session.url(Screen::Matrix(MatrixView {
            sides,
            ..MatrixView::default()
        })))
    }

    /// The answer as a picture and a sentence, or why there is none.
    fn said(self) -> AnyView {
        let view = self.view.get();
        let problem = self.asked.problem.get().filter(|problem| !is_of_filter(problem));
        if view.a.trim().is_empty() || view.b.trim().is_empty() {
            let text = match view.of {
                Compared::Users => say("Name two users to see which groups they share."),
                Compared::Groups => say("Name two groups to see which members they share."),
                Compared::Sets => say("Write two queries to see which users match both."),
            };
            return view! { <p>{text}</p> }.into_any();
        }
        if let Some(problem) = problem {
            return view! { <Empty size="sm" title=say("This cannot be compared.") text=notice::problem(&problem) /> }
                .into_any();
        }
        self.answer()
            .map_or_else(|| ().into_any(), |found| summary(&found).into_any())
    }

    /// All three columns as a file; nothing while a query is broken.
    fn exported(self) -> Offers {
        let question = self
            .asked
            .question
            .get()
            .filter(|_| self.asked.problem.with(Option::is_none));
        let question = question.filter(|_| self.answer().is_some());
        question
            .map(|question| ("", Exported::Comparison(question)))
            .into_iter()
            .collect()
    }

    fn extent(self) -> Option<Extent> {
        let found = self.answer()?;
        Some(Extent {
            total: found.columns.iter().map(|column| column.total).sum(),
            of: Some(found.among),
            is_asked: false,
            goes_on: false,
            noun: match found.of {
                Compared::Users => say("groups"),
                Compared::Groups | Compared::Sets => say("users"),
            },
            micros: self.asked.micros.get(),
            from: self.asked.problem.with(Option::is_some).then(|| self.asked.at.get()),
        })
    }

    /// Filters all three columns.
    fn filter(self, text: String) {
        let mut route = self.session.route.get_untracked();
        if let Screen::Compare(view) = &mut route.screen {
            view.q = text;
            self.session.replace(route);
        }
    }
}

/// Whether the columns cannot be filtered so; the sides are as they are.
fn is_of_filter(problem: &Problem) -> bool {
    matches!(problem, Problem::Query(query) if query.parameter == "zenQL")
}

fn summary(found: &Comparison) -> impl IntoView + use<> {
    let [first, both, second] = found.columns.each_ref().map(|column| column.of);
    let names = names(found);
    let label = fill(
        "{0}: {1}. {2}: {3}. In both: {4}. Areas are in proportion.",
        &[
            &names[0],
            &grouped(found.sides[0].total.into()),
            &names[1],
            &grouped(found.sides[1].total.into()),
            &grouped(both.into()),
        ],
    );
    let facts = names
        .iter()
        .zip(&found.sides)
        .map(|(name, side)| facts(found.of, name, side));
    view! {
        {sets_picture([first, second], both, label)}
        <div>
            <p>{shared([first, second], both, found.of)}</p>
            <ul class="versus-facts">{facts.collect_view()}</ul>
        </div>
    }
}

fn facts(of: Compared, name: &str, side: &Side) -> impl IntoView + use<> {
    let inherited = side.total - side.direct.min(side.total);
    let managers = match (of, u64::from(side.managers)) {
        (_, 0) | (Compared::Sets, _) => None,
        (Compared::Users, count) => Some(fill("manager of {0}", &[&grouped(count)])),
        (Compared::Groups, count) => Some(counted("{0} manager|{0} managers", count)),
    };
    let kinds = (of != Compared::Sets).then(|| {
        view! {
            <span>{rel_mark("direct", "")} {fill("{0} direct", &[&grouped(side.direct.into())])}</span>
            <span>{rel_mark("inherited", "")} {fill("{0} inherited", &[&grouped(inherited.into())])}</span>
        }
    });
    view! {
        <li>
            <b>{[name, ", ", &number(side.total)].concat()}</b>
            {kinds}
            {managers.map(|text| view! { <span>{sized("#i-key", "12")} {text}</span> })}
        </li>
    }
}

/// What both sides are called.
fn names(found: &Comparison) -> [String; 2] {
    let called = |side: &Side, other: &str| {
        side.name
            .as_ref()
            .map_or_else(|| other.to_owned(), |name| name.name.clone())
    };
    [
        called(&found.sides[0], say("The first")),
        called(&found.sides[1], say("The second")),
    ]
}

/// The filter of all three columns and, on a phone, which of them is shown.
fn bar(comparing: Comparing) -> impl IntoView {
    let Comparing {
        session, view, asked, ..
    } = comparing;
    let caret = Slot::new(None::<Caret>);
    // The fields of groups are few; those of users complete as everywhere.
    let completion = session.ask(Topic::Completion, move || {
        let is_users = view.with(|view| view.of != Compared::Users);
        let Caret { text, caret } = caret.get().filter(|_| is_users)?;
        Some(CompletionQuestion { text, caret })
    });
    let completed = move || {
        let text = completion.question.get()?.text;
        let completion = completion.answer.get()?;
        Some(Completed { text, completion })
    };
    let problem = move || match asked.problem.get() {
        Some(Problem::Query(query)) if query.parameter == "zenQL" => Some(query),
        _ => None,
    };
    let placeholder = match view.with_untracked(|view| view.of) {
        Compared::Users => "name ~ \"shift\"",
        Compared::Groups | Compared::Sets => "status = suspended",
    };
    let segments = move || {
        let found = comparing.answer().unwrap_or_default();
        let texts = [say("Only the first"), say("Both"), say("Only the second")];
        let choices = texts.into_iter().zip(COLUMNS).zip(&found.columns);
        choices
            .map(|((text, value), column)| Segment {
                value,
                text,
                count: Some(column.total),
                ..Segment::default()
            })
            .collect::<Vec<_>>()
    };
    view! {
        <div class="thirds-bar">
            <QueryBar
                id="compare-filter"
                label=say("Filter all three columns")
                placeholder
                text=Kept::new(move || view.with(|view| view.q.clone()))
                problem=Kept::new(problem)
                completed=Kept::new(completed)
                on_input=move |text| comparing.filter(text)
                on_apply=|()| ()
                on_complete=move |at| caret.set(Some(at))
            />
            <div class="thirds-tabs">
                <Segmented
                    label=say("Column")
                    segments=Kept::new(segments)
                    chosen=Kept::from(comparing.shown)
                    on_choose=move |column| comparing.shown.set(column)
                />
            </div>
        </div>
    }
}

fn titles(found: &Comparison) -> [String; 3] {
    let [first, second] = match found.of {
        Compared::Sets => [say("the first"), say("the second")].map(str::to_owned),
        Compared::Users | Compared::Groups => names(found),
    };
    [
        fill("Only {0}", &[&first]),
        say("Both").to_owned(),
        fill("Only {0}", &[&second]),
    ]
}

fn columns(comparing: Comparing, found: Kept<Option<Comparison>>) -> Option<AnyView> {
    let found = found.get()?;
    let shown = comparing.shown.get();
    let more = Callback::new(move |()| comparing.limit.update(|limit| *limit += ROWS * 3));
    let short = found.sides.each_ref().map(|side| match &side.name {
        Some(name) if !name.detail.is_empty() => name.detail.as_str(),
        Some(name) => name.name.as_str(),
        None => "",
    });
    let url = |id: &str| {
        let screen = match found.of {
            Compared::Users => Screen::Groups(GroupsView {
                group: Some(id.to_owned()),
                ..GroupsView::default()
            }),
            Compared::Groups | Compared::Sets => Screen::User {
                id: id.to_owned(),
                groups: Vec::new(),
            },
        };
        untrack(|| comparing.session.url(screen))
    };
    let [first, both, second] = titles(&found);
    let column = |place: usize, id, title: &str, on| {
        let look = Third {
            id,
            title,
            of: found.of,
            on,
            names: short,
            is_on: shown == COLUMNS[place],
        };
        third(look, &found.columns[place], &url, more)
    };
    Some(
        (
            column(0, "third-a", &first, [true, false]),
            column(1, "third-both", &both, [true, true]),
            column(2, "third-b", &second, [false, true]),
        )
            .into_any(),
    )
}

/// What one stop of the Tab key leads to in each column.
const STOP: &str = ".cell-link[tabindex='0']";

/// Arrows walk through the rows of a column, and from column to column.
fn pressed(event: &KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(column) = target.and_then(|target| target.closest(".third").ok().flatten()) else {
        return;
    };
    let forwards = match event.key().as_str() {
        "ArrowRight" => Some(!is_reversed(&column)),
        "ArrowLeft" => Some(is_reversed(&column)),
        _ => None,
    };
    let Some(forwards) = forwards else {
        if let Some(next) = walk(event, &column, ".cell-link") {
            if let Ok(Some(before)) = column.query_selector(STOP) {
                let _ = before.set_attribute("tabindex", "-1");
            }
            let _ = next.set_attribute("tabindex", "0");
        }
        return;
    };
    event.prevent_default();
    let beside = |column: &Element| {
        if forwards {
            column.next_element_sibling()
        } else {
            column.previous_element_sibling()
        }
    };
    // A column without rows is passed by.
    let columns = std::iter::successors(beside(&column), beside);
    let stop = columns
        .filter_map(|column| column.query_selector(STOP).ok().flatten())
        .find_map(|stop| stop.dyn_into::<HtmlElement>().ok());
    if let Some(stop) = stop {
        let _ = stop.focus();
    }
}
