//! Texts of identifiers with commas between: which one is being typed, and what a suggestion is written as.

use protocol::EntityName;

/// The identifier that is being typed: what stands behind the last comma.
pub fn last(text: &str, several: bool) -> &str {
    let last = if several {
        text.rsplit(',').next().unwrap_or_default()
    } else {
        text
    };
    last.trim_start()
}

/// What a suggestion is written as: a username or a name where that is plain and nobody else's, else the id.
pub fn identifier(options: &[EntityName], place: usize, several: bool) -> Option<String> {
    let option = options.get(place)?;
    let readable = |option: &EntityName| {
        if several {
            option.name.to_uppercase()
        } else {
            option.detail.to_uppercase()
        }
    };
    let word = if several { &option.name } else { &option.detail };
    let is_shared = options
        .iter()
        .filter(|other| readable(other) == readable(option))
        .count()
        > 1;
    let is_plain = !word.is_empty() && !word.contains(',') && !is_shared;
    Some(if is_plain { word.clone() } else { option.id.clone() })
}

/// The identifiers of a text with commas between.
#[must_use]
pub fn identifiers(text: &str) -> Vec<String> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(id: &str, name: &str, detail: &str) -> EntityName {
        EntityName {
            id: id.into(),
            name: name.into(),
            detail: detail.into(),
        }
    }

    #[test]
    fn the_last_identifier_is_completed() {
        assert_eq!(last("finance, man", true), "man");
        assert_eq!(last("finance,", true), "");
        assert_eq!(last("o, brien", false), "o, brien");
    }

    #[test]
    fn empty_items_are_none() {
        assert_eq!(identifiers(" a ,, b,"), ["a", "b"]);
        assert!(identifiers(" , ").is_empty());
    }

    #[test]
    fn a_name_that_means_another_is_written_as_an_id() {
        let groups = [
            option("g1", "Ops", ""),
            option("g2", "ops", ""),
            option("g3", "R, D", ""),
            option("g4", "Eng", ""),
        ];
        let written: Vec<_> = (0..4).filter_map(|place| identifier(&groups, place, true)).collect();
        assert_eq!(written, ["g1", "g2", "g3", "Eng"]);
        let users = [option("u1", "Ada", "ada"), option("u2", "Bo", "")];
        let written: Vec<_> = (0..2).filter_map(|place| identifier(&users, place, false)).collect();
        assert_eq!(written, ["ada", "u2"]);
    }
}
