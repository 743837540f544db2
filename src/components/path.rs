//! A path, drawn: the user, then one box for each group, joined by "is in". Solid is direct, dashed is nesting.

pub mod figure;

mod lanes;
mod layers;
mod layout;
mod place;
pub mod text;

use leptos::prelude::*;
use protocol::{PathStep, UserRow, UserStatus};

use self::place::Place;
use super::avatar::avatar;
use crate::words::{fill, key, say};

/// How a path is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// In a row of a list: the user is a picture alone.
    Row,
    /// Under a verdict: larger, with "is in" over each line.
    Large,
    /// The user is not in the first group: what one added membership would complete.
    Missing,
}

/// Two arrows in a loop: a step round a cycle. With a label it stands alone.
pub fn loop_mark(label: &'static str) -> impl IntoView {
    let stands_alone = !label.is_empty();
    view! {
        <svg
            class="icon warn-mark"
            data-size="12"
            role=stands_alone.then_some("img")
            aria-label=stands_alone.then_some(label)
            aria-hidden=(!stands_alone).then_some("true")
        >
            <use href="#i-loop" />
        </svg>
    }
}

/// What a user is called where space is short.
#[must_use]
pub fn short_name(user: &UserRow) -> String {
    if user.username.is_empty() {
        user.name.clone()
    } else {
        user.username.clone()
    }
}

/// The path as a sentence: "tdurden is in Night shift is in Manufacturing".
#[must_use]
pub fn sentence(user: &UserRow, steps: &[PathStep], look: Look) -> String {
    steps.iter().enumerate().fold(short_name(user), |text, (place, step)| {
        let message = match look {
            Look::Missing if place == 0 => key("{0} is not in {1}"),
            _ => key("{0} is in {1}"),
        };
        fill(message, &[&text, &step.group.name])
    })
}

/// One path, upwards; `href` gives the address of a group by its id.
pub fn path(user: &UserRow, steps: &[PathStep], look: Look, href: &dyn Fn(&str) -> String) -> impl IntoView + use<> {
    let groups = (0..steps.len())
        .map(|step| group_box(steps, step, look, href))
        .collect_view();
    let name_class = if look == Look::Large { "" } else { "sr-only" };
    let short = short_name(user);
    let title = short.clone();
    view! {
        <ol
            class="path"
            data-size=(look == Look::Large).then_some("lg")
            aria-label=fill("Path: {0}", &[&sentence(user, steps, look)])
        >
            <li>
                <span class="path-node" data-node="user" title=title>
                    {avatar(&user.name, "20", user.status != UserStatus::Active)}
                    <span class=name_class>{short}</span>
                </span>
            </li>
            {groups}
        </ol>
    }
}

fn group_box(steps: &[PathStep], step: usize, look: Look, href: &dyn Fn(&str) -> String) -> impl IntoView + use<> {
    let place = Place::of(steps, step, look);
    let group = &steps[step].group;
    let is_missing = step == 0 && look == Look::Missing;
    let says = match look {
        _ if is_missing => Some(say("is not in")),
        Look::Large => Some(say("is in")),
        _ => None,
    };
    // In a row of a list the arrows lead here, not Tab.
    let tabindex = (look != Look::Large).then_some("-1");
    let kind = if is_missing {
        Some("missing")
    } else {
        steps[step].in_cycle.then_some("cycle")
    };
    view! {
        <li data-step=kind data-says=says>
            <a class="path-node" data-node=place.name() tabindex=tabindex href=href(&group.id) title=group.name.clone()>
                {place.mark()}
                <span>{group.name.clone()}</span>
            </a>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use protocol::GroupName;

    use super::*;

    /// A path through groups of these names; an `@` begins those that are reached round a cycle.
    pub(super) fn steps(names: &[&str]) -> Vec<PathStep> {
        let step = |name: &&str| PathStep {
            group: GroupName {
                id: (*name).into(),
                name: (*name).into(),
            },
            in_cycle: name.starts_with('@'),
        };
        names.iter().map(step).collect()
    }

    #[test]
    fn a_path_reads_as_a_sentence() {
        let user = UserRow {
            name: "Ada".into(),
            ..UserRow::default()
        };
        assert_eq!(sentence(&user, &steps(&["x", "y"]), Look::Row), "Ada is in x is in y");
        assert_eq!(
            sentence(&user, &steps(&["x", "y"]), Look::Missing),
            "Ada is not in x is in y"
        );
    }
}
