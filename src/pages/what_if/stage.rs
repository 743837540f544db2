//! The form in which a change is staged.

use leptos::prelude::*;
use protocol::{ChangeKind, Entity, StagedChange};

use super::Staging;
use crate::components::button::Button;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::query::identifier::IdentifierField;
use crate::components::segmented::{Segment, Segmented};
use crate::components::slot::Slot;
use crate::pages::check::Suggesting;
use crate::route::{Screen, WhatIfView};
use crate::words::{key, say};

/// The kinds of changes, as the form names them.
const KINDS: [(&str, &str, ChangeKind); 6] = [
    ("nest", key("Nest"), ChangeKind::Nest),
    ("unnest", key("Un-nest"), ChangeKind::Unnest),
    ("add", key("Add"), ChangeKind::Add),
    ("remove", key("Remove"), ChangeKind::Remove),
    ("manager", key("Manager"), ChangeKind::Manager),
    ("demote", key("Demote"), ChangeKind::NoManager),
];

/// What both fields are called: who or what, and which group.
fn labels(kind: ChangeKind) -> [&'static str; 2] {
    match kind {
        ChangeKind::Nest => [say("Group"), say("in group")],
        ChangeKind::Unnest => [say("Group"), say("out of group")],
        ChangeKind::Add => [say("User"), say("to group")],
        ChangeKind::Remove => [say("User"), say("from group")],
        ChangeKind::Manager => [say("User"), say("manager of group")],
        ChangeKind::NoManager => [say("User"), say("no longer manager of group")],
    }
}

/// Stages one change.
#[component]
pub fn Stage(staging: Staging) -> impl IntoView {
    // Whoever comes from a user or a group begins with that.
    let from = staging.session.route.with_untracked(|route| match &route.screen {
        Screen::WhatIf(view) => view.clone(),
        _ => WhatIfView::default(),
    });
    let is_about_one = !from.user.is_empty() || !from.group.is_empty();
    let chosen = Slot::new(if is_about_one { "add" } else { KINDS[0].0 });
    let kind = Kept::new(move || {
        let found = KINDS.iter().find(|(key, ..)| *key == chosen.get());
        found.map_or(ChangeKind::Nest, |(.., kind)| *kind)
    });
    let (subject, group) = (Slot::new(from.user), Slot::new(from.group));
    let suggesting = Suggesting::new(staging.session);
    // Which field is typed in, so that what is suggested for one does not stand under the other.
    let typed = Slot::new("");
    let stage = Callback::new(move |()| {
        let change = StagedChange {
            kind: kind.get_untracked(),
            subject: subject.get_untracked().trim().to_owned(),
            group: group.get_untracked().trim().to_owned(),
        };
        if change.subject.is_empty() || change.group.is_empty() {
            return;
        }
        subject.set(String::new());
        group.set(String::new());
        staging.add(change);
    });
    let segments = KINDS.map(|(value, text, _)| Segment {
        value,
        text: say(text),
        ..Segment::default()
    });
    let field = move |id, label, entity: Entity, text: Slot<String>, on_apply: Callback<()>| {
        let href = match entity {
            Entity::User => "#i-user",
            Entity::Group => "#i-groups",
        };
        let options = move || {
            let is_here = typed.get() == id && !text.with(String::is_empty);
            if is_here {
                suggesting.options(entity)
            } else {
                Vec::new()
            }
        };
        view! {
            <IdentifierField
                id
                label
                href
                text=Kept::from(text)
                options=Kept::new(options)
                on_input=move |typed| text.set(typed)
                on_want=move |text| {
                    typed.set(id);
                    suggesting.want(entity, text);
                }
                on_apply
            />
        }
    };
    // Enter in the first field leads to the second one.
    let next = Callback::new(move |()| {
        if group.with_untracked(String::is_empty) {
            focus_group();
        } else {
            stage.run(());
        }
    });
    let fields = move || {
        let kind = kind.get();
        let [first, second] = labels(kind);
        let entity = match kind {
            ChangeKind::Nest | ChangeKind::Unnest => Entity::Group,
            _ => Entity::User,
        };
        view! {
            {field("stage-subject", first, entity, subject, next)}
            {field("stage-group", second, Entity::Group, group, stage)}
        }
    };
    view! {
        <div class="change-add" role="search" aria-label=say("Stage a change")>
            <Segmented
                label=say("Kind of change")
                segments=Kept::from(segments.to_vec())
                chosen=Kept::from(chosen)
                on_choose=move |kind| chosen.set(kind)
            />
            <div class="change-line">{live(fields)} <Button text=say("Stage") href="#i-plus" on_press=stage /></div>
        </div>
    }
}

fn focus_group() {
    use wasm_bindgen::JsCast;
    let field = document().get_element_by_id("stage-group");
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = field.focus();
    }
}
