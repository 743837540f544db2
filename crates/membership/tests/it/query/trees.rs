//! Arbitrary trees, however deep and with whatever texts: what is printed is read as the same.

use proptest::prelude::*;
use proptest::sample::select;

use membership::entity::Entity;
use membership::instant::{Period, Unit};
use membership::query::{
    Comparison, Expr, Field, Function, Moment, Operand, Operator, OrderTerm, Query, QueryError, Span, Test, Value,
    parse_groups, parse_users,
};

const TEXTS: [&str; 9] = [
    "id",
    "username",
    "email",
    "firstName",
    "lastName",
    "fullName",
    "language",
    "timezone",
    "status",
];
const NUMBERS: [&str; 2] = ["groupCount", "inheritedGroupCount"];
const DATES: [&str; 4] = ["created", "modified", "lastLogin", "expiry"];
const BOOLEANS: [&str; 4] = [
    "status.suspended",
    "status.locked",
    "status.passwordResetRequired",
    "isAdministrator",
];
const RELATIONS: [&str; 3] = ["memberOf", "directMemberOf", "managerOf"];

const GROUP_TEXTS: [&str; 4] = ["id", "name", "description", "type"];
const GROUP_NUMBERS: [&str; 5] = [
    "userCount",
    "childGroupCount",
    "inheritedUserCount",
    "managerCount",
    "depth",
];
const GROUP_DATES: [&str; 2] = ["created", "modified"];
const GROUP_BOOLEANS: [&str; 1] = ["inCycle"];
const GROUP_RELATIONS: [&str; 7] = [
    "hasMember",
    "hasDirectMember",
    "hasManager",
    "childOf",
    "parentOf",
    "ancestorOf",
    "descendantOf",
];

const COMPARED: [Operator; 5] = [
    Operator::Equal,
    Operator::Less,
    Operator::LessOrEqual,
    Operator::Greater,
    Operator::GreaterOrEqual,
];
const SEARCHED: [Operator; 9] = [
    Operator::Equal,
    Operator::Less,
    Operator::LessOrEqual,
    Operator::Greater,
    Operator::GreaterOrEqual,
    Operator::Contains,
    Operator::StartsWith,
    Operator::EndsWith,
    Operator::FreeText,
];

type Fields = BoxedStrategy<Field>;
type Values = BoxedStrategy<Value>;

fn fields(subject: Entity, names: &'static [&'static str]) -> Fields {
    select(names)
        .prop_map(move |name| subject.field(name).expect("a field"))
        .boxed()
}

/// Nasty ones, but for those that no quotes can hold.
fn text() -> impl Strategy<Value = String> {
    let words = select(vec![
        "",
        " ",
        "NULL",
        "and",
        "(",
        "a, b",
        "now()",
        "-1d",
        "=",
        "^",
        "\\",
        "\n",
        "'",
        "\"",
        "é\u{301}",
        "\u{202e}",
        "\0",
    ]);
    prop_oneof![
        any::<String>(),
        words.prop_map(str::to_owned),
        "[\"a ]{0,9}",
        "['(,)]{0,9}"
    ]
    .prop_filter("it can be quoted", |text| !(text.contains('"') && text.contains('\'')))
}

/// A field of the vendor's own; its name is written in double quotes if need be.
fn custom() -> Fields {
    let name = prop_oneof![text(), "[a-z.-]{1,9}"];
    let name = name.prop_filter("it can be named", |name| !name.is_empty() && !name.contains('"'));
    name.prop_map(Field::Custom).boxed()
}

fn texts() -> Values {
    text().prop_map(Value::Text).boxed()
}

/// How a number is written stays with it, so it is read.
fn numbers() -> Values {
    let read = |text: String| {
        let query = parse_users(&format!("groupCount = {text}")).expect("a number");
        match query.expr {
            Some(Expr::Test(Test {
                comparison: Comparison::Is(_, operand),
                ..
            })) => operand.value,
            other => panic!("{other:?}"),
        }
    };
    "-?[0-9]{1,24}(\\.[0-9]{1,24})?".prop_map(read).boxed()
}

fn dates() -> Values {
    let period = "[+-]?[0-9]{1,3}[yMwdhm]( [0-9]{1,3}[yMwdhm]){0,5}";
    let period = period.prop_map(|text| Period::parse(&text).expect("a period"));
    let unit = select(vec![Unit::Day, Unit::Week, Unit::Month, Unit::Year]);
    let function = prop_oneof![
        Just(Function::Now),
        unit.clone().prop_map(Function::StartOf),
        unit.prop_map(Function::EndOf),
    ];
    let years = -62_167_219_200_000_i64..253_402_300_800_000;
    prop_oneof![
        years.clone().prop_map(Moment::At),
        years.prop_map(|at| Moment::At(at - at.rem_euclid(86_400_000))),
        period.clone().prop_map(Moment::FromNow),
        (function.clone(), period).prop_map(|(function, period)| Moment::Function(function, period)),
        function.prop_map(|function| Moment::Function(function, Period::default())),
    ]
    .prop_map(Value::Date)
    .boxed()
}

fn operand(value: Value) -> Operand {
    Operand {
        value,
        at: Span::default(),
    }
}

fn operands(values: Vec<Value>) -> Vec<Operand> {
    values.into_iter().map(operand).collect()
}

