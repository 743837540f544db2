//! The grid of users: ten million rows, keys, picking and order.

use console::components::grid::{Column, Context, Grid, Picked};
use console::components::kept::Kept;
use console::components::slot::Slot;
use leptos::prelude::*;
use leptos::task::tick;
use protocol::{UserRow, UsersPage, Why};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::frame::{drawn, focused, pane};
use crate::stage::{Stage, fire};

const MANY: u32 = 10_000_000;

#[derive(Clone, Copy)]
struct List {
    page: Slot<Option<UsersPage>>,
    picked: Slot<Picked>,
    order: Slot<String>,
    opened: Slot<Vec<String>>,
    explained: Slot<Vec<String>>,
    subject: Slot<String>,
}

/// So many rows of a list; each user is called by the number of the row.
fn page(offset: u32, limit: u32) -> UsersPage {
    let row = |place: u32| UserRow {
        id: place.to_string(),
        name: format!("User {place}"),
        why: Some(Why {
            direct: false,
            via: vec!["Finance".into(), "EMEA".into()],
            more: 1,
        }),
        ..UserRow::default()
    };
    UsersPage {
        offset,
        total: MANY,
        of: Some(MANY),
        rows: (offset..(offset + limit).min(MANY)).map(row).collect(),
        ..UsersPage::default()
    }
}

impl List {
    async fn on_stage(answers: bool) -> (Self, Stage) {
        let owner = Owner::new();
        owner.set();
        let list = Self {
            page: Slot::new(None),
            picked: Slot::new(Picked::default()),
            order: Slot::new(String::new()),
            opened: Slot::new(Vec::new()),
            explained: Slot::new(Vec::new()),
            subject: Slot::new(String::new()),
        };
        // The signals live as long as the page of the tests.
        std::mem::forget(owner);
        let stage = Stage::of(move || list.view(answers)).await;
        drawn().await;
        (list, stage)
    }

    fn view(self, answers: bool) -> impl IntoView {
        let want = move |(offset, limit)| {
            if answers {
                self.page.set(Some(page(offset, limit)));
            }
        };
        let context = Context {
            url: Callback::new(|id: String| format!("/users/{id}")),
            explain: Some(Callback::new(move |id| self.explained.update(|ids| ids.push(id)))),
            now: 0.0,
        };
        pane(view! {
            <Grid
                label="Users"
                class="grid users"
                columns=Kept::from(vec![Column::Name, Column::Username, Column::Why("In Finance".to_owned())])
                page=self.page
                subject=self.subject
                order=self.order
                on_order=move |order| self.order.set(order)
                want=want
                picked=self.picked
                on_open=move |id| self.opened.update(|ids| ids.push(id))
                context
            />
        })
    }
}

const FOCUS: &str = ".grid-row[tabindex='0']";

async fn press(stage: &Stage, key: &str) {
    stage.press(FOCUS, key).await;
    drawn().await;
}

#[wasm_bindgen_test]
async fn draws_what_can_be_seen_of_ten_million() {
    let (_, stage) = List::on_stage(true).await;
    assert_eq!(
        stage.attribute("[role=grid]", "aria-rowcount").as_deref(),
        Some("10000001")
    );
    let rows = stage.count(".grid-row");
    assert!((20..60).contains(&rows), "{rows} rows");
    assert_eq!(stage.attribute(".grid-row", "aria-rowindex").as_deref(), Some("2"));
    assert_eq!(stage.count(FOCUS), 1);
}

#[wasm_bindgen_test]
async fn a_row_stays_whatever_it_says() {
    let (list, stage) = List::on_stage(true).await;
    let before = [".grid-row", ".cell-link", ".grid-row .check"].map(|selector| stage.find(selector));
    let mut other = page(0, 96);
    other.rows[0].id = "else".to_owned();
    other.rows[0].name = "Somebody".to_owned();
    list.page.set(Some(other));
    drawn().await;
    let [row, link, check] = before;
    assert!(stage.find(".grid-row") == row && stage.find(".cell-link") == link);
    assert_eq!(link.text_content().as_deref(), Some("Somebody"));
    assert_eq!(link.get_attribute("href").as_deref(), Some("/users/else"));
    assert_eq!(check.get_attribute("aria-label").as_deref(), Some("Select Somebody"));
}

#[wasm_bindgen_test]
async fn reaches_each_row_by_keys() {
    let (_, stage) = List::on_stage(true).await;
    press(&stage, "End").await;
    assert_eq!(focused().as_deref(), Some("10000001"));
    assert!(stage.texts(".cell-link").contains(&"User 9999999".to_owned()));
    press(&stage, "ArrowUp").await;
    assert_eq!(focused().as_deref(), Some("10000000"));
    press(&stage, "PageUp").await;
    let far: u32 = focused().and_then(|row| row.parse().ok()).expect("a row");
    assert!((9_999_970..9_999_990).contains(&far), "row {far}");
    press(&stage, "Home").await;
    assert_eq!(focused().as_deref(), Some("2"));
    assert!(stage.count(".grid-row") < 60);
}

