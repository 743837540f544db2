//! What is wrong with the facts, as a list.

use membership::directory::Directory;
use membership::finding::FindingKind;

use crate::json::Json;

/// Every finding, the gravest kind first. Cost: that of every kind.
pub fn findings(directory: &Directory) -> String {
    Json::list(|json| {
        for finding in FindingKind::ALL.into_iter().flat_map(|kind| directory.findings(kind)) {
            json.inner(|json| {
                json.key("kind").text(finding.kind.name());
                json.key("severity").text(finding.severity().name());
                let users = finding.users.iter().map(|user| directory.user_id(*user));
                json.key("users").items(|json| users.for_each(|id| json.text(id)));
                json.key("groups").group_ids(directory, &finding.groups);
                json.key("message").text(&finding.message(directory));
            });
        }
    })
}
