//! The query bar: keys, completion, errors, input methods, and what a reader is told.

use console::components::query::{Caret, Completed, QueryBar};
use console::components::slot::Slot;
use leptos::prelude::*;
use leptos::task::tick;
use protocol::{Completion, QueryProblem, Suggestion, SuggestionKind};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::Stage;

/// A bar that completes `st` to `status` and `startsWith`.
#[derive(Clone, Copy)]
struct Bar {
    text: Slot<String>,
    problem: Slot<Option<QueryProblem>>,
    completed: Slot<Option<Completed>>,
    typed: Slot<Vec<String>>,
    applied: Slot<u32>,
    asked: Slot<Option<Caret>>,
}

impl Bar {
    async fn on_stage(text: &str) -> (Self, Stage) {
        let owner = Owner::new();
        owner.set();
        let bar = Self {
            text: Slot::new(text.to_owned()),
            problem: Slot::new(None),
            completed: Slot::new(None),
            typed: Slot::new(Vec::new()),
            applied: Slot::new(0),
            asked: Slot::new(None),
        };
        // The signals live as long as the page of the tests.
        std::mem::forget(owner);
        let stage = Stage::of(move || bar.view()).await;
        (bar, stage)
    }

    fn view(self) -> impl IntoView {
        let input = move |text: String| {
            self.typed.update(|typed| typed.push(text.clone()));
            self.text.set(text);
        };
        view! {
            <QueryBar
                id="bar"
                label="Filter users"
                text=self.text
                problem=self.problem
                completed=self.completed
                on_input=input
                on_apply=move |()| self.applied.update(|applied| *applied += 1)
                on_complete=move |caret| self.asked.set(Some(caret))
            />
        }
    }

    async fn complete(self, text: &str, from: u32, to: u32) {
        let suggestion = |insert: &str| Suggestion {
            kind: SuggestionKind::Field,
            insert: insert.to_owned(),
            ..Suggestion::default()
        };
        let suggestions = vec![suggestion("status"), suggestion("startsWith")];
        self.completed.set(Some(Completed {
            text: text.to_owned(),
            completion: Completion { from, to, suggestions },
        }));
        tick().await;
    }
}

fn active(stage: &Stage) -> Option<String> {
    stage.attribute("input", "aria-activedescendant")
}

#[wasm_bindgen_test]
async fn every_key_is_told_and_painted() {
    let (bar, stage) = Bar::on_stage("").await;
    stage.enter("input", "status = ").await;
    stage.enter("input", "status = active").await;
    assert_eq!(bar.typed.get_untracked(), ["status = ", "status = active"]);
    assert_eq!(
        stage.find(".query-ink").text_content().as_deref(),
        Some("status = active")
    );
    assert_eq!(stage.texts(".query-ink .q-field"), ["status"]);
    assert_eq!(stage.texts(".query-ink .q-val"), ["active"]);
}

#[wasm_bindgen_test]
async fn enter_applies_when_nothing_is_chosen() {
    let (bar, stage) = Bar::on_stage("").await;
    stage.enter("input", "st").await;
    bar.complete("st", 0, 2).await;
    assert_eq!(stage.attribute("input", "aria-expanded").as_deref(), Some("true"));
    assert_eq!(active(&stage), None);
    assert!(!stage.press("input", "Enter").await);
    assert_eq!(bar.applied.get_untracked(), 1);
    assert_eq!(stage.attribute("input", "aria-expanded").as_deref(), Some("false"));
}

#[wasm_bindgen_test]
async fn arrows_move_and_enter_accepts() {
    let (bar, stage) = Bar::on_stage("").await;
    stage.enter("input", "id = 1 AND st").await;
    bar.complete("id = 1 AND st", 11, 13).await;
    stage.press("input", "ArrowDown").await;
    stage.press("input", "ArrowDown").await;
    assert_eq!(active(&stage).as_deref(), Some("bar-1"));
    assert_eq!(stage.attribute("#bar-1", "aria-selected").as_deref(), Some("true"));
    stage.press("input", "Enter").await;
    assert_eq!(bar.text.get_untracked(), "id = 1 AND startsWith");
    let input = stage.input("input");
    assert_eq!(input.value(), "id = 1 AND startsWith");
    assert_eq!(input.selection_start(), Ok(Some(21)));
    assert_eq!(bar.applied.get_untracked(), 0);
}

#[wasm_bindgen_test]
async fn tab_finishes_a_word_that_is_begun_and_leaves_otherwise() {
    let (bar, stage) = Bar::on_stage("").await;
    stage.enter("input", "st").await;
    bar.complete("st", 0, 2).await;
    assert!(!stage.press("input", "Tab").await);
    assert_eq!(bar.text.get_untracked(), "status");
    bar.complete("status", 6, 6).await;
    assert!(stage.press("input", "Tab").await);
    assert_eq!(bar.text.get_untracked(), "status");
}

