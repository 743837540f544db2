//! What could stand at the caret of a query.

use membership::directory::Directory;
use membership::query::{self, SuggestionKind};
use protocol::{Completion, Suggestion};

/// What could stand at the caret of a query over the users of a directory.
pub fn complete(directory: &Directory, text: &str, caret: u32, now: i64) -> Completion {
    let completion = query::complete(directory, text, caret, now);
    let suggestions = completion.suggestions.into_iter().map(|suggestion| Suggestion {
        kind: match suggestion.kind {
            SuggestionKind::Field => protocol::SuggestionKind::Field,
            SuggestionKind::Operator | SuggestionKind::Keyword => protocol::SuggestionKind::Operator,
            SuggestionKind::Value => protocol::SuggestionKind::Value,
            SuggestionKind::Group => protocol::SuggestionKind::Group,
        },
        insert: suggestion.insert,
        about: suggestion.about,
        count: suggestion.count,
    });
    Completion {
        from: completion.from,
        to: completion.to,
        suggestions: suggestions.collect(),
    }
}
