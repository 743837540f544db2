//! The app: the frame around every screen, the table of routes, and what listens to the whole page.

use std::mem::{Discriminant, discriminant};
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use leptos::wasm_bindgen::JsCast;
use protocol::{Entity, Opened, Source};
use web_sys::{HtmlAnchorElement, MouseEvent};

use crate::chunk;
use crate::chunk::{Chunk, part, screen};
use crate::components::dialog::dialog;
use crate::components::focus::focus_main;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::menu::settle_popovers;
use crate::components::nav::{Look, Place, Recent, Sidebar, SourceLabel, Tabbar, Topbar};
use crate::components::notice::{Notice, Toast};
use crate::components::shortcuts::{TITLE as SHORTCUTS, shortcuts as list};
use crate::components::slot::Slot;
use crate::export::export;
use crate::keys::{Deed, Keys};
use crate::notice::{self, system};
use crate::pages::check::Check;
use crate::pages::compare::Compare;
use crate::pages::connections::Connections;
use crate::pages::findings::Findings;
use crate::pages::gallery::Gallery;
use crate::pages::groups::Groups;
use crate::pages::hierarchy::Hierarchy;
use crate::pages::live::{bar, needs_whole};
use crate::pages::managers::Managers;
use crate::pages::matrix::Matrix;
use crate::pages::nowhere::{NoDirectory, NoGroups, Nowhere};
use crate::pages::overview::Overview;
use crate::pages::user::User;
use crate::pages::users::Users;
use crate::pages::what_if::WhatIf;
use crate::palette::palette;
use crate::route::{
    CompareView, Connection, FindingsView, GroupsView, HierarchyView, Route, Screen, UsersView, WhatIfView,
};
use crate::session::{Session, opened_users, source_name};
use crate::shortcuts;
use crate::storage::Preference;
use crate::words::{self, fill, key, say};

/// How long after reading the first answers are drawn, generously.
const CALM: Duration = Duration::from_secs(1);

/// The screens that a phone has at hand, by their drawings; the others are behind the source switch, or a link away.
const TABS: [&str; 5] = ["#i-overview", "#i-groups", "#i-user", "#i-check", "#i-findings"];

/// The console.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::start();
    provide_context(session);
    keep_looks(session);
    listen(session);
    let help = Slot::new(false);
    let jump = Slot::new(false);
    shortcuts::listen(session, help, jump);
    fetch_ahead(session, finder(jump, help));
    let drawn_anew = keep_language(session);
    let is_time = Slot::new(false);
    // A task of its own again; the worker starts meanwhile.
    set_timeout(move || is_time.set(true), Duration::ZERO);
    live_if(
        move || is_time.get(),
        move || {
            if let Some(shell) = document().get_element_by_id("shell") {
                shell.remove();
            }
            live(move || {
                drawn_anew.with(|()| ());
                frame(session, help, jump)
            })
        },
    )
}

/// All that is seen, in the language that is spoken when it is drawn.
fn frame(session: Session, help: Slot<bool>, jump: Slot<bool>) -> impl IntoView {
    keep_title(session);
    let places = Kept::new(move || places(session));
    let source = Kept::new(move || source(session));
    let recent = Kept::new(move || recent(session));
    let read_at = Kept::new(move || {
        session.opened.with(|opened| {
            Some(match opened.as_ref()?.asks {
                Some(_) => fill("Asked since {0}", &[&session.read_at.get()]),
                None => fill("Read {0}", &[&session.read_at.get()]),
            })
        })
    });
    let (letters, keys) = (session.letters, session.keys);
    view! {
        <a class="skip-link" href="#main">{say("Skip to content")}</a>
        <div class="app">
            <Sidebar
                places
                source
                recent
                read_at
                on_read_again=move |()| session.read_again()
                on_jump=move |()| jump.set(true)
                jump_key=session.key(Deed::Palette)
                on_shortcuts=move |()| help.set(true)
                looks=session.looks
            />
            <Topbar source on_jump=move |()| jump.set(true) looks=session.looks />
            <main class="main" id="main" tabindex="-1">
                <Told session />
                {live_if(move || session.asks().is_some(), move || part(chunk!(seldom, bar(session: Session))))}
                <Page session />
            </main>
            <Tabbar places />
        </div>
        <Toast text=session.toast />
        {dialog("palette", say("Search or run a command"), jump, move || part(finder(jump, help)))}
        {dialog("dialog export", say("Export"), session.exporting, move || part(exporter(session)))}
        {dialog("dialog shortcuts", say(SHORTCUTS), help, move || part(chunk!(seldom, list(letters: Slot<bool>, keys: Slot<Keys>, help: Slot<bool>))))}
    }
}

