//! One row of the tree of groups.

use leptos::prelude::*;
use protocol::{TreePlace, TreeRow};

use crate::components::icon::{icon, mark};
use crate::components::number::number;
use crate::words::{counted, fill, say};

/// The cells of a row: name with its marks, direct members, all members.
pub fn cells(row: &TreeRow) -> AnyView {
    match row.place {
        TreePlace::Here => here(row).into_any(),
        TreePlace::Back | TreePlace::Elsewhere => refers(row).into_any(),
    }
}

fn here(row: &TreeRow) -> impl IntoView + use<> {
    view! {
        {name_cell(row, row.name.clone().into_any())}
        {amount(row.direct)}
        {amount(row.total)}
    }
}

/// The cell of a group that stands here, whose name is drawn like this.
pub(super) fn name_cell(row: &TreeRow, name: AnyView) -> impl IntoView + use<> {
    let twist = if row.expanded.is_some() {
        view! { <span class="tree-twist" aria-hidden="true">{icon("#i-chevron-right")}</span> }.into_any()
    } else {
        view! { <span class="tree-leaf"></span> }.into_any()
    };
    view! {
        <span class="tree-cell" role="gridcell">
            <span class="tree-guides"></span>
            {twist}
            <span class="tree-name">{name}</span>
            {marks(row)}
        </span>
    }
}

fn marks(row: &TreeRow) -> impl IntoView + use<> {
    let also = (row.also_under > 0).then(|| {
        let others = number(row.also_under);
        let title = counted("Also under {0} other|Also under {0} others", row.also_under.into());
        let text = ["+", &others].concat();
        let words = title.clone();
        view! {
            <span class="tree-also" title=title>
                <span aria-hidden="true">{text}</span>
                <span class="sr-only">{words}</span>
            </span>
        }
    });
    view! {
        <span class="tree-marks">
            {also}
            {row.has_manager.then(|| mark("#i-key", "manager-mark", say("Has managers")))}
            {row.in_cycle.then(|| mark("#i-loop", "warn-mark", say("Part of a cycle")))}
        </span>
    }
}

fn amount(value: Option<u32>) -> impl IntoView {
    view! { <span role="gridcell" class="num" data-zero=(value == Some(0)).then_some("")>{value.map(number)}</span> }
}

/// A row that refers to a group which stands elsewhere: it cannot be opened, and has no numbers.
fn refers(row: &TreeRow) -> impl IntoView + use<> {
    view! {
        {reference_cell(row)}
        <span role="gridcell" class="num"></span>
        <span role="gridcell" class="num"></span>
    }
}

/// The cell of a row that refers to a group.
pub(super) fn reference_cell(row: &TreeRow) -> impl IntoView + use<> {
    let (href, text, note) = match row.place {
        TreePlace::Back => ("#i-loop", fill("Back to {0}", &[&row.name]), None),
        _ => (
            "#i-external",
            row.name.clone(),
            Some(view! { <span class="sr-only">", " {say("under another group")}</span> }),
        ),
    };
    view! {
        <span class="tree-cell" role="gridcell">
            <span class="tree-guides"></span>
            <span class="tree-twist" aria-hidden="true">{icon(href)}</span>
            <span class="tree-name">{text}{note}</span>
        </span>
    }
}

/// Stands for a row that is not there yet.
pub fn skeleton(place: u32) -> AnyView {
    let width = (30 + place * 17 % 40).to_string() + "%";
    view! {
        <span class="tree-cell" role="gridcell">
            <span class="tree-guides"></span>
            <span class="tree-leaf"></span>
            <span class="skeleton" style:--w=width></span>
        </span>
        <span role="gridcell" class="num"></span>
        <span role="gridcell" class="num"><span class="skeleton"></span></span>
    }
    .into_any()
}
