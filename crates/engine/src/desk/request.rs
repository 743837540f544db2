//! What is on screen as a vendor's documented request, and what the directory answers to it.

use membership::entity::GroupIndex;
use membership::order;
use membership::query;
use protocol::{
    Body, GroupFilter, Lack, Problem, Reads, RequestDetail, RequestQuestion, Shown, TreeOrder, UsersQuestion,
};
use provider::answer::{Call, Caller, answer, parameters};
use provider::connection::System;
use provider::wording::{self, Check, GroupKind, GroupList, GroupOrder, UserList, View, Wording};

use super::{Desk, query_problem};

/// The most lines of a body that are shown.
const LINES: u32 = 1_000;
/// The most bytes of them.
const BYTES: usize = 1 << 16;

impl Desk {
    /// Cost: that of wording the request and of answering it; see [`wording::wording`] and [`answer`].
    pub(super) fn request(&self, question: &RequestQuestion, now: i64) -> Result<RequestDetail, Problem> {
        let system = System::named(&question.system).ok_or(Problem::NotRead)?;
        let Wording { request, lacks, reads } = self.worded(system, &question.of)?;
        let call = Call {
            method: request.method,
            url: &[&question.origin, request.url.as_str()].concat(),
            caller: Caller::Administrator,
            now,
        };
        let response = answer(&self.directory, &call);
        let headers = response.headers.into_iter();
        Ok(RequestDetail {
            method: request.method.to_owned(),
            parameters: parameters(&request.url),
            url: request.url,
            lacks: lacks.into_iter().map(lack).collect(),
            reads: self::reads(reads),
            status: response.status,
            headers: headers.map(|(name, value)| (name.to_owned(), value)).collect(),
            body: response.body.map(|body| laid_out(&body)),
        })
    }

    fn worded(&self, system: System, of: &Shown) -> Result<Wording, Problem> {
        let directory = &self.directory;
        let items;
        let view = match of {
            Shown::Users(of) => return self.users_worded(system, of),
            Shown::GroupsOf(user) => View::GroupsOf(self.find_user(user)?),
            Shown::User(user) => View::User(self.find_user(user)?),
            Shown::Check(check) => {
                items = self.items(&check.groups);
                View::Check(Check {
                    identifier: &check.user,
                    user: self.find_user(&check.user)?,
                    groups: &items,
                })
            }
            Shown::Groups { find, only, order } => View::Groups(GroupList {
                find: find.trim(),
                only: only.map(|only| match only {
                    GroupFilter::Cycle => GroupKind::Cycle,
                    GroupFilter::NoManager => GroupKind::NoManager,
                    GroupFilter::Empty => GroupKind::Empty,
                }),
                order: match order {
                    TreeOrder::Total => GroupOrder::Total,
                    TreeOrder::Direct => GroupOrder::Direct,
                    TreeOrder::Name => GroupOrder::Name,
                },
            }),
            Shown::Group(group) => View::Group(self.find_group(group)?),
        };
        Ok(wording::wording(directory, system, &view))
    }

    fn users_worded(&self, system: System, of: &UsersQuestion) -> Result<Wording, Problem> {
        let group = of.group.as_deref().map(|group| self.find_group(group)).transpose()?;
        let excluded = of.excluded_groups.iter().map(|group| self.find_group(group));
        let excluded: Vec<GroupIndex> = excluded.collect::<Result<_, _>>()?;
        let query = query::parse_users(&of.zenql).map_err(|error| query_problem("zenQL", &error))?;
        let terms = match (of.order.is_empty(), query.order.is_empty()) {
            (false, _) => query::parse_order_users(&of.order).map_err(|error| query_problem("order", &error))?,
            (true, false) => query.order.clone(),
            (true, true) => order::by_name(),
        };
        let list = UserList {
            group,
            include_inherited: of.include_inherited,
            excluded: &excluded,
            zenql: of.zenql.trim(),
            query: &query,
            q: of.q.trim(),
            order: &of.order,
            terms: &terms,
        };
        Ok(wording::wording(&self.directory, system, &View::Users(list)))
    }
}

