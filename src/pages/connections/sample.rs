//! The sample directory, at the size one chooses.

use leptos::prelude::*;
use protocol::{Opened, Source};

use super::back;
use super::device::{Device, on_device};
use super::report::counts;
use crate::components::button::ButtonLink;
use crate::components::connection::{Card, tile};
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::number::grouped;
use crate::route::{GroupsView, Screen};
use crate::session::{Session, opened_users};
use crate::words::{counted, fill, key, say};

/// The sizes, and what to know about each.
const SIZES: [(u32, &str); 4] = [
    (1_200, key("A company that one can know")),
    (10_000, key("A large company")),
    (100_000, key("A university")),
    (1_000_000, key("A country; takes some seconds")),
];

/// What the sample is, and its sizes.
#[component]
pub fn Sample(session: Session, device: Device) -> impl IntoView {
    let open = Kept::new(move || {
        session
            .opened
            .get()
            .filter(|opened| matches!(opened.source, Source::Sample { .. }))
    });
    let size = Kept::new(move || open.with(|open| open.as_ref().map(|open| open.source.clone())));
    let cards = SIZES.map(|(users, text)| {
        let checked = Kept::new(move || size.get() == Some(Source::Sample { users }));
        let title = counted("{0} user|{0} users", u64::from(users));
        view! { <Card group="sample-size" title text=say(text) checked on_choose=move |()| session.open_sample(users) /> }
    });
    let read = move || {
        open.get()
            .map(|open| view! { <Read open=open.clone() /> {on_device(device, &open)} })
    };
    let foot = move || open.get().map(|open| way_in(session, &open));
    view! {
        <header class="entity" data-edge="">
            <div class="entity-title">{back(session)} {tile("#i-src-sample", "")} <h1>{say("Sample directory")}</h1></div>
            <div class="entity-meta">
                <p>{say("Made up on this computer from a seed: the same people and groups every time, and no network.")}</p>
            </div>
        </header>
        <div class="scroll">
            <div class="doc" data-pane="">
                {live(read)}
                <section class="section" aria-labelledby="sizes">
                    <div class="section-head">
                        <h2 id="sizes">{say("Size")}</h2>
                        <span class="note">{say("Choosing one makes it; what is open stays until it is whole.")}</span>
                    </div>
                    <div class="systems" role="radiogroup" aria-labelledby="sizes">{cards.into_iter().collect_view()}</div>
                </section>
                <p class="muted t12">
                    {say("It has groups with several parents, two cycles, managers, suspended users and one of each finding, \
                     so that every screen has something to show.")}
                </p>
            </div>
        </div>
        {live(foot)}
    }
}

#[component]
fn Read(open: Opened) -> impl IntoView {
    let nested = counted("{0} nesting|{0} nestings", u64::from(open.nestings));
    let roots = grouped(u64::from(open.roots));
    let message = match open.is_kept {
        true => key("{0}, {1} of the groups at the top. Opened in {2} ms."),
        false => key("{0}, {1} of the groups at the top. Made in {2} ms."),
    };
    let says = fill(message, &[&nested, &roots, &grouped(open.millis as u64)]);
    view! {
        <section class="stack" role="status">
            <p class="facts-read">{counts(&open)}</p>
            <p class="soft">{says}</p>
        </section>
    }
}

/// From the directory to its groups.
pub fn way_in(session: Session, open: &Opened) -> impl IntoView + use<> {
    let text = fill("Open with {0}", &[&opened_users(open)]);
    let groups = Kept::new(move || session.url(Screen::Groups(GroupsView::default())));
    let says = match open.source {
        Source::Sample { .. } => say("A sample has no server to verify with."),
        Source::File { .. } => say("A file has no server to verify with."),
        Source::Vendor(_) | Source::Live(_) => "",
    };
    view! {
        <footer class="pane-foot">
            <span>{says}</span>
            <span class="push"><ButtonLink text=text kind="primary" url=groups /></span>
        </footer>
    }
}
