//! What is wrong with the facts, as a list.

use membership::directory::Directory;
use membership::finding::FindingKind;
use membership::json::Json;

use crate::record;

/// Every finding, the gravest kind first. Cost: that of every kind.
pub fn findings(directory: &Directory) -> String {
    let mut json = Json::default();
    json.list();
    for finding in FindingKind::ALL.into_iter().flat_map(|kind| directory.findings(kind)) {
        json.object().key("kind").text(finding.kind.name());
        json.key("severity").text(finding.severity().name());
        json.key("users").list();
        for user in &finding.users {
            json.text(directory.user_id(*user));
        }
        json.end_list();
        record::group_ids(json.key("groups"), directory, &finding.groups);
        json.key("message").text(&finding.message(directory)).end();
    }
    json.end_list();
    json.finish()
}
