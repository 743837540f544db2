//! A vendor that is not being read: the way to sign in, or what was read of it.

use leptos::prelude::*;
use protocol::{Asks, Opened, Source, Vendor};

use super::back;
use super::connect::{Draft, Form};
use super::device::{Device, kept_of, on_device};
use super::incidents::Incidents;
use super::offers::Offers;
use super::report::{Unused, counts};
use super::sample::way_in;
use crate::components::badge::badge;
use crate::components::button::Button;
use crate::components::connection::tile;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::Notice;
use crate::components::slot::Slot;
use crate::notice::{self, vendor};
use crate::number::grouped;
use crate::pages::live::read_whole;
use crate::session::{Session, opened_users};
use crate::words::{counted, fill, key, say};

/// Its name, its address and what it is doing; `actions` are buttons.
pub fn head(
    session: Session,
    of: &Vendor,
    state: impl IntoView + 'static,
    actions: impl IntoView + 'static,
) -> AnyView {
    let href = notice::system(&of.system).map_or("#i-plug", |system| system.href);
    view! {
        <header class="entity" data-edge="">
            <div class="entity-title">
                {back(session)} {tile(href, "")} <h1>{of.name.clone()}</h1> {state}
                <div class="actions">{actions}</div>
            </div>
            <div class="entity-meta"><span class="mono" dir="ltr">{vendor::place(of)}</span></div>
        </header>
    }
    .into_any()
}

/// A vendor that is neither open nor being read.
pub fn sign_in(session: Session, device: Device, offers: Offers, vendor: Slot<Vendor>) -> AnyView {
    let vendor = &vendor.get_untracked();
    // As the address has it, if it is of this one.
    let is_live = session.source().as_ref() == Some(&Source::Live(vendor.clone()));
    let draft = Draft::new(Some(vendor), is_live);
    let of = vendor.clone();
    let forget = view! { <Button text=say("Forget") href="#i-x" on_press=move |()| device.forget_vendor(&of) /> };
    view! {
        {head(session, vendor, badge("", "#i-lock", say("Signed out")), forget)}
        <div class="scroll">
            <div class="doc" data-pane="">
                {kept_of(device, vendor)}
                {offers.way_in(vendor)}
                <section class="section" aria-labelledby="sign-in">
                    <div class="section-head">
                        <h2 id="sign-in">{say("Sign in")}</h2>
                        <span class="note">{say("Name and address are kept in this browser, secrets never are.")}</span>
                    </div>
                    <Form session draft verb=say("Sign in and read") />
                </section>
            </div>
        </div>
    }
    .into_any()
}

/// The vendor that is open.
pub fn vendor_report(session: Session, device: Device, offers: Offers, vendor: Slot<Vendor>) -> impl IntoView {
    let vendor = vendor.get_untracked();
    let content = move || {
        session.opened.get().map(|open| match open.asks {
            Some(asks) => asked(session, device, offers, &vendor, &open, asks),
            None => report(session, device, offers, &vendor, &open),
        })
    };
    live(content)
}

