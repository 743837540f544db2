//! Broken queries: where each is wrong, what is found there, what could stand there, and what was probably meant.

use super::{directory, now};
use membership::query::{Query, QueryError, parse_groups, parse_order_groups, parse_order_users, parse_users};

const USER_FIELDS: &[&str] = &[
    "memberOf",
    "firstName",
    "lastName",
    "status",
    "directMemberOf",
    "managerOf",
    "isAdministrator",
    "groupCount",
    "inheritedGroupCount",
    "lastLogin",
    "created",
    "modified",
    "expiry",
    "username",
    "email",
    "fullName",
    "language",
    "timezone",
    "status.suspended",
    "status.locked",
    "status.passwordResetRequired",
    "id",
    "custom.NAME",
];
const GROUP_FIELDS: &[&str] = &[
    "name",
    "userCount",
    "inheritedUserCount",
    "managerCount",
    "childGroupCount",
    "hasMember",
    "hasDirectMember",
    "hasManager",
    "childOf",
    "parentOf",
    "descendantOf",
    "ancestorOf",
    "depth",
    "inCycle",
    "description",
    "type",
    "created",
    "modified",
    "id",
    "custom.NAME",
];
const USER_ORDER: &[&str] = &[
    "firstName",
    "lastName",
    "status",
    "lastLogin",
    "created",
    "modified",
    "expiry",
    "username",
    "email",
    "fullName",
    "language",
    "timezone",
    "status.suspended",
    "status.locked",
    "status.passwordResetRequired",
    "id",
    "custom.NAME",
];
const GROUP_ORDER: &[&str] = &[
    "name",
    "userCount",
    "childGroupCount",
    "description",
    "type",
    "created",
    "modified",
    "id",
    "custom.NAME",
];
const ON_TEXT: &[&str] = &[
    "~",
    "=",
    "!=",
    "STARTSWITH",
    "ENDSWITH",
    "IN",
    "!~",
    "FREETEXT",
    "NOT",
    "BETWEEN",
    "IS EMPTY",
    "EXISTS",
    "<",
    "<=",
    ">",
    ">=",
];
const ON_NUMBERS: &[&str] = &[
    ">", ">=", "<", "<=", "=", "!=", "BETWEEN", "IN", "NOT", "IS EMPTY", "EXISTS",
];
const ON_DATES: &[&str] = &[
    "<", ">", "<=", ">=", "BETWEEN", "EXISTS", "IS EMPTY", "=", "!=", "IN", "NOT",
];
const ON_BOOLEANS: &[&str] = &["=", "!=", "IN", "NOT", "IS EMPTY", "EXISTS"];
const ON_GROUPS: &[&str] = &["=", "!=", "IN", "NOT IN"];
const ON_ANY: &[&str] = &["FREETEXT", "NOT FREETEXT"];
const CONDITION: &[&str] = &["a field", "`NOT`", "`(`"];
const AFTER: &[&str] = &["`AND`", "`OR`", "`ORDER BY`", "the end of the query"];
const IS_NULL: &[&str] = &["`IS EMPTY`", "`IS NOT EMPTY`", "`= NULL`", "`!= NULL`"];
const DATE: &[&str] = &[
    "a date such as 2024-01-31",
    "a period such as -90d",
    "a function such as startOfMonth()",
];
const PERIOD: &[&str] = &["a period such as -1M", "a number such as -1", "`)`"];
const FUNCTIONS: &[&str] = &[
    "now",
    "startOfDay",
    "startOfWeek",
    "startOfMonth",
    "startOfYear",
    "endOfDay",
    "endOfWeek",
    "endOfMonth",
    "endOfYear",
];
const GROUP: &[&str] = &["the id or the name of a group"];
const USER: &[&str] = &["the id, the username or the email of a user"];

/// The query, and where it is wrong: what stands between `«` and `»`, in characters.
fn unmarked(marked: &str) -> (String, u32, u32) {
    let place = |mark| marked.chars().position(|c| c == mark).expect("a mark") as u32;
    let (open, close) = (place('«'), place('»'));
    (marked.replace(['«', '»'], ""), open, close - open - 1)
}

