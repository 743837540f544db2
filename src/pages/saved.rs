//! The menu of saved views: go to one, save what is on screen, forget it, or take them all along.

use leptos::prelude::*;
use protocol::{CountsQuestion, Topic, UsersQuestion};

use super::link::copy_link;
use crate::components::button::Button;
use crate::components::dialog::dialog;
use crate::components::field::TextField;
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::menu::{Menu, MenuButton, MenuItem, MenuLink};
use crate::components::slot::Slot;
use crate::download::Pieces;
use crate::keys::Deed;
use crate::route::{Screen, Tab};
use crate::session::Session;
use crate::views::{SavedView, forget, json, save, saved};
use crate::words::{fill, key, say};

/// What the menu and the dialog are called.
const VIEWS: &str = key("Saved views");
const SAVE: &str = key("Save this view");

/// The menu's button; `menu` is an id that no other menu has.
pub fn views(session: Session, menu: &'static str) -> impl IntoView {
    let views = Slot::new(saved());
    let naming = Slot::new(false);
    let current = Kept::new(move || {
        let screen = session.route.with(|route| route.screen.clone());
        views.with(|views| views.iter().find(|view| view.screen == screen).cloned())
    });
    let title = move || current.with(|view| view.as_ref().map_or(say("Views").to_owned(), |view| view.name.clone()));
    // Asked once the menu was opened: whoever never opens it needs none.
    let is_opened = Slot::new(false);
    let asked = session.ask(Topic::Counts, move || {
        let of: Vec<_> = views.with(|views| views.iter().filter_map(|view| counted(&view.screen)).collect());
        let is_wanted = is_opened.get() && session.asks().is_none() && !of.is_empty();
        is_wanted.then_some(CountsQuestion { of })
    });
    let count_of = move |screen: &Screen| {
        let question = counted(screen)?;
        let place = asked
            .question
            .with(|asked| asked.as_ref()?.of.iter().position(|of| *of == question))?;
        asked
            .answer
            .with(|counts| counts.as_ref()?.get(place).copied().flatten())
    };
    let link = move |view: SavedView| {
        let is_current = current.with(|current| current.as_ref() == Some(&view));
        let href = if is_current { "#i-tick" } else { "#i-bookmark" };
        let SavedView { name, screen } = view;
        let of = screen.clone();
        let count = Kept::new(move || count_of(&of));
        let url = Kept::new(move || session.url(screen.clone()));
        view! { <MenuLink menu href text=name url count /> }
    };
    let links = move || views.get().into_iter().map(link).collect_view();
    let copy = move |()| copy_link(session);
    let take = move |()| {
        let pieces = Pieces::default();
        pieces.push(views.with_untracked(|views| json(views)).as_bytes());
        if pieces.save("views.json", "application/json") {
            session.say(say("Exported the saved views to views.json.").to_owned());
        }
    };
    let export = move || view! { <MenuItem menu href="#i-download" text=say("Export all as JSON") on_choose=take /> };
    let delete = move || {
        let name = current.with(|view| view.as_ref().map(|view| view.name.clone()))?;
        let text = fill("Delete {0}", &[&name]);
        Some(view! { <MenuItem menu href="#i-x" text on_choose=move |()| views.set(forget(&name)) /> })
    };
    view! {
        <MenuButton opened=is_opened menu key=session.key(Deed::Views)>{icon("#i-bookmark")} <span class="truncate">{live(title)}</span></MenuButton>
        <Menu id=menu label=say(VIEWS)>
            {live(links)}
            {live_if(move || !views.with(Vec::is_empty), || view! { <div class="menu-sep" role="separator"></div> })}
            <MenuItem menu href="#i-plus" text=say("Save this view as…") on_choose=move |()| naming.set(true) />
            <MenuItem menu href="#i-link" text=say("Copy link to this view") on_choose=copy />
            {live_if(move || !views.with(Vec::is_empty), export)}
            {live(delete)}
        </Menu>
        {dialog("dialog", say(SAVE), naming, move || name_it(session, views, naming).into_any())}
    }
}

/// What counts the users that a view shows; none of those that show something else.
fn counted(screen: &Screen) -> Option<UsersQuestion> {
    let (view, of_group) = match screen {
        Screen::Users(view) => (view, UsersQuestion::default()),
        Screen::Groups(view) if view.tab == Tab::Members => {
            let of_group = UsersQuestion {
                group: Some(view.group.clone()?),
                include_inherited: view.include_inherited,
                excluded_groups: view.excluded_groups.clone(),
                ..UsersQuestion::default()
            };
            (&view.users, of_group)
        }
        _ => return None,
    };
    Some(UsersQuestion {
        zenql: view.zenql.clone(),
        q: view.q.clone(),
        ..of_group
    })
}

/// What asks for a name.
fn name_it(session: Session, views: Slot<Vec<SavedView>>, shown: Slot<bool>) -> impl IntoView {
    let name = Slot::new(String::new());
    let is_nameless = Kept::new(move || name.with(|name| name.trim().is_empty()));
    let replaces = Kept::new(move || {
        let replaced = views.with(|views| views.iter().any(|view| name.with(|name| view.name == name.trim())));
        if replaced {
            say("This takes the place of the view that has the name.")
        } else {
            say("Kept in this browser, for whichever directory is open.")
        }
        .to_owned()
    });
    let done = move || {
        if !is_nameless.get_untracked() {
            let screen = session.route.with_untracked(|route| route.screen.clone());
            let kept = save(&name.get_untracked(), screen.clone());
            let is_kept = kept.iter().any(|view| view.screen == screen);
            views.set(kept);
            shown.set(false);
            session.say(if is_kept {
                name.with_untracked(|name| fill("Saved {0}.", &[name.trim()]))
            } else {
                say("This browser keeps nothing, so the view was not saved.").to_owned()
            });
        }
    };
    view! {
        <header>
            <h2>{say(SAVE)}</h2>
        </header>
        <form
            class="dialog-form"
            on:submit=move |event| {
                event.prevent_default();
                done();
            }
        >
            <TextField id="view-name" label=say("Name") text=name hint=replaces />
            <span class="row actions">
                <Button text=say("Cancel") on_press=move |()| shown.set(false) />
                <Button text=say("Save") kind="primary" disabled=is_nameless on_press=move |()| done() />
            </span>
        </form>
    }
}
