//! Draws a picture: headings, lines, then nodes over them.

use leptos::prelude::*;
use leptos::svg;

use protocol::{Picture, PictureEdge, PictureNode, PictureRelation, PictureUser};

use super::facts::Facts;
use super::layout::{DROP, Layout, NODE};
use crate::components::kept::Kept;
use crate::components::number::{length, number};
use crate::components::path::text::text_width;
use crate::words::{counted_with, fill, say};

/// From the edge of a node to what is written in it.
const INSET: f64 = 10.0;
/// The key of who manages, and the arrows of a cycle, in a square of 16.
const KEY: &str = "M2.5 10.75a2.75 2.75 0 1 0 5.5 0a2.75 2.75 0 1 0-5.5 0M7.25 8.75 13 3M10.75 5.25l1.9 1.9";
const LOOP: &str =
    "M2.75 7.75a5.25 5.25 0 0 1 9.1-3.3M13.25 8.25a5.25 5.25 0 0 1-9.1 3.3M12.25 1.9v2.85H9.4M3.75 14.1v-2.85H6.6";

/// What the nodes of a picture link to, and which one Tab leads to.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    /// The address of a group by its id.
    pub group: &'a dyn Fn(&str) -> String,
    /// The address of a user by the id.
    pub user: &'a dyn Fn(&str) -> String,
    /// The node that is in the order of Tab; the user comes after all groups.
    pub current: Kept<usize>,
    /// How wide a name is, in pixels.
    pub measure: &'a dyn Fn(&str) -> f64,
}

/// The picture.
pub fn drawing(picture: &Picture, layout: &Layout, links: Links<'_>) -> AnyView {
    let headings = headings(picture, layout);
    // Lines that say something lie over those that do not.
    let (plain, telling): (Vec<_>, Vec<_>) = picture
        .edges
        .iter()
        .zip(&layout.lines)
        .partition(|(edge, _)| !edge.is_lit && !edge.in_cycle);
    let edges = plain
        .into_iter()
        .chain(telling)
        .map(|(edge, line)| nesting(picture, layout, edge, line));
    let to_user = picture
        .user
        .iter()
        .flat_map(|user| &user.groups)
        .zip(layout.lines.iter().skip(picture.edges.len()));
    let to_user = to_user.map(|((node, _), line)| membership(picture, layout, *node as usize, line));
    let nodes = (0..picture.nodes.len()).map(|place| group(picture, layout, place, links));
    let user = picture
        .user
        .as_ref()
        .map(|user| user_node(user, picture, layout, links));
    let view_box = ["0 0 ", &length(layout.width), " ", &length(layout.height)].concat();
    view! {
        <svg
            class="layers"
            viewBox=view_box
            role="group"
            aria-label=picture.title()
            style=("--w", length(layout.width))
        >
            {headings}
            {edges.collect_view()}
            {to_user.collect_view()}
            {nodes.collect_view()}
            {user}
        </svg>
    }
    .into_any()
}

/// What each layer is to the group that the picture is of.
fn headings(picture: &Picture, layout: &Layout) -> Vec<AnyView> {
    let focus = picture.nodes.get(picture.focus as usize).map_or(0, |node| node.layer);
    let heading = |(layer, (left, _)): (u32, &(f64, f64))| {
        let words = match layer.cmp(&focus) {
            _ if layer == picture.layers => say("User").to_owned(),
            std::cmp::Ordering::Less => fill("{0} up", &[&number(focus - layer)]),
            std::cmp::Ordering::Equal => say("This group").to_owned(),
            std::cmp::Ordering::Greater => fill("{0} down", &[&number(layer - focus)]),
        };
        view! { <text class="layers-head" x=length(left + 2.0) y="24">{words}</text> }.into_any()
    };
    (0..).zip(&layout.columns).map(heading).collect()
}

/// The letters and numbers of a line.
struct Pen(String);

impl Pen {
    fn at(x: f64, y: f64) -> Self {
        Self(String::new()).draw("M", &[x, y])
    }

