//! The picture of a group's hierarchy: what a reader is told, the keys, zoom, and the file that it is saved as.

use console::components::picture::HierarchyPicture;
use console::components::slot::Slot;
use leptos::prelude::*;
use protocol::{Picture, PictureEdge, PictureNode, PictureRelation, PictureUser};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{DomParser, SupportedType};

use crate::frame::drawn;
use crate::stage::{Stage, fire};

const SHEETS: [&str; 3] = [
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/components/picture.css"),
];

fn node(name: &str, layer: u32, lane: u32, relation: PictureRelation) -> PictureNode {
    PictureNode {
        id: name.to_lowercase(),
        name: name.to_owned(),
        direct: 2,
        total: 1_204,
        layer,
        lane,
        relation,
        ..PictureNode::default()
    }
}

fn edge(parent: u32, child: u32) -> PictureEdge {
    PictureEdge {
        parent,
        child,
        is_lit: true,
        ..PictureEdge::default()
    }
}

/// Company contains Works and Sales; Works contains Plant, which contains Works again and names tdurden.
fn picture() -> Picture {
    let cycle = |edge| PictureEdge { in_cycle: true, ..edge };
    Picture {
        nodes: vec![
            PictureNode {
                more_children: 41,
                ..node("Company", 0, 0, PictureRelation::Inherited)
            },
            PictureNode {
                in_cycle: true,
                has_manager: true,
                ..node("Works", 1, 0, PictureRelation::Inherited)
            },
            PictureNode {
                in_cycle: true,
                ..node("Plant", 2, 0, PictureRelation::Direct)
            },
            PictureNode {
                more_parents: 3,
                ..node("Sales & <more>", 1, 1, PictureRelation::None)
            },
        ],
        edges: vec![
            edge(0, 1),
            PictureEdge {
                is_lit: false,
                ..edge(0, 3)
            },
            cycle(edge(1, 2)),
            PictureEdge {
                closes_cycle: true,
                ..cycle(edge(2, 1))
            },
        ],
        focus: 1,
        layers: 3,
        rest: 44,
        user: Some(PictureUser {
            id: "u1".into(),
            name: "tdurden".into(),
            lane: 0,
            groups: vec![(2, Vec::new())],
            elsewhere: 1,
        }),
    }
}

#[derive(Clone, Copy)]
struct Shown {
    picture: Slot<Picture>,
    saved: Slot<String>,
}

impl Shown {
    async fn on_stage(direction: &'static str) -> (Self, Stage) {
        let owner = Owner::new();
        owner.set();
        let shown = Self {
            picture: Slot::new(picture()),
            saved: Slot::new(String::new()),
        };
        // The signals live as long as the page of the tests.
        std::mem::forget(owner);
        let view = move || {
            view! {
                <style>{SHEETS.concat()}</style>
                <div dir=direction style="inline-size: 500px; block-size: 400px; display: grid">
                    <HierarchyPicture
                        picture=shown.picture
                        group_url=Callback::new(|id: String| "#group-".to_owned() + &id)
                        user_url=Callback::new(|id: String| "#user-".to_owned() + &id)
                        on_save=move |text| shown.saved.set(text)
                    />
                </div>
            }
        };
        let stage = Stage::of(view).await;
        drawn().await;
        (shown, stage)
    }
}

/// The name of the node that has the focus.
fn focused() -> Option<String> {
    document().active_element()?.get_attribute("data-node")
}

async fn press(stage: &Stage, key: &str) {
    stage.press(".layers-node[tabindex='0']", key).await;
    drawn().await;
}

async fn walk(stage: &Stage, keys: &[&str]) -> Vec<Option<String>> {
    let mut seen = Vec::new();
    for key in keys {
        press(stage, key).await;
        seen.push(focused());
    }
    seen
}

fn told(nodes: &[&str]) -> Vec<Option<String>> {
    nodes.iter().map(|node| Some((*node).to_owned())).collect()
}

#[wasm_bindgen_test]
async fn each_node_is_a_link_that_says_what_is_around_it() {
    let (_, stage) = Shown::on_stage("ltr").await;
    assert_eq!(stage.count("a.layers-node"), 5);
    let label = |node: &str| stage.texts(&format!("[data-node='{node}'] > title")).pop();
    let works = "Works. 1,204 users, 2 direct. In 2 groups, contains 1 group. tdurden is in it through nesting. \
                 Part of a cycle. Has managers.";
    assert_eq!(label("1").as_deref(), Some(works));
    let company = "Company. 1,204 users, 2 direct. In no group, contains 43 groups. tdurden is in it through nesting.";
    assert_eq!(label("0").as_deref(), Some(company));
    assert_eq!(label("4").as_deref(), Some("tdurden, direct member of 2 groups."));
    assert_eq!(
        stage.attribute("[data-node='2']", "href").as_deref(),
        Some("#group-plant")
    );
    assert_eq!(stage.attribute("[data-node='4']", "href").as_deref(), Some("#user-u1"));
    let title = stage.attribute("svg.layers", "aria-label").expect("a title");
    assert!(title.starts_with("4 groups, 44 more not shown."), "{title}");
    let sentences = [
        "Company contains Works, Sales & <more> and 41 more.",
        "Works contains Plant.",
        "Plant contains Works.",
        "tdurden is a direct member of Plant and 1 more.",
    ];
    assert_eq!(stage.texts(".picture-words li"), sentences);
}

