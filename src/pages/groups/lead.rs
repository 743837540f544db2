//! The pane that leads: the tree of groups, searched and filtered.

use leptos::prelude::*;
use protocol::{Exported, GroupFilter, GroupsExport, Topic, TreeChange, TreePage, TreePlace, TreeQuestion};

use super::set;
use crate::components::badge::{count, partial_badge};
use crate::components::button::{Button, IconButton};
use crate::components::chip::FilterChip;
use crate::components::field::SearchField;
use crate::components::kept::Kept;
use crate::components::live::{follow, live, live_if};
use crate::components::notice::Empty;
use crate::components::slot::Slot;
use crate::components::tree::{BLOCK, Counted, Tree, forget_search, of_now};
use crate::export::offer;
use crate::keys::Deed;
use crate::pages::live::trouble;
use crate::route::GroupsView;
use crate::session::Session;
use crate::words::{fill, say};

/// What was opened, closed or revealed last. Another search forgets it, so that the list begins at its top.
type Change = Slot<Option<TreeChange>>;

/// The tree, with what it is searched by.
#[component]
pub fn Lead(
    /// The session.
    session: Session,
    /// What the address says.
    view: Kept<GroupsView>,
    /// The group on screen.
    chosen: Kept<Option<String>>,
    /// Takes the first group of the tree, for when none is chosen; empty where nothing is found.
    first: Slot<Option<String>>,
) -> impl IntoView {
    let change = Slot::new(view.with_untracked(|view| view.group.clone()).map(TreeChange::Reveal));
    let window = Slot::new((0, BLOCK));
    let asked = session.ask(Topic::Tree, move || {
        Some(question(&view.get(), change.get(), window.get()))
    });
    let page = Kept::new(move || {
        let is_of_now = asked.question.get().map(|question| question.change) == Some(change.get());
        asked.answer.get().map(|page| of_now(page, is_of_now))
    });
    remember_first(page, view, first);
    // A group that was chosen elsewhere, by a link or by Back, is brought into sight.
    let group = Kept::new(move || view.with(|view| view.group.clone()));
    Effect::watch(
        move || group.get(),
        move |group, _, _| {
            if let Some(group) = group {
                change.set(Some(TreeChange::Reveal(group.clone())));
            }
        },
        false,
    );
    // What a server does not answer needs a word, and a way on.
    let problem = Kept::from(asked.problem);
    let is_asked = Kept::new(move || session.asks().is_some());
    let counted = Kept::new(move || match session.asks() {
        None => Counted::All,
        Some(asks) if asks.counts => Counted::Direct,
        Some(_) => Counted::Nothing,
    });
    let is_empty = Kept::new(move || page.with(|page| page.as_ref().is_some_and(|page| page.total == 0)));
    let choose = move |id: String| set(session, false, |view| *view = chosen_in(view, id));
    let sort = move |order| {
        change.set(None);
        set(session, false, |view| view.by = order);
    };
    let tree = move || {
        view! {
            <Tree
                page
                chosen
                subject=Kept::new(move || view.with(|view| [view.find.as_str(), &view.only].join("\n")))
                order=Kept::new(move || view.with(|view| view.by))
                counted=counted
                on_order=sort
                want=move |rows| window.set(rows)
                on_change=move |to| change.set(Some(to))
                on_reveal=move |()| forget_search(change)
                on_choose=choose
            />
        }
    };
    view! {
        <section class="pane" aria-label=say("Groups")>
            <Head session view change />
            <div class="toolbar" data-tight="" data-inset="sm">
                <Find session view change />
            </div>
            {live_if(
                move || !is_asked.get(),
                move || view! {
                    <div class="toolbar" data-tight="" data-inset="sm">
                        <Filters session view page change />
                    </div>
                },
            )}
            {live_if(move || problem.with(Option::is_some), move || trouble(session, problem))}
            {live_if(move || !is_empty.get(), tree)}
            {live_if(move || is_empty.get(), move || nothing(session, view, change))}
        </section>
    }
}

/// Another group, under the same search; what was asked of the members of the last one is not asked of this one.
fn chosen_in(view: &GroupsView, id: String) -> GroupsView {
    GroupsView {
        group: Some(id),
        tab: view.tab,
        find: view.find.clone(),
        only: view.only.clone(),
        by: view.by,
        include_inherited: view.include_inherited,
        ..GroupsView::default()
    }
}

