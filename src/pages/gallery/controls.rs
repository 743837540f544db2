//! What is pressed, typed into, chosen and opened.

use leptos::prelude::*;
use protocol::{Completion, QueryProblem, Suggestion, SuggestionKind, UserStatus};

use super::facts::Data;
use super::{state, tall};
use crate::components::button::{Button, ButtonLink, CopyValue, IconButton, IconLink};
use crate::components::chip::{FilterChip, add_chip, removable_chip};
use crate::components::dialog::dialog;
use crate::components::field::{SearchField, SuggestField, TextField};
use crate::components::icon::sized;
use crate::components::kept::Kept;
use crate::components::menu::{Menu, MenuButton, MenuItem, MenuLink};
use crate::components::nav::{Looks, Place, Recent, Sidebar, SourceLabel, Tabbar, Topbar};
use crate::components::palette::{Entry, Palette, Section};
use crate::components::pane::{Extent, ExtentLine, Splitter, heading_to_come};
use crate::components::query::{Completed, QueryBar};
use crate::components::segmented::{Segment, Segmented};
use crate::components::shortcuts::{TITLE, shortcuts as list};
use crate::components::slot::Slot;
use crate::components::tabs::{TabLink, Tabs};
use crate::keys::Keys;
use crate::route::{Route, Screen, UsersView};

/// An address that is there.
fn url() -> String {
    let screen = Screen::Users(UsersView::default());
    Route::default().with(screen).url()
}

const ICONS: [&str; 12] = [
    "#i-overview",
    "#i-groups",
    "#i-user",
    "#i-check",
    "#i-compare",
    "#i-hierarchy",
    "#i-what-if",
    "#i-findings",
    "#i-plug",
    "#i-arrow-left",
    "#i-chevron-right",
    "#i-loop",
];

/// The drawings of the screens, two that turn around, and each size.
pub fn icons(_: Data) -> AnyView {
    let row = |size: &'static str| {
        let drawn = ICONS.map(|href| sized(href, size));
        state(
            size,
            view! { <div class="legend">{drawn.into_iter().collect_view()}</div> },
        )
    };
    ["12", "14", "16", "20", "24"]
        .map(row)
        .into_iter()
        .collect_view()
        .into_any()
}

pub fn buttons(data: Data) -> AnyView {
    let text = data.group_name(0);
    let row = |kind: &'static str| {
        let button = |size: &'static str, disabled: bool| {
            view! { <Button text=text.clone() href="#i-key" kind size disabled=Kept::from(disabled) on_press=|()| () /> }
        };
        let name = if kind.is_empty() { "default" } else { kind };
        state(
            name,
            view! { <div class="row actions">{button("sm", false)} {button("", false)} {button("lg", false)} {button("", true)}</div> },
        )
    };
    view! {
        {["", "primary", "quiet", "danger"].map(row).into_iter().collect_view()}
        {state("drawing alone", view! { <IconButton href="#i-refresh" label="Read again" on_press=|()| () /> })}
        {state("link", view! { <ButtonLink text=text.clone() href="#i-user" url=url() /> })}
        {state("link that is a drawing", view! { <IconLink url=url() href="#i-external" label="Open group" /> })}
        {state("value that copies itself", view! { <CopyValue value=data.username(0) label="Copy the username" /> })}
    }
    .into_any()
}

pub fn fields(data: Data) -> AnyView {
    let text = Slot::new(data.username(0));
    let typed = Slot::new(String::new());
    let options = Kept::new(move || (0..data.short()).map(|place| data.entity(place)).collect());
    view! {
        {state("text", view! { <TextField id="lab-text" label="Client id" text hint="As the vendor's settings say." /> })}
        {state("mono", view! { <TextField id="lab-mono" label="Server" text mono=true example="cms.example.com" /> })}
        {state("secret", view! { <TextField id="lab-secret" label="Shared secret" text secret=true /> })}
        {state("refused", view! { <TextField id="lab-refused" label="Client id" text problem="The server did not accept it." /> })}
        {state("search", view! { <SearchField label="Find a user" value=Kept::new(move || typed.get()) on_input=move |text| typed.set(text) /> })}
        {state("suggests: type into it", view! { <SuggestField id="lab-suggest" label="Group" text=typed options on_pick=|_| () /> })}
        {state("checkbox, switch", view! {
            <div class="legend">
                <input class="check" type="checkbox" aria-label="Off" prop:checked=false />
                <input class="check" type="checkbox" aria-label="On" prop:checked=true />
                <input class="check" type="checkbox" aria-label="Disabled" prop:disabled=true />
                <input class="switch" type="checkbox" role="switch" aria-label="Switch" prop:checked=true />
            </div>
        })}
    }
    .into_any()
}

