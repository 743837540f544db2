//! A picture as a file: an SVG that needs no stylesheet, no script and no page around it.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, CssStyleDeclaration, Element, XmlSerializer};

use super::ruler::canvas;

/// The namespace of what is drawn.
const SVG: &str = "http://www.w3.org/2000/svg";

/// What a shape is painted with, and what holds where nothing is told.
const SHAPE: [(&str, &str); 7] = [
    ("fill", ""),
    ("stroke", "none"),
    ("stroke-width", "1px"),
    ("stroke-opacity", "1"),
    ("stroke-dasharray", "none"),
    ("stroke-linecap", "butt"),
    ("stroke-linejoin", "miter"),
];
/// What a text is written with.
const TEXT: [(&str, &str); 4] = [
    ("fill", ""),
    ("font-size", ""),
    ("font-weight", "400"),
    ("text-anchor", "start"),
];
/// What only the page needs.
const OF_THE_PAGE: [&str; 9] = [
    "class",
    "style",
    "href",
    "tabindex",
    "data-node",
    "data-on",
    "data-lit",
    "data-cycle",
    "data-focus",
];

/// The text of a file that shows what `picture`, an `svg` on the page, shows now, in its colours and from left to
/// right. Its links become plain groups. None where the browser cannot draw.
#[must_use]
pub fn save(picture: &Element) -> Option<String> {
    let paint = Paint(canvas()?);
    let copy: Element = picture.clone_node_with_deep(true).ok()?.unchecked_into();
    let (shown, copies) = (
        picture.query_selector_all("*").ok()?,
        copy.query_selector_all("*").ok()?,
    );
    let family = font(&styles(picture)?);
    for place in 0..shown.length() {
        let (from, to): (Element, Element) = (
            shown.item(place)?.unchecked_into(),
            copies.item(place)?.unchecked_into(),
        );
        if from.class_list().contains("layers-ring") {
            to.remove();
            continue;
        }
        let style = styles(&from)?;
        let properties = match from.tag_name().as_str() {
            "text" => &TEXT[..],
            "path" | "rect" | "circle" => &SHAPE[..],
            _ => &[],
        };
        for (name, initial) in properties {
            let value = paint.value(&style, name);
            if value != *initial {
                set(&to, name, &value);
            }
        }
        if from.tag_name() == "text" && font(&style) != family {
            set(&to, "font-family", &font(&style));
        }
        strip(&to);
    }
    strip(&copy);
    set(&copy, "font-family", &family);
    // The stage behind it, and a size of its own.
    let back = paint.value(&styles(&picture.parent_element()?)?, "background-color");
    // A rectangle, for a style would be an inline one, which the page's policy forbids.
    let ground = document().create_element_ns(Some(SVG), "rect").ok()?;
    for (name, value) in [("width", "100%"), ("height", "100%"), ("fill", &back)] {
        set(&ground, name, value);
    }
    copy.insert_before(&ground, copy.first_child().as_ref()).ok()?;
    let view_box = picture.get_attribute("viewBox")?;
    for (name, length) in ["width", "height"].into_iter().zip(view_box.split(' ').skip(2)) {
        set(&copy, name, length);
    }
    let text = XmlSerializer::new().ok()?.serialize_to_string(&copy).ok()?;
    // Comments mark where views begin and end; in a name the same would be written with entities.
    Some(text.replace("<!---->", ""))
}

fn styles(element: &Element) -> Option<CssStyleDeclaration> {
    window().get_computed_style(element).ok()?
}

fn font(style: &CssStyleDeclaration) -> String {
    style.get_property_value("font-family").unwrap_or_default()
}

fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

fn strip(element: &Element) {
    for name in OF_THE_PAGE {
        let _ = element.remove_attribute(name);
    }
}

/// Turns colours of any notation into one that every program reads, by painting with them.
struct Paint(CanvasRenderingContext2d);

impl Paint {
    /// A property as it holds, such as `1.25px`.
    fn value(&self, style: &CssStyleDeclaration, name: &str) -> String {
        let value = style.get_property_value(name).unwrap_or_default();
        match name {
            "fill" | "stroke" | "background-color" if value != "none" => self.plain(&value).unwrap_or(value),
            _ => value,
        }
    }

    /// A colour as its red, green and blue, in hexadecimal digits.
    fn plain(&self, colour: &str) -> Option<String> {
        self.0.set_fill_style_str(colour);
        self.0.fill_rect(0.0, 0.0, 1.0, 1.0);
        let pixel = self.0.get_image_data(0.0, 0.0, 1.0, 1.0).ok()?.data();
        let digit = |value: u8| char::from_digit(value.into(), 16);
        let mut text = String::from('#');
        for value in pixel.iter().take(3) {
            text.extend([digit(value >> 4)?, digit(value & 15)?]);
        }
        Some(text)
    }
}
