//! One box for finding and doing: a text field, and below it what it finds, in sections.

use leptos::html::Input;
use leptos::prelude::*;
use protocol::UserStatus;
use web_sys::KeyboardEvent;

use super::avatar::avatar;
use super::badge::status;
use super::grid::underlined;
use super::icon::{icon, sized};
use super::query::list::Choosing;
use crate::components::kept::Kept;
use crate::components::live::{follow, live};
use crate::components::slot::Slot;
use crate::words::say;

/// A part of what is found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// What is in it.
    pub title: &'static str,
    /// How much of it is shown, such as `4 of 61`; may be empty.
    pub note: String,
    /// Its options.
    pub options: Vec<Entry>,
}

/// Something that can be taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Its drawing; empty for a user, who has initials.
    pub href: &'static str,
    /// What it is called.
    pub name: String,
    /// Where it is, or a second name.
    pub detail: String,
    /// Whether that is an identifier.
    pub is_identifier: bool,
    /// What stands at its end.
    pub end: String,
    /// The state of a user.
    pub status: UserStatus,
    /// The keys that do the same.
    pub keys: Vec<String>,
}

/// The palette. Options count through all sections, from 0.
#[component]
pub fn Palette(
    /// What is typed.
    text: Slot<String>,
    /// What is said before anything is typed.
    placeholder: Kept<String>,
    /// What is found.
    sections: Kept<Vec<Section>>,
    /// What is said where nothing is found; empty as long as that is not known.
    #[prop(into)]
    nothing: Kept<String>,
    /// How much was looked through, and how fast.
    #[prop(into)]
    foot: Kept<String>,
    /// Whether what is typed is still being looked for: Enter then waits for the best of that.
    #[prop(optional, into)]
    busy: Kept<bool>,
    /// An option was taken.
    on_take: Callback<usize>,
    /// Tab on an option: what can be done with it.
    on_more: Callback<usize>,
    /// Backspace with nothing typed: one step back.
    on_back: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<Input>::new();
    let count = Kept::new(move || sections.with(|all| all.iter().map(|section| section.options.len()).sum::<usize>()));
    let choosing = Choosing::new(count);
    // The first option is chosen before anything else is, so that Enter takes the best one.
    let active = Kept::new(move || choosing.active.get().unwrap_or(0).min(count.get().saturating_sub(1)));
    follow(move || {
        if let Some(field) = node.get() {
            let _ = field.focus();
        }
    });
    let is_waited_for = Slot::new(false);
    follow(move || {
        if is_waited_for.get() && !busy.get() {
            is_waited_for.set(false);
            on_take.run(0);
        }
    });
    let keys = move |event: KeyboardEvent| {
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        let (at, count) = (active.get_untracked(), count.get_untracked());
        let is_nothing = text.with_untracked(String::is_empty);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => choosing.active.set(Some((at + 1) % count)),
            "ArrowUp" if count > 0 => choosing.active.set(Some((at + count - 1) % count)),
            // What is on screen may answer the letters before; only who walked through it means it.
            "Enter" if busy.get_untracked() && choosing.active.with_untracked(Option::is_none) => {
                is_waited_for.set(true);
            }
            "Enter" if count > 0 => on_take.run(at),
            "Tab" if count > 0 && !event.shift_key() => on_more.run(at),
            "Backspace" if is_nothing => on_back.run(()),
            _ => return,
        }
        event.prevent_default();
        scroll_to(active.get_untracked());
    };
    let typed = move |value: String| {
        choosing.active.set(None);
        is_waited_for.set(false);
        text.set(value);
    };
    let drawn = move || {
        let mut place = 0;
        let words: Vec<String> = text.with(|text| text.split_whitespace().map(str::to_owned).collect());
        let section = |section: Section| {
            let first = place;
            place += section.options.len();
            drawn_section(section, first, &words, active, on_take)
        };
        sections.get().into_iter().map(section).collect_view()
    };
    let is_any = move || count.get() > 0;
    let told = move || {
        let is_nothing = count.get() == 0 && text.with(|text| !text.trim().is_empty());
        let says = nothing.get();
        (is_nothing && !says.is_empty()).then(|| view! { <p class="palette-title">{says}</p> })
    };
    view! {
        <div class="palette-field">
            {icon("#i-search")}
            <input
                node_ref=node
                role="combobox"
                aria-expanded=move || if is_any() { "true" } else { "false" }
                aria-controls="palette-list"
                aria-autocomplete="list"
                aria-activedescendant=move || is_any().then(|| option_id(active.get()))
                aria-label=say("Search or run a command")
                placeholder=move || placeholder.get()
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                prop:value=move || text.get()
                on:input=move |event| typed(event_target_value(&event))
                on:keydown=keys
            />
            <span class="keys" aria-hidden="true"><kbd class="kbd">{say("esc")}</kbd></span>
        </div>
        <div class="palette-list" id="palette-list" role="listbox" aria-label=say("Results")>{live(drawn)}</div>
        <div role="status">{live(told)}</div>
        <div class="palette-foot">
            <span aria-hidden="true"><span class="keys"><kbd class="kbd">"↑"</kbd><kbd class="kbd">"↓"</kbd></span>{say("Move")}</span>
            <span aria-hidden="true"><span class="keys"><kbd class="kbd">"↵"</kbd></span>{say("Open it")}</span>
            <span aria-hidden="true"><span class="keys"><kbd class="kbd">{say("tab")}</kbd></span>{say("Commands for this one")}</span>
            <span class="push">{live(move || foot.get())}</span>
        </div>
    }
}

