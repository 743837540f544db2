//! The hierarchy of a group as a picture: layers of groups, each a link, and the paths of a user lit.

pub mod facts;
pub mod layout;
pub mod save;
pub mod walk;

mod draw;
mod ruler;
mod settle;
mod stage;

use leptos::prelude::*;
use protocol::{Picture, PictureRelation};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, KeyboardEvent, MouseEvent};

use self::draw::{Links, drawing};
use self::facts::Facts;
use self::layout::Layout;
use self::ruler::Ruler;
use self::stage::Stage;
use self::walk::{Way, next};
use super::button::{Button, IconButton};
use super::focus::is_reversed;
use super::kept::Kept;
use super::live::{follow, live, live_if};
use super::number::number;
use super::slot::Slot;
use crate::words::{fill, say};

/// The picture with its legend, zoom and words.
///
/// Arrows lead along the edges, Enter opens, `+` and `-` zoom, `0` shows all of it, Shift with an arrow moves it; so do
/// wheel and fingers, as everywhere.
#[component]
pub fn HierarchyPicture(
    /// What is shown.
    #[prop(into)]
    picture: Kept<Picture>,
    /// The address of a group by its id.
    group_url: Callback<String, String>,
    /// The address of a user by the id.
    user_url: Callback<String, String>,
    /// The picture is to be saved: the text of an SVG file.
    #[prop(into)]
    on_save: Callback<String>,
) -> impl IntoView {
    let stage = Stage::new();
    let layout = Kept::new(move || picture.with(Layout::new));
    // Told by its id, so that it is the same one in another picture.
    let walked_to = Slot::new(None::<String>);
    let current = Kept::new(move || {
        picture.with(|picture| {
            let known = walked_to.with(|id| place_of(picture, id.as_deref()?));
            known.unwrap_or(picture.focus as usize)
        })
    });
    let followed = Slot::new(false);
    let draw = move || {
        let ruler = Ruler::new();
        let (group, user) = (
            |id: &str| group_url.run(id.to_owned()),
            |id: &str| user_url.run(id.to_owned()),
        );
        let links = Links {
            group: &group,
            user: &user,
            current,
            measure: &|text| ruler.width(text),
        };
        picture.with(|picture| layout.with(|layout| drawing(picture, layout, links)))
    };
    let subject = Kept::new(move || picture.with(|picture| id_of(picture, picture.focus as usize)));
    follow(move || {
        subject.with(|_| ());
        stage.show(picture.with_untracked(|picture| picture.focus as usize));
        // Whoever follows a link of one picture into the next stays on the group.
        if followed.get_untracked() {
            followed.set(false);
            stage.focus(current.get_untracked());
        }
    });
    let clicked = move |event: MouseEvent| {
        let elsewhere = node_at(event.target()).filter(|node| picture.with_untracked(|of| of.focus as usize != *node));
        followed.set(elsewhere.is_some() && !event.ctrl_key() && !event.meta_key() && !event.shift_key());
    };
    let save = move |()| {
        let drawn = stage
            .node
            .get_untracked()
            .and_then(|stage| stage.query_selector("svg").ok()?);
        if let Some(text) = drawn.and_then(|picture| save::save(&picture)) {
            on_save.run(text);
        }
    };
    let keys = move |event: KeyboardEvent| pressed(&event, stage, picture, layout);
    let focused = move |event: FocusEvent| {
        if let Some(node) = node_at(event.target()) {
            walked_to.set(picture.with_untracked(|picture| id_of(picture, node)));
            // Under a mouse that presses, nothing may move.
            if is_by_key(event.target()) {
                stage.reveal(node);
            }
        }
    };
    let sentences = move || {
        picture
            .with(Facts::sentences)
            .into_iter()
            .map(|text| view! { <li>{text}</li> })
    };
    view! {
        <div class="picture">
            <div class="toolbar" data-edge="">
                {legend(picture)}
                <span class="push row">
                    <Button text=say("Save as SVG") href="#i-download" kind="quiet" on_press=save />
                    {zoom(stage)}
                </span>
            </div>
            <div
                class="picture-stage"
                node_ref=stage.node
                on:keydown=keys
                on:focusin=focused
                on:click=clicked
                on:wheel=move |event| stage.wheel(&event)
                on:pointerdown=move |event| stage.hold(&event)
                on:pointermove=move |event| stage.drag(&event)
                on:pointerup=move |_| stage.release()
                on:pointerleave=move |_| stage.release()
                on:touchstart=move |event| stage.touch(&event)
                on:touchmove=move |event| stage.touch(&event)
                on:touchend=move |event| stage.touch(&event)
            >
                {live(draw)}
            </div>
            <details class="picture-words">
                <summary>{say("In words")}</summary>
                <ul>{live(move || sentences().collect_view())}</ul>
            </details>
        </div>
    }
}

