//! Beside the groups of a user: a membership check, the admin flags, the record.

use leptos::prelude::*;
use protocol::{CheckQuestion, Entity, ManagersOf, Topic, UserDetail, Verdict};

use super::{flag, side_title};
use crate::components::button::Button;
use crate::components::http::{RequestLine, Status};
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::query::identifier::IdentifierField;
use crate::components::query::identifiers::identifiers;
use crate::components::verdict::verdict_lines;
use crate::notice;
use crate::number::grouped;
use crate::pages::check::{Field, Suggesting, group_url};
use crate::pages::live::trouble;
use crate::pages::managers::managed_url;
use crate::route::Screen;
use crate::session::Session;
use crate::words::{counted, fill, say};

/// How many managed groups are named.
const NAMED: usize = 8;

/// The cards at the side.
pub fn aside(session: Session, detail: &UserDetail) -> impl IntoView + use<> {
    view! {
        <CheckCard session user=detail.user.id.clone() />
        {flags(session, detail)}
        {record(&detail.fields)}
    }
}

/// In any of these groups? The groups are in the address.
#[component]
fn CheckCard(session: Session, user: String) -> impl IntoView {
    let said = Kept::new(move || {
        session.route.with(|route| match &route.screen {
            Screen::User { groups, .. } => groups.clone(),
            _ => Vec::new(),
        })
    });
    let asked = session.ask(Topic::Check, move || {
        let groups = said.get();
        (!groups.is_empty()).then(|| CheckQuestion {
            user: user.clone(),
            groups,
        })
    });
    let problem = Kept::from(asked.problem);
    let outcome = move || match asked.answer.get() {
        _ if said.with(Vec::is_empty) => None,
        _ if problem.with(Option::is_some) => Some(trouble(session, problem)),
        Some(verdict) if said.with(|groups| is_about(asked.question.get().as_ref(), groups)) => {
            Some(outcome(verdict).into_any())
        }
        _ => None,
    };
    let field = Field::new(move || said.with(|groups| groups.join(", ")));
    let suggesting = Suggesting::new(session);
    let ask = Callback::new(move |()| {
        let mut route = session.route.get_untracked();
        if let Screen::User { groups, .. } = &mut route.screen {
            *groups = identifiers(&untrack(|| field.text()));
        }
        session.go(route);
        field.settle();
    });
    view! {
        <section class="card" data-open="" aria-labelledby="side-check">
            {side_title("side-check", say("Check membership"), None)}
            <div class="card-body">
                <div class="side-check" role="search" aria-label=say("Check membership")>
                    <IdentifierField
                        id="side-groups"
                        label=say("In any of these groups?")
                        href="#i-groups"
                        several=true
                        text=Kept::new(move || field.text())
                        options=Kept::new(move || suggesting.options(Entity::Group))
                        on_input=move |text| field.type_in(text)
                        on_want=move |text| suggesting.want(Entity::Group, text)
                        on_apply=ask
                    />
                    <Button text=say("Check") kind="primary" on_press=ask />
                </div>
                <div class="stack" role="status">{live(outcome)}</div>
            </div>
        </section>
    }
}

/// Whether an answer is to the question that is asked now; a server takes its time.
fn is_about(question: Option<&CheckQuestion>, groups: &[String]) -> bool {
    question.is_some_and(|question| question.groups == groups)
}

fn outcome(verdict: Verdict) -> impl IntoView {
    let (code, meaning) = notice::check_status(verdict.status);
    view! {
        {verdict_lines(&verdict)}
        <RequestLine request=verdict.request status=Some(Status { code, meaning: meaning.to_owned() }) stack=true />
    }
}

fn flags(session: Session, detail: &UserDetail) -> impl IntoView + use<> {
    let administrator = if detail.user.is_administrator {
        say("Yes")
    } else {
        say("No")
    };
    let count = detail.manages.len() as u64;
    let known = session
        .opened
        .with_untracked(|opened| opened.as_ref().is_some_and(|opened| opened.knows_managers));
    let manager = match count {
        _ if !known => say("Not known").to_owned(),
        0 => say("No").to_owned(),
        _ => counted("of {0} group|of {0} groups", count),
    };
    let groups = detail.manages.iter().take(NAMED).map(|group| {
        view! {
            <li data-sub="">
                <a class="cell-link" href=group_url(session)(&group.id)>{group.name.clone()}</a>
            </li>
        }
    });
    let groups = groups.collect_view();
    let more = count.saturating_sub(NAMED as u64);
    let url = managed_url(session, ManagersOf::User(detail.user.id.clone()));
    view! {
        <section class="card" aria-labelledby="side-flags">
            {side_title("side-flags", say("Admin flags"), None)}
            <ul class="flags">
                {flag("#i-shield", say("System administrator"), administrator.to_owned())}
                {flag("#i-key", say("Group manager"), manager)}
                {groups}
                {(more > 0).then(|| view! { <li data-sub="" class="muted">{fill("and {0} more", &[&grouped(more)])}</li> })}
                {(count > 0).then(|| view! { <li data-sub=""><a class="cell-link" href=url>{say("Who else manages them")}</a></li> })}
            </ul>
        </section>
    }
}

/// `2026-01-31T15:26:54Z` as `2026-01-31 15:26`; anything else as it is.
fn to_the_minute(value: &str) -> String {
    let is_moment = value.ends_with('Z') && value.get(10..11) == Some("T");
    match (is_moment, value.get(..10), value.get(11..16)) {
        (true, Some(day), Some(time)) => [day, " ", time].concat(),
        _ => value.to_owned(),
    }
}

/// What the directory says about the user, in the order of its documentation.
fn record(fields: &[(String, String)]) -> impl IntoView + use<> {
    // These stand in the header.
    let fields = fields
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "id" | "username" | "email"));
    let rows = fields.map(|(name, value)| {
        view! {
            <dt class="truncate" title=name.clone()>{name.clone()}</dt>
            <dd><span class="truncate" dir="auto" title=value.clone()>{to_the_minute(value)}</span></dd>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="card" aria-labelledby="side-record">
            {side_title("side-record", say("Record"), None)}
            <div class="card-body">
                <dl class="facts" data-record="">{rows}</dl>
            </div>
        </section>
    }
}
