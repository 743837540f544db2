//! The verdict: the answer first, then why, then each group that was asked about.

pub mod words;

use leptos::prelude::*;
use protocol::{GroupVerdict, UserRow, Verdict};

use self::words::{answer, best, relation, tally, why};
use super::icon::icon;
use super::path::{Look, path};
use super::relation::rel_mark;
use crate::words::{counted, fill, say, weave};

/// The whole verdict; `href` gives the address of a group by its id, `groups_url` is where the user's groups are.
pub fn verdict_card(verdict: &Verdict, href: &dyn Fn(&str) -> String, groups_url: String) -> impl IntoView + use<> {
    let (kind, sign) = if verdict.best.is_some() {
        ("yes", "#i-tick")
    } else {
        ("no", "#i-minus")
    };
    let drawn = best(verdict)
        .filter(|group| !group.path.is_empty())
        .map(|group| path(&verdict.user, &group.path, Look::Large, href));
    let groups = verdict.groups.iter().map(|group| each(group, href)).collect_view();
    let others = verdict
        .groups_of_user
        .filter(|_| verdict.best.is_none())
        .map(|groups| in_none(&verdict.user, groups, groups_url));
    view! {
        <div class="verdict" data-answer=kind>
            <span class="verdict-sign">{icon(sign)}</span>
            <div class="verdict-text">
                <p class="verdict-answer">{answer(verdict)}</p>
                <p class="verdict-why">{reason(verdict)}</p>
            </div>
            <div class="verdict-more">
                {drawn}
                <ul class="or-list" aria-label=say("Each group")>
                    {groups}
                    {others}
                </ul>
            </div>
        </div>
    }
}

/// The verdict in two lines, for where there is little room.
pub fn verdict_lines(verdict: &Verdict) -> impl IntoView + use<> {
    let (kind, sign) = if verdict.best.is_some() {
        ("yes", "#i-check")
    } else {
        ("no", "#i-minus")
    };
    view! {
        <p class="verdict-line" data-answer=kind>
            {icon(sign)}
            {tally(verdict)}
        </p>
        <p class="soft t12">{reason(verdict)}</p>
    }
}

/// That there is no such user, which a server would answer like a No.
pub fn verdict_unknown(text: String, code: &'static str) -> impl IntoView {
    let code = view! { <code>{code}</code> }.into_any();
    view! {
        <div class="verdict" data-answer="unknown" role="status">
            <span class="verdict-sign">{icon("#i-empty")}</span>
            <div class="verdict-text">
                <p class="verdict-answer">{say("No such user")}</p>
                <p class="verdict-why">
                    {text} " " {say("Usernames, emails and names are compared without case, ids exactly.")} " "
                    {weave("A server would answer {0}, which it also does for a No.", vec![code])}
                </p>
            </div>
        </div>
    }
}

fn reason(verdict: &Verdict) -> Vec<AnyView> {
    let piece = |(text, is_name): words::Piece| {
        if is_name {
            view! { <b>{text}</b> }.into_any()
        } else {
            text.into_any()
        }
    };
    why(verdict).into_iter().map(piece).collect()
}

fn each(group: &GroupVerdict, href: &dyn Fn(&str) -> String) -> impl IntoView + use<> {
    let mark = match (group.direct, group.inherited) {
        (true, true) => "both",
        (true, false) => "direct",
        (false, true) => "inherited",
        (false, false) => "none",
    };
    let is_no = mark == "none";
    let name = match &group.group {
        Some(found) => view! { <a class="cell-link" href=href(&found.id)>{found.name.clone()}</a> }.into_any(),
        None => view! { <span class="mono">{group.asked.clone()}</span> }.into_any(),
    };
    view! {
        <li data-no=is_no.then_some("")>
            {rel_mark(mark, "")}
            {name}
            <small>{relation(group)}</small>
        </li>
    }
}

/// Where the user is instead.
fn in_none(user: &UserRow, groups: u32, url: String) -> impl IntoView + use<> {
    let says = match groups {
        0 => fill("{0} is in no group at all.", &[&user.name]).into_any(),
        _ => {
            let link = counted("{0} other group|{0} other groups", groups.into());
            let link = view! { <a href=url>{link}</a> }.into_any();
            let name = user.name.clone().into_any();
            weave("{0} is in {1}, nested in none of them.", vec![name, link]).into_any()
        }
    };
    view! { <li><p>{says}</p></li> }
}
