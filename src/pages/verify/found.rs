//! How far a verification is, what it found, and the requests and the answer to look at.

use std::time::Duration;

use leptos::prelude::*;
use protocol::{CrossCheck, Subject, Topic, Vendor, Verification, VerificationQuestion, Verifying};

use super::Verify;
use super::differences::differences;
use crate::components::button::{Button, IconButton};
use crate::components::http::{RequestLine, Status};
use crate::components::icon::{icon, sized};
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::Notice;
use crate::components::progress::Bar;
use crate::components::slot::Slot;
use crate::notice::{self, verify as words};
use crate::number::{bytes, grouped};
use crate::session::Asked;
use crate::words::{fill, say};

/// How often one looks how far it is.
const LOOK: Duration = Duration::from_millis(200);
/// How many requests are shown.
const SHOWN: usize = 20;

/// The verification that is wished for, from its first request to what it found.
pub(super) fn found(verify: Verify) -> impl IntoView {
    let session = verify.session;
    let look = Slot::new(0_u32);
    let asked = session.ask(Topic::Verification, move || {
        verify.wished().map(|wish| VerificationQuestion {
            subject: Some(wish.subject),
            attempt: wish.attempt,
            stop: wish.stop,
            look: look.get(),
        })
    });
    let state = Kept::new(move || current(verify, asked));
    let tick = set_interval_with_handle(
        move || {
            let is_over = untrack(|| state.with(|state| state.as_ref().is_some_and(is_over)));
            if !is_over && !untrack(|| asked.is_busy()) {
                look.set(look.get_untracked() + 1);
            }
        },
        LOOK,
    );
    on_cleanup(move || {
        if let Ok(tick) = tick {
            tick.clear();
        }
        // Nobody looks any more.
        session.tell(
            Topic::Verification,
            &VerificationQuestion {
                subject: None,
                attempt: 0,
                stop: true,
                look: 0,
            },
        );
    });
    let over = Kept::new(move || state.with(|state| state.as_ref().is_some_and(is_over)));
    let told = move || state.with(|state| state.as_ref().map(words::told)).unwrap_or_default();
    view! {
        <section class="explain verification" aria-label=say("Verification")>
            <div class="row">
                <h2 class="truncate">{live_if(move || over.get(), move || view! { {live(move || outcome(verify, state))} })} {live(move || (!over.get()).then(|| say("Asking the server")))}</h2>
                <span class="push row">
                    {live_if(move || !over.get(), move || view! { <Button text=say("Stop") href="#i-x" size="sm" on_press=move |()| verify.stop() /> })}
                    <IconButton href="#i-x" label=say("Close the verification") on_press=move |()| verify.close() />
                </span>
            </div>
            <p class="sr-only" role="status">{live(told)}</p>
            {live_if(move || !over.get(), move || progress(verify, state))}
            {live_if(move || over.get(), move || view! { {live(move || details(verify, state))} })}
        </section>
    }
}

/// The newest state of this wish.
fn current(verify: Verify, asked: Asked<VerificationQuestion>) -> Option<Verification> {
    let attempt = verify.wished()?.attempt;
    let is_of_it = asked
        .question
        .with(|question| question.as_ref().is_some_and(|question| question.attempt == attempt));
    asked.answer.get().filter(|_| is_of_it)
}

fn is_over(verification: &Verification) -> bool {
    !matches!(verification.standing, Verifying::Asks | Verifying::Waits { .. })
}

/// Numbers first, the bar is the second telling; and what the server is waited for.
fn progress(verify: Verify, state: Kept<Option<Verification>>) -> impl IntoView {
    let percent = Kept::new(move || state.with(|state| state.as_ref().map_or(0, words::percent)));
    let line = move || {
        state
            .with(|state| state.as_ref().map(words::progress))
            .unwrap_or_default()
    };
    let now = Slot::new(js_sys::Date::now());
    let tick = set_interval_with_handle(move || now.set(js_sys::Date::now()), Duration::from_secs(1));
    on_cleanup(move || {
        if let Ok(tick) = tick {
            tick.clear();
        }
    });
    let waiting = Kept::new(move || {
        let (Some(vendor), Some(verification)) = (verify.vendor(), state.get()) else {
            return None;
        };
        let Verifying::Waits { until, failure, tries } = verification.standing else {
            return None;
        };
        let seconds = ((until as f64 - now.get()) / 1000.0).ceil().max(0.0) as u64;
        let told = notice::vendor::waiting(&vendor, &failure, tries, seconds);
        Some((told.title, told.text))
    });
    let waits = move || {
        let title = Kept::new(move || waiting.get().unwrap_or_default().0);
        let text = Kept::new(move || waiting.get().unwrap_or_default().1);
        view! { <Notice title text tone="warn" /> }
    };
    view! {
        <p class="muted t12">{live(line)}</p>
        <Bar label=say("Verified") percent />
        {live_if(move || waiting.with(Option::is_some), waits)}
    }
}

