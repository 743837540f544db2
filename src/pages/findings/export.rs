//! Findings as a file: its pieces are asked for one after another, so that it can be stopped and blocks nothing.

use leptos::prelude::*;
use protocol::{ExportFormat, FindingKind, FindingsExportQuestion, Topic};

use crate::components::button::Button;
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::{follow, live_if};
use crate::components::menu::{Menu, MenuButton, MenuItem};
use crate::components::number::number;
use crate::components::slot::Slot;
use crate::download::Pieces;
use crate::number::counted;
use crate::session::{Asked, Session};

/// A file that is being written.
#[derive(Clone, PartialEq)]
struct File {
    kinds: Vec<FindingKind>,
    q: String,
    format: ExportFormat,
    rows: u32,
    total: u32,
}

/// Writes one file at a time. Copies share it.
#[derive(Clone, Copy)]
pub struct Exporter {
    writing: Slot<Option<File>>,
    pieces: StoredValue<Pieces, LocalStorage>,
}

impl Exporter {
    /// Writes nothing yet.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let writing = Slot::new(None::<File>);
        let this = Self {
            writing,
            pieces: StoredValue::new_local(Pieces::default()),
        };
        let asked = session.ask(Topic::Export, move || writing.get().map(question));
        this.take_pieces(session, asked);
        // A file has the findings of one reading.
        follow(move || {
            session.opened.with(|_| ());
            writing.set(None);
        });
        this
    }

    fn begin(self, kinds: Vec<FindingKind>, q: String, format: ExportFormat) {
        self.pieces.set_value(Pieces::default());
        self.writing.set(Some(File {
            kinds,
            q,
            format,
            rows: 0,
            total: 0,
        }));
    }

    fn is_writing(self) -> bool {
        self.writing.with(Option::is_some)
    }

    /// Puts what arrives behind what is there, and asks for more or saves the file.
    fn take_pieces(self, session: Session, asked: Asked<FindingsExportQuestion>) {
        follow(move || {
            let Some(piece) = asked.answer.get() else { return };
            let is_next = |now: &File| asked.question.get_untracked() == Some(question(now.clone()));
            // What was stopped, or begun anew, meanwhile.
            let Some(now) = self.writing.get_untracked().filter(is_next) else {
                return;
            };
            self.pieces.with_value(|pieces| pieces.push(&piece.bytes));
            if piece.rows < piece.total {
                return self.writing.set(Some(File {
                    rows: piece.rows,
                    total: piece.total,
                    ..now
                }));
            }
            self.writing.set(None);
            session.say(self.save(&now, piece.rows));
        });
    }

    /// Saves the file; what there is to say about it.
    fn save(self, now: &File, rows: u32) -> String {
        let (ending, kind) = match now.format {
            ExportFormat::Csv => (".csv", "text/csv;charset=utf-8"),
            ExportFormat::Json => (".json", "application/json"),
        };
        let subject = match now.kinds.as_slice() {
            [kind] => kind.name(),
            _ => "findings",
        };
        let name = [subject, ending].concat();
        if !self.pieces.with_value(|pieces| pieces.save(&name, kind)) {
            return "The browser did not take the file.".to_owned();
        }
        ["Exported ", &counted(rows.into(), "finding"), " to ", &name, "."].concat()
    }
}

/// Offers the findings of some kinds that match as a file.
#[component]
pub fn Export(
    /// Writes it.
    exporter: Exporter,
    /// What it is called.
    text: &'static str,
    /// An id that no other menu has.
    menu: &'static str,
    /// Of which kinds; while none are given, there is nothing to write.
    #[prop(into)]
    kinds: Kept<Vec<FindingKind>>,
    /// What is searched for.
    #[prop(into)]
    q: Kept<String>,
) -> impl IntoView {
    let begin = move |format| exporter.begin(kinds.get_untracked(), q.get_untracked(), format);
    let offer = move || {
        view! {
            <MenuButton menu>{icon("#i-download")} <span>{text}</span></MenuButton>
            <Menu id=menu label=text>
                <MenuItem menu href="#i-file" text="CSV, for spreadsheets" on_choose=move |()| begin(ExportFormat::Csv) />
                <MenuItem menu href="#i-file" text="JSON, for programs" on_choose=move |()| begin(ExportFormat::Json) />
            </Menu>
        }
    };
    live_if(move || !exporter.is_writing() && !kinds.with(Vec::is_empty), offer)
}

/// How far the file is that is being written, and the way to stop it.
#[component]
pub fn Writing(
    /// Writes it.
    exporter: Exporter,
) -> impl IntoView {
    let text = move || {
        exporter.writing.with(|now| {
            let (rows, total) = now.as_ref().map_or((0, 0), |now| (now.rows, now.total));
            ["Stop, ", &number(rows), " of ", &number(total)].concat()
        })
    };
    let stop = move || {
        view! { <Button text=Kept::new(text) href="#i-x" on_press=move |()| exporter.writing.set(None) /> }
    };
    live_if(move || exporter.is_writing(), stop)
}

fn question(now: File) -> FindingsExportQuestion {
    FindingsExportQuestion {
        kinds: now.kinds,
        q: now.q,
        format: now.format,
        from: now.rows,
    }
}
