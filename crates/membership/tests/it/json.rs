//! The directory file: what is read, what is told, what is refused, and where.

use membership::directory::{Builder, Directory, Place, Unused, UnusedReason};
use membership::entity::{CustomRef, CustomValue, GroupRecord, Status, UserRecord};
use membership::json::{DirectoryReader, JsonError, MAX_DEPTH, MAX_ID, excerpt, read};
use membership::{instant, sample};
use proptest::prelude::*;
use serde_json::Value;

use crate::answers::facts;

/// Reads a text that is a directory.
fn directory(text: &str) -> Directory {
    read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The text is no JSON, and the error says this.
fn not_json(text: &str, says: &str) {
    refused(text.as_bytes(), false, says);
}

/// The text is JSON but no directory, and the error says this.
fn no_directory(text: &str, says: &str) {
    refused(text.as_bytes(), true, says);
}

fn refused(bytes: &[u8], is_json: bool, says: &str) {
    let error = read(bytes).expect_err("it should be refused");
    assert_eq!(error.to_string(), says);
    assert_eq!(error.is_json, is_json, "{says}");
    assert_eq!(error, by_bytes(bytes).expect_err("it should be refused in pieces too"));
}

/// Reads byte by byte.
fn by_bytes(bytes: &[u8]) -> Result<Directory, JsonError> {
    let mut reader = DirectoryReader::new();
    bytes.chunks(1).try_for_each(|byte| reader.push(byte))?;
    reader.finish(&mut |_, _| {})
}

/// The directory loads, and these facts of it could not be used: `line: what it says (why)`.
fn unused(text: &str, told: &[&str]) {
    assert_eq!(told_by(&directory(text)), told);
    assert_eq!(
        told_by(&by_bytes(text.as_bytes()).expect("it should be read in pieces too")),
        told
    );
}

fn told_by(directory: &Directory) -> Vec<String> {
    let tell = |Unused { place, says, reason }: &Unused| match reason {
        UnusedReason::Value(why) => format!("{}: {says} ({why})", place.line),
        reason => format!("{}: {says} ({reason:?})", place.line),
    };
    directory.unused().iter().map(tell).collect()
}

/// Users, groups, memberships and nestings.
fn counts(text: &str) -> (u32, u32, u64, u64) {
    let directory = directory(text);
    (
        directory.user_count(),
        directory.group_count(),
        directory.membership_count(),
        directory.nesting_count(),
    )
}

#[test]
fn the_same_key_means_another_thing_in_another_list() {
    let text =
        r#"{"users":[{"id":1,"username":"u"},{"id":2,"username":"v"}],"groups":[{"id":3,"username":"w","name":"g"}]}"#;
    let directory = directory(text);
    assert_eq!(directory.users().username.get(1), Some("v"));
    assert_eq!(directory.groups().name.get(0), Some("g"));
}

#[test]
fn what_was_refused_is_refused_again() {
    let user = |id| format!(r#"{{"id":{id},"status":{{"suspended":true,"locked":1}}}}"#);
    let text = format!("{{\"users\":[{},\n{},\n{}]}}", user(1), user(2), user(3));
    let told =
        [1, 2, 3].map(|line| format!(r#"{line}: "locked":1 (Not true or false. The user was read without it.)"#));
    unused(&text, &told.each_ref().map(String::as_str));
    let status = directory(&text).users().status.get(2);
    assert_eq!((status.suspended, status.locked), (Some(true), None));
}

#[test]
fn lists_may_be_missing_and_come_in_any_order() {
    assert_eq!(counts("{}"), (0, 0, 0, 0));
    assert_eq!(counts(r#"{"users":[]}"#), (0, 0, 0, 0));
    assert_eq!(counts(r#"{"users":null,"groups":null}"#), (0, 0, 0, 0));
    assert_eq!(
        counts(r#" { "users" : [ { "id" : 1 } , { "id" : "b" } ] } "#),
        (2, 0, 0, 0)
    );
    assert_eq!(
        counts(
            r#"{"memberships":[{"user":"u","group":"g"}],"nestings":[{"child":"h","parent":"g"}],"groups":[{"id":"g"},{"id":"h"}],"users":[{"id":"u"}]}"#
        ),
        (1, 2, 1, 1)
    );
}

#[test]
fn both_forms_of_membership_mix() {
    let directory = directory(
        r#"{"groups":[{"id":"g","members":["a","b"],"managers":["b"],"children":["h"]},{"id":"h"}],
            "users":[{"id":"a"},{"id":"b"},{"id":3}],
            "memberships":[{"group":"h","user":3,"isAdmin":true},{"group":"g","user":3}]}"#,
    );
    let group = |id| directory.group_by_id(id).expect("a group");
    let members = |id| {
        directory
            .direct_members(group(id))
            .map(|(user, is_manager)| (directory.user_id(user), is_manager))
            .collect::<Vec<_>>()
    };
    assert_eq!(members("g"), [("a", false), ("b", true), ("3", false)]);
    assert_eq!(members("h"), [("3", true)]);
    assert!(directory.hierarchy().is_descendant(group("h"), group("g")));
    assert_eq!(told_by(&directory), [""; 0]);
}

#[test]
fn every_field_is_read() {
    let directory = directory(
        r#"{"format":"rollcall/1","users":[{"id":"u1","username":"tdurden","email":"t@example.com","firstName":"Ty\"ler","lastName":"D\u00fcrden \ud83e\uddfc",
           "language":"en-GB","timezone":"Europe/London","created":"2024-01-31T15:26:54Z","modified":null,"lastLogin":"2024-02-01","expiry":null,
           "status":{"suspended":false,"locked":true,"passwordResetRequired":null,"x":1},
           "custom":{"department":"Soap","n":-1.5e1,"b":true,"none":null,"list":[1, "a b" ,{}]},"unknown":{"id":[1,{}]}}],
           "groups":[{"id":7,"name":"Soap","description":"","type":"contensis","created":"2020-01-01","custom":{"k":"v"}}]}"#,
    );
    let (users, groups) = (directory.users(), directory.groups());
    assert_eq!(users.username.get(0), Some("tdurden"));
    assert_eq!(users.email.get(0), Some("t@example.com"));
    assert_eq!(users.first_name.get(0).as_deref(), Some("Ty\"ler"));
    assert_eq!(users.last_name.get(0).as_deref(), Some("Dürden 🧼"));
    assert_eq!(
        (users.language.get(0), users.timezone.get(0)),
        (Some("en-GB"), Some("Europe/London"))
    );
    assert_eq!(users.created.get(0), instant::parse("2024-01-31T15:26:54Z"));
    assert_eq!((users.modified.get(0), users.expiry.get(0)), (None, None));
    assert_eq!(users.last_login.get(0), instant::parse("2024-02-01"));
    assert_eq!(
        users.status.get(0),
        Status {
            suspended: Some(false),
            locked: Some(true),
            password_reset_required: None
        }
    );
    let mut custom: Vec<_> = users.custom.row(0).collect();
    custom.sort_unstable_by_key(|(name, _)| *name);
    let list = r#"[1,"a b",{}]"#;
    assert_eq!(
        custom,
        [
            ("b", CustomRef::Boolean(true)),
            ("department", CustomRef::Text("Soap")),
            ("list", CustomRef::Text(list)),
            ("n", CustomRef::Number(-15.0)),
        ]
    );
    assert_eq!(directory.group_id(directory.find_group("soap").expect("a group")), "7");
    assert_eq!(
        (groups.description.get(0), groups.kind.get(0)),
        (Some(""), Some("contensis"))
    );
    assert_eq!(told_by(&directory), [""; 0]);
}

#[test]
fn ids_are_strings_or_integers() {
    let ids = |text: &str| {
        let directory = directory(text);
        directory
            .all_users()
            .map(|user| directory.user_id(user).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ids(r#"{"users":[{"id":42},{"id":-7},{"id":-0},{"id":123456789012345678901234567890}]}"#),
        ["42", "-7", "0", "123456789012345678901234567890"]
    );
    assert_eq!(
        ids(r#"{"users":[{"id":"a\nb"},{"id":" "},{"id":"first","id":"last"}]}"#),
        ["a\nb", " ", "last"]
    );
    assert_eq!(ids(r#"{"users":[{"id":1},{"id":"1"}]}"#), ["1"]);
}

#[test]
fn a_mark_of_byte_order_is_skipped() {
    assert_eq!(counts("\u{feff}{}"), (0, 0, 0, 0));
    not_json(
        "\u{feff}{]",
        "line 1, column 2: expected a key in double quotes or a closing brace, found a closing bracket",
    );
    not_json(
        "{\u{feff}}",
        "line 1, column 2: expected a key in double quotes or a closing brace, found the character `\u{feff}`",
    );
}

#[test]
fn what_is_not_json_is_refused() {
    not_json(
        "",
        "line 1, column 1: expected an opening brace, found the end of the file",
    );
    not_json(
        " \n ",
        "line 2, column 2: expected an opening brace, found the end of the file",
    );
    not_json("hello", "line 1, column 1: expected an opening brace, found `hello`");
    not_json(
        "<users/>",
        "line 1, column 1: expected an opening brace, found the character `<`",
    );
    not_json(
        "{\"a\":1",
        "line 1, column 7: expected a comma or a closing brace, found the end of the file",
    );
    not_json(
        "{\"a\"",
        "line 1, column 5: expected a colon, found the end of the file",
    );
    not_json(
        "{\"a",
        "line 1, column 4: expected a closing quote, found the end of the file",
    );
    not_json(
        "{\"a\":",
        "line 1, column 6: expected a value, found the end of the file",
    );
    not_json(
        "{\"a\":tru",
        "line 1, column 9: expected a value, found the end of the file",
    );
    not_json("{\"a\":tru}", "line 1, column 6: expected a value, found `tru`");
    not_json("{\"a\":True}", "line 1, column 6: expected a value, found `True`");
    not_json(
        "{\"a\":undefined}",
        "line 1, column 6: expected a value, found `undefined`",
    );
    not_json(
        "{a:1}",
        "line 1, column 2: expected a key in double quotes or a closing brace, found `a`",
    );
    not_json(
        "{'a':1}",
        "line 1, column 2: expected a key in double quotes or a closing brace, found a single quote",
    );
    not_json("{\"a\" 1}", "line 1, column 6: expected a colon, found a number");
    not_json(
        "{\"a\":1,}",
        "line 1, column 8: expected a key in double quotes, found a closing brace",
    );
    not_json(
        "{\"a\":1 \"b\":2}",
        "line 1, column 8: expected a comma or a closing brace, found the start of a string",
    );
    not_json(
        "{\"a\":[1 2]}",
        "line 1, column 9: expected a comma or a closing bracket, found a number",
    );
    not_json(
        "{\"a\":[1,]}",
        "line 1, column 9: expected a value, found a closing bracket",
    );
    not_json(
        "{\"a\":{\"b\":1]}",
        "line 1, column 12: expected a comma or a closing brace, found a closing bracket",
    );
    not_json("{} x", "line 1, column 4: expected the end of the file, found `x`");
    not_json(
        "{}{}",
        "line 1, column 3: expected the end of the file, found an opening brace",
    );
    not_json(
        "{// a\n}",
        "line 1, column 2: expected a key in double quotes or a closing brace, found the character `/`",
    );
}

#[test]
fn numbers_and_strings_are_checked() {
    not_json(
        "{\"a\":01}",
        "line 1, column 7: expected a comma or a closing brace, found a number",
    );
    not_json("{\"a\":-}", "line 1, column 7: expected a digit, found a closing brace");
    not_json(
        "{\"a\":1.}",
        "line 1, column 8: expected a digit, found a closing brace",
    );
    not_json(
        "{\"a\":1e+}",
        "line 1, column 9: expected a digit, found a closing brace",
    );
    not_json(
        "{\"a\":.5}",
        "line 1, column 6: expected a value, found the character `.`",
    );
    not_json("{\"a\":NaN}", "line 1, column 6: expected a value, found `NaN`");
    not_json(
        "{\"a\":\"b\n\"}",
        "line 1, column 8: expected a closing quote, found the end of the line",
    );
    not_json(
        "{\"a\":\"b\tc\"}",
        "line 1, column 8: expected a closing quote, found a tab",
    );
    not_json(
        "{\"a\":\"\\x\"}",
        "line 1, column 7: expected an escape such as `\\n`, found `\\x`",
    );
    not_json(
        "{\"a\":\"\\u12g4\"}",
        "line 1, column 11: expected four hexadecimal digits, found `g4`",
    );
    not_json(
        "{\"a\":\"é\\",
        "line 1, column 9: expected an escape such as `\\n`, found the end of the file",
    );
}

#[test]
fn the_place_is_that_of_the_culprit() {
    let missing_comma = "{\n  \"users\": [\n    {\n      \"id\": \"ü\"\n    \"email\": 1}]}";
    not_json(
        missing_comma,
        "line 5, column 5: expected a comma or a closing brace, found the start of a string",
    );
    not_json(
        "{\r\n\"a\":\r\n}",
        "line 3, column 1: expected a value, found a closing brace",
    );
    not_json(
        "{\"é\":\"日本\",x}",
        "line 1, column 11: expected a key in double quotes, found `x`",
    );
    let error = read("{\"é\":x}".as_bytes()).expect_err("an error");
    assert_eq!((error.offset, error.column), (6, 6));
    not_json(
        "{\"users\":[{\"id\":1}",
        "line 1, column 19: expected a comma or a closing bracket, found the end of the file",
    );
    not_json(
        "{\"users\":[{\"id\":1},",
        "line 1, column 20: expected an object, found the end of the file",
    );
    not_json(
        "{\"users\":[{\"id\":1} {\"id\":2}]}",
        "line 1, column 20: expected a comma or a closing bracket, found an opening brace",
    );
}

#[test]
fn the_place_is_told_as_javascript_counts_too() {
    // A byte order mark and a character beyond the first plane, of three and four bytes, one and two units.
    let text = "\u{feff}{\"a\":\"ü🧼\",\n \"🧼\":x}";
    let error = read(text.as_bytes()).expect_err("an error");
    assert_eq!((error.line, error.column, error.utf16_column), (2, 6, 7));
    assert_eq!(
        text.encode_utf16().nth(error.utf16_position as usize),
        Some(u16::from(b'x'))
    );
    let in_pieces = by_bytes(text.as_bytes()).expect_err("an error in pieces too");
    assert_eq!(in_pieces, error);
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    refused(
        b"{\"a\":\"\xff\"}",
        false,
        "line 1, column 7: expected text in UTF-8, found bytes that are none",
    );
    refused(
        b"{\"a\":\"\xc3",
        false,
        "line 1, column 7: expected a closing quote, found the end of the file",
    );
    refused(
        b"{}\xc3",
        false,
        "line 1, column 3: expected text in UTF-8, found half a character",
    );
    refused(
        b"\xff\xfe{\0",
        false,
        "line 1, column 1: expected text in UTF-8, found bytes that are none",
    );
    refused(
        b"{]\xff",
        false,
        "line 1, column 2: expected a key in double quotes or a closing brace, found a closing bracket",
    );
}

#[test]
fn json_of_another_shape_is_refused() {
    no_directory("[]", "line 1, column 1: expected an opening brace, found a list");
    no_directory(
        "\"users\"",
        "line 1, column 1: expected an opening brace, found a string",
    );
    no_directory("17", "line 1, column 1: expected an opening brace, found a number");
    no_directory("null", "line 1, column 1: expected an opening brace, found `null`");
    no_directory("{\"users\":{}}", "line 1, column 10: expected a list, found an object");
    no_directory(
        "{\"groups\":\"x\"}",
        "line 1, column 11: expected a list, found a string",
    );
    no_directory(
        "{\"users\":[\n1]}",
        "line 2, column 1: expected an object, found a number",
    );
    no_directory(
        "{\"memberships\":[[]]}",
        "line 1, column 17: expected an object, found a list",
    );
    no_directory(
        "{\"nestings\":[null]}",
        "line 1, column 14: expected an object, found `null`",
    );
    no_directory(
        "{\"users\":[],\n\"users\":[]}",
        "line 2, column 1: expected each list once, found `users` again",
    );
    no_directory(
        "{\"format\":\"rollcall/2\"}",
        "line 1, column 2: expected the format `rollcall/1`, found \"rollcall/2\"",
    );
    no_directory(
        "{\"format\":1}",
        "line 1, column 2: expected the format `rollcall/1`, found 1",
    );
    no_directory(
        "{\"format\":null,\"format\":null}",
        "line 1, column 16: expected each list once, found `format` again",
    );
    not_json(
        "{\"users\":nobody}",
        "line 1, column 10: expected a value, found `nobody`",
    );
}

#[test]
fn an_item_without_a_usable_id_is_told() {
    unused(
        r#"{"users":[{"username":"mwolf","email":null}]}"#,
        &[r#"1: {"username":"mwolf","email":null} (NoId)"#],
    );
    unused(
        "{\"users\":[\n{\"id\":\"\"},\n  {\"id\":null},{\"id\":1.5},{\"id\":[1]}]}",
        &[
            "2: {\"id\":\"\"} (NoId)",
            "3: {\"id\":null} (NoId)",
            "3: {\"id\":1.5} (NoId)",
            "3: {\"id\":[1]} (NoId)",
        ],
    );
    unused(
        r#"{"groups":[{"name":"x","members":["a"]}]}"#,
        &[r#"1: {"name":"x","members":["a"]} (NoId)"#],
    );
    unused(
        r#"{"memberships":[{"group":"g"}],"nestings":[{}]}"#,
        &[r#"1: {"group":"g"} (NoId)"#, "1: {} (NoId)"],
    );
    unused("{\"users\":[{\n  \"name\": 1\n}]}", &["1: { \"name\": 1 } (NoId)"]);
    let long = format!(
        r#"{{"users":[{{"id":"{}"}},{{"id":"{}"}}]}}"#,
        "x".repeat(MAX_ID),
        "y".repeat(MAX_ID + 1)
    );
    assert_eq!(counts(&long), (1, 0, 0, 0));
}

#[test]
fn a_value_that_is_none_for_its_field_is_told() {
    let day = "(Not a day. The user was read without it.)";
    unused(
        "{\"users\":[{\"id\":1,\n\n\"lastLogin\":\"31/02/2026\"}]}",
        &[&format!("3: \"lastLogin\":\"31/02/2026\" {day}")],
    );
    unused(
        r#"{"users":[{"id":1,"created":17}]}"#,
        &[&format!("1: \"created\":17 {day}")],
    );
    unused(
        r#"{"users":[{"id":1,"email":["a"]}]}"#,
        &[r#"1: "email":["a"] (Not a text. The user was read without it.)"#],
    );
    unused(
        r#"{"users":[{"id":1,"status":"active"}]}"#,
        &[r#"1: "status":"active" (Not an object. The user was read without it.)"#],
    );
    unused(
        "{\"users\":[{\"id\":1,\"status\":{\n\"locked\":\"no\"}}]}",
        &["2: \"locked\":\"no\" (Not true or false. The user was read without it.)"],
    );
    unused(
        r#"{"users":[{"id":1,"custom":{"n":1e999}}]}"#,
        &[r#"1: "n":1e999 (Not a number of this size. The user was read without it.)"#],
    );
    unused(
        r#"{"groups":[{"id":1,"members":{}}]}"#,
        &[r#"1: "members":{} (Not a list. The group was read without it.)"#],
    );
    unused(
        "{\"groups\":[{\"id\":1,\"children\":[\nnull]}]}",
        &["2: \"children\":null (Not an id. The group was read without it.)"],
    );
    unused(
        r#"{"users":[{"id":1}],"groups":[{"id":1}],"memberships":[{"group":1,"user":1,"isAdmin":1}]}"#,
        &[r#"1: "isAdmin":1 (Not true or false. The membership was read without it.)"#],
    );
}

#[test]
fn facts_are_told_by_their_line() {
    let text = "{\"users\":[{\"id\":\"u\"}],\n\"groups\":[{\"id\":\"g\",\n\"members\":[\"u\",\n\"v\",\n\"u\"],\n\"managers\":[\"w\"],\n\"children\":[\"h\",\n\"g\"]}],\n\"memberships\":[\n{\"group\":\"x\",\"user\":\"u\"}]}";
    unused(
        text,
        &[
            r#"4: {"group":"g","user":"v"} (UnknownUser("v"))"#,
            r#"5: {"group":"g","user":"u"} (Twice { before: Place { line: 3 } })"#,
            r#"6: {"id":"g","managers":["w"]} (UnknownUser("w"))"#,
            r#"7: {"parent":"g","child":"h"} (UnknownGroup("h"))"#,
            r#"8: {"parent":"g","child":"g"} (InItself)"#,
            r#"10: {"group":"x","user":"u"} (UnknownGroup("x"))"#,
        ],
    );
}

#[test]
fn nesting_and_elements_have_limits() {
    let deep = |levels: usize| format!("{{\"x\":{}1{}}}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(counts(&deep(MAX_DEPTH)), (0, 0, 0, 0));
    no_directory(
        &deep(MAX_DEPTH + 1),
        "line 1, column 134: expected at most 128 levels of nesting, found one more",
    );
    let mut reader = DirectoryReader::new();
    reader.push(b"{\"users\":[{\"id\":\"").expect("a good start");
    let megabytes = [b'x'; 1 << 20];
    let error = (0..80)
        .find_map(|_| reader.push(&megabytes).err())
        .expect("an element without an end");
    assert_eq!(
        error.to_string(),
        "line 1, column 11: expected a value of at most 64 MiB, found a longer one"
    );
    assert_eq!(reader.push(b"\"}]}"), Err(error));
}

#[test]
fn half_a_surrogate_pair_is_read_as_unknown() {
    let directory = directory(
        r#"{"users":[{"id":"a\ud800b"},{"id":"\ude00"},{"id":"\ud83d\ude00\n"},{"id":"\ud83d\ud83d\ude00"}]}"#,
    );
    let ids: Vec<_> = directory.all_users().map(|user| directory.user_id(user)).collect();
    assert_eq!(ids, ["a\u{fffd}b", "\u{fffd}", "😀\n", "\u{fffd}😀"]);
}

#[test]
fn an_excerpt_is_one_short_line() {
    assert_eq!(excerpt("{\n  \"a\":   1\n}"), "{ \"a\": 1 }");
    assert_eq!(excerpt(&"é".repeat(120)), "é".repeat(120));
    assert_eq!(excerpt(&"é".repeat(121)), format!("{}…", "é".repeat(119)));
    assert_eq!(excerpt(&"x".repeat(100_000)).chars().count(), 120);
}

#[test]
fn progress_and_lines_are_told() {
    let mut reader = DirectoryReader::new();
    assert_eq!(reader.lines(), 0);
    reader
        .push(b"{\"users\":[{\"id\":1},\n{\"id\":2},\n{\"id\"")
        .expect("a good start");
    assert_eq!((reader.counts().users, reader.lines()), (2, 2));
    reader.push(b":3}]}\n").expect("a good end");
    assert_eq!((reader.counts().users, reader.lines()), (3, 4));
    let mut steps = Vec::new();
    reader
        .finish(&mut |done, total| steps.push((done, total)))
        .expect("a directory");
    assert!(steps.last().is_some_and(|(done, total)| done == total), "{steps:?}");
}

#[test]
fn what_is_written_is_read_again() {
    for users in [0, 40, 1_200] {
        let sample = sample::directory(users, 7).expect("a sample");
        let written = sample.to_json();
        let again = directory(&written);
        assert_eq!(again.to_json(), written);
        assert_eq!(told_by(&again), [""; 0]);
        assert_eq!(
            (again.membership_count(), again.nesting_count()),
            (sample.membership_count(), sample.nesting_count())
        );
        assert!(serde_json::from_str::<Value>(&written).is_ok());
    }
}

/// Reads with `serde_json` and nothing else.
fn naive(text: &str) -> Option<Directory> {
    let file: Value = serde_json::from_str(text).ok()?;
    let mut builder = Builder::new();
    let place = Place { line: 0 };
    let list = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let id = |value: &Value| match value {
        Value::String(id) => id.clone(),
        Value::Number(id) if id.is_i64() => id.to_string(),
        _ => String::new(),
    };
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    for user in list(&file, "users") {
        let (username, created) = (text(&user, "username"), text(&user, "created"));
        let custom = user
            .get("custom")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default();
        let record = UserRecord {
            id: &id(&user["id"]),
            username: username.as_deref(),
            created: created.and_then(|created| instant::parse(&created)),
            status: Status {
                suspended: user.pointer("/status/suspended").and_then(Value::as_bool),
                ..Status::default()
            },
            custom: custom
                .iter()
                .map(|(key, value)| (key.into(), custom_value(value)))
                .collect(),
            ..UserRecord::default()
        };
        builder.user(&record, place).ok()?;
    }
    for group in list(&file, "groups") {
        let own = id(&group["id"]);
        let name = text(&group, "name");
        builder
            .group(
                &GroupRecord {
                    id: &own,
                    name: name.as_deref(),
                    ..GroupRecord::default()
                },
                place,
            )
            .ok()?;
        list(&group, "members")
            .iter()
            .try_for_each(|user| builder.membership(&own, &id(user), false, place))
            .ok()?;
        list(&group, "managers")
            .iter()
            .try_for_each(|user| builder.manager(&own, &id(user), place))
            .ok()?;
        list(&group, "children")
            .iter()
            .try_for_each(|child| builder.nesting(&own, &id(child), place))
            .ok()?;
    }
    for fact in list(&file, "memberships") {
        let is_admin = fact["isAdmin"].as_bool().unwrap_or_default();
        builder
            .membership(&id(&fact["group"]), &id(&fact["user"]), is_admin, place)
            .ok()?;
    }
    for fact in list(&file, "nestings") {
        builder.nesting(&id(&fact["parent"]), &id(&fact["child"]), place).ok()?;
    }
    builder.finish(&mut |_, _| {}).ok()
}

fn custom_value(value: &Value) -> CustomValue {
    match value {
        Value::Bool(value) => CustomValue::Boolean(*value),
        Value::Number(number) => CustomValue::Number(number.as_f64().unwrap_or_default()),
        Value::String(text) => CustomValue::Text(text.clone()),
        value => CustomValue::Text(value.to_string()),
    }
}

prop_compose! {
    fn an_id()(number in 0_u8..6, is_text in any::<bool>()) -> Value {
        if is_text { number.to_string().into() } else { number.into() }
    }
}

fn a_text() -> impl Strategy<Value = String> {
    "[a-zA-Zé日🧼\"\\\\\n\t /]{0,6}"
}

prop_compose! {
    fn a_user()(id in an_id(), username in proptest::option::of(a_text()), created in 2000_u32..2030, flag in any::<bool>(), number in -9..9_i32, key in a_text())
        -> Value {
        let mut custom = serde_json::Map::new();
        custom.insert(key, if flag { number.into() } else { vec![number, number].into() });
        serde_json::json!({"id": id, "username": username, "created": format!("{created}-02-03"), "x": [{}], "status": {"suspended": flag}, "custom": custom})
    }
}

prop_compose! {
    fn a_group()(id in an_id(), name in a_text(), lists in proptest::array::uniform3(proptest::collection::vec(an_id(), 0..4))) -> Value {
        let [members, managers, children] = lists;
        serde_json::json!({"id": id, "name": name, "members": members, "managers": managers, "children": children})
    }
}

prop_compose! {
    /// A directory file, on one line or on many.
    fn a_file()(users in proptest::collection::vec(a_user(), 0..5), groups in proptest::collection::vec(a_group(), 0..5),
                memberships in proptest::collection::vec((an_id(), an_id(), any::<bool>()), 0..6), nestings in proptest::collection::vec((an_id(), an_id()), 0..6),
                is_pretty in any::<bool>()) -> String {
        let memberships: Vec<_> = memberships.into_iter().map(|(group, user, is_admin)| serde_json::json!({"group": group, "user": user, "isAdmin": is_admin})).collect();
        let nestings: Vec<_> = nestings.into_iter().map(|(parent, child)| serde_json::json!({"parent": parent, "child": child})).collect();
        // In this order, since the keys are sorted: groups, memberships, nestings, users.
        let file = serde_json::json!({"users": users, "groups": groups, "memberships": memberships, "nestings": nestings});
        if is_pretty { serde_json::to_string_pretty(&file).expect("JSON") } else { file.to_string() }
    }
}

fn in_pieces(bytes: &[u8], cuts: &[usize]) -> Result<Directory, JsonError> {
    let mut cuts: Vec<_> = cuts
        .iter()
        .map(|cut| cut % (bytes.len() + 1))
        .chain([0, bytes.len()])
        .collect();
    cuts.sort_unstable();
    let mut reader = DirectoryReader::new();
    cuts.windows(2)
        .try_for_each(|cut| reader.push(&bytes[cut[0]..cut[1]]))?;
    reader.finish(&mut |_, _| {})
}

/// The same answer, whether that is a directory or an error.
fn same(one: Result<Directory, JsonError>, other: Result<Directory, JsonError>) {
    match (one, other) {
        (Ok(one), Ok(other)) => {
            assert_eq!(one.to_json(), other.to_json());
            assert_eq!(one.unused(), other.unused());
        }
        (one, other) => assert_eq!(one.err(), other.err()),
    }
}

proptest! {
    #[test]
    fn the_reader_agrees_with_a_naive_one(text in a_file()) {
        let naive = naive(&text).expect("a directory");
        let read = directory(&text);
        prop_assert_eq!(read.to_json(), naive.to_json());
        prop_assert_eq!(read.unused().len(), naive.unused().len());
    }

    #[test]
    fn any_directory_that_is_written_is_read_as_itself(text in a_file()) {
        let read = directory(&text);
        let again = directory(&read.to_json());
        prop_assert_eq!(facts(&again), facts(&read));
        prop_assert_eq!(again.unused(), []);
    }

    #[test]
    fn any_split_gives_the_same_directory(text in a_file(), cuts in proptest::collection::vec(any::<usize>(), 0..12)) {
        same(read(text.as_bytes()), in_pieces(text.as_bytes(), &cuts));
    }

    #[test]
    fn any_split_gives_the_same_error(text in a_file(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cuts in proptest::collection::vec(any::<usize>(), 0..6)) {
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        same(read(&bytes), in_pieces(&bytes, &cuts));
        same(read(&bytes[..at]), in_pieces(&bytes[..at], &cuts));
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        same(read(&bytes), by_bytes(&bytes));
    }

    #[test]
    fn what_is_json_is_what_serde_says(value in "[\\[\\]{}\",:0-9eE.+\\-truefalsn\\\\u \n\té]{0,12}") {
        let text = format!("{{\"x\":{value}}}");
        // `serde_json` refuses numbers beyond what a float holds and half surrogate pairs, which nobody reads here.
        let is_special = |error: &serde_json::Error| ["out of range", "surrogate", "lone", "hex escape"].iter().any(|word| error.to_string().contains(word));
        match serde_json::from_str::<serde_json::Value>(&text) {
            Ok(_) => prop_assert!(read(text.as_bytes()).is_ok_and(|_| true) || text.matches("users").count() > 0),
            Err(error) => prop_assert!(is_special(&error) || read(text.as_bytes()).is_err(), "{} {}", text, error),
        }
    }

    #[test]
    fn an_error_points_into_the_text(text in a_file(), at in any::<prop::sample::Index>(), what in "[\\[\\]{}\",:x0]") {
        let at = at.index(text.len());
        prop_assume!(text.is_char_boundary(at));
        let broken = format!("{}{what}{}", &text[..at], &text[at..]);
        if let Err(error) = read(broken.as_bytes()) {
            prop_assert!(error.offset <= broken.len() as u64);
            let before = &broken[..error.offset as usize];
            prop_assert_eq!(error.line as usize, before.matches('\n').count() + 1);
            let line = before.rsplit('\n').next().unwrap_or_default();
            prop_assert_eq!(error.column as usize, line.chars().count() + 1);
            prop_assert_eq!(error.utf16_column as usize, line.encode_utf16().count() + 1);
            prop_assert_eq!(error.utf16_position as usize, before.encode_utf16().count());
        }
    }
}