pub fn query(data: Data) -> AnyView {
    let bar = |id: &'static str, start: &str, problem: Option<QueryProblem>| {
        let text = Slot::new(start.to_owned());
        let completed = Kept::new(move || {
            let suggestion = |place: u32| Suggestion {
                kind: SuggestionKind::Group,
                insert: ["\"", &data.group_name(place), "\""].concat(),
                count: Some(place * 31 + 2),
                ..Suggestion::default()
            };
            let text = text.get();
            let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
            let suggestions = (0..data.short()).map(suggestion).collect();
            Some(Completed {
                text,
                completion: Completion {
                    from: end,
                    to: end,
                    suggestions,
                },
            })
        });
        view! {
            <QueryBar
                id
                label="Filter users"
                placeholder="memberOf = \"Finance\""
                text=Kept::new(move || text.get())
                problem=Kept::from(problem)
                completed
                on_input=move |typed| text.set(typed)
                on_apply=|()| ()
                on_complete=|_| ()
            />
        }
    };
    let problem = QueryProblem {
        parameter: "zenQL".to_owned(),
        position: 0,
        length: 8,
        message: "unknown field `frstName`".to_owned(),
        suggestion: Some("firstName".to_owned()),
    };
    view! {
        {state("empty", bar("lab-empty", "", None))}
        {state("completes: type into it", bar("lab-query", "memberOf = \"Finance\" AND ", None))}
        {state("refused", bar("lab-wrong", "frstName = \"ann\"", Some(problem)))}
    }
    .into_any()
}

pub fn segmented(_: Data) -> AnyView {
    let row = |label: &'static str, segments: Vec<Segment>| {
        let chosen = Slot::new(segments.first().map_or("", |segment| segment.value));
        view! { <Segmented label segments=Kept::from(segments) chosen=Kept::new(move || chosen.get()) on_choose=move |value| chosen.set(value) /> }
    };
    let plain = |value| Segment {
        value,
        text: value,
        ..Segment::default()
    };
    let members = |value, rel, count| Segment {
        rel,
        count: Some(count),
        ..plain(value)
    };
    let severity = |value, icon| Segment { icon, ..plain(value) };
    view! {
        {state("words", row("Of", vec![plain("Users"), plain("Groups"), plain("Sets")]))}
        {state("marks and counts", row("Members", vec![members("Direct", "direct", 38), members("All", "inherited", 212_406)]))}
        {state("hues", row("Severity", vec![severity("Critical", ("#i-octagon", "danger-mark")), severity("Warning", ("#i-triangle", "warn-mark"))]))}
    }
    .into_any()
}

pub fn tabs(data: Data) -> AnyView {
    let tab = |id, text, count| TabLink {
        id,
        text,
        count,
        url: url(),
    };
    let tabs = vec![
        tab("lab-members", "Members", Some(data.rows())),
        tab("lab-hierarchy", "Hierarchy", Some(5)),
        tab("lab-managers", "Managers", None),
    ];
    let panel = |id: &'static str, current: &'static str| {
        view! { <div role="tabpanel" id=id aria-labelledby=current>{data.group_name(0)}</div> }
    };
    view! {
        <Tabs label=data.group_name(0) tabs=Kept::from(tabs) current=Kept::from("lab-members") />
        {panel("panel-lab-members", "tab-lab-members")}
        <div hidden>{panel("panel-lab-hierarchy", "tab-lab-hierarchy")} {panel("panel-lab-managers", "tab-lab-managers")}</div>
    }
    .into_any()
}

pub fn chips(data: Data) -> AnyView {
    let chip = |tone: &'static str, count: Option<u32>, pressed: bool| {
        view! { <FilterChip text="Suspended" href="#i-inactive" tone count=Kept::from(count) pressed=Kept::from(pressed) on_press=|()| () /> }
    };
    let name = data.group_name(0);
    view! {
        {state("off, on, nothing left, not counted, warning", view! {
            <div class="chips">
                {chip("", Some(63), false)} {chip("", Some(63), true)} {chip("", Some(0), false)} {chip("", None, false)} {chip("warn", Some(5), false)}
            </div>
        })}
        {state("removable, add", view! {
            <div class="chips">
                {removable_chip(name.clone(), ["Include ", &name].concat(), || ())}
                {add_chip("Add", "Add a group", || ())}
            </div>
        })}
    }
    .into_any()
}

pub fn menus(data: Data) -> AnyView {
    let rows = (0..data.short().max(1)).map(move |place| {
        view! { <MenuLink menu="lab-menu" url=url() text=data.group_name(place) href="#i-groups" key=Kept::from(if place == 0 { "C".to_owned() } else { String::new() }) /> }
    });
    view! {
        <MenuButton menu="lab-menu">"Open"</MenuButton>
        <Menu id="lab-menu" label="More">
            <MenuItem menu="lab-menu" text="Chosen" href="#i-sun" checked=Kept::from(Some(true)) on_choose=|()| () />
            <MenuItem menu="lab-menu" text="Not chosen" href="#i-moon" checked=Kept::from(Some(false)) on_choose=|()| () />
            {rows.collect_view()}
        </Menu>
    }
    .into_any()
}

