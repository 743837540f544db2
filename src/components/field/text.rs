//! A field with its label above and what is good to know below.

use leptos::prelude::*;

use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::slot::Slot;
use crate::words::say;

/// A line of text. A secret one is hidden, and no browser is to remember it.
#[component]
pub fn TextField(
    /// Its id within the page.
    id: &'static str,
    /// Its name.
    #[prop(into)]
    label: Kept<String>,
    /// The text.
    text: Slot<String>,
    /// What is good to know; none if empty.
    #[prop(optional, into)]
    hint: Kept<String>,
    /// What is wrong with the text; nothing if empty.
    #[prop(optional, into)]
    problem: Kept<String>,
    /// An example; none if empty.
    #[prop(optional)]
    example: &'static str,
    /// Whether it is in the letters of code.
    #[prop(optional)]
    mono: bool,
    /// Whether nobody may read it over a shoulder.
    #[prop(optional)]
    secret: bool,
    /// Whether it takes the whole width of its form.
    #[prop(optional)]
    wide: bool,
) -> impl IntoView {
    let is_shown = Slot::new(false);
    let has_problem = Kept::new(move || !problem.with(String::is_empty));
    let below = ["below-", id].concat();
    let eye = secret.then(|| {
        view! {
            <button
                type="button"
                class="button"
                data-kind="quiet"
                data-icon=""
                data-size="sm"
                aria-label=say("Show the secret")
                title=say("Show the secret")
                aria-pressed=move || if is_shown.get() { "true" } else { "false" }
                on:click=move |_| is_shown.update(|shown| *shown = !*shown)
            >
                {icon("#i-eye")}
            </button>
        }
    });
    let says = move || {
        if has_problem.get() {
            let says = view! { {icon("#i-octagon")} <span>{problem.get()}</span> };
            view! { <span class="field-error">{says}</span> }.into_any()
        } else {
            view! { <span class="field-hint">{hint.get()}</span> }.into_any()
        }
    };
    view! {
        <div class="field" data-wide=wide.then_some("")>
            <label class="field-label" for=id>
                {live(move || label.get())}
            </label>
            <span
                class="input"
                data-size="lg"
                data-mono=mono.then_some("")
                data-state=move || has_problem.get().then_some("error")
            >
                <input
                    id=id
                    type=move || if secret && !is_shown.get() { "password" } else { "text" }
                    placeholder=(!example.is_empty()).then_some(example)
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-invalid=move || has_problem.get().then_some("true")
                    aria-describedby=below.clone()
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                />
                {eye}
            </span>
            <span id=below role="status">
                {live(says)}
            </span>
        </div>
    }
}
