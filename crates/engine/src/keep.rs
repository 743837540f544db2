//! Keeping the open directory on this device, and forgetting it: in the origin's private file system, and nowhere else.
//!
//! A directory is kept as a file of its own in one folder, named after what it is and when it was kept. It is written in
//! pieces, and what makes it one comes last: a tab that is closed midway leaves what was kept before. Several tabs that keep
//! the same directory write different files, of which the newest stays.

mod folder;
mod note;
mod open;

use std::cell::RefCell;
use std::ops::Range;
use std::pin::Pin;

use js_sys::{Date, Uint8Array};
use membership::snapshot::{Pieces, checksum};
use membership::sort;
use protocol::{
    ForgetQuestion, Forgotten, KeepFailure, KeepProgress, KeepQuestion, KeepStep, Kept, KeptDirectory, Kind, Opened,
    Problem, Question, Source,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use crate::desk::Desk;
pub use folder::Folder;
use folder::Writing;
use note::{Note, NoteError};
pub use open::{FromKept, OpenKept, open};

/// Bytes that are written in one go: some hundredths of a second.
const PIECE: usize = 4 << 20;

/// What is being kept.
#[derive(Default)]
pub struct Keeper {
    /// What the console was told of the directory that is open.
    opened: RefCell<Option<Opened>>,
    job: RefCell<Option<Job>>,
}

/// A file that is being written.
struct Job {
    folder: Folder,
    name: String,
    writing: Writing,
    pieces: Pieces,
    /// What comes before the snapshot, written last.
    head: Vec<u8>,
    buffer: Vec<u8>,
}

/// Answers questions about what is kept, from bytes to bytes.
pub type AnswerKept =
    for<'a> fn(&'a Keeper, &'a RefCell<Option<Desk>>, Kind, &'a [u8]) -> Pin<Box<dyn Future<Output = Answer> + 'a>>;

/// An answer as bytes, or what is wrong with the question.
pub type Answer = Result<Vec<u8>, Problem>;

impl Keeper {
    /// A directory was opened; what was being kept of another one is left.
    pub fn opens(&self, opened: &Opened) {
        *self.opened.borrow_mut() = Some(opened.clone());
        if let Some(job) = self.job.borrow_mut().take() {
            spawn_local(job.leave());
        }
    }

    /// Answers a question about what is kept.
    ///
    /// # Errors
    /// Says what is wrong with the question; what goes wrong with the device is an answer.
    pub async fn answer(&self, desk: &RefCell<Option<Desk>>, kind: Kind, question: &[u8]) -> Answer {
        match kind {
            Kind::Kept => Ok(protocol::to_bytes(&Ok::<_, KeepFailure>(list().await))),
            Kind::Keep => Ok(protocol::to_bytes(&match read::<KeepQuestion>(question)?.step {
                KeepStep::Begin => self.begin(desk).await,
                KeepStep::GoOn => self.go_on(desk).await,
                KeepStep::Stop => self.stop().await,
            })),
            Kind::Forget => Ok(protocol::to_bytes(
                &self.forget(&read::<ForgetQuestion>(question)?.what).await,
            )),
            _ => Err(Problem::NotRead),
        }
    }

    async fn begin(&self, desk: &RefCell<Option<Desk>>) -> Result<KeepProgress, KeepFailure> {
        self.stop().await?;
        let opened = self.opened.borrow().clone().ok_or(KeepFailure::Changed)?;
        let (pieces, head) = match desk.borrow().as_ref() {
            Some(desk) => (
                Pieces::new(desk.directory()),
                Note::new(&opened, desk.all_incidents()).to_bytes(),
            ),
            None => return Err(KeepFailure::Changed),
        };
        let mut now = Date::now();
        if let Some(folder) = Folder::find().await {
            tidy(&folder).await;
            now = now.max(newest(&folder, &opened.source).await + 1.0);
        }
        let named = |tries| name(&opened.source, now + f64::from(tries));
        let (folder, name, writing) = match Folder::create(named).await {
            Ok(made) => made,
            Err(failure) => {
                if let Some(folder) = Folder::find().await {
                    tidy(&folder).await;
                }
                return Err(with_sizes(failure, head.len() as u64 + pieces.length()).await);
            }
        };
        let job = Job {
            folder,
            name,
            writing,
            pieces,
            head,
            buffer: Vec::new(),
        };
        // Another directory may have been opened while the file was made.
        if self.opened.borrow().as_ref() != Some(&opened) {
            job.leave().await;
            return Err(KeepFailure::Changed);
        }
        let progress = job.progress(false);
        *self.job.borrow_mut() = Some(job);
        Ok(progress)
    }

