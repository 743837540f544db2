//! One of a few: a radio group whose arrow keys choose.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::focus::walk;
use super::icon::sized;
use super::number::number;
use super::relation::rel_mark;
use crate::components::kept::Kept;
use crate::components::live::live;

/// One choice.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Segment {
    /// What is handed back.
    pub value: &'static str,
    /// The words.
    pub text: &'static str,
    /// A relation mark before the words; none if empty.
    pub rel: &'static str,
    /// A drawing before the words, with the class of its hue; none if empty.
    pub icon: (&'static str, &'static str),
    /// A number behind them.
    pub count: Option<u32>,
}

/// One of a few.
#[component]
pub fn Segmented(
    /// What is chosen.
    label: &'static str,
    /// The choices.
    #[prop(into)]
    segments: Kept<Vec<Segment>>,
    /// The value that is chosen.
    #[prop(into)]
    chosen: Kept<&'static str>,
    /// Another one was chosen.
    #[prop(into)]
    on_choose: Callback<&'static str>,
) -> impl IntoView {
    // A radio group is one stop of the Tab key; arrows move and choose at once.
    let keys = move |event: KeyboardEvent| {
        let group = event
            .current_target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(button) = group.and_then(|group| walk(&event, &group, "[role=radio]")) {
            button.click();
        }
    };
    let choices = move || {
        let segments = segments.get();
        segments
            .into_iter()
            .map(|segment| choice(segment, chosen, on_choose))
            .collect_view()
    };
    view! {
        <div class="segmented" role="radiogroup" aria-label=label on:keydown=keys>
            {live(choices)}
        </div>
    }
}

fn choice(segment: Segment, chosen: Kept<&'static str>, on_choose: Callback<&'static str>) -> impl IntoView {
    let value = segment.value;
    let is_on = move || chosen.get() == value;
    let mark = (!segment.rel.is_empty()).then(|| rel_mark(segment.rel, ""));
    let (href, hue) = segment.icon;
    let icon = (!href.is_empty()).then(|| view! { <span class=hue>{sized(href, "12")}</span> });
    let count = segment
        .count
        .map(|count| view! { <span class="count">{number(count)}</span> });
    view! {
        <button
            type="button"
            role="radio"
            aria-checked=move || if is_on() { "true" } else { "false" }
            tabindex=move || if is_on() { "0" } else { "-1" }
            on:click=move |_| {
                if !untrack(is_on) {
                    on_choose.run(value);
                }
            }
        >
            {mark}
            {icon}
            {segment.text}
            {count}
        </button>
    }
}