fn place_of(picture: &Picture, id: &str) -> Option<usize> {
    let group = picture.nodes.iter().position(|node| node.id == id);
    group.or_else(|| {
        picture
            .user
            .as_ref()
            .filter(|user| user.id == id)
            .map(|_| picture.nodes.len())
    })
}

fn id_of(picture: &Picture, node: usize) -> Option<String> {
    let group = picture.nodes.get(node).map(|node| &node.id);
    group.or(picture.user.as_ref().map(|user| &user.id)).cloned()
}

/// The node that an event happened in.
fn node_at(target: Option<web_sys::EventTarget>) -> Option<usize> {
    let target = target?.dyn_into::<Element>().ok()?;
    target
        .closest("[data-node]")
        .ok()??
        .get_attribute("data-node")?
        .parse()
        .ok()
}

/// Whether the focus is where keys led it.
fn is_by_key(target: Option<web_sys::EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| matches!(element.closest(":focus-visible"), Ok(Some(_))))
}

fn pressed(event: &KeyboardEvent, stage: Stage, picture: Kept<Picture>, layout: Kept<Layout>) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let (Some(from), Some(element)) = (node_at(event.target()), stage.node.get_untracked()) else {
        return;
    };
    if stage.pressed(&event.key(), event.shift_key()) {
        event.prevent_default();
        return;
    }
    let Some(way) = Way::of(&event.key(), is_reversed(&element)) else {
        return;
    };
    event.prevent_default();
    let to = picture.with_untracked(|picture| layout.with_untracked(|layout| next(picture, layout, from, way)));
    if let Some(to) = to {
        stage.focus(to);
    }
}

/// What the lines mean that there are.
fn legend(picture: Kept<Picture>) -> impl IntoView {
    let line = move |words: &'static str, on: &'static str, is_there: fn(&Picture) -> bool| {
        let swatch = move || {
            view! {
                <span>
                    <i class="swatch-line" data-on=on></i>
                    {words}
                </span>
            }
        };
        live_if(move || picture.with(is_there), swatch)
    };
    let rest = move || {
        let rest = picture.with(|picture| picture.rest);
        (rest > 0).then(|| {
            let words = fill("+{0} not shown", &[&number(rest)]);
            view! { <span class="muted" title=say("More groups above or below this one")>{words}</span> }
        })
    };
    view! {
        <div class="legend">
            {line(say("Direct"), "direct", |picture| picture.user.is_some())}
            {line(say("Inherited"), "inherited", |picture| {
                picture.nodes.iter().any(|node| node.relation == PictureRelation::Inherited)
            })}
            {line(say("Cycle"), "cycle", |picture| picture.edges.iter().any(|edge| edge.in_cycle))}
            {line(say("Nesting"), "plain", |_| true)}
            {live(rest)}
        </div>
    }
}

fn zoom(stage: Stage) -> impl IntoView {
    view! {
        <span class="row" role="group" aria-label=say("Zoom")>
            <IconButton href="#i-minus" label=say("Zoom out") on_press=move |()| stage.smaller() />
            <Button
                text=Kept::new(move || number(stage.size.get()) + "%")
                kind="quiet"
                on_press=move |()| stage.plain()
            />
            <IconButton href="#i-plus" label=say("Zoom in") on_press=move |()| stage.larger() />
            <IconButton href="#i-fit" label=say("Fit to window") on_press=move |()| stage.fit() />
        </span>
    }
}
