//! A loop of groups as a picture: each box contains the next, and the last one the first, by the nesting to undo.

use leptos::prelude::*;
use leptos::svg;
use protocol::LoopGroup;

use crate::components::number::{length, number};
use crate::components::path::text::text_width;
use crate::words::{fill, key, say};

const BOX: f64 = 172.0;
const HIGH: f64 = 40.0;
const GAP: f64 = 34.0;
const MARGIN: f64 = 2.0;
/// How far below the boxes the nesting comes back.
const DEPTH: f64 = 36.0;
/// How wide what is around the words on it is.
const AROUND: f64 = 20.0;
/// How many characters of a name fit a box.
const FITS: usize = 22;

/// The picture; `url` gives the address of a group by its id. `is_named` says that the nesting from the last to the first
/// is the one to undo; else it closes the loop like all others.
pub fn loop_figure(groups: &[LoopGroup], is_named: bool, url: &dyn Fn(&str) -> String) -> impl IntoView + use<> {
    let left = |place: usize| MARGIN + place as f64 * (BOX + GAP);
    let last = groups.len().saturating_sub(1);
    let middle = MARGIN + HIGH / 2.0;
    let steps = (0..last).map(|place| {
        let (from, to) = (left(place) + BOX, left(place + 1));
        let line = drawn('M', &[from, middle]) + &drawn('H', &[to - 6.0]);
        let head = drawn('M', &[to, middle]) + "l-7 -3.6v7.2z";
        view! {
            <path class="lf-edge" d=line />
            <path class="lf-head" d=head />
        }
    });
    let steps = steps.collect_view();
    let boxes = groups
        .iter()
        .enumerate()
        .map(|(place, group)| boxed(group, left(place), url(&group.group.id)))
        .collect_view();
    let (width, height) = (left(last) + BOX + MARGIN, HIGH + 2.0 * MARGIN + DEPTH + 14.0);
    let view_box = ["0 0 ", &length(width), " ", &length(height)].concat();
    view! {
        <svg
            class="loop-fig"
            viewBox=view_box
            role="group"
            aria-label=told(groups)
            style=("--w", length(width))
            data-named=is_named.then_some("")
        >
            {steps}
            {back(left(0) + BOX / 2.0, left(last) + BOX / 2.0, is_named)}
            {boxes}
        </svg>
    }
}

/// The nesting from the last group back to the first.
fn back(to: f64, from: f64, is_named: bool) -> impl IntoView {
    let top = MARGIN + HIGH;
    let low = top + DEPTH;
    let line = [
        drawn('M', &[from, top]),
        drawn('V', &[low - 14.0]),
        drawn('Q', &[from, low, from - 14.0, low]),
        drawn('H', &[to + 14.0]),
        drawn('Q', &[to, low, to, low - 14.0]),
        drawn('V', &[top + 8.0]),
    ]
    .concat();
    let head = drawn('M', &[to, top + 1.0]) + "l-3.8 7.4h7.6z";
    let words = say("Take this nesting out");
    let wide = text_width(words) + AROUND;
    let middle = f64::midpoint(to, from);
    let tag = is_named.then(|| {
        view! {
            <rect class="lf-tag" x=length(middle - wide / 2.0) y=length(low - 11.0) width=length(wide) height="22" rx="11" />
            <text class="lf-tag-text" x=length(middle) y=length(low + 4.0) text-anchor="middle">
                {words}
            </text>
        }
    });
    view! {
        <path class="lf-edge" data-closing="" d=line />
        <path class="lf-head" data-closing="" d=head />
        {tag}
    }
}

fn boxed(group: &LoopGroup, x: f64, url: String) -> impl IntoView + use<> {
    let name = &group.group.name;
    let short = if name.chars().count() > FITS {
        name.chars().take(FITS - 1).chain(['…']).collect()
    } else {
        name.clone()
    };
    let direct = fill("{0} direct", &[&number(group.direct)]);
    let content = view! {
        <rect class="lf-box" x=length(x) y=length(MARGIN) width=length(BOX) height=length(HIGH) rx="5" />
        <text class="lf-name" x=length(x + 10.0) y=length(MARGIN + 17.0)>
            {short}
        </text>
        " "
        <text x=length(x + 10.0) y=length(MARGIN + 32.0)>{direct.clone()}</text>
    };
    // In a view, `a` and `title` would be those of HTML, which draw nothing here.
    // Its title is what it is called: a label would have to repeat a name that was cut.
    let title = svg::title().child([name, ", ", &direct].concat());
    svg::a().attr("href", url).child((title, content))
}

/// What a reader hears instead of the picture.
fn told(groups: &[LoopGroup]) -> String {
    let name = |group: &LoopGroup| group.group.name.clone();
    let (Some(first), between) = (groups.first(), groups.get(1..).unwrap_or_default()) else {
        return String::new();
    };
    let mut text = name(first);
    for (place, group) in between.iter().enumerate() {
        let message = match place {
            0 => key("{0} contains {1}"),
            _ => key("{0}, which contains {1}"),
        };
        text = fill(message, &[&text, &name(group)]);
    }
    let message = match between {
        [] => key("{0} contains {1} again"),
        _ => key("{0}, which contains {1} again"),
    };
    fill(message, &[&text, &name(first)])
}

/// One step of a line: its letter and its numbers.
fn drawn(step: char, numbers: &[f64]) -> String {
    let numbers: Vec<String> = numbers.iter().copied().map(length).collect();
    String::from(step) + &numbers.join(" ")
}
