//! The nesting around a group, drawn as layers or listed as a tree, with the paths of a user lit.

mod aside;
mod list;

use leptos::prelude::*;
use protocol::{Entity, Exported, GroupsExport, Picture, PictureQuestion, Topic};

use self::aside::aside;
use self::list::list;
use super::check::{Field, Suggesting};
use super::link::copy_link;
use crate::components::button::Button;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::Empty;
use crate::components::number::number;
use crate::components::picture::HierarchyPicture;
use crate::components::query::identifier::IdentifierField;
use crate::components::segmented::{Segment, Segmented};
use crate::components::slot::Slot;
use crate::download::Pieces;
use crate::export::export_button;
use crate::notice;
use crate::route::{HierarchyShape, HierarchyView, Screen};
use crate::session::{Asked, Session, session};
use crate::words::{counted, fill, key, say};

/// The most groups of a picture.
const GROUPS: u32 = 60;

/// Below this width of the window a hierarchy is listed unless it is to be drawn, in pixels: 736 for it, the rest for the frame.
const ROOM: i32 = 800;

/// The Hierarchy screen.
#[component]
pub fn Hierarchy() -> impl IntoView {
    let session = session();
    let view = Kept::new(move || of_route(session));
    let has_room = document()
        .document_element()
        .is_none_or(|root| root.client_width() >= ROOM);
    let is_list = Kept::new(move || match view.with(|view| view.shape) {
        HierarchyShape::Fitting => !has_room,
        shape => shape == HierarchyShape::List,
    });
    let asked = session.ask(Topic::Picture, move || {
        (!is_list.get()).then(|| view.with(picture_question))
    });
    let answer = Kept::from(asked.answer);
    let picture = Kept::new(move || answer.get().filter(|_| !is_list.get()));
    let is_there = Kept::new(move || picture.with(|picture| picture.as_ref().is_some_and(|it| !it.nodes.is_empty())));
    let focus = Kept::new(move || {
        picture.with(|picture| {
            let picture = picture.as_ref()?;
            picture.nodes.get(picture.focus as usize).map(|node| node.id.clone())
        })
    });
    let chosen = Kept::new(move || match is_list.get() {
        true => view.with(|view| Some(view.group.clone()).filter(|group| !group.is_empty())),
        false => focus.get(),
    });
    let copy = move |()| copy_link(session);
    let offers = move || {
        let find = view.with(|view| view.find.clone());
        let below = view.with(|view| Some(view.from.clone()).filter(|from| !from.is_empty()));
        let listed = Exported::Groups(GroupsExport {
            find,
            below,
            ..GroupsExport::default()
        });
        let all = (say("All groups"), Exported::Groups(GroupsExport::default()));
        if is_list.get() {
            return vec![(say("This list"), listed), all];
        }
        let drawn = asked.question.get().filter(|_| is_there.get());
        let drawn = drawn.map(|question| (say("This picture"), Exported::Picture(question)));
        drawn.map(|drawn| vec![drawn, all]).unwrap_or_default()
    };
    let shapes = Kept::new(|| {
        vec![
            Segment {
                value: "picture",
                text: say("Picture"),
                icon: ("#i-hierarchy", "icon"),
                ..Segment::default()
            },
            Segment {
                value: "list",
                text: say("List"),
                icon: ("#i-list", "icon"),
                ..Segment::default()
            },
        ]
    });
    let shape = move |value| {
        let shape = if value == "list" {
            HierarchyShape::List
        } else {
            HierarchyShape::Picture
        };
        set(session, false, |view| view.shape = shape);
    };
    let list = move || {
        view! { <section class="pane" aria-label=say("List")>{list(session, view)}</section> }
    };
    let drawn = move || {
        view! { <section class="pane" aria-label=say("Picture")>{drawn(session, view, asked, picture)}</section> }
    };
    let panel = move || {
        view! { <section class="pane" aria-label=say("Selection")>{aside(session, view, chosen, picture)}</section> }
    };
    view! {
        <section class="pane" data-solo="" aria-label=say("Hierarchy")>
            <header class="page-head">
                <h1>{say("Hierarchy")}</h1>
                <Segmented
                    label=say("Show as")
                    segments=shapes
                    chosen=Kept::new(move || if is_list.get() { "list" } else { "picture" })
                    on_choose=shape
                />
                <span class="push row">
                    {export_button(session, offers)}
                    <Button text=say("Copy link") href="#i-link" on_press=copy />
                </span>
            </header>
            <Form session view is_list />
            <div
                class="split hierarchy-split"
                data-view="lead"
                data-alone=move || chosen.with(Option::is_none).then_some("")
            >
                {live_if(move || is_list.get(), list)}
                {live_if(move || !is_list.get(), drawn)}
                {live_if(move || chosen.with(Option::is_some), panel)}
            </div>
        </section>
    }
}

fn of_route(session: Session) -> HierarchyView {
    session.route.with(|route| match &route.screen {
        Screen::Hierarchy(view) => view.clone(),
        _ => HierarchyView::default(),
    })
}

/// Changes what the address says of this screen; typing replaces the entry of the history, a choice adds one.
fn set(session: Session, typed: bool, change: impl FnOnce(&mut HierarchyView)) {
    let mut route = session.route.get_untracked();
    let Screen::Hierarchy(view) = &mut route.screen else {
        return;
    };
    change(view);
    if typed {
        session.replace(route);
    } else {
        session.go(route);
    }
}