/// The vendor that is asked live: what it answers, and what takes the whole directory.
fn asked(session: Session, device: Device, offers: Offers, vendor: &Vendor, open: &Opened, asks: Asks) -> AnyView {
    let (out, gone) = (vendor.clone(), vendor.clone());
    let actions = view! {
        <Button text=say("Forget what came") href="#i-refresh" on_press=move |()| session.read_again() />
        <Button text=say("Sign out") href="#i-lock" on_press=move |()| session.sign_out(&out) />
        <Button text=say("Forget") href="#i-x" on_press=move |()| device.forget_vendor(&gone) />
    };
    let counts = [
        opened_users(open),
        counted("{0} group|{0} groups", u64::from(open.groups)),
    ];
    let answers = vendor::answers(asks).map(|(text, is_it)| {
        let (tone, href) = if is_it { ("ok", "#i-check") } else { ("", "#i-minus") };
        view! { <li>{badge(tone, href, if is_it { say("Server") } else { say("Whole") })} " " {text}</li> }
    });
    view! {
        {head(session, vendor, badge("inherited", "#i-plug", say("Asked live")), actions)}
        <div class="scroll">
            <div class="doc" data-pane="">
                <section class="stack" role="status">
                    <p class="facts-read">{counts.join(", ") + "."}</p>
                    <p class="soft">{say("Nothing else was read. Pages that came are kept until what came is forgotten.")}</p>
                </section>
                <section class="section" aria-labelledby="answers">
                    <div class="section-head"><h2 id="answers">{say("Who answers what")}</h2></div>
                    <ul class="asked-answers">{answers.into_iter().collect_view()}</ul>
                    <div>
                        <Button text=say("Read the whole directory") kind="primary" on_press=move |()| read_whole(session) />
                    </div>
                </section>
                {offers.way_in(vendor)}
                <section class="section" aria-labelledby="sign-in">
                    <div class="section-head"><h2 id="sign-in">{say("Sign in as somebody else")}</h2></div>
                    <Form session draft=Draft::new(Some(vendor), true) verb=say("Sign in and read") />
                </section>
            </div>
        </div>
        {way_in(session, open)}
    }
    .into_any()
}

fn report(session: Session, device: Device, offers: Offers, vendor: &Vendor, open: &Opened) -> AnyView {
    let state = match open.is_partial {
        true => badge("warn", "#i-triangle", say("Partial")),
        false => badge("ok", "#i-check", say("Read")),
    };
    let of = vendor.clone();
    let is_signed_in = Kept::new(move || session.is_signed_in(&of));
    let (out, gone) = (vendor.clone(), vendor.clone());
    let signed_in = move || {
        let out = out.clone();
        view! {
            <Button text=say("Read again") href="#i-refresh" on_press=move |()| session.read_again() />
            <Button text=say("Sign out") href="#i-lock" on_press=move |()| session.sign_out(&out) />
        }
    };
    let actions = view! {
        {live_if(move || is_signed_in.get(), signed_in)}
        <Button text=say("Forget") href="#i-x" on_press=move |()| device.forget_vendor(&gone) />
    };
    let nested = match open.nestings {
        0 => say("No group is nested in another: every membership is direct.").to_owned(),
        nestings => counted("{0} nesting.|{0} nestings.", u64::from(nestings)),
    };
    let message = match open.is_kept {
        true => key("Read at {0}, opened from this device in {1} ms."),
        false => key("Read at {0} in {1} ms."),
    };
    let read = fill(
        message,
        &[&session.read_at.get_untracked(), &grouped(open.millis as u64)],
    );
    let partial = open.is_partial.then(|| {
        let told = vendor::partial(open.incidents);
        view! { <Notice title=told.title text=told.text tone=told.tone /> }
    });
    let incidents = (open.incidents > 0).then(|| {
        let vendor = vendor.clone();
        view! { <Incidents session vendor total=open.incidents /> }
    });
    let draft = Draft::new(Some(vendor), false);
    let again = move || {
        view! {
            <section class="section" aria-labelledby="sign-in">
                <div class="section-head"><h2 id="sign-in">{say("Sign in to read it again")}</h2></div>
                <Form session draft verb=say("Sign in and read") />
            </section>
        }
    };
    let again = {
        let vendor = vendor.clone();
        move || view! { {offers.way_in(&vendor)} {again()} }
    };
    view! {
        {head(session, vendor, state, actions)}
        <div class="scroll">
            <div class="doc" data-pane="">
                <section class="stack" role="status">
                    <p class="facts-read">{counts(open)}</p>
                    <p class="soft">
                        {nested} " " {read}
                    </p>
                    {(open.incidents == 0).then(|| view! { <p class="soft">{say("Everything came as it should.")}</p> })}
                </section>
                {partial}
                {on_device(device, open)}
                {incidents}
                {(open.unused > 0).then(|| view! { <Unused session total=open.unused /> })}
                {live_if(move || !is_signed_in.get(), again)}
            </div>
        </div>
        {way_in(session, open)}
    }
    .into_any()
}
