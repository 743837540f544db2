//! The drop zone: a drop anywhere, the picker, and what is not taken.

use console::components::file::DropZone;
use console::components::slot::Slot;
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, fire};

/// A transfer that holds files of these names.
fn transfer(names: &[&str]) -> JsValue {
    let make = js_sys::Function::new_with_args(
        "names",
        "const held = new DataTransfer(); for (const name of names) held.items.add(new File(['{}'], name)); return held;",
    );
    let names: js_sys::Array = names.iter().map(|name| JsValue::from_str(name)).collect();
    make.call1(&JsValue::NULL, &names).expect("a transfer")
}

async fn zone() -> (Slot<Vec<String>>, Stage) {
    let owner = Owner::new();
    owner.set();
    let taken = Slot::new(Vec::new());
    // The signal lives as long as the page of the tests.
    std::mem::forget(owner);
    let take = move |file: web_sys::File| taken.update(|taken| taken.push(file.name()));
    (taken, Stage::of(move || view! { <DropZone on_file=take /> }).await)
}

/// Drags or drops over the page, far from the zone; returns whether the browser would open the file itself.
async fn over_the_page(event: &str, transfer: JsValue) -> bool {
    let body = document().body().expect("a body");
    let goes_on = fire(&body, "DragEvent", event, &[("dataTransfer", transfer)]);
    tick().await;
    goes_on
}

#[wasm_bindgen_test]
async fn a_drop_anywhere_is_taken() {
    let (taken, stage) = zone().await;
    assert!(!over_the_page("dragover", transfer(&["staff.json"])).await);
    assert_eq!(stage.attribute(".drop", "data-state").as_deref(), Some("over"));
    assert!(!over_the_page("drop", transfer(&["staff.json"])).await);
    assert_eq!(taken.get_untracked(), ["staff.json"]);
    assert_eq!(stage.attribute(".drop", "data-state"), None);
}

#[wasm_bindgen_test]
async fn several_files_are_refused_and_said_so() {
    let (taken, stage) = zone().await;
    over_the_page("drop", transfer(&["a.json", "b.json"])).await;
    assert!(taken.with_untracked(Vec::is_empty));
    assert_eq!(stage.texts(".drop p"), ["One file at a time."]);
    assert_eq!(stage.attribute(".drop", "data-state").as_deref(), Some("refuse"));
}

#[wasm_bindgen_test]
async fn text_that_is_dragged_is_not_ours() {
    let (taken, stage) = zone().await;
    assert!(over_the_page("dragover", transfer(&[])).await);
    assert_eq!(stage.attribute(".drop", "data-state"), None);
    assert!(taken.with_untracked(Vec::is_empty));
}

#[wasm_bindgen_test]
async fn what_is_unmounted_listens_no_more() {
    let (taken, stage) = zone().await;
    drop(stage);
    over_the_page("drop", transfer(&["staff.json"])).await;
    assert!(taken.with_untracked(Vec::is_empty));
}
