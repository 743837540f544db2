//! Findings: severity by shape first (octagon, triangle, circle), then the count, then the sentence, then the names.

mod figure;
mod list;

pub use figure::loop_figure;
pub use list::{FindingList, Links};

use leptos::prelude::*;
use protocol::Severity;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::focus::walk;
use super::icon::{icon, mark};
use super::number::number;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::words::say;

/// The word for a severity.
#[must_use]
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => say("Critical"),
        Severity::Warning => say("Warning"),
        Severity::Notice => say("Notice"),
    }
}

/// The drawing of a severity, and the class of its hue.
#[must_use]
pub const fn severity_icon(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Critical => ("#i-octagon", "danger-mark"),
        Severity::Warning => ("#i-triangle", "warn-mark"),
        Severity::Notice => ("#i-info", "muted"),
    }
}

/// A severity as a drawing with its name.
pub fn severity_mark(severity: Severity) -> impl IntoView {
    let (href, hue) = severity_icon(severity);
    mark(href, hue, severity_word(severity))
}

/// Findings of one kind, in a list of kinds.
#[derive(Clone, PartialEq)]
pub struct KindRow {
    /// How much it matters.
    pub severity: Severity,
    /// What the kind is called.
    pub title: &'static str,
    /// What it means, in a few words.
    pub body: String,
    /// What some of them are about.
    pub names: Vec<String>,
    /// How many there are beside those that are named.
    pub more: u32,
    /// The number, and behind it what is counted; more words than one stand below it.
    pub count: (String, String),
    /// Where it leads.
    pub url: String,
    /// Whether it is the one that is shown.
    pub is_current: bool,
}

/// The kinds under their severities: one stop of the Tab key, arrows walk.
#[component]
pub fn KindList(
    /// The kinds, the gravest first.
    #[prop(into)]
    rows: Kept<Vec<KindRow>>,
) -> impl IntoView {
    let keys = |event: KeyboardEvent| {
        let list = event.current_target().and_then(|list| list.dyn_into::<Element>().ok());
        if let Some(list) = list {
            walk(&event, &list, ".finding-row");
        }
    };
    let groups = move || {
        let rows = rows.get();
        let stop = rows.iter().position(|row| row.is_current).unwrap_or_default();
        let rows: Vec<(usize, KindRow)> = rows.into_iter().enumerate().collect();
        let groups = rows.chunk_by(|(_, one), (_, other)| one.severity == other.severity);
        groups.map(|group| severity_group(group, stop)).collect_view()
    };
    view! { <div class="scroll" on:keydown=keys>{live(groups)}</div> }
}

fn severity_group(rows: &[(usize, KindRow)], stop: usize) -> impl IntoView + use<> {
    let severity = rows.first().map_or(Severity::Notice, |(_, row)| row.severity);
    let (href, hue) = severity_icon(severity);
    let rows = rows.iter().map(|(place, row)| kind_row(row.clone(), *place == stop));
    view! {
        <h2 class="finding-group">
            <span class=hue>{icon(href)}</span>
            {severity_word(severity)}
        </h2>
        <ul>{rows.collect_view()}</ul>
    }
}

fn kind_row(row: KindRow, is_stop: bool) -> impl IntoView {
    let names = row
        .names
        .into_iter()
        .map(|name| view! { <span class="name-tag" title=name.clone()>{name.clone()}</span> })
        .collect_view();
    let more = (row.more > 0).then(|| view! { <span class="name-tag more">"+" {number(row.more)}</span> });
    let (count, noun) = row.count;
    view! {
        <li>
            <a
                class="finding-row"
                href=row.url
                aria-current=row.is_current.then_some("true")
                tabindex=if is_stop { "0" } else { "-1" }
            >
                <span class="finding-mark">{severity_mark(row.severity)}</span>
                <span class="finding-text">
                    <span class="finding-title">{row.title}</span>
                    <span class="finding-body">{row.body}</span>
                    <span class="names">{names}{more}</span>
                </span>
                <span class="finding-count">
                    <b>{count}</b>
                    " "
                    <small>{noun}</small>
                </span>
            </a>
        </li>
    }
}

/// Why findings matter, and what to do about them.
pub fn advice(why: &'static str, todo: &'static str) -> impl IntoView {
    view! {
        <div class="advice-grid">
            <section class="advice">
                <h2>{say("Why it matters")}</h2>
                <p>{why}</p>
            </section>
            <section class="advice">
                <h2>{say("What to do")}</h2>
                <p>{todo}</p>
            </section>
        </div>
    }
}
