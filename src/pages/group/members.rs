//! The members of a group: direct or all, without those of other groups, filtered.

use leptos::prelude::*;
use protocol::GroupDetail;

use super::exclude::Exclude;
use crate::components::columns::chooser;
use crate::components::field::SearchField;
use crate::components::grid::Column;
use crate::components::kept::Kept;
use crate::components::live::live_if;
use crate::components::segmented::{Segment, Segmented};
use crate::keys::Deed;
use crate::pages::columns::of_users;
use crate::pages::groups::set;
use crate::pages::users::{AnswerView, Filter, List, Nobody, Scope, asked_columns};
use crate::route::GroupsView;
use crate::session::Session;
use crate::storage::Preference;
use crate::words::{fill, say};

/// The Members tab.
#[component]
pub fn Members(
    /// The session.
    session: Session,
    /// What the address says.
    view: Kept<GroupsView>,
    /// The group on screen.
    chosen: Kept<Option<String>>,
    /// What is known of it.
    detail: Kept<Option<GroupDetail>>,
) -> impl IntoView {
    let scope = Kept::new(move || {
        view.with(|view| Scope {
            // Empty before one is known: nobody is asked for then, not everybody.
            group: Some(chosen.get().unwrap_or_default()),
            include_inherited: view.include_inherited,
            excluded_groups: view.excluded_groups.clone(),
        })
    });
    let list = List::new(session, scope);
    let asks = move || session.asks();
    let name = move || detail.with(|detail| detail.as_ref().map(|detail| detail.name.clone()).unwrap_or_default());
    let chosen_scope = move || {
        if view.with(|view| view.include_inherited) {
            "all"
        } else {
            "direct"
        }
    };
    let nobody = move || {
        let text = match chosen_scope() {
            "all" => say("No members, directly or through nesting."),
            _ => say("No direct members. Others may be in it through nesting."),
        };
        Nobody {
            title: fill("Nobody is in {0}.", &[&name()]),
            text: text.to_owned(),
        }
    };
    let usual = Kept::new(move || match session.opened.get() {
        Some(opened) if opened.asks.is_some() => asked_columns(&opened, true),
        _ => columns(),
    });
    let (columns, arranging) = of_users(session, Preference::MemberColumns, "members", usual);
    view! {
        <div role="tabpanel" id="panel-members" aria-labelledby="tab-members" class="panel">
            <div class="toolbar">
                <Segmented
                    label=say("Membership")
                    segments=Kept::new(move || segments(detail))
                    chosen=Kept::new(chosen_scope)
                    on_choose=move |scope| set(session, false, |view| view.include_inherited = scope == "all")
                />
                {live_if(
                    move || asks().is_none_or(|asks| asks.nesting),
                    move || view! { <span class="sep"></span> <Exclude session view /> },
                )}
                <span class="push row">
                    {chooser(arranging, "members-columns", session.key(Deed::Columns))}
                    <SearchField
                        label=say("Find a member")
                        value=Kept::new(move || list.view.with(|view| view.q.clone()))
                        on_input=move |text| list.set(true, |view| view.q = text)
                    />
                </span>
            </div>
            {live_if(
                move || asks().is_none_or(|asks| asks.queries),
                move || view! { <div class="toolbar" data-tight=""><Filter list /></div> },
            )}
            <AnswerView
                list
                label=Kept::new(move || fill("Members of {0}", &[&name()]))
                class="grid members"
                columns
                arranging
                nobody=Kept::new(nobody)
            />
        </div>
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::Name,
        Column::Username,
        Column::Email,
        Column::Status,
        Column::Role,
        Column::Why(say("Membership").to_owned()),
    ]
}

fn segments(detail: Kept<Option<GroupDetail>>) -> Vec<Segment> {
    let (direct, total) = detail.with(|detail| {
        let detail = detail.as_ref();
        (
            detail.and_then(|detail| detail.direct),
            detail.and_then(|detail| detail.total),
        )
    });
    vec![
        Segment {
            value: "direct",
            text: say("Direct"),
            rel: "direct",
            count: direct,
            ..Segment::default()
        },
        Segment {
            value: "all",
            text: say("All incl. inherited"),
            rel: "inherited",
            count: total,
            ..Segment::default()
        },
    ]
}
