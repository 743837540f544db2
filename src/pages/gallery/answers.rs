//! What is said: relations, paths, verdicts, numbers, and how something stands.

use leptos::prelude::*;
use protocol::{
    ExcerptLine, FileError, GroupVerdict, HttpRequest, Paths, UnusedFact, UnusedPage, UnusedReason, UserStatus,
    Verdict, Why,
};

use super::facts::Data;
use super::state;
use crate::components::avatar::avatar;
use crate::components::badge::{administrator_badge, badge, count, manager_badge, partial_badge, status};
use crate::components::button::Button;
use crate::components::chart::{Column, Ranked, histogram, level_bars, ranking};
use crate::components::connection::{Card, ConnectionRow, Entry, PlaceRow, Standing};
use crate::components::file::DropZone;
use crate::components::file::excerpt::excerpt;
use crate::components::file::unused::{ReasonChips, unused_list};
use crate::components::http::{RequestLine, Status};
use crate::components::kept::Kept;
use crate::components::notice::{Empty, Notice, Toast};
use crate::components::path::figure::path_figure;
use crate::components::path::{Look, path};
use crate::components::progress::{Bar, Stage, Stages, State};
use crate::components::relation::{rel_mark, why};
use crate::components::slot::Slot;
use crate::components::stat::{Stat, Stats};
use crate::components::verdict::{verdict_card, verdict_lines, verdict_unknown};
use crate::route::{GroupsView, Route, Screen};

fn url(group: &str) -> String {
    let screen = Screen::Groups(GroupsView {
        group: Some(group.to_owned()),
        ..GroupsView::default()
    });
    Route::default().with(screen).url()
}

pub fn avatars(data: Data) -> AnyView {
    let name = data.person(0);
    let row = |off: bool| {
        let drawn = ["20", "24", "28", "40"].map(|size| avatar(&name, size, off));
        view! { <div class="row">{drawn.into_iter().collect_view()}</div> }
    };
    view! {
        {state("active", row(false))}
        {state("inactive", row(true))}
    }
    .into_any()
}

pub fn badges(_: Data) -> AnyView {
    let states = [UserStatus::Active, UserStatus::Suspended, UserStatus::Locked].map(status);
    view! {
        {state("facts", view! {
            <div class="row actions">
                {manager_badge()} {administrator_badge("System administrator")} {partial_badge()}
                {badge("danger", "#i-octagon", "Critical")} {badge("", "#i-info", "Notice")}
            </div>
        })}
        {state("the state of a user", view! { <div class="row actions">{states.into_iter().collect_view()}</div> })}
        {state("a count", count(212_406))}
    }
    .into_any()
}

pub fn relation(data: Data) -> AnyView {
    let marks = ["direct", "inherited", "both", "none"].map(|rel| rel_mark(rel, rel));
    let none = Why {
        direct: false,
        via: Vec::new(),
        more: 0,
    };
    let row = |name, reason: Why| state(name, why(&reason, false));
    view! {
        {state("marks", view! { <div class="row">{marks.into_iter().collect_view()}</div> })}
        {row("direct", data.why(1))}
        {row("inherited", data.why(2))}
        {row("both, and other ways", Why { direct: true, more: 2, ..data.why(8) })}
        {row("not a member", none)}
        {state("a button that explains", why(&data.why(2), true))}
    }
    .into_any()
}

pub fn paths(data: Data) -> AnyView {
    let user = data.user(0);
    let drawn = |name, length, look| state(name, path(&user, &data.way(1, length), look, &url));
    let paths = Paths {
        user: data.user(0),
        group: data.group(9),
        paths: vec![data.way(0, 2), data.way(2, 3), data.way(4, 1)],
        ways: 3,
    };
    view! {
        {drawn("direct", 1, Look::Row)}
        {drawn("through nesting", 3, Look::Row)}
        {drawn("under a verdict", 3, Look::Large)}
        {drawn("one step is missing", 2, Look::Missing)}
        {state("several", path_figure(&paths, &url))}
    }
    .into_any()
}