    fn draw(mut self, letter: &str, numbers: &[f64]) -> Self {
        self.0 += letter;
        for (place, value) in numbers.iter().enumerate() {
            if place > 0 {
                self.0.push(' ');
            }
            self.0 += &length(*value);
        }
        self
    }

    /// Bends over to another height.
    fn bend(self, from: (f64, f64), to: (f64, f64)) -> Self {
        let middle = f64::midpoint(from.0, to.0);
        self.draw("C", &[middle, from.1, middle, to.1, to.0, to.1])
    }

    /// Goes from the end of one layer through those that follow, straight within each and bending between them.
    fn pass(mut self, mut from: (f64, f64), layers: &[(f64, f64)], line: &[f64], end: (f64, f64)) -> Self {
        for ((left, width), y) in layers.iter().zip(line) {
            self = self.bend(from, (*left, *y)).draw("H", &[left + width]);
            from = (left + width, *y);
        }
        self.bend(from, end)
    }
}

/// A head of 7 px whose tip is at a point: to the left, to the right, or up.
fn head(x: f64, y: f64, towards: &'static str) -> String {
    let back = match towards {
        "left" => "l7-3.6v7.2z",
        "right" => "l-7-3.6v7.2z",
        _ => "l-3.6 7h7.2z",
    };
    Pen::at(x, y).0 + back
}

/// The layers strictly between two.
fn between<'a>(layout: &'a Layout, line: &[f64], from: usize) -> &'a [(f64, f64)] {
    &layout.columns[from + 1..from + 1 + line.len()]
}

fn nesting(picture: &Picture, layout: &Layout, edge: &PictureEdge, line: &[f64]) -> AnyView {
    let ends = [edge.parent, edge.child].map(|node| {
        let layer = picture.nodes[node as usize].layer as usize;
        (layer, layout.columns[layer], layout.nodes[node as usize])
    });
    if edge.closes_cycle {
        return closing(layout, line, ends[1], ends[0], edge.is_lit);
    }
    let [(layer, (left, width), start), (_, (to, _), end)] = ends;
    let from = left + width;
    let (kind, ends, head) = match (edge.in_cycle, edge.is_lit) {
        (true, _) => (Some("cycle"), (from, to - 7.0), Some(head(to, end, "right"))),
        (_, true) => (Some("inherited"), (from + 7.0, to), Some(head(from, start, "left"))),
        _ => (None, (from, to), None),
    };
    let pen = Pen::at(ends.0, start).pass((ends.0, start), between(layout, line, layer), line, (ends.1, end));
    drawn(pen, kind, edge.is_lit, head)
}

/// A line and its head.
fn drawn(pen: Pen, kind: Option<&'static str>, is_lit: bool, head: Option<String>) -> AnyView {
    let head = head.map(|d| view! { <path class="layers-tip" data-on=kind d=d /> });
    view! {
        <path class="layers-edge" data-on=kind data-lit=is_lit.then_some("") d=pen.0 />
        {head}
    }
    .into_any()
}

/// The end of a line: its layer, where that begins and how wide it is, and the height of the node.
type End = (usize, (f64, f64), f64);

/// Under both nodes: from that of the earlier layer, which it leads back to, to that of the later one.
fn closing(layout: &Layout, line: &[f64], to: End, from: End, is_lit: bool) -> AnyView {
    let (layer, (left, width), y) = to;
    let (tip, bottom) = (left + width / 2.0, y + NODE / 2.0);
    let low = bottom + DROP;
    let pen = Pen::at(tip, bottom + 7.0).draw("V", &[low]).draw("H", &[left + width]);
    let (_, (left_of_last, width_of_last), y_of_last) = from;
    let last = (left_of_last + width_of_last / 2.0, y_of_last + NODE / 2.0);
    let start = (left + width, low);
    let pen = pen.pass(start, between(layout, line, layer), line, (left_of_last, last.1 + DROP));
    let pen = pen.draw("H", &[last.0]).draw("V", &[last.1]);
    let words = view! {
        <text class="layers-more" data-on="cycle" x=length(last.0 + 6.0) y=length(last.1 + 19.0)>{say("closes a loop")}</text>
    };
    view! {
        {drawn(pen, Some("back"), is_lit, Some(head(tip, bottom, "up")))}
        {words}
    }
    .into_any()
}

