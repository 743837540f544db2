//! How a user is in a group: the mark says it, the colour repeats it, the path proves it.

use protocol::Why;

use super::piece::{Piece, piece, span};
use crate::words::{counted, fill, say};

/// The mark of a relation, `direct`, `inherited`, `both` or `none`; with a label it stands alone.
pub fn rel_mark(rel: &'static str, label: &'static str) -> Piece {
    let mark = piece("svg").with("class", "rel-mark").with("data-rel", rel);
    let mark = match label {
        "" => mark.with("aria-hidden", "true"),
        label => mark.with("role", "img").with("aria-label", label),
    };
    mark.of(piece("use").with("href", ["#rel-", rel].concat()))
}

/// How many names of a path are written; of a longer one the middle gives way.
const LONGEST: usize = 5;

/// The names of a path that are written, downwards; `…` stands for those in the middle that are not.
#[must_use]
pub fn cut(names: &[String]) -> Vec<&str> {
    let names = names.iter().map(String::as_str);
    if names.len() <= LONGEST {
        return names.collect();
    }
    let skipped = names.len() - 2;
    names.clone().take(2).chain(["…"]).chain(names.skip(skipped)).collect()
}

/// A path written downwards, `via Finance › EMEA › Paris +2`; `more` counts further paths. The middle gives way first,
/// then the first name; the last one never. Where the screen can explain it, it is a button; what is pressed is for the list to hear.
pub fn via(names: &[String], more: u32, is_explained: bool) -> Piece {
    let via = if is_explained {
        piece("button").with("type", "button").with("tabindex", "-1")
    } else {
        piece("span")
    };
    let mut written = cut(names);
    let last = written.pop().unwrap_or_default().to_owned();
    let mut lead = span("via-lead");
    for (place, name) in written.iter().enumerate() {
        if place > 0 {
            lead = lead.of(separator());
        }
        lead = lead.saying((*name).to_owned());
    }
    via.with("class", "via")
        .with("title", fill("via {0}", &[&names.join(" › ")]))
        .of(span("via-word").saying(say("via")))
        .of_all((!written.is_empty()).then_some(lead))
        .of_all((!written.is_empty()).then(separator))
        .of(span("via-last").saying(last))
        .of_all((more > 0).then(|| more_paths(more)))
}

fn separator() -> Piece {
    span("via-sep").with("aria-hidden", "true").saying("›")
}

/// `+2`: so many more paths exist.
fn more_paths(more: u32) -> Piece {
    span("via-more")
        .with("title", counted("{0} more path|{0} more paths", more.into()))
        .saying(["+", &more.to_string()].concat())
}

/// Why a user is in a group, in one line: `● Direct`, `○ via …`, `◉ Direct + via …`.
pub fn why(why: &Why, is_explained: bool) -> Piece {
    let nested = !why.via.is_empty();
    let (rel, label, words) = match (why.direct, nested) {
        (true, true) => ("both", "", say("Direct +")),
        (true, false) => ("direct", "", say("Direct")),
        (false, true) => ("inherited", say("Inherited member"), ""),
        (false, false) => ("none", "", say("not a member")),
    };
    span("rel")
        .of(rel_mark(rel, label))
        .saying(words)
        .of_all(nested.then(|| via(&why.via, why.more, is_explained)))
}

#[cfg(test)]
mod tests {
    use super::cut;

    fn names(count: usize) -> Vec<String> {
        (1..=count).map(|place| place.to_string()).collect()
    }

    #[test]
    fn keeps_what_is_short() {
        assert_eq!(cut(&names(5)), ["1", "2", "3", "4", "5"]);
        assert!(cut(&[]).is_empty());
    }

    #[test]
    fn lets_the_middle_give_way() {
        assert_eq!(cut(&names(6)), ["1", "2", "…", "5", "6"]);
        assert_eq!(cut(&names(40)), ["1", "2", "…", "39", "40"]);
    }
}