/// What the person has to be told, above whatever screen it is.
#[component]
fn Told(session: Session) -> impl IntoView {
    move || {
        let notice = session.notice.get()?;
        Some(view! {
            <Notice title=notice.title text=notice.text tone=notice.tone>
                <button type="button" class="button" on:click=move |_| session.notice.set(None)>
                    {say("Close")}
                </button>
            </Notice>
        })
    }
}

/// What the main pane shows, as far as it takes another page.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    /// The page of a kind of screen.
    Screen(Discriminant<Screen>),
    /// Nothing is open, and nothing is being read.
    NoDirectory,
    /// The groups of a directory that has none.
    NoGroups,
    /// What takes the whole directory, while a vendor is asked instead.
    NeedsWhole,
}

fn shown(session: Session) -> Shown {
    let groups = session
        .opened
        .with(|opened| opened.as_ref().map(|opened| opened.groups));
    let is_reading = session.reading.with(Option::is_some);
    let is_asked = session.asks().is_some();
    session.route.with(|route| match (&route.screen, groups) {
        (Screen::Connections(_) | Screen::Gallery | Screen::Nowhere(_), _) => {
            Shown::Screen(discriminant(&route.screen))
        }
        (_, None) if !is_reading => Shown::NoDirectory,
        (Screen::Groups(_), Some(0)) => Shown::NoGroups,
        (Screen::Groups(_) | Screen::Users(_) | Screen::User { .. } | Screen::Check { .. }, _) => {
            Shown::Screen(discriminant(&route.screen))
        }
        _ if is_asked => Shown::NeedsWhole,
        _ => Shown::Screen(discriminant(&route.screen)),
    })
}

/// The table of routes. A page stays as long as its kind of screen does, and reads the rest from the route.
#[component]
fn Page(session: Session) -> impl IntoView {
    let shown = Memo::new(move |_| shown(session));
    // Another screen begins at its start, for the keyboard and for readers too.
    Effect::watch(move || shown.get(), move |_, _, _| focus_main(), false);
    move || match shown.get() {
        Shown::NoDirectory => screen(no_directory()),
        Shown::NoGroups => screen(chunk!(seldom, NoGroups())),
        Shown::NeedsWhole => screen(chunk!(seldom, needs_whole(session: Session))),
        Shown::Screen(_) => match session.route.with_untracked(|route| route.screen.clone()) {
            Screen::Overview => screen(overview()),
            Screen::Groups(_) => Groups().into_any(),
            Screen::Users(_) => screen(users()),
            Screen::User { .. } => screen(user()),
            Screen::Check { .. } => screen(chunk!(detail, Check())),
            Screen::Matrix(_) => screen(matrix()),
            Screen::Compare(_) => screen(compare()),
            Screen::Hierarchy(_) => screen(hierarchy()),
            Screen::WhatIf(_) => screen(what_if()),
            Screen::Findings(_) => screen(findings()),
            Screen::Managers(_) => screen(managers()),
            Screen::Connections(_) => screen(connections()),
            Screen::Gallery => screen(chunk!(gallery, Gallery())),
            Screen::Nowhere(_) => screen(chunk!(seldom, Nowhere())),
        },
    }
}

fn users() -> Chunk {
    chunk!(users, Users())
}

fn user() -> Chunk {
    chunk!(detail, User())
}

fn overview() -> Chunk {
    chunk!(findings, Overview())
}

fn findings() -> Chunk {
    chunk!(findings, Findings())
}

fn compare() -> Chunk {
    chunk!(compare, Compare())
}

fn hierarchy() -> Chunk {
    chunk!(hierarchy, Hierarchy())
}

fn what_if() -> Chunk {
    chunk!(what_if, WhatIf())
}

fn finder(jump: Slot<bool>, help: Slot<bool>) -> Chunk {
    chunk!(palette, palette(jump: Slot<bool>, help: Slot<bool>))
}

fn exporter(session: Session) -> Chunk {
    chunk!(export, export(session: Session))
}

fn matrix() -> Chunk {
    chunk!(matrix, Matrix())
}

fn managers() -> Chunk {
    chunk!(managers, Managers())
}

fn no_directory() -> Chunk {
    chunk!(seldom, NoDirectory())
}

fn connections() -> Chunk {
    chunk!(connections, Connections())
}

