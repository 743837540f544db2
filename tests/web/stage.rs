//! A stage for one component: mounted alone, then read and pressed as a person would.

use std::any::Any;

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

/// What is mounted; it goes when this is dropped.
pub struct Stage {
    root: HtmlElement,
    _mounted: Box<dyn Any>,
}

impl Stage {
    /// Mounts a view alone.
    pub async fn of<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Self {
        let root: HtmlElement = document().create_element("div").expect("an element").unchecked_into();
        document()
            .body()
            .expect("a body")
            .append_child(&root)
            .expect("to append");
        let mounted = mount_to(root.clone(), view);
        tick().await;
        Self {
            root,
            _mounted: Box::new(mounted),
        }
    }

    /// The only element that matches, or the first.
    pub fn find(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).expect("a selector");
        found
            .unwrap_or_else(|| panic!("nothing matches {selector}"))
            .unchecked_into()
    }

    /// The texts of all that match.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let found = self.root.query_selector_all(selector).expect("a selector");
        (0..found.length())
            .filter_map(|place| found.item(place)?.text_content())
            .collect()
    }

    /// How many match.
    pub fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).expect("a selector").length()
    }

    /// The input that matches.
    pub fn input(&self, selector: &str) -> HtmlInputElement {
        self.find(selector).unchecked_into()
    }

    /// An attribute of the element that matches.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.find(selector).get_attribute(name)
    }

    /// Clicks.
    pub async fn click(&self, selector: &str) {
        self.find(selector).click();
        tick().await;
    }

    /// Replaces the text of an input, with the caret behind it, as typing does.
    pub async fn enter(&self, selector: &str, text: &str) {
        let input = self.input(selector);
        input.focus().expect("focus");
        input.set_value(text);
        fire(&input, "InputEvent", "input", &[]);
        tick().await;
    }

    /// Presses a key; returns whether the browser may still do what it does by itself.
    pub async fn press(&self, selector: &str, key: &str) -> bool {
        self.press_with(selector, &[("key", key.into())]).await
    }

    /// Presses a key as this describes it.
    pub async fn press_with(&self, selector: &str, init: &[(&str, JsValue)]) -> bool {
        let goes_on = fire(&self.find(selector), "KeyboardEvent", "keydown", init);
        tick().await;
        goes_on
    }

    /// Fires an event of this interface.
    pub async fn fire(&self, selector: &str, interface: &str, name: &str, init: &[(&str, JsValue)]) {
        fire(&self.find(selector), interface, name, init);
        tick().await;
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Fires a bubbling event that can be cancelled; returns whether nobody did.
pub fn fire(target: &Element, interface: &str, name: &str, init: &[(&str, JsValue)]) -> bool {
    let options = js_sys::Object::new();
    let always = [("bubbles", JsValue::TRUE), ("cancelable", JsValue::TRUE)];
    for (key, value) in always.iter().chain(init) {
        js_sys::Reflect::set(&options, &JsValue::from_str(key), value).expect("to set");
    }
    let constructor = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str(interface)).expect("an interface");
    let arguments = js_sys::Array::of2(&JsValue::from_str(name), &options);
    let event =
        js_sys::Reflect::construct(constructor.unchecked_ref::<js_sys::Function>(), &arguments).expect("an event");
    target
        .dispatch_event(event.unchecked_ref::<Event>())
        .expect("to dispatch")
}
