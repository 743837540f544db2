//! Reading a directory a piece at a time, so that progress is told and a stop is heard.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Date, Promise, Uint8Array};
use membership::directory::Counts;
use membership::json::{DirectoryReader, JsonError};
use membership::sample::{DEFAULT_SEED, Sample};
use protocol::{ExcerptLine, FileError, FromWorker, Opened, Problem, Progress, Source, Stage, Vendor};
use provider::connection::Credentials;
use provider::load::{self, Load};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, File};

use crate::chunk;
use crate::clock::steady;
use crate::desk::Desk;
use crate::keep::{Folder, FromKept};
use crate::queue::Waiting;
use crate::vendor::{self, End, Wish, Wishes};

/// Bytes of a file that are read in one go.
const PIECE: f64 = 1_048_576.0;
/// Users of the sample that are made in one go.
const STEP: u32 = 10_000;
/// Milliseconds between two signs of progress.
const PAUSE: f64 = 50.0;
/// How much of a line is shown around the place of an error, in characters.
const LINE: usize = 120;
/// What the sample is called.
const SAMPLE: &str = "Sample directory";

/// A directory that is being read. Clones share it.
#[derive(Clone)]
pub struct Reading {
    source: Source,
    file: Option<File>,
    /// Whether it is read from its source, whatever is kept of it.
    is_anew: bool,
    credentials: Option<Credentials>,
    tell: Option<Tell>,
    wishes: Wishes,
    stopped: Rc<Cell<bool>>,
}

/// How reading ended.
pub enum Outcome {
    /// With a directory; how long it took is not filled in.
    Read(Box<Desk>, Opened),
    /// With a vendor that is asked; how long its first answers took is not filled in.
    Asked(AskLive, Opened),
    /// With a file that is none.
    Refused(FileError),
    /// Nothing is kept of it, and a person has to choose the file, or to sign in.
    Needed {
        /// Why what is kept of it could not be opened.
        damage: Option<String>,
    },
    /// It was stopped.
    Overtaken,
}

/// Reads a directory from a file of this name.
pub type ReadFile =
    for<'a> fn(&'a str, &'a File, &'a Reading, &'a Signs<'a>) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// Tells the console something.
pub type Tell = Rc<dyn Fn(&FromWorker)>;

/// Answers a question of a vendor that is asked, unless it is overtaken.
pub type AskLive = Rc<dyn Fn(Waiting, Reply)>;

/// Takes an answer.
pub type Reply = Box<dyn FnOnce(Result<Vec<u8>, Problem>)>;

/// Begins to ask a vendor.
pub type OpenVendor =
    for<'a> fn(&'a Vendor, &'a Reading, &'a dyn Fn(&FromWorker)) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// Reads a directory from a vendor.
pub type ReadVendor = for<'a> fn(&'a Vendor, &'a Reading, &'a Signs<'a>) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>;

impl Reading {
    /// Nothing is read yet. `file` goes with [`Source::File`].
    #[must_use]
    pub fn new(source: Source, file: Option<File>) -> Self {
        Self {
            source,
            file,
            is_anew: false,
            credentials: None,
            tell: None,
            wishes: Wishes::default(),
            stopped: Rc::default(),
        }
    }

    /// The same from its source, whatever is kept of it.
    #[must_use]
    pub fn anew(self) -> Self {
        Self { is_anew: true, ..self }
    }

    /// The same with credentials, for [`Source::Vendor`].
    #[must_use]
    pub fn signed_in(self, credentials: Option<Credentials>) -> Self {
        Self { credentials, ..self }
    }

    /// The same with someone to tell how a vendor stands, for [`Source::Live`], which goes on when reading is over.
    #[must_use]
    pub fn telling(self, tell: Tell) -> Self {
        Self {
            tell: Some(tell),
            ..self
        }
    }

    /// Credentials, if there are any yet.
    #[must_use]
    pub fn credentials(&self) -> Option<Credentials> {
        self.credentials.clone()
    }

    /// Whom to tell how a vendor stands.
    #[must_use]
    pub fn teller(&self) -> Option<Tell> {
        self.tell.clone()
    }

    /// What a person wants of it.
    #[must_use]
    pub fn wishes(&self) -> &Wishes {
        &self.wishes
    }

    /// What is read.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Tells what a person wants of it.
    pub fn tell(&self, wish: Wish) {
        self.wishes.tell(wish);
    }

    /// Ends reading at the next piece.
    pub fn stop(&self) {
        self.stopped.set(true);
        self.wishes.tell(Wish::Stop);
    }
}

