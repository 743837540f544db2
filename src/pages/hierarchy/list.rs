//! A hierarchy as rows of a tree: the equal of its picture.

use leptos::prelude::*;
use protocol::{HierarchyList, HierarchyListQuestion, Topic, TreeChange, TreeOrder, TreeQuestion};

use super::set;
use crate::components::button::IconButton;
use crate::components::columns::chooser;
use crate::components::field::SearchField;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::Empty;
use crate::components::pane::{Extent, ExtentLine};
use crate::components::slot::Slot;
use crate::components::tree::wide::{Column, Told, wide};
use crate::components::tree::{BLOCK, Tree, forget_search, of_now};
use crate::keys::Deed;
use crate::notice;
use crate::pages::columns::arranging;
use crate::route::HierarchyView;
use crate::session::Session;
use crate::storage::Preference;
use crate::words::{counted, counted_with, fill, say};

/// How many levels are open where the address does not say.
const LEVELS: u32 = 2;

/// The question of the list, without its window.
pub fn question(view: &HierarchyView) -> HierarchyListQuestion {
    let named = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    HierarchyListQuestion {
        group: named(&view.from),
        user: named(&view.user),
        levels: match view.levels {
            0 => LEVELS,
            HierarchyView::ALL => 0,
            levels => levels,
        },
        tree: TreeQuestion {
            find: view.find.clone(),
            limit: BLOCK,
            ..TreeQuestion::default()
        },
    }
}

/// The list.
pub fn list(session: Session, view: Kept<HierarchyView>) -> impl IntoView {
    let order = Slot::new(TreeOrder::Total);
    let change = Slot::new(None::<TreeChange>);
    let window = Slot::new((0, BLOCK));
    let asked = session.ask(Topic::HierarchyList, move || {
        let mut question = view.with(question);
        let (offset, limit) = window.get();
        question.tree = TreeQuestion {
            change: change.get(),
            order: order.get(),
            offset,
            limit,
            ..question.tree
        };
        Some(question)
    });
    let answer = Kept::from(asked.answer);
    let told = move |tell: fn(&HierarchyList) -> String| {
        Kept::new(move || answer.with(|answer| answer.as_ref().map(tell).unwrap_or_default()))
    };
    let user = told(|list| list.user.clone());
    let known = Kept::new(move || {
        let user = user.get();
        let columns = Column::ALL
            .iter()
            .filter(|column| **column != Column::Relation || !user.is_empty());
        columns.map(|column| column.known(&user)).collect()
    });
    let arranging = arranging(Preference::HierarchyColumns, "hierarchy", known);
    let sort = Callback::new(move |by| {
        change.set(None);
        order.set(by);
    });
    let find = Kept::new(move || view.with(|view| view.find.clone()));
    let of_tree = wide(
        arranging,
        Told {
            more: Kept::new(move || {
                answer.with(|answer| answer.as_ref().map(|list| list.more.clone()).unwrap_or_default())
            }),
            find,
            order: order.into(),
            on_order: sort,
        },
    );
    // Whose rows they are: another hierarchy, user or search begins at its top.
    let subject = Kept::new(move || {
        view.with(|view| [view.from.as_str(), &view.user, &view.levels.to_string(), &view.find].join("\n"))
    });
    let page = Kept::new(move || {
        let is_of_now = asked.question.get().map(|question| question.tree.change) == Some(change.get());
        answer.with(|answer| answer.as_ref().map(|list| of_now(list.page.clone(), is_of_now)))
    });
    let is_empty = Kept::new(move || answer.with(|answer| answer.as_ref().is_some_and(|list| list.page.total == 0)));
    let problem = Kept::from(asked.problem);
    let tree = move || {
        view! {
            <Tree
                page
                chosen=Kept::new(move || view.with(|view| Some(view.group.clone())))
                subject
                order=order
                wide=Some(of_tree)
                on_order=sort
                want=move |rows| window.set(rows)
                on_change=move |to| change.set(Some(to))
                on_reveal=move |()| forget_search(change)
                on_choose=move |id| set(session, false, |view| view.group = id)
            />
        }
    };
    let matches = move || {
        answer.with(|answer| {
            let list = answer
                .as_ref()
                .filter(|_| !view.with(|view| view.find.trim().is_empty()))?;
            let matches = counted("{0} matches|{0} match", list.page.matches.into());
            Some(match list.kept {
                0 => matches,
                kept => counted_with(
                    "{1}; the group above is kept|{1}; the {0} groups above are kept",
                    kept.into(),
                    &[&matches],
                ),
            })
        })
    };
    let search = move |text: String| {
        change.set(None);
        set(session, true, |view| view.find = text);
    };
    let extent = move || {
        answer.with(|answer| {
            answer.as_ref().map(|list| Extent {
                total: list.page.matches,
                goes_on: false,
                of: Some(list.of),
                noun: say("groups"),
                micros: asked.micros.get(),
                is_asked: false,
                from: None,
            })
        })
    };
    let none = move || {
        let text = view.with(|view| match view.find.trim() {
            "" => say("This directory has no groups.").to_owned(),
            find => fill("No group has \"{0}\" in its name.", &[find]),
        });
        view! { <Empty size="sm" title=say("Nothing found.") text /> }
    };
    let refused = move || {
        problem.get().map(
            |problem| view! { <Empty size="sm" title=say("This cannot be listed.") text=notice::problem(&problem) /> },
        )
    };
    view! {
        <div class="toolbar" data-edge="">
            <SearchField label=say("Find a group here") key=session.key(Deed::Find) value=find on_input=search />
            <span class="count" role="status">{live(matches)}</span>
            <span class="push row">
                {chooser(arranging, "hierarchy-columns", session.key(Deed::Columns))}
                <IconButton
                    href="#i-collapse"
                    label=say("Collapse all")
                    on_press=move |()| change.set(Some(TreeChange::CloseAll))
                />
            </span>
        </div>
        {live(refused)}
        {live_if(move || problem.with(Option::is_none) && !is_empty.get(), tree)}
        {live_if(move || problem.with(Option::is_none) && is_empty.get(), none)}
        <footer class="pane-foot">
            <ExtentLine extent=Kept::new(extent) />
            <span class="push muted">
                {live(move || answer.with(|answer| answer.as_ref().map(|list| counted("{0} level.|{0} levels.", list.levels.into()) + " ")))}
                {say("Each group is listed once, under its largest parent.")}
            </span>
        </footer>
    }
}
