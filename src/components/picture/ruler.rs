//! How wide a name is in the font that it is drawn in, which is the reader's.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement};

use crate::components::path::text::text_width;

/// Measures texts of 12 px.
pub struct Ruler(Option<CanvasRenderingContext2d>);

impl Ruler {
    /// In the font of the page.
    pub fn new() -> Self {
        Self(Self::on_canvas())
    }

    fn on_canvas() -> Option<CanvasRenderingContext2d> {
        let context = canvas()?;
        let page: Element = document().body()?.into();
        let style = window().get_computed_style(&page).ok()??;
        context.set_font(&["500 12px ", &style.get_property_value("font-family").ok()?].concat());
        Some(context)
    }

    /// In pixels; about, where the browser does not say.
    pub fn width(&self, text: &str) -> f64 {
        let measured = self.0.as_ref().and_then(|context| context.measure_text(text).ok());
        measured.map_or_else(|| text_width(text), |measured| measured.width())
    }
}

/// A canvas that nobody sees.
pub fn canvas() -> Option<CanvasRenderingContext2d> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
    Some(canvas.get_context("2d").ok()??.unchecked_into())
}
