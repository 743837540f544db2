//! Hover, focus and press without a pointer: what the stylesheets say of them is said of the whole stage as well.

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// What stands for the stage in the rules that are added, and tells them from the others.
const STAGE: &str = ":where(.gallery-stage)";
/// What can have the focus.
const FOCUSABLE: &str = "a, button, input, select, summary, textarea, [tabindex]";

/// Lets everything on the stage look hovered, focused or pressed; what is neither of the three takes that back.
pub fn pose(state: &str) {
    let (said, also) = match state {
        "hover" => (":hover", "*"),
        "focus" => (":focus-visible", FOCUSABLE),
        "press" => (":active", "*"),
        _ => ("", ""),
    };
    let posed = [":is(", said, ", ", STAGE, " :where(", also, "))"].concat();
    for sheet in items(&get(&document(), "styleSheets")) {
        let texts = items(&get(&sheet, "cssRules")).into_iter();
        let texts = texts.filter_map(|rule| get(&rule, "cssText").as_string());
        let (ours, theirs): (Vec<_>, Vec<_>) = texts.partition(|text| text.contains(STAGE));
        let end = JsValue::from(theirs.len() as u32);
        // The bindings have no classes for stylesheets here: for this one screen, they would cost every other.
        let delete = get(&sheet, "deleteRule").unchecked_into::<Function>();
        let insert = get(&sheet, "insertRule").unchecked_into::<Function>();
        for _ in ours {
            let _ = delete.call1(&sheet, &end);
        }
        for text in theirs
            .iter()
            .rev()
            .filter(|text| !said.is_empty() && text.contains(said))
        {
            let text = text.split(said).collect::<Vec<_>>().join(&posed);
            let _ = insert.call2(&sheet, &text.into(), &end);
        }
    }
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

/// What a list of the browser's holds.
fn items(list: &JsValue) -> Vec<JsValue> {
    let length = get(list, "length").as_f64().unwrap_or_default() as u32;
    (0..length)
        .filter_map(|place| Reflect::get(list, &place.into()).ok())
        .collect()
}