fn check(error: &QueryError, marked: &str, found: &str, expected: &[&str], suggestion: &str) {
    let (_, position, length) = unmarked(marked);
    assert_eq!((error.position, error.length), (position, length), "{marked}: {error}");
    assert_eq!(error.found, found, "{marked}: {error}");
    assert_eq!(error.expected, expected, "{marked}: {error}");
    assert_eq!(
        error.suggestion.as_deref().unwrap_or_default(),
        suggestion,
        "{marked}: {error}"
    );
}

fn users(query: &str) -> Result<Query, QueryError> {
    let query = parse_users(query)?;
    directory().select_users(&query, now()).map(|_| query)
}

fn groups(query: &str) -> Result<Query, QueryError> {
    let query = parse_groups(query)?;
    directory().select_groups(&query, now()).map(|_| query)
}

/// What is marked is what is found, or at the end of the query its end.
fn check_users(marked: &str, expected: &[&str], suggestion: &str) {
    let (query, _, length) = unmarked(marked);
    let (_, marked_text) = marked.split_once('«').expect("a mark");
    let (marked_text, _) = marked_text.split_once('»').expect("a mark");
    let found = if length == 0 {
        "the end of the query"
    } else {
        marked_text
    };
    check(&users(&query).expect_err(marked), marked, found, expected, suggestion);
}

fn check_groups(marked: &str, found: &str, expected: &[&str], suggestion: &str) {
    let (query, _, _) = unmarked(marked);
    check(&groups(&query).expect_err(marked), marked, found, expected, suggestion);
}

#[test]
fn fields() {
    check_users("«frstName» ~ ann", USER_FIELDS, "firstName");
    check_users("«LOGIN» < -90d", USER_FIELDS, "lastLogin");
    check_users("«emial» ~ \"Σ\"", USER_FIELDS, "email");
    check_users("lastName = \"Σ\" AND «emial» = 1", USER_FIELDS, "email");
    check_users("«custom.» = 1", USER_FIELDS, "custom.NAME");
    check_users("«\"first name\"» = a", USER_FIELDS, "firstName");
    check_users("«userCount» > 1", USER_FIELDS, "groupCount");
    check_users("firstName = a AND«»", CONDITION, "");
    check_users("firstName = a OR «OR» lastName = b", CONDITION, "");
    check_users("«AND» firstName = a", CONDITION, "");
    check_users("(«)»", CONDITION, "");
    check_users("NOT«»", CONDITION, "");
    check_users("«'firstName'» = a", CONDITION, "");
}

#[test]
fn operators() {
    check_users("firstName«»", ON_TEXT, "");
    check_users("firstName NOT«»", ON_TEXT, "");
    check_users("firstName «contains» ann", ON_TEXT, "~");
    check_users("firstName «LIKE» ann", ON_TEXT, "~");
    check_users("groupCount «contains» 1", ON_NUMBERS, "");
    check_users("groupCount «=~» 1", ON_NUMBERS, "");
    check_users("firstName «STARTWITH» ann", ON_TEXT, "STARTSWITH");
    check_users("firstName «b»", ON_TEXT, "");
    check_users("firstName «AND» lastName = b", ON_TEXT, "");
    check_users("firstName «!» ann", ON_TEXT, "");
    check_users("firstName «NULL»", ON_TEXT, "");
    check_users("firstName «==» ann", ON_TEXT, "=");
    check_users("firstName «===» ann", ON_TEXT, "=");
    check_users("firstName «<>» ann", ON_TEXT, "!=");
    check_users("firstName «=>» ann", ON_TEXT, ">=");
    check_users("firstName «!==» ann", ON_TEXT, "!=");
    check_users("firstName «=~» ann", ON_TEXT, "~");
    check_users("created «~» 2024", ON_DATES, "");
    check_users("created «STARTSWITH» 2024", ON_DATES, "");
    check_users("groupCount «FREETEXT» 1", ON_NUMBERS, "");
    check_users("status.locked «>» true", ON_BOOLEANS, "");
    check_users("isAdministrator «BETWEEN» (true, false)", ON_BOOLEANS, "");
    check_users("memberOf «~» Finance", ON_GROUPS, "");
    check_users("memberOf «IS» EMPTY", ON_GROUPS, "");
    check_users("memberOf «EXISTS»", ON_GROUPS, "");
    check_users("* «~» ann", ON_ANY, "");
    check_users("firstName«^80» FREETEXT ann", &["an operator"], "");
    check_users("*«^2.5» FREETEXT ann", &["an operator"], "");
    check_users("timezone «DistanceWithin»(51.5, -0.1, 10km)", ON_TEXT, "");
    check_users("timezone NOT «distancewithin»(51.5, -0.1, 10km)", ON_TEXT, "");
    check_users("firstName «IS NULL»", IS_NULL, "= NULL");
    check_users("firstName «IS NOT NULL»", IS_NULL, "!= NULL");
    check_users("firstName IS NOT«»", &["`EMPTY`", "`NOT EMPTY`"], "");
}

