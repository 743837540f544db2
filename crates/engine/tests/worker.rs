//! Reading directories in a real worker: the sample, files in pieces, refusals with their place, and stopping. Keeping them
//! in the browser's own file system, step by step.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;

use engine::desk::Desk;
use engine::keep::{Folder, Keeper};
use engine::reading::{Outcome, Reading, read};
use js_sys::{Array, JsString};
use protocol::{
    ForgetQuestion, Forgotten, FromWorker, KeepFailure, KeepProgress, KeepQuestion, KeepStep, KeptQuestion, Mailbox,
    Opened, Question, Source, Stage,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::File;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn file(text: &str) -> (Source, Option<File>) {
    let parts = Array::of1(&JsString::from(text));
    let file = File::new_with_str_sequence(&parts, "staff.json").expect("a browser makes files");
    (
        Source::File {
            name: "staff.json".to_owned(),
        },
        Some(file),
    )
}

/// Reads, and keeps what was told on the way.
async fn told((source, file): (Source, Option<File>)) -> (Outcome, Vec<FromWorker>) {
    let messages = RefCell::new(Vec::new());
    let reading = Reading::new(source, file);
    let outcome = read(&reading, &|message| messages.borrow_mut().push(message.clone())).await;
    (outcome, messages.into_inner())
}

fn lines(count: usize) -> String {
    let user = |number: usize| format!("  {{\"id\": \"u{number}\", \"firstName\": \"Zoë\"}}");
    let users: Vec<String> = (0..count).map(user).collect();
    format!("{{\"users\": [\n{}\n]}}\n", users.join(",\n"))
}

#[wasm_bindgen_test]
async fn the_sample_is_read_with_progress() {
    let (outcome, messages) = told((Source::Sample { users: 1_200 }, None)).await;
    let Outcome::Read(_, opened) = outcome else {
        panic!("the sample opens")
    };
    assert_eq!(opened.users, 1_200);
    assert!(opened.critical > 0 && opened.unused > 0);
    let stages: Vec<Stage> = messages
        .iter()
        .filter_map(|message| match message {
            FromWorker::Progress(progress) => Some(progress.stage),
            _ => None,
        })
        .collect();
    assert!(stages.is_sorted());
    assert_eq!(
        (stages.first(), stages.last()),
        (Some(&Stage::Facts), Some(&Stage::Index))
    );
}

#[wasm_bindgen_test]
async fn a_file_of_several_pieces_is_read_whole() {
    let text = lines(40_000);
    assert!(text.len() > 1_048_576);
    let (outcome, _) = told(file(&text)).await;
    let Outcome::Read(_, opened) = outcome else {
        panic!("the file opens")
    };
    assert_eq!((opened.users, opened.bytes), (40_000, text.len() as u64));
}

#[wasm_bindgen_test]
async fn a_broken_file_is_refused_with_its_place_and_lines() {
    let text = lines(40_000).replacen("u39999\", ", "u39999\" ", 1);
    let (outcome, _) = told(file(&text)).await;
    let Outcome::Refused(error) = outcome else {
        panic!("the file is broken")
    };
    assert!(!error.is_json);
    assert_eq!(error.line, 40_001);
    assert!(error.expected.contains("comma"), "{}", error.expected);
    let shown = error
        .excerpt
        .iter()
        .find(|line| line.number == error.line)
        .expect("its line is shown");
    assert!(shown.text.contains("u39999"));
}

#[wasm_bindgen_test]
async fn reading_stops_when_told() {
    let reading = Reading::new(Source::Sample { users: 1_000_000 }, None);
    let stopped = reading.clone();
    let outcome = read(&reading, &move |_| stopped.stop()).await;
    assert!(matches!(outcome, Outcome::Overtaken));
}

#[wasm_bindgen_test]
fn a_message_put_into_the_mailbox_is_taken_once_and_in_its_order() {
    let console = Mailbox::new().expect("tests are isolated");
    let worker = Mailbox::from_memory(console.memory().clone()).expect("it is memory");
    assert_eq!(console.take(0), None, "nothing was put");

    assert!(worker.put(b"the third", 2));
    assert!(!worker.put(b"the fourth", 3), "the one before has not been taken");
    assert_eq!(console.take(1), None, "the second is still on its way");
    assert_eq!(console.take(2).as_deref(), Some(&b"the third"[..]));
    assert_eq!(console.take(2), None, "it has been taken");

    assert!(worker.put(b"x", u32::MAX));
    assert_eq!(console.take(u32::MAX).as_deref(), Some(&b"x"[..]));
    assert!(
        !worker.put(&[7; 65_536], 4),
        "it does not fit beside what is told of it"
    );
    assert!(worker.put(&[7; 65_528], 4));
    assert_eq!(console.take(4), Some(vec![7; 65_528]));
}

#[wasm_bindgen_test]
fn what_is_no_shared_memory_is_no_mailbox() {
    assert!(Mailbox::from_memory(JsValue::UNDEFINED).is_none());
    assert!(Mailbox::from_memory(Array::new().into()).is_none());
}

/// A worker's part that keeps, with the directory that is open.
struct Device {
    keeper: Keeper,
    desk: RefCell<Option<Desk>>,
}

impl Device {
    /// With a sample of so many users open, read or opened from what is kept of it.
    async fn with_sample(users: u32) -> (Self, Opened) {
        let device = Self {
            keeper: Keeper::default(),
            desk: RefCell::default(),
        };
        let opened = device.open_sample(users).await;
        (device, opened)
    }

    async fn open_sample(&self, users: u32) -> Opened {
        let (Outcome::Read(desk, opened), _) = told((Source::Sample { users }, None)).await else {
            panic!("the sample opens")
        };
        self.keeper.opens(&opened);
        *self.desk.borrow_mut() = Some(*desk);
        opened
    }

    async fn ask<Q: Question>(&self, question: Q) -> Q::Answer {
        let question = protocol::to_bytes(&question);
        let answer = self.keeper.answer(&self.desk, Q::KIND, &question).await;
        protocol::from_bytes(&answer.expect("it is answered")).expect("the answer is one")
    }

    async fn step(&self, step: KeepStep) -> Result<KeepProgress, KeepFailure> {
        self.ask(KeepQuestion { step }).await
    }

    /// How many users each directory has that is kept.
    async fn kept(&self) -> Vec<u32> {
        let kept = self.ask(KeptQuestion {}).await.expect("they are listed");
        let users = kept
            .into_iter()
            .map(|kept| kept.directory.expect("it can be read").users);
        users.collect()
    }

    async fn forget(&self, users: u32) {
        let what = Forgotten::Source(Source::Sample { users });
        self.ask(ForgetQuestion { what }).await.expect("nobody holds it");
    }
}

#[wasm_bindgen_test]
async fn a_directory_is_kept_in_steps_and_opens_as_it_was() {
    let (device, read) = Device::with_sample(40_000).await;
    assert!(!read.is_kept && read.read_at > 0.0);
    let begun = device.step(KeepStep::Begin).await.expect("it begins");
    assert_eq!(device.kept().await, [0_u32; 0], "what is not finished is none");
    let mut steps = vec![begun];
    while !steps[steps.len() - 1].is_whole {
        steps.push(device.step(KeepStep::GoOn).await.expect("it goes on"));
    }
    assert!(steps.len() > 3 && steps.is_sorted_by(|one, next| one.done < next.done));
    assert!(steps.iter().all(|it| it.total == begun.total) && steps[steps.len() - 1].done == begun.total);
    assert_eq!(device.kept().await, [40_000]);
    assert_eq!(
        device.step(KeepStep::GoOn).await,
        Err(KeepFailure::Changed),
        "it is over"
    );

    let opened = device.open_sample(40_000).await;
    assert!(opened.is_kept);
    let same = |opened: Opened| Opened {
        is_kept: true,
        millis: 0.0,
        ..opened
    };
    assert_eq!(same(opened), same(read));
    device.forget(40_000).await;
    assert!(Folder::find().await.is_none(), "nothing tells that something was kept");
}

#[wasm_bindgen_test]
async fn what_is_left_midway_leaves_what_was_kept_before() {
    let (device, _) = Device::with_sample(41_000).await;
    device.step(KeepStep::Begin).await.expect("it begins");
    while !device.step(KeepStep::GoOn).await.expect("it goes on").is_whole {}
    device.step(KeepStep::Begin).await.expect("it begins again");
    device.step(KeepStep::GoOn).await.expect("it goes on");
    device.step(KeepStep::Stop).await.expect("it stops");
    assert_eq!(device.kept().await, [41_000]);
    let folder = Folder::find().await.expect("something is kept");
    assert_eq!(folder.names().await.len(), 1);

    device.step(KeepStep::Begin).await.expect("it begins again");
    device.open_sample(300).await;
    assert_eq!(device.step(KeepStep::GoOn).await, Err(KeepFailure::Changed));
    assert_eq!(device.kept().await, [41_000]);
    device.forget(41_000).await;
    assert!(Folder::find().await.is_none());
}
