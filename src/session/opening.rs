//! How a directory is opened: from what is kept on this device, from its source, or after a person has helped.

use leptos::prelude::*;
use protocol::Source;
use web_sys::File;

use super::{Reading, Session, source_name};
use crate::engine::Engine;
use crate::notice;
use crate::route::Dir;

impl Session {
    /// Opens the directory that the address names, unless it is open or being read.
    pub(super) fn follow(self) {
        let dir = self.route.with_untracked(|route| route.dir.clone());
        let source = match dir {
            Dir::Sample(users) => Source::Sample { users },
            Dir::File(name) => Source::File { name },
            Dir::Vendor { system, .. } if notice::system(&system).is_none() => {
                return self.notice.set(Some(notice::unknown_system(&system)));
            }
            Dir::Vendor {
                system,
                base,
                live: false,
            } => Source::Vendor(self.vendor(&system, &base)),
            Dir::Vendor {
                system,
                base,
                live: true,
            } => Source::Live(self.vendor(&system, &base)),
        };
        if self.asked_for.with_untracked(|asked| asked.as_ref() != Some(&source)) {
            self.open(source);
        }
    }

    /// Opens the sample with so many users.
    pub fn open_sample(self, users: u32) {
        self.open(Source::Sample { users });
    }

    /// Reads a file that the person chose or dropped.
    pub fn open_file(self, file: File) {
        let name = file.name();
        self.read(Source::File { name }, Some(file));
    }

    /// Reads a vendor whole, or asks it instead, in place of what is being read.
    pub fn read_from(self, source: Source) {
        self.read(source, None);
    }

    /// Reads the same directory once more.
    pub fn read_again(self) {
        if let Some(source) = self.asked_for.get_untracked() {
            self.read(source, self.files.get_value().open);
        }
    }

    /// Reads the file once more that was refused.
    pub fn read_refused_again(self) {
        if let Some(file) = self.files.get_value().tried {
            self.open_file(file);
        }
    }

    /// Stops reading, or a test; what was open stays.
    pub fn stop_reading(self) {
        self.test.set(None);
        self.with_engine(Engine::stop);
    }

    /// Opens what is kept of a directory on this device, or reads it. A file that was chosen since the page was loaded is read.
    pub(super) fn open(self, source: Source) {
        let open = self.files.get_value().open;
        if let (Source::File { name }, Some(file)) = (&source, open)
            && file.name() == *name
        {
            return self.read(source, Some(file));
        }
        self.begin(&source);
        self.with_engine(|engine| engine.open(source));
        self.files.update_value(|files| files.tried = None);
    }

    /// Reads a directory from its source.
    pub(super) fn read(self, source: Source, file: Option<File>) {
        let file = match (&source, file) {
            (Source::File { name }, Some(file)) if file.name() == *name => Some(file),
            (Source::File { .. }, _) => return self.needs(source, None),
            (Source::Vendor(vendor) | Source::Live(vendor), _)
                if !self.signed_in.with_untracked(|known| known.contains(vendor)) =>
            {
                return self.needs(source, None);
            }
            (Source::Sample { .. } | Source::Vendor(_) | Source::Live(_), _) => None,
        };
        self.begin(&source);
        self.with_engine(|engine| engine.read(source, file.as_ref()));
        self.files.update_value(|files| files.tried = file);
    }

    /// It takes a person to read this directory; `damage` says why what is kept of it could not be opened.
    pub(super) fn needs(self, source: Source, damage: Option<&str>) {
        let needed = match &source {
            Source::Vendor(vendor) | Source::Live(vendor) => notice::sign_in_needed(vendor),
            _ => notice::file_needed(&source_name(&source)),
        };
        self.notice.set(Some(match damage {
            Some(damage) => notice::not_opened(&source_name(&source), damage, &needed.title),
            None => needed,
        }));
        self.asked_for.set(Some(source));
    }

    fn begin(self, source: &Source) {
        self.asked_for.set(Some(source.clone()));
        self.refused.set(None);
        self.notice.set(None);
        self.reading.set(Some(Reading {
            source: source.clone(),
            progress: None,
            vendor: None,
            since: js_sys::Date::now(),
        }));
    }

    /// Nothing new was opened: the address names what still is.
    pub(super) fn keep_what_is_open(self) {
        self.reading.set(None);
        let open = self
            .opened
            .with_untracked(|opened| opened.as_ref().map(|opened| opened.source.clone()));
        self.asked_for.set(open);
    }
}