#[test]
fn values() {
    check_users("firstName ~«»", &["a value"], "");
    check_users("firstName ~ «(»a)", &["a value"], "");
    check_users("firstName ~ «NULL»", &["a value"], "");
    check_users("firstName IN (a, «and»)", &["a value"], "\"and\"");
    check_users("memberOf = «NULL»", &["a group"], "");
    check_users("groupCount > «in»", &["a number"], "");
    check_users("firstName = «\"Tyler»", &["`\"`"], "");
    check_users("firstName = «'Ty\"ler»", &["`'`"], "");
    check_users("«\"firstName = a»", &["`\"`"], "");
    check_users("created > «yesterday»", DATE, "");
    check_users("created > «5»", DATE, "");
    check_users("created > «true»", DATE, "");
    check_users("created > «2023-02-29»", DATE, "");
    check_users("created > «-1D»", DATE, "");
    check_users("created > «startofday»", DATE, "startOfDay()");
    check_users("created > «\"now()\"»", DATE, "now()");
    check_users("created IN (2024-01-31, «soon»)", DATE, "");
    check_users("created > «startofdya»(-1)", FUNCTIONS, "startOfDay");
    check_users("created > «currentUser»()", FUNCTIONS, "");
    check_users("created > now(«soon»)", PERIOD, "");
    check_users("created > now(«-1 -2»)", PERIOD, "");
    check_users("created > now(«99999999999»)", PERIOD, "");
    check_users("created > now(-7«»", &["`)`"], "");
    check_users("created > now(-7«,» 1)", &["`)`"], "");
    check_users("groupCount = «many»", &["a number"], "");
    check_users("groupCount = «1e3»", &["a number"], "");
    check_users("groupCount > «2024-01-31»", &["a number"], "");
    check_users("status.locked = «yes»", &["true", "false"], "");
    check_users("isAdministrator = «1»", &["true", "false"], "");
}

#[test]
fn lists_and_parentheses() {
    check_users("firstName IN«»", &["`(`"], "");
    check_users("firstName IN «a»", &["`(`"], "");
    check_users("firstName IN («)»", &["a value"], "");
    check_users("firstName IN (a,«)»", &["a value"], "");
    check_users("firstName IN (a «b»)", &["`,`", "`)`"], "");
    check_users("firstName IN (a«»", &["`,`", "`)`"], "");
    check_users("created BETWEEN «-7d» AND now()", &["`(`"], "");
    check_users("created BETWEEN (-7d«)»", &["`,`"], "");
    check_users("created BETWEEN (-7d, 1d«,» 2d)", &["`)`"], "");
    check_users("«(»firstName = a", &["`)`", "`AND`", "`OR`"], "");
    check_users("(firstName = a AND «(»lastName = b", &["`)`", "`AND`", "`OR`"], "");
    check_users("(firstName = a «lastName» = b)", &["`)`", "`AND`", "`OR`"], "");
    check_users("(firstName = a «ORDER» BY id)", &["`)`", "`AND`", "`OR`"], "");
    check_users("firstName = a«)»", AFTER, "");
    check_users("firstName = Jo «Ann»", AFTER, "");
    check_users("firstName = a «&&» lastName = b", AFTER, "AND");
    check_users("firstName = a «||» lastName = b", AFTER, "OR");
    check_users("created > 2024-01-31 «25:00»", AFTER, "");
}

