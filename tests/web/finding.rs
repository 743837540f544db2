//! Findings: the kinds, a hundred thousand rows, the picture of a loop; charts and numbers.

use console::components::chart::{Column, Ranked, histogram, ranking};
use console::components::finding::{FindingList, KindList, KindRow, Links, loop_figure};
use console::components::kept::Kept;
use console::components::slot::Slot;
use console::components::stat::{Stat, Stats};
use leptos::prelude::*;
use protocol::{EntityName, FindingKind, FindingPage, FindingPlace, FindingRow, GroupName, LoopGroup, Severity};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::frame::{drawn, focused, pane};
use crate::stage::Stage;

const MANY: u32 = 100_000;

fn kind(severity: Severity, title: &'static str, is_current: bool) -> KindRow {
    KindRow {
        severity,
        title,
        body: "What it means.".to_owned(),
        names: vec!["Finance".to_owned()],
        more: 1_203,
        count: ("1,204".to_owned(), "groups".to_owned()),
        url: "#".to_owned() + title,
        is_current,
    }
}

#[wasm_bindgen_test]
async fn kinds_stand_under_their_severities_and_are_one_stop() {
    let rows = vec![
        kind(Severity::Critical, "Cycle", false),
        kind(Severity::Notice, "Empty", true),
        kind(Severity::Notice, "Repeated", false),
    ];
    let stage = Stage::of(move || view! { <KindList rows=Kept::from(rows) /> }).await;
    assert_eq!(stage.texts("h2"), ["Critical", "Notice"]);
    assert_eq!(stage.texts(".finding-title"), ["Cycle", "Empty", "Repeated"]);
    assert_eq!(stage.texts("[aria-current] .names"), ["Finance+1,203"]);
    assert_eq!(stage.count("[tabindex='0']"), 1);
    assert_eq!(stage.attribute("[tabindex='0']", "href").as_deref(), Some("#Empty"));
    stage.find("[tabindex='0']").focus().expect("focus");
    stage.press("[tabindex='0']", "ArrowDown").await;
    let focused = document().active_element().expect("a link");
    assert_eq!(focused.get_attribute("href").as_deref(), Some("#Repeated"));
}

fn page(offset: u32, limit: u32) -> FindingPage {
    let row = |place: u32| FindingRow {
        place: FindingPlace {
            group: place.to_string(),
            ..FindingPlace::default()
        },
        message: format!("Nobody is in {place}."),
        users: vec![EntityName {
            id: "ada".to_owned(),
            name: "Ada".to_owned(),
            detail: String::new(),
        }],
        users_total: 1,
        groups: vec![group(&place.to_string())],
        groups_total: 7,
    };
    FindingPage {
        kind: FindingKind::Empty,
        offset,
        total: MANY,
        of: MANY,
        rows: (offset..(offset + limit).min(MANY)).map(row).collect(),
    }
}

fn link_in_focus() -> Option<String> {
    document().active_element()?.get_attribute("href")
}

fn group(name: &str) -> GroupName {
    GroupName {
        id: name.to_owned(),
        name: name.to_owned(),
    }
}

#[wasm_bindgen_test]
async fn a_hundred_thousand_findings_draw_a_screenful() {
    let owner = Owner::new();
    owner.set();
    let shown = Slot::new(None::<FindingPage>);
    let links = Links {
        finding: Callback::new(|place: FindingPlace| "#finding-".to_owned() + &place.group),
        user: Callback::new(|id: String| "#user-".to_owned() + &id),
        group: Callback::new(|id: String| "#group-".to_owned() + &id),
    };
    std::mem::forget(owner);
    let want = move |(offset, limit)| shown.set(Some(page(offset, limit)));
    let list = move || view! { <FindingList label="Empty group" page=shown subject="" want links /> };
    let stage = Stage::of(move || pane(list)).await;
    drawn().await;
    assert_eq!(
        stage.attribute("[role=grid]", "aria-rowcount").as_deref(),
        Some("100001")
    );
    assert!(stage.count(".grid-row") < 60);
    assert_eq!(stage.texts("[aria-rowindex='2'] .c-about"), ["Ada0+6"]);
    let first = stage.attribute("[aria-rowindex='2'] .cell-link", "href");
    assert_eq!(first.as_deref(), Some("#finding-0"));

    stage.find("[aria-rowindex='2']").focus().expect("focus");
    stage.press("[aria-rowindex='2']", "End").await;
    drawn().await;
    assert_eq!(focused().as_deref(), Some("100001"));
    stage.press("[aria-rowindex='100001']", "ArrowRight").await;
    assert_eq!(link_in_focus().as_deref(), Some("#finding-99999"));
    stage.press("[href='#finding-99999']", "Escape").await;
    drawn().await;
    assert_eq!(focused().as_deref(), Some("100001"));
    assert_eq!(stage.count(".grid-row [tabindex='0']"), 0);
}

