//! What is wrong with a query: one line under it, with a hook at the place.

use leptos::prelude::*;
use protocol::QueryProblem;

use crate::components::button::Button;
use crate::components::icon::sized;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::words::{self, fill};

/// The message's id, for `aria-errormessage`.
pub fn message_id(id: &str) -> String {
    [id, "-message"].concat()
}

/// The message. It is always there, so that a reader hears when it fills.
#[component]
pub fn Message(
    /// The bar's id.
    id: &'static str,
    /// What is wrong.
    problem: Kept<Option<QueryProblem>>,
    /// Put this word where the characters from … up to … are.
    #[prop(into)]
    on_use: Callback<(u32, u32, String)>,
) -> impl IntoView {
    let says = move |problem: QueryProblem| {
        let (from, to) = (problem.position, problem.position + problem.length);
        let correction = problem.suggestion.map(|word| {
            let text = fill("Use {0}", &[&word]);
            view! { <Button text=text size="sm" on_press=move |()| on_use.run((from, to, word.clone())) /> }
        });
        view! {
            <div class="query-point" style=("--at", from.to_string())>
                {sized("#i-octagon", "14")}
                <span>{worded(&words::of_engine(&problem.message))}</span>
                {correction}
            </div>
        }
    };
    view! { <div id=message_id(id) role="alert">{live(move || problem.get().map(says))}</div> }
}

/// A message with a capital at its start, and what it quotes in backticks as code.
fn worded(message: &str) -> Vec<AnyView> {
    let parts = message.split('`').enumerate();
    parts
        .map(|(place, part)| {
            if place % 2 == 1 {
                return view! { <code>{part.to_owned()}</code> }.into_any();
            }
            let capitals = if place == 0 {
                part.chars().next().map_or(0, char::len_utf8)
            } else {
                0
            };
            let (first, rest) = part.split_at(capitals);
            (first.to_uppercase() + rest).into_any()
        })
        .collect()
}
