//! A field that suggests users or groups while one types: a combobox over a list.

use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;
use protocol::EntityName;

use crate::components::icon::{icon, sized};

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
    text: RwSignal<String>,
    /// What is suggested for the text.
    #[prop(into)]
    options: Signal<Vec<EntityName>>,
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
    let open = RwSignal::new(false);
    let active = RwSignal::new(0_usize);
    let shown = Memo::new(move |_| if open.get() { options.get() } else { Vec::new() });
    let take = move |place: usize| {
        let Some(option) = shown.with_untracked(|shown| shown.get(place).cloned()) else {
            return false;
        };
        open.set(false);
        on_pick.run(option);
        true
    };
    let keys = move |event: ev::KeyboardEvent| {
        let count = shown.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => active.update(|place| *place = (*place + 1) % count),
            "ArrowUp" if count > 0 => active.update(|place| *place = (*place + count - 1) % count),
            "ArrowDown" => open.set(true),
            "Enter" if take(active.get_untracked()) => {}
            "Enter" => match on_enter {
                Some(on_enter) => on_enter.run(text.get_untracked()),
                None => return,
            },
            "Escape" if count > 0 => open.set(false),
            "Escape" => match on_leave {
                Some(on_leave) => on_leave.run(()),
                None => return,
            },
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let leave = move |_| {
        open.set(false);
        if let Some(on_leave) = on_leave {
            on_leave.run(());
        }
    };
    let typed = move |event| {
        text.set(event_target_value(&event));
        active.set(0);
        open.set(true);
    };
    let list_id = [id, "-list"].concat();
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
                    aria-expanded=move || if shown.with(Vec::is_empty) { "false" } else { "true" }
                    aria-controls=list_id.clone()
                    aria-activedescendant=move || {
                        (!shown.with(Vec::is_empty)).then(|| option_id(id, active.get()))
                    }
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=text
                    on:input=typed
                    on:keydown=keys
                    on:blur=leave
                />
            </label>
            {move || list(id, option_href, shown.get(), active, Callback::new(move |place| { take(place); }))}
        </span>
    }
}

fn option_id(id: &str, place: usize) -> String {
    [id, "-", &place.to_string()].concat()
}

fn list(
    id: &'static str,
    href: &'static str,
    options: Vec<EntityName>,
    active: RwSignal<usize>,
    take: Callback<usize>,
) -> impl IntoView {
    let hidden = options.is_empty();
    let options = options
        .into_iter()
        .enumerate()
        .map(|(place, option)| {
            view! {
                <div
                    class="option"
                    role="option"
                    id=option_id(id, place)
                    aria-selected=move || if active.get() == place { "true" } else { "false" }
                    // The field keeps the focus: pressing must not take it away before the click.
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |_| take.run(place)
                >
                    {icon(href)}
                    <span class="option-name">{option.name}</span>
                    <span class="option-sub">{option.detail}</span>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="suggest" hidden=hidden>
            <div class="suggest-list" role="listbox" id=[id, "-list"].concat() aria-label="Suggestions">
                {options}
            </div>
        </div>
    }
}
