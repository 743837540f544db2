//! Small parts: segmented control, tabs, path, chip, menu, field that suggests, notices.

use console::components::chip::FilterChip;
use console::components::field::SuggestField;
use console::components::kept::Kept;
use console::components::menu::{Menu, MenuButton, MenuItem};
use console::components::notice::{Notice, Toast};
use console::components::relation::{via, why};
use console::components::segmented::{Segment, Segmented};
use console::components::slot::Slot;
use console::components::tabs::{TabLink, Tabs};
use leptos::prelude::*;
use protocol::{EntityName, Why};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::Stage;

/// A signal that lives as long as the page of the tests.
fn kept<T: Send + Sync + 'static>(value: T) -> Slot<T> {
    let owner = Owner::new();
    owner.set();
    let signal = Slot::new(value);
    std::mem::forget(owner);
    signal
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[wasm_bindgen_test]
async fn a_segmented_control_is_a_radio_group() {
    let chosen = kept("direct");
    let segment = |value, text| Segment {
        value,
        text,
        count: Some(1_204),
        ..Segment::default()
    };
    let segments = vec![segment("direct", "Direct"), segment("all", "All")];
    let stage = Stage::of(move || {
        view! { <Segmented label="Membership" segments=Kept::from(segments) chosen on_choose=move |value| chosen.set(value) /> }
    })
    .await;
    assert_eq!(stage.texts("[aria-checked=true]"), ["Direct1,204"]);
    assert_eq!(stage.count("[tabindex='0']"), 1);
    stage.press("[aria-checked=true]", "ArrowRight").await;
    assert_eq!(chosen.get_untracked(), "all");
    assert_eq!(stage.texts("[tabindex='0']"), ["All1,204"]);
    stage.press("[aria-checked=true]", "ArrowRight").await;
    assert_eq!(chosen.get_untracked(), "direct");
}

#[wasm_bindgen_test]
async fn tabs_are_walked_through_with_arrows() {
    let tab = |id, text| TabLink {
        id,
        text,
        count: None,
        url: "#".to_owned() + id,
    };
    let tabs = vec![tab("members", "Members"), tab("hierarchy", "Hierarchy")];
    let stage = Stage::of(move || {
        view! { <Tabs label="Finance" tabs=Kept::from(tabs) current=Kept::from("members") /> }
    })
    .await;
    assert_eq!(
        stage.attribute("[aria-selected=true]", "id").as_deref(),
        Some("tab-members")
    );
    assert_eq!(
        stage.attribute("[aria-selected=true]", "aria-controls").as_deref(),
        Some("panel-members")
    );
    stage.find("#tab-members").focus().expect("focus");
    stage.press("#tab-members", "ArrowLeft").await;
    assert_eq!(
        document().active_element().map(|tab| tab.id()).as_deref(),
        Some("tab-hierarchy")
    );
}

#[wasm_bindgen_test]
async fn a_path_keeps_its_ends() {
    let stage = Stage::of(|| via(&names(&["a", "b", "c", "d", "e", "f"]), 2, false)).await;
    assert_eq!(stage.texts(".via > span"), ["via", "a›b›…›e", "›", "f", "+2"]);
    assert_eq!(
        stage.attribute(".via", "title").as_deref(),
        Some("via a › b › c › d › e › f")
    );
    assert_eq!(stage.texts(".via-last"), ["f"]);
    assert_eq!(stage.attribute(".via-more", "title").as_deref(), Some("2 more paths"));
}

#[wasm_bindgen_test]
async fn the_last_name_of_a_path_is_never_cut() {
    let long = "A name that is longer than what it stands in";
    // At 420 px the last name has room; at 170 px it takes a second line of the row, in any font.
    for (width, family) in [(420, "sans-serif"), (170, "sans-serif"), (170, "monospace")] {
        let style = format!("inline-size: {width}px; block-size: 32px; overflow: hidden; font: 12px {family}");
        let stage = Stage::of(move || {
            view! {
                <style>{include_str!("../../style/components/relation.css")}</style>
                <div class="cell" style=style>
                    {why(&Why { via: names(&[long, long, "Paris and its surroundings"]), ..Why::default() }, false)}
                </div>
            }
        })
        .await;
        let last = stage.find(".via-last");
        assert!(last.scroll_width() <= last.client_width() + 1, "{width} px {family}");
        let cell = stage.find(".cell");
        assert!(cell.scroll_width() <= cell.client_width(), "{width} px {family}");
        assert!(cell.scroll_height() <= cell.client_height(), "{width} px {family}");
        let lead = stage.find(".via-lead");
        assert!(lead.scroll_width() > lead.client_width(), "{width} px {family}");
    }
}

