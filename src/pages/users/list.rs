//! What the list of all users and the list of a group's members share: the question, its answer, and what it is asked
//! with.

use protocol::{CompletionQuestion, Exported, Problem, QueryProblem, Topic, UsersPage, UsersQuestion};

use crate::components::grid::{BLOCK, Picked};
use crate::components::kept::Kept;
use crate::components::query::{Caret, Completed};
use crate::components::slot::Slot;
use crate::export::Offers;
use crate::route::{Screen, UsersView};
use crate::session::{Asked, Session};

/// Among whom one looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    /// The members of this group; all users without one.
    pub group: Option<String>,
    /// Members through nesting too.
    pub include_inherited: bool,
    /// Nobody who is a member of these.
    pub excluded_groups: Vec<String>,
}

/// A list of users on screen. Copies share it.
#[derive(Clone, Copy)]
pub struct List {
    /// The session.
    pub session: Session,
    /// What is asked, and what was answered.
    pub asked: Asked<UsersQuestion>,
    /// The rows that answer what is asked of this scope; none before the first answer.
    pub page: Kept<Option<UsersPage>>,
    /// Which users are asked for, as the address has it.
    pub view: Kept<UsersView>,
    /// Among whom.
    pub scope: Kept<Scope>,
    /// The rows that are picked.
    pub picked: Slot<Picked>,
    window: Slot<Window>,
    caret: Slot<Option<Caret>>,
    completion: Asked<CompletionQuestion>,
}

/// Which rows of which list are needed: another list begins with its first ones.
#[derive(Clone, Default, PartialEq)]
struct Window {
    scope: Scope,
    view: UsersView,
    offset: u32,
    limit: u32,
}

impl List {
    /// Asks for the users of a scope, and for another page whenever the address or the window changes.
    #[must_use]
    pub fn new(session: Session, scope: Kept<Scope>) -> Self {
        let view = Kept::new(move || {
            session.route.with(|route| match &route.screen {
                Screen::Users(view) => view.clone(),
                Screen::Groups(view) => view.users.clone(),
                _ => UsersView::default(),
            })
        });
        let window = Slot::new(Window::default());
        let question = Kept::new(move || question(&scope.get(), &view.get(), &window.get()));
        // Before a group is known nobody is asked for.
        let asked = session.ask(Topic::Users, move || {
            Some(question.get()).filter(|question| question.group.as_deref() != Some(""))
        });
        let page = Kept::new(move || {
            let group = scope.get().group;
            let answered = asked
                .question
                .with(|question| question.as_ref().is_some_and(|question| question.group == group));
            asked.answer.get().filter(|_| answered)
        });
        let caret = Slot::new(None::<Caret>);
        let completion = session.ask(Topic::Completion, move || {
            caret
                .get()
                .map(|Caret { text, caret }| CompletionQuestion { text, caret })
        });
        Self {
            session,
            asked,
            page,
            view,
            scope,
            picked: Slot::new(Picked::default()),
            window,
            caret,
            completion,
        }
    }

    /// These rows are needed.
    pub fn want(self, (offset, limit): (u32, u32)) {
        let (scope, view) = (self.scope.get_untracked(), self.view.get_untracked());
        self.window.set(Window {
            scope,
            view,
            offset,
            limit,
        });
    }

    /// The question without its window: what the rows on screen answer.
    #[must_use]
    pub fn subject(self) -> String {
        self.asked.question.with(|question| match question {
            Some(asked) => {
                let flag = if asked.include_inherited { "all" } else { "direct" };
                let group = asked.group.as_deref().unwrap_or_default();
                [
                    group,
                    flag,
                    &asked.excluded_groups.join(","),
                    &asked.zenql,
                    &asked.q,
                    &asked.order,
                ]
                .join("\n")
            }
            None => String::new(),
        })
    }

    /// The query that the rows on screen answer.
    #[must_use]
    pub fn answered(self) -> String {
        let asked = self.asked.question;
        asked.with(|asked| asked.as_ref().map(|asked| asked.zenql.clone()).unwrap_or_default())
    }

    /// Whether the rows on screen answer an older question, because the newest cannot be answered.
    #[must_use]
    pub fn is_stale(self) -> bool {
        self.asked.problem.with(Option::is_some) && self.page.with(Option::is_some)
    }

    /// The whole list as a file; nothing while the rows on screen answer an older question.
    #[must_use]
    pub fn exported(self) -> Offers {
        let is_there = self.page.with(Option::is_some) && self.asked.problem.with(Option::is_none);
        let question = question(&self.scope.get(), &self.view.get(), &Window::default());
        is_there
            .then_some(("", Exported::Users(question)))
            .into_iter()
            .collect()
    }

    /// What is wrong with the query.
    #[must_use]
    pub fn query_problem(self) -> Option<QueryProblem> {
        self.asked.problem.with(|problem| match problem {
            Some(Problem::Query(problem)) if problem.parameter == "zenQL" => Some(problem.clone()),
            _ => None,
        })
    }

    /// What could stand at the caret.
    #[must_use]
    pub fn completed(self) -> Option<Completed> {
        let text = self.completion.question.get()?.text;
        let completion = self.completion.answer.get()?;
        Some(Completed { text, completion })
    }

    /// A completion is wanted here.
    pub fn complete(self, caret: Caret) {
        self.caret.set(Some(caret));
    }

    /// Asks for other users. Typing replaces the entry of the history, a choice adds one.
    pub fn set(self, typed: bool, change: impl FnOnce(&mut UsersView)) {
        let mut route = self.session.route.get_untracked();
        match &mut route.screen {
            Screen::Users(view) => change(view),
            Screen::Groups(view) => change(&mut view.users),
            _ => return,
        }
        if typed {
            self.session.replace(route);
        } else {
            self.session.go(route);
        }
    }
}

fn question(scope: &Scope, view: &UsersView, window: &Window) -> UsersQuestion {
    let fits = window.limit > 0 && window.scope == *scope && window.view == *view;
    let (offset, limit) = if fits {
        (window.offset, window.limit)
    } else {
        (0, BLOCK)
    };
    UsersQuestion {
        group: scope.group.clone(),
        include_inherited: scope.include_inherited,
        excluded_groups: scope.excluded_groups.clone(),
        zenql: view.zenql.clone(),
        q: view.q.clone(),
        order: view.order.clone(),
        offset,
        limit,
    }
}