    async fn go_on(&self, desk: &RefCell<Option<Desk>>) -> Result<KeepProgress, KeepFailure> {
        let mut job = self.job.borrow_mut().take().ok_or(KeepFailure::Changed)?;
        let written = match desk.borrow().as_ref() {
            Some(desk) => job.write(desk),
            None => Err(KeepFailure::Changed),
        };
        if let Err(failure) = written {
            let needed = job.progress(false).total;
            job.leave().await;
            return Err(with_sizes(failure, needed).await);
        }
        if job.pieces.at() < job.pieces.length() {
            let progress = job.progress(false);
            *self.job.borrow_mut() = Some(job);
            return Ok(progress);
        }
        Ok(job.end().await)
    }

    async fn stop(&self) -> Result<KeepProgress, KeepFailure> {
        let job = self.job.borrow_mut().take();
        if let Some(job) = job {
            job.leave().await;
        }
        Ok(KeepProgress {
            done: 0,
            total: 0,
            is_whole: false,
        })
    }

    async fn forget(&self, what: &Forgotten) -> Result<Vec<Kept>, KeepFailure> {
        self.stop().await?;
        let Some(folder) = Folder::find().await else {
            return Ok(Vec::new());
        };
        let key = match what {
            Forgotten::Source(source) => key(source),
            Forgotten::Key(key) => key.clone(),
        };
        for name in folder.names().await {
            if key_of(&name) == key {
                folder.remove(&name).await?;
            }
        }
        tidy(&folder).await;
        Ok(list().await)
    }
}

/// Where there is no room, how much is needed and how much there is.
async fn with_sizes(failure: KeepFailure, needed: u64) -> KeepFailure {
    match failure {
        KeepFailure::Full { .. } => KeepFailure::Full {
            needed,
            free: folder::free().await,
        },
        failure => failure,
    }
}

fn read<Q: Question>(question: &[u8]) -> Result<Q, Problem> {
    protocol::from_bytes(question).map_err(|_| Problem::NotRead)
}

impl Job {
    /// Writes the next piece; after the last one the snapshot's header, and then what makes the file one.
    fn write(&mut self, desk: &Desk) -> Result<(), KeepFailure> {
        let start = self.head.len() as u64;
        let at = start + self.pieces.at();
        self.buffer.clear();
        self.pieces.next(desk.directory(), PIECE, &mut self.buffer);
        self.writing.write(at, &self.buffer)?;
        if self.pieces.at() == self.pieces.length() {
            self.writing.write(start, &self.pieces.header())?;
            self.writing.flush()?;
            self.writing.write(0, &self.head)?;
            self.writing.flush()?;
        }
        Ok(())
    }

    fn progress(&self, is_whole: bool) -> KeepProgress {
        let head = self.head.len() as u64;
        KeepProgress {
            done: head + self.pieces.at(),
            total: head + self.pieces.length(),
            is_whole,
        }
    }

    /// Takes away what was kept before.
    async fn end(self) -> KeepProgress {
        let progress = self.progress(true);
        drop(self.writing);
        tidy(&self.folder).await;
        progress
    }

    /// Takes away what was written.
    async fn leave(self) {
        drop(self.writing);
        // What stays behind is no whole file, and is tidied up later.
        let _ = self.folder.remove(&self.name).await;
        self.folder.remove_if_empty().await;
    }
}

/// A file of the folder that was finished once.
struct Found {
    name: String,
    file: File,
    note: Result<(Note, usize), NoteError>,
}

impl Found {
    fn key(&self) -> &str {
        key_of(&self.name)
    }
}

/// What is kept, the newest first; of a directory that is kept twice, the newest alone.
async fn whole(folder: &Folder) -> Vec<Found> {
    let mut names = folder.names().await;
    sort::by_key(&mut names, |name| u64::MAX - time_of(name));
    let mut found: Vec<Found> = Vec::new();
    for name in names {
        if found.iter().any(|newer| newer.key() == key_of(&name)) {
            continue;
        }
        let Ok(file) = folder.file(&name).await else { continue };
        let part = |range: Range<usize>| {
            let bytes = folder::read(&file, range.start as f64, range.end as f64);
            bytes.ok().map(|bytes| Uint8Array::new(&bytes).to_vec())
        };
        if let Some(note) = Note::read(&part).transpose() {
            found.push(Found { name, file, note });
        }
    }
    found
}

