//! A short table of groups, with the part that each has of a whole.

use leptos::prelude::*;
use protocol::GroupBrief;

use crate::components::chart::share;
use crate::components::icon::sized;
use crate::components::number::number;
use crate::components::piece::{Piece, several, span};
use crate::words::{counted, fill, say};

/// A table of groups; `whole` is what their totals are a part of, and without it no part is told.
pub fn briefs(
    label: &'static str,
    groups: &[GroupBrief],
    whole: Option<u32>,
    knows_managers: bool,
    url: &dyn Fn(&str) -> String,
) -> impl IntoView + use<> {
    let rows = groups
        .iter()
        .map(|group| row(group, whole, knows_managers, url(&group.id)))
        .collect_view();
    let part = whole.map(|whole| {
        view! { <span class="share" role="columnheader">{fill("Share of the {0}", &[&number(whole)])}</span> }
    });
    view! {
        <div class="grid briefs" data-share=whole.is_some().then_some("") role="table" aria-label=label>
            <div class="grid-head" role="row">
                <span role="columnheader">{say("Group")}</span>
                <span class="c-managers" role="columnheader">{say("Managers")}</span>
                <span class="c-direct num" role="columnheader">{say("Direct")}</span>
                <span class="num" role="columnheader">{say("Total")}</span>
                {part}
            </div>
            {rows}
        </div>
    }
}

fn row(group: &GroupBrief, whole: Option<u32>, knows_managers: bool, url: String) -> impl IntoView + use<> {
    let (href, hue) = if group.in_cycle {
        ("#i-loop", "icon warn-mark")
    } else {
        ("#i-groups", "icon")
    };
    let title = group.in_cycle.then(|| say("Part of a cycle"));
    let part = whole.map(|whole| view! { <span class="share" role="cell">{share(group.total, whole)}</span> });
    view! {
        <div class="grid-row" role="row">
            <span class="cell" role="cell">
                <svg class=hue data-size="14" role=title.map(|_| "img") aria-label=title aria-hidden=title.is_none().then_some("true")>
                    <use href=href />
                </svg>
                <a class="cell-link medium" href=url title=group.description.clone()>
                    {group.name.clone()}
                </a>
            </span>
            <span class="cell c-managers" role="cell">{several(managers(knows_managers.then_some(group.managers), ""))}</span>
            <span class="c-direct num muted" role="cell">{number(group.direct)}</span>
            <span class="num" role="cell">{number(group.total)}</span>
            {part}
        </div>
    }
}

/// How many manage a group, where that is known; by name, if it is one and the name is.
pub fn managers(count: Option<u32>, name: &str) -> Vec<Piece> {
    let (mark, href) = match count {
        None => return vec![span("muted").saying(say("Not known"))],
        Some(0) => ("warn-mark", "#i-key-off"),
        Some(_) => ("manager-mark", "#i-key"),
    };
    let words = match count.unwrap_or_default() {
        0 => span("muted").saying(say("No manager")),
        1 if !name.is_empty() => span("mono soft truncate").saying(name.to_owned()),
        count => span("soft").saying(counted("{0} manager|{0} managers", count.into())),
    };
    vec![span(mark).of(sized(href, "14")), words]
}
