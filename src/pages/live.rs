//! What only a directory has that is asked instead of being read: the bar that says so, the request that was asked, and what
//! it has no answer to.

use std::time::Duration;

use leptos::prelude::*;
use protocol::{Failure, HttpRequest, Need, Problem, Source, Standing, Vendor};

use crate::chunk;
use crate::chunk::part;
use crate::components::button::{Button, ButtonLink};
use crate::components::http::RequestLine;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::{Empty, Notice};
use crate::components::slot::Slot;
use crate::notice::{self, vendor};
use crate::pages::connections::{percent, place_of};
use crate::route::Screen;
use crate::session::Session;
use crate::words::{fill, say, weave};

/// Above every screen of a directory that is asked: whom, what it waits for, and the way to read it whole.
pub fn bar(session: Session) -> impl IntoView {
    let asked = Kept::new(move || session.asked_vendor());
    let place = Kept::new(move || asked.with(|asked| asked.as_ref().map(vendor::place).unwrap_or_default()));
    let reading = Kept::new(move || session.reading.with(|reading| reading.as_ref().map(percent)));
    let waits = Kept::new(move || matches!(session.stands.get(), Standing::Waiting { .. }));
    let progress = move || {
        let connection = move || {
            session
                .source()
                .map(|source| session.url(Screen::Connections(place_of(&source))))
        };
        view! {
            <span role="status">{live(move || reading.get().map(|percent| fill("Reading it whole: {0}%.", &[&percent.to_string()])))}</span>
            <ButtonLink text=say("See how far") url=Kept::new(move || connection().unwrap_or_default()) />
        }
    };
    let whole = move || {
        view! { <Button text=say("Read the whole directory") size="sm" on_press=move |()| read_whole(session) /> }
    };
    view! {
        <section class="asked" aria-label=say("Asked live")>
            <span class="badge" data-tone="inherited">{say("Asked live")}</span>
            <span class="truncate">
                {weave("from {0}", vec![view! { <b dir="ltr">{live(move || place.get())}</b> }.into_any()])}
                <span class="asked-more">", " {say("a page at a time; nothing was read ahead.")}</span>
            </span>
            {live_if(move || reading.with(Option::is_some), progress)}
            {live_if(move || reading.with(Option::is_none), whole)}
        </section>
        {live_if(move || waits.get(), move || view! { <div class="asked-trouble">{waiting(session, asked)}</div> })}
    }
}

/// Reads the whole directory of the vendor that is asked.
pub fn read_whole(session: Session) {
    if let Some(vendor) = untrack(|| session.asked_vendor()) {
        session.read_from(Source::Vendor(vendor));
    }
}

/// The server wants to be left alone for a while.
fn waiting(session: Session, asked: Kept<Option<Vendor>>) -> impl IntoView {
    let now = Slot::new(js_sys::Date::now());
    let tick = set_interval_with_handle(move || now.set(js_sys::Date::now()), Duration::from_secs(1));
    on_cleanup(move || {
        if let Ok(tick) = tick {
            tick.clear();
        }
    });
    let told = Kept::new(move || match (asked.get(), session.stands.get()) {
        (Some(asked), Standing::Waiting { until, failure, tries }) => {
            let seconds = ((until as f64 - now.get()) / 1000.0).ceil().max(0.0) as u64;
            let told = vendor::waiting_to_ask(&asked, &failure, tries, seconds);
            (told.title, told.text)
        }
        _ => Default::default(),
    });
    view! {
        <Notice
            title=Kept::new(move || told.with(|told| told.0.clone()))
            text=Kept::new(move || told.with(|told| told.1.clone()))
            tone="warn"
        />
    }
}

/// Why a question has no answer, and the way to one: reading it all, signing in, or asking once more. Of a chunk of its own.
pub fn trouble(session: Session, problem: Kept<Option<Problem>>) -> AnyView {
    part(chunk!(seldom, told(session: Session, problem: Kept<Option<Problem>>)))
}

fn told(session: Session, problem: Kept<Option<Problem>>) -> impl IntoView {
    let told = move || match (problem.get()?, session.asked_vendor()) {
        (Problem::NeedsWhole(need), _) => {
            let told = vendor::needs_whole(need);
            let read = move |()| read_whole(session);
            let reset = (need == Need::Order).then(
                || view! { <Button text=say("Use the default order") on_press=move |()| order_as_told(session) /> },
            );
            Some(
                view! {
                    <Notice title=told.title text=told.text>
                        {reset}
                        <Button text=say("Read the whole directory") kind="primary" on_press=read />
                    </Notice>
                }
                .into_any(),
            )
        }
        (Problem::Vendor(failure), Some(asked)) => Some(failed(session, &asked, &failure)),
        (problem, _) => Some(view! { <Notice title=notice::problem(&problem) tone="warn" /> }.into_any()),
    };
    view! { <div class="stack asked-trouble">{live(told)}</div> }
}

/// Takes the order out of the address.
fn order_as_told(session: Session) {
    let mut route = session.route.get_untracked();
    match &mut route.screen {
        Screen::Users(view) => view.order.clear(),
        Screen::Groups(view) => view.users.order.clear(),
        _ => return,
    }
    session.go(route);
}

fn failed(session: Session, asked: &Vendor, failure: &Failure) -> AnyView {
    let told = vendor::failure(asked, failure);
    let connection = session
        .source()
        .map(|source| session.url(Screen::Connections(place_of(&source))));
    let way = match failure {
        Failure::SignIn => {
            view! { <ButtonLink text=say("Sign in") kind="primary" url=connection.unwrap_or_default() /> }.into_any()
        }
        _ => {
            let again = move |()| session.ask_again();
            view! { <Button text=say("Ask again") href="#i-refresh" on_press=again /> }.into_any()
        }
    };
    view! {
        <Notice title=told.title text=told.text tone=told.tone>
            {way}
        </Notice>
    }
    .into_any()
}

/// A screen that takes the whole directory.
pub fn needs_whole(session: Session) -> impl IntoView {
    let told = vendor::needs_whole(Need::Other);
    view! {
        <Empty is_screen=true title=told.title text=told.text>
            <Button text=say("Read the whole directory") kind="primary" on_press=move |()| read_whole(session) />
        </Empty>
    }
}

/// The request that what is on screen answers. Of a chunk of its own.
pub fn asked_request(session: Session, request: Kept<Option<HttpRequest>>) -> AnyView {
    part(chunk!(seldom, request_line(session: Session, request: Kept<Option<HttpRequest>>)))
}

fn request_line(session: Session, request: Kept<Option<HttpRequest>>) -> impl IntoView {
    let copied = Callback::new(move |()| session.say(say("Copied the request as curl.").to_owned()));
    live(move || {
        let request = request.get()?;
        Some(view! { <div class="asked-request"><RequestLine request on_copy=copied /></div> })
    })
}
