//! Is this user in any of these groups? One verdict with its reason, and the request that would prove it.

pub(super) mod nearest;

use leptos::prelude::*;
use protocol::{
    CheckQuestion, Entity, EntityName, Exported, MatrixSides, Need, Problem, Shown, Subject, SuggestionQuestion, Topic,
    Verdict,
};

use self::nearest::nearest;
pub(super) use self::nearest::tags;
use super::link::copy_link;
use super::request::{is_open, request, toggle};
use crate::components::avatar::avatar;
use crate::components::button::{Button, ButtonLink};
use crate::components::http::{RequestLine, Status};
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::Empty;
use crate::components::pane::heading_to_come;
use crate::components::query::identifier::IdentifierField;
use crate::components::query::identifiers::identifiers;
use crate::components::slot::Slot;
use crate::components::verdict::words::spoken;
use crate::components::verdict::{verdict_card, verdict_unknown};
use crate::export::export_button;
use crate::notice;
use crate::number::millis;
use crate::pages::live::trouble;
use crate::pages::verify::{Verify, verification, verify_button};
use crate::route::{GroupsView, MatrixView, Route, Screen};
use crate::session::{Asked, Session, session};
use crate::words::{counted, fill, say};

/// How many suggestions a field shows.
const SUGGESTIONS: u32 = 8;

/// What is typed over what the address says; another address makes it void.
#[derive(Clone, PartialEq)]
struct Draft {
    over: String,
    text: String,
}

/// A text of the address that is being changed.
#[derive(Clone, Copy)]
pub(super) struct Field {
    said: Kept<String>,
    draft: Slot<Option<Draft>>,
}

impl Field {
    /// Of what the address says.
    pub(super) fn new(said: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self {
            said: Kept::new(said),
            draft: Slot::new(None),
        }
    }

    /// What the field shows.
    pub(super) fn text(self) -> String {
        let said = self.said.get();
        let draft = self.draft.get().filter(|draft| draft.over == said);
        draft.map_or(said, |draft| draft.text)
    }

    /// Shows what is typed.
    pub(super) fn type_in(self, text: String) {
        self.draft.set(Some(Draft {
            over: self.said.get_untracked(),
            text,
        }));
    }

    /// Shows what the address says again.
    pub(super) fn settle(self) {
        self.draft.set(None);
    }
}

/// Suggests what an identifier could be, for the field that is typed in.
#[derive(Clone, Copy)]
pub(super) struct Suggesting {
    wanted: Slot<Option<SuggestionQuestion>>,
    asked: Asked<SuggestionQuestion>,
}

impl Suggesting {
    pub(super) fn new(session: Session) -> Self {
        let wanted = Slot::new(None);
        Self {
            wanted,
            asked: session.ask(Topic::Suggestion, move || wanted.get()),
        }
    }

    pub(super) fn want(self, among: Entity, text: String) {
        self.wanted.set(Some(SuggestionQuestion {
            among,
            text,
            limit: SUGGESTIONS,
        }));
    }

    /// What is suggested for this kind of field.
    pub(super) fn options(self, kind: Entity) -> Vec<EntityName> {
        let is_mine = |question: &SuggestionQuestion| question.among == kind && !question.text.is_empty();
        match (
            self.asked
                .question
                .with(|question| question.as_ref().is_some_and(is_mine)),
            self.asked.answer.get(),
        ) {
            (true, Some(options)) => options.into_iter().map(|option| worded(kind, option)).collect(),
            _ => Vec::new(),
        }
    }
}

/// The worker tells a group's members as a bare number.
fn worded(kind: Entity, option: EntityName) -> EntityName {
    let detail = match (kind, option.detail.parse()) {
        (Entity::Group, Ok(members)) => counted("{0} member|{0} members", members),
        _ => option.detail,
    };
    EntityName { detail, ..option }
}

fn said(session: Session) -> (String, Vec<String>) {
    session.route.with(|route| match &route.screen {
        Screen::Check { user, groups } => (user.clone(), groups.clone()),
        _ => Default::default(),
    })
}

