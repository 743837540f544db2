//! The request that would prove an answer: method, address, status, and the command to copy.

pub mod command;

use leptos::prelude::*;
use protocol::HttpRequest;

use self::command::{Proof, curl};
use super::button::{Button, copy_text};
use crate::words::say;

/// What a server would answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The code with its words, such as `204 No Content`.
    pub code: &'static str,
    /// What that means here, or how long it took.
    pub meaning: String,
}

/// A request in one line, or stacked where there is little room.
#[component]
pub fn RequestLine(
    /// The request.
    request: HttpRequest,
    /// What it would answer, where that is known.
    #[prop(optional_no_strip)]
    status: Option<Status>,
    /// How long the answer took, where there was one.
    #[prop(optional, into)]
    took: String,
    /// One part below the other.
    #[prop(optional)]
    stack: bool,
    /// There is a button that copies the command, and it was pressed.
    #[prop(optional, into)]
    on_copy: Option<Callback<()>>,
) -> impl IntoView {
    let HttpRequest { method, url } = request;
    let command = curl(&method, "", &url, Proof::Token);
    let answer = status.map(|status| {
        let class = status.code.get(..1).unwrap_or_default();
        let parts = [status.meaning, took];
        let said = parts
            .iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" · ");
        view! {
            <span class="http-status" data-code=class>
                {status.code}
                <small>{said}</small>
            </span>
        }
    });
    let button = on_copy.map(|on_copy| {
        let copy = move |()| copy_text(command.clone(), move || on_copy.run(()));
        view! { <Button text=say("Copy as curl") href="#i-copy" kind="quiet" size="sm" on_press=copy /> }
    });
    view! {
        <div class="http" data-stack=stack.then_some("")>
            <span class="http-method">{method}</span>
            // What scrolls has to be within reach of the keyboard.
            <span class="http-url" tabindex=(!stack).then_some("0")>{address(&url)}</span>
            {answer}
            {button}
        </div>
    }
}

/// The address, with what stands for an object or a value in full ink, and places where it may break.
fn address(url: &str) -> Vec<AnyView> {
    parts(url)
        .into_iter()
        .map(|(part, is_value)| {
            if is_value {
                view! { <b>{part.to_owned()}</b><wbr /> }.into_any()
            } else {
                view! { {part.to_owned()}<wbr /> }.into_any()
            }
        })
        .collect()
}

/// Cuts an address at its separators; the second word says whether a part is a value: what follows a collection in the
/// path, or an equals sign in the query.
fn parts(url: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let mut before = "";
    for part in url.split_inclusive(['/', '?', '&', '=', ',']) {
        let bare = part.trim_end_matches(['/', '?', '&', '=', ',']);
        let separator = &part[bare.len()..];
        let names_value = matches!(before, "users/" | "groups/") || before.ends_with('=');
        let goes_on = before.ends_with(',') && parts.last().is_some_and(|(_, is_value)| *is_value);
        let is_value = (names_value || goes_on) && !bare.is_empty();
        if is_value && separator != "," {
            parts.push((bare, true));
            parts.push((separator, false));
        } else {
            parts.push((part, is_value));
        }
        before = part;
    }
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(url: &str) -> String {
        let whole: String = parts(url).iter().map(|(part, _)| *part).collect();
        assert_eq!(whole, url);
        parts(url)
            .into_iter()
            .filter(|(_, is_value)| *is_value)
            .map(|(part, _)| part)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn values_stand_out() {
        assert_eq!(values("/api/security/users/ada/groups/eng,ops"), "ada eng, ops");
        assert_eq!(
            values("/api/security/users?zenQL=a%20~%20b&pageSize=25"),
            "a%20~%20b 25"
        );
        assert_eq!(values("/api/security/groups/g1/users"), "g1");
        assert_eq!(values("/api/security/groups"), "");
    }
}