#[wasm_bindgen_test]
async fn what_is_not_shown_is_counted_where_it_was_cut() {
    let (_, stage) = Shown::on_stage("ltr").await;
    assert_eq!(stage.texts("[data-node='0'] .layers-more"), ["+41"]);
    assert_eq!(stage.texts("[data-node='3'] .layers-more"), ["in +3"]);
    assert_eq!(stage.texts("[data-node='4'] .layers-more"), ["in +1"]);
    assert_eq!(stage.texts(".layers-head"), ["1 up", "This group", "1 down", "User"]);
    assert_eq!(
        stage.texts(".legend > span"),
        ["Direct", "Inherited", "Cycle", "Nesting", "+44 not shown"]
    );
}

#[wasm_bindgen_test]
async fn lines_say_by_their_kind_what_they_are() {
    let (shown, stage) = Shown::on_stage("ltr").await;
    let count = |kind: &str| stage.count(&format!(".layers-edge[data-on='{kind}']"));
    assert_eq!(["inherited", "cycle", "back", "direct"].map(count), [1, 1, 1, 1]);
    assert_eq!(
        (stage.count(".layers-edge:not([data-on])"), stage.count(".layers-tip")),
        (1, 4)
    );
    let dashes = window()
        .get_computed_style(&stage.find(".layers-edge[data-on='back']"))
        .expect("a style")
        .expect("a style")
        .get_property_value("stroke-dasharray");
    assert_eq!(dashes.as_deref(), Ok("1.5px, 4px"));
    // Without a user nothing is lit.
    let mut plain = picture();
    plain.user = None;
    plain
        .nodes
        .iter_mut()
        .for_each(|node| node.relation = PictureRelation::None);
    plain.edges.iter_mut().for_each(|edge| edge.is_lit = false);
    shown.picture.set(plain);
    drawn().await;
    assert_eq!(
        (count("inherited"), count("direct"), stage.count("a.layers-node")),
        (0, 0, 4)
    );
    assert_eq!(stage.texts("[data-node='2'] .layers-count"), ["1,204 users"]);
}

#[wasm_bindgen_test]
async fn arrows_lead_along_edges() {
    let (_, stage) = Shown::on_stage("ltr").await;
    assert_eq!(stage.attribute("[tabindex='0']", "data-node").as_deref(), Some("1"));
    let keys = ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowLeft", "ArrowRight"];
    assert_eq!(walk(&stage, &keys).await, told(&["2", "1", "3", "0", "3"]));
    assert_eq!(stage.count("[data-node][tabindex='0']"), 1);
}

#[wasm_bindgen_test]
async fn from_right_to_left_everything_is_turned_around() {
    let (_, stage) = Shown::on_stage("rtl").await;
    assert_eq!(walk(&stage, &["ArrowLeft", "ArrowRight"]).await, told(&["2", "1"]));
    let left = |node: &str| {
        stage
            .find(&format!("[data-node='{node}'] rect"))
            .get_bounding_client_rect()
            .left()
    };
    assert!(left("0") > left("1") && left("1") > left("2"));
    // What is written in a node stays within it, and reads forwards.
    let (text, node) = (
        stage.find("[data-node='1'] .layers-name"),
        stage.find("[data-node='1'] .layers-box"),
    );
    let (text, node) = (text.get_bounding_client_rect(), node.get_bounding_client_rect());
    assert!(text.left() > node.left() && (node.right() - text.right() - 10.0).abs() < 2.0);
}

#[wasm_bindgen_test]
async fn who_follows_a_link_stays_in_the_picture() {
    let (shown, stage) = Shown::on_stage("ltr").await;
    press(&stage, "ArrowRight").await;
    fire(&stage.find("[data-node='2']"), "MouseEvent", "click", &[]);
    let mut next = picture();
    next.nodes.swap(0, 2);
    next.edges.clear();
    next.focus = 0;
    next.user = None;
    shown.picture.set(next);
    drawn().await;
    assert_eq!(focused().as_deref(), Some("0"));
    // What changes otherwise takes no focus.
    stage.find("[data-node='0']").blur().expect("blur");
    shown.picture.set(picture());
    drawn().await;
    assert_eq!(focused(), None);
}

