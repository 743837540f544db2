//! The filter language in six lines.

use leptos::prelude::*;

use super::line::paint;
use crate::components::icon::icon;
use crate::components::menu::MenuButton;
use crate::words::{key, say};

const LINES: [(&str, &str); 6] = [
    (
        r#"firstName ~ "ann""#,
        key("holds it; also = != < > STARTSWITH ENDSWITH"),
    ),
    (
        "status = active AND NOT username IN (ada, bo)",
        key("AND, OR, NOT, a list, parentheses"),
    ),
    (
        r#"memberOf = "Finance""#,
        key("directly or through nesting; directMemberOf without"),
    ),
    (r#"managerOf = "Finance" OR isAdministrator = true"#, key("who decides")),
    (
        "lastLogin < -90d AND created > 2026-01-31",
        key("a period before now, or a day"),
    ),
    (
        "email IS EMPTY ORDER BY lastName DESC",
        key("what is missing; the order"),
    ),
];

const PANEL: &str = "query-help";

/// The button that opens the help, and the help.
#[component]
pub fn Help() -> impl IntoView {
    let lines = LINES.map(|(query, says)| {
        view! {
            <dt>
                <code>{paint(query, None)}</code>
            </dt>
            <dd>{say(says)}</dd>
        }
    });
    view! {
        <MenuButton menu=PANEL opens="dialog" kind="quiet" size="sm" icon_only=true label=say("Filter language")>
            {icon("#i-info")}
        </MenuButton>
        <div class="menu query-help" popover="auto" role="dialog" id=PANEL aria-label=say("Filter language")>
            <dl>{lines.into_iter().collect_view()}</dl>
        </div>
    }
}