#[test]
fn orders() {
    check_users("firstName = a ORDER «lastName»", &["`BY`"], "");
    check_users("ORDER BY«»", &["a field"], "");
    check_users("ORDER BY lastName,«»", &["a field"], "");
    check_users("ORDER BY «lastNam»", USER_ORDER, "lastName");
    check_users("ORDER BY «memberOf»", USER_ORDER, "");
    check_users("ORDER BY «*»", USER_ORDER, "");
    check_users("ORDER BY lastName«^2»", &["an operator"], "");
    check_users(
        "ORDER BY lastName «down»",
        &["`,`", "`ASC`", "`DESC`", "the end of the query"],
        "",
    );
    check_users("ORDER BY lastName ASC «DESC»", &["`,`", "the end of the query"], "");
    check_users(
        "ORDER BY lastName «AND» id = 1",
        &["`,`", "`ASC`", "`DESC`", "the end of the query"],
        "",
    );
}

#[test]
fn the_parameter_order() {
    let check_order = |error: Result<_, QueryError>, marked: &str, found: &str, expected: &[&str], suggestion: &str| {
        check(
            &error.map(|_: Vec<_>| ()).expect_err(marked),
            marked,
            found,
            expected,
            suggestion,
        );
    };
    let users = |marked: &str| parse_order_users(&unmarked(marked).0);
    let groups = |marked: &str| parse_order_groups(&unmarked(marked).0);
    let marked = "username, -«lastLogn»";
    check_order(users(marked), marked, "lastLogn", USER_ORDER, "lastLogin");
    let marked = "-«memberOf»";
    check_order(users(marked), marked, "memberOf", USER_ORDER, "");
    let marked = "username,«»,id";
    check_order(users(marked), marked, "", &["a field"], "");
    let marked = "-«version.modified»";
    check_order(groups(marked), marked, "version.modified", GROUP_ORDER, "modified");
    let marked = "name,«depth»";
    check_order(groups(marked), marked, "depth", GROUP_ORDER, "");
}

#[test]
fn identifiers() {
    check_groups("«memberOf» = Finance", "memberOf", GROUP_FIELDS, "hasMember");
    check_groups("«firstName» = a", "firstName", GROUP_FIELDS, "name");
    check_groups("usercount «~» 1", "~", ON_NUMBERS, "");
    check_groups("hasMember = «tdurde»", "tdurde", USER, "tdurden");
    check_groups("hasDirectMember != «nobody»", "nobody", USER, "");
    check_groups(
        "hasManager IN (u1, «\"t.durden@pssc\"»)",
        "t.durden@pssc",
        USER,
        "t.durden@pssc.example",
    );
    check_groups("childOf = «Finanse»", "Finanse", GROUP, "Finance");
    check_groups(
        "name = a OR NOT descendantOf IN (g1, «'Night'»)",
        "Night",
        GROUP,
        "\"Night shift\"",
    );
    check_groups("ancestorOf NOT IN («\"\"»)", "", GROUP, "");
    check_groups("parentOf = «Nowhere»", "Nowhere", GROUP, "");
    check_groups("depth = «deep»", "deep", &["a number"], "");
    check_groups("inCycle = «maybe»", "maybe", &["true", "false"], "");
    check_groups("ORDER BY «managerCount»", "managerCount", GROUP_ORDER, "");
}