/// The address of a group by its id.
pub(super) fn group_url(session: Session) -> impl Fn(&str) -> String {
    move |id| {
        untrack(|| {
            session.url(Screen::Groups(GroupsView {
                group: Some(id.to_owned()),
                ..GroupsView::default()
            }))
        })
    }
}

/// The Check screen.
#[component]
pub fn Check() -> impl IntoView {
    let session = session();
    let said = Kept::new(move || said(session));
    let asked = session.ask(Topic::Check, move || {
        let (user, groups) = said.get();
        (!user.is_empty() && !groups.is_empty()).then_some(CheckQuestion { user, groups })
    });
    // A server takes its time: until then the last verdict is not about this.
    let verdict = Kept::new(move || {
        let is_it = |question: &Option<CheckQuestion>| {
            let asks = |question: &CheckQuestion| {
                said.with(|(user, groups)| question.user == *user && question.groups == *groups)
            };
            question.as_ref().is_some_and(asks)
        };
        asked.answer.get().filter(|_| asked.question.with(is_it))
    });
    let is_asked = move || said.with(|(user, groups)| !user.is_empty() && !groups.is_empty());
    let outcome = move || {
        if !is_asked() {
            return view! {
                <Empty size="sm" title=say("Nothing is asked yet.") text=say("Name a user and one or more groups.") />
            }
            .into_any();
        }
        match (asked.problem.get(), verdict.get()) {
            (Some(problem @ Problem::Unknown { .. }), _) => {
                verdict_unknown(notice::problem(&problem), notice::check_status(404).0).into_any()
            }
            (Some(Problem::Vendor(_)), _) => {
                let problem = Kept::from(asked.problem);
                trouble(session, problem)
            }
            (Some(problem), _) => {
                view! { <Empty size="sm" title=say("This cannot be asked.") text=notice::problem(&problem) /> }
                    .into_any()
            }
            (None, Some(verdict)) => view! { <Outcome session asked verdict /> }.into_any(),
            (None, None) => view! { <div class="entity" aria-busy="true">{heading_to_come()}</div> }.into_any(),
        }
    };
    // A region that is there before it speaks, so that a reader hears each verdict.
    let told = move || {
        let verdict = verdict
            .get()
            .filter(|_| is_asked() && asked.problem.with(Option::is_none));
        verdict.map(|verdict| spoken(&verdict))
    };
    let of_nearest = move || {
        let is_told = is_asked() && asked.problem.with(Option::is_none);
        verdict
            .get()
            .filter(|verdict| is_told && verdict.best.is_none() && !verdict.nearest.is_empty())
    };
    let copy = move |()| copy_link(session);
    let shown = Kept::new(move || {
        let (user, groups) = said.get();
        is_asked().then_some(Shown::Check(CheckQuestion { user, groups }))
    });
    let exported = move || {
        let (user, groups) = said.get();
        let is_told = asked.problem.with(Option::is_none) && verdict.with(Option::is_some);
        let users = vec![user];
        is_told
            .then_some(("", Exported::Pairs(MatrixSides { users, groups })))
            .into_iter()
            .collect()
    };
    let many = Kept::new(move || session.url(Screen::Matrix(MatrixView::default())));
    let has_request = move || is_asked() && is_open(session);
    view! {
        <header class="page-head">
            <h1>{say("Check")}</h1>
            <span class="lede">{say("Is this user in any of these groups, directly or through nesting?")}</span>
            <span class="push row">
                <span class="row actions">
                    <ButtonLink text=say("Check many") href="#i-groups" url=many />
                    {live_if(is_asked, move || toggle(session))}
                    {live_if(is_asked, move || export_button(session, exported))}
                </span>
                <Button text=say("Copy link") href="#i-link" on_press=copy />
            </span>
        </header>
        <div class="scroll">
            <div class="doc">
                <section class="card" aria-label=say("One user")>
                    <Form session said verdict />
                    {live(outcome)}
                    <p class="sr-only" role="status">{live(told)}</p>
                </section>
                {live_if(has_request, move || request(session, &[], shown))}
                {live(move || of_nearest().map(|verdict| nearest(session, &verdict)))}
            </div>
        </div>
    }
}

