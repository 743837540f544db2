//! The looks of the console, and the frames in which it is drawn.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The stylesheets that decide how tall things are.
const SHEETS: [&str; 5] = [
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/layout.css"),
    include_str!("../../style/components/grid.css"),
    include_str!("../../style/components/tree.css"),
];

/// A pane of 1,000 by 700 px with the console's own looks.
pub fn pane(content: impl IntoView + 'static) -> impl IntoView {
    view! {
        <style>{SHEETS.concat()}</style>
        <div class="pane" style="inline-size: 1000px; block-size: 700px">{content}</div>
    }
}

/// Waits until what was changed is drawn, and what waits for that has run.
pub async fn drawn() {
    for _ in 0..3 {
        let mut next = |resolve: js_sys::Function, _| {
            window().request_animation_frame(&resolve).expect("a frame");
        };
        JsFuture::from(js_sys::Promise::new(&mut next)).await.expect("a frame");
    }
}

/// The number of the row that has the focus, from 1 for the head.
pub fn focused() -> Option<String> {
    document().active_element()?.get_attribute("aria-rowindex")
}
