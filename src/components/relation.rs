//! How a user is in a group: the mark says it, the colour repeats it, the path proves it.

use crate::words::{counted, fill, say};
use leptos::prelude::*;
use protocol::Why;

/// The mark of a relation, `direct`, `inherited`, `both` or `none`; with a label it stands alone.
pub fn rel_mark(rel: &'static str, label: &'static str) -> impl IntoView {
    let stands_alone = !label.is_empty();
    view! {
        <svg
            class="rel-mark"
            data-rel=rel
            role=stands_alone.then_some("img")
            aria-label=stands_alone.then_some(label)
            aria-hidden=(!stands_alone).then_some("true")
        >
            <use href=["#rel-", rel].concat() />
        </svg>
    }
}

/// How many names of a path are written; of a longer one the middle gives way.
const LONGEST: usize = 5;

/// The names of a path that are written, downwards; `…` stands for those in the middle that are not.
#[must_use]
pub fn cut(names: &[String]) -> Vec<&str> {
    let names = names.iter().map(String::as_str);
    if names.len() <= LONGEST {
        return names.collect();
    }
    let skipped = names.len() - 2;
    names.clone().take(2).chain(["…"]).chain(names.skip(skipped)).collect()
}

/// A path written downwards, `via Finance › EMEA › Paris +2`; `more` counts further paths. The middle gives way first,
/// then the first name; the last one never. Where the screen can explain it, pressing the path does.
pub fn via(names: &[String], more: u32, explain: Option<Callback<()>>) -> AnyView {
    let title = fill("via {0}", &[&names.join(" › ")]);
    let steps = (steps(names), more_paths(more));
    match explain {
        None => view! {
            <span class="via" title=title>
                {steps}
            </span>
        }
        .into_any(),
        Some(explain) => view! {
            <button
                type="button"
                class="via"
                tabindex="-1"
                title=title
                on:click=move |event| {
                    event.stop_propagation();
                    explain.run(());
                }
            >
                {steps}
            </button>
        }
        .into_any(),
    }
}

fn steps(names: &[String]) -> impl IntoView + use<> {
    let separator = || view! { <span class="via-sep" aria-hidden="true">"›"</span> };
    let mut written = cut(names);
    let last = written.pop().unwrap_or_default().to_owned();
    let lead = (!written.is_empty()).then(|| {
        let name = |(place, name): (usize, &str)| ((place > 0).then(separator), name.to_owned());
        view! {
            <span class="via-lead">{written.into_iter().enumerate().map(name).collect_view()}</span>
            {separator()}
        }
    });
    view! {
        <span class="via-word">{say("via")}</span>
        {lead}
        <span class="via-last">{last}</span>
    }
}

/// `+2`: so many more paths exist.
fn more_paths(more: u32) -> Option<impl IntoView> {
    let count = more.to_string();
    (more > 0).then(|| {
        view! {
            <span class="via-more" title=counted("{0} more path|{0} more paths", more.into())>
                {["+", count.as_str()].concat()}
            </span>
        }
    })
}

/// Why a user is in a group, in one line: `● Direct`, `○ via …`, `◉ Direct + via …`.
pub fn why(why: &Why, explain: Option<Callback<()>>) -> impl IntoView + use<> {
    let nested = !why.via.is_empty();
    let (rel, label, words) = match (why.direct, nested) {
        (true, true) => ("both", "", say("Direct +")),
        (true, false) => ("direct", "", say("Direct")),
        (false, true) => ("inherited", say("Inherited member"), ""),
        (false, false) => ("none", "", say("not a member")),
    };
    let path = nested.then(|| via(&why.via, why.more, explain));
    view! {
        <span class="rel">
            {rel_mark(rel, label)}
            {words}
            {path}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::cut;

    fn names(count: usize) -> Vec<String> {
        (1..=count).map(|place| place.to_string()).collect()
    }

    #[test]
    fn keeps_what_is_short() {
        assert_eq!(cut(&names(5)), ["1", "2", "3", "4", "5"]);
        assert!(cut(&[]).is_empty());
    }

    #[test]
    fn lets_the_middle_give_way() {
        assert_eq!(cut(&names(6)), ["1", "2", "…", "5", "6"]);
        assert_eq!(cut(&names(40)), ["1", "2", "…", "39", "40"]);
    }
}
