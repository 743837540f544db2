//! A field that suggests users or groups while one types: a combobox over a list.

use leptos::html::Input;
use leptos::prelude::*;
use protocol::EntityName;
use web_sys::{Event, KeyboardEvent};

use crate::components::icon::{icon, sized};
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::slot::Slot;
use crate::words::say;

/// What the field and its list share.
#[derive(Clone, Copy)]
struct Choosing {
    id: &'static str,
    text: Slot<String>,
    is_open: Slot<bool>,
    active: Slot<usize>,
    shown: Kept<Vec<EntityName>>,
    on_pick: Callback<EntityName>,
    on_enter: Option<Callback<String>>,
    on_leave: Option<Callback<()>>,
}

/// A field that suggests. Enter or a click takes a suggestion, ↑ and ↓ move, Escape closes.
#[component]
pub fn SuggestField(
    /// Names the field and its list; unique on the page.
    id: &'static str,
    /// What is looked for, such as "Add a group".
    label: &'static str,
    /// The drawing before it.
    #[prop(default = "#i-search")]
    href: &'static str,
    /// The drawing of each suggestion.
    #[prop(default = "#i-groups")]
    option_href: &'static str,
    /// The text so far; whoever suggests reads it.
    text: Slot<String>,
    /// What is suggested for the text.
    #[prop(into)]
    options: Kept<Vec<EntityName>>,
    /// One was taken.
    #[prop(into)]
    on_pick: Callback<EntityName>,
    /// Enter without a suggestion: what was typed.
    #[prop(optional, into)]
    on_enter: Option<Callback<String>>,
    /// Left without a choice.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    /// The element, for those who lead the focus here.
    #[prop(optional)]
    node: NodeRef<Input>,
) -> impl IntoView {
    let is_open = Slot::new(false);
    let shown = Kept::new(move || if is_open.get() { options.get() } else { Vec::new() });
    let active = Slot::new(0);
    let choosing = Choosing {
        id,
        text,
        is_open,
        active,
        shown,
        on_pick,
        on_enter,
        on_leave,
    };
    let is_empty = move || shown.with(Vec::is_empty);
    view! {
        <span class="suggest-anchor">
            <label class="input">
                {sized(href, "14")}
                <input
                    id=id
                    node_ref=node
                    role="combobox"
                    aria-label=label
                    placeholder=label
                    aria-autocomplete="list"
                    aria-expanded=move || if is_empty() { "false" } else { "true" }
                    aria-controls=[id, "-list"].concat()
                    aria-activedescendant=move || (!is_empty()).then(|| option_id(id, active.get()))
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || text.get()
                    on:input=move |event| choosing.typed(&event)
                    on:keydown=move |event| choosing.pressed(&event)
                    on:blur=move |_| choosing.left()
                />
            </label>
            {live(move || choosing.list(option_href))}
        </span>
    }
}

impl Choosing {
    fn typed(self, event: &Event) {
        self.text.set(event_target_value(event));
        self.active.set(0);
        self.is_open.set(true);
    }

    fn pressed(self, event: &KeyboardEvent) {
        let count = self.shown.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => self.active.update(|place| *place = (*place + 1) % count),
            "ArrowUp" if count > 0 => self.active.update(|place| *place = (*place + count - 1) % count),
            "ArrowDown" => self.is_open.set(true),
            "Enter" if self.take(self.active.get_untracked()) => {}
            "Enter" => match self.on_enter {
                Some(on_enter) => on_enter.run(self.text.get_untracked()),
                None => return,
            },
            "Escape" if count > 0 => self.is_open.set(false),
            "Escape" => match self.on_leave {
                Some(on_leave) => on_leave.run(()),
                None => return,
            },
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn left(self) {
        // A field that is taken away loses its focus by that: nobody is there any more to hear of it.
        if self.is_open.is_disposed() {
            return;
        }
        self.is_open.set(false);
        if let Some(on_leave) = self.on_leave {
            on_leave.run(());
        }
    }

    /// Takes a suggestion; false if there is none.
    fn take(self, place: usize) -> bool {
        let option = self.shown.with_untracked(|shown| shown.get(place).cloned());
        let taken = option.is_some();
        if let Some(option) = option {
            self.is_open.set(false);
            self.on_pick.run(option);
        }
        taken
    }

    fn list(self, href: &'static str) -> impl IntoView {
        let options = self.shown.get();
        let hidden = options.is_empty();
        let options = options
            .into_iter()
            .enumerate()
            .map(|(place, option)| self.option(href, place, option));
        view! {
            <div class="suggest" hidden=hidden>
                <div class="suggest-list" role="listbox" id=[self.id, "-list"].concat() aria-label=say("Suggestions")>
                    {options.collect_view()}
                </div>
            </div>
        }
    }

    fn option(self, href: &'static str, place: usize, option: EntityName) -> impl IntoView {
        view! {
            <div
                class="option"
                role="option"
                id=option_id(self.id, place)
                aria-selected=move || if self.active.get() == place { "true" } else { "false" }
                // The field keeps the focus: pressing must not take it away before the click.
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| {
                    self.take(place);
                }
            >
                {icon(href)}
                <span class="option-name">{option.name}</span>
                <span class="option-sub">{option.detail}</span>
            </div>
        }
    }
}

fn option_id(id: &str, place: usize) -> String {
    [id, "-", &place.to_string()].concat()
}
