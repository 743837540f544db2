//! Thousands of arbitrary requests on arbitrary directories, answered by the core and by a second reading of the
//! documentation that loops over everything, asks nothing of the core and knows none of its shortcuts.
//!
//! Only what the documentation says is compared; `PROPTEST_CASES` asks for more.

mod ask;
mod asks_of_passbolt;
mod asks_of_tulip;
mod calendar;
mod compare;
mod contensis;
mod evaluate;
mod facts;
mod field;
mod model;
mod passbolt;
mod phrase;
mod speech;
mod spelling;
mod tulip;
mod url;
mod world;
mod zenql;

use membership::directory::Directory;
use membership::entity::UserIndex;
use membership::json::DirectoryReader;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use provider::answer::{self, Call, Response};
use serde_json::Value;

use compare::Difference;
use contensis::Caller;
use facts::{NOWS, facts};
use field::Subject;
use model::Facts;
use spelling::Spelling;
use world::World;

/// One directory as both sides see it, and the time.
struct Bench {
    facts: Facts,
    world: World,
    directory: Directory,
    now: i64,
}

impl Bench {
    fn new(facts: Facts, now: i64) -> Self {
        let mut reader = DirectoryReader::new();
        reader
            .push(facts.to_json().as_bytes())
            .expect("the file is a directory");
        let directory = reader.finish(&mut |_, _| {}).expect("the file is whole");
        Self {
            world: World::new(&facts),
            facts,
            directory,
            now,
        }
    }

    fn answer(&self, method: &str, url: &str, caller: Caller) -> Response {
        let caller = match caller {
            Caller::Nobody => answer::Caller::Nobody,
            Caller::Administrator => answer::Caller::Administrator,
            Caller::User(row) => answer::Caller::User(UserIndex::new(row as u32)),
        };
        let call = Call {
            method,
            url,
            caller,
            now: self.now,
        };
        answer::answer(&self.directory, &call)
    }

    /// Fails with all that is needed to ask again.
    fn judge(
        &self,
        method: &str,
        url: &str,
        caller: Caller,
        judged: Result<(), Difference>,
    ) -> Result<(), TestCaseError> {
        judged.map_err(|difference| {
            let (file, now) = (self.facts.to_json(), calendar::written(self.now));
            let request = format!("{method} {url}\n  by {caller:?} at {now}");
            TestCaseError::fail(format!("{request}\n  of {file}\n  {difference}"))
        })
    }
}

proptest! {
    #[test]
    fn contensis_is_answered_as_documented(facts in facts(), now in select(&NOWS[..]), asks in vec(ask::asks(), 1..24)) {
        let bench = Bench::new(facts, now);
        for ask in asks {
            let (method, url) = (ask.method(), ask.url(&bench.facts, &bench.world));
            let caller = ask.asking.caller(&bench.world);
            let expected = contensis::answer(&bench.world, &url, caller, now);
            let got = bench.answer(method, &url, caller);
            bench.judge(method, &url, caller, compare::contensis(&expected, &got, method, &url))?;
        }
    }

    /// Asked of everyone and of all groups, so that whatever a query means makes a difference.
    #[test]
    fn queries_find_what_they_should(
        facts in facts(),
        now in select(&NOWS[..]),
        queries in vec((phrase::sentences(Subject::Users), phrase::sentences(Subject::Groups)), 1..16),
    ) {
        let bench = Bench::new(facts, now);
        for (of_users, of_groups) in queries {
            for (list, sentence) in [("users", of_users), ("groups", of_groups)] {
                let query = Spelling::new(0).value(&sentence.text(&bench.facts));
                let url = format!("/api/security/{list}?zenQL={query}");
                let expected = contensis::answer(&bench.world, &url, Caller::Administrator, now);
                let got = bench.answer("GET", &url, Caller::Administrator);
                let judged = compare::contensis(&expected, &got, "GET", &url);
                bench.judge("GET", &url, Caller::Administrator, judged)?;
            }
        }
    }

    #[test]
    fn tulip_is_answered_as_documented(facts in facts(), asks in vec(asks_of_tulip::asks(), 1..24)) {
        let bench = Bench::new(facts, NOWS[0]);
        for ask in asks {
            let (url, caller) = (ask.url(&bench.facts), ask.asking.caller(&bench.world));
            let expected = tulip::answer(&bench.world, &url, caller);
            let got = bench.answer("GET", &url, caller);
            bench.judge("GET", &url, caller, compare::tulip(&expected, &got, &url))?;
        }
    }

    #[test]
    fn passbolt_is_answered_as_documented(facts in facts(), asks in vec(asks_of_passbolt::asks(), 1..24)) {
        let bench = Bench::new(facts, NOWS[0]);
        let roles = bench.answer("GET", "/roles.json", Caller::Administrator).body.unwrap_or_default();
        let roles = serde_json::from_str::<Value>(&roles).unwrap_or_default();
        for ask in asks {
            let (url, caller) = (ask.url(&bench.facts), ask.asking.caller(&bench.world));
            let expected = passbolt::answer(&bench.world, &url, caller);
            let got = bench.answer("GET", &url, caller);
            let judged = compare::passbolt(&expected, &got, (&url, bench.now, &roles["body"]));
            bench.judge("GET", &url, caller, judged)?;
        }
    }
}

/// A query at the end of what is allowed, and one step beyond.
#[test]
fn queries_end_where_documented() {
    let user = model::User {
        id: "1".to_owned(),
        username: Some("ada".to_owned()),
        ..model::User::default()
    };
    let facts = Facts {
        users: vec![user],
        ..Facts::default()
    };
    let bench = Bench::new(facts, NOWS[0]);
    let ada = "username = ada";
    let deep = |depth: usize| format!("{}{ada}{}", "(".repeat(depth), ")".repeat(depth));
    let both = |depth: usize| format!("{}{ada}{}", "NOT (".repeat(depth), ")".repeat(depth));
    let long = |bytes: usize| format!("{ada}{}", " ".repeat(bytes - ada.len()));
    let chain = vec![ada; 3_000].join(" OR ");
    let queries = [
        (200, deep(256)),
        (400, deep(257)),
        (200, "NOT ".repeat(256) + ada),
        (400, "NOT ".repeat(257) + ada),
        (200, both(128)),
        (400, both(129)),
        (400, deep(10_000)),
        (200, long(65_536)),
        (400, long(65_537)),
        (200, chain),
    ];
    for (status, query) in queries {
        let url = format!("/api/security/users?zenQL={}", query.replace(' ', "+"));
        let expected = contensis::answer(&bench.world, &url, Caller::Administrator, bench.now);
        assert_eq!(expected.status(), status, "{query:.40}");
        let got = bench.answer("GET", &url, Caller::Administrator);
        assert_eq!(compare::contensis(&expected, &got, "GET", &url), Ok(()), "{query:.40}");
    }
}