/// What came of it, in one line.
fn outcome(verify: Verify, state: Kept<Option<Verification>>) -> Option<AnyView> {
    let (verification, subject) = (state.get()?, verify.wished()?.subject);
    let is_ok = matches!(&verification.standing, Verifying::Compared(found) if found.agrees());
    let words = words::outcome(&verification.standing, &subject);
    Some(if is_ok {
        view! { <span class="result" data-tone="ok">{sized("#i-shield-check", "14")} {words}</span> }.into_any()
    } else {
        view! { {words} }.into_any()
    })
}

/// What was found, row by row, and how.
fn details(verify: Verify, state: Kept<Option<Verification>>) -> Option<AnyView> {
    let session = verify.session;
    let (verification, wish, vendor) = (state.get()?, verify.wished()?, verify.vendor());
    let is_partial = session
        .opened
        .with(|opened| opened.as_ref().is_some_and(|opened| opened.is_partial));
    let left_out = verification
        .left_out
        .iter()
        .map(|part| view! { <li>{words::left_out(*part, vendor.as_ref())}</li> });
    let left_out =
        (!verification.left_out.is_empty()).then(|| view! { <ul class="notes">{left_out.collect_view()}</ul> });
    let body = match &verification.standing {
        Verifying::Compared(found) => compared(verify, found, &wish.subject, is_partial).into_any(),
        standing => failed(standing, vendor.as_ref()).into_any(),
    };
    let took = words::took(&verification);
    Some(
        view! {
            {(!took.is_empty()).then(|| view! { <p class="muted t12">{took}</p> })}
            {body}
            {left_out}
            {incidents(&verification, vendor.as_ref())}
            {(!verification.sent.is_empty()).then(|| evidence(verify, &verification))}
        }
        .into_any(),
    )
}

fn compared(verify: Verify, found: &CrossCheck, subject: &Subject, is_partial: bool) -> impl IntoView + use<> {
    if found.agrees() {
        let order = words::order(found);
        return (!order.is_empty())
            .then(|| view! { <p class="t12">{order}</p> })
            .into_any();
    }
    let session = verify.session;
    let told = words::differs(found, subject, &session.read_at.get_untracked(), is_partial);
    view! {
        <Notice title=told.title text=told.text tone=told.tone>
            <Button text=say("Read again") href="#i-refresh" on_press=move |()| session.read_again() />
        </Notice>
        {(!found.differences.is_empty()).then(|| differences(session, found, subject))}
    }
    .into_any()
}

fn failed(standing: &Verifying, vendor: Option<&Vendor>) -> impl IntoView + use<> {
    let told = words::failed(standing, vendor);
    told.map(|told| view! { <Notice title=told.title text=told.text tone=told.tone /> })
}

fn incidents(verification: &Verification, vendor: Option<&Vendor>) -> impl IntoView + use<> {
    let vendor = vendor?;
    // A failure that is all there is has been told.
    let is_told = matches!(verification.standing, Verifying::Failed(_)) && verification.incidents.len() == 1;
    let lines = verification.incidents.iter().map(|incident| {
        let says = notice::vendor::incident(vendor, incident);
        view! { <li>{icon("#i-triangle")} <span>{says}</span></li> }
    });
    (!is_told && !verification.incidents.is_empty()).then(|| view! { <ul class="notes">{lines.collect_view()}</ul> })
}

/// The requests as they were sent, and the first answer as it came.
fn evidence(verify: Verify, verification: &Verification) -> impl IntoView + use<> {
    let session = verify.session;
    let lines = verification.sent.iter().take(SHOWN).map(|sent| {
        let status = sent.status.map(|status| Status {
            code: notice::status(status),
            meaning: String::new(),
        });
        let took = words::size(sent);
        let copied = move |()| session.say(say("Copied the request as curl.").to_owned());
        view! { <RequestLine request=sent.request.clone() status took on_copy=copied /> }
    });
    let more = verification.requests as usize - verification.sent.len().min(SHOWN);
    let rest = (more > 0).then(|| view! { <p class="muted t12">{fill("And {0} more.", &[&grouped(more as u64)])}</p> });
    let answer = (!verification.answer.is_empty()).then(|| {
        view! {
            <h3>{say("The first answer")}</h3>
            <pre class="http-block" tabindex="0" aria-label=say("The first answer")>{verification.answer.clone()}</pre>
        }
    });
    view! {
        <details class="evidence">
            <summary>{say("Requests and answer")} <span class="count">{bytes(verification.bytes)}</span></summary>
            <div class="stack">{lines.collect_view()} {rest} {answer}</div>
        </details>
    }
}
