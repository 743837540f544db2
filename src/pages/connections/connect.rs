//! Connecting to a vendor: which system, where it is, and as whom.

use leptos::prelude::*;
use protocol::{Credentials, IDLE_MINUTES, Secret, Source, Vendor};

use super::{address, back, place_of};
use crate::components::button::Button;
use crate::components::connection::Card;
use crate::components::field::TextField;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::Notice;
use crate::components::segmented::{Segment, Segmented};
use crate::components::slot::Slot;
use crate::notice::vendor::{self, HELD, Proof, ProofKind, SYSTEMS, System};
use crate::route::Screen;
use crate::session::{Session, Test};
use crate::words::{fill, key, say};

/// Where on our own origin gateways are, which may add what proves who asks.
const GATEWAYS: &str = "/gateway/";

/// A vendor that is not in the list yet.
pub fn connect_view(session: Session) -> impl IntoView {
    let draft = Draft::new(None, false);
    let cards = SYSTEMS.iter().map(|system| {
        let checked = Kept::new(move || draft.system.get() == system);
        let choose = move |()| draft.system.set(system);
        view! { <Card group="system" title=system.name text=system.about() href=system.href checked on_choose=choose /> }
    });
    let address_problem = Kept::new(move || {
        let problem = draft.base.with(|base| address::read(base)).err();
        problem.filter(|_| draft.was_tried.get()).unwrap_or_default().to_owned()
    });
    view! {
        <header class="entity" data-edge="">
            <div class="entity-title">{back(session)} <h1>{say("Connect a directory")}</h1></div>
            <div class="entity-meta"><p>{say("Rollcall only reads. It never changes a user, a group or a membership.")}</p></div>
        </header>
        <div class="scroll">
            <div class="doc" data-pane="">
                <section class="section" aria-labelledby="system">
                    <div class="section-head"><h2 id="system">{say("System")}</h2></div>
                    <div class="systems" role="radiogroup" aria-labelledby="system">{cards.collect_view()}</div>
                </section>
                <Form session draft verb=say("Connect and read")>
                    <TextField
                        id="base"
                        label=say("Address")
                        text=draft.base
                        hint=say("The address you open the system at; or / for this companion, or the path of one of its gateways.")
                        problem=address_problem
                        example="https://"
                        mono=true
                        wide=true
                    />
                    <TextField
                        id="name"
                        label=say("Name")
                        text=draft.name
                        hint=say("What the list calls it. Name and address are kept in this browser, secrets are not.")
                        wide=true
                    />
                </Form>
            </div>
        </div>
    }
}

/// What can be done with a vendor.
const MODES: [(bool, &str, &str); 2] = [
    (
        false,
        key("Read everything"),
        key("Every list once, into this tab. Then each answer comes at once, with its reason."),
    ),
    (
        true,
        key("Ask the server instead"),
        key("Nothing is read ahead. Each screen asks for its own page: for a directory beyond a browser."),
    ),
];

/// What is typed into the form, gone with it. Copies share it.
#[derive(Clone, Copy)]
pub struct Draft {
    /// Whether the server is to be asked instead of being read.
    live: Slot<bool>,
    system: Slot<&'static System>,
    base: Slot<String>,
    name: Slot<String>,
    proof: Slot<&'static str>,
    id: Slot<String>,
    secret: Slot<String>,
    /// Whether it was sent while something was missing: only then is that said.
    was_tried: Slot<bool>,
}

impl Draft {
    /// A form for a vendor whose address is known, or for a new one; `live` is what is chosen at first.
    #[must_use]
    pub fn new(vendor: Option<&Vendor>, live: bool) -> Self {
        let system = vendor.and_then(|vendor| vendor::system(&vendor.system));
        let base = vendor.map(|vendor| {
            if vendor.base.is_empty() {
                "/"
            } else {
                vendor.base.as_str()
            }
        });
        Self {
            live: Slot::new(live),
            system: Slot::new(system.unwrap_or(&SYSTEMS[0])),
            base: Slot::new(base.unwrap_or_default().to_owned()),
            name: Slot::new(vendor.map(|vendor| vendor.name.clone()).unwrap_or_default()),
            proof: Slot::new(""),
            id: Slot::new(String::new()),
            secret: Slot::new(String::new()),
            was_tried: Slot::new(false),
        }
    }

    /// The ways to prove who one is, the likeliest first.
    fn proofs(self) -> Vec<Proof> {
        let mut proofs = self.system.get().proofs().to_vec();
        self.base.with(|base| {
            if base.starts_with(GATEWAYS) {
                proofs.insert(0, HELD);
            }
        });
        proofs
    }

    fn proof(self) -> Proof {
        let proofs = self.proofs();
        let chosen = proofs.iter().find(|proof| proof.name == self.proof.get());
        *chosen.or(proofs.first()).unwrap_or(&HELD)
    }

    fn vendor(self) -> Option<Vendor> {
        let base = self.base.with(|base| address::read(base)).ok()?;
        let system = self.system.get();
        let name = self.name.with(|name| name.trim().to_owned());
        Some(Vendor {
            system: system.key.to_owned(),
            name: if name.is_empty() { system.name.to_owned() } else { name },
            base,
        })
    }

