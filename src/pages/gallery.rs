//! The gallery, for designers: every component in its states, with made-up facts, under every condition.
//!
//! It is in no menu, and no other screen waits for it. The switches are in the address, so that a state has a link; they hold
//! while the gallery is on screen and change no preference.

mod answers;
mod controls;
mod facts;
mod lists;
mod pose;

use leptos::prelude::*;

use self::facts::Data;
use self::pose::pose;
use crate::components::kept::Kept;
use crate::components::live::{follow, live};
use crate::components::nav::Look;
use crate::components::segmented::{Segment, Segmented};
use crate::route::Route;
use crate::session::{Session, session};

/// What is shown of a component.
struct Part {
    /// The file of the component.
    name: &'static str,
    /// What people call it.
    title: &'static str,
    /// The component in its states, with such facts.
    draw: fn(Data) -> AnyView,
}

const fn part(name: &'static str, title: &'static str, draw: fn(Data) -> AnyView) -> Part {
    Part { name, title, draw }
}

/// Every component. `tests/tidy.rs` looks for the name of each file here.
const PARTS: [Part; 34] = [
    part("icon", "Icons", controls::icons),
    part("button", "Buttons", controls::buttons),
    part("field", "Fields", controls::fields),
    part("query", "Query", controls::query),
    part("segmented", "Segmented", controls::segmented),
    part("tabs", "Tabs", controls::tabs),
    part("chip", "Chips", controls::chips),
    part("menu", "Menus", controls::menus),
    part("palette", "Palette", controls::palette),
    part("dialog", "Dialog", controls::dialogs),
    part("shortcuts", "Shortcuts", controls::shortcuts),
    part("nav", "Navigation", controls::navigation),
    part("pane", "Pane", controls::pane),
    part("grid", "Data grid", lists::grid),
    part("columns", "Columns", lists::columns),
    part("tree", "Tree grid", lists::tree),
    part("rows", "Short list", lists::rows),
    part("matrix", "Matrix", lists::matrix),
    part("compare", "Compare", lists::compare),
    part("change", "Staged changes", lists::change),
    part("finding", "Findings", lists::finding),
    part("picture", "Hierarchy", lists::picture),
    part("avatar", "Avatar", answers::avatars),
    part("badge", "Badges", answers::badges),
    part("relation", "Relation", answers::relation),
    part("path", "Path", answers::paths),
    part("verdict", "Verdict", answers::verdict),
    part("http", "Request", answers::requests),
    part("stat", "Numbers", answers::stats),
    part("chart", "Charts", answers::charts),
    part("notice", "Notices", answers::notices),
    part("progress", "Progress", answers::progress),
    part("connection", "Connections", answers::connections),
    part("file", "Files", answers::files),
];

/// A switch: its parameter, its name, and its values with their words, of which the first holds where the address says nothing.
struct Switch {
    name: &'static str,
    title: &'static str,
    /// The attribute of the page that it sets; empty for what concerns the stage alone.
    attribute: &'static str,
    values: &'static [(&'static str, &'static str)],
}

const SWITCHES: [Switch; 8] = [
    Switch {
        name: "theme",
        title: "Theme",
        attribute: "data-theme",
        values: &[("", "System"), ("light", "Light"), ("dark", "Dark")],
    },
    // `dir` is the directory.
    Switch {
        name: "direction",
        title: "Direction",
        attribute: "dir",
        values: &[("ltr", "LTR"), ("rtl", "RTL")],
    },
    Switch {
        name: "density",
        title: "Density",
        attribute: "data-density",
        values: &[("", "32"), ("compact", "28"), ("touch", "44")],
    },
    Switch {
        name: "contrast",
        title: "Contrast",
        attribute: "data-contrast",
        values: &[("", "System"), ("more", "More")],
    },
    Switch {
        name: "motion",
        title: "Motion",
        attribute: "data-motion",
        values: &[("", "System"), ("reduced", "Reduced")],
    },
    Switch {
        name: "width",
        title: "Width",
        attribute: "",
        values: &[("", "Full"), ("960", "960"), ("640", "640"), ("390", "390")],
    },
    Switch {
        name: "data",
        title: "Data",
        attribute: "",
        values: &[
            ("", "12 rows"),
            ("empty", "Empty"),
            ("many", "10,000 rows"),
            ("long", "Long names"),
            ("failure", "Failure"),
        ],
    },
    Switch {
        name: "pose",
        title: "Pose",
        attribute: "",
        values: &[
            ("", "At rest"),
            ("hover", "Hovered"),
            ("focus", "Focused"),
            ("press", "Pressed"),
        ],
    },
];

/// The parameter that names the component.
const PART: &str = "part";

