//! What could stand at the caret: fields and operators, without values, of which only the vendor knows.

use membership::entity::Entity;
use protocol::{Completion, CompletionQuestion, SuggestionKind};

use super::Live;

impl Live {
    pub(super) fn complete(&self, asked: &CompletionQuestion) -> Completion {
        let Some(nothing) = &self.nothing else {
            return Completion::default();
        };
        // Values that depend on the time are none of the vendor's.
        let mut completion = crate::desk::complete(nothing, &asked.text, asked.caret, 0);
        completion.suggestions.retain(|suggestion| match suggestion.kind {
            SuggestionKind::Field => {
                // A word that joins it to what stands before may come first.
                let name = suggestion.insert.rsplit(' ').next().unwrap_or_default();
                let field = Entity::User.field(name);
                field.is_none_or(|field| !field.is_own())
            }
            SuggestionKind::Operator | SuggestionKind::Value => true,
            SuggestionKind::Group => false,
        });
        for suggestion in &mut completion.suggestions {
            suggestion.count = None;
        }
        completion
    }
}
