//! Two sets beside each other: a picture of both, and what is on one side, on both, on the other.

mod circles;

use leptos::prelude::*;
use leptos::svg;
use protocol::{Column, Compared, ComparedRow, Why};

use self::circles::Circles;
use super::button::Button;
use super::icon::mark;
use super::number::number;
use super::relation::{rel_mark, via};
use crate::number::grouped;
use crate::words::{counted_with, fill, key, say};

/// Both sets as circles whose areas, and that of what they share, are in proportion; `only` and `both` are the counts.
pub fn sets_picture(only: [u32; 2], both: u32, label: String) -> impl IntoView {
    let circles = Circles::new([only[0] + both, only[1] + both], both);
    let disc = |place: usize, class: &'static str| {
        svg::circle()
            .attr("class", class)
            .attr("cx", pixels(circles.x[place]))
            .attr("cy", pixels(circles.height() / 2.0))
            .attr("r", pixels(circles.radius[place]))
    };
    let shared = circles
        .lens()
        .map(|path| svg::path().attr("class", "set-both").attr("d", path));
    let counts = [Some(only[0]), Some(both).filter(|both| *both > 0), Some(only[1])];
    let count = |(count, room): (Option<u32>, circles::Room)| {
        let text = grouped(count?.into());
        // What does not fit into its part of the picture stands in the columns alone.
        (room.width > text.len() as f64 * 8.0 + 4.0).then(|| {
            svg::text()
                .attr("x", pixels(room.middle))
                .attr("y", pixels(circles.height() / 2.0 + 4.5))
                .child(text)
        })
    };
    let counts: Vec<_> = counts.into_iter().zip(circles.rooms()).filter_map(count).collect();
    view! {
        <svg class="sets" viewBox=circles.view_box() role="img" aria-label=label>
            {disc(0, "set")}
            {disc(1, "set")}
            {shared}
            {disc(0, "set-line")}
            {disc(1, "set-line")}
            {counts}
        </svg>
    }
}

