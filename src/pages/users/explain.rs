//! All the paths of one user to one group, below the rows.

use leptos::prelude::*;
use protocol::{Paths, PathsQuestion, Topic};

use crate::components::button::{ButtonLink, IconButton};
use crate::components::kept::Kept;
use crate::components::path::figure::path_figure;
use crate::components::path::{Look, path};
use crate::components::slot::Slot;
use crate::route::{GroupsView, Screen};
use crate::session::Session;
use crate::words::{counted, fill, say};

/// How many paths are drawn; more cannot be followed with the eye.
const MOST: u32 = 12;

/// The paths of the user with this id to this group, until they are closed.
pub fn explain(session: Session, user: Slot<Option<String>>, group: Kept<Option<String>>) -> impl IntoView {
    let asked = session.ask(Topic::Paths, move || {
        Some(PathsQuestion {
            user: user.get()?,
            group: group.get()?,
            limit: MOST,
        })
    });
    let paths = Kept::new(move || {
        let user = user.get()?;
        asked.answer.get().filter(|paths| paths.user.id == user)
    });
    let close = Callback::new(move |()| user.set(None));
    move || paths.get().map(|paths| panel(session, &paths, close))
}

fn panel(session: Session, paths: &Paths, close: Callback<()>) -> impl IntoView + use<> {
    let ways = counted("{0} path|{0} paths", paths.ways.into());
    let title = fill("{0} is in {1}", &[&paths.user.name, &paths.group.name]);
    let url = |id: &str| {
        session.url(Screen::Groups(GroupsView {
            group: Some(id.to_owned()),
            ..GroupsView::default()
        }))
    };
    let drawn = match paths.paths.as_slice() {
        [only] => path(&paths.user, only, Look::Row, &url).into_any(),
        _ => path_figure(paths, &url).into_any(),
    };
    let check = session.url(Screen::Check {
        user: paths.user.id.clone(),
        groups: vec![paths.group.id.clone()],
    });
    let more = paths
        .ways
        .saturating_sub(u32::try_from(paths.paths.len()).unwrap_or(u32::MAX));
    let rest = (more > 0).then(|| {
        let text = fill("The {0} shortest are drawn.", &[&paths.paths.len().to_string()]);
        view! { <p class="muted t12">{text}</p> }
    });
    let label = title.clone();
    view! {
        <section class="explain" aria-label=label>
            <div class="row">
                <h2 class="truncate" aria-live="polite">{title}</h2>
                <span class="count">{ways}</span>
                <span class="push row">
                    <ButtonLink text=say("Open in Check") href="#i-check" kind="quiet" url=check />
                    <IconButton href="#i-x" label=say("Close") on_press=close />
                </span>
            </div>
            {drawn}
            {rest}
        </section>
    }
}