/// That a group names the user.
fn membership(picture: &Picture, layout: &Layout, node: usize, line: &[f64]) -> AnyView {
    let layer = picture.nodes[node].layer as usize;
    let (left, width) = layout.columns[layer];
    let start = (left + width + 7.0, layout.nodes[node]);
    let user = layout.columns.last().copied().unwrap_or_default();
    let end = (user.0, layout.nodes[picture.nodes.len()]);
    let pen = Pen::at(start.0, start.1).pass(start, between(layout, line, layer), line, end);
    drawn(pen, Some("direct"), true, Some(head(left + width, start.1, "left")))
}

/// A link around what is drawn of a node.
fn link(place: usize, url: String, label: String, current: Kept<usize>, content: impl IntoView + 'static) -> AnyView {
    // In a view, `a` and `title` would be those of HTML, which draw nothing here.
    // Its title is what it is called; a label beside it would have to repeat what is drawn.
    let title = svg::title().child(label);
    svg::a()
        .attr("class", "layers-node")
        .attr("href", url)
        .attr("data-node", place.to_string())
        .attr("tabindex", move || if current.get() == place { "0" } else { "-1" })
        .child((title, content.into_any()))
        .into_any()
}

fn group(picture: &Picture, layout: &Layout, place: usize, links: Links<'_>) -> AnyView {
    let node = &picture.nodes[place];
    let (left, width) = layout.columns[node.layer as usize];
    let middle = layout.nodes[place];
    let top = middle - NODE / 2.0;
    let kind = match node.relation {
        PictureRelation::None => None,
        PictureRelation::Direct => Some("direct"),
        PictureRelation::Inherited => Some("inherited"),
    };
    let inner = left + INSET;
    let outer = left + width - INSET;
    let also = (node.more_parents > 0).then(|| "in +".to_owned() + &number(node.more_parents));
    // A name may come closer to the edge than what is aligned with it.
    let room = width - 1.5 * INSET - also.as_ref().map_or(0.0, |words| text_width(words) + 6.0);
    let also = also.map(
        |words| view! { <text class="layers-more" text-anchor="end" x=length(outer) y=length(middle - 4.0)>{words}</text> },
    );
    let content = view! {
        <rect class="layers-ring" x=length(left - 3.0) y=length(top - 3.0) width=length(width + 6.0) height=length(NODE + 6.0) rx="7" />
        <rect
            class="layers-box"
            data-on=kind
            data-cycle=node.in_cycle.then_some("")
            data-focus=(place == picture.focus as usize).then_some("")
            x=length(left + 0.5)
            y=length(top + 0.5)
            width=length(width - 1.0)
            height=length(NODE - 1.0)
            rx="5"
        />
        <text class="layers-name" data-on=kind x=length(inner) y=length(middle - 4.0)>{fitted(&node.name, room, links.measure)}</text>
        {also}
        {second_line(node, inner, outer, middle)}
    };
    link(
        place,
        (links.group)(&node.id),
        picture.label(place),
        links.current,
        content,
    )
}

