//! The panel that chooses the columns of a table, all of it by keys: shown or not, moved, as wide as a number says.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::Arranging;
use super::arrangement::{Arrangement, Known, NARROWEST, Place, STEP, WIDEST};
use crate::chunk;
use crate::chunk::part;
use crate::components::button::{Button, IconButton};
use crate::components::focus::once_drawn;
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::menu::{MenuButton, fill_popover};
use crate::components::slot::Slot;
use crate::words::{self, fill, say};

/// The button with its key, and the panel under it, whose code comes when it is first opened; `panel` is an id that no other
/// panel has.
pub fn chooser(arranging: Arranging, panel: &'static str, key: Kept<String>) -> impl IntoView {
    let is_opened = Slot::new(false);
    let choices = move || part(chunk!(columns, choices(arranging: Arranging, panel: &'static str)));
    view! {
        <MenuButton opened=is_opened menu=panel opens="dialog" key>{icon("#i-columns")} <span>{say("Columns")}</span></MenuButton>
        <div class="menu columns" popover="auto" role="dialog" id=panel aria-label=say("Columns")>
            {live_if(move || is_opened.get(), choices)}
        </div>
    }
}

/// What the panel holds.
fn choices(arranging: Arranging, panel: &'static str) -> impl IntoView {
    let places = Kept::new(move || arranging.places());
    let extent = move || {
        let (shown, all) = places.with(|places| (places.iter().filter(|place| place.is_shown).count(), places.len()));
        fill("{0} of {1}", &[&shown.to_string(), &all.to_string()])
    };
    let rows = move || {
        let known = arranging.known.get();
        let last = places.with(Vec::len);
        let row = |(nth, place): (usize, Place)| {
            let column = known.iter().find(|column| column.key == place.key)?;
            Some(row(arranging, places, column, &place, (nth, last)).into_any())
        };
        places.get().into_iter().enumerate().filter_map(row).collect_view()
    };
    let keys = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => -1,
            "ArrowDown" if event.alt_key() => 1,
            _ => return,
        };
        event.prevent_default();
        let item = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let item = item.and_then(|item| item.closest("[data-key]").ok()?);
        if let Some(key) = item.and_then(|item| item.get_attribute("data-key")) {
            shift(arranging, places, &key, by, "check");
        }
    };
    let is_chosen = move || arranging.arrangement.with(|arrangement| !arrangement.is_empty());
    let reset = move || {
        view! {
            <Button
                text=say("Reset")
                href="#i-undo"
                kind="quiet"
                size="sm"
                on_press=move |()| {
                    arranging.arrangement.set(Arrangement::default());
                    // The button that was pressed goes.
                    once_drawn(move || {
                        focus(&["#", panel, " .check:enabled"].concat());
                    });
                }
            />
        }
    };
    fill_popover(panel);
    view! {
        <header><h2>{say("Columns")}</h2><span class="count">{live(extent)}</span></header>
        <ul on:keydown=keys>{live(rows)}</ul>
        <footer>
            <span class="keys"><kbd class="kbd">"Alt"</kbd> <kbd class="kbd">"↑"</kbd> <kbd class="kbd">"↓"</kbd> " " {say("moves")}</span>
            {live_if(is_chosen, reset)}
        </footer>
    }
}

/// A column: whether it is shown, how wide it is, and the way up and down.
fn row(
    arranging: Arranging,
    places: Kept<Vec<Place>>,
    column: &Known,
    place: &Place,
    (nth, count): (usize, usize),
) -> impl IntoView + use<> {
    let Known { key, label, note, .. } = column.clone();
    let id = ["column-", arranging.table, "-", key].concat();
    let toggle = move |event| {
        let is_shown = event_target_checked(&event);
        arranging.change(|now, known| now.showing(known, key, is_shown));
    };
    let size = move |event| {
        let width = event_target_value(&event).parse().ok();
        arranging.change(|now, known| now.sized(known, key, width));
    };
    let width = place.is_shown.then(|| {
        view! {
            <input
                class="column-width"
                type="number"
                min=NARROWEST.to_string()
                max=WIDEST.to_string()
                step=STEP.to_string()
                placeholder=say("auto")
                aria-label=fill("Width of {0} in pixels", &[&label])
                prop:value=place.width.map(|width| width.to_string()).unwrap_or_default()
                on:change=size
            />
        }
    });
    let step = |by: isize, to: &'static str, href| {
        let press = move |()| shift(arranging, places, key, by, to);
        let message = if by < 0 {
            words::key("Move {0} up")
        } else {
            words::key("Move {0} down")
        };
        let label = fill(message, &[&label]);
        view! { <span data-to=to><IconButton href label size="sm" on_press=press /></span> }
    };
    let up = (nth > 1).then(|| step(-1, "up", "#i-arrow-up"));
    let down = (nth > 0 && nth + 1 < count).then(|| step(1, "down", "#i-arrow-down"));
    view! {
        <li data-key=key>
            <input
                class="check"
                type="checkbox"
                id=id.clone()
                disabled=nth == 0
                autofocus=nth == 1
                prop:checked=place.is_shown
                on:change=toggle
            />
            <label for=id>{label}</label>
            <small>{say(note)}</small>
            {width}
            <span class="column-steps">{up} {down}</span>
        </li>
    }
}

/// Moves a column past its neighbour; the focus goes along, to the same control or, where that is gone, to the box.
fn shift(arranging: Arranging, places: Kept<Vec<Place>>, key: &str, by: isize, control: &'static str) {
    let to = places.with_untracked(|places| {
        let at = places.iter().position(|place| place.key == key)?;
        Some(places.get(at.checked_add_signed(by)?)?.key.clone())
    });
    let Some(to) = to else { return };
    arranging.change(|now, known| now.moved(known, key, &to));
    let row = ["#column-", arranging.table, "-", key].concat();
    let button = ["li:has(", &row, ") [data-to=", control, "] button"].concat();
    once_drawn(move || {
        if !focus(&button) {
            focus(&row);
        }
    });
}

fn focus(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    let found = found.and_then(|found| found.dyn_into::<HtmlElement>().ok());
    found.is_some_and(|found| found.focus().is_ok())
}