fn picture_question(view: &HierarchyView) -> PictureQuestion {
    PictureQuestion {
        group: Some(view.from.clone()).filter(|from| !from.is_empty()),
        user: Some(view.user.clone()).filter(|user| !user.is_empty()),
        limit: GROUPS,
        levels: if view.levels == HierarchyView::ALL {
            0
        } else {
            view.levels
        },
    }
}

/// The picture, with what it leaves out.
fn drawn(
    session: Session,
    view: Kept<HierarchyView>,
    asked: Asked<PictureQuestion>,
    picture: Kept<Option<Picture>>,
) -> impl IntoView {
    let group_url = move |id: String| {
        let view = HierarchyView {
            from: id,
            ..view.get_untracked()
        };
        untrack(|| session.url(Screen::Hierarchy(view)))
    };
    let user_url = move |id: String| {
        let groups = Vec::new();
        untrack(|| session.url(Screen::User { id, groups }))
    };
    let save = move |text: String| {
        let pieces = Pieces::default();
        pieces.push(text.as_bytes());
        let says = if pieces.save("hierarchy.svg", "image/svg+xml") {
            say("Saved hierarchy.svg.")
        } else {
            say("The browser could not save the picture.")
        };
        session.say(says.to_owned());
    };
    let is_there = Kept::new(move || picture.with(|picture| picture.as_ref().is_some_and(|it| !it.nodes.is_empty())));
    let stage = move || match (asked.problem.get(), is_there.get()) {
        (Some(problem), _) => {
            view! { <Empty size="sm" title=say("This cannot be drawn.") text=notice::problem(&problem) /> }.into_any()
        }
        (None, true) => view! {
            <HierarchyPicture
                picture=Kept::new(move || picture.get().unwrap_or_default())
                group_url=Callback::new(group_url)
                user_url=Callback::new(user_url)
                on_save=save
            />
        }
        .into_any(),
        (None, false) => ().into_any(),
    };
    let extent = move || {
        picture.with(|picture| {
            picture.as_ref().map(|picture| {
                let shown = counted("{0} group drawn|{0} groups drawn", picture.nodes.len() as u64);
                match picture.rest {
                    0 => shown,
                    rest => fill("{0}, {1} more above or below", &[&shown, &number(rest)]),
                }
            })
        })
    };
    view! {
        {live(stage)}
        <footer class="pane-foot">
            <span class="row" role="status">{live(extent)}</span>
        </footer>
    }
}

/// The numbers of levels that are offered, by their words in the control.
const LEVELS: [(u32, &str, &str); 4] = [
    (1, "1", key("1 level")),
    (2, "2", key("2 levels")),
    (3, "3", key("3 levels")),
    (HierarchyView::ALL, "all", key("All")),
];

/// Whose hierarchy, and whose paths.
#[component]
fn Form(session: Session, view: Kept<HierarchyView>, is_list: Kept<bool>) -> impl IntoView {
    let group = Field::new(move || view.with(|view| view.from.clone()));
    let user = Field::new(move || view.with(|view| view.user.clone()));
    let suggesting = Suggesting::new(session);
    let typed = Slot::new(Entity::Group);
    let apply = Callback::new(move |()| {
        let [from, user_text] = untrack(|| [group, user].map(|field| field.text().trim().to_owned()));
        set(session, false, |view| {
            view.from = from;
            view.user = user_text;
        });
        group.settle();
        user.settle();
    });
    let field = |id, label, hint, entity: Entity, field: Field| {
        let href = match entity {
            Entity::User => "#i-user",
            Entity::Group => "#i-groups",
        };
        let options = move || {
            if typed.get() == entity {
                suggesting.options(entity)
            } else {
                Vec::new()
            }
        };
        view! {
            <IdentifierField
                id
                label
                hint
                href
                text=Kept::new(move || field.text())
                options=Kept::new(options)
                on_input=move |text| field.type_in(text)
                on_want=move |text| {
                    typed.set(entity);
                    suggesting.want(entity, text);
                }
                on_apply=apply
            />
        }
    };
    let segments = LEVELS.map(|(_, value, text)| Segment {
        value,
        text: say(text),
        ..Segment::default()
    });
    // What no choice stands for is between two of them, and none is marked.
    let levels = move || match (view.with(|view| view.levels), is_list.get()) {
        (0, true) => "2",
        (0, false) => "all",
        (levels, _) => LEVELS.iter().find(|it| it.0 == levels).map_or("", |it| it.1),
    };
    let choose = move |value| {
        let levels = LEVELS.iter().find(|it| it.1 == value).map_or(0, |it| it.0);
        set(session, false, |view| view.levels = levels);
    };
    view! {
        <div class="toolbar picture-form" role="search" aria-label=say("Which hierarchy")>
            {field("hierarchy-from", say("Group"), "", Entity::Group, group)}
            {field("hierarchy-user", say("Paths of user"), "", Entity::User, user)}
            <Button text=say("Show") on_press=apply />
            <span class="push">
                <Segmented
                    label=say("Levels shown")
                    segments=Kept::from(segments.to_vec())
                    chosen=Kept::new(levels)
                    on_choose=choose
                />
            </span>
        </div>
    }
}