/// Opens what is kept of a directory, or reads it. Progress goes to `post`.
pub async fn read(reading: &Reading, post: &dyn Fn(&FromWorker)) -> Outcome {
    if reading.is_anew {
        return read_anew(reading, post).await;
    }
    let damage = match kept(&reading.source).await {
        _ if reading.stopped.get() => return Outcome::Overtaken,
        Some(Ok((desk, opened))) => return Outcome::Read(Box::new(desk), opened),
        Some(Err(damage)) => Some(damage),
        None => None,
    };
    let has_means = match &reading.source {
        Source::Sample { .. } => true,
        Source::File { .. } => reading.file.is_some(),
        Source::Vendor(_) | Source::Live(_) => reading.credentials.is_some(),
    };
    if !has_means {
        return Outcome::Needed { damage };
    }
    match read_anew(reading, post).await {
        Outcome::Read(desk, opened) => Outcome::Read(desk, Opened { damage, ..opened }),
        other => other,
    }
}

/// Opens what is kept of a directory. Where nothing is, as for most people, no code is fetched to find that out.
async fn kept(source: &Source) -> FromKept {
    let folder = Folder::find().await?;
    match chunk::kept_opener().await {
        Ok(open) => open(&folder, source).await,
        Err(_) => Some(Err("the part of Rollcall that opens it did not arrive".to_owned())),
    }
}

async fn read_anew(reading: &Reading, post: &dyn Fn(&FromWorker)) -> Outcome {
    let signs = Signs {
        post,
        last: Cell::new(0.0),
    };
    match (&reading.source, &reading.file) {
        (Source::Sample { users }, _) => read_sample(*users, reading, &signs).await,
        (Source::File { name }, Some(file)) => match chunk::file_reader().await {
            Ok(read_file) => read_file(name, file, reading, &signs).await,
            Err(_) => Outcome::Refused(unreadable(
                name,
                "that the part of Rollcall that reads files did not arrive",
            )),
        },
        (Source::File { name }, None) => Outcome::Refused(unreadable(name, "no file")),
        (Source::Live(vendor), _) => match chunk::vendor_opener().await {
            Ok(open) => open(vendor, reading, post).await,
            Err(_) => Outcome::Refused(unreadable(
                &vendor.name,
                "that the part of Rollcall that asks vendors did not arrive",
            )),
        },
        (Source::Vendor(vendor), _) => match chunk::vendor_reader().await {
            Ok(read_vendor) => read_vendor(vendor, reading, &signs).await,
            Err(_) => Outcome::Refused(unreadable(
                &vendor.name,
                "that the part of Rollcall that reads vendors did not arrive",
            )),
        },
    }
}

/// Reads a directory from a vendor.
pub(crate) async fn read_vendor(vendor: &Vendor, reading: &Reading, signs: &Signs<'_>) -> Outcome {
    let known = reading.credentials.clone();
    let load = match vendor::read(vendor, known, &reading.wishes, signs.post).await {
        End::Read(load) => load,
        End::SignedOut(_) | End::Stopped => return Outcome::Overtaken,
    };
    let counts = counts(&load);
    match load.finish(&mut |done, total| signs.index(done, total, counts)) {
        Ok((directory, incidents)) => {
            let incidents = incidents.iter().map(vendor::incident).collect();
            opened(Desk::with_incidents(directory, incidents), reading, 0, 0)
        }
        Err(error) => Outcome::Refused(unreadable(&vendor.name, &error.to_string())),
    }
}

fn counts(load: &Load) -> Counts {
    let mut counts = Counts::default();
    for list in load.progress() {
        match list.stage {
            load::Stage::Users => counts.users = list.items as u32,
            load::Stage::Groups => counts.groups = list.items as u32,
            load::Stage::Children => counts.nestings = list.items,
            load::Stage::Members => counts.memberships = list.items,
        }
    }
    counts
}

async fn read_sample(users: u32, reading: &Reading, signs: &Signs<'_>) -> Outcome {
    let mut sample = Sample::new(users, DEFAULT_SEED);
    loop {
        match sample.step(STEP) {
            Ok(progress) => {
                signs.facts(u64::from(progress.done), u64::from(progress.total), sample.counts());
                if progress.done == progress.total {
                    break;
                }
            }
            Err(error) => return Outcome::Refused(unreadable(SAMPLE, &error.to_string())),
        }
        breathe().await;
        if reading.stopped.get() {
            return Outcome::Overtaken;
        }
    }
    let counts = sample.counts();
    match sample.finish(&mut |done, total| signs.index(done, total, counts)) {
        Ok(directory) => opened(Desk::new(directory), reading, 0, 0),
        Err(error) => Outcome::Refused(unreadable(SAMPLE, &error.to_string())),
    }
}

