//! The vendor's request for what is on screen, and the answer to it from the open directory.

use leptos::prelude::*;
use protocol::{Body, HttpRequest, RequestDetail, RequestQuestion, Shown, Source, Topic};

use crate::chunk;
use crate::chunk::part;
use crate::components::button::{Button, ButtonLink, copy_text};
use crate::components::http::command::{Proof, curl, fetch};
use crate::components::http::{RequestLine, Status};
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::{Empty, Notice};
use crate::components::segmented::{Segment, Segmented};
use crate::notice;
use crate::notice::request::{OFFERED, has_key, lacking, origin, reads};
use crate::notice::vendor::System;
use crate::number::{bytes, millis};
use crate::route::RequestView;
use crate::session::{Asked, Session};
use crate::words::{counted, fill, say};

/// A part of a screen that has a request of its own: its name in addresses, empty for the main one, and its words.
pub type About = (&'static str, &'static str);

/// The request for what is shown, whose part the person can choose where there are several; fetched when it is wanted.
pub fn request(session: Session, abouts: &'static [About], shown: Kept<Option<Shown>>) -> AnyView {
    part(chunk!(
        request,
        panel(session: Session, abouts: &'static [About], shown: Kept<Option<Shown>>)
    ))
}

fn panel(session: Session, abouts: &'static [About], shown: Kept<Option<Shown>>) -> impl IntoView {
    let system = Kept::new(move || system(session).key);
    let asked = session.ask(Topic::Request, move || {
        let system = system.get();
        Some(RequestQuestion {
            of: shown.get()?,
            system: system.to_owned(),
            origin: origin_of(&server(session, system)).to_owned(),
        })
    });
    let about = Kept::new(move || {
        let about = session.route.with(|route| route.request.about.clone());
        let known = abouts.iter().find(|(name, _)| *name == about);
        known.map_or("", |(name, _)| *name)
    });
    let parts = (abouts.len() > 1).then(|| {
        let segments: Vec<_> = abouts.iter().map(|(value, text)| segment(value, say(text))).collect();
        view! {
            <Segmented
                label=say("Part of the screen")
                segments=segments
                chosen=about
                on_choose=move |about: &'static str| choose(session, |view| view.about = about.to_owned())
            />
        }
    });
    let systems: Vec<_> = OFFERED.iter().map(|system| segment(system.key, system.name)).collect();
    let content = move || match (asked.problem.get(), asked.answer.get()) {
        (Some(problem), _) => {
            view! { <Empty size="sm" title=say("This cannot be asked.") text=notice::problem(&problem) /> }.into_any()
        }
        (None, Some(detail)) => answered(session, asked, &detail).into_any(),
        (None, None) => ().into_any(),
    };
    view! {
        <section class="section" aria-label=say("Request") aria-busy=move || asked.is_busy().then_some("true")>
            <div class="section-head request-head">
                <h2>{say("The request behind this view")}</h2>
                <span class="note">{say("Nothing is sent: Rollcall answers it from memory.")}</span>
            </div>
            <div class="chips request-choice">
                <Segmented
                    label=say("Whose request")
                    segments=systems
                    chosen=system
                    on_choose=move |vendor: &'static str| choose(session, |view| view.vendor = vendor.to_owned())
                />
                {parts}
            </div>
        </section>
        {live(content)}
    }
}

/// What shows the request of a screen, or hides it again. Where a vendor is asked live, its request is on screen anyway.
pub fn toggle(session: Session) -> impl IntoView {
    live_if(move || session.asks().is_none(), move || link(session))
}

fn link(session: Session) -> impl IntoView {
    let is_open = move || session.route.with(|route| route.request.is_open);
    let url = Kept::new(move || {
        let mut route = session.route.get();
        route.request.is_open = !route.request.is_open;
        route.url()
    });
    let text = Kept::new(move || {
        if is_open() {
            say("Hide the request")
        } else {
            say("Request")
        }
        .to_owned()
    });
    view! { <ButtonLink text href="#i-external" url /> }
}

/// Whether the request of this screen is shown.
pub fn is_open(session: Session) -> bool {
    session.asks().is_none() && session.route.with(|route| route.request.is_open)
}

fn segment(value: &'static str, text: &'static str) -> Segment {
    Segment {
        value,
        text,
        ..Segment::default()
    }
}

fn choose(session: Session, change: impl FnOnce(&mut RequestView)) {
    let mut route = session.route.get_untracked();
    change(&mut route.request);
    session.go(route);
}

/// Whose request is shown: that of the address, else that of the directory, else the first.
fn system(session: Session) -> &'static System {
    let chosen = session.route.with(|route| notice::system(&route.request.vendor));
    let own = || {
        session
            .opened
            .with(|opened| match opened.as_ref().map(|opened| &opened.source) {
                Some(Source::Vendor(vendor)) => notice::system(&vendor.system),
                _ => None,
            })
    };
    chosen.or_else(own).unwrap_or(&OFFERED[0])
}

/// What stands before the path of a request, if the directory is one of that system; else empty.
fn server(session: Session, system: &str) -> String {
    session
        .opened
        .with(|opened| match opened.as_ref().map(|opened| &opened.source) {
            Some(Source::Vendor(vendor)) if vendor.system == system => {
                let is_ours = vendor.base.is_empty() || vendor.base.starts_with('/');
                let ours = is_ours.then(|| window().location().origin().unwrap_or_default());
                ours.unwrap_or_default() + &vendor.base
            }
            _ => String::new(),
        })
}

