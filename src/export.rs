//! What is on screen as a file: how it is written is asked and remembered, then its pieces are asked for one after
//! another, so that it can be stopped and blocks nothing.

use leptos::html;
use leptos::prelude::*;
use protocol::{Compared, Delimiter, ExportForm, ExportQuestion, Exported, ManagersOf, Topic};

use crate::components::button::{Button, IconButton};
use crate::components::kept::Kept;
use crate::components::live::{follow, live, live_if};
use crate::components::number::number;
use crate::components::progress::Bar;
use crate::components::segmented::{Segment, Segmented};
use crate::components::slot::Slot;
use crate::download::Pieces;
use crate::keys::Deed;
use crate::notice;
use crate::route::Route;
use crate::session::{Asked, Session, source_name};
use crate::storage::Preference;
use crate::words::{counted_with, fill, key, say};

/// What can be written, by what each is called where there are several.
pub type Offers = Vec<(&'static str, Exported)>;

/// Offers what is on screen as a file; while there is nothing to write, or a query is broken, the button waits.
pub fn export_button(session: Session, offers: impl Fn() -> Offers + Send + Sync + 'static) -> impl IntoView {
    let offers = Kept::new(offers);
    let press = move |()| offer(session, offers.get_untracked());
    let disabled = Kept::new(move || offers.with(Vec::is_empty));
    view! { <Button text=say("Export") href="#i-download" key=session.key(Deed::Export) disabled on_press=press /> }
}

/// Asks how one of these is to be written.
pub fn offer(session: Session, offers: Offers) {
    if untrack(|| session.asks().is_some()) {
        return session.say(say("A file takes the whole directory: read it first.").to_owned());
    }
    session.exported.set(offers);
    session.exporting.set(true);
}

/// How files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Choice {
    /// `csv`, `json` or `dot`.
    form: &'static str,
    delimiter: Delimiter,
    mark: bool,
}

const DELIMITERS: [(Delimiter, &str, &str); 3] = [
    (Delimiter::Comma, "comma", key("Comma")),
    (Delimiter::Semicolon, "semicolon", key("Semicolon")),
    (Delimiter::Tab, "tab", key("Tab")),
];
const FORMS: [(&str, &str); 3] = [("csv", "CSV"), ("json", "JSON"), ("dot", "DOT")];

impl Choice {
    /// What was remembered; for spreadsheets where nothing was.
    fn read(text: &str) -> Self {
        let has = |word: &str| text.split(' ').any(|other| other == word);
        Self {
            form: FORMS.iter().find(|(form, _)| has(form)).map_or("csv", |(form, _)| form),
            delimiter: DELIMITERS
                .iter()
                .find(|it| has(it.1))
                .map_or(Delimiter::Comma, |it| it.0),
            mark: !has("plain"),
        }
    }

    fn written(self) -> String {
        let mark = if self.mark { "" } else { " plain" };
        [self.form, " ", self.delimiter_name(), mark].concat()
    }

    fn delimiter_name(self) -> &'static str {
        DELIMITERS
            .iter()
            .find(|it| it.0 == self.delimiter)
            .map_or("", |it| it.1)
    }

    /// As it is written of this; only groups can be drawn.
    fn form_of(self, of: &Exported) -> ExportForm {
        match self.form {
            "json" => ExportForm::Json,
            "dot" if is_groups(of) => ExportForm::Dot,
            _ => ExportForm::Csv {
                delimiter: self.delimiter,
                mark: self.mark,
            },
        }
    }
}

/// The name of a form among the choices.
fn form_name(form: ExportForm) -> &'static str {
    match form {
        ExportForm::Csv { .. } => "csv",
        ExportForm::Json => "json",
        ExportForm::Dot => "dot",
    }
}

/// Whether the rows are groups.
const fn is_groups(of: &Exported) -> bool {
    match of {
        Exported::Groups(_) | Exported::Picture(_) | Exported::GroupsOf(_) => true,
        Exported::Managers(of) => !matches!(of.of, ManagersOf::People),
        _ => false,
    }
}

