//! What was not as it should be while a vendor was read.

use leptos::prelude::*;
use protocol::{Incident, IncidentsQuestion, Topic, Vendor};

use crate::components::button::Button;
use crate::components::file::unused::ReasonChips;
use crate::components::icon::mark;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::rows::{RowList, head, row};
use crate::components::slot::Slot;
use crate::notice::vendor;
use crate::number::grouped;
use crate::session::Session;
use crate::words::{counted, fill, say};

/// How many are listed at first, and more at each wish.
const LISTED: u32 = 100;

/// All of them, of the vendor that is open: what lost something first.
#[component]
pub fn Incidents(session: Session, vendor: Vendor, total: u32) -> impl IntoView {
    let reason = Slot::new(None);
    let limit = Slot::new(LISTED);
    let asked = session.ask(Topic::Incidents, move || {
        Some(IncidentsQuestion {
            reason: reason.get(),
            offset: 0,
            limit: limit.get(),
        })
    });
    let page = Kept::new(move || asked.answer.get().unwrap_or_default());
    let reasons = Kept::new(move || page.with(|page| page.reasons.clone()));
    let words = Kept::new(move || {
        let words = reasons.get().into_iter();
        words
            .map(|(reason, count)| (vendor::reason(reason), count))
            .collect::<Vec<_>>()
    });
    let chosen = Kept::new(move || reason.get().map_or("", vendor::reason));
    let choose = move |word| {
        limit.set(LISTED);
        let mut all = reasons.get_untracked().into_iter().map(|(reason, _)| reason);
        reason.set(all.find(|reason| vendor::reason(*reason) == word));
    };
    let more = move || {
        let left = page.with(|page| page.total as usize - page.rows.len());
        let text = fill("Show more of the other {0}", &[&grouped(left as u64)]);
        (left > 0).then(|| view! { <Button text=text kind="quiet" on_press=move |()| limit.update(|limit| *limit += LISTED * 5) /> })
    };
    let note = move || match page.with(|page| page.losing) {
        0 => say("Nothing is missing because of it.").to_owned(),
        losing => counted("{0} lost something.|{0} lost something.", losing.into()),
    };
    view! {
        <section class="section" aria-labelledby="incidents">
            <div class="section-head">
                {mark("#i-triangle", "warn-mark", say("Warning"))} <h2 id="incidents">{counted("{0} incident|{0} incidents", u64::from(total))}</h2>
                <span class="note">{live(note)}</span>
            </div>
            <ReasonChips reasons=words chosen on_choose=choose />
            <div class="card">{live(move || page.with(|page| list(&vendor, &page.rows, page.total)))}</div>
            {live(more)}
        </section>
    }
}

/// Incidents, each with where it was and what it was.
pub fn list(of: &Vendor, incidents: &[Incident], total: u32) -> AnyView {
    let rows = incidents.iter().enumerate().map(|(place, incident)| {
        let group = incident.group.clone().unwrap_or_default();
        let says = vendor::incident(of, incident);
        let cells = view! {
            <span class="cell" role="gridcell">{vendor::list(incident.list)}</span>
            <span class="cell-text soft" role="gridcell" title=group.clone()>{group.clone()}</span>
            <span class="cell-text soft" role="gridcell" title=says.clone()>{says.clone()}</span>
        };
        row(place, cells)
    });
    let rows = rows.collect_view();
    view! {
        <RowList label=say("Incidents") class="incidents" total=total>
            {head(&[(say("List"), ""), (say("Group"), ""), (say("What was not as it should be"), "")])}
            {rows}
        </RowList>
    }
    .into_any()
}
