//! What is kept on this device: keeping the open directory, forgetting it, and what is known of both.

use leptos::prelude::*;
use protocol::{
    ForgetQuestion, Forgotten, KeepFailure, KeepProgress, KeepQuestion, KeepStep, Kept as KeptOne, KeptQuestion,
    Opened, Problem, Source, Topic, Vendor,
};

use super::place_of;
use crate::components::button::{Button, ButtonLink};
use crate::components::kept::Kept;
use crate::components::live::{follow, live};
use crate::components::notice::Notice;
use crate::components::progress::Bar;
use crate::components::slot::Slot;
use crate::notice;
use crate::number::{bytes, moment};
use crate::route::{Route, Screen};
use crate::session::{Keeping, Session, dir_of};
use crate::words::{fill, key, say};

/// What is kept, as far as the worker has told. Copies share it.
#[derive(Clone, Copy)]
pub struct Device {
    session: Session,
    /// The newest first.
    pub kept: Slot<Vec<KeptOne>>,
    /// Why something was not forgotten.
    problem: Slot<Option<KeepFailure>>,
}

impl Device {
    /// Asks what is kept, and again when something more is.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let device = Self {
            session,
            kept: Slot::new(Vec::new()),
            problem: Slot::new(None),
        };
        // What is being kept may have been begun when this screen was there before.
        let is_over = Kept::new(move || session.keeping.with(|keeping| *keeping == Some(Keeping::Done)));
        follow(move || is_over.with(|_| device.look()));
        device
    }

    /// Where nothing can be told, nothing is listed; who asks for more is told why.
    fn look(self) {
        let told = move |answer| self.kept.set(flat(answer).unwrap_or_default());
        self.session.request(Topic::Kept, &KeptQuestion {}, told);
    }

    /// What is kept of a directory.
    fn of(self, source: &Source) -> Option<KeptOne> {
        let is_it = |one: &&KeptOne| one.directory.as_ref().is_ok_and(|it| it.source.is_same(source));
        self.kept.with(|kept| kept.iter().find(is_it).cloned())
    }

    /// Keeps the directory that is open.
    fn keep(self) {
        self.problem.set(None);
        self.session.keeping.set(Some(Keeping::Runs(0)));
        self.step(KeepStep::Begin);
    }

    /// The rest goes on by itself, on whatever screen one is meanwhile.
    fn step(self, step: KeepStep) {
        let keeping = self.session.keeping;
        let done = move |answer: Result<Result<KeepProgress, KeepFailure>, Problem>| match flat(answer) {
            _ if !keeping.with_untracked(|it| matches!(it, Some(Keeping::Runs(_)))) => {}
            Ok(progress) if progress.is_whole => keeping.set(Some(Keeping::Done)),
            Ok(KeepProgress { done, total, .. }) => {
                keeping.set(Some(Keeping::Runs((done * 100).checked_div(total).unwrap_or(0) as u32)));
                self.step(KeepStep::GoOn);
            }
            Err(failure) => keeping.set(Some(Keeping::Failed(failure))),
        };
        self.session.request(Topic::Keep, &KeepQuestion { step }, done);
    }

    fn stop(self) {
        self.session.keeping.set(None);
        let question = KeepQuestion { step: KeepStep::Stop };
        self.session.request(Topic::Keep, &question, |_| {});
    }

    /// Forgets something that is kept; what is open stays open.
    pub fn forget(self, what: Forgotten) {
        self.session.keeping.set(None);
        self.problem.set(None);
        let told = move |answer| match flat(answer) {
            Ok(kept) => self.kept.set(kept),
            Err(failure) => self.problem.set(Some(failure)),
        };
        self.session.request(Topic::Forget, &ForgetQuestion { what }, told);
    }

    /// Forgets everything about a vendor: what is kept of it, its name, and who asks it.
    pub fn forget_vendor(self, vendor: &Vendor) {
        self.forget(Forgotten::Source(Source::Vendor(vendor.clone())));
        self.session.forget(vendor);
    }
}

fn flat<T>(answer: Result<Result<T, KeepFailure>, Problem>) -> Result<T, KeepFailure> {
    answer.unwrap_or(Err(KeepFailure::NotFetched))
}

/// Where a directory is opened from what is kept of it.
pub fn url_of(source: &Source) -> String {
    let route = Route {
        dir: dir_of(source),
        screen: Screen::Connections(place_of(source)),
        ..Route::default()
    };
    route.url()
}

