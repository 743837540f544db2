//! The tree of groups: what a reader is told of each row, and the keys.

use console::components::slot::Slot;
use console::components::tree::Tree;
use leptos::prelude::*;
use protocol::{TreeChange, TreeOrder, TreePage, TreePlace, TreeRow};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::frame::{drawn, focused, pane};
use crate::stage::Stage;

#[derive(Clone, Copy)]
struct Groups {
    page: Slot<Option<TreePage>>,
    changes: Slot<Vec<TreeChange>>,
    chosen: Slot<Option<String>>,
    order: Slot<TreeOrder>,
}

fn row(name: &str, level: u16, expanded: Option<bool>, place: TreePlace) -> TreeRow {
    TreeRow {
        id: name.to_lowercase(),
        key: name.to_lowercase(),
        name: name.to_owned(),
        level,
        expanded,
        place,
        position: 1,
        siblings: 2,
        direct: Some(1_204),
        total: Some(2_000),
        ..TreeRow::default()
    }
}

fn page() -> TreePage {
    let here = TreePlace::Here;
    let rows = vec![
        row("Alumni", 1, None, here),
        row("Company", 1, Some(true), here),
        TreeRow {
            has_manager: true,
            in_cycle: true,
            also_under: 3,
            ..row("Finance", 2, Some(false), here)
        },
        row("Company", 3, None, TreePlace::Back),
        row("Site access", 2, None, TreePlace::Elsewhere),
        row("Zebra", 1, Some(false), here),
    ];
    TreePage {
        total: 6,
        matches: 6,
        rows,
        ..TreePage::default()
    }
}

impl Groups {
    async fn on_stage(page: TreePage) -> (Self, Stage) {
        let owner = Owner::new();
        owner.set();
        let groups = Self {
            page: Slot::new(Some(page)),
            changes: Slot::new(Vec::new()),
            chosen: Slot::new(Some("finance".to_owned())),
            order: Slot::new(TreeOrder::Total),
        };
        // The signals live as long as the page of the tests.
        std::mem::forget(owner);
        let view = move || {
            pane(view! {
                <Tree
                    page=groups.page
                    chosen=groups.chosen
                    subject=""
                    order=groups.order
                    on_order=move |order| groups.order.set(order)
                    want=|_| ()
                    on_change=move |change| groups.changes.update(|changes| changes.push(change))
                    on_reveal=|()| ()
                    on_choose=move |id| groups.chosen.set(Some(id))
                />
            })
        };
        let stage = Stage::of(view).await;
        drawn().await;
        (groups, stage)
    }
}

async fn press(stage: &Stage, key: &str) {
    stage.press(".tree-row[tabindex='0']", key).await;
    drawn().await;
}

fn at(row: u32) -> String {
    format!(".tree-row[aria-rowindex='{}']", row + 2)
}

#[wasm_bindgen_test]
async fn tells_where_each_row_stands() {
    let (_, stage) = Groups::on_stage(page()).await;
    assert_eq!(
        stage.attribute("[role=treegrid]", "aria-rowcount").as_deref(),
        Some("7")
    );
    let told = |row, name| stage.attribute(&at(row), name);
    assert_eq!(told(2, "aria-level").as_deref(), Some("2"));
    assert_eq!(told(2, "aria-expanded").as_deref(), Some("false"));
    assert_eq!(told(2, "aria-posinset").as_deref(), Some("1"));
    assert_eq!(told(2, "aria-setsize").as_deref(), Some("2"));
    assert_eq!(told(2, "aria-selected").as_deref(), Some("true"));
    assert_eq!(told(0, "aria-expanded"), None);
    assert_eq!(told(1, "aria-selected").as_deref(), Some("false"));
    assert_eq!(stage.count(".tree-row[tabindex='0']"), 1);
}

#[wasm_bindgen_test]
async fn marks_say_what_they_are() {
    let (_, stage) = Groups::on_stage(page()).await;
    let row = at(2);
    assert_eq!(
        stage
            .attribute(&(row.clone() + " .manager-mark"), "aria-label")
            .as_deref(),
        Some("Has managers")
    );
    assert_eq!(
        stage.attribute(&(row.clone() + " .warn-mark"), "aria-label").as_deref(),
        Some("Part of a cycle")
    );
    assert_eq!(
        stage.attribute(&(row.clone() + " .tree-also"), "title").as_deref(),
        Some("Also under 3 others")
    );
    assert_eq!(stage.texts(&(row + " .num")), ["1,204", "2,000"]);
    assert_eq!(stage.texts(&(at(3) + " .tree-name")), ["Back to Company"]);
    assert_eq!(stage.texts(&(at(3) + " .num")), ["", ""]);
}