/// Fetches every chunk once the first screen has what it needs, so that no click waits for one.
fn fetch_ahead(session: Session, finder: Chunk) {
    Effect::new(move |is_done: Option<bool>| {
        let is_done = is_done.unwrap_or_default();
        let is_calm = session.reading.with(Option::is_none);
        if is_calm && !is_done {
            let finder = finder.clone();
            set_timeout(move || spawn_local(fetch_all(session, finder)), CALM);
        }
        is_done || is_calm
    });
}

/// One after the other: all at once would be a long task, and leave no room on the line for what is clicked.
async fn fetch_all(session: Session, finder: Chunk) {
    for chunk in [
        finder,
        overview(),
        users(),
        user(),
        compare(),
        hierarchy(),
        what_if(),
        managers(),
        matrix(),
        findings(),
        connections(),
        exporter(session),
        no_directory(),
    ] {
        chunk.fetch().await;
    }
}

fn places(session: Session) -> Vec<Place> {
    let (users, groups, critical) = session.opened.with(|opened| {
        let opened = opened.as_ref();
        let critical = opened.map_or(0, |opened| opened.critical);
        (
            opened.and_then(Opened::total_users),
            opened.map(|opened| opened.groups),
            critical,
        )
    });
    session.route.with(|route| {
        let place = |href, text, screen: Screen, is_current, count| Place {
            href,
            text: say(text),
            url: route.with(screen).url(),
            is_current,
            count,
            alert: if href == "#i-findings" { critical } else { 0 },
            is_tab: TABS.contains(&href),
        };
        let screen = &route.screen;
        let check = Screen::Check {
            user: String::new(),
            groups: Vec::new(),
        };
        let is_users = matches!(screen, Screen::Users(_) | Screen::User { .. });
        let is_check = matches!(screen, Screen::Check { .. } | Screen::Matrix(_));
        let is_connections = matches!(screen, Screen::Connections(_));
        let connections = Screen::Connections(Connection::List);
        let findings = Screen::Findings(FindingsView::default());
        let is_findings = matches!(screen, Screen::Findings(_));
        vec![
            place(
                "#i-overview",
                key("Overview"),
                Screen::Overview,
                *screen == Screen::Overview,
                None,
            ),
            place(
                "#i-groups",
                key("Groups"),
                Screen::Groups(GroupsView::default()),
                matches!(screen, Screen::Groups(_) | Screen::Managers(_)),
                groups,
            ),
            place(
                "#i-user",
                key("Users"),
                Screen::Users(UsersView::default()),
                is_users,
                users,
            ),
            place("#i-check", key("Check"), check, is_check, None),
            place(
                "#i-compare",
                key("Compare"),
                Screen::Compare(CompareView::default()),
                matches!(screen, Screen::Compare(_)),
                None,
            ),
            place(
                "#i-hierarchy",
                key("Hierarchy"),
                Screen::Hierarchy(HierarchyView::default()),
                matches!(screen, Screen::Hierarchy(_)),
                None,
            ),
            place(
                "#i-what-if",
                key("What-if"),
                Screen::WhatIf(WhatIfView::default()),
                matches!(screen, Screen::WhatIf(_)),
                None,
            ),
            place("#i-findings", key("Findings"), findings, is_findings, None),
            place("#i-plug", key("Connections"), connections, is_connections, None),
        ]
    })
}

fn source(session: Session) -> SourceLabel {
    let (name, detail) = session.opened.with(|opened| match opened {
        Some(opened) => {
            let mut detail = vec![opened_users(opened)];
            detail.extend(match (opened.is_partial, opened.asks) {
                (_, Some(_)) => Some(say("asked live").to_owned()),
                (true, None) => Some(say("partial").to_owned()),
                (false, None) => None,
            });
            detail.extend(opened.is_kept.then(|| say("kept").to_owned()));
            (source_name(&opened.source), detail.join(", "))
        }
        None if session.reading.with(Option::is_some) => (session.directory_name(), say("Reading").to_owned()),
        None => (say("No directory").to_owned(), say("Nothing is open").to_owned()),
    });
    let href = session
        .opened
        .with(|opened| match opened.as_ref().map(|opened| &opened.source) {
            Some(Source::File { .. }) => "#i-file",
            Some(Source::Vendor(vendor) | Source::Live(vendor)) => {
                system(&vendor.system).map_or("#i-plug", |system| system.href)
            }
            Some(Source::Sample { .. }) | None => "#i-src-sample",
        });
    let connections = session.url(Screen::Connections(Connection::List));
    SourceLabel {
        href,
        name,
        detail,
        url: connections.clone(),
        connections,
    }
}

