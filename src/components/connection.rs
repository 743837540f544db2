//! Where directories come from: the rows of the list, and the cards that one is chosen by.

use leptos::prelude::*;

use super::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::words::say;

/// How a directory stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It answers.
    Open,
    /// It is being read.
    Reading,
    /// It could be read.
    Closed,
    /// It was refused.
    Refused,
    /// It waits, for the server or for a person.
    Waiting,
    /// It wants somebody to sign in.
    SignedOut,
}

/// A directory in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its drawing.
    pub href: &'static str,
    /// What it is called.
    pub name: String,
    /// Where it lies.
    pub place: String,
    /// How it stands.
    pub standing: Standing,
    /// A number that belongs to that: how many users, how many percent.
    pub amount: String,
}

/// The drawing of a kind of directory, in a frame; `size` is `lg` or empty.
pub fn tile(href: &'static str, size: &'static str) -> impl IntoView {
    view! {
        <span class="source-tile" data-size=size aria-hidden="true">
            {icon(href)}
        </span>
    }
}

/// A directory of the list; the one that is shown beside it is the current one.
#[component]
pub fn ConnectionRow(
    /// What it says.
    #[prop(into)]
    entry: Kept<Entry>,
    /// Where it leads.
    #[prop(into)]
    url: Kept<String>,
    /// Whether it is shown beside the list.
    #[prop(into)]
    current: Kept<bool>,
) -> impl IntoView {
    let says = move || {
        let entry = entry.get();
        let (state, href, word) = match entry.standing {
            Standing::Open => ("ready", "#i-check", say("Open")),
            Standing::Reading => ("loading", "#i-refresh", say("Reading")),
            Standing::Closed => ("", "#i-empty", say("Not open")),
            Standing::Refused => ("error", "#i-octagon", say("Not read")),
            Standing::Waiting => ("wait", "#i-clock", say("Waiting")),
            Standing::SignedOut => ("error", "#i-octagon", say("Signed out")),
        };
        view! {
            {tile(entry.href, "lg")}
            <div>
                <strong>{entry.name}</strong>
                <small>{entry.place}</small>
            </div>
            <div class="num">
                <span class="state" data-state=state>
                    {icon(href)}
                    {word}
                </span>
                <small>{entry.amount}</small>
            </div>
        }
    };
    view! {
        <li>
            <a class="conn-row" href=move || url.get() aria-current=move || current.get().then_some("true")>
                {live(says)}
            </a>
        </li>
    }
}

/// A directory that is offered, or kept; its children are what can be done with it.
#[component]
pub fn PlaceRow(
    /// Its drawing.
    href: &'static str,
    /// What it is called.
    name: String,
    /// Where it lies, or how large it is.
    about: String,
    /// Where its name leads; nowhere if empty.
    #[prop(optional)]
    url: String,
    /// Buttons.
    children: Children,
) -> impl IntoView {
    let title = about.clone();
    let name = match url.is_empty() {
        true => view! { <strong>{name}</strong> }.into_any(),
        false => view! { <strong><a href=url>{name}</a></strong> }.into_any(),
    };
    view! {
        <li class="place-row">
            {tile(href, "lg")}
            <div>{name} <small title=title>{about}</small></div>
            {children()}
        </li>
    }
}

/// A choice among few, as cards: one of a radio group of this name.
#[component]
pub fn Card(
    /// The radio group.
    group: &'static str,
    /// What it is.
    #[prop(into)]
    title: String,
    /// What to know about it.
    text: &'static str,
    /// Its drawing; none if empty.
    #[prop(optional)]
    href: &'static str,
    /// Whether it is the one.
    #[prop(into)]
    checked: Kept<bool>,
    /// Chosen.
    #[prop(into)]
    on_choose: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="system">
            <input type="radio" name=group prop:checked=move || checked.get() on:change=move |_| on_choose.run(()) />
            {(!href.is_empty()).then(|| tile(href, "lg"))}
            <strong>{title}</strong>
            <small>{text}</small>
            <span class="system-tick" aria-hidden="true">{icon("#i-check")}</span>
        </label>
    }
}