async fn list() -> Vec<Kept> {
    let Some(folder) = Folder::find().await else {
        return Vec::new();
    };
    let found = whole(&folder).await.into_iter();
    let kept = found.map(|found| Kept {
        key: found.key().to_owned(),
        bytes: found.file.size() as u64,
        kept_at: time_of(&found.name) as f64,
        directory: found
            .note
            .map_err(|error| error.to_string())
            .map(|(note, _)| KeptDirectory {
                read_at: note.read_at,
                users: note.users,
                is_partial: note.incidents.iter().any(|incident| incident.loses),
                source: note.source,
            }),
    });
    kept.collect()
}

/// Takes away files that were never finished, those that a newer one replaces, and the folder if nothing is in it.
async fn tidy(folder: &Folder) {
    let kept: Vec<String> = whole(folder).await.into_iter().map(|found| found.name).collect();
    for name in folder.names().await {
        let is_newer = |other: &String| key_of(other) == key_of(&name) && time_of(other) > time_of(&name);
        let is_replaced = kept.iter().any(is_newer);
        if is_replaced || (!kept.contains(&name) && folder.is_abandoned(&name).await) {
            // One that another tab is writing at this moment is refused.
            let _ = folder.remove(&name).await;
        }
    }
    folder.remove_if_empty().await;
}

/// When a directory was kept last, by the names of its files: what is kept next has to be newer, even where the clock was
/// set back meanwhile, or it would be taken away for the older one.
async fn newest(folder: &Folder, source: &Source) -> f64 {
    let key = key(source);
    let names = folder.names().await;
    let times = names
        .iter()
        .filter(|name| key_of(name) == key)
        .map(|name| time_of(name));
    times.max().unwrap_or_default() as f64
}

/// What files of a directory are named by: a hash, since names of files are short and have few letters.
fn key(source: &Source) -> String {
    let mut text = match source {
        Source::Sample { users } => format!("sample\0{users}"),
        Source::File { name } => format!("file\0{name}"),
        Source::Vendor(vendor) => format!("vendor\0{}\0{}", vendor.system, vendor.base),
        // What is asked live is never kept.
        Source::Live(vendor) => format!("live\0{}\0{}", vendor.system, vendor.base),
    }
    .into_bytes();
    text.resize(text.len().next_multiple_of(8), 0);
    format!("{:016x}", checksum(&text))
}

/// The name of a file of a directory that is kept at a time, in milliseconds since 1970.
fn name(source: &Source, now: f64) -> String {
    format!("{}-{}", key(source), now as u64)
}

fn key_of(name: &str) -> &str {
    name.split('-').next().unwrap_or_default()
}

fn time_of(name: &str) -> u64 {
    let time = name.split('-').nth(1).and_then(|time| time.parse().ok());
    time.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use protocol::Vendor;

    use super::*;

    fn vendor(system: &str, base: &str, name: &str) -> Source {
        let [system, base, name] = [system, base, name].map(str::to_owned);
        Source::Vendor(Vendor { system, base, name })
    }

    #[test]
    fn a_directory_has_its_own_key_whatever_it_is_called() {
        let file = |name: &str| Source::File { name: name.to_owned() };
        let all = [
            Source::Sample { users: 1_200 },
            Source::Sample { users: 10_000 },
            file("staff.json"),
            file("../staff 2.json"),
            vendor("cms", "https://pssc.example", "Live"),
            vendor("cms", "", "Live"),
            vendor("c", "ms", ""),
        ];
        for (place, one) in all.iter().enumerate() {
            assert!(all[..place].iter().all(|other| key(other) != key(one)), "{one:?}");
            assert!(key(one).bytes().all(|byte| byte.is_ascii_hexdigit()));
        }
        assert_eq!(key(&all[4]), key(&vendor("cms", "https://pssc.example", "Renamed")));
    }

    #[test]
    fn a_name_says_what_and_when() {
        let name = name(&Source::Sample { users: 7 }, 1_790_000_000_000.9);
        assert_eq!(key_of(&name), key(&Source::Sample { users: 7 }));
        assert_eq!(time_of(&name), 1_790_000_000_000);
        assert_eq!((key_of("what else"), time_of("what else")), ("what else", 0));
    }
}