#[wasm_bindgen_test]
async fn a_relation_is_told_in_words() {
    let told = |direct, via: &[&str]| Why {
        direct,
        via: names(via),
        more: 0,
    };
    let both = Stage::of(move || why(&told(true, &["Paris"]), false)).await;
    assert_eq!(both.texts(".rel"), ["Direct +viaParis"]);
    assert_eq!(both.attribute(".rel-mark", "data-rel").as_deref(), Some("both"));
    let inherited = Stage::of(move || why(&told(false, &["Paris"]), false)).await;
    assert_eq!(
        inherited.attribute(".rel-mark", "aria-label").as_deref(),
        Some("Inherited member")
    );
    let none = Stage::of(move || why(&told(false, &[]), false)).await;
    assert_eq!(none.texts(".rel"), ["not a member"]);
}

#[wasm_bindgen_test]
async fn a_chip_that_would_leave_nobody_is_off() {
    let pressed = kept(false);
    let count = kept(Some(0_u32));
    let stage = Stage::of(move || {
        view! { <FilterChip text="Locked" href="#i-lock" count pressed on_press=move |()| pressed.update(|on| *on = !*on) /> }
    })
    .await;
    assert_eq!(stage.attribute(".chip", "aria-disabled").as_deref(), Some("true"));
    stage.click(".chip").await;
    assert!(!pressed.get_untracked());
    count.set(Some(3));
    stage.click(".chip").await;
    assert_eq!(stage.attribute(".chip", "aria-pressed").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn a_menu_opens_and_closes() {
    let chosen = kept(0);
    let stage = Stage::of(move || {
        view! {
            <MenuButton menu="test-menu" label="Theme">"Theme"</MenuButton>
            <Menu id="test-menu" label="Theme">
                <MenuItem menu="test-menu" text="Light" href="#i-sun" on_choose=move |()| chosen.set(1) />
                <MenuItem menu="test-menu" text="Dark" href="#i-moon" on_choose=move |()| chosen.set(2) />
            </Menu>
        }
    })
    .await;
    stage.click(".button").await;
    assert_eq!(stage.count("#test-menu:popover-open"), 1);
    assert_eq!(
        document()
            .active_element()
            .and_then(|item| item.text_content())
            .as_deref(),
        Some("Light")
    );
    stage.press("#test-menu .menu-item", "ArrowDown").await;
    assert_eq!(
        document()
            .active_element()
            .and_then(|item| item.text_content())
            .as_deref(),
        Some("Dark")
    );
    stage.click("#test-menu .menu-item:last-child").await;
    assert_eq!(chosen.get_untracked(), 2);
    assert_eq!(stage.count("#test-menu:popover-open"), 0);
}

#[wasm_bindgen_test]
async fn a_field_suggests() {
    let text = kept(String::new());
    let taken = kept(Vec::<String>::new());
    let option = |name: &str| EntityName {
        id: name.to_lowercase(),
        name: name.to_owned(),
        detail: String::new(),
    };
    let options = vec![option("Alumni"), option("Contractors")];
    let stage = Stage::of(move || {
        view! {
            <SuggestField
                id="test-field"
                label="Exclude a group"
                text
                options=Kept::from(options)
                on_pick=move |option: EntityName| taken.update(|ids| ids.push(option.id))
            />
        }
    })
    .await;
    assert_eq!(
        stage.attribute("#test-field", "aria-expanded").as_deref(),
        Some("false")
    );
    stage.enter("#test-field", "c").await;
    assert_eq!(stage.attribute("#test-field", "aria-expanded").as_deref(), Some("true"));
    stage.press("#test-field", "ArrowDown").await;
    let active = stage
        .attribute("#test-field", "aria-activedescendant")
        .expect("an option");
    assert_eq!(
        stage.attribute(&["#", &active].concat(), "aria-selected").as_deref(),
        Some("true")
    );
    stage.press("#test-field", "Enter").await;
    assert_eq!(taken.get_untracked(), ["contractors"]);
    assert_eq!(
        stage.attribute("#test-field", "aria-expanded").as_deref(),
        Some("false")
    );
}

#[wasm_bindgen_test]
async fn only_what_blocks_interrupts_a_reader() {
    let stage = Stage::of(|| view! { <Notice title="It stopped." tone="danger" /> }).await;
    assert_eq!(stage.count("[role=alert]"), 1);
    let stage = Stage::of(|| view! { <Notice title="It goes on." /> }).await;
    assert_eq!(stage.count("[role=status]"), 1);
    let said = kept(None);
    let stage = Stage::of(move || view! { <Toast text=said /> }).await;
    assert_eq!(stage.count("[role=status]"), 1);
    said.set(Some("Copied 2 usernames.".to_owned()));
    leptos::task::tick().await;
    assert_eq!(stage.texts(".toast span"), ["Copied 2 usernames."]);
}
