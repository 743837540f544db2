//! Tabs that are links: each has its address, arrow keys walk through them.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::focus::walk;
use super::number::number;
use crate::components::kept::Kept;
use crate::components::live::live;

/// One tab.
#[derive(Clone, PartialEq)]
pub struct TabLink {
    /// Its id; the panel's is `panel-` and this, the tab's `tab-` and this.
    pub id: &'static str,
    /// The word.
    pub text: &'static str,
    /// A number behind the word.
    pub count: Option<u32>,
    /// Its address.
    pub url: String,
}

/// A row of tabs.
#[component]
pub fn Tabs(
    /// What they are tabs of.
    #[prop(into)]
    label: Kept<String>,
    /// The tabs.
    #[prop(into)]
    tabs: Kept<Vec<TabLink>>,
    /// The id of the one on screen.
    #[prop(into)]
    current: Kept<&'static str>,
) -> impl IntoView {
    let keys = move |event: KeyboardEvent| {
        let list = event
            .current_target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(link) = list.and_then(|list| walk(&event, &list, "[role=tab]")) {
            link.click();
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=move || label.get() on:keydown=keys>
            {live(move || tabs.get().into_iter().map(|tab| tab_link(tab, current)).collect_view())}
        </div>
    }
}

fn tab_link(tab: TabLink, current: Kept<&'static str>) -> impl IntoView {
    let id = tab.id;
    let is_on = move || current.get() == id;
    let count = tab
        .count
        .map(|count| view! { <span class="count">{number(count)}</span> });
    view! {
        <a
            class="tab"
            role="tab"
            id=["tab-", id].concat()
            aria-controls=["panel-", id].concat()
            aria-selected=move || if is_on() { "true" } else { "false" }
            tabindex=move || if is_on() { "0" } else { "-1" }
            href=tab.url
        >
            {tab.text}
            {count}
        </a>
    }
}
