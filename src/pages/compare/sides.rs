//! The two sides of a comparison, and the way to change them.

use leptos::prelude::*;
use protocol::{Compared, CompletionQuestion, Entity, Problem, Topic};

use crate::components::button::IconButton;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::query::identifier::IdentifierField;
use crate::components::query::{Caret, Completed, QueryBar};
use crate::components::slot::Slot;
use crate::pages::check::{Field, Suggesting};
use crate::route::{CompareView, Screen};
use crate::session::Session;
use crate::words::say;

/// The form: two identifiers, or two queries.
pub fn sides(session: Session, view: Kept<CompareView>, problem: Slot<Option<Problem>>, of: Compared) -> impl IntoView {
    let swap = move |()| {
        change(session, false, |view| std::mem::swap(&mut view.a, &mut view.b));
    };
    let swap = move || view! { <IconButton href="#i-swap" label=say("Swap the sides") on_press=swap /> };
    match of {
        Compared::Users => named(session, view, Entity::User, swap).into_any(),
        Compared::Groups => named(session, view, Entity::Group, swap).into_any(),
        Compared::Sets => queried(session, view, problem, swap).into_any(),
    }
}

/// Changes the address. Typing replaces the entry of the history, a choice adds one.
fn change(session: Session, typed: bool, change: impl FnOnce(&mut CompareView)) {
    let mut route = session.route.get_untracked();
    if let Screen::Compare(view) = &mut route.screen {
        change(view);
    }
    if typed {
        session.replace(route);
    } else {
        session.go(route);
    }
}

fn named<S: IntoView + 'static>(
    session: Session,
    view: Kept<CompareView>,
    entity: Entity,
    swap: impl Fn() -> S + Send + 'static,
) -> impl IntoView {
    let suggesting = [Suggesting::new(session), Suggesting::new(session)];
    let typed = Slot::new(0_usize);
    let fields = [
        Field::new(move || view.with(|view| view.a.clone())),
        Field::new(move || view.with(|view| view.b.clone())),
    ];
    let apply = Callback::new(move |()| {
        let [a, b] = untrack(|| fields.map(|field| field.text().trim().to_owned()));
        change(session, false, |view| {
            view.a = a;
            view.b = b;
        });
        for field in fields {
            field.settle();
        }
    });
    let (href, labels, note) = match entity {
        Entity::User => (
            "#i-user",
            [say("User"), say("With user")],
            say("Groups, direct and inherited"),
        ),
        Entity::Group => (
            "#i-groups",
            [say("Group"), say("With group")],
            say("Members, direct and inherited"),
        ),
    };
    let field = |place: usize, id| {
        let field = fields[place];
        view! {
            <IdentifierField
                id
                label=labels[place]
                href
                size="lg"
                text=Kept::new(move || field.text())
                options=Kept::new(move || {
                    if typed.get() == place { suggesting[place].options(entity) } else { Vec::new() }
                })
                on_input=move |text| field.type_in(text)
                on_want=move |text| {
                    typed.set(place);
                    suggesting[place].want(entity, text);
                }
                on_apply=apply
            />
        }
    };
    view! {
        <div class="versus" role="search" aria-label=say("Compare")>
            {field(0, "compare-a")}
            {swap()}
            {field(1, "compare-b")}
            <span class="versus-note">{note}</span>
        </div>
    }
}

fn queried<S: IntoView + 'static>(
    session: Session,
    view: Kept<CompareView>,
    problem: Slot<Option<Problem>>,
    swap: impl Fn() -> S + Send + 'static,
) -> impl IntoView {
    let field = move |is_first: bool, id, label| {
        let parameter = if is_first { "a" } else { "b" };
        let caret = Slot::new(None::<Caret>);
        let completion = session.ask(Topic::Suggestion, move || {
            let Caret { text, caret } = caret.get()?;
            Some(CompletionQuestion { text, caret })
        });
        let completed = move || {
            let text = completion.question.get()?.text;
            let completion = completion.answer.get()?;
            Some(Completed { text, completion })
        };
        let problem = move || match problem.get() {
            Some(Problem::Query(query)) if query.parameter == parameter => Some(query),
            _ => None,
        };
        let set = move |text: String| {
            change(session, true, |view| {
                if is_first {
                    view.a = text;
                } else {
                    view.b = text;
                }
            });
        };
        let text = move || view.with(|view| if is_first { view.a.clone() } else { view.b.clone() });
        view! {
            <div class="field">
                <span class="field-label">{label}</span>
                <QueryBar
                    id
                    label
                    placeholder="memberOf = \"Finance\""
                    text=Kept::new(text)
                    problem=Kept::new(problem)
                    completed=Kept::new(completed)
                    on_input=set
                    on_apply=|()| ()
                    on_complete=move |at| caret.set(Some(at))
                />
            </div>
        }
    };
    view! {
        <div class="versus" data-wide="" role="search" aria-label=say("Compare")>
            {field(true, "compare-a", say("Users that match"))}
            {live(swap)}
            {field(false, "compare-b", say("With users that match"))}
        </div>
    }
}