#[wasm_bindgen_test]
async fn is_walked_through_by_keys() {
    let (groups, stage) = Groups::on_stage(page()).await;
    press(&stage, "ArrowDown").await;
    assert_eq!(focused().as_deref(), Some("3"));
    press(&stage, "ArrowRight").await;
    assert_eq!(focused().as_deref(), Some("4"));
    press(&stage, "ArrowRight").await;
    press(&stage, "*").await;
    press(&stage, "ArrowLeft").await;
    assert_eq!(focused().as_deref(), Some("3"));
    press(&stage, "ArrowLeft").await;
    let changes = [
        TreeChange::Open("finance".into()),
        TreeChange::OpenSiblings("finance".into()),
        TreeChange::Close("company".into()),
    ];
    assert_eq!(groups.changes.get_untracked(), changes);
    press(&stage, "Home").await;
    assert_eq!(focused().as_deref(), Some("2"));
    press(&stage, "End").await;
    assert_eq!(focused().as_deref(), Some("7"));
}

#[wasm_bindgen_test]
async fn a_letter_leads_to_the_row_that_was_found() {
    let (groups, stage) = Groups::on_stage(page()).await;
    let next = |after| TreeChange::Next {
        after,
        begins: "z".to_owned(),
    };
    press(&stage, "Home").await;
    press(&stage, "z").await;
    assert_eq!(groups.changes.get_untracked(), [next(0)]);
    groups.page.set(Some(TreePage {
        revealed: Some(5),
        ..page()
    }));
    drawn().await;
    assert_eq!(focused().as_deref(), Some("7"));
}

#[wasm_bindgen_test]
async fn moving_is_not_choosing() {
    let (groups, stage) = Groups::on_stage(page()).await;
    press(&stage, "ArrowDown").await;
    assert_eq!(groups.chosen.get_untracked().as_deref(), Some("finance"));
    press(&stage, "Enter").await;
    assert_eq!(groups.chosen.get_untracked().as_deref(), Some("company"));
    assert_eq!(stage.attribute(&at(1), "aria-selected").as_deref(), Some("true"));
    // The row that leads back is never the chosen one.
    assert_eq!(stage.attribute(&at(3), "aria-selected").as_deref(), Some("false"));
}

#[wasm_bindgen_test]
async fn a_click_chooses_and_a_twist_opens() {
    let (groups, stage) = Groups::on_stage(page()).await;
    stage.click(&(at(5) + " .tree-twist")).await;
    assert_eq!(groups.changes.get_untracked(), [TreeChange::Open("zebra".into())]);
    assert_eq!(groups.chosen.get_untracked().as_deref(), Some("finance"));
    stage.click(&(at(5) + " .tree-name")).await;
    assert_eq!(groups.chosen.get_untracked().as_deref(), Some("zebra"));
}

#[wasm_bindgen_test]
async fn a_row_that_refers_leads_to_where_the_group_stands() {
    let (groups, stage) = Groups::on_stage(page()).await;
    stage.click(&at(3)).await;
    assert_eq!(groups.changes.get_untracked(), [TreeChange::Reveal("company".into())]);
    assert_eq!(groups.chosen.get_untracked().as_deref(), Some("company"));
}

#[wasm_bindgen_test]
async fn shows_the_row_that_was_revealed() {
    let (groups, stage) = Groups::on_stage(page()).await;
    let many = (0..500)
        .map(|place| row(&format!("Group {place}"), 1, None, TreePlace::Here))
        .collect();
    groups.page.set(Some(TreePage {
        total: 500,
        rows: many,
        revealed: Some(400),
        ..TreePage::default()
    }));
    drawn().await;
    assert_eq!(
        stage.attribute(".tree-row[tabindex='0']", "aria-rowindex").as_deref(),
        Some("402")
    );
    assert!(stage.find(".tree-body").scroll_top() > 10_000);
    assert!(stage.count(".tree-row") < 60);
}

#[wasm_bindgen_test]
async fn is_ordered_by_its_heads() {
    let (groups, stage) = Groups::on_stage(page()).await;
    let head = "[role=columnheader][aria-sort] button";
    assert_eq!(stage.texts(head), ["Total"]);
    stage.press(head, "ArrowLeft").await;
    stage.click("[role=columnheader] button:focus").await;
    assert_eq!(groups.order.get_untracked(), TreeOrder::Direct);
    assert_eq!(stage.texts("[aria-sort=descending]"), ["Direct"]);
    stage.click("[role=columnheader]:first-child button").await;
    assert_eq!(groups.order.get_untracked(), TreeOrder::Name);
    assert_eq!(stage.texts("[aria-sort=ascending]"), ["Group"]);
    assert_eq!(stage.count("[role=columnheader] button[tabindex='0']"), 1);
}
