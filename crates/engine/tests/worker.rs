//! Reading directories in a real worker: the sample, files in pieces, refusals with their place, and stopping.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;

use engine::reading::{Outcome, Reading, read};
use js_sys::{Array, JsString};
use protocol::{FromWorker, Source, Stage};
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
