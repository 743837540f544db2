//! A vendor's server without a network: the documented endpoints answered from a directory, and faults as they are wanted.

use std::cell::{Cell, RefCell};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use engine::live::server::Wire;
use membership::directory::Directory;
use membership::sample::Sample;
use protocol::Standing;
use provider::answer::{Call, Caller, answer};
use provider::connection::{Connection, Credentials, Incoming, Outgoing, Secret, System};
use provider::load::{Load, Next};

const BASE: &str = "https://vendor.example.com";

/// A connection with a token that was pasted.
pub fn connection(system: System) -> Connection {
    Connection {
        system,
        base: BASE.to_owned(),
        credentials: Credentials::Token(Secret::new("t0k3n")),
    }
}

/// A connection with a client's secret, which is exchanged for tokens.
pub fn client() -> Connection {
    Connection {
        credentials: Credentials::Client {
            id: "app".to_owned(),
            secret: Secret::new("hush"),
        },
        ..connection(System::Contensis)
    }
}

/// The sample with so many users.
pub fn sample(users: u32) -> Directory {
    let mut sample = Sample::new(users, 1);
    while sample.step(1_000).is_ok_and(|progress| progress.done < progress.total) {}
    sample.finish(&mut |_, _| {}).expect("the sample can be held")
}

/// Everything that the server has, read as the console reads it.
pub fn read_whole(system: System, fake: &Fake) -> Directory {
    let mut load = Load::new(connection(system), 1);
    loop {
        match load.next(0) {
            Next::Send(number, request) => load.answered(number, Some(&fake.answer(&request)), 0, 0.5),
            Next::Done => break,
            next => panic!("{next:?}"),
        }
    }
    let (directory, incidents) = load.finish(&mut |_, _| {}).expect("it can be held");
    assert!(incidents.is_empty(), "{incidents:?}");
    directory
}

/// Waits for what needs no other task to go on.
pub fn wait<T>(doing: impl Future<Output = T>) -> T {
    let mut doing = pin!(doing);
    for _ in 0..100_000 {
        if let Some(value) = poll(doing.as_mut()) {
            return value;
        }
    }
    panic!("it waits for ever")
}