/// What was written, so many rows to a file of this name.
fn written(of: &Exported, rows: u32, name: &str) -> String {
    let message = match of {
        Exported::Users(of) if of.group.is_some() => key("Exported {0} member to {1}.|Exported {0} members to {1}."),
        Exported::Users(_) | Exported::Matrix(_) => key("Exported {0} user to {1}.|Exported {0} users to {1}."),
        Exported::Groups(_) | Exported::Picture(_) | Exported::GroupsOf(_) => {
            key("Exported {0} group to {1}.|Exported {0} groups to {1}.")
        }
        Exported::Pairs(_) => key("Exported {0} pair to {1}.|Exported {0} pairs to {1}."),
        Exported::Comparison(of) if of.of == Compared::Users => {
            key("Exported {0} group to {1}.|Exported {0} groups to {1}.")
        }
        Exported::Comparison(_) => key("Exported {0} user to {1}.|Exported {0} users to {1}."),
        Exported::WhatIf(_) => key("Exported {0} effect to {1}.|Exported {0} effects to {1}."),
        Exported::Managers(of) if of.of == ManagersOf::People => {
            key("Exported {0} manager to {1}.|Exported {0} managers to {1}.")
        }
        Exported::Managers(_) => key("Exported {0} group to {1}.|Exported {0} groups to {1}."),
        Exported::Findings(_) => key("Exported {0} finding to {1}.|Exported {0} findings to {1}."),
    };
    counted_with(message, rows.into(), &[name])
}

/// What the file is called, without its ending.
fn stem(of: &Exported) -> &'static str {
    match of {
        Exported::Users(of) if of.group.is_some() => "members",
        Exported::Users(_) => "users",
        Exported::Picture(_) => "hierarchy",
        Exported::Groups(_) | Exported::GroupsOf(_) => "groups",
        Exported::Pairs(_) => "check",
        Exported::Matrix(_) => "matrix",
        Exported::Comparison(_) => "comparison",
        Exported::WhatIf(_) => "what-if",
        Exported::Managers(_) => "managers",
        Exported::Findings(of) => match of.kinds.as_slice() {
            [kind] => kind.name(),
            _ => "findings",
        },
    }
}

/// What the file's name ends in, and its media type.
fn ending(form: ExportForm) -> (&'static str, &'static str) {
    match form {
        ExportForm::Csv {
            delimiter: Delimiter::Tab,
            ..
        } => (".tsv", "text/tab-separated-values;charset=utf-8"),
        ExportForm::Csv { .. } => (".csv", "text/csv;charset=utf-8"),
        ExportForm::Json => (".json", "application/json"),
        ExportForm::Dot => (".gv", "text/vnd.graphviz;charset=utf-8"),
    }
}

/// The file that is chosen, and then written. Copies share it.
#[derive(Clone, Copy)]
struct Exporter {
    session: Session,
    choice: Slot<Choice>,
    /// Which of the offers.
    place: Slot<usize>,
    /// The piece that is asked for; none before one is.
    writing: Slot<Option<ExportQuestion>>,
    /// How many rows the file will have.
    total: Slot<u32>,
    pieces: StoredValue<Pieces, LocalStorage>,
}

/// The dialog: what is written and how, and then how far it is.
pub fn export(session: Session) -> impl IntoView {
    let remembered = Preference::Export.read().unwrap_or_default();
    let exporter = Exporter {
        session,
        choice: Slot::new(Choice::read(&remembered)),
        place: Slot::new(0),
        writing: Slot::new(None),
        total: Slot::new(0),
        pieces: StoredValue::new_local(Pieces::default()),
    };
    let asked = session.ask(Topic::Export, move || exporter.writing.get());
    exporter.take_pieces(asked);
    // A file has the rows of one reading.
    Effect::watch(
        move || session.opened.with(|_| ()),
        move |(), _, _| session.exporting.set(false),
        false,
    );
    let is_writing = move || exporter.writing.with(Option::is_some);
    view! {
        <header>
            <h2>{say("Export")}</h2>
            <IconButton href="#i-x" label=say("Close") on_press=move |()| session.exporting.set(false) />
        </header>
        {live_if(move || !is_writing(), move || choices(exporter))}
        {live_if(is_writing, move || progress(exporter))}
    }
}

impl Exporter {
    /// What is written, as far as it is chosen.
    fn of(self) -> Option<Exported> {
        let place = self.place.get();
        self.session
            .exported
            .with(|offers| offers.get(place).or(offers.first()).map(|(_, of)| of.clone()))
    }

