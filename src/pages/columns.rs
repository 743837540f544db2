//! The columns of a table as somebody arranged them, kept in this browser.

use crate::components::columns::Arranging;
use crate::components::columns::arrangement::{Arrangement, Known};
use crate::components::grid::Column;
use crate::components::kept::Kept;
use crate::components::live::follow;
use crate::components::slot::Slot;
use crate::session::Session;
use crate::storage::Preference;

/// What a list of users can show beside what it usually shows; a server that is asked tells the first three.
const BESIDES: [Column; 11] = [
    Column::FirstName,
    Column::LastName,
    Column::Id,
    Column::LastLogin,
    Column::Direct,
    Column::Groups,
    Column::Created,
    Column::Modified,
    Column::Expiry,
    Column::Language,
    Column::Timezone,
];
const ASKED: usize = 3;

/// All columns of a list of users, of which some are usually shown, and how they are arranged.
pub fn of_users(
    session: Session,
    preference: Preference,
    table: &'static str,
    usual: Kept<Vec<Column>>,
) -> (Kept<Vec<Column>>, Arranging) {
    let all = Kept::new(move || {
        let told = if session.asks().is_some() { ASKED } else { BESIDES.len() };
        let mut columns = usual.get();
        let besides = BESIDES.iter().take(told).filter(|column| !columns.contains(column));
        let besides = besides.cloned().collect::<Vec<_>>();
        columns.extend(besides);
        columns
    });
    let known = Kept::new(move || {
        let is_usual = |column: &Column| usual.with(|usual| usual.contains(column));
        all.with(|all| all.iter().map(|column| column.known(is_usual(column))).collect())
    });
    (all, arranging(preference, table, known))
}

/// The columns of the table with this id; `preference` is where they are kept.
pub fn arranging(preference: Preference, table: &'static str, known: Kept<Vec<Known>>) -> Arranging {
    let arrangement = Slot::new(Arrangement::read(&preference.read().unwrap_or_default()));
    follow(move || {
        let text = arrangement.with(Arrangement::written);
        preference.write((!text.is_empty()).then_some(&text));
    });
    Arranging {
        table,
        known,
        arrangement,
    }
}