pub fn palette(data: Data) -> AnyView {
    let text = Slot::new(String::new());
    let entry = move |place: u32| {
        let user = data.user(place);
        Entry {
            href: "",
            name: user.name,
            detail: user.username,
            is_identifier: true,
            end: String::new(),
            status: user.status,
            keys: Vec::new(),
        }
    };
    let command = Entry {
        href: "#i-check",
        name: "Check a membership".to_owned(),
        detail: String::new(),
        is_identifier: false,
        end: String::new(),
        status: UserStatus::Active,
        keys: vec!["G".to_owned(), "C".to_owned()],
    };
    let users = Section {
        title: "Users",
        note: String::new(),
        options: (0..data.short()).map(entry).collect(),
    };
    let commands = Section {
        title: "Commands",
        note: String::new(),
        options: vec![command],
    };
    let sections: Vec<_> = [users, commands]
        .into_iter()
        .filter(|section| !section.options.is_empty())
        .collect();
    view! {
        <div class="card">
            <Palette
                text
                placeholder=Kept::from("Find a group, a user or a command".to_owned())
                sections=Kept::from(sections)
                nothing=Kept::from(String::new())
                foot=Kept::from("1,200 users in 0.4 ms".to_owned())
                on_take=Callback::new(|_| ())
                on_more=Callback::new(|_| ())
                on_back=Callback::new(|()| ())
            />
        </div>
    }
    .into_any()
}

pub fn dialogs(data: Data) -> AnyView {
    let shown = Slot::new(false);
    let name = data.group_name(0);
    let body = move || {
        view! {
            <header>
                <h2>{name.clone()}</h2>
                <IconButton href="#i-x" label="Close" on_press=move |()| shown.set(false) />
            </header>
            <p class="dialog-form">"What it holds."</p>
        }
        .into_any()
    };
    view! {
        <Button text="Open" on_press=move |()| shown.set(true) />
        {dialog("dialog", "A dialog", shown, body)}
    }
    .into_any()
}

pub fn shortcuts(_: Data) -> AnyView {
    let (letters, shown) = (Slot::new(true), Slot::new(false));
    let keys = Slot::new(Keys::default());
    view! { <div class="card dialog shortcuts" role="group" aria-label=TITLE>{list(letters, keys, shown)}</div> }
        .into_any()
}

pub fn navigation(data: Data) -> AnyView {
    let place = |href, text, is_current, count, alert| Place {
        href,
        text,
        url: url(),
        is_current,
        count,
        alert,
        is_tab: true,
    };
    let places = Kept::from(vec![
        place("#i-overview", "Overview", true, None, 0),
        place("#i-groups", "Groups", false, Some(12_480), 0),
        place("#i-findings", "Findings", false, None, 5),
    ]);
    let recent = (0..data.short().min(4)).map(|at| Recent {
        name: if at % 2 == 0 {
            data.person(at)
        } else {
            data.group_name(at)
        },
        url: url(),
        is_user: at % 2 == 0,
    });
    let recent = Kept::from(recent.collect::<Vec<_>>());
    let source = Kept::from(SourceLabel {
        href: "#i-src-sample",
        name: data.group_name(0),
        detail: "1,000,000 users".to_owned(),
        url: url(),
        connections: url(),
    });
    let looks = Looks::new(|_| None);
    let nothing = |()| ();
    view! {
        {tall("sidebar, from 640 px on", view! {
            <Sidebar places source recent read_at=Kept::from(Some("Read 14:32:08".to_owned())) on_read_again=nothing on_jump=nothing jump_key=Kept::from("Control+K".to_owned()) on_shortcuts=nothing looks />
        })}
        {state("bars of a phone, below 640 px", view! {
            <Topbar source on_jump=nothing looks />
            <Tabbar places />
        })}
    }
    .into_any()
}

pub fn pane(data: Data) -> AnyView {
    let width = Slot::new(None);
    let extent = (data != Data::Failure).then(|| Extent {
        total: data.rows(),
        goes_on: false,
        of: Some(1_000_000),
        noun: "users",
        micros: 3_100,
        is_asked: false,
        from: None,
    });
    view! {
        {tall("two panes, the edge between which can be dragged", view! {
            <div class="split" style:--lead-set=move || width.get().map(|width: f64| width.to_string() + "px")>
                <div class="pane"><div class="pane-head"><h4>{data.group_name(1)}</h4></div></div>
                <div class="pane">
                    <Splitter width keys=[Kept::from("[".to_owned()), Kept::from("]".to_owned())] on_settle=|_| () />
                    <header class="entity"><div class="entity-title">{heading_to_come()}</div></header>
                    <div class="scroll"></div>
                    <footer class="pane-foot"><ExtentLine extent=Kept::from(extent) /></footer>
                </div>
            </div>
        })}
    }
    .into_any()
}