/// Who, and which groups.
#[component]
fn Form(session: Session, said: Kept<(String, Vec<String>)>, verdict: Kept<Option<Verdict>>) -> impl IntoView {
    let user = Field::new(move || said.with(|(user, _)| user.clone()));
    let groups = Field::new(move || said.with(|(_, groups)| groups.join(", ")));
    let suggesting = Suggesting::new(session);
    let ask = move |()| {
        let screen = Screen::Check {
            user: user.text().trim().to_owned(),
            groups: identifiers(&groups.text()),
        };
        let route = session.route.get_untracked();
        let request = route.request.clone();
        session.go(Route {
            request,
            ..route.with(screen)
        });
        user.settle();
        groups.settle();
    };
    let apply = Callback::new(move |()| untrack(|| ask(())));
    let face = move || {
        let verdict = verdict
            .get()
            .filter(|_| user.text() == said.with(|(user, _)| user.clone()));
        verdict.map(|verdict| {
            avatar(
                &verdict.user.name,
                "20",
                verdict.user.status != protocol::UserStatus::Active,
            )
        })
    };
    view! {
        <div class="check-form" role="search" aria-label=say("Check membership")>
            <IdentifierField
                id="check-user"
                label=say("User")
                href="#i-user"
                size="lg"
                lead=face
                text=Kept::new(move || user.text())
                options=Kept::new(move || suggesting.options(Entity::User))
                on_input=move |text| user.type_in(text)
                on_want=move |text| suggesting.want(Entity::User, text)
                on_apply=apply
            />
            <IdentifierField
                id="check-groups"
                label=say("Groups")
                hint=say("separated by commas. One match is enough.")
                href="#i-groups"
                size="lg"
                several=true
                text=Kept::new(move || groups.text())
                options=Kept::new(move || suggesting.options(Entity::Group))
                on_input=move |text| groups.type_in(text)
                on_want=move |text| suggesting.want(Entity::Group, text)
                on_apply=apply
            />
            <Button text=say("Check") kind="primary" size="lg" on_press=apply />
        </div>
    }
}

/// Who answered, and how long it took.
fn by_whom(session: Session, micros: u32) -> String {
    let took = millis(micros);
    session.opened.with_untracked(|opened| match opened {
        Some(opened) if opened.asks.is_some() => fill("The server answered in {0}.", &[&took]),
        _ => {
            let memberships = opened.as_ref().map_or(0, |opened| opened.memberships);
            let among = counted("{0} membership|{0} memberships", memberships);
            fill("Rollcall answered in {0} from memory, among {1}.", &[&took, &among])
        }
    })
}

/// The verdict, and the request that would prove it.
#[component]
fn Outcome(session: Session, asked: Asked<CheckQuestion>, verdict: Verdict) -> impl IntoView {
    let (code, meaning) = notice::check_status(verdict.status);
    // A list says yes and no alike.
    let other = match verdict.status {
        200 => None,
        204 => Some(notice::check_status(404)),
        _ => Some(notice::check_status(204)),
    };
    let other = other
        .map(|(code, meaning)| view! { <span class="muted">{fill("{0} would mean: {1}.", &[code, meaning])}</span> });
    let user = Screen::User {
        id: verdict.user.id.clone(),
        groups: Vec::new(),
    };
    let user_url = untrack(|| session.url(user));
    let copied = move |()| session.say(say("Copied the request as curl.").to_owned());
    let paths = untrack(|| session.asks()).filter(|asks| asks.nesting).map(|_| {
        let needs = Kept::from(Some(Problem::NeedsWhole(Need::Paths)));
        trouble(session, needs)
    });
    let verify = Verify::new(session, move || asked.question.get().map(Subject::Check));
    view! {
        {verdict_card(&verdict, &group_url(session), user_url)}
        {paths}
        <div class="proof">
            <RequestLine request=verdict.request status=Some(Status { code, meaning: meaning.to_owned() }) on_copy=copied />
            <div class="row proof-line">
                <span class="muted">{move || by_whom(session, asked.micros.get())}</span>
                {other}
                <span class="push">{verify_button(verify)}</span>
            </div>
            {verification(verify)}
        </div>
    }
}