    fn choose(self, change: impl FnOnce(&mut Choice)) {
        self.choice.update(change);
        Preference::Export.write(Some(&self.choice.get_untracked().written()));
    }

    fn begin(self) {
        let Some(of) = untrack(|| self.of()) else { return };
        let opened = self.session.opened;
        let source = opened.with_untracked(|opened| opened.as_ref().map(|opened| source_name(&opened.source)));
        self.pieces.set_value(Pieces::default());
        self.total.set(0);
        self.writing.set(Some(ExportQuestion {
            form: self.choice.get_untracked().form_of(&of),
            of,
            source: source.unwrap_or_default(),
            address: self.session.route.with_untracked(Route::url),
            from: 0,
        }));
    }

    /// Puts what arrives behind what is there, and asks for more or saves the file.
    fn take_pieces(self, asked: Asked<ExportQuestion>) {
        follow(move || {
            let Some(problem) = asked.problem.get() else { return };
            self.end(notice::problem(&problem));
        });
        follow(move || {
            let Some(piece) = asked.answer.get() else { return };
            let Some(now) = self.writing.get_untracked() else {
                return;
            };
            // What was stopped, or begun anew, meanwhile.
            if asked.question.get_untracked().as_ref() != Some(&now) {
                return;
            }
            self.pieces.with_value(|pieces| pieces.push(&piece.bytes));
            self.total.set(piece.total);
            if piece.rows < piece.total {
                return self.writing.set(Some(ExportQuestion {
                    from: piece.rows,
                    ..now
                }));
            }
            self.end(self.save(&now, piece.rows));
        });
    }

    fn end(self, says: String) {
        self.session.exporting.set(false);
        self.session.say(says);
    }

    /// Saves the file; what there is to say about it.
    fn save(self, now: &ExportQuestion, rows: u32) -> String {
        let (ending, kind) = ending(now.form);
        let name = [stem(&now.of), ending].concat();
        if !self.pieces.with_value(|pieces| pieces.save(&name, kind)) {
            return say("The browser did not take the file.").to_owned();
        }
        written(&now.of, rows, &name)
    }
}

/// What is written, and how.
fn choices(exporter: Exporter) -> impl IntoView {
    let Exporter {
        session, choice, place, ..
    } = exporter;
    let offers = move || {
        session
            .exported
            .with(|offers| offers.iter().map(|(text, _)| *text).collect::<Vec<_>>())
    };
    let several = Kept::new(move || offers().len() > 1);
    let what = move || {
        let segments = offers().into_iter().map(segment).collect::<Vec<_>>();
        let chosen = move || offers().get(place.get()).copied().unwrap_or_default();
        let choose = move |text: &'static str| {
            place.set(
                untrack(offers)
                    .iter()
                    .position(|other| *other == text)
                    .unwrap_or_default(),
            );
        };
        line(
            say("Rows"),
            view! { <Segmented label=say("Rows") segments=segments chosen=Kept::new(chosen) on_choose=choose /> },
        )
    };
    let can_draw = Kept::new(move || exporter.of().is_some_and(|of| is_groups(&of)));
    let forms = move || {
        let forms = FORMS.iter().filter(|(form, _)| *form != "dot" || can_draw.get());
        forms
            .map(|(form, text)| Segment {
                value: form,
                text,
                ..Segment::default()
            })
            .collect::<Vec<_>>()
    };
    let form = Kept::new(move || exporter.of().map_or("csv", |of| form_name(choice.get().form_of(&of))));
    let choose_form = move |form| exporter.choose(|choice| choice.form = form);
    // Where the dialog was there before its code, what is focused by itself is missed.
    let go = NodeRef::<html::Button>::new();
    follow(move || {
        if let Some(go) = go.get() {
            let _ = go.focus();
        }
    });
    view! {
        {live_if(move || several.get(), what)}
        {line(say("Format"), view! { <Segmented label=say("Format") segments=Kept::new(forms) chosen=form on_choose=choose_form /> })}
        {live_if(move || form.get() == "csv", move || spreadsheet(exporter))}
        <footer>
            <p>{live(move || about(form.get()))}</p>
            <button type="button" class="button" data-kind="primary" node_ref=go on:click=move |_| exporter.begin()>
                {say("Export")}
            </button>
        </footer>
    }
}

