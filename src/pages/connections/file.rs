//! Opening a directory file: where to drop it, what it may hold, and why the last one was refused.

use leptos::prelude::*;
use protocol::FileError;

use super::back;
use crate::components::button::{Button, copy_text};
use crate::components::file::DropZone;
use crate::components::file::excerpt::excerpt;
use crate::components::live::live;
use crate::components::notice::Notice;
use crate::components::rows::{RowList, head, row};
use crate::download::Pieces;
use crate::notice;
use crate::number::grouped;
use crate::session::Session;
use crate::words::{fill, key, say};

/// The lists of a file: their name, their fields, and what is good to know.
const LISTS: [(&str, &str, &str); 4] = [
    (
        "users",
        "id, username, email, firstName, lastName, status, lastLogin, custom",
        key("only the id is needed"),
    ),
    (
        "groups",
        "id, name, description, members, managers, children",
        key("the lists may stand here instead"),
    ),
    ("memberships", "group, user, isAdmin", key("isAdmin makes a manager")),
    ("nestings", "parent, child", key("leave out if nothing is nested")),
];

/// A small file that has all of it.
const EXAMPLE: &[u8] = include_bytes!("../../../crates/module/js/example.json");

/// Where a file is dropped.
#[component]
pub fn OpenFile(session: Session) -> impl IntoView {
    let open = move |file| session.open_file(file);
    let content = move || match session.refused.get() {
        Some(error) => view! {
            <Refused session error />
            <section class="section" aria-labelledby="again">
                <div class="section-head"><h2 id="again">{say("Try again")}</h2></div>
                <DropZone small=true on_file=open />
            </section>
        }
        .into_any(),
        None => view! {
            <DropZone on_file=open />
            <Holds />
        }
        .into_any(),
    };
    view! {
        <header class="entity" data-edge="">
            <div class="entity-title">{back(session)} <h1>{say("Open a directory file")}</h1></div>
            <div class="entity-meta"><p>{say("The file is read in this tab and sent nowhere.")}</p></div>
        </header>
        <div class="scroll">
            <div class="doc" data-pane="">{live(content)}</div>
        </div>
    }
}

#[component]
fn Refused(session: Session, error: FileError) -> impl IntoView {
    let told = notice::refused(&error);
    let details = [told.title.as_str(), " ", &told.text].concat();
    let copy = move |()| {
        copy_text(details.clone(), move || {
            session.say(say("Copied the details.").to_owned());
        });
    };
    let lines = (!error.excerpt.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="stopped">
                <div class="section-head">
                    <h2 id="stopped">{say("Where it stopped")}</h2>
                    <span class="note">{fill("Line {0}", &[&grouped(error.line)])}</span>
                </div>
                {excerpt(&error)}
                <p class="muted t12">{say("Correct it and drop the file again: Rollcall does not guess.")}</p>
            </section>
        }
    });
    view! {
        <Notice title=told.title text=told.text tone="danger">
            <Button text=say("Copy details") href="#i-copy" on_press=copy />
            <Button text=say("Read the file again") href="#i-refresh" on_press=move |()| session.read_refused_again() />
        </Notice>
        {lines}
    }
}

fn save_example(_: ()) {
    let file = Pieces::default();
    file.push(EXAMPLE);
    let _ = file.save("example.json", "application/json");
}

/// What a file holds.
#[component]
fn Holds() -> impl IntoView {
    let rows = LISTS.into_iter().enumerate().map(|(place, (list, fields, says))| {
        let cells = view! {
            <span class="cell" role="gridcell"><code>{list}</code></span>
            <span class="cell-text soft mono" role="gridcell" title=fields>{fields}</span>
            <span class="cell-text muted" role="gridcell">{say(says)}</span>
        };
        row(place, cells)
    });
    let rows = rows.collect_view();
    view! {
        <section class="section" aria-labelledby="holds">
            <div class="section-head">
                <h2 id="holds">{say("What a file holds")}</h2>
                <span class="note">{say("One JSON object with these lists; each may be missing. What cannot be used is listed, the rest is read.")}</span>
                <span class="push"><Button text=say("Example file") href="#i-download" on_press=save_example /></span>
            </div>
            <div class="card">
                <RowList label=say("What a file holds") class="holds">
                    {head(&[(say("List"), ""), (say("Fields"), ""), (say("Good to know"), "")])}
                    {rows}
                </RowList>
            </div>
        </section>
    }
}