/// What it came to, if it has.
pub fn poll<T>(doing: Pin<&mut impl Future<Output = T>>) -> Option<T> {
    match doing.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// The server, and what it saw.
pub struct Fake {
    directory: Directory,
    log: RefCell<Vec<String>>,
    told: RefCell<Vec<Standing>>,
    now: Cell<i64>,
    rested: Cell<i64>,
    out: Rc<Cell<usize>>,
    most_out: Cell<usize>,
    /// How many requests fail still, and how.
    failing: Cell<(u32, u16)>,
    retry_after: RefCell<Option<String>>,
    hangs: Cell<bool>,
    /// The most rows of a page, whatever is asked for.
    largest: Cell<Option<u32>>,
    /// Whether lists tell how many rows they have, and whether they come in pages.
    tells_totals: Cell<bool>,
    has_pages: Cell<bool>,
    /// An item that comes without its id.
    spoils: RefCell<Option<String>>,
    /// The token that is good, where one has to be exchanged; none is given out once they are refused.
    tokens: Cell<Option<u32>>,
    refuses: Cell<bool>,
    given: Cell<u32>,
}

/// A request that is out, until this is dropped.
struct Out(Rc<Cell<usize>>);

impl Drop for Out {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

impl Fake {
    pub fn new(directory: Directory) -> Self {
        Self {
            directory,
            log: RefCell::default(),
            told: RefCell::default(),
            now: Cell::new(1_000_000),
            rested: Cell::new(0),
            out: Rc::default(),
            most_out: Cell::new(0),
            failing: Cell::new((0, 0)),
            retry_after: RefCell::default(),
            hangs: Cell::new(false),
            largest: Cell::new(None),
            tells_totals: Cell::new(true),
            has_pages: Cell::new(true),
            spoils: RefCell::default(),
            tokens: Cell::new(None),
            refuses: Cell::new(false),
            given: Cell::new(0),
        }
    }

    /// Answers nobody without a token that it gave out itself.
    pub fn with_tokens(self) -> Self {
        self.tokens.set(Some(0));
        self
    }

    /// The next so many requests fail so.
    pub fn fail(&self, times: u32, status: u16, retry_after: Option<&str>) {
        self.failing.set((times, status));
        *self.retry_after.borrow_mut() = retry_after.map(str::to_owned);
    }

    /// Gives so many rows of a list at once and no more.
    pub fn limit(&self, rows: u32) {
        self.largest.set(Some(rows));
    }

    /// Tells no more how many rows a list has.
    pub fn hide_totals(&self) {
        self.tells_totals.set(false);
    }

    /// Gives all of a list whatever page is asked for.
    pub fn ignore_pages(&self) {
        self.has_pages.set(false);
    }

    /// Leaves out the id of an item.
    pub fn spoil(&self, id: &str) {
        *self.spoils.borrow_mut() = Some(format!("\"id\":\"{id}\""));
    }

    /// Never answers again.
    pub fn hang(&self) {
        self.hangs.set(true);
    }

    /// No token that was given out is good any more.
    pub fn end_tokens(&self) {
        self.tokens.set(Some(u32::MAX));
    }

    /// Nor is any that is to come.
    pub fn refuse_tokens(&self) {
        self.refuses.set(true);
        self.end_tokens();
    }

    /// Those that are to come are good again.
    pub fn accept_tokens(&self) {
        self.refuses.set(false);
    }

    /// How many tokens were given out.
    pub fn tokens(&self) -> u32 {
        self.given.get()
    }

    /// Every request, in the order of asking.
    pub fn log(&self) -> Vec<String> {
        self.log.borrow().clone()
    }

    /// Forgets what was asked.
    pub fn forget(&self) {
        self.log.borrow_mut().clear();
    }

    /// How the server stood, as it was told.
    pub fn told(&self) -> Vec<Standing> {
        self.told.borrow().clone()
    }

    /// For how long it was left alone, in milliseconds.
    pub fn rested(&self) -> i64 {
        self.rested.get()
    }

    /// Requests that are out.
    pub fn out(&self) -> usize {
        self.out.get()
    }

    /// The most that were out at once.
    pub fn most_out(&self) -> usize {
        self.most_out.get()
    }

    /// The answer to a request.
    pub fn answer(&self, request: &Outgoing) -> Incoming {
        self.log.borrow_mut().push(request.url.clone());
        let (times, status) = self.failing.get();
        if times > 0 {
            self.failing.set((times - 1, status));
            return Incoming {
                status,
                retry_after: self.retry_after.borrow().clone(),
                ..Incoming::default()
            };
        }
        if request.method == "POST" {
            return self.token();
        }
        let bearer = request.headers.iter().find(|(name, _)| *name == "Authorization");
        let is_good = |good: u32| {
            !self.refuses.get() && bearer.is_some_and(|(_, sent)| sent.reveal() == format!("Bearer {good}"))
        };
        if self.tokens.get().is_some_and(|good| !is_good(good)) {
            return Incoming {
                status: 401,
                ..Incoming::default()
            };
        }
        let mut url = request
            .url
            .strip_prefix(BASE)
            .expect("nothing is sent elsewhere")
            .to_owned();
        if let (Some(most), Some((before, size))) = (self.largest.get(), url.clone().rsplit_once("pageSize=")) {
            let (size, after) = size.split_at(size.find('&').unwrap_or(size.len()));
            let size: u32 = size.parse().expect("a number of rows");
            url = format!("{before}pageSize={}{after}", size.min(most));
        }
        if !self.has_pages.get() {
            let (path, query) = url.split_once('?').unwrap_or((&url, ""));
            let is_paging = |part: &&str| part.starts_with("limit=") || part.starts_with("page=");
            let rest: Vec<&str> = query.split('&').filter(|part| !is_paging(part)).collect();
            url = [path, "?", &rest.join("&")].concat();
        }
        let response = answer(
            &self.directory,
            &Call {
                method: request.method,
                url: &url,
                caller: Caller::Administrator,
                now: 0,
            },
        );
        let mut body = response.body.unwrap_or_default();
        if !self.tells_totals.get() {
            for total in ["\"totalCount\"", "\"pageCount\"", "\"count\""] {
                body = body.replace(total, "\"hidden\"");
            }
        }
        if let Some(id) = &*self.spoils.borrow() {
            body = body.replace(id, "\"id\":null");
        }
        Incoming {
            status: response.status,
            body: body.into_bytes(),
            ..Incoming::default()
        }
    }

    fn token(&self) -> Incoming {
        let next = self.given.get() + 1;
        self.given.set(next);
        self.tokens.set(Some(next));
        Incoming {
            status: 200,
            body: format!("{{\"access_token\": \"{next}\", \"expires_in\": 3600}}").into_bytes(),
            ..Incoming::default()
        }
    }
}

/// The way to a server.
pub struct Way(pub Rc<Fake>);

impl Wire for Way {
    fn send(&self, request: Outgoing) -> Pin<Box<dyn Future<Output = Option<Incoming>>>> {
        let fake = Rc::clone(&self.0);
        Box::pin(async move {
            fake.out.set(fake.out.get() + 1);
            let _out = Out(Rc::clone(&fake.out));
            fake.most_out.set(fake.most_out.get().max(fake.out.get()));
            // Others go out before this is answered.
            let mut waited = false;
            std::future::poll_fn(|_| match std::mem::replace(&mut waited, true) && !fake.hangs.get() {
                true => Poll::Ready(()),
                false => Poll::Pending,
            })
            .await;
            Some(fake.answer(&request))
        })
    }

    fn sleep(&self, millis: i64) -> Pin<Box<dyn Future<Output = ()>>> {
        self.0.now.set(self.0.now.get() + millis);
        self.0.rested.set(self.0.rested.get() + millis);
        Box::pin(std::future::ready(()))
    }

    fn now(&self) -> i64 {
        self.0.now.get()
    }

    fn chance(&self) -> f64 {
        0.5
    }

    fn stands(&self, standing: Standing) {
        self.0.told.borrow_mut().push(standing);
    }
}
