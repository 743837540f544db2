//! Menus and small panels that float: native popovers, placed under the button that opens them.

mod popover;

pub use popover::{close_popover, fill_popover, settle_popovers, toggle_popover};

use leptos::html;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::badge;
use super::button::{printed_key, shortcut};
use super::focus::walk;
use super::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::slot::Slot;

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
    #[prop(optional)]
    label: &'static str,
    /// The key that opens the menu; none if empty.
    #[prop(optional, into)]
    key: Kept<String>,
    /// Turns on when it is first pressed, for what comes no sooner.
    #[prop(optional)]
    opened: Option<Slot<bool>>,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Button>::new();
    let label = (!label.is_empty()).then_some(label);
    let press = move |_| {
        if let Some(opened) = opened {
            opened.set(true);
        }
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
            aria-label=label
            aria-keyshortcuts=move || shortcut(key)
            title=label
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
    text: Kept<String>,
    /// A drawing before the word.
    href: &'static str,
    /// Whether it is the one that holds, where one of the menu's choices does.
    #[prop(optional, into)]
    checked: Kept<Option<bool>>,
    /// Chosen.
    #[prop(into)]
    on_choose: Callback<()>,
) -> impl IntoView {
    let role = move || {
        if checked.get().is_some() {
            "menuitemradio"
        } else {
            "menuitem"
        }
    };
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
            <span>{live(move || text.get())}</span>
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
    url: Kept<String>,
    /// What it is.
    #[prop(into)]
    text: Kept<String>,
    /// A drawing before the word.
    href: &'static str,
    /// The key that follows it, also while the menu is closed, in capitals; none if empty.
    #[prop(optional, into)]
    key: Kept<String>,
    /// How many there are, where that is known.
    #[prop(optional, into)]
    count: Kept<Option<u32>>,
) -> impl IntoView {
    view! {
        <a
            class="menu-item"
            role="menuitem"
            tabindex="-1"
            href=move || url.get()
            aria-keyshortcuts=move || shortcut(key)
            on:click=move |_| close_popover(menu)
        >
            {icon(href)}
            <span class="truncate">{live(move || text.get())}</span>
            {live(move || count.get().map(badge::count))}
            {live(move || printed_key(key))}
        </a>
    }
}
