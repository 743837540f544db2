//! Usernames of the rows that are picked, also of those that are not on screen.

use leptos::prelude::*;
use protocol::{Topic, UserRow, UsersQuestion};

use super::list::List;
use crate::components::button::copy_text;
use crate::components::grid::Picked;
use crate::components::live::follow;
use crate::components::slot::Slot;
use crate::words::{counted, fill};

/// How many rows are asked for at a time: few enough for a frame.
const BLOCK: u32 = 500;
/// How many usernames go on the clipboard at the most.
const MOST: u32 = 20_000;

/// Usernames that are being gathered.
#[derive(Clone)]
struct Gathering {
    names: Vec<String>,
    left: Picked,
    question: UsersQuestion,
}

/// Makes what copies the usernames of the picked rows, and says so.
pub fn copier(list: List) -> Callback<()> {
    let session = list.session;
    let gathering = Slot::new(None::<Gathering>);
    let question = move || gathering.with(|gathering| gathering.as_ref().map(|now| now.question.clone()));
    let block = session.ask(Topic::Copy, question);
    let finish = move |names: Vec<String>| {
        let count = counted("{0} username|{0} usernames", names.len() as u64);
        copy_text(names.join("\n"), move || session.say(fill("Copied {0}.", &[&count])));
    };
    follow(move || {
        let Some(page) = block.answer.get() else {
            return;
        };
        let Some(mut now) = gathering
            .get_untracked()
            .filter(|now| now.question.offset == page.offset)
        else {
            return;
        };
        now.names.extend(page.rows.iter().map(handle));
        now.left.remove(&(page.offset..page.offset + now.question.limit));
        match next(&now.left, &now.question).filter(|_| !page.rows.is_empty()) {
            Some(question) => gathering.set(Some(Gathering { question, ..now })),
            None => {
                gathering.set(None);
                finish(now.names);
            }
        }
    });
    Callback::new(move |()| {
        let picked = list.picked.get_untracked();
        if picked.count() > MOST {
            let most = counted("{0} username|{0} usernames", MOST.into());
            return session.say(fill(
                "At most {0} fit on the clipboard. Filter the list first.",
                &[&most],
            ));
        }
        match on_page(list, &picked) {
            Some(names) => finish(names),
            None => gathering.set(begin(list, picked)),
        }
    })
}

/// The usernames, if all picked rows are on screen or near it.
fn on_page(list: List, picked: &Picked) -> Option<Vec<String>> {
    list.page.with_untracked(|page| {
        let page = page.as_ref()?;
        let rows = picked.ranges().flatten();
        rows.map(|row| page.rows.get(row.checked_sub(page.offset)? as usize).map(handle))
            .collect()
    })
}

fn begin(list: List, left: Picked) -> Option<Gathering> {
    let question = next(&left, &list.asked.question.get_untracked()?)?;
    Some(Gathering {
        names: Vec::new(),
        left,
        question,
    })
}

/// The question for the next picked rows.
fn next(left: &Picked, question: &UsersQuestion) -> Option<UsersQuestion> {
    let range = left.ranges().next()?;
    let limit = (range.end - range.start).min(BLOCK);
    Some(UsersQuestion {
        offset: range.start,
        limit,
        ..question.clone()
    })
}

/// What a user is told by where there is no username.
fn handle(row: &UserRow) -> String {
    let names = [&row.username, &row.email, &row.id];
    names
        .into_iter()
        .find(|name| !name.is_empty())
        .cloned()
        .unwrap_or_default()
}
