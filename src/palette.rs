//! What the palette finds, and what taking it does: groups and users by a few letters, and every command.

use leptos::prelude::*;
use protocol::{Compared, Entity, EntityName, FindQuestion, Found, Topic, UserStatus};

use crate::components::button::copy_text;
use crate::components::kept::Kept;
use crate::components::nav::Look;
use crate::components::palette::{Entry, Palette, Section};
use crate::components::slot::Slot;
use crate::keys::{Deed, Keys, printed};
use crate::notice;
use crate::number::{grouped, millis};
use crate::pages::link::copy_link;
use crate::route::{
    CompareView, Connection, FindingsView, GroupsView, HierarchyView, Screen, Tab, UsersView, WhatIfView,
};
use crate::session::{Session, session};
use crate::words::{counted, counted_with, fill, say};

/// How many groups and how many users are shown.
const SHOWN: u32 = 5;

/// What an option does.
#[derive(Clone, Debug, PartialEq)]
enum Act {
    Go(Screen),
    Look(Look, &'static str),
    Shortcuts,
    ReadAgain,
    CopyLink,
    Copy(String),
}

/// An option, what it does, and the object that it is about.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    entry: Entry,
    act: Act,
    object: Option<Object>,
}

/// A user or a group, of whom more can be asked.
#[derive(Clone, Debug, PartialEq)]
struct Object {
    entity: Entity,
    name: EntityName,
}

/// The palette, while it is `shown`; `help` shows the keyboard shortcuts.
pub fn palette(shown: Slot<bool>, help: Slot<bool>) -> impl IntoView {
    let session = session();
    let text = Slot::new(String::new());
    // The object whose commands are listed.
    let about = Slot::new(None::<Object>);
    let asked = session.ask(Topic::Find, move || {
        let text = text.get();
        (about.with(Option::is_none) && !text.trim().is_empty()).then_some(FindQuestion { text, limit: SHOWN })
    });
    let found = Kept::new(move || {
        let typed = text.get();
        asked
            .answer
            .get()
            .filter(|_| about.with(Option::is_none) && !typed.trim().is_empty())
    });
    let choices = Kept::new(move || {
        let typed = text.get();
        match about.get() {
            Some(object) => vec![(say("Commands"), String::new(), matching(of_object(&object), &typed))],
            None => parts(session, &typed, found.get()),
        }
    });
    let sections = Kept::new(move || {
        let parts = choices.get().into_iter().filter(|(.., choices)| !choices.is_empty());
        let section = |(title, note, choices): Part| Section {
            title,
            note,
            options: choices.into_iter().map(|choice| choice.entry).collect(),
        };
        parts.map(section).collect()
    });
    let choice = move |place: usize| {
        let all = choices.get_untracked().into_iter().flat_map(|(.., choices)| choices);
        all.into_iter().nth(place)
    };
    let take = move |place| {
        if let Some(choice) = choice(place) {
            shown.set(false);
            run(session, help, choice.act);
        }
    };
    let more = move |place| {
        if let Some(object) = choice(place).and_then(|choice| choice.object) {
            text.set(String::new());
            about.set(Some(object));
        }
    };
    let placeholder = Kept::new(move || match about.get() {
        Some(object) => fill("Commands for {0}", &[&object.name.name]),
        None => say("Find a group, a user or a command").to_owned(),
    });
    // What a server did not answer is not known to be nobody's name.
    let problem = Kept::new(move || {
        let is_typed = about.with(Option::is_none) && text.with(|text| !text.trim().is_empty());
        asked.problem.get().filter(|_| is_typed)
    });
    let nothing = move || match problem.get() {
        Some(problem) => notice::problem(&problem),
        None if asked.is_busy() => String::new(),
        None => fill(
            "No group, user or command has \"{0}\" in its name.",
            &[text.get().trim()],
        ),
    };
    let foot = move || {
        if let Some(problem) = problem.get() {
            return Some(notice::problem(&problem));
        }
        let found = found.get()?;
        let took = millis(asked.micros.get());
        Some(match found.among {
            Some(among) => counted_with("{0} name in {1}|{0} names in {1}", among, &[&took]),
            None => fill("Asked in {0}", &[&took]),
        })
    };
    view! {
        <Palette
            text
            placeholder
            sections
            nothing=Kept::new(nothing)
            foot=Kept::new(move || foot().unwrap_or_default())
            busy=Kept::new(move || asked.is_busy())
            on_take=Callback::new(take)
            on_more=Callback::new(more)
            on_back=Callback::new(move |()| about.set(None))
        />
    }
}