/// The Gallery screen.
#[component]
pub fn Gallery() -> impl IntoView {
    let session = session();
    let switches = SWITCHES.iter().map(|switch| control(session, switch)).collect_view();
    for switch in SWITCHES.iter().filter(|switch| !switch.attribute.is_empty()) {
        follow(move || set(switch.attribute, value(session, switch)));
    }
    // The address says more than the pose, which changes every rule of the page.
    let posed = Kept::new(move || read(session, "pose"));
    follow(move || pose(&posed.get()));
    on_cleanup(move || leave(session));
    let index = Kept::new(move || {
        let name = read(session, PART);
        PARTS.iter().position(|part| part.name == name).unwrap_or_default()
    });
    let link = move |place: usize| {
        let part = &PARTS[place];
        let url = Kept::new(move || with(session, PART, part.name).url());
        let is_current = move || (index.get() == place).then_some("page");
        view! { <a class="nav-item" href=move || url.get() aria-current=is_current>{part.title}</a> }
    };
    let data = Kept::new(move || Data::named(&read(session, "data")));
    let width = Kept::new(move || read(session, "width"));
    let drawn = move || {
        let part = &PARTS[index.get()];
        let draw = part.draw;
        let file = [part.name, ".rs"].concat();
        view! {
            <header class="row">
                <h2>{part.title}</h2>
                <code class="muted push">{file}</code>
            </header>
            {draw(data.get())}
        }
    };
    view! {
        <section class="pane" data-solo="" aria-label="Gallery">
            <header class="page-head gallery-head">
                <h1>"Gallery"</h1>
                {switches}
            </header>
            <div class="gallery">
                <nav class="nav scroll" aria-label="Components">{(0..PARTS.len()).map(link).collect_view()}</nav>
                <div class="scroll" tabindex="0" role="region" aria-label="Stage">
                    <div class="gallery-stage doc" style:--stage=move || pixels(&width.get())>{live(drawn)}</div>
                </div>
            </div>
        </section>
    }
}

/// One state of a component, under its name.
fn state(name: &'static str, content: impl IntoView + 'static) -> AnyView {
    view! {
        <section class="section">
            <h3 class="muted">{name}</h3>
            {content}
        </section>
    }
    .into_any()
}

/// A list that scrolls: it takes the height that it is given.
fn tall(name: &'static str, content: impl IntoView + 'static) -> AnyView {
    state(
        name,
        view! { <div class="card gallery-tall">{content.into_any()}</div> },
    )
}

fn control(session: Session, switch: &'static Switch) -> impl IntoView {
    let segments = switch.values.iter().map(|(value, text)| Segment {
        value,
        text,
        ..Segment::default()
    });
    let segments: Vec<_> = segments.collect();
    let chosen = Kept::new(move || value(session, switch));
    let choose = move |chosen: &'static str| {
        let is_default = switch.values.first().is_some_and(|(value, _)| *value == chosen);
        session.replace(with(session, switch.name, if is_default { "" } else { chosen }));
    };
    view! {
        <span class="row">
            <span class="muted t12" aria-hidden="true">{switch.title}</span>
            <Segmented label=switch.title segments=Kept::from(segments) chosen on_choose=choose />
        </span>
    }
}

/// What a switch says; what the address says and the switch does not know counts as nothing.
fn value(session: Session, switch: &Switch) -> &'static str {
    let said = read(session, switch.name);
    let known = switch.values.iter().find(|(value, _)| *value == said);
    known.or(switch.values.first()).map_or("", |(value, _)| value)
}

/// A parameter of the address; empty where it is not there.
fn read(session: Session, name: &str) -> String {
    session.route.with(|route| {
        let said = route.others.iter().find(|(other, _)| other == name);
        said.map(|(_, value)| value.clone()).unwrap_or_default()
    })
}

/// The address with a parameter set, or without it where it is empty.
fn with(session: Session, name: &str, value: &str) -> Route {
    let mut route = session.route.get();
    route.others.retain(|(other, _)| other != name);
    if !value.is_empty() {
        route.others.push((name.to_owned(), value.to_owned()));
    }
    route
}

/// How high a row is, in pixels, for what is drawn by numbers.
fn row_height() -> Kept<f64> {
    let session = session();
    Kept::new(move || match read(session, "density").as_str() {
        "compact" => 28.0,
        "touch" => 44.0,
        _ => 32.0,
    })
}

/// Sets an attribute of the page, or takes it away.
fn set(attribute: &str, value: &str) {
    let Some(root) = document().document_element() else {
        return;
    };
    let _ = if value.is_empty() {
        root.remove_attribute(attribute)
    } else {
        root.set_attribute(attribute, value)
    };
}

/// Lets the page look again as the person chose.
fn leave(session: Session) {
    for look in Look::ALL {
        set(look.attribute(), session.looks.of(look).get_untracked());
    }
    set("dir", "ltr");
    set("data-motion", "");
    pose("");
}

fn pixels(width: &str) -> Option<String> {
    (!width.is_empty()).then(|| [width, "px"].concat())
}