    fn credentials(self) -> Option<Credentials> {
        let proof = self.proof();
        let (id, secret) = (self.id.get().trim().to_owned(), self.secret.get().trim().to_owned());
        let lacks = (!proof.id.is_empty() && id.is_empty()) || (!proof.secret.is_empty() && secret.is_empty());
        if lacks {
            return None;
        }
        let secret = Secret(secret);
        Some(match proof.kind {
            ProofKind::Client => Credentials::Client { id, secret },
            ProofKind::Key => Credentials::Key { key: id, secret },
            ProofKind::Token => Credentials::Token(secret),
            ProofKind::Held => Credentials::Held,
        })
    }

    /// Whom to ask as whom, once all of that was typed.
    fn whole(self) -> Option<(Vendor, Credentials)> {
        let whole = self.vendor().zip(self.credentials());
        self.was_tried.set(whole.is_none());
        whole
    }
}

/// As whom to ask, what a test found, and the way to read; children are the fields before.
#[component]
pub fn Form(
    session: Session,
    draft: Draft,
    verb: &'static str,
    /// Whether the way is given, so that there is no choice of it.
    #[prop(optional)]
    is_fixed: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let read = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some((vendor, credentials)) = untrack(move || draft.whole()) {
            let source = if draft.live.get_untracked() {
                Source::Live(vendor)
            } else {
                Source::Vendor(vendor)
            };
            let place = place_of(&source);
            session.connect(source, credentials);
            session.go(session
                .route
                .with_untracked(|route| route.with(Screen::Connections(place))));
        }
    };
    let test = move |()| {
        if let Some((vendor, credentials)) = untrack(move || draft.whole()) {
            session.test(&vendor, credentials);
        }
    };
    let proof = Kept::new(move || draft.proof().name);
    let segments = Kept::new(move || {
        let segment = |proof: Proof| Segment {
            value: proof.name,
            text: say(proof.name),
            ..Segment::default()
        };
        draft.proofs().into_iter().map(segment).collect::<Vec<_>>()
    });
    let choice = move || {
        view! {
            <div class="field" data-wide="">
                <Segmented label=say("Sign in with") segments chosen=proof on_choose=move |name| draft.proof.set(name) />
            </div>
        }
    };
    let is_missing = move |text: Slot<String>| draft.was_tried.get() && text.with(|text| text.trim().is_empty());
    let missing = move |text: Slot<String>| {
        Kept::new(move || if is_missing(text) { say("This is needed.") } else { "" }.to_owned())
    };
    let id = move || {
        let label = Kept::new(move || say(draft.proof().id).to_owned());
        view! { <TextField id="proof-id" label text=draft.id problem=missing(draft.id) mono=true /> }
    };
    let secret = move || {
        let label = Kept::new(move || say(draft.proof().secret).to_owned());
        view! { <TextField id="proof-secret" label text=draft.secret problem=missing(draft.secret) mono=true secret=true /> }
    };
    view! {
        <form class="form" novalidate on:submit=read>
            {live(move || session.test.get().map(|test| tested(session, &test)))}
            <div class="form-grid">
                {children.map(|children| children())}
                {live_if(move || segments.with(|segments| segments.len() > 1), choice)}
                {live_if(move || !draft.proof().id.is_empty(), id)}
                {live_if(move || !draft.proof().secret.is_empty(), secret)}
                <p class="field-hint" data-wide="">{live(move || say(draft.proof().hint))}</p>
                {live_if(move || !draft.proof().secret.is_empty(), forgotten)}
                {(!is_fixed).then(|| modes(draft))}
            </div>
            <div class="form-actions">
                <button type="submit" class="button" data-kind="primary" data-size="lg">
                    <span>{live(move || if draft.live.get() { say("Connect and ask") } else { verb })}</span>
                </button>
                <Button text=say("Test only") size="lg" on_press=test />
            </div>
        </form>
    }
}

/// How long a secret is known.
fn forgotten() -> impl IntoView {
    let text = fill(
        "Secrets stay in the memory of this tab, and are forgotten when you sign out or when nothing is asked for {0} minutes.",
        &[&IDLE_MINUTES.to_string()],
    );
    view! { <p class="field-hint" data-wide="">{text}</p> }
}

/// To read it all, or to ask for what is on screen.
fn modes(draft: Draft) -> impl IntoView {
    let cards = MODES.map(|(is_live, title, text)| {
        let checked = Kept::new(move || draft.live.get() == is_live);
        let choose = move |()| draft.live.set(is_live);
        view! { <Card group="mode" title=say(title) text=say(text) checked on_choose=choose /> }
    });
    view! {
        <div class="systems" data-wide="" role="radiogroup" aria-label=say("What to do with it")>
            {cards.into_iter().collect_view()}
        </div>
    }
}

fn tested(session: Session, test: &Test) -> AnyView {
    match test {
        Test::Runs(vendor) => view! {
            <Notice
                title=fill("Asking {0}.", &[&vendor::place(vendor)])
                text=say("For the first page of each list; nothing is kept.")
            >
                <Button text=say("Stop") href="#i-x" on_press=move |()| session.stop_reading() />
            </Notice>
        }
        .into_any(),
        Test::Done(found) => {
            let told = vendor::tested(found);
            view! { <Notice title=told.title text=told.text tone=told.tone /> }.into_any()
        }
    }
}