/// A length in an SVG, to a tenth.
fn pixels(length: f64) -> String {
    let tenths = (length * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let tenths = tenths.unsigned_abs();
    [sign, &(tenths / 10).to_string(), ".", &(tenths % 10).to_string()].concat()
}

/// What the rows of a column need beside themselves.
#[derive(Clone, Copy)]
pub struct Third<'a> {
    /// Names the column on the page.
    pub id: &'static str,
    /// Its heading.
    pub title: &'a str,
    /// What is compared.
    pub of: Compared,
    /// On which sides its rows are.
    pub on: [bool; 2],
    /// What the sides are called in a row that is on both.
    pub names: [&'a str; 2],
    /// Whether it is the one that is shown where there is room for one.
    pub is_on: bool,
}

/// One column; `url` gives the address of a row by its id, `on_more` is told that more rows are wanted.
pub fn third(
    third: Third<'_>,
    column: &Column,
    url: &dyn Fn(&str) -> String,
    on_more: Callback<()>,
) -> impl IntoView + use<> {
    let is_both = third.on == [true, true];
    let rows = column.rows.iter().zip(0..);
    let rows = rows.map(|(row, place): (&ComparedRow, u32)| {
        let side = third.on.iter().position(|on| *on).unwrap_or_default();
        let lines = if is_both {
            let each = third.names.into_iter().zip(&row.sides);
            each.filter_map(|(name, reason)| Some(both_line(name, reason.as_ref()?)))
                .collect()
        } else {
            row.sides[side].iter().map(line).collect()
        };
        pair_row(row, side, is_both, lines, url(&row.id), place == 0)
    });
    let rows = rows.collect_view();
    let left = column.total.saturating_sub(column.rows.len() as u32);
    let more = (left > 0).then(|| {
        let text = fill("Show more of the other {0}", &[&grouped(left.into())]);
        view! { <Button text=text kind="quiet" size="sm" on_press=on_more /> }
    });
    let nobody = (column.total == 0).then(|| {
        let text = match (column.of, third.of) {
            (0, Compared::Users) => say("No group."),
            (0, _) => say("Nobody."),
            (_, Compared::Users) => say("No group matches the filter."),
            (_, _) => say("Nobody matches the filter."),
        };
        view! { <p class="third-foot">{text}</p> }
    });
    let foot = (column.total > 0 && third.of != Compared::Sets).then(|| foot(column, is_both));
    let count = if column.total == column.of {
        number(column.total)
    } else {
        fill("{0} of {1}", &[&number(column.total), &number(column.of)])
    };
    view! {
        <section class="card third" aria-labelledby=third.id data-on=third.is_on.then_some("")>
            <header class="card-head">
                <h2 id=third.id class="truncate" title=third.title.to_owned()>{third.title.to_owned()}</h2>
                <span class="count push">{count}</span>
            </header>
            <ul>{rows}</ul>
            {nobody}
            {more}
            {foot}
        </section>
    }
}

fn pair_row(
    row: &ComparedRow,
    side: usize,
    is_both: bool,
    lines: Vec<AnyView>,
    url: String,
    is_first: bool,
) -> impl IntoView + use<> {
    let reason = row.sides[side].as_ref().filter(|_| !is_both);
    let sign = reason.map(|(why, _)| {
        let (rel, label) = relation(why);
        rel_mark(rel, label)
    });
    let has_both = is_both && !lines.is_empty();
    let is_bare = !has_both && sign.is_none();
    let manages = reason.is_some_and(|(_, manages)| *manages);
    let detail = (!row.detail.is_empty() && row.detail != row.name && lines.is_empty())
        .then(|| view! { <small class="mono">{row.detail.clone()}</small> });
    view! {
        <li class="pair-row" data-both=has_both.then_some("") data-bare=is_bare.then_some("")>
            {sign}
            <span class="pair-text">
                <a class="cell-link truncate" href=url tabindex=if is_first { "0" } else { "-1" }>{row.name.clone()}</a>
                {detail}
                {lines}
            </span>
            <span class="pair-end">
                {row.in_cycle.then(|| mark("#i-loop", "warn-mark", say("Part of a cycle")))}
                {manages.then(|| mark("#i-key", "manager-mark", say("Manager")))}
                {row.members.map(|members| view! { <span class="num">{number(members)}</span> })}
            </span>
        </li>
    }
}

fn relation(why: &Why) -> (&'static str, &'static str) {
    match (why.direct, why.via.is_empty()) {
        (true, false) => ("both", say("Direct and inherited member")),
        (true, true) => ("direct", say("Direct member")),
        (false, _) => ("inherited", say("Inherited member")),
    }
}

/// Why a row is on its side.
fn line((why, _): &(Why, bool)) -> AnyView {
    view! { <small>{words(why)}</small> }.into_any()
}

/// Why a row is on one of both sides.
fn both_line(name: &str, (why, manages): &(Why, bool)) -> AnyView {
    let (rel, label) = relation(why);
    view! {
        <small>
            {rel_mark(rel, label)}
            <b class="truncate">{name.to_owned()}</b>
            {manages.then(|| mark("#i-key", "manager-mark", say("Manager")))}
            {words(why)}
        </small>
    }
    .into_any()
}

fn words(why: &Why) -> impl IntoView + use<> {
    let path = (!why.via.is_empty()).then(|| via(&why.via, why.more, false));
    let word = why
        .direct
        .then_some(if path.is_some() { say("Direct +") } else { say("Direct") });
    (word, path)
}

/// How many of the rows are direct, and how many inherited.
fn foot(column: &Column, is_both: bool) -> impl IntoView + use<> {
    let (direct, inherited) = if is_both {
        (
            fill("{0} direct on both sides", &[&grouped(column.direct.into())]),
            fill("{0} inherited on both", &[&grouped(column.inherited.into())]),
        )
    } else {
        (
            fill("{0} direct", &[&grouped(column.direct.into())]),
            fill("{0} inherited", &[&grouped(column.inherited.into())]),
        )
    };
    view! {
        <footer class="third-foot">
            <span class="rel">{rel_mark("direct", "")} {direct}</span>
            <span class="rel">{rel_mark("inherited", "")} {inherited}</span>
        </footer>
    }
}

/// What two sides share, as a sentence.
#[must_use]
pub fn shared(only: [u32; 2], both: u32, of: Compared) -> String {
    let all = u64::from(only[0]) + u64::from(only[1]) + u64::from(both);
    let message = match (only, both, of) {
        (_, 0, _) => return say("They share nothing.").to_owned(),
        ([0, 0], _, Compared::Users) => key("They are the same: {0} group.|They are the same: {0} groups."),
        ([0, 0], _, Compared::Groups) => key("They are the same: {0} member.|They are the same: {0} members."),
        ([0, 0], _, Compared::Sets) => key("They are the same: {0} user.|They are the same: {0} users."),
        (.., Compared::Users) => key("They share {1} of their {0} group.|They share {1} of their {0} groups."),
        (.., Compared::Groups) => key("They share {1} of their {0} member.|They share {1} of their {0} members."),
        (.., Compared::Sets) => key("They share {1} of their {0} user.|They share {1} of their {0} users."),
    };
    counted_with(message, all, &[&grouped(both.into())])
}

#[cfg(test)]
mod tests {
    use protocol::Compared;

    use super::{pixels, shared};

    #[test]
    fn what_is_shared_is_a_sentence() {
        assert_eq!(shared([10, 6], 2, Compared::Users), "They share 2 of their 18 groups.");
        assert_eq!(shared([3, 4], 0, Compared::Users), "They share nothing.");
        assert_eq!(shared([0, 0], 1, Compared::Groups), "They are the same: 1 member.");
    }

    #[test]
    fn lengths_have_a_tenth() {
        assert_eq!(pixels(46.04), "46.0");
        assert_eq!(pixels(-0.26), "-0.3");
    }
}
