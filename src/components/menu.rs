//! Menus and small panels that float: native popovers, placed under the button that opens them.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::focus::walk;
use super::icon::icon;

/// Opens or closes the popover `id` under `anchor`; a click elsewhere and Escape close it, and the browser then gives
/// the focus back.
pub fn toggle_popover(id: &str, anchor: &Element) {
    let Some(popover) = document().get_element_by_id(id).and_then(|found| found.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    place(&popover, anchor);
    // Browsers without popovers show it in place instead.
    call(&popover, "togglePopover");
    if let Ok(Some(first)) = popover.query_selector("[role^=menuitem],[autofocus]")
        && let Ok(first) = first.dyn_into::<HtmlElement>()
    {
        let _ = first.focus();
    }
}

/// Closes the popover `id`.
pub fn close_popover(id: &str) {
    if let Some(popover) = document().get_element_by_id(id) {
        call(&popover, "hidePopover");
    }
}

/// `togglePopover` and its kin are too young for every version of the bindings; a closed one refuses to close.
fn call(element: &Element, method: &str) {
    if let Ok(method) = js_sys::Reflect::get(element, &JsValue::from_str(method))
        && let Ok(method) = method.dyn_into::<js_sys::Function>()
    {
        let _ = method.call0(element);
    }
}

/// Below the anchor, along its leading edge, but within the window.
fn place(popover: &HtmlElement, anchor: &Element) {
    let rect = anchor.get_bounding_client_rect();
    let width = document().document_element().map_or(0.0, |root| f64::from(root.client_width()));
    let start = rect.left().min(width - 280.0).max(8.0);
    let style = popover.style();
    let _ = style.set_property("--x", &[&start.round().to_string(), "px"].concat());
    let _ = style.set_property("--y", &[&(rect.bottom() + 4.0).round().to_string(), "px"].concat());
}

/// What floats: a menu of [`MenuItem`]s and [`MenuLink`]s, walked through with arrow keys.
#[component]
pub fn Menu(
    /// Its id, for [`toggle_popover`].
    id: &'static str,
    /// Its name.
    label: &'static str,
    /// The items.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let keys = move |event: KeyboardEvent| {
        if let Some(menu) = node.get_untracked() {
            walk(&event, &menu, "[role^=menuitem]");
        }
    };
    view! {
        <div class="menu" popover="auto" id=id role="menu" aria-label=label node_ref=node on:keydown=keys>
            {children()}
        </div>
    }
}

/// A button that opens the [`Menu`] or [`Panel`] of this id.
#[component]
pub fn MenuButton(
    /// The menu's id.
    menu: &'static str,
    /// `menu` or `dialog`.
    #[prop(default = "menu")]
    opens: &'static str,
    /// The button's class, such as `button`.
    #[prop(default = "button")]
    class: &'static str,
    /// `quiet`, or empty.
    #[prop(optional)]
    kind: &'static str,
    /// `sm`, or empty.
    #[prop(optional)]
    size: &'static str,
    /// Whether it is a drawing alone.
    #[prop(optional)]
    icon_only: bool,
    /// Its name, where its content is none.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Button>::new();
    let press = move |_| {
        if let Some(button) = node.get_untracked() {
            toggle_popover(menu, &button);
        }
    };
    view! {
        <button
            type="button"
            class=class
            data-kind=kind
            data-size=size
            data-icon=icon_only.then_some("")
            aria-haspopup=opens
            aria-controls=menu
            aria-label=move || label.get()
            title=move || label.get()
            node_ref=node
            on:click=press
        >
            {children()}
        </button>
    }
}

/// A choice of a menu; it closes the menu.
#[component]
pub fn MenuItem(
    /// The menu's id.
    menu: &'static str,
    /// What it does.
    #[prop(into)]
    text: Signal<String>,
    /// A drawing before the word.
    href: &'static str,
    /// Whether it is the one that holds, where one of the menu's choices does.
    #[prop(optional, into)]
    checked: MaybeProp<bool>,
    /// Chosen.
    #[prop(into)]
    on_choose: Callback<()>,
) -> impl IntoView {
    let role = move || if checked.get().is_some() { "menuitemradio" } else { "menuitem" };
    let choose = move |_| {
        close_popover(menu);
        on_choose.run(());
    };
    view! {
        <button
            type="button"
            class="menu-item"
            role=role
            aria-checked=move || checked.get().map(|on| if on { "true" } else { "false" })
            tabindex="-1"
            on:click=choose
        >
            {icon(href)}
            <span>{text}</span>
        </button>
    }
}

/// A link in a menu; it closes the menu.
#[component]
pub fn MenuLink(
    /// The menu's id.
    menu: &'static str,
    /// Where it leads.
    #[prop(into)]
    url: Signal<String>,
    /// What it is.
    #[prop(into)]
    text: Signal<String>,
    /// A drawing before the word.
    href: &'static str,
) -> impl IntoView {
    view! {
        <a class="menu-item" role="menuitem" tabindex="-1" href=url on:click=move |_| close_popover(menu)>
            {icon(href)}
            <span class="truncate">{text}</span>
        </a>
    }
}
