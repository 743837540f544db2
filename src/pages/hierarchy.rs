//! The nesting around a group, drawn as layers, with the paths of a user lit.

use leptos::prelude::*;
use protocol::{Entity, Exported, GroupsExport, PictureQuestion, Topic};

use crate::components::button::{Button, ButtonLink};
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::notice::Empty;
use crate::components::number::number;
use crate::components::picture::HierarchyPicture;
use crate::components::query::identifier::IdentifierField;
use crate::components::slot::Slot;
use crate::download::Pieces;
use crate::export::export_button;
use crate::notice;
use crate::pages::check::{Field, Suggesting};
use crate::pages::link::copy_link;
use crate::route::{GroupsView, Screen, Tab};
use crate::session::{Session, session};
use crate::words::{fill, say};

/// The most groups of a picture.
const GROUPS: u32 = 60;

/// The Hierarchy screen.
#[component]
pub fn Hierarchy() -> impl IntoView {
    let session = session();
    let said = Kept::new(move || {
        session.route.with(|route| match &route.screen {
            Screen::Hierarchy { from, user } => (from.clone(), user.clone()),
            _ => Default::default(),
        })
    });
    let asked = session.ask(Topic::Picture, move || {
        let (from, user) = said.get();
        Some(PictureQuestion {
            group: Some(from).filter(|from| !from.is_empty()),
            user: Some(user).filter(|user| !user.is_empty()),
            limit: GROUPS,
        })
    });
    let picture = Kept::from(asked.answer);
    let is_there = Kept::new(move || picture.with(|picture| picture.as_ref().is_some_and(|it| !it.nodes.is_empty())));
    let group_url = move |id: String| {
        let user = said.with_untracked(|(_, user)| user.clone());
        untrack(|| session.url(Screen::Hierarchy { from: id, user }))
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
    let drawn = move || match (asked.problem.get(), is_there.get()) {
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
    let focus = move || {
        picture.with(|picture| {
            let picture = picture.as_ref()?;
            picture
                .nodes
                .get(picture.focus as usize)
                .map(|node| (node.id.clone(), node.name.clone()))
        })
    };
    let open = move || {
        focus().map(|(id, name)| {
            let url = session.url(Screen::Groups(GroupsView {
                group: Some(id),
                tab: Tab::Hierarchy,
                ..GroupsView::default()
            }));
            view! { <ButtonLink text=fill("Open {0}", &[&name]) href="#i-groups" url=url /> }
        })
    };
    let copy = move |()| copy_link(session);
    let offers = move || {
        let drawn = asked.question.get().filter(|_| is_there.get());
        let drawn = drawn.map(|question| (say("This picture"), Exported::Picture(question)));
        let all = (say("All groups"), Exported::Groups(GroupsExport::default()));
        drawn.map(|drawn| vec![drawn, all]).unwrap_or_default()
    };
    let extent = move || {
        picture.with(|picture| {
            picture.as_ref().map(|picture| {
                let shown = fill("{0} groups drawn", &[&number(picture.nodes.len() as u32)]);
                match picture.rest {
                    0 => shown,
                    rest => fill("{0}, {1} more above or below", &[&shown, &number(rest)]),
                }
            })
        })
    };
    view! {
        <section class="pane" data-solo="" aria-label=say("Hierarchy")>
            <header class="page-head">
                <h1>{say("Hierarchy")}</h1>
                <span class="push row">
                    {live(open)}
                    {export_button(session, offers)}
                    <Button text=say("Copy link") href="#i-link" on_press=copy />
                </span>
            </header>
            <Form session said />
            {live(drawn)}
            <footer class="pane-foot">
                <span class="row" role="status">{live(extent)}</span>
            </footer>
        </section>
    }
}

/// Whose hierarchy, and whose paths.
#[component]
fn Form(session: Session, said: Kept<(String, String)>) -> impl IntoView {
    let group = Field::new(move || said.with(|(from, _)| from.clone()));
    let user = Field::new(move || said.with(|(_, user)| user.clone()));
    let suggesting = Suggesting::new(session);
    let typed = Slot::new(Entity::Group);
    let apply = Callback::new(move |()| {
        let [from, user_text] = untrack(|| [group, user].map(|field| field.text().trim().to_owned()));
        session.go(session
            .route
            .with_untracked(|route| route.with(Screen::Hierarchy { from, user: user_text })));
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
    view! {
        <div class="toolbar picture-form" role="search" aria-label=say("Which hierarchy")>
            {field("hierarchy-from", say("Group"), "", Entity::Group, group)}
            {field("hierarchy-user", say("Paths of user"), "", Entity::User, user)}
            <Button text=say("Show") on_press=apply />
        </div>
    }
}
