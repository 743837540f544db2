//! A field for identifiers of users or groups, one or several with commas between, which suggests while one types.

use leptos::prelude::*;
use protocol::EntityName;
use web_sys::KeyboardEvent;

use super::identifiers::{identifier, last};
use super::list::{Choosing, Wish};
use super::suggest::{list_id, option_id};
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::words::say;

/// A field for identifiers. Every key is told; Enter, or Tab, takes what is chosen from the list.
#[component]
pub fn IdentifierField(
    /// Names its parts; unique on the page.
    id: &'static str,
    /// What is asked for.
    label: &'static str,
    /// What to know about it, behind the label.
    #[prop(optional)]
    hint: &'static str,
    /// The drawing of a suggestion.
    href: &'static str,
    /// Several, with commas between.
    #[prop(optional)]
    several: bool,
    /// `lg`, or empty.
    #[prop(optional)]
    size: &'static str,
    /// Who is meant, before the text.
    #[prop(optional, into)]
    lead: ViewFn,
    /// The text.
    #[prop(into)]
    text: Kept<String>,
    /// What is suggested for its last identifier.
    #[prop(into)]
    options: Kept<Vec<EntityName>>,
    /// Typed: the new text.
    #[prop(into)]
    on_input: Callback<String>,
    /// Suggestions for this beginning are wanted.
    #[prop(into)]
    on_want: Callback<String>,
    /// Enter, with nothing chosen; or one was taken where only one is asked for.
    #[prop(into)]
    on_apply: Callback<()>,
) -> impl IntoView {
    let choosing = Choosing::new(Kept::new(move || options.with(Vec::len)));
    let typed = move |text: String| {
        on_want.run(last(&text, several).to_owned());
        on_input.run(text);
        choosing.typed();
    };
    let take = move |place: usize| {
        let Some(word) = options.with_untracked(|options| identifier(options, place, several)) else {
            return;
        };
        let text = text.get_untracked();
        let kept = &text[..text.len() - last(&text, several).len()];
        choosing.close();
        on_input.run([kept, &word, if several { ", " } else { "" }].concat());
        if !several {
            on_apply.run(());
        }
    };
    let keys = move |event: KeyboardEvent| {
        let begun = text.with_untracked(|text| !last(text, several).is_empty());
        match choosing.key(&event, begun) {
            Wish::Other => return,
            Wish::Used => {}
            Wish::Find => on_want.run(text.with_untracked(|text| last(text, several).to_owned())),
            Wish::Take(place) => take(place),
            Wish::Apply => on_apply.run(()),
        }
        event.prevent_default();
    };
    let active = move || {
        choosing
            .active
            .get()
            .filter(|_| choosing.is_shown())
            .map(|place| option_id(id, place))
    };
    let rows = move || {
        let options = options.get().into_iter().enumerate();
        options
            .map(|(place, option)| row(id, href, place, option, choosing, Callback::new(take)))
            .collect_view()
    };
    view! {
        <div class="field query-anchor">
            <label class="field-label" for=id>
                {label}
                {(!hint.is_empty()).then(|| view! { " "<span class="muted">{hint}</span> })}
            </label>
            <span class="input" data-size=size>
                {live(move || lead.run())}
                <input
                    id=id
                    class="mono"
                    role="combobox"
                    aria-autocomplete="list"
                    aria-controls=list_id(id)
                    aria-expanded=move || if choosing.is_shown() { "true" } else { "false" }
                    aria-activedescendant=active
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    prop:value=move || text.get()
                    on:input=move |event| typed(event_target_value(&event))
                    on:keydown=keys
                    on:blur=move |_| choosing.close()
                />
            </span>
            <div class="suggest" hidden=move || !choosing.is_shown()>
                <div class="suggest-list" role="listbox" id=list_id(id) aria-label=say("Suggestions")>
                    {live(rows)}
                </div>
            </div>
        </div>
    }
}

fn row(
    id: &str,
    href: &'static str,
    place: usize,
    option: EntityName,
    choosing: Choosing,
    on_take: Callback<usize>,
) -> impl IntoView + use<> {
    view! {
        <div
            class="option"
            role="option"
            id=option_id(id, place)
            aria-selected=move || if choosing.is_active(place) { "true" } else { "false" }
            // The field keeps the focus: pressing must not take it away before the click.
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| on_take.run(place)
        >
            {icon(href)}
            <span>{option.name}</span>
            <span class="option-sub">{option.detail}</span>
        </div>
    }
}