/// Every comparison of fields of one kind.
fn comparisons(fields: Fields, operators: &'static [Operator], values: Values, ranges: bool) -> BoxedStrategy<Expr> {
    let is = (select(operators), values.clone()).prop_map(|(operator, value)| Comparison::Is(operator, operand(value)));
    let list = prop::collection::vec(values.clone(), 1..5).prop_map(|values| Comparison::In(operands(values)));
    let missing = select(vec![Comparison::Null, Comparison::Empty]);
    let between = (values.clone(), values).prop_map(|(low, high)| Comparison::Between(operand(low), operand(high)));
    let comparison = match ranges {
        true => prop_oneof![4 => is, 1 => list, 1 => missing, 1 => between].boxed(),
        false => prop_oneof![2 => is, 1 => list, 1 => missing].boxed(),
    };
    (fields, comparison)
        .prop_map(|(field, comparison)| Expr::Test(Test { field, comparison }))
        .boxed()
}

fn relations(fields: Fields) -> BoxedStrategy<Expr> {
    let is = texts().prop_map(|value| Comparison::Is(Operator::Equal, operand(value)));
    let list = prop::collection::vec(texts(), 1..5).prop_map(|values| Comparison::In(operands(values)));
    let comparison = prop_oneof![is, list];
    (fields, comparison)
        .prop_map(|(field, comparison)| Expr::Test(Test { field, comparison }))
        .boxed()
}

fn any_field() -> BoxedStrategy<Expr> {
    let comparison = texts().prop_map(|value| Comparison::Is(Operator::FreeText, operand(value)));
    comparison
        .prop_map(|comparison| {
            Expr::Test(Test {
                field: Field::Any,
                comparison,
            })
        })
        .boxed()
}

fn tests(subject: Entity) -> BoxedStrategy<Expr> {
    let of = |users: &'static [&'static str], groups: &'static [&'static str]| match subject {
        Entity::User => fields(subject, users),
        Entity::Group => fields(subject, groups),
    };
    let booleans = any::<bool>().prop_map(Value::Boolean).boxed();
    prop_oneof![
        3 => comparisons(of(&TEXTS, &GROUP_TEXTS), &SEARCHED, texts(), true),
        2 => comparisons(custom(), &SEARCHED, texts(), true),
        1 => comparisons(of(&NUMBERS, &GROUP_NUMBERS), &COMPARED, numbers(), true),
        2 => comparisons(of(&DATES, &GROUP_DATES), &COMPARED, dates(), true),
        1 => comparisons(of(&BOOLEANS, &GROUP_BOOLEANS), &COMPARED[..1], booleans, false),
        1 => relations(of(&RELATIONS, &GROUP_RELATIONS)),
        1 => any_field(),
    ]
    .boxed()
}

fn trees(subject: Entity) -> impl Strategy<Value = Expr> {
    tests(subject).prop_recursive(12, 64, 4, |inner| {
        let several = prop::collection::vec(inner.clone(), 2..5);
        prop_oneof![
            several.clone().prop_map(|terms| Expr::and(terms).expect("terms")),
            several.prop_map(|terms| Expr::or(terms).expect("terms")),
            inner.prop_map(|term| Expr::Not(Box::new(term))),
        ]
    })
}

fn queries(subject: Entity) -> impl Strategy<Value = Query> {
    let names: &'static [&'static str] = match subject {
        Entity::User => &["id", "lastName", "fullName", "status", "status.locked", "expiry"],
        Entity::Group => &["id", "name", "type", "userCount", "childGroupCount", "modified"],
    };
    let field = prop_oneof![fields(subject, names), custom()];
    let term = (field, any::<bool>()).prop_map(|(field, descending)| OrderTerm { field, descending });
    let order = prop::collection::vec(term, 0..4);
    (prop::option::weighted(0.95, trees(subject)), order).prop_map(move |(expr, order)| Query { subject, expr, order })
}

fn check(query: &Query, parse: fn(&str) -> Result<Query, QueryError>) {
    let printed = query.to_string();
    let read = parse(&printed).unwrap_or_else(|error| panic!("{printed}\n{error}"));
    assert_eq!(read, *query, "{printed}");
    assert_eq!(read.to_string(), printed);
}

proptest! {
    #[test]
    fn what_is_printed_is_read_as_the_same_tree(users in queries(Entity::User), groups in queries(Entity::Group)) {
        check(&users, parse_users);
        check(&groups, parse_groups);
    }
}

/// `id = "a" AND (id = "a" OR NOT (…))`, which opens three levels a step.
fn staircase(steps: u32) -> Query {
    let leaf = || match parse_users("id = a").expect("a query").expr {
        Some(leaf) => leaf,
        None => panic!("a condition"),
    };
    let step = |inner, _| {
        let or = Expr::or(vec![leaf(), Expr::Not(Box::new(inner))]).expect("terms");
        Expr::and(vec![leaf(), or]).expect("terms")
    };
    Query {
        subject: Entity::User,
        expr: Some((0..steps).fold(leaf(), step)),
        order: Vec::new(),
    }
}

#[test]
fn the_deepest_tree_is_read_back_and_a_deeper_one_refused() {
    // The innermost step negates a single comparison, which needs no parenthesis, nor a `NOT` before it.
    check(&staircase(85), parse_users);
    check(&staircase(86), parse_users);
    let error = parse_users(&staircase(87).to_string()).expect_err("259 levels");
    assert_eq!(error.message(), "parentheses and `NOT` nest deeper than 256");
    let nots = (0..256).fold(staircase(0), |query, _| Query {
        expr: query.expr.map(|expr| Expr::Not(Box::new(expr))),
        ..query
    });
    check(&nots, parse_users);
}

#[test]
fn what_is_printed_may_be_longer_than_what_can_be_read() {
    let long = vec!["id=a"; 8_000].join(" OR ");
    let query = parse_users(&long).expect("a query of less than 65,536 bytes");
    let error = parse_users(&query.to_string()).expect_err("more than that");
    assert!(error.message().ends_with("at most 65536 can be read"), "{error}");
}