pub fn verdict(data: Data) -> AnyView {
    let asked = |place: u32, length: u32| GroupVerdict {
        asked: data.group_name(place + length.max(1) - 1),
        group: Some(data.group(place + length.max(1) - 1)),
        direct: length == 1,
        inherited: length > 1,
        path: data.way(place, length),
        ways: length.min(1),
    };
    let verdict = |lengths: &[u32]| Verdict {
        user: data.user(0),
        groups: lengths
            .iter()
            .zip(0..)
            .map(|(length, place)| asked(place, *length))
            .collect(),
        best: lengths
            .iter()
            .zip(0..)
            .find(|(length, _)| **length > 0)
            .map(|(_, place)| place),
        groups_of_user: Some(8),
        ..Verdict::default()
    };
    let card = |name, lengths: &[u32]| {
        state(
            name,
            view! { <div class="card">{verdict_card(&verdict(lengths), &url, url("all"))}</div> },
        )
    };
    view! {
        {card("yes, directly", &[1])}
        {card("yes, through nesting", &[0, 3])}
        {card("no", &[0, 0])}
        {state("in two lines", verdict_lines(&verdict(&[2])))}
        {state("not known", verdict_unknown("Memberships are still being read.".to_owned(), ""))}
    }
    .into_any()
}

pub fn requests(data: Data) -> AnyView {
    let line = |name: &'static str, code: &'static str, meaning: &str, stack: bool| {
        let request = HttpRequest {
            method: "HEAD".to_owned(),
            url: "/api/security/users/USER/groups/GROUP"
                .replace("USER", &data.username(0))
                .replace("GROUP", &data.group(0).id),
        };
        let status = Status {
            code,
            meaning: meaning.to_owned(),
        };
        state(
            name,
            view! { <RequestLine request status=Some(status) took="12 ms" stack on_copy=Callback::new(|()| ()) /> },
        )
    };
    view! {
        {line("yes", "204", "is a member", false)}
        {line("no, which is an answer", "404", "is not a member", false)}
        {line("failed", "503", "no answer", false)}
        {line("on several lines", "200", "OK", true)}
    }
    .into_any()
}

pub fn stats(data: Data) -> AnyView {
    let stat = |href, name, value: &str| Stat {
        href,
        name,
        value: (data != Data::Failure).then(|| value.to_owned()),
        note: data.group_name(1),
    };
    let stats = vec![
        stat("#i-user", "Users", "1,000,000"),
        stat("#i-groups", "Groups", "12,480"),
        stat("#rel-direct", "Direct", "2,316,904"),
        stat("#rel-inherited", "Inherited", "5,165,214"),
    ];
    view! { <Stats stats=Kept::from(stats) /> }.into_any()
}

pub fn charts(data: Data) -> AnyView {
    let column = |place: u32| Column {
        name: place.to_string(),
        count: if data == Data::Empty { 0 } else { place * place * 7 % 90 },
        is_warning: place > 6,
        told: "groups".to_owned(),
    };
    let ranked = (0..data.short()).map(|place| Ranked {
        name: data.group_name(place),
        url: url("ranked"),
        direct: 120 - place * 9,
        total: 400 - place * 20,
    });
    view! {
        {state("columns", histogram("Groups by level", (1..9).map(column).collect()))}
        {state("levels below", level_bars(&[3, 12, 7]))}
        {state("ranking", ranking("Largest groups", ranked.collect()))}
    }
    .into_any()
}

pub fn notices(data: Data) -> AnyView {
    let notice = |tone: &'static str| {
        let name = if tone.is_empty() { "plain" } else { tone };
        let text = ["It concerns ", &data.group_name(0), ". Nothing is lost."].concat();
        state(
            name,
            view! { <Notice title="What happened." text tone><Button text="Do one thing" on_press=|()| () /></Notice> },
        )
    };
    let toast = Slot::new(None);
    let say = move |()| toast.set(Some("Copied 2 usernames.".to_owned()));
    view! {
        {["", "ok", "warn", "danger"].map(notice).into_iter().collect_view()}
        {state("empty", view! { <Empty title="Nobody matches." text="No member is active."><Button text="Clear the filter" on_press=|()| () /></Empty> })}
        {state("empty, small", view! { <Empty size="sm" title="Nobody manages it." text="Name somebody." /> })}
        {state("toast", view! { <Button text="Say it" on_press=say /><Toast text=Kept::new(move || toast.get()) /> })}
    }
    .into_any()
}