#[wasm_bindgen_test]
async fn a_loop_is_drawn_and_told() {
    let of = |name| LoopGroup {
        group: group(name),
        direct: 1_652,
    };
    let groups = [
        of("Mayhem"),
        of("Mischief"),
        of("A name that is longer than what it stands in"),
    ];
    let named = groups.clone();
    let stage = Stage::of(move || loop_figure(&named, true, &|id| "#".to_owned() + id)).await;
    let told = stage.attribute("svg", "aria-label").expect("words");
    assert!(told.starts_with("Mayhem contains Mischief, which contains A name"));
    assert!(told.ends_with("which contains Mayhem again"));
    assert_eq!(stage.texts(".lf-name")[..2], ["Mayhem", "Mischief"]);
    assert!(stage.texts(".lf-name")[2].ends_with('…'));
    assert_eq!(stage.count("a[href]"), 3);
    assert_eq!(stage.texts(".lf-tag-text"), ["Take this nesting out"]);
    let stage = Stage::of(move || loop_figure(&groups, false, &|_| String::new())).await;
    assert_eq!(stage.count(".lf-tag-text"), 0);
}

#[wasm_bindgen_test]
async fn charts_print_their_values() {
    let column = |name: &str, count, is_warning| Column {
        name: name.to_owned(),
        count,
        is_warning,
        told: "groups at ".to_owned() + name,
    };
    let columns = vec![column("0", 1_204, false), column("7", 602, true)];
    let stage = Stage::of(move || histogram("Groups by level", columns)).await;
    assert_eq!(stage.texts(".histo-val"), ["1,204", "602"]);
    assert_eq!(stage.texts(".sr-only"), ["groups at 0", "groups at 7"]);
    assert_eq!(stage.texts("[data-tone=warn] .histo-val"), ["602"]);
    let style = stage
        .attribute("[data-tone=warn] .histo-bar", "style")
        .expect("a height");
    assert!(style.contains("50"), "{style}");

    let ranked = |name: &str, direct, total| Ranked {
        name: name.to_owned(),
        url: "#".to_owned(),
        direct,
        total,
    };
    let rows = vec![ranked("Loyalty", 900, 1_000), ranked("Soap", 0, 500)];
    let stage = Stage::of(move || ranking("Largest groups", rows)).await;
    assert_eq!(stage.texts(".num"), ["1,000", "500"]);
    assert_eq!((stage.count(".solid"), stage.count(".hatch")), (1, 2));
}

#[wasm_bindgen_test]
async fn a_number_that_is_not_known_is_not_zero() {
    let stats = vec![
        Stat {
            href: "#i-user",
            name: "Users",
            value: Some("1,204".to_owned()),
            note: "so far".to_owned(),
        },
        Stat {
            href: "#rel-direct",
            name: "Direct",
            ..Stat::default()
        },
    ];
    let stage = Stage::of(move || view! { <Stats stats=Kept::from(stats) /> }).await;
    assert_eq!(stage.texts("dd"), ["1,204", "so far", "", ""]);
    assert_eq!(stage.count(".skeleton"), 2);
    assert_eq!(stage.attribute(".rel-mark", "data-rel").as_deref(), Some("direct"));
}
