//! Groups whose members are taken away from those on screen.

use leptos::html::Input;
use leptos::prelude::*;
use protocol::{Entity, EntityName, GroupName, GroupQuestion, SuggestionQuestion, Topic};

use crate::components::chip::{add_chip, removable_chip};
use crate::components::field::SuggestField;
use crate::components::kept::Kept;
use crate::components::live::{follow, live, live_if};
use crate::components::slot::Slot;
use crate::pages::groups::set;
use crate::route::GroupsView;
use crate::session::Session;
use crate::words::{fill, say};

/// How many groups are suggested.
const SUGGESTED: u32 = 8;

/// Names of groups, as far as they are known.
type Names = Slot<Vec<GroupName>>;

/// A chip for each excluded group, and a field that adds one.
#[component]
pub fn Exclude(
    /// The session.
    session: Session,
    /// What the address says.
    view: Kept<GroupsView>,
) -> impl IntoView {
    let excluded = Kept::new(move || view.with(|view| view.excluded_groups.clone()));
    let names = names(session, excluded);
    let is_adding = Slot::new(false);
    let remove = move |id: &str| set(session, false, |view| view.excluded_groups.retain(|other| other != id));
    let chips = move || {
        let chip = |id: String| {
            let name = names
                .with(|names| {
                    names
                        .iter()
                        .find(|group| group.id == id)
                        .map(|group| group.name.clone())
                })
                .unwrap_or_else(|| id.clone());
            let label = fill("Stop excluding {0}", &[&name]);
            removable_chip(name, label, move || remove(&id))
        };
        excluded.get().into_iter().map(chip).collect_view()
    };
    view! {
        <span class="toolbar-label" id="exclude-label">{say("Exclude groups")}</span>
        <div class="chips" role="group" aria-labelledby="exclude-label">
            {live(chips)}
            {live_if(move || is_adding.get(), move || view! { <Add session names is_adding /> })}
            {live_if(
                move || !is_adding.get(),
                move || add_chip(say("Add"), say("Add a group to exclude"), move || is_adding.set(true)),
            )}
        </div>
    }
}

#[component]
fn Add(session: Session, names: Names, is_adding: Slot<bool>) -> impl IntoView {
    let node = NodeRef::<Input>::new();
    let text = Slot::new(String::new());
    let suggested = session.ask(Topic::Suggestion, move || {
        Some(SuggestionQuestion {
            among: Entity::Group,
            text: text.get(),
            limit: SUGGESTED,
        })
    });
    let options = move || suggested.answer.get().unwrap_or_default();
    let pick = move |option: EntityName| {
        let EntityName { id, name, .. } = option;
        names.update(|names| names.push(GroupName { id: id.clone(), name }));
        is_adding.set(false);
        set(session, false, |view| {
            if !view.excluded_groups.contains(&id) {
                view.excluded_groups.push(id);
            }
        });
    };
    follow(move || {
        if let Some(field) = node.get() {
            let _ = field.focus();
        }
    });
    view! {
        <SuggestField
            id="exclude"
            label=say("Exclude a group")
            text
            options=Kept::new(options)
            on_pick=pick
            on_leave=move |()| is_adding.set(false)
            node
        />
    }
}

/// The names of the groups of an address, asked for one after the other; what has none keeps its id.
fn names(session: Session, excluded: Kept<Vec<String>>) -> Names {
    let names: Names = Slot::new(Vec::new());
    let unnamed = Kept::new(move || {
        let is_named = |id: &String| names.with(|names| names.iter().any(|group| group.id == *id));
        excluded.with(|ids| ids.iter().find(|id| !is_named(id)).cloned())
    });
    let asked = session.ask(Topic::Names, move || unnamed.get().map(|group| GroupQuestion { group }));
    follow(move || {
        let answer = asked.answer.get();
        let problem = asked.problem.get();
        let Some(id) = unnamed.get_untracked() else { return };
        let found = match answer {
            Some(detail) if detail.id == id => Some(detail.name),
            // Another identifier of the group, such as its name.
            _ => asked
                .question
                .get_untracked()
                .filter(|question| question.group == id)
                .map(|_| id.clone()),
        };
        if let Some(name) = found.or_else(|| problem.map(|_| id.clone())) {
            names.update(|names| names.push(GroupName { id, name }));
        }
    });
    names
}
