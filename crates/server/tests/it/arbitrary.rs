//! Arbitrary directories and requests: those that the core is tested with, against another reading of the documentation.

#![expect(
    dead_code,
    reason = "the generators are shared; what judges the core's answers is not used here"
)]

#[path = "../../../provider/tests/it/naive/ask.rs"]
pub mod ask;
#[path = "../../../provider/tests/it/naive/asks_of_passbolt.rs"]
pub mod asks_of_passbolt;
#[path = "../../../provider/tests/it/naive/asks_of_tulip.rs"]
pub mod asks_of_tulip;
#[path = "../../../provider/tests/it/naive/calendar.rs"]
mod calendar;
#[path = "../../../provider/tests/it/naive/facts.rs"]
pub mod facts;
#[path = "../../../provider/tests/it/naive/field.rs"]
mod field;
#[path = "../../../provider/tests/it/naive/model.rs"]
pub mod model;
#[path = "../../../provider/tests/it/naive/phrase.rs"]
mod phrase;
#[path = "../../../provider/tests/it/naive/speech.rs"]
mod speech;
#[path = "../../../provider/tests/it/naive/spelling.rs"]
mod spelling;
#[path = "../../../provider/tests/it/naive/world.rs"]
pub mod world;
#[path = "../../../provider/tests/it/naive/zenql.rs"]
mod zenql;

pub mod contensis {
    //! Who asks.

    /// Somebody; a user by their place in the directory's order.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Caller {
        Nobody,
        Administrator,
        User(usize),
    }
}
