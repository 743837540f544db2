//! Chips: a filter that is on or off, and a choice that can be taken away again.

use leptos::prelude::*;

use super::icon::icon;
use super::number::number;
use crate::components::kept::Kept;

/// A filter with the number it would leave; one that would leave nothing is off, but never one that is pressed.
#[component]
pub fn FilterChip(
    /// What is left.
    text: &'static str,
    /// A drawing before the word.
    href: &'static str,
    /// `warn`, or empty.
    #[prop(optional)]
    tone: &'static str,
    /// How many would be left; unknown at first.
    #[prop(into)]
    count: Kept<Option<u32>>,
    /// Whether it is on.
    #[prop(into)]
    pressed: Kept<bool>,
    /// Pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let off = move || !pressed.get() && count.get() == Some(0);
    let press = move |_| {
        if !untrack(off) {
            on_press.run(());
        }
    };
    view! {
        <button
            type="button"
            class="chip"
            data-tone=tone
            aria-pressed=move || if pressed.get() { "true" } else { "false" }
            aria-disabled=move || off().then_some("true")
            on:click=press
        >
            {icon(href)}
            {text}
            <span class="count">{move || count.get().map(number)}</span>
        </button>
    }
}

/// A choice that is on, with a cross.
pub fn removable_chip(text: String, label: String, on_remove: impl Fn() + 'static) -> impl IntoView {
    view! {
        <span class="chip">
            <span class="truncate">{text}</span>
            <button
                type="button"
                class="chip-x"
                title=label.clone()
                aria-label=label
                on:click=move |_| on_remove()
            >
                {icon("#i-x")}
            </button>
        </span>
    }
}

/// The way to another choice.
pub fn add_chip(text: &'static str, label: &'static str, on_press: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button type="button" class="chip" data-tone="add" aria-label=label on:click=move |_| on_press()>
            {icon("#i-plus")}
            {text}
        </button>
    }
}