#[wasm_bindgen_test]
async fn is_zoomed_by_keys_buttons_wheel_and_fingers() {
    let (_, stage) = Shown::on_stage("ltr").await;
    let width = || stage.find("svg.layers").get_bounding_client_rect().width();
    let plain = width();
    let times = |factor: f64| (width() - plain * factor).abs() < 2.0;
    press(&stage, "+").await;
    assert!(times(1.25), "{} of {plain}", width());
    press(&stage, "-").await;
    press(&stage, "-").await;
    assert!(times(0.8));
    press(&stage, "0").await;
    assert!(width() <= 500.0 && width() > 300.0);
    stage.click("[aria-label='Zoom in']").await;
    stage.click("[aria-label='Zoom'] .button:not([data-icon])").await;
    assert!(times(1.0));
    // A wheel alone scrolls; with Ctrl what is under the pointer stays there.
    let at = stage.find("[data-node='1'] .layers-box").get_bounding_client_rect();
    let wheel = |ctrl: bool| {
        let turned = [
            ("deltaY", JsValue::from(-25)),
            ("clientX", at.left().into()),
            ("clientY", at.top().into()),
            ("ctrlKey", ctrl.into()),
        ];
        fire(&stage.find(".picture-stage"), "WheelEvent", "wheel", &turned)
    };
    assert!(wheel(false) && times(1.0));
    assert!(!wheel(true), "the page is not zoomed");
    assert!(times(1.25));
    let after = stage.find("[data-node='1'] .layers-box").get_bounding_client_rect();
    assert!((after.left() - at.left()).abs() < 3.0, "{} {}", after.left(), at.left());
    stage.click("[aria-label='Zoom'] .button:not([data-icon])").await;
    pinch(&stage, &[100.0, 200.0]);
    pinch(&stage, &[50.0, 250.0]);
    assert!(times(2.0));
    drawn().await;
    assert_eq!(stage.texts("[aria-label='Zoom'] .button:not([data-icon])"), ["200%"]);
}

/// Fingers touch the stage at these places in a row.
fn pinch(stage: &Stage, at: &[f64]) {
    let target = stage.find(".picture-stage");
    let touches = js_sys::Array::new();
    let class = |name: &str| {
        let class = js_sys::Reflect::get(&js_sys::global(), &name.into()).expect("an interface");
        class.unchecked_into::<js_sys::Function>()
    };
    for (place, x) in at.iter().enumerate() {
        let options = js_sys::Object::new();
        let values: [(&str, JsValue); 4] = [
            ("identifier", (place as u32).into()),
            ("target", target.clone().into()),
            ("clientX", (*x).into()),
            ("clientY", 100.0.into()),
        ];
        for (key, value) in values {
            js_sys::Reflect::set(&options, &key.into(), &value).expect("to set");
        }
        let touch = js_sys::Reflect::construct(&class("Touch"), &js_sys::Array::of1(&options)).expect("a touch");
        touches.push(&touch);
    }
    fire(&target, "TouchEvent", "touchmove", &[("touches", touches.into())]);
}

#[wasm_bindgen_test]
async fn is_moved_by_shift_and_by_the_mouse() {
    let (_, stage) = Shown::on_stage("ltr").await;
    let scroller = stage.find(".picture-stage");
    scroller.set_scroll_left(0);
    let with_shift = [("key", "ArrowRight".into()), ("shiftKey", JsValue::TRUE)];
    stage.press_with("[tabindex='0'][data-node]", &with_shift).await;
    assert_eq!(scroller.scroll_left(), 80);
    let mouse = |x: i32, y: i32| {
        [
            ("pointerType", JsValue::from("mouse")),
            ("clientX", x.into()),
            ("clientY", y.into()),
        ]
    };
    fire(&scroller, "PointerEvent", "pointerdown", &mouse(300, 100));
    fire(&scroller, "PointerEvent", "pointermove", &mouse(270, 100));
    assert_eq!(scroller.scroll_left(), 110);
    fire(&scroller, "PointerEvent", "pointerup", &mouse(270, 100));
    fire(&scroller, "PointerEvent", "pointermove", &mouse(100, 100));
    assert_eq!(scroller.scroll_left(), 110);
}

#[wasm_bindgen_test]
async fn the_file_stands_alone() {
    let (shown, stage) = Shown::on_stage("ltr").await;
    stage.click(".toolbar .button:not([aria-label])").await;
    let text = shown.saved.get_untracked();
    let parsed = DomParser::new().expect("a parser");
    let file = parsed
        .parse_from_string(&text, SupportedType::ImageSvgXml)
        .expect("XML");
    assert!(
        file.query_selector("parsererror").expect("a selector").is_none(),
        "{text}"
    );
    let root = file.document_element().expect("a root");
    assert_eq!(root.namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    assert!(root.has_attribute("width") && root.has_attribute("height"));
    for what_needs_the_page in ["class=", "var(", "href=", "tabindex", "data-", "oklch", "use "] {
        assert!(!text.contains(what_needs_the_page), "{what_needs_the_page} in {text}");
    }
    assert!(text.contains("Sales &amp; &lt;more&gt;") && text.contains("closes a loop"));
    let direct = file
        .query_selector("path[stroke-width='2px']")
        .expect("a selector")
        .expect("the user's line");
    let colour = direct.get_attribute("stroke").expect("a colour");
    assert!(colour.len() == 7 && colour.starts_with('#'), "{colour}");
    let count = |of: &str| root.query_selector_all(of).expect("a selector").length();
    assert_eq!(
        (count("a"), count("rect"), count("path[stroke-dasharray='1.5px, 4px']")),
        (5, 6, 1)
    );
}
