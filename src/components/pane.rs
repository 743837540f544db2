//! Furniture of panes: the edge that can be dragged, the footer that says how much, how fast and where.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};

use super::focus::is_reversed;
use super::icon::sized;
use super::number::{length, number};
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::slot::Slot;
use crate::keys::told;
use crate::number::millis;
use crate::words::{fill, say, weave};

/// The narrowest and the widest that the leading pane may be, in pixels.
const NARROWEST: f64 = 240.0;
const WIDEST: f64 = 640.0;
/// How far an arrow key moves the edge.
const STEP: f64 = 16.0;

/// The edge between two panes: it can be dragged, and moved with arrow keys.
#[component]
pub fn Splitter(
    /// The width of the leading pane in pixels; none where the layout decides.
    width: Slot<Option<f64>>,
    /// The keys that make it narrower and wider.
    keys: [Kept<String>; 2],
    /// The width was settled.
    #[prop(into)]
    on_settle: Callback<f64>,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Div>::new();
    let now = move || width.get().unwrap_or(WIDEST / 2.0);
    let lead = move || -> Option<Element> { node.get_untracked()?.parent_element()?.previous_element_sibling() };
    let set = move |value: f64| width.set(Some(value.clamp(NARROWEST, WIDEST).round()));
    let drag = move |event: PointerEvent| {
        let Some(lead) = (event.buttons() & 1 == 1).then(lead).flatten() else {
            return;
        };
        let rect = lead.get_bounding_client_rect();
        let x = f64::from(event.client_x());
        set(if is_reversed(&lead) {
            rect.right() - x
        } else {
            x - rect.left()
        });
    };
    let grab = move |event: PointerEvent| {
        event.prevent_default();
        if let Some(edge) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            let _ = edge.set_pointer_capture(event.pointer_id());
        }
    };
    let settle = move || {
        if let Some(width) = width.get_untracked() {
            on_settle.run(width);
        }
    };
    let press = move |event: KeyboardEvent| {
        let Some(lead) = lead() else { return };
        let from = width
            .get_untracked()
            .unwrap_or_else(|| lead.get_bounding_client_rect().width());
        let towards_end = if is_reversed(&lead) { -STEP } else { STEP };
        set(match event.key().as_str() {
            "ArrowRight" => from + towards_end,
            "ArrowLeft" => from - towards_end,
            "Home" => NARROWEST,
            "End" => WIDEST,
            "[" => from - STEP,
            "]" => from + STEP,
            _ => return,
        });
        event.prevent_default();
        settle();
    };
    view! {
        <div
            class="splitter"
            role="separator"
            aria-orientation="vertical"
            aria-label=say("Resize panes")
            aria-keyshortcuts=move || keys.map(|key| key.with(|key| told(key))).join(" ")
            aria-valuenow=move || length(now())
            aria-valuemin=length(NARROWEST)
            aria-valuemax=length(WIDEST)
            tabindex="0"
            node_ref=node
            on:pointerdown=grab
            on:pointermove=drag
            on:pointerup=move |_| settle()
            on:keydown=press
        ></div>
    }
}

/// What a footer says of an answer.
#[derive(Clone, PartialEq)]
pub struct Extent {
    /// How many match.
    pub total: u32,
    /// Whether there may be more than that.
    pub goes_on: bool,
    /// Of how many, where that is known.
    pub of: Option<u32>,
    /// What is counted, in the plural.
    pub noun: &'static str,
    /// How long the answer took, in microseconds.
    pub micros: u32,
    /// Whether a server gave it, rather than this tab.
    pub is_asked: bool,
    /// When it was given, if a newer question has no answer.
    pub from: Option<String>,
}

/// `1,204 of 1,000,000 users · 3.1 ms in Wasm`.
#[component]
pub fn ExtentLine(
    /// What is said; nothing before the first answer.
    #[prop(into)]
    extent: Kept<Option<Extent>>,
) -> impl IntoView {
    let line = move || {
        extent.get().map(|extent| {
            let (of, noun) = (extent.of.map(number).unwrap_or_default(), extent.noun);
            // The number is in full ink, wherever a language has it.
            let count = view! { <b>{number(extent.total)}</b> }.into_any();
            let noun = noun.into_any();
            let says = match (extent.goes_on, extent.of) {
                (true, _) => weave("At least {0} {1}", vec![count, noun]),
                (false, None) => vec![count, " ".into_any(), noun],
                (false, Some(_)) => weave("{0} of {2} {1}", vec![count, noun, of.into_any()]),
            };
            let when = match (extent.from, extent.is_asked) {
                (Some(from), _) => fill(", from {0}", &[&from]),
                (None, true) => fill(" · asked in {0}", &[&millis(extent.micros)]),
                (None, false) => fill(" · {0} in Wasm", &[&millis(extent.micros)]),
            };
            view! { <span>{says}{when}</span> }
        })
    };
    view! {
        <span class="row" role="status">
            {sized("#i-bolt", "14")}
            {live(line)}
        </span>
    }
}

/// Stands for a heading that is not known yet.
pub fn heading_to_come() -> impl IntoView {
    view! { <span class="skeleton" style:--w="16rem"></span> }
}