#[wasm_bindgen_test]
async fn the_row_with_the_focus_stays_when_it_is_scrolled_away() {
    let (_, stage) = List::on_stage(true).await;
    press(&stage, "ArrowDown").await;
    let body = stage.find(".grid-body");
    body.set_scroll_top(4_000_000);
    drawn().await;
    let middle: u32 = stage
        .texts(".cell-link")
        .last()
        .and_then(|name| name.strip_prefix("User ")?.parse().ok())
        .expect("a row");
    assert!((4_900_000..5_100_000).contains(&middle), "row {middle}");
    assert_eq!(focused().as_deref(), Some("3"));
    press(&stage, "ArrowDown").await;
    assert_eq!(focused().as_deref(), Some("4"));
    assert!(body.scroll_top() < 100);
}

#[wasm_bindgen_test]
async fn the_rows_where_the_bar_comes_to_rest_are_asked_for() {
    let (_, stage) = List::on_stage(true).await;
    let body = stage.find(".grid-body");
    for place in 1..=6 {
        body.set_scroll_top(place * 1_000_000);
        fire(&body, "Event", "scroll", &[]);
        tick().await;
    }
    let rows = || stage.texts(".cell-link");
    let is_there = || rows().iter().any(|name| name.starts_with("User 75"));
    for _ in 0..1_000 {
        if is_there() {
            break;
        }
        drawn().await;
    }
    assert!(is_there(), "{:?}", rows());
}

#[wasm_bindgen_test]
async fn picking_is_not_moving() {
    let (list, stage) = List::on_stage(true).await;
    press(&stage, "ArrowDown").await;
    assert!(list.picked.get_untracked().is_empty());
    press(&stage, " ").await;
    assert_eq!(
        stage.attribute("[aria-rowindex='3']", "aria-selected").as_deref(),
        Some("true")
    );
    let shift = [("key", JsValue::from("ArrowDown")), ("shiftKey", JsValue::TRUE)];
    stage.press_with(FOCUS, &shift).await;
    drawn().await;
    stage.press_with(FOCUS, &shift).await;
    drawn().await;
    assert_eq!(list.picked.get_untracked().count(), 3);
    stage
        .press_with(FOCUS, &[("key", "a".into()), ("ctrlKey", JsValue::TRUE)])
        .await;
    assert_eq!(list.picked.get_untracked().count(), MANY);
    press(&stage, "Escape").await;
    assert!(list.picked.get_untracked().is_empty());
    stage.click("[aria-rowindex='5'] .check").await;
    assert!(list.picked.get_untracked().contains(3));
}

#[wasm_bindgen_test]
async fn opens_and_explains() {
    let (list, stage) = List::on_stage(true).await;
    press(&stage, "ArrowDown").await;
    press(&stage, "Enter").await;
    assert_eq!(list.opened.get_untracked(), ["1"]);
    // → leads into the row: box, link, path.
    for _ in 0..3 {
        let row = document().active_element().expect("a focus");
        fire(&row, "KeyboardEvent", "keydown", &[("key", "ArrowRight".into())]);
    }
    let inner = document().active_element().expect("a focus");
    assert_eq!(inner.class_name(), "via");
    stage.click("[aria-rowindex='3'] .via").await;
    assert_eq!(list.explained.get_untracked(), ["1"]);
    assert!(list.picked.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn sorts_by_its_heads() {
    let (list, stage) = List::on_stage(true).await;
    assert_eq!(
        stage.attribute(".grid-head .c-name", "aria-sort").as_deref(),
        Some("ascending")
    );
    stage.click(".grid-head .c-user .sort").await;
    assert_eq!(list.order.get_untracked(), "username");
    assert_eq!(
        stage.attribute(".grid-head .c-user", "aria-sort").as_deref(),
        Some("ascending")
    );
    stage.click(".grid-head .c-user .sort").await;
    assert_eq!(
        stage.attribute(".grid-head .c-user", "aria-sort").as_deref(),
        Some("descending")
    );
    assert_eq!(stage.count("[aria-sort]"), 1);
}

#[wasm_bindgen_test]
async fn rows_to_come_are_skeletons_of_the_same_height() {
    let (list, stage) = List::on_stage(false).await;
    assert_eq!(stage.attribute("[role=grid]", "aria-busy").as_deref(), Some("true"));
    let before = stage.find(".grid-row").get_bounding_client_rect().height();
    assert!(stage.count(".grid-row .skeleton") > 20);
    list.page.set(Some(page(0, 40)));
    drawn().await;
    let after = stage.find(".grid-row").get_bounding_client_rect().height();
    assert!(
        (before - after).abs() < f64::EPSILON && before > 30.0,
        "{before} and {after}"
    );
    assert_eq!(stage.attribute("[role=grid]", "aria-busy"), None);
}

#[wasm_bindgen_test]
async fn another_question_begins_at_the_top() {
    let (list, stage) = List::on_stage(true).await;
    press(&stage, "End").await;
    press(&stage, " ").await;
    list.subject.set("another".to_owned());
    drawn().await;
    assert_eq!(stage.attribute(FOCUS, "aria-rowindex").as_deref(), Some("2"));
    assert_eq!(stage.find(".grid-body").scroll_top(), 0);
    assert!(list.picked.get_untracked().is_empty());
}