fn lack(lack: wording::Lack) -> Lack {
    match lack {
        wording::Lack::Nesting => Lack::Nesting,
        wording::Lack::Excluded => Lack::Excluded,
        wording::Lack::Conditions(conditions) => Lack::Conditions(conditions),
        wording::Lack::Search => Lack::Search,
        wording::Lack::Order => Lack::Order,
        wording::Lack::Only => Lack::Only,
        wording::Lack::Suspended => Lack::Suspended,
    }
}

fn reads(reads: wording::Reads) -> Reads {
    match reads {
        wording::Reads::Plainly => Reads::Plainly,
        wording::Reads::Status => Reads::Status,
        wording::Reads::Count => Reads::Count,
        wording::Reads::Among(ids) => Reads::Among(ids),
    }
}

/// JSON with a line for each value, as far as it fits; the rest of the lines is counted. Cost: O(length).
fn laid_out(json: &str) -> Body {
    let mut lines = Lines::default();
    let (mut depth, mut in_text, mut is_escaped) = (0_usize, false, false);
    let mut letters = json.chars().peekable();
    while let Some(letter) = letters.next() {
        if in_text {
            lines.line.push(letter);
            in_text = is_escaped || letter != '"';
            is_escaped = !is_escaped && letter == '\\';
            continue;
        }
        match letter {
            '{' | '[' => {
                lines.line.push(letter);
                // What is empty stays on its line.
                if let Some(close) = letters.next_if(|next| matches!(next, '}' | ']')) {
                    lines.line.push(close);
                } else {
                    depth += 1;
                    lines.end(depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                lines.end(depth);
                lines.line.push(letter);
            }
            ',' => {
                lines.line.push(letter);
                lines.end(depth);
            }
            ':' => lines.line.push_str(": "),
            _ => {
                in_text = letter == '"';
                lines.line.push(letter);
            }
        }
    }
    lines.end(0);
    Body {
        text: lines.text,
        more: lines.more,
        bytes: u32::try_from(json.len()).unwrap_or(u32::MAX),
    }
}

/// Lines of a text, of which the first are kept.
#[derive(Default)]
struct Lines {
    text: String,
    line: String,
    kept: u32,
    more: u32,
}

impl Lines {
    /// Ends a line, and indents the next one.
    fn end(&mut self, depth: usize) {
        if self.more == 0 && self.kept < LINES && self.text.len() + self.line.len() <= BYTES {
            if self.kept > 0 {
                self.text.push('\n');
            }
            self.text.push_str(&self.line);
            self.kept += 1;
        } else {
            self.more += 1;
        }
        self.line.clear();
        self.line.extend(std::iter::repeat_n("  ", depth));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_laid_out_with_a_line_for_each_value() {
        let body = laid_out(r#"{"a":[],"b":{"c":[1,"x,{\"y\\"]},"d":{}}"#);
        let lines = [
            "{",
            "  \"a\": [],",
            "  \"b\": {",
            "    \"c\": [",
            "      1,",
            "      \"x,{\\\"y\\\\\"",
            "    ]",
            "  },",
            "  \"d\": {}",
            "}",
        ];
        assert_eq!((body.text, body.more), (lines.join("\n"), 0));
        assert_eq!(laid_out("null").text, "null");
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let items = vec!["1"; 2_000].join(",");
        let body = laid_out(&["[", &items, "]"].concat());
        assert_eq!(body.text.lines().count(), 1_000);
        assert_eq!(body.more, 1_002);
        assert_eq!(body.bytes, 4_001);
        let long = laid_out(&["[\"", &"x".repeat(BYTES), "\",1]"].concat());
        assert_eq!((long.text.as_str(), long.more), ("[", 3));
    }
}