/// The kind of groups that are listed alone.
pub(in crate::pages) fn only(view: &GroupsView) -> Option<GroupFilter> {
    match view.only.as_str() {
        "cycle" => Some(GroupFilter::Cycle),
        "no-manager" => Some(GroupFilter::NoManager),
        "empty" => Some(GroupFilter::Empty),
        _ => None,
    }
}

fn question(view: &GroupsView, change: Option<TreeChange>, (offset, limit): (u32, u32)) -> TreeQuestion {
    TreeQuestion {
        change,
        find: view.find.clone(),
        only: only(view),
        order: view.by,
        offset,
        limit,
    }
}

fn remember_first(page: Kept<Option<TreePage>>, view: Kept<GroupsView>, first: Slot<Option<String>>) {
    follow(move || {
        // A search in the address has a first group, too; one that is typed leaves the pane as it is.
        let leads = first.with_untracked(|first| first.as_ref().is_none_or(String::is_empty))
            || view.with(|view| view.find.is_empty() && view.only.is_empty());
        page.with(|page| {
            if let Some(page) = page.as_ref().filter(|page| leads && page.offset == 0) {
                let row = page.rows.iter().find(|row| row.place == TreePlace::Here);
                first.set(Some(row.map(|row| row.id.clone()).unwrap_or_default()));
            }
        });
    });
}

#[component]
fn Head(session: Session, view: Kept<GroupsView>, change: Change) -> impl IntoView {
    let total = move || {
        session
            .opened
            .with(|opened| opened.as_ref().map(|opened| count(opened.groups)))
    };
    let export = move |()| {
        let listed = view.with_untracked(|view| GroupsExport {
            find: view.find.clone(),
            only: only(view),
            order: view.by,
            below: None,
        });
        offer(session, vec![("", Exported::Groups(listed))]);
    };
    view! {
        <div class="pane-head">
            <h1>{say("Groups")}</h1>
            {live(total)}
            {live_if(move || session.is_partial(), partial_badge)}
            <span class="push row" data-tight="">
                <IconButton href="#i-download" label=say("Export groups") key=session.key(Deed::ExportGroups) on_press=export />
                <IconButton
                    href="#i-collapse"
                    label=say("Collapse all")
                    on_press=move |()| change.set(Some(TreeChange::CloseAll))
                />
            </span>
        </div>
    }
}

#[component]
fn Find(session: Session, view: Kept<GroupsView>, change: Change) -> impl IntoView {
    view! {
        <SearchField
            label=say("Find a group")
            key=session.key(Deed::Find)
            value=Kept::new(move || view.with(|view| view.find.clone()))
            on_input=move |text| {
                change.set(None);
                set(session, true, |view| view.find = text);
            }
        />
    }
}

#[component]
fn Filters(session: Session, view: Kept<GroupsView>, page: Kept<Option<TreePage>>, change: Change) -> impl IntoView {
    let chip = move |place: usize, key: &'static str, href, text, tone| {
        let pressed = Kept::new(move || view.with(|view| view.only == key));
        let count = move || page.with(|page| page.as_ref().and_then(|page| page.filters?.get(place).copied()));
        let press = move |()| {
            let next = if pressed.get_untracked() { "" } else { key };
            change.set(None);
            set(session, false, |view| view.only = next.to_owned());
        };
        view! { <FilterChip text href tone count=Kept::new(count) pressed on_press=press /> }
    };
    view! {
        <div class="chips" role="group" aria-label=say("Show only")>
            {chip(0, "cycle", "#i-loop", say("Cycle"), "warn")}
            {chip(1, "no-manager", "#i-key-off", say("No manager"), "warn")}
            {chip(2, "empty", "#i-empty", say("Empty"), "")}
        </div>
    }
}

fn nothing(session: Session, view: Kept<GroupsView>, change: Change) -> impl IntoView {
    let is_filtered = move || view.with(|view| !view.find.is_empty() || !view.only.is_empty());
    let text = move || {
        view.with(|view| match view.find.as_str() {
            "" if view.only.is_empty() => say("This directory has no groups.").to_owned(),
            "" => say("No group is of this kind.").to_owned(),
            find => fill("No group has \"{0}\" in its name.", &[find]),
        })
    };
    let clear = move |()| {
        change.set(None);
        set(session, false, |view| {
            view.find = String::new();
            view.only = String::new();
        });
    };
    view! {
        <Empty title=say("Nothing found.") text=Kept::new(text) size="sm">
            {live_if(is_filtered, move || view! { <Button text=say("Show all groups") href="#i-x" on_press=clear /> })}
        </Empty>
    }
}