/// A section's title, its note, and its choices.
type Part = (&'static str, String, Vec<Choice>);

fn parts(session: Session, typed: &str, found: Option<Found>) -> Vec<Part> {
    let mut parts = Vec::new();
    if typed.trim().is_empty() {
        let recent = session.recent.get().into_iter().map(recent).collect();
        parts.push((say("Recent"), String::new(), recent));
    }
    if let Some(found) = found {
        let note = |shown: usize, total: Option<u32>| match total {
            Some(total) => fill("{0} of {1}", &[&shown.to_string(), &grouped(total.into())]),
            None => fill("the first {0}", &[&shown.to_string()]),
        };
        let groups: Vec<Choice> = found.groups.into_iter().map(group).collect();
        parts.push((say("Groups"), note(groups.len(), Some(found.groups_total)), groups));
        let users: Vec<Choice> = found.users.into_iter().map(user).collect();
        parts.push((say("Users"), note(users.len(), found.users_total), users));
    }
    parts.push((
        say("Commands"),
        String::new(),
        matching(session.keys.with(commands), typed),
    ));
    parts
}

/// The commands that have all words of a text in their names.
fn matching(choices: Vec<Choice>, typed: &str) -> Vec<Choice> {
    let typed = typed.to_lowercase();
    let fits = |choice: &Choice| {
        let name = choice.entry.name.to_lowercase();
        typed.split_whitespace().all(|word| name.contains(word))
    };
    choices.into_iter().filter(fits).collect()
}

fn group(found: protocol::FoundGroup) -> Choice {
    let name = EntityName {
        id: found.id,
        name: found.name,
        detail: String::new(),
    };
    Choice {
        entry: Entry {
            href: "#i-groups",
            name: name.name.clone(),
            detail: found.above.join(" › "),
            end: found
                .members
                .map(|members| counted("{0} member|{0} members", members.into()))
                .unwrap_or_default(),
            ..Entry::default()
        },
        act: Act::Go(group_screen(&name.id, Tab::Members)),
        object: Some(Object {
            entity: Entity::Group,
            name,
        }),
    }
}

fn user(found: protocol::FoundUser) -> Choice {
    let name = EntityName {
        id: found.id,
        name: found.name,
        detail: found.detail,
    };
    Choice {
        entry: Entry {
            name: name.name.clone(),
            detail: name.detail.clone(),
            is_identifier: true,
            end: found
                .groups
                .map(|groups| counted("{0} group|{0} groups", groups.into()))
                .unwrap_or_default(),
            status: found.status,
            ..Entry::default()
        },
        act: Act::Go(user_screen(&name.id)),
        object: Some(Object {
            entity: Entity::User,
            name,
        }),
    }
}

/// Something that was looked at before.
fn recent((entity, name): (Entity, EntityName)) -> Choice {
    let (href, screen) = match entity {
        Entity::Group => ("#i-groups", group_screen(&name.id, Tab::Members)),
        Entity::User => ("", user_screen(&name.id)),
    };
    Choice {
        entry: Entry {
            href,
            name: name.name.clone(),
            detail: name.detail.clone(),
            is_identifier: entity == Entity::User,
            status: UserStatus::Active,
            ..Entry::default()
        },
        act: Act::Go(screen),
        object: Some(Object { entity, name }),
    }
}

fn group_screen(id: &str, tab: Tab) -> Screen {
    Screen::Groups(GroupsView {
        group: Some(id.to_owned()),
        tab,
        ..GroupsView::default()
    })
}

fn hierarchy_screen(from: &str, user: &str) -> Screen {
    Screen::Hierarchy(HierarchyView {
        from: from.to_owned(),
        user: user.to_owned(),
        ..HierarchyView::default()
    })
}

fn user_screen(id: &str) -> Screen {
    Screen::User {
        id: id.to_owned(),
        groups: Vec::new(),
    }
}

fn command(href: &'static str, name: impl Into<String>, keys: &[&str], act: Act) -> Choice {
    Choice {
        entry: Entry {
            href,
            name: name.into(),
            keys: keys.iter().flat_map(|key| printed(key)).collect(),
            ..Entry::default()
        },
        act,
        object: None,
    }
}

/// Everything that can be done from anywhere.
fn commands(of: &Keys) -> Vec<Choice> {
    let first = of.of(Deed::Go);
    let check = Screen::Check {
        user: String::new(),
        groups: Vec::new(),
    };
    let go = |href, name, keys, screen| command(href, name, keys, Act::Go(screen));
    let connections = |place| Screen::Connections(place);
    vec![
        go("#i-overview", say("Go to Overview"), &[first, "O"], Screen::Overview),
        go(
            "#i-groups",
            say("Go to Groups"),
            &[first, "G"],
            Screen::Groups(GroupsView::default()),
        ),
        go(
            "#i-user",
            say("Go to Users"),
            &[first, "U"],
            Screen::Users(UsersView::default()),
        ),
        go("#i-check", say("Go to Check"), &[first, "C"], check),
        go(
            "#i-compare",
            say("Go to Compare"),
            &[first, "P"],
            Screen::Compare(CompareView::default()),
        ),
        go(
            "#i-hierarchy",
            say("Go to Hierarchy"),
            &[first, "H"],
            hierarchy_screen("", ""),
        ),
        go(
            "#i-what-if",
            say("Go to What-if"),
            &[first, "W"],
            Screen::WhatIf(WhatIfView::default()),
        ),
        go(
            "#i-findings",
            say("Go to Findings"),
            &[first, "F"],
            Screen::Findings(FindingsView::default()),
        ),
        go(
            "#i-plug",
            say("Go to Connections"),
            &[first, "N"],
            connections(Connection::List),
        ),
        go("#i-file", say("Open a file"), &[], connections(Connection::File)),
        go("#i-plus", say("Connect to a system"), &[], connections(Connection::New)),
        command("#i-refresh", say("Read the source again"), &[], Act::ReadAgain),
        command("#i-link", say("Copy the link to this screen"), &[], Act::CopyLink),
        command(
            "#i-keyboard",
            say("Show keyboard shortcuts"),
            &[of.of(Deed::Help)],
            Act::Shortcuts,
        ),
        command(
            "#i-sun",
            say("Use the light theme"),
            &[],
            Act::Look(Look::Theme, "light"),
        ),
        command(
            "#i-moon",
            say("Use the dark theme"),
            &[],
            Act::Look(Look::Theme, "dark"),
        ),
        command(
            "#i-contrast",
            say("Use the system's theme"),
            &[],
            Act::Look(Look::Theme, ""),
        ),
        command(
            "#i-contrast",
            say("Use more contrast"),
            &[],
            Act::Look(Look::Contrast, "more"),
        ),
        command(
            "#i-contrast",
            say("Use the system's contrast"),
            &[],
            Act::Look(Look::Contrast, ""),
        ),
        command(
            "#i-layers",
            say("Use low rows"),
            &[],
            Act::Look(Look::Density, "compact"),
        ),
        command(
            "#i-layers",
            say("Use rows of middle height"),
            &[],
            Act::Look(Look::Density, ""),
        ),
        command(
            "#i-layers",
            say("Use high rows"),
            &[],
            Act::Look(Look::Density, "touch"),
        ),
        command("#i-globe", say("Speak German"), &[], Act::Look(Look::Language, "de")),
        command("#i-globe", say("Speak English"), &[], Act::Look(Look::Language, "en")),
    ]
}

/// What can be done with one user or group.
fn of_object(object: &Object) -> Vec<Choice> {
    let Object { entity, name } = object;
    let (id, called) = (&name.id, &name.name);
    let compare = |of| {
        Screen::Compare(CompareView {
            of,
            a: id.clone(),
            ..CompareView::default()
        })
    };
    let go = |href, text: String, screen| command(href, text, &[], Act::Go(screen));
    let copy = |text: &str, value: &str| command("#i-copy", text, &[], Act::Copy(value.to_owned()));
    match entity {
        Entity::Group => vec![
            go("#i-groups", fill("Open {0}", &[called]), group_screen(id, Tab::Members)),
            go(
                "#i-hierarchy",
                fill("Draw what is above and below {0}", &[called]),
                hierarchy_screen(id, ""),
            ),
            go(
                "#i-nest",
                fill("List what is above and below {0}", &[called]),
                group_screen(id, Tab::Hierarchy),
            ),
            go(
                "#i-check",
                fill("Check a user in {0}", &[called]),
                Screen::Check {
                    user: String::new(),
                    groups: vec![id.clone()],
                },
            ),
            go(
                "#i-compare",
                fill("Compare {0} with another group", &[called]),
                compare(Compared::Groups),
            ),
            copy(say("Copy the id"), id),
        ],
        Entity::User => vec![
            go("#i-user", fill("Open {0}", &[called]), user_screen(id)),
            go(
                "#i-check",
                fill("Check the groups of {0}", &[called]),
                Screen::Check {
                    user: id.clone(),
                    groups: Vec::new(),
                },
            ),
            go(
                "#i-compare",
                fill("Compare {0} with another user", &[called]),
                compare(Compared::Users),
            ),
            copy(say("Copy the username"), &name.detail),
            copy(say("Copy the id"), id),
        ],
    }
}

fn run(session: Session, help: Slot<bool>, act: Act) {
    match act {
        Act::Go(screen) => session.go(session.route.with_untracked(|route| route.with(screen))),
        Act::Look(look, value) => session.looks.of(look).set(value),
        Act::Shortcuts => help.set(true),
        Act::ReadAgain => session.read_again(),
        Act::CopyLink => copy_link(session),
        Act::Copy(text) => {
            let says = fill("Copied {0}.", &[&text]);
            copy_text(text, move || session.say(says));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_by_all_words() {
        let names = |typed: &str| -> Vec<String> {
            let found = matching(commands(&Keys::default()), typed);
            found.into_iter().map(|choice| choice.entry.name).collect()
        };
        assert_eq!(names("theme DARK"), ["Use the dark theme"]);
        assert_eq!(names("").len(), commands(&Keys::default()).len());
        assert!(names("nosuch").is_empty());
    }
}
