//! Several paths of one user to one group, as a picture from left to right.

use leptos::prelude::*;
use leptos::svg;
use protocol::Paths;

use super::layout::{BOX, Figure, Line, Node, lay_out};
use super::{Look, sentence, short_name};
use crate::components::number::length;
use crate::words::counted_with;

/// The picture; `href` gives the address of a group by its id.
pub fn path_figure(paths: &Paths, href: &dyn Fn(&str) -> String) -> impl IntoView + use<> {
    let figure = lay_out(&short_name(&paths.user), &paths.paths);
    let lines = figure.lines.iter().map(|line| arrow(&figure, line)).collect_view();
    let boxes = figure.boxes.iter().map(|node| group(node, href)).collect_view();
    let view_box = ["0 0 ", &length(figure.width), " ", &length(figure.height)].concat();
    view! {
        <svg
            class="path-figure"
            viewBox=view_box
            role="group"
            aria-label=told(paths)
            style=("--w", length(figure.width))
        >
            {lines}
            {boxes}
        </svg>
    }
}

/// What a reader hears instead of the picture: each path as a sentence.
fn told(paths: &Paths) -> String {
    let count = counted_with(
        "{0} path to {1}|{0} paths to {1}",
        paths.paths.len() as u64,
        &[&paths.group.name],
    );
    let each = paths.paths.iter().map(|path| sentence(&paths.user, path, Look::Row));
    let parts: Vec<String> = std::iter::once(count).chain(each).collect();
    parts.join(". ")
}

/// The line, and its head at the box that it leads to.
fn arrow(figure: &Figure, line: &Line) -> impl IntoView + use<> {
    let (from, to) = (&figure.boxes[line.from], &figure.boxes[line.to]);
    let (mut x, mut y) = (from.x + from.width, from.y);
    let end = (to.x - 6.0, to.y);
    let mut d = drawn('M', &[x, y]);
    for (place, point) in line.points.iter().copied().chain([end]).enumerate() {
        // Within a layer a line runs straight, between two it bends.
        if place % 2 == 1 && place < line.points.len() {
            d += &drawn('H', &[point.0]);
        } else {
            let middle = f64::midpoint(x, point.0);
            d += &drawn('C', &[middle, y, middle, point.1, point.0, point.1]);
        }
        (x, y) = point;
    }
    let head = drawn('M', &[to.x, to.y]) + "l-6.5 -3.25v6.5z";
    let kind = match (line.from, line.in_cycle) {
        (0, _) => Some("direct"),
        (_, true) => Some("cycle"),
        _ => None,
    };
    view! {
        <path class="pf-line" d=d data-rel=kind />
        <path class="pf-head" d=head data-rel=kind />
    }
}

/// One step of a line: its letter and its numbers.
fn drawn(step: char, numbers: &[f64]) -> String {
    let numbers: Vec<String> = numbers.iter().copied().map(length).collect();
    String::from(step) + &numbers.join(" ")
}

fn group(node: &Node, href: &dyn Fn(&str) -> String) -> AnyView {
    let top = node.y - BOX / 2.0;
    let Some(group) = &node.group else {
        return view! {
            <rect class="pf-box" data-node="user" x=length(node.x) y=length(top) width=length(node.width) height=length(BOX) rx=length(BOX / 2.0) />
            <text class="pf-user" x=length(node.x + node.width / 2.0) y=length(node.y + 4.0) text-anchor="middle">
                {node.label.clone()}
            </text>
        }
        .into_any();
    };
    let (kind, indent) = match (node.is_direct, node.is_target) {
        (true, _) => ("direct", 23.0),
        (false, true) => ("target", 23.0),
        (false, false) => ("", 10.0),
    };
    let mark = match kind {
        "direct" => {
            Some(view! { <circle class="pf-dot" cx=length(node.x + 13.0) cy=length(node.y) r="3.75" /> }.into_any())
        }
        "target" => {
            Some(view! { <circle class="pf-ring" cx=length(node.x + 13.0) cy=length(node.y) r="3.25" /> }.into_any())
        }
        _ => None,
    };
    let content = view! {
        <rect class="pf-box" data-node=kind x=length(node.x) y=length(top) width=length(node.width) height=length(BOX) rx="4" />
        {mark}
        <text x=length(node.x + indent) y=length(node.y + 4.0)>{node.label.clone()}</text>
    };
    // In a view, `a` and `title` would be those of HTML, which draw nothing here.
    // Its title is what it is called: a label would have to repeat a name that was cut.
    let title = svg::title().child(group.name.clone());
    svg::a()
        .attr("href", href(&group.id))
        .child((title, content))
        .into_any()
}
