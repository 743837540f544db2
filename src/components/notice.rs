//! A notice, an empty state, a toast: each says what happened, and offers one thing to do.

use leptos::prelude::*;

use super::button::Button;
use super::icon::{icon, sized};
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::words::{fill, say};

/// A banner within a page. `tone` is `ok`, `warn`, `danger` or empty; only `danger` interrupts a reader.
#[component]
pub fn Notice(
    /// What happened, a sentence.
    #[prop(into)]
    title: Kept<String>,
    /// What is kept, and what it means.
    #[prop(into, optional)]
    text: Kept<String>,
    /// `ok`, `warn`, `danger`, or empty.
    #[prop(optional)]
    tone: &'static str,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let href = match tone {
        "ok" => "#i-check",
        "warn" => "#i-triangle",
        "danger" => "#i-octagon",
        _ => "#i-info",
    };
    let role = if tone == "danger" { "alert" } else { "status" };
    view! {
        <div class="notice" data-tone=tone role=role>
            {icon(href)}
            <div>
                <strong>{live(move || title.get())}</strong>
                <p hidden=move || text.with(String::is_empty)>{live(move || text.get())}</p>
            </div>
            <div class="actions">{children.map(|children| children())}</div>
        </div>
    }
}

/// Where there is nothing to show, and why. `size` is `sm` within a card.
#[component]
pub fn Empty(
    /// Whether it is all that the screen shows, so that its title is the screen's.
    #[prop(optional)]
    is_screen: bool,
    /// What there is not.
    #[prop(into)]
    title: Kept<String>,
    /// Why.
    #[prop(into)]
    text: Kept<String>,
    /// `sm`, or empty.
    #[prop(optional)]
    size: &'static str,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let actions = children.map(|children| view! { <div class="actions">{children()}</div> });
    let title = live(move || title.get());
    let heading = if is_screen {
        view! { <h1>{title}</h1> }.into_any()
    } else {
        view! { <h2>{title}</h2> }.into_any()
    };
    view! {
        <div class="empty" data-size=size role="status">
            {heading}
            <p>{live(move || text.get())}</p>
            {actions}
        </div>
    }
}

/// Above the last good rows, while the newest query cannot be read.
#[component]
pub fn StaleNote(
    /// When they were answered: the time of day.
    #[prop(into)]
    from: Kept<String>,
    /// How many there are, such as `214 users`.
    #[prop(into)]
    extent: Kept<String>,
    /// The query that they answer.
    #[prop(into)]
    query: Kept<String>,
    /// Restore that query.
    #[prop(into)]
    on_back: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="grid-note" role="status">
            {sized("#i-clock", "14")}
            <span>
                <b>{live(move || fill("The last good answer, from {0}.", &[&from.get()]))}</b>
                " "
                {live(move || extent.get())}
                <span hidden=move || query.with(String::is_empty)>" " {say("for")} " " <code dir="ltr">{live(move || query.get())}</code></span>
            </span>
            <Button text=say("Go back to it") href="#i-undo" kind="quiet" size="sm" on_press=on_back />
        </div>
    }
}

/// What was just done, such as `Copied 2 usernames.`; it is there always, so that readers hear what it says.
#[component]
pub fn Toast(
    /// The sentence; nothing is shown without one.
    #[prop(into)]
    text: Kept<Option<String>>,
) -> impl IntoView {
    view! {
        <div class="toasts" role="status">
            {live(move || text.get().map(|text| view! { <div class="toast">{icon("#i-check")} <span>{text}</span></div> }))}
        </div>
    }
}
