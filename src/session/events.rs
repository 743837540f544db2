//! What the worker tells.

use leptos::prelude::*;
use protocol::{Opened, Source, Standing};

use super::{Session, Test, dir_of, source_name};
use crate::engine::Event;
use crate::notice;
use crate::number::moment;
use crate::words::say;

impl Session {
    pub(super) fn told(self, event: Event) {
        match event {
            Event::Progress(progress) => self.reading.update(|reading| {
                if let Some(reading) = reading {
                    reading.progress = Some(progress);
                }
            }),
            Event::Reading(progress) => self.reading.update(|reading| {
                if let Some(reading) = reading {
                    reading.vendor = Some(progress);
                }
            }),
            Event::Stands(standing) => self.stands.set(standing),
            Event::Tested(tested) => {
                let is_awaited =
                    |test: &Option<Test>| matches!(test, Some(Test::Runs(vendor)) if *vendor == tested.vendor);
                if self.test.with_untracked(is_awaited) {
                    self.test.set(Some(Test::Done(tested)));
                }
            }
            Event::Opened(opened) => self.has_opened(opened),
            Event::Refused(error) => {
                let is_vendor = self.reading.with_untracked(|reading| {
                    let source = reading.as_ref().map(|reading| &reading.source);
                    source.is_some_and(|source| source.vendor().is_some())
                });
                self.keep_what_is_open();
                if is_vendor {
                    self.notice.set(Some(notice::not_read(&error)));
                } else {
                    self.refused.set(Some(error));
                }
            }
            Event::Stopped => self.keep_what_is_open(),
            Event::SignedOut => self.rested(),
            // Something newer may be on its way already.
            Event::Needed { source, damage } if self.asked_for.with_untracked(|it| it.as_ref() == Some(&source)) => {
                self.reading.set(None);
                self.needs(source, damage.as_deref());
            }
            Event::Needed { .. } => {}
            Event::Restarted => self.restarted(),
            Event::Dead(reason) => {
                self.opened.set(None);
                self.reading.set(None);
                self.notice.set(Some(notice::dead(&reason)));
            }
        }
    }

    fn has_opened(self, opened: Opened) {
        self.deaths.set_value(0);
        self.read_at.set(moment(opened.read_at, js_sys::Date::now()));
        self.keeping.set(None);
        if let Some(damage) = &opened.damage {
            let read = say("It was read from its source instead.");
            self.notice
                .set(Some(notice::not_opened(&source_name(&opened.source), damage, read)));
        }
        // Something newer may be on its way already: then this was opened before the engine heard of that.
        if self
            .asked_for
            .with_untracked(|asked| asked.as_ref() == Some(&opened.source))
        {
            self.reading.set(None);
            self.files.update_value(|files| {
                if let Some(file) = files.tried.take() {
                    files.open = Some(file);
                }
            });
        }
        self.recent.set(Vec::new());
        let dir = dir_of(&opened.source);
        self.stands.set(Standing::Reading);
        self.directory.update(|number| *number += 1);
        self.opened.set(Some(opened));
        let mut route = self.route.get_untracked();
        if route.dir != dir {
            route.dir = dir;
            self.replace(route);
        }
    }

    /// Nobody asked anything for a while, so the worker has forgotten who asks.
    fn rested(self) {
        self.is_signed_out(|_| true);
        self.notice.set(Some(notice::idle()));
    }

    fn restarted(self) {
        let Some(source) = self.asked_for.get_untracked() else {
            return;
        };
        let name = source_name(&source);
        self.deaths.update_value(|deaths| *deaths += 1);
        let was_kept = self
            .opened
            .with_untracked(|opened| opened.as_ref().is_some_and(|opened| opened.is_kept));
        self.opened.set(None);
        self.keeping.set(None);
        // Who asked went with the worker.
        self.signed_in.set(Vec::new());
        self.test.set(None);
        if self.deaths.get_value() > 1 {
            self.reading.set(None);
            return self.notice.set(Some(notice::given_up(&name)));
        }
        let files = self.files.get_value();
        let was_reading = self.reading.with_untracked(Option::is_some);
        let notice = match &source {
            Source::Vendor(vendor) | Source::Live(vendor) if !was_kept => notice::sign_in_needed(vendor),
            _ => notice::restarted(&name),
        };
        self.reading.set(None);
        if was_kept {
            self.open(source);
        } else {
            self.read(source, if was_reading { files.tried } else { files.open });
        }
        self.notice.set(Some(notice));
    }
}