/// How the user is in it and how many are; then its marks, and how many groups in it are not shown.
fn second_line(node: &PictureNode, left: f64, right: f64, middle: f64) -> AnyView {
    let total = number(node.total);
    let users = if node.total == 1 { " user" } else { " users" };
    let (mark, words) = match node.relation {
        PictureRelation::None => (None, total + users),
        PictureRelation::Direct => (
            Some(
                view! { <circle class="layers-dot" cx=length(left + 4.0) cy=length(middle + 8.0) r="3.75" /> }
                    .into_any(),
            ),
            fill("Direct · {0}", &[&total]),
        ),
        PictureRelation::Inherited => (
            Some(
                view! { <circle class="layers-hollow" cx=length(left + 4.0) cy=length(middle + 8.0) r="3.25" /> }
                    .into_any(),
            ),
            fill("Inherited · {0}", &[&total]),
        ),
    };
    let indent = if mark.is_some() { 13.0 } else { 0.0 };
    let mut end = right;
    let mut marks = Vec::new();
    for (is_there, class, d) in [
        (node.has_manager, "layers-key", KEY),
        (node.in_cycle, "layers-loop", LOOP),
    ] {
        if is_there {
            end -= 13.0;
            let place = ["translate(", &length(end), " ", &length(middle + 1.0), ") scale(.8125)"].concat();
            marks.push(view! { <path class=class transform=place d=d /> }.into_any());
            end -= 5.0;
        }
    }
    let more = (node.more_children > 0).then(|| "+".to_owned() + &number(node.more_children));
    let more = more.map(
        |words| view! { <text class="layers-more" text-anchor="end" x=length(end) y=length(middle + 12.0)>{words}</text> },
    );
    view! {
        {mark}
        <text class="layers-count" x=length(left + indent) y=length(middle + 12.0)>{words}</text>
        {marks}
        {more}
    }
    .into_any()
}

fn user_node(user: &PictureUser, picture: &Picture, layout: &Layout, links: Links<'_>) -> AnyView {
    let place = picture.nodes.len();
    let (left, width) = layout.columns.last().copied().unwrap_or_default();
    let middle = layout.nodes[place];
    let more = (user.elsewhere > 0).then(|| {
        let words = fill("in +{0}", &[&number(user.elsewhere)]);
        view! { <text class="layers-more" x=length(left + width / 2.0) y=length(middle + 30.0) text-anchor="middle">{words}</text> }
    });
    let label = counted_with(
        "{1}, direct member of {0} group.|{1}, direct member of {0} groups.",
        user.groups.len() as u64 + u64::from(user.elsewhere),
        &[&user.name],
    );
    let content = view! {
        <rect class="layers-ring" x=length(left - 3.0) y=length(middle - 21.0) width=length(width + 6.0) height="42" rx="21" />
        <rect class="layers-user" x=length(left) y=length(middle - 18.0) width=length(width) height="36" rx="18" />
        <text class="layers-name" data-on="user" x=length(left + width / 2.0) y=length(middle + 4.0)>
            {fitted(&user.name, width - 2.0 * INSET, links.measure)}
        </text>
        {more}
    };
    link(place, (links.user)(&user.id), label, links.current, content)
}

/// Letters at the end of a name that are never cut: names of a kind often differ in nothing else.
const KEPT: usize = 6;

/// A text whose middle gives way where there is no room for it; the whole of it is the node's name.
fn fitted(text: &str, room: f64, measure: &dyn Fn(&str) -> f64) -> String {
    if measure(text) <= room {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let (start, end) = letters.split_at(letters.len().saturating_sub(KEPT));
    let cut = |kept: usize| start[..kept].iter().chain(&['…']).chain(end).collect::<String>();
    let fits = (0..start.len()).rev().map(cut).find(|cut| measure(cut) <= room);
    fits.unwrap_or_else(|| cut(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_straight_through_layers_and_bend_between() {
        let pen = Pen::at(10.0, 5.0).pass((10.0, 5.0), &[(20.0, 30.0)], &[8.0], (60.0, 9.5));
        assert_eq!(pen.0, "M10 5C15 5 15 8 20 8H50C55 8 55 9.5 60 9.5");
    }

    #[test]
    fn names_are_cut_to_the_room() {
        assert_eq!(fitted("Finance", 146.0, &text_width), "Finance");
        let cut = fitted("Lavender line, London, 12", 146.0, &text_width);
        assert_eq!(cut, "Lavender line, …on, 12");
        assert!(text_width(&cut) <= 146.0);
        assert_eq!(fitted("Finance", 1.0, &text_width), "…inance");
    }
}