pub fn progress(_: Data) -> AnyView {
    let stage = |name, state, percent, amount: &str| Stage {
        name,
        state,
        percent,
        amount: amount.to_owned(),
        pace: "9,400 a second".to_owned(),
    };
    let stages = vec![
        stage("Groups", State::Done, 100, "12,480"),
        stage("Users", State::Run, 64, "642,118 so far"),
        stage("Memberships", State::Wait, 12, "2,410 so far"),
        stage("Nestings", State::Todo, 0, ""),
    ];
    view! {
        {state("stages", view! { <Stages stages=Kept::from(stages) /> })}
        {state("a bar", view! { <Bar label="Reading" percent=Kept::from(42) /> })}
        {state("held up", view! { <Bar label="Held up" percent=Kept::from(42) tone=Kept::from("warn") /> })}
    }
    .into_any()
}

pub fn connections(data: Data) -> AnyView {
    let standings = [
        Standing::Open,
        Standing::Reading,
        Standing::Closed,
        Standing::Refused,
        Standing::Waiting,
        Standing::SignedOut,
    ];
    let rows = standings.into_iter().zip(0..).map(|(standing, place)| {
        let entry = Entry {
            href: "#i-server",
            name: data.group_name(place),
            place: "cms.example.com".to_owned(),
            standing,
            amount: "1,200 users".to_owned(),
        };
        view! { <ConnectionRow entry=Kept::from(entry) url=url("connection") current=Kept::from(place == 0) /> }
    });
    let first = Slot::new(true);
    let card = |title: &'static str, is_first: bool| {
        let checked = Kept::new(move || first.get() == is_first);
        view! { <Card group="lab-card" title text="What it means." href="#i-server" checked on_choose=move |()| first.set(is_first) /> }
    };
    view! {
        {state("how each stands", view! { <ul class="card">{rows.collect_view()}</ul> })}
        {state("offered", view! { <ul><PlaceRow href="#i-plug" name=data.group_name(0) about="Found beside the companion.".to_owned()><Button text="Connect" on_press=|()| () /></PlaceRow></ul> })}
        {state("one of a few", view! { <div class="systems" role="group" aria-label="Systems">{card("Read it whole", true)} {card("Ask it live", false)}</div> })}
    }
    .into_any()
}

pub fn files(data: Data) -> AnyView {
    let reasons = [("Unknown user", 5), ("Told twice", 3)];
    let fact = |place: u32| UnusedFact {
        line: u64::from(place) * 40 + 7,
        says: ["{\"group\": \"", &data.group(place).id, "\"}"].concat(),
        reason: UnusedReason::UnknownUser,
        id: data.username(place),
        before: 0,
    };
    let page = UnusedPage {
        offset: 0,
        total: data.rows(),
        reasons: vec![(UnusedReason::UnknownUser, data.rows())],
        rows: (0..data.short()).map(fact).collect(),
    };
    let line = |number, text: &str| ExcerptLine {
        number,
        text: text.to_owned(),
    };
    let error = FileError {
        name: "pssc-staff.json".to_owned(),
        is_json: false,
        line: 218,
        column: 5,
        expected: "a comma or a closing brace".to_owned(),
        found: "the start of a string".to_owned(),
        excerpt: vec![line(217, "    {\"id\": \"u1\""), line(218, "    \"name\": \"Ann\"},")],
    };
    view! {
        {state("drop zone", view! { <DropZone on_file=|_| () /> })}
        {state("drop zone, small", view! { <DropZone small=true on_file=|_| () /> })}
        {state("reasons", view! { <ReasonChips reasons=Kept::from(reasons.to_vec()) chosen=Kept::from("Told twice") on_choose=|_| () /> })}
        {state("facts that could not be used", view! { <div class="card">{unused_list(&page, |fact| ["No user is ", &fact.id, "."].concat())}</div> })}
        {state("where a file is broken", excerpt(&error))}
    }
    .into_any()
}