#[wasm_bindgen_test]
async fn a_completion_of_an_older_text_changes_nothing() {
    let (bar, stage) = Bar::on_stage("").await;
    bar.complete("s", 0, 1).await;
    stage.enter("input", "st").await;
    stage.press("input", "ArrowDown").await;
    stage.press("input", "Enter").await;
    assert_eq!(bar.text.get_untracked(), "st");
}

#[wasm_bindgen_test]
async fn control_and_space_ask_where_the_caret_is() {
    let (bar, stage) = Bar::on_stage("😀 = x").await;
    stage.input("input").set_selection_range(2, 2).expect("a caret");
    stage
        .press_with("input", &[("key", " ".into()), ("ctrlKey", JsValue::TRUE)])
        .await;
    assert_eq!(
        bar.asked.get_untracked(),
        Some(Caret {
            text: "😀 = x".into(),
            caret: 1
        })
    );
    bar.complete("😀 = x", 1, 1).await;
    assert_eq!(active(&stage).as_deref(), Some("bar-0"));
    assert!(!stage.press("input", "Escape").await);
    assert_eq!(stage.attribute("input", "aria-expanded").as_deref(), Some("false"));
}

#[wasm_bindgen_test]
async fn a_press_on_a_suggestion_takes_it_and_keeps_the_focus() {
    let (bar, stage) = Bar::on_stage("").await;
    stage.enter("input", "st").await;
    bar.complete("st", 0, 2).await;
    stage.click("#bar-0").await;
    assert_eq!(bar.text.get_untracked(), "status");
    assert_eq!(
        document().active_element().map(|element| element.id()).as_deref(),
        Some("bar")
    );
}

#[wasm_bindgen_test]
async fn an_input_method_is_left_alone_until_it_is_done() {
    let (bar, stage) = Bar::on_stage("").await;
    stage.fire("input", "CompositionEvent", "compositionstart", &[]).await;
    stage.enter("input", "に").await;
    assert_eq!(stage.find(".query-ink").text_content().as_deref(), Some("に"));
    assert!(
        stage
            .press_with("input", &[("key", "Enter".into()), ("isComposing", JsValue::TRUE)])
            .await
    );
    assert_eq!(bar.applied.get_untracked(), 0);
    assert!(bar.typed.with_untracked(Vec::is_empty));
    stage.fire("input", "CompositionEvent", "compositionend", &[]).await;
    assert_eq!(bar.typed.get_untracked(), ["に"]);
}

#[wasm_bindgen_test]
async fn an_error_points_and_can_be_put_right() {
    let (bar, stage) = Bar::on_stage("id = 1 AND frstName ~ x").await;
    bar.problem.set(Some(QueryProblem {
        parameter: "zenQL".into(),
        position: 11,
        length: 8,
        message: "unknown field `frstName`; did you mean `firstName`?".into(),
        suggestion: Some("firstName".into()),
    }));
    tick().await;
    assert_eq!(stage.attribute("input", "aria-invalid").as_deref(), Some("true"));
    let message = stage.attribute("input", "aria-errormessage").expect("a message");
    assert_eq!(
        stage.attribute(&format!("#{message}"), "role").as_deref(),
        Some("alert")
    );
    assert_eq!(stage.texts(".q-bad"), ["frstName"]);
    assert_eq!(
        stage.texts(".query-point > span"),
        ["Unknown field frstName; did you mean firstName?"]
    );
    assert_eq!(
        stage.find(".query-point").style().get_property_value("--at").as_deref(),
        Ok("11")
    );
    assert_eq!(stage.texts(".query-point button"), ["Use firstName"]);
    stage.click(".query-point button").await;
    assert_eq!(bar.text.get_untracked(), "id = 1 AND firstName ~ x");
}

#[wasm_bindgen_test]
async fn an_error_waits_for_a_pause() {
    let (bar, stage) = Bar::on_stage("").await;
    stage.enter("input", "id =").await;
    bar.problem.set(Some(QueryProblem {
        parameter: "zenQL".into(),
        position: 4,
        length: 0,
        message: "expected a value".into(),
        suggestion: None,
    }));
    tick().await;
    assert_eq!(stage.count(".query-point"), 0);
    stage.press("input", "Enter").await;
    assert_eq!(stage.count(".query-point"), 1);
}

#[wasm_bindgen_test]
async fn the_cross_clears() {
    let (bar, stage) = Bar::on_stage("").await;
    assert_eq!(stage.count("[aria-label='Clear the filter']"), 0);
    stage.enter("input", "id = 1").await;
    stage.click("[aria-label='Clear the filter']").await;
    assert_eq!(bar.text.get_untracked(), "");
    assert_eq!(stage.input("input").value(), "");
}
