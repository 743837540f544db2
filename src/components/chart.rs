//! Bars with their values printed: no axis is needed, and nothing is told by a bar alone.

use leptos::prelude::*;

use super::number::{length, number, percent};

/// How many groups stand at each level below, from the first level down.
pub fn level_bars(levels: &[u32]) -> impl IntoView + use<> {
    let most = levels.iter().copied().max().unwrap_or(0);
    let bars = levels.iter().zip(1_usize..).map(|(&count, level)| {
        let name = if level == 1 {
            "1 down".to_owned()
        } else {
            level.to_string()
        };
        view! {
            <li>
                <span class="histo-val">{number(count)}</span>
                <span class="histo-bar" style=("--v", length(percent(count, most)))></span>
                <span>{name}</span>
            </li>
        }
    });
    view! { <ol class="histo" aria-label="Groups at each level below">{bars.collect_view()}</ol> }
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