/// Scheme and host of an address.
fn origin_of(address: &str) -> &str {
    let host = address.find("://").map_or(0, |at| at + "://".len());
    let end = address[host..].find('/').map_or(address.len(), |at| host + at);
    &address[..end]
}

fn answered(session: Session, asked: Asked<RequestQuestion>, detail: &RequestDetail) -> impl IntoView + use<> {
    let system = untrack(|| system(session));
    let note = lacking(system, &detail.lacks)
        .map(|(title, text)| view! { <Notice title text tone=if detail.lacks.len() == 1 { "" } else { "warn" } /> });
    let line = HttpRequest {
        method: detail.method.clone(),
        url: detail.url.clone(),
    };
    let result = Status {
        code: notice::status(detail.status),
        meaning: millis(untrack(|| asked.micros.get())),
    };
    view! {
        <section class="section" aria-label=say("The request")>
            {note}
            <RequestLine request=line status=Some(result) />
            {parameters(&detail.parameters)}
        </section>
        {commands(session, system, detail)}
        {answer(detail)}
    }
}

fn parameters(parameters: &[(String, String)]) -> impl IntoView + use<> {
    let rows = parameters.iter().map(|(name, value)| {
        view! {
            <div class="grid-row" role="row">
                <span class="mono cell-text" role="cell" dir="ltr" title=name.clone()>{name.clone()}</span>
                <span class="mono soft value" role="cell" dir="ltr">{value.clone()}</span>
                <span class="muted c-from" role="cell">{origin(name)}</span>
            </div>
        }
    });
    let rows = rows.collect_view();
    (!parameters.is_empty()).then(|| {
        view! {
            <div class="card">
                <div class="grid parameters" role="table" aria-label=say("Parameters")>
                    <div class="grid-head" role="row">
                        <span role="columnheader">{say("Parameter")}</span>
                        <span role="columnheader">{say("Value")}</span>
                        <span class="c-from" role="columnheader">{say("From")}</span>
                    </div>
                    {rows}
                </div>
            </div>
        }
    })
}

/// The request to take along.
fn commands(session: Session, system: &System, detail: &RequestDetail) -> impl IntoView + use<> {
    let server = untrack(|| server(session, system.key));
    let proof = if has_key(system) { Proof::Key } else { Proof::Token };
    let (method, url) = (&detail.method, &detail.url);
    let command = curl(method, &server, url, proof);
    let script = fetch(method, &server, url, proof);
    let address = [server.as_str(), url].concat();
    let copy =
        |text: String, says: &'static str| move |()| copy_text(text.clone(), move || session.say(says.to_owned()));
    let missing = match (server.is_empty(), proof) {
        (true, Proof::Token) => say("SERVER and TOKEN are yours to set."),
        (true, Proof::Key) => say("SERVER, KEY and SECRET are yours to set."),
        (false, Proof::Token) => say("TOKEN is yours to set."),
        (false, Proof::Key) => say("KEY and SECRET are yours to set."),
    };
    view! {
        <section class="section" aria-label=say("As curl")>
            <div class="section-head">
                <h2>{say("As curl")}</h2>
                <span class="note">{missing}</span>
                <span class="push row">
                    <Button text=say("Copy URL") href="#i-link" on_press=copy(address, say("Copied the request as a URL.")) />
                    <Button text=say("Copy as fetch") href="#i-copy" on_press=copy(script, say("Copied the request as fetch.")) />
                    <Button text=say("Copy as curl") href="#i-copy" on_press=copy(command.clone(), say("Copied the request as curl.")) />
                </span>
            </div>
            <pre class="http-block" tabindex="0" role="group" aria-label=say("curl command")>{command}</pre>
        </section>
    }
}

fn answer(detail: &RequestDetail) -> impl IntoView + use<> {
    let headers = detail.headers.iter().map(|(name, value)| [name, ": ", value].concat());
    let head: Vec<_> = std::iter::once(notice::status(detail.status).to_owned())
        .chain(headers)
        .collect();
    let body = match &detail.body {
        Some(body) => body_view(body).into_any(),
        None => view! { <p class="muted t12">{say("There is no body.")}</p> }.into_any(),
    };
    let size = detail.body.as_ref();
    let size = size.map(|body| view! { <span class="count">{bytes(u64::from(body.bytes))}</span> });
    let how = reads(&detail.reads);
    view! {
        <section class="section" aria-label=say("Answer")>
            <div class="section-head">
                <h2>{say("Answer")}</h2>
                {size}
                <span class="note">{how}</span>
            </div>
            <pre class="http-block" tabindex="0" role="group" aria-label=say("Status and headers")>{head.join("\n")}</pre>
            {body}
        </section>
    }
}

fn body_view(body: &Body) -> impl IntoView + use<> {
    let more = (body.more > 0).then(|| {
        let lines = counted("{0} line|{0} lines", u64::from(body.more));
        view! { <p class="muted t12">{fill("And {0} more, which are not shown.", &[&lines])}</p> }
    });
    view! {
        <pre class="http-block" data-body="" tabindex="0" role="group" aria-label=say("Body")>{body.text.clone()}</pre>
        {more}
    }
}
