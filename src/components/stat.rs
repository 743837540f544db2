//! The numbers of a directory in one line, with rules between them.

use leptos::prelude::*;

use super::icon::icon;
use super::relation::rel_mark;
use crate::components::kept::Kept;
use crate::components::live::live;

/// One number.
#[derive(Clone, Default, PartialEq)]
pub struct Stat {
    /// A drawing before the name; one that begins with `#rel-` is a relation mark.
    pub href: &'static str,
    /// What is counted.
    pub name: &'static str,
    /// The number; nothing while it is not known.
    pub value: Option<String>,
    /// What there is to say about it.
    pub note: String,
}

/// The numbers.
#[component]
pub fn Stats(
    /// In their order.
    #[prop(into)]
    stats: Kept<Vec<Stat>>,
) -> impl IntoView {
    let strip = move || stats.get().into_iter().map(stat).collect_view();
    view! { <dl class="stats">{live(strip)}</dl> }
}

fn stat(stat: Stat) -> impl IntoView {
    let drawing = match stat.href.strip_prefix("#rel-") {
        Some(rel) => rel_mark(rel, "").into_any(),
        None => icon(stat.href).into_any(),
    };
    let value = match stat.value {
        Some(value) => view! {
            <dd>{value}</dd>
            <dd class="stat-note">{stat.note}</dd>
        }
        .into_any(),
        None => view! {
            <dd class="skeleton" style:--w="60%"></dd>
            <dd class="skeleton" style:--w="80%"></dd>
        }
        .into_any(),
    };
    view! {
        <div class="stat">
            <dt>{drawing} {stat.name}</dt>
            {value}
        </div>
    }
}
