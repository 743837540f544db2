//! How far something is: numbers first, the bar is the second telling.

use leptos::prelude::*;

use super::icon::{icon, spinner};
use crate::components::kept::Kept;
use crate::components::live::live;

/// How a stage stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Not begun.
    #[default]
    Todo,
    /// Under way.
    Run,
    /// Complete.
    Done,
    /// Held up for a while.
    Wait,
}

impl State {
    const fn name(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Run => "run",
            Self::Done => "done",
            Self::Wait => "wait",
        }
    }
}

/// One stage, with a bar and two numbers of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stage {
    /// What is done in it.
    pub name: &'static str,
    /// How it stands.
    pub state: State,
    /// How much of it, in percent.
    pub percent: u32,
    /// The number, such as `642,118 so far`: what stands before the first space is in full ink.
    pub amount: String,
    /// How fast, or how long.
    pub pace: String,
}

/// A bar that readers know as progress.
#[component]
pub fn Bar(
    /// What comes to its end.
    label: &'static str,
    /// How much, in percent.
    #[prop(into)]
    percent: Kept<u32>,
    /// `ok`, `none`, or empty.
    #[prop(optional, into)]
    tone: Kept<&'static str>,
) -> impl IntoView {
    view! {
        <span
            class="bar"
            role="progressbar"
            aria-label=label
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || percent.get().to_string()
            data-tone=move || tone.get()
            style=("--v", move || percent.get().to_string())
        ></span>
    }
}

/// The stages in their order; their number and names stay.
#[component]
pub fn Stages(
    /// The stages.
    #[prop(into)]
    stages: Kept<Vec<Stage>>,
) -> impl IntoView {
    let count = stages.with_untracked(Vec::len);
    let rows = (0..count).map(|place| {
        row(Kept::new(move || {
            stages.with(|stages| stages.get(place).cloned().unwrap_or_default())
        }))
    });
    view! { <ul class="stages">{rows.collect_view()}</ul> }
}

fn row(stage: Kept<Stage>) -> impl IntoView {
    let name = stage.with_untracked(|stage| stage.name);
    let state = Kept::new(move || stage.with(|stage| stage.state));
    let sign = move || match state.get() {
        State::Todo => icon("#i-empty").into_any(),
        State::Run => spinner().into_any(),
        State::Done => icon("#i-check").into_any(),
        State::Wait => icon("#i-clock").into_any(),
    };
    let tone = Kept::new(move || match state.get() {
        State::Todo => "none",
        State::Run => "",
        State::Done => "ok",
        State::Wait => "warn",
    });
    let amount = move || {
        let amount = stage.with(|stage| stage.amount.clone());
        match amount.split_once(' ') {
            Some((number, rest)) if number.starts_with(|first: char| first.is_ascii_digit()) => {
                view! { <b>{number.to_owned()}</b>" "{rest.to_owned()} }.into_any()
            }
            _ => amount.into_any(),
        }
    };
    view! {
        <li class="stage" data-state=move || state.get().name()>
            {live(sign)}
            <strong>{name}</strong>
            <Bar label=name percent=Kept::new(move || stage.with(|stage| stage.percent)) tone=tone />
            <span class="num">{live(amount)}</span>
            <span class="num">{live(move || stage.with(|stage| stage.pace.clone()))}</span>
        </li>
    }
}
