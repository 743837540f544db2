//! Steps that say what they do, how long that usually takes and how long it took; and the commands they run.

use std::io::{BufRead, BufReader};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Why a task ended early: one or more sentences for the person at the terminal.
pub struct Failure(pub String);

/// What a step leaves behind, or why it could not.
pub type Done<T = ()> = Result<T, Failure>;

/// One step of a task.
pub struct Step<'a> {
    name: String,
    usually: Duration,
    work: Box<dyn FnOnce() -> Done<Vec<String>> + 'a>,
}

impl<'a> Step<'a> {
    /// A step whose `work` usually takes that many seconds on two cores.
    pub fn new(name: impl Into<String>, seconds: u64, work: impl FnOnce() -> Done + 'a) -> Self {
        Self::reporting(name, seconds, || work().map(|()| Vec::new()))
    }

    /// A step that returns the lines to repeat at the end of the task.
    pub fn reporting(name: impl Into<String>, seconds: u64, work: impl FnOnce() -> Done<Vec<String>> + 'a) -> Self {
        Self {
            name: name.into(),
            usually: Duration::from_secs(seconds),
            work: Box::new(work),
        }
    }
}

/// Takes the steps one after the other and stops at the first that fails; then says what each took.
pub fn follow(task: &str, steps: Vec<Step<'_>>) -> Done {
    let count = steps.len();
    let mut left: Duration = steps.iter().map(|step| step.usually).sum();
    let started = Instant::now();
    let mut report = Vec::new();
    for (number, step) in (1..).zip(steps) {
        println!(
            "\n▸ {number}/{count} {} (usually {}; {} left in all)",
            step.name,
            words(step.usually),
            words(left)
        );
        left -= step.usually;
        let began = Instant::now();
        let outcome = (step.work)();
        let took = clock(began.elapsed());
        let mark = if outcome.is_ok() { "✓" } else { "✗" };
        println!("{mark} {} took {took}", step.name);
        report.push(format!("{mark} {took:>6}  {}", step.name));
        match outcome {
            Ok(lines) => report.extend(lines.iter().map(|line| format!("            {line}"))),
            Err(failure) => {
                println!("\n{}", report.join("\n"));
                return Err(failure);
            }
        }
    }
    report.push(format!("✓ {:>6}  cargo xtask {task}", clock(started.elapsed())));
    println!("\n{}", report.join("\n"));
    Ok(())
}

/// Does the same work for each item, for as many at a time as there are cores. After a failure no other is begun with.
pub fn side_by_side<T: Sync>(items: &[T], work: impl Fn(&T) -> Done + Sync) -> Done {
    let next = AtomicUsize::new(0);
    let one_after_another = || {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(item).inspect_err(|_| next.store(items.len(), Ordering::Relaxed))?;
        }
        Ok(())
    };
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(one_after_another)).collect();
        let mut ended = workers.into_iter().map(thread::ScopedJoinHandle::join);
        ended.try_for_each(|end| end.unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

/// Runs a command to its end; what it prints goes to the terminal.
pub fn run(command: &mut Command) -> Done {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(failed(command)) }
}

/// Runs a command to its end and returns those lines of its output that `keep` picks; all go to the terminal.
pub fn run_keeping(command: &mut Command, keep: impl Fn(&str) -> bool) -> Done<Vec<String>> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let mut kept = Vec::new();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            println!("{line}");
            if keep(&line) {
                kept.push(line);
            }
        }
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(kept),
        _ => Err(failed(command)),
    }
}

/// What a command prints, or nothing where it cannot be run.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// Why a command did not start.
pub fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    Failure(format!("`{}` could not be started: {error}.", line(command)))
}

fn failed(command: &Command) -> Failure {
    Failure(format!("`{}` failed; the reason stands above.", line(command)))
}

/// The command as a person would type it.
fn line(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    std::iter::once(program.file_stem().unwrap_or(program.as_os_str()))
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A duration as a person would estimate it.
fn words(duration: Duration) -> String {
    match duration.as_secs() {
        0..2 => "a moment".to_owned(),
        seconds @ 2..50 => format!("{seconds} s"),
        50..90 => "1 minute".to_owned(),
        seconds => format!("{} minutes", (seconds + 30) / 60),
    }
}

/// A duration as a clock shows it.
fn clock(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{}:{:02}", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn durations_read_well() {
        let said = |seconds| words(Duration::from_secs(seconds));
        assert_eq!(
            [said(1), said(40), said(61), said(170)],
            ["a moment", "40 s", "1 minute", "3 minutes"]
        );
        let shown = |millis| clock(Duration::from_millis(millis));
        assert_eq!([shown(1_240), shown(61_000)], ["1.2 s", "1:01"]);
    }

    #[test]
    fn the_first_failure_ends_a_task() {
        let steps = vec![
            Step::new("one", 1, || Ok(())),
            Step::new("two", 1, || Err(Failure("No.".to_owned()))),
            Step::new("three", 1, || unreachable!("after a failure")),
        ];
        let outcome = follow("test", steps);
        assert!(outcome.is_err_and(|Failure(sentence)| sentence == "No."));
    }

    #[test]
    fn every_item_is_worked_on_unless_one_fails() {
        let items: Vec<u32> = (0..100).collect();
        let done = Mutex::new(Vec::new());
        let all = side_by_side(&items, |item| {
            done.lock().unwrap().push(*item);
            Ok(())
        });
        let mut done = done.into_inner().unwrap();
        done.sort_unstable();
        assert!(all.is_ok() && done == items);
        let outcome = side_by_side(&items, |item| {
            if *item == 7 {
                Err(Failure("No.".to_owned()))
            } else {
                Ok(())
            }
        });
        assert!(outcome.is_err_and(|Failure(sentence)| sentence == "No."));
        assert!(side_by_side::<u32>(&[], |_| unreachable!("there is none")).is_ok());
    }

    #[test]
    fn a_missing_program_is_a_sentence() {
        let outcome = run(Command::new("no-such-program").arg("--now"));
        assert!(
            outcome.is_err_and(|Failure(sentence)| {
                sentence.starts_with("`no-such-program --now` could not be started")
            })
        );
    }
}