fn segment(text: &'static str) -> Segment {
    Segment {
        value: text,
        text,
        ..Segment::default()
    }
}

/// A choice with what it is about.
fn line(text: &'static str, control: impl IntoView) -> impl IntoView {
    view! { <div class="choice"><span>{text}</span> {control}</div> }
}

/// What only spreadsheets need to be told.
fn spreadsheet(exporter: Exporter) -> impl IntoView {
    let choice = exporter.choice;
    let delimiters = DELIMITERS.map(|(_, name, text)| Segment {
        value: name,
        text: say(text),
        ..Segment::default()
    });
    let chosen = Kept::new(move || choice.get().delimiter_name());
    let choose = move |name: &'static str| {
        let chosen = DELIMITERS
            .iter()
            .find(|it| it.1 == name)
            .map_or(Delimiter::Comma, |it| it.0);
        exporter.choose(|choice| choice.delimiter = chosen);
    };
    let delimiter = view! {
        <Segmented label=say("Between cells") segments=Kept::from(delimiters.to_vec()) chosen on_choose=choose />
    };
    view! {
        {line(say("Between cells"), delimiter)}
        <label>
            <span>{say("Byte order mark")} <small id="mark">{say("Spreadsheets know UTF-8 by it.")}</small></span>
            <input
                class="switch"
                type="checkbox"
                role="switch"
                aria-label=say("Byte order mark")
                aria-describedby="mark"
                prop:checked=move || choice.get().mark
                on:change=move |event| {
                    let mark = event_target_checked(&event);
                    exporter.choose(|choice| choice.mark = mark);
                }
            />
        </label>
    }
}

fn about(form: &'static str) -> &'static str {
    match form {
        "json" => say("For programs: every text as it is, with where it comes from."),
        "dot" => say("For Graphviz: a node for each group, an edge for each nesting."),
        _ => say("For spreadsheets: no cell is run as a formula."),
    }
}

/// How far the file is that is being written, and the way to stop it.
fn progress(exporter: Exporter) -> impl IntoView {
    let Exporter {
        session,
        writing,
        total,
        ..
    } = exporter;
    let rows = Kept::new(move || writing.with(|now| now.as_ref().map_or(0, |now| now.from)));
    let percent = Kept::new(move || {
        let percent = u64::from(rows.get()) * 100 / u64::from(total.get().max(1));
        percent.min(100) as u32
    });
    let extent = move || fill("{0} of {1}", &[&number(rows.get()), &number(total.get())]);
    // A reader is told every tenth.
    let told = Kept::new(move || percent.get() / 10 * 10);
    view! {
        <div class="writing">
            <Bar label=say("Written") percent />
            <p class="num">{live(extent)}</p>
            <p class="sr-only" role="status">{live(move || fill("{0} percent written", &[&number(told.get())]))}</p>
        </div>
        <footer>
            <p>{say("Nothing leaves this machine.")}</p>
            <Button text=say("Stop") href="#i-x" on_press=move |()| session.exporting.set(false) />
        </footer>
    }
}

#[cfg(test)]
mod tests {
    use protocol::{GroupsExport, UsersQuestion};

    use super::*;

    #[test]
    fn what_was_chosen_is_remembered() {
        for form in ["csv", "json", "dot"] {
            for (delimiter, ..) in DELIMITERS {
                for mark in [true, false] {
                    let choice = Choice { form, delimiter, mark };
                    assert_eq!(Choice::read(&choice.written()), choice);
                }
            }
        }
        let first = Choice {
            form: "csv",
            delimiter: Delimiter::Comma,
            mark: true,
        };
        assert_eq!(Choice::read(""), first);
        assert_eq!(Choice::read("what another version kept"), first);
    }

    #[test]
    fn only_groups_are_drawn() {
        let choice = Choice::read("dot");
        assert_eq!(
            choice.form_of(&Exported::Groups(GroupsExport::default())),
            ExportForm::Dot
        );
        let users = choice.form_of(&Exported::Users(UsersQuestion::default()));
        assert_eq!(form_name(users), "csv");
    }
}
