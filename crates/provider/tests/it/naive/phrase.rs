//! Arbitrary queries: built as trees, spelled in many ways, and now and then broken.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::facts::{Pick, USERNAMES, picks};
use super::field::Subject;

#[derive(Clone, Debug)]
pub enum Phrase {
    And(Box<Phrase>, Box<Phrase>),
    Or(Box<Phrase>, Box<Phrase>),
    Not(Box<Phrase>),
    Predicate {
        field: &'static str,
        is_negated: bool,
        form: Form,
    },
}

/// What follows a field; an operator of words is one word, or two that one space divides.
#[derive(Clone, Debug)]
pub enum Form {
    Mark(&'static str, Term),
    Word(&'static str, Option<Term>),
    List(&'static str, Vec<Term>),
}

#[derive(Clone, Debug)]
pub enum Term {
    /// Quoted where it has to be, and now and then where it need not.
    Text(String),
    /// As it is: numbers, dates, periods, functions, `NULL`.
    Plain(String),
    User(Pick),
    Group(Pick),
}

/// A query as it is sent: a tree, an order, and what breaks it.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub phrase: Option<Phrase>,
    /// Fields, each with its direction.
    pub order: Vec<(&'static str, &'static str)>,
    pub break_at: Option<(Index, Break)>,
    /// Of its spelling.
    pub seed: u64,
}

#[derive(Clone, Debug)]
pub enum Break {
    Remove,
    Insert(&'static str),
}

const TEXT_VALUES: [&str; 18] = [
    "a",
    "an",
    "ANN",
    "marsh",
    "van der",
    "zoë",
    "σ",
    "Σ",
    "ς",
    "",
    "17",
    "true",
    "2024-01-01",
    "-1d",
    "soap",
    "%",
    "null",
    "e\u{301}",
];

const USER_TEXTS: [&str; 11] = [
    "id",
    "username",
    "email",
    "firstName",
    "lastName",
    "fullName",
    "language",
    "timezone",
    "status",
    "firstName",
    "email",
];
const GROUP_TEXTS: [&str; 5] = ["id", "name", "description", "type", "name"];
const USER_DATES: [&str; 4] = ["created", "modified", "lastLogin", "expiry"];
const GROUP_DATES: [&str; 2] = ["created", "modified"];
const USER_FLAGS: [&str; 4] = [
    "status.suspended",
    "status.locked",
    "status.passwordResetRequired",
    "isAdministrator",
];
const USER_NUMBERS: [&str; 2] = ["groupCount", "inheritedGroupCount"];
const GROUP_NUMBERS: [&str; 5] = [
    "userCount",
    "childGroupCount",
    "inheritedUserCount",
    "managerCount",
    "depth",
];
const OF_USERS: [&str; 3] = ["memberOf", "directMemberOf", "managerOf"];
const OF_GROUPS: [&str; 4] = ["childOf", "parentOf", "ancestorOf", "descendantOf"];
const WHOSE: [&str; 3] = ["hasMember", "hasDirectMember", "hasManager"];

/// Fields that a listing can be ordered by.
pub fn orderable(subject: Subject) -> Vec<&'static str> {
    match subject {
        Subject::Users => [&USER_TEXTS[..], &USER_DATES, &USER_FLAGS[..3]].concat(),
        Subject::Groups => [&GROUP_TEXTS[..], &GROUP_DATES, &GROUP_NUMBERS[..2]].concat(),
    }
}

fn text_form() -> impl Strategy<Value = Form> {
    let value = select([&TEXT_VALUES[..], &USERNAMES].concat()).prop_map(|it| Term::Text(it.to_owned()));
    let word = select(vec![
        "ann",
        "van Berg",
        "MARSH joanna",
        "zoë",
        "Мария",
        "night crew",
        "marsh-ann",
        "O'Hara",
        "late, crew!",
        "de",
        "50%",
        "s",
    ]);
    let word = word.prop_map(|it| Term::Text(it.to_owned()));
    let marks = select(vec!["=", "!=", "~", "!~", "<", "<=", ">", ">="]);
    prop_oneof![
        6 => (marks, value.clone()).prop_map(|(mark, value)| Form::Mark(mark, value)),
        2 => (select(vec!["STARTSWITH", "ENDSWITH"]), value.clone()).prop_map(|(it, value)| Form::Word(it, Some(value))),
        1 => word.prop_map(|words| Form::Word("FREETEXT", Some(words))),
        2 => lists(value),
        2 => missing(),
    ]
}

fn lists(value: impl Strategy<Value = Term> + Clone) -> impl Strategy<Value = Form> {
    let any_of = vec(value.clone(), 1..4).prop_map(|values| Form::List("IN", values));
    prop_oneof![any_of, vec(value, 2).prop_map(|bounds| Form::List("BETWEEN", bounds))]
}

/// Whether the field is there at all.
fn missing() -> impl Strategy<Value = Form> {
    let null = select(vec!["=", "!="]).prop_map(|mark| Form::Mark(mark, Term::Plain("NULL".to_owned())));
    prop_oneof![
        null,
        select(vec!["EXISTS", "IS EMPTY", "IS NOT EMPTY"]).prop_map(|word| Form::Word(word, None))
    ]
}

fn ranged(value: impl Strategy<Value = Term> + Clone) -> impl Strategy<Value = Form> {
    let marks = select(vec!["=", "!=", "<", "<=", ">", ">="]);
    let compared = (marks, value.clone()).prop_map(|(mark, value)| Form::Mark(mark, value));
    prop_oneof![4 => compared, 2 => lists(value), 1 => missing()]
}

fn numbers() -> impl Strategy<Value = Term> + Clone {
    select(vec!["0", "1", "2", "3", "-2", "3.5", "10", "1.0", "\"3\"", "'-2'"])
        .prop_map(|it| Term::Plain(it.to_owned()))
}

fn dates() -> impl Strategy<Value = Term> + Clone {
    let plain = select(vec![
        "2024-03-15",
        "2024/03/15",
        "2024-3-1",
        "2024/2/29",
        "2024-03-15 12:34",
        "2024-03-15 12:34:56",
        "2023-12-31",
        "2024-03-15T12:34:56.789Z",
        "2024-03-15T12:34:56.7890000Z",
        "2024-03-15T13:34+01:00",
        "2024-03-01T00:00:00-00:30",
        "1969-07-20",
        "-1d",
        "+1d",
        "0d",
        "-7d",
        "1w",
        "-1M",
        "-1y",
        "-1M 1w",
        "-1y 2M",
        "-1w 1d 2h 3m",
        "2h",
        "-30m",
        "now()",
        "now(-7)",
        "now(1)",
        "now(-1M)",
        "now(-1w 1d)",
        "startOfDay()",
        "startOfDay(-1)",
        "startOfWeek()",
        "startOfWeek(-1)",
        "startOfMonth()",
        "startOfMonth(-1M)",
        "startOfYear()",
        "startOfYear(-1)",
        "endOfDay()",
        "endOfDay(-1)",
        "endOfWeek(-1w)",
        "endOfMonth()",
        "endOfMonth(-1)",
        "endOfYear()",
        "endOfYear( -1 )",
    ]);
    let quoted = select(vec![
        "2024-03-15",
        "2024/3/1",
        "2024-03-15 12:34",
        "2024-03-15T12:34:56.789Z",
        "-1d",
        "-1M 1w",
    ]);
    prop_oneof![
        5 => plain.prop_map(|it| Term::Plain(it.to_owned())),
        1 => quoted.prop_map(|it| Term::Plain(format!("\"{it}\""))),
    ]
}

fn flags() -> impl Strategy<Value = Form> {
    let value = select(vec!["true", "false", "TRUE", "False", "\"true\""]).prop_map(|it| Term::Plain(it.to_owned()));
    let compared = (select(vec!["=", "!="]), value.clone()).prop_map(|(mark, value)| Form::Mark(mark, value));
    let any_of = vec(value, 1..3).prop_map(|values| Form::List("IN", values));
    prop_oneof![3 => compared, 1 => any_of, 1 => missing()]
}

fn references(value: impl Strategy<Value = Term> + Clone) -> impl Strategy<Value = Form> {
    let compared = (select(vec!["=", "!="]), value.clone()).prop_map(|(mark, value)| Form::Mark(mark, value));
    prop_oneof![3 => compared, 1 => vec(value, 1..3).prop_map(|values| Form::List("IN", values))]
}

fn of<const N: usize>(fields: [&'static str; N], form: impl Strategy<Value = Form> + 'static) -> BoxedStrategy<Phrase> {
    let predicate = (select(fields.to_vec()), prop::bool::weighted(0.15), form);
    let predicate = predicate.prop_map(|(field, is_negated, form)| Phrase::Predicate {
        field,
        is_negated,
        form,
    });
    predicate.boxed()
}

fn predicates(subject: Subject) -> BoxedStrategy<Phrase> {
    let group = picks().prop_map(Term::Group);
    let user = picks().prop_map(Term::User);
    let custom = prop_oneof![
        of(["custom.Department", "custom.department"], custom_text()),
        of(["custom.level"], ranged(numbers())),
        of(["custom.remote"], flags()),
        of(["custom.tags"], custom_text()),
    ];
    let free = select(vec![
        "ann",
        "Ann marsh",
        "ada example",
        "com",
        "joanna ADA",
        "o'hara",
        "@example.com",
    ]);
    let free = free.prop_map(|words| Form::Word("FREETEXT", Some(Term::Text(words.to_owned()))));
    match subject {
        Subject::Users => prop_oneof![
            6 => of(USER_TEXTS, text_form()),
            3 => of(USER_DATES, ranged(dates())),
            2 => of(USER_FLAGS, flags()),
            2 => of(USER_NUMBERS, ranged(numbers())),
            3 => of(OF_USERS, references(group)),
            1 => of(["*"], free),
            2 => custom,
        ]
        .boxed(),
        Subject::Groups => prop_oneof![
            5 => of(GROUP_TEXTS, text_form()),
            2 => of(GROUP_DATES, ranged(dates())),
            3 => of(GROUP_NUMBERS, ranged(numbers())),
            3 => of(OF_GROUPS, references(group)),
            3 => of(WHOSE, references(user)),
            1 => of(["inCycle"], flags()),
            2 => custom,
        ]
        .boxed(),
    }
}

/// Text that cannot be taken for a number or a boolean.
fn custom_text() -> impl Strategy<Value = Form> {
    let value =
        select(vec!["Soap", "soap works", "o", "ärzte", "R&D", "a", "[]"]).prop_map(|it| Term::Text(it.to_owned()));
    let marks = select(vec!["=", "!=", "~", "!~", "<", ">="]);
    prop_oneof![
        4 => (marks, value.clone()).prop_map(|(mark, value)| Form::Mark(mark, value)),
        1 => (select(vec!["STARTSWITH", "ENDSWITH"]), value.clone()).prop_map(|(it, value)| Form::Word(it, Some(value))),
        1 => lists(value),
        1 => missing(),
    ]
}

pub fn sentences(subject: Subject) -> impl Strategy<Value = Sentence> {
    let phrase = predicates(subject).prop_recursive(4, 12, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            2 => pair.clone().prop_map(|(one, other)| Phrase::And(Box::new(one), Box::new(other))),
            2 => pair.prop_map(|(one, other)| Phrase::Or(Box::new(one), Box::new(other))),
            1 => inner.prop_map(|it| Phrase::Not(Box::new(it))),
        ]
    });
    let directions = select(vec!["", " ASC", " DESC"]);
    let order = prop_oneof![
        3 => Just(Vec::new()),
        1 => vec((select(orderable(subject)), directions), 1..3),
    ];
    let breaks = prop_oneof![
        1 => Just(Break::Remove),
        2 => select(vec!["(", ")", " ", "\"", "'", "=", "!", "~", ",", "x", " AND ", " not ", " nope = 1 ", "<", " NULL "])
            .prop_map(Break::Insert),
    ];
    let break_at = proptest::option::weighted(0.2, (any::<Index>(), breaks));
    (proptest::option::weighted(0.95, phrase), order, break_at, any::<u64>()).prop_map(
        |(phrase, order, break_at, seed)| Sentence {
            phrase,
            order,
            break_at,
            seed,
        },
    )
}