/// Reads a directory from a file.
pub(crate) async fn read_file(name: &str, file: &File, reading: &Reading, signs: &Signs<'_>) -> Outcome {
    let size = file.size();
    let mut reader = DirectoryReader::new();
    let mut at = 0.0;
    while at < size {
        let end = (at + PIECE).min(size);
        let piece = match slice(file, at, end).await {
            Ok(piece) => piece,
            Err(reason) => return Outcome::Refused(unreadable(name, &reason)),
        };
        if reading.stopped.get() {
            return Outcome::Overtaken;
        }
        match reader.push(&piece) {
            Ok(()) => signs.facts(end as u64, size as u64, reader.counts()),
            Err(error) => return Outcome::Refused(refusal(name, file, &error).await),
        }
        at = end;
    }
    let counts = reader.counts();
    let lines = reader.lines();
    match reader.finish(&mut |done, total| signs.index(done, total, counts)) {
        Ok(directory) => opened(Desk::new(directory), reading, size as u64, u64::from(lines)),
        Err(error) => Outcome::Refused(refusal(name, file, &error).await),
    }
}

fn opened(desk: Desk, reading: &Reading, bytes: u64, lines: u64) -> Outcome {
    let mut opened = desk.opened(reading.source.clone());
    opened.bytes = bytes;
    opened.lines = lines;
    opened.read_at = Date::now();
    Outcome::Read(Box::new(desk), opened)
}

/// Signs of progress, not more often than a person can see.
pub struct Signs<'a> {
    post: &'a dyn Fn(&FromWorker),
    last: Cell<f64>,
}

impl Signs<'_> {
    fn facts(&self, done: u64, total: u64, counts: Counts) {
        let now = steady() as f64;
        if now - self.last.get() >= PAUSE || done == total {
            self.last.set(now);
            self.post(Stage::Facts, done, total, counts);
        }
    }

    /// Steps of the index are few and long: each is told, also as a sign of life.
    fn index(&self, done: u32, total: u32, counts: Counts) {
        self.post(Stage::Index, u64::from(done), u64::from(total), counts);
    }

    fn post(&self, stage: Stage, done: u64, total: u64, counts: Counts) {
        (self.post)(&FromWorker::Progress(Progress {
            stage,
            done,
            total,
            users: u64::from(counts.users),
            groups: u64::from(counts.groups),
            memberships: counts.memberships,
        }));
    }
}

/// Lets messages that have arrived be heard before going on.
async fn breathe() {
    sleep(0).await;
}

/// Waits for so many milliseconds.
pub async fn sleep(millis: i32) {
    let mut wait = |resolve: js_sys::Function, _| {
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        let _ = scope.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
    };
    let _ = JsFuture::from(Promise::new(&mut wait)).await;
}

async fn slice(file: &File, from: f64, to: f64) -> Result<Vec<u8>, String> {
    let reason = |error: JsValue| String::from(js_sys::Error::from(error).message());
    let part = file.slice_with_f64_and_f64(from, to).map_err(reason)?;
    let buffer = JsFuture::from(part.array_buffer()).await.map_err(reason)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// A file that the browser does not give out, as when it was changed or taken away since it was chosen.
fn unreadable(name: &str, reason: &str) -> FileError {
    FileError {
        name: name.to_owned(),
        is_json: true,
        line: 1,
        column: 1,
        expected: "a file that can be read".to_owned(),
        found: reason.to_owned(),
        excerpt: Vec::new(),
    }
}

async fn refusal(name: &str, file: &File, error: &JsonError) -> FileError {
    FileError {
        name: name.to_owned(),
        is_json: error.is_json,
        line: u64::from(error.line),
        column: u64::from(error.column),
        expected: error.expected.clone(),
        found: error.found.clone(),
        excerpt: excerpt(file, error).await,
    }
}

/// The line of an error with two on each side, read once more from the file.
async fn excerpt(file: &File, error: &JsonError) -> Vec<ExcerptLine> {
    const AROUND: f64 = 4_096.0;
    let place = error.offset as f64;
    let from = (place - AROUND).max(0.0);
    let to = (place + AROUND).min(file.size());
    let Ok(bytes) = slice(file, from, to).await else {
        return Vec::new();
    };
    lines_around(&bytes, (place - from) as usize, u64::from(error.line))
}

fn lines_around(bytes: &[u8], place: usize, line: u64) -> Vec<ExcerptLine> {
    let place = place.min(bytes.len());
    let breaks = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
    let first = line.saturating_sub(breaks(&bytes[..place]));
    let text = String::from_utf8_lossy(bytes);
    let numbered = (first..).zip(text.lines());
    numbered
        .filter(|(number, _)| number.abs_diff(line) <= 2)
        .map(|(number, text)| ExcerptLine {
            number,
            text: text.chars().take(LINE).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_has_two_lines_on_each_side() {
        let text = b"one\ntwo\nthree\nfour\nfive\nsix\n";
        let lines = lines_around(text, 9, 3);
        let numbers: Vec<u64> = lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5]);
        assert_eq!(lines[2].text, "three");
    }

    #[test]
    fn an_excerpt_from_the_middle_of_a_file_counts_from_there() {
        let lines = lines_around(b"f a line\nhere\nthere\n", 10, 218);
        assert_eq!(
            lines[0],
            ExcerptLine {
                number: 217,
                text: "f a line".into()
            }
        );
        assert_eq!(lines[1].text, "here");
    }
}
