//! The filter language in six lines.

use leptos::prelude::*;

use super::line::paint;
use crate::components::icon::icon;
use crate::components::menu::MenuButton;

const LINES: [(&str, &str); 6] = [
    (r#"firstName ~ "ann""#, "holds it; also = != < > STARTSWITH ENDSWITH"),
    (
        "status = active AND NOT username IN (ada, bo)",
        "AND, OR, NOT, a list, parentheses",
    ),
    (
        r#"memberOf = "Finance""#,
        "directly or through nesting; directMemberOf without",
    ),
    (r#"managerOf = "Finance" OR isAdministrator = true"#, "who decides"),
    (
        "lastLogin < -90d AND created > 2026-01-31",
        "a period before now, or a day",
    ),
    ("email IS EMPTY ORDER BY lastName DESC", "what is missing; the order"),
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
            <dd>{says}</dd>
        }
    });
    view! {
        <MenuButton menu=PANEL opens="dialog" kind="quiet" size="sm" icon_only=true label="Filter language">
            {icon("#i-info")}
        </MenuButton>
        <div class="menu query-help" popover="auto" role="dialog" id=PANEL aria-label="Filter language">
            <dl>{lines.into_iter().collect_view()}</dl>
        </div>
    }
}
