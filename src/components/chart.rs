//! Bars with their values printed: no axis is needed, and nothing is told by a bar alone.

use leptos::prelude::*;

use super::number::{length, number, percent};
use crate::words::{fill, say};

/// One column of a histogram.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What stands below it.
    pub name: String,
    /// How many.
    pub count: u32,
    /// Whether it is one to worry about.
    pub is_warning: bool,
    /// What a reader hears after the number, such as `groups with 1 to 9 members`.
    pub told: String,
}

/// Columns with their numbers above and their names below; `label` says what is counted.
pub fn histogram(label: &'static str, columns: Vec<Column>) -> impl IntoView {
    let most = columns.iter().map(|column| column.count).max().unwrap_or(0);
    let columns = columns.into_iter().map(|column| {
        let title = [&number(column.count), " ", &column.told].concat();
        view! {
            <li data-tone=column.is_warning.then_some("warn") title=title>
                <span class="histo-val">{number(column.count)}</span>
                <span class="histo-bar" style=("--v", length(percent(column.count, most)))></span>
                <span aria-hidden="true">{column.name}</span>
                <span class="sr-only">{column.told}</span>
            </li>
        }
    });
    view! { <ol class="histo" aria-label=label>{columns.collect_view()}</ol> }
}

/// How many groups stand at each level below, from the first level down.
pub fn level_bars(levels: &[u32]) -> impl IntoView + use<> {
    let columns = levels.iter().zip(1_usize..).map(|(&count, level)| Column {
        name: match level {
            1 => say("1 down").to_owned(),
            level => level.to_string(),
        },
        count,
        is_warning: false,
        told: fill("groups, levels down: {0}", &[&level.to_string()]),
    });
    histogram(say("Groups at each level below"), columns.collect())
}

/// One row of a ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The name.
    pub name: String,
    /// Where it leads.
    pub url: String,
    /// The part that is drawn solid.
    pub direct: u32,
    /// The whole; what is beyond the part is hatched.
    pub total: u32,
}

/// Names with bars and numbers, the largest first; `label` says what is ranked.
pub fn ranking(label: &'static str, rows: Vec<Ranked>) -> impl IntoView {
    let most = rows.iter().map(|row| row.total).max().unwrap_or(0);
    let bar = |class: &'static str, part: u32| {
        let width = length(percent(part, most));
        (part > 0).then(|| view! { <i class=class style=("--v", width)></i> })
    };
    let rows = rows.into_iter().map(|row| {
        let inherited = row.total.saturating_sub(row.direct);
        let parts = fill(
            "{0} direct, {1} through nesting alone",
            &[&number(row.direct), &number(inherited)],
        );
        view! {
            <li>
                <a class="rank-row" href=row.url title=parts>
                    <span class="truncate">{row.name}</span>
                    <span class="rank-bar" aria-hidden="true">
                        {bar("solid", row.direct)}
                        {bar("hatch", inherited)}
                    </span>
                    <span class="num">{number(row.total)}</span>
                </a>
            </li>
        }
    });
    view! { <ol class="rank" aria-label=label>{rows.collect_view()}</ol> }
}

/// Part of a whole, as a bar and in percent.
pub fn share(part: u32, whole: u32) -> impl IntoView {
    let percent = percent(part, whole);
    let words = match percent {
        0.0 => "0%".to_owned(),
        percent if percent < 1.0 => "<1%".to_owned(),
        percent => length(percent.round()) + "%",
    };
    view! {
        <span class="bar" aria-hidden="true" style=("--v", length(percent))></span>
        <span class="num muted">{words}</span>
    }
}