/// `212 kB, read 14:32:08`, and that something is missing.
pub fn amount(kept: &KeptOne) -> String {
    let now = js_sys::Date::now();
    let when = match &kept.directory {
        Ok(directory) => {
            let message = match directory.is_partial {
                true => key("read {0}, partial"),
                false => key("read {0}"),
            };
            fill(message, &[&moment(directory.read_at, now)])
        }
        Err(_) => fill("kept {0}", &[&moment(kept.kept_at, now)]),
    };
    [&bytes(kept.bytes), ", ", &when].concat()
}

/// Of the directory that is open: whether it is kept, and the ways to keep and to forget it.
pub fn on_device(device: Device, open: &Opened) -> AnyView {
    let session = device.session;
    let of = open.source.clone();
    let kept = Kept::new(move || device.of(&of));
    let percent = Kept::new(move || match session.keeping.get() {
        Some(Keeping::Runs(percent)) => Some(percent),
        _ => None,
    });
    let runs = Kept::new(move || percent.with(Option::is_some));
    let problem = move || {
        let failed = match session.keeping.get() {
            Some(Keeping::Failed(failure)) => Some(notice::not_kept(&failure)),
            _ => device.problem.get().map(|failure| notice::not_forgotten(&failure)),
        };
        failed.map(|told| view! { <Notice title=told.title text=told.text tone=told.tone /> })
    };
    let open = open.clone();
    let content = move || match runs.get() {
        true => keeping(device, percent),
        false => standing(device, &open, kept.get().as_ref()),
    };
    view! {
        <section class="section" aria-labelledby="device">
            <div class="section-head"><h2 id="device">{say("On this device")}</h2></div>
            {live(problem)}
            <div class="stack">{live(content)}</div>
        </section>
    }
    .into_any()
}

fn keeping(device: Device, percent: Kept<Option<u32>>) -> AnyView {
    let percent = Kept::new(move || percent.get().unwrap_or(100));
    view! {
        <p class="soft" role="status">{say("It is being kept.")}</p>
        <Bar label=say("Directory kept") percent />
        <div class="row">
            <Button text=say("Stop keeping") href="#i-x" on_press=move |()| device.stop() />
        </div>
    }
    .into_any()
}

fn standing(device: Device, open: &Opened, kept: Option<&KeptOne>) -> AnyView {
    let session = device.session;
    let keep = |text: &'static str| view! { <Button text href="#i-lock" on_press=move |()| device.keep() /> };
    let source = open.source.clone();
    let forget = move || {
        let source = source.clone();
        view! {
            <Button
                text=say("Forget what is kept")
                href="#i-x"
                on_press=move |()| device.forget(Forgotten::Source(source.clone()))
            />
        }
    };
    let Some(kept) = kept else {
        return view! {
            <p class="soft" role="status">{say("Nothing of it is kept: it is gone with this tab.")}</p>
            <div class="row">{keep(say("Keep this directory on this device"))}</div>
            <p class="muted t12">
                {say("Then it opens in a moment and without a network, for whoever uses this browser. Secrets are never kept.")}
            </p>
        }
        .into_any();
    };
    let says = fill("Kept on this device: {0}.", &[&amount(kept)]);
    let is_other = kept.directory.as_ref().is_ok_and(|it| it.read_at != open.read_at);
    // Above the report of a vendor there is such a button, where somebody is signed in.
    let is_elsewhere = matches!(&open.source, Source::Vendor(vendor) if untrack(|| session.is_signed_in(vendor)));
    let actions = if open.is_kept && !is_elsewhere {
        view! { <Button text=say("Read again") href="#i-refresh" on_press=move |()| session.read_again() /> }.into_any()
    } else if is_other && !open.is_kept {
        keep(say("Keep what is open in its place")).into_any()
    } else {
        ().into_any()
    };
    let about = match open.is_kept {
        true => say("This is what you see. Its source may have changed since."),
        false if is_other => say("What is open was read at another time."),
        false => say("Next time it opens in a moment and without a network. Secrets are never kept."),
    };
    view! {
        <p role="status">{says}</p>
        <p class="soft">{about}</p>
        <div class="row">{actions} {forget()}</div>
    }
    .into_any()
}

/// Of a vendor that is not open: the way to what is kept of it.
pub fn kept_of(device: Device, vendor: &Vendor) -> AnyView {
    let source = Source::Vendor(vendor.clone());
    let content = move || {
        let kept = device.of(&source)?;
        let says = fill("Kept on this device: {0}.", &[&amount(&kept)]);
        let url = url_of(&source);
        Some(view! {
            <section class="section" aria-labelledby="device">
                <div class="section-head"><h2 id="device">{say("On this device")}</h2></div>
                <p>{says}</p>
                <div class="row"><ButtonLink text=say("Open what is kept") kind="primary" url=url /></div>
            </section>
        })
    };
    live(content).into_any()
}