fn recent(session: Session) -> Vec<Recent> {
    let recent = session.recent.get().into_iter();
    let with_url = recent.map(|(entity, name)| {
        let is_user = entity == Entity::User;
        let screen = if is_user {
            Screen::User {
                id: name.id,
                groups: Vec::new(),
            }
        } else {
            Screen::Groups(GroupsView {
                group: Some(name.id),
                ..GroupsView::default()
            })
        };
        Recent {
            name: name.name,
            url: session.url(screen),
            is_user,
        }
    });
    with_url.collect()
}

/// Lets everything look as it was chosen, and keeps that.
fn keep_looks(session: Session) {
    for look in Look::ALL {
        Effect::new(move |_| {
            let value = Some(session.looks.of(look).get()).filter(|value| !value.is_empty());
            let root = document().document_element();
            let _ = root.map(|root| match value {
                Some(value) => root.set_attribute(look.attribute(), value),
                None => root.remove_attribute(look.attribute()),
            });
            Preference::Look(look).write(value);
        });
    }
}

/// Speaks the language that was chosen, or else the one that the browser asks for; tells when that has become another one.
fn keep_language(session: Session) -> Slot<()> {
    let drawn_anew = Slot::new(());
    Effect::watch(
        move || session.looks.of(Look::Language).get(),
        move |chosen, _, _| {
            let tag = if chosen.is_empty() {
                words::asked_for()
            } else {
                (*chosen).to_owned()
            };
            spawn_local(async move {
                match words::speak(&tag).await {
                    Ok(()) => {
                        drawn_anew.set(());
                        tick().await;
                        // What was chosen by is gone.
                        focus_main();
                    }
                    Err(_) => session.say(notice::chunk_missing().title),
                }
            });
        },
        false,
    );
    drawn_anew
}

/// Names the screen, and what is on it, in the browser's tab and history.
fn keep_title(session: Session) {
    Effect::new(move || {
        let named = |id: &str| {
            session.recent.with(|recent| {
                let name = recent.iter().find(|(_, name)| name.id == id);
                name.map_or_else(|| id.to_owned(), |(_, name)| name.name.clone())
            })
        };
        let screen = session.route.with(|route| match &route.screen {
            Screen::Groups(GroupsView { group: Some(group), .. }) => named(group),
            Screen::Overview => say("Overview").to_owned(),
            Screen::Groups(_) => say("Groups").to_owned(),
            Screen::Users(_) => say("Users").to_owned(),
            Screen::User { id, .. } => named(id),
            Screen::Check { .. } | Screen::Matrix(_) => say("Check").to_owned(),
            Screen::Compare(_) => say("Compare").to_owned(),
            Screen::Hierarchy(_) => say("Hierarchy").to_owned(),
            Screen::WhatIf(_) => say("What-if").to_owned(),
            Screen::Findings(_) => say("Findings").to_owned(),
            Screen::Managers(_) => say("Managers").to_owned(),
            Screen::Connections(_) => say("Connections").to_owned(),
            Screen::Gallery => say("Gallery").to_owned(),
            Screen::Nowhere(_) => say("Nothing is here").to_owned(),
        });
        document().set_title(&(screen + " · Rollcall"));
    });
}

/// Follows links within the console without loading the page again, and the browser's Back and Forward; takes a file
/// that is dropped on any screen, where the browser would otherwise leave the console for it. As long as the page is there.
fn listen(session: Session) {
    window_event_listener(ev::dragover, move |event| {
        if !has_zone(session) {
            event.prevent_default();
        }
    });
    window_event_listener(ev::drop, move |event| {
        if has_zone(session) {
            return;
        }
        event.prevent_default();
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            session.open_file(file);
            session.go(session
                .route
                .with_untracked(|route| route.with(Screen::Connections(Connection::File))));
        }
    });
    window_event_listener(ev::resize, |_| settle_popovers());
    window_event_listener(ev::popstate, move |_| session.returned());
    window_event_listener(ev::click, move |event| {
        if let Some(route) = followed(&event) {
            event.prevent_default();
            session.go(route);
        }
    });
}

/// Whether the screen has a zone of its own for files.
fn has_zone(session: Session) -> bool {
    session
        .route
        .with_untracked(|route| route.screen == Screen::Connections(Connection::File))
}

/// Where a click leads, if it is a plain one on a link within the console.
fn followed(event: &MouseEvent) -> Option<Route> {
    let is_plain = event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
        && !event.default_prevented();
    if !is_plain {
        return None;
    }
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = element.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    let is_ours = link.origin() == window().location().origin().ok()?
        && link.target().is_empty()
        && !link.has_attribute("download")
        && !link.get_attribute("href")?.starts_with('#');
    is_ours.then(|| Route::read(&link.pathname(), &link.search()))
}
