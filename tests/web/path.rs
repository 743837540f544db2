//! Paths: what is drawn for each step, and the figure of several.

use console::components::path::figure::path_figure;
use console::components::path::{Look, path};
use protocol::{GroupName, PathStep, Paths, UserRow};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::Stage;

fn user() -> UserRow {
    UserRow {
        name: "Tyler Durden".into(),
        username: "tdurden".into(),
        ..UserRow::default()
    }
}

fn steps(names: &[&str]) -> Vec<PathStep> {
    let step = |name: &&str| PathStep {
        group: GroupName {
            id: name.to_lowercase(),
            name: (*name).to_owned(),
        },
        in_cycle: *name == "Mischief",
    };
    names.iter().map(step).collect()
}

fn href(id: &str) -> String {
    ["/groups/", id].concat()
}

async fn drawn(names: &'static [&'static str], look: Look) -> Stage {
    Stage::of(move || path(&user(), &steps(names), look, &href)).await
}

#[wasm_bindgen_test]
async fn a_path_leads_from_the_user_to_the_group() {
    let stage = drawn(&["Night shift", "Plant", "Works"], Look::Large).await;
    assert_eq!(stage.texts("a.path-node"), ["Night shift", "Plant", "Works"]);
    assert_eq!(
        stage.attribute("a[data-node='direct']", "href").as_deref(),
        Some("/groups/night shift")
    );
    assert_eq!(stage.count("a[data-node='target']"), 1);
    let label = stage.attribute("ol", "aria-label");
    assert_eq!(
        label.as_deref(),
        Some("Path: tdurden is in Night shift is in Plant is in Works")
    );
    assert_eq!(stage.count("a[tabindex='-1']"), 0);
}

#[wasm_bindgen_test]
async fn a_cycle_and_a_missing_step_are_drawn_otherwise() {
    let stage = drawn(&["Mayhem", "Mischief"], Look::Row).await;
    assert_eq!(stage.texts("[data-step='cycle']"), ["Mischief"]);
    let stage = drawn(&["Lye", "Works"], Look::Missing).await;
    assert_eq!(
        stage.attribute("[data-step='missing']", "data-says").as_deref(),
        Some("is not in")
    );
    assert_eq!(stage.count("a[data-node='off']"), 1);
}

#[wasm_bindgen_test]
async fn several_paths_share_their_groups() {
    let paths = Paths {
        user: user(),
        group: GroupName {
            id: "works".into(),
            name: "Works".into(),
        },
        paths: vec![
            steps(&["Night", "Plant", "Works"]),
            steps(&["Night", "Lye", "Works"]),
            steps(&["Kiosk", "Works"]),
        ],
        ways: 3,
    };
    let stage = Stage::of(move || path_figure(&paths, &href)).await;
    let links = stage.texts("svg a text");
    assert_eq!(links, ["Night", "Plant", "Works", "Lye", "Kiosk"]);
    assert_eq!(
        stage.find("svg a").namespace_uri().as_deref(),
        Some("http://www.w3.org/2000/svg")
    );
    assert_eq!(stage.count(".pf-line"), 7);
    assert_eq!(stage.count(".pf-line[data-rel='direct']"), 2);
    let told = stage.attribute("svg", "aria-label").expect("a label");
    assert!(told.starts_with("3 paths to Works. tdurden is in Night is in Plant is in Works."));
}
