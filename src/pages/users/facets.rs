//! Conditions that are offered as chips: each is added to the query, or taken out of it again.

use leptos::prelude::*;
use protocol::{Facet, FacetKind};

use super::list::List;
use crate::components::chip::FilterChip;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::words::say;

/// The conditions, each with the number it would leave.
#[component]
pub fn Facets(
    /// The list.
    list: List,
) -> impl IntoView {
    // Which ones there are changes hardly ever: a chip keeps its place and its focus while its number changes.
    let kinds = Kept::new(move || {
        let facets = list
            .page
            .with(|page| page.as_ref().map(|page| page.facets.clone()))
            .unwrap_or_default();
        facets
            .into_iter()
            .map(|facet| (facet.kind, facet.zenql))
            .collect::<Vec<_>>()
    });
    let chips = move || {
        kinds
            .get()
            .into_iter()
            .map(|(kind, zenql)| chip(list, kind, zenql))
            .collect_view()
    };
    view! {
        <div class="chips" role="group" aria-label=say("Show only, within this filter")>
            {live(chips)}
        </div>
    }
}

fn chip(list: List, kind: FacetKind, zenql: String) -> impl IntoView {
    let (href, text) = match kind {
        FacetKind::Active => ("#i-active", say("Active")),
        FacetKind::Suspended => ("#i-inactive", say("Suspended")),
        FacetKind::Locked => ("#i-lock", say("Locked")),
        FacetKind::Administrators => ("#i-shield", say("Administrators")),
        FacetKind::Managers => ("#i-key", say("Managers")),
        FacetKind::InNoGroup => ("#i-empty", say("In no group")),
    };
    let condition = StoredValue::new(zenql);
    let count = Kept::new(move || {
        list.page.with(|page| {
            let of_kind = |facet: &&Facet| facet.kind == kind;
            page.as_ref()
                .and_then(|page| page.facets.iter().find(of_kind))
                .map(|facet| facet.count)
        })
    });
    let pressed = Kept::new(move || {
        list.view
            .with(|view| condition.with_value(|condition| without(&view.zenql, condition).is_some()))
    });
    let press = move |()| {
        list.set(false, |view| {
            view.zenql = condition.with_value(|condition| {
                without(&view.zenql, condition).unwrap_or_else(|| with(&view.zenql, condition))
            });
        });
    };
    view! { <FilterChip text href count pressed on_press=press /> }
}

/// The query and the condition together. An order at the end stays at the end.
fn with(query: &str, condition: &str) -> String {
    let (filter, order) = parts(query);
    let filter = match filter.trim() {
        "" => condition.to_owned(),
        // `AND` binds tighter than `OR`, which may also stand within quotes: one pair of parentheses too many is no harm.
        filter if has_or(filter) => ["(", filter, ") AND ", condition].concat(),
        filter => [filter, " AND ", condition].concat(),
    };
    [&filter, order].concat()
}

/// The query without the condition, where it stands at one of its ends or between two `AND`s.
fn without(query: &str, condition: &str) -> Option<String> {
    let (filter, order) = parts(query);
    let filter = filter.trim();
    if filter == condition {
        return Some(order.trim_start().to_owned());
    }
    let first = [condition, " AND "].concat();
    let last = [" AND ", condition].concat();
    let between = [&last, " AND "].concat();
    let rest = if let Some((before, after)) = filter.split_once(&between) {
        [before, " AND ", after].concat()
    } else if let Some(before) = filter.strip_suffix(&last) {
        before.to_owned()
    } else if let Some(after) = filter.strip_prefix(&first) {
        after.to_owned()
    } else {
        return None;
    };
    // Beside an `OR` the condition binds to one side only, and is no condition of the whole.
    let is_wrapped = rest.starts_with('(') && rest.ends_with(')');
    (is_wrapped || !has_or(&rest)).then(|| {
        let rest = if is_wrapped && !rest[1..rest.len() - 1].contains(['(', ')']) {
            &rest[1..rest.len() - 1]
        } else {
            &rest
        };
        [rest, order].concat()
    })
}

fn has_or(filter: &str) -> bool {
    filter.to_ascii_uppercase().contains(" OR ")
}

/// The filter of a query, and the `ORDER BY` at its end.
fn parts(query: &str) -> (&str, &str) {
    let place = query.to_ascii_uppercase().rfind("ORDER BY").filter(|place| {
        // Within quotes it is a text.
        query[..*place].matches('"').count().is_multiple_of(2)
    });
    let place = place.map_or(query.len(), |place| query[..place].trim_end().len());
    query.split_at(place)
}

#[cfg(test)]
mod tests {
    use super::{with, without};

    const ACTIVE: &str = "status = active";

    #[test]
    fn adds() {
        assert_eq!(with("", ACTIVE), ACTIVE);
        assert_eq!(with("a ~ 1", ACTIVE), "a ~ 1 AND status = active");
        assert_eq!(with("a ~ 1 or b = 2", ACTIVE), "(a ~ 1 or b = 2) AND status = active");
        assert_eq!(with("a ~ 1 ORDER BY b", ACTIVE), "a ~ 1 AND status = active ORDER BY b");
        assert_eq!(with(" order by b", ACTIVE), "status = active order by b");
        assert_eq!(
            with("a = \"order by b\"", ACTIVE),
            "a = \"order by b\" AND status = active"
        );
    }

    #[test]
    fn takes_out_what_it_added() {
        for query in [
            "",
            "a ~ 1",
            "a ~ 1 or b = 2",
            "a ~ 1 AND c = 3 ORDER BY b",
            "a = \"order by b\"",
        ] {
            assert_eq!(without(&with(query, ACTIVE), ACTIVE).as_deref(), Some(query));
        }
        assert_eq!(without("status = active AND a ~ 1", ACTIVE).as_deref(), Some("a ~ 1"));
        assert_eq!(
            without("a ~ 1 AND status = active AND b = 2", ACTIVE).as_deref(),
            Some("a ~ 1 AND b = 2")
        );
    }

    #[test]
    fn leaves_what_is_another_condition() {
        assert_eq!(without("a ~ 1 OR b = 2 AND status = active", ACTIVE), None);
        assert_eq!(without("NOT status = active", ACTIVE), None);
        assert_eq!(without("", ACTIVE), None);
    }
}
