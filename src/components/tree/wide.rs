//! The columns of a hierarchy's list: the group, a user in it, its counts, its managers.

use leptos::prelude::*;
use protocol::{HierarchyRow, PictureRelation, TreeOrder, TreePlace, TreeRow};
use web_sys::{HtmlElement, PointerEvent};

use super::Wide;
use super::head::{sort_button, sorted, walked};
use super::row::{name_cell, reference_cell};
use crate::components::columns::arrangement::Known;
use crate::components::columns::{Arranging, Carry, edge};
use crate::components::grid::{managers, underlined};
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::number::number;
use crate::components::piece::{Piece, span, text};
use crate::components::relation::rel_mark;
use crate::words::{self, say};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The group.
    Group,
    /// How the user is in it.
    Relation,
    /// Direct members.
    Direct,
    /// All members.
    Total,
    /// Who manages it.
    Managers,
}

impl Column {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Group, Self::Relation, Self::Direct, Self::Total, Self::Managers];

    const fn key(self) -> &'static str {
        match self {
            Self::Group => "name",
            Self::Relation => "user",
            Self::Direct => "direct",
            Self::Total => "total",
            Self::Managers => "managers",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Group => "",
            Self::Relation => "cell t-user",
            Self::Direct => "num t-direct",
            Self::Total => "num t-total",
            Self::Managers => "cell t-managers",
        }
    }

    const fn order(self) -> Option<TreeOrder> {
        match self {
            Self::Group => Some(TreeOrder::Name),
            Self::Direct => Some(TreeOrder::Direct),
            Self::Total => Some(TreeOrder::Total),
            Self::Relation | Self::Managers => None,
        }
    }

    /// The column as far as arranging it goes; `user` is what the user is called.
    #[must_use]
    pub fn known(self, user: &str) -> Known {
        let (label, track) = match self {
            Self::Group => (say("Group"), ("15rem", "1.6fr")),
            Self::Relation => (user, ("6.5rem", "6.5rem")),
            Self::Direct => (say("Direct"), ("4.5rem", "4.5rem")),
            Self::Total => (say("Total"), ("5rem", "5rem")),
            Self::Managers => (say("Managers"), ("8rem", "0.7fr")),
        };
        Known {
            key: self.key(),
            label: label.to_owned(),
            note: if self == Self::Group { words::key("always") } else { "" },
            is_usual: true,
            track,
        }
    }
}

/// What is listed beside the tree's own rows.
#[derive(Clone, Copy)]
pub struct Told {
    /// What there is to say of each row of the page.
    pub more: Kept<Vec<HierarchyRow>>,
    /// What names were searched for.
    pub find: Kept<String>,
    /// How siblings are ordered.
    pub order: Kept<TreeOrder>,
    /// Another order was chosen.
    pub on_order: Callback<TreeOrder>,
}

/// The list, with its columns as they are arranged.
#[must_use]
pub fn wide(arranging: Arranging, told: Told) -> Wide {
    let columns = Kept::new(move || {
        let shown = arranging.shown().into_iter();
        let column = |key: String| Column::ALL.into_iter().find(|column| column.key() == key);
        shown.filter_map(|place| column(place.key)).collect::<Vec<_>>()
    });
    Wide {
        label: say("Hierarchy"),
        head: Callback::new(move |()| head(arranging, columns, told).into_any()),
        cells: Callback::new(move |(place, row): (usize, TreeRow)| {
            let more = told.more.with(|more| more.get(place).cloned().unwrap_or_default());
            let cell = |column: Column| cell(column, &row, &more, told);
            columns.get().into_iter().map(cell).collect()
        }),
        arrange: Callback::new(move |tree| arrange(&tree, arranging)),
    }
}

/// Gives the tree the tracks of its columns, which its stylesheet has for those that nobody arranged.
fn arrange(tree: &HtmlElement, arranging: Arranging) {
    tree.set_id(arranging.table);
    let _ = tree.set_attribute("data-wide", "");
    let style = tree.style();
    if let Some((tracks, room)) = arranging.template() {
        let _ = tree.set_attribute("data-own", "");
        let _ = style.set_property("--own", &tracks);
        let _ = style.set_property("--room", &room);
    } else {
        let _ = tree.remove_attribute("data-own");
        let _ = style.remove_property("--own");
        let _ = style.remove_property("--room");
    }
}

fn head(arranging: Arranging, columns: Kept<Vec<Column>>, told: Told) -> impl IntoView {
    let carry = Carry::new(arranging);
    let cell = move |column: Column| {
        let label = arranging.known.with(|known| {
            let known = known.iter().find(|known| known.key == column.key());
            known.map(|known| known.label.clone()).unwrap_or_default()
        });
        let edge = edge(arranging, column.key(), &label);
        let content = match column.order() {
            Some(by) => sort_button(told.order, by, told.on_order).into_any(),
            None => label.into_any(),
        };
        view! {
            <span
                role="columnheader"
                class=column.class()
                aria-sort=move || column.order().and_then(|by| sorted(told.order, by))
                data-column=column.key()
                data-carry=move || carry.part(column.key())
            >
                {content}
                {edge}
            </span>
        }
    };
    let cells = move || columns.get().into_iter().map(cell).collect_view();
    view! {
        <div
            class="tree-head"
            role="row"
            aria-rowindex="1"
            on:keydown=move |event| walked(&event)
            on:pointerdown=move |event: PointerEvent| carry.hold(&event)
            on:pointermove=move |event: PointerEvent| carry.carry(&event)
            on:pointerup=move |_| carry.release()
            on:pointercancel=move |_| carry.drop()
        >
            {live(cells)}
        </div>
    }
}

fn cell(column: Column, row: &TreeRow, more: &HierarchyRow, told: Told) -> Piece {
    let is_here = row.place == TreePlace::Here;
    let cell = span(column.class()).with("role", "gridcell");
    let amount = |count: Option<u32>| text(count.filter(|_| is_here).map(number).unwrap_or_default());
    match column {
        Column::Group if is_here => {
            let find = told.find.with(|find| vec![find.trim().to_owned()]);
            name_cell(row, underlined(&row.name, &find))
        }
        Column::Group => reference_cell(row),
        // A row that refers to a group says nothing of it.
        Column::Direct => cell.of(amount(row.direct)),
        Column::Total => cell.of(amount(row.total)),
        _ if !is_here => cell,
        Column::Relation => cell.of(relation(more.relation)),
        Column::Managers => cell.of_all(managers(more.managers, &more.manager)),
    }
}

/// How a user is in a group, in a word.
pub fn relation(relation: PictureRelation) -> Piece {
    let (rel, label, word) = match relation {
        PictureRelation::None => ("none", say("Not a member"), ""),
        PictureRelation::Direct => ("direct", "", say("Direct")),
        PictureRelation::Inherited => ("inherited", "", say("Inherited")),
    };
    span("rel").of(rel_mark(rel, label)).saying(word)
}