fn option_id(place: usize) -> String {
    ["palette-", &place.to_string()].concat()
}

fn scroll_to(place: usize) {
    if let Some(option) = document().get_element_by_id(&option_id(place)) {
        option.scroll_into_view_with_bool(false);
    }
}

fn drawn_section(
    section: Section,
    first: usize,
    words: &[String],
    active: Kept<usize>,
    on_take: Callback<usize>,
) -> impl IntoView + use<> {
    let id = ["palette-section-", &first.to_string()].concat();
    let label = id.clone();
    let options = section.options.into_iter().enumerate();
    let options = options.map(|(at, entry)| option(entry, first + at, words, active, on_take));
    let options = options.collect_view();
    view! {
        <div role="group" aria-labelledby=label>
            <div class="palette-title">
                <span id=id>{section.title}</span>
                <span>{section.note}</span>
            </div>
            {options}
        </div>
    }
}

fn option(
    entry: Entry,
    place: usize,
    words: &[String],
    active: Kept<usize>,
    on_take: Callback<usize>,
) -> impl IntoView + use<> {
    let is_off = entry.status != UserStatus::Active;
    let picture = if entry.href.is_empty() {
        avatar(&entry.name, "20", is_off).into_any()
    } else {
        sized(entry.href, "16").into_any()
    };
    let is_active = move || active.get() == place;
    let keys = (!entry.keys.is_empty()).then(|| {
        let keys = entry
            .keys
            .iter()
            .map(|key| view! { <kbd class="kbd">{key.clone()}</kbd> });
        view! { <span class="keys" aria-hidden="true">{keys.collect_view()}</span> }
    });
    let class = if entry.is_identifier {
        "option-sub mono"
    } else {
        "option-sub"
    };
    view! {
        <div
            class="option"
            role="option"
            id=option_id(place)
            aria-selected=move || if is_active() { "true" } else { "false" }
            // The field keeps the focus.
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| on_take.run(place)
        >
            {picture}
            <span class="option-name">{underlined(&entry.name, words)}</span>
            <span class=class>{entry.detail}</span>
            <span class="push">
                {is_off.then(|| status(entry.status))}
                {entry.end}
                {keys}
            </span>
        </div>
    }
}
