use typewright_runtime::codegen::v1::{self, Kind, Rule, Value};

use crate::read;

/// The violations of a JSON value, a line each.
fn broken(text: &str, rules: &[Rule]) -> String {
    let value: Value = read(text).unwrap();
    v1::validate(&value, rules).err().map(|violations| violations.to_string()).unwrap_or_default()
}

#[test]
fn bounds_are_exact() {
    let rules = &[Rule::Minimum("0.1"), Rule::Below("9007199254740993")];
    assert_eq!(broken("0.1", rules), "");
    assert_eq!(broken("9007199254740992", rules), "");
    assert_eq!(broken("0.09", rules), "expected at least 0.1, found 0.09");
    assert_eq!(
        broken("9007199254740993.0", rules),
        "expected less than 9007199254740993, found 9007199254740993.0"
    );
    assert_eq!(broken("-1e-400", &[Rule::Maximum("0")]), "");
    assert!(broken("-5", &[Rule::Above("-5")]).contains("more than -5"));
    assert!(broken("-5", &[Rule::Maximum("-5.5")]).contains("at most -5.5"));
    assert_eq!(broken("\"text\"", rules), "");
}

#[test]
fn steps_are_counted_in_decimals() {
    let holds =
        |number: &str, step: &'static str| broken(number, &[Rule::MultipleOf(step)]).is_empty();
    assert!(holds("0.0075", "0.0001") && !holds("0.00751", "0.0001"));
    assert!(holds("4.35", "0.01") && holds("-6", "1.5") && holds("0", "7"));
    assert!(holds("1e30", "1e-5") && !holds("1e308", "0.123456789"));
    // Too far apart to be counted in decimals of 128 bits.
    assert!(holds("1e40", "1e-5") && !holds("1e-40", "1e5"));
    assert!(holds("3", "0") && holds("0.5", "0.0"));
}

#[test]
fn lengths_are_counted_in_characters() {
    let rules = &[Rule::MinLength(2), Rule::MaxLength(2)];
    assert_eq!(broken("\"\u{1f600}\u{e9}\"", rules), "");
    assert_eq!(broken("\"é\"", rules), "expected at least 2 characters, found 1");
    assert_eq!(broken("\"abc\"", rules), "expected at most 2 characters, found 3");
    assert_eq!(broken("\"\"", &[Rule::MinLength(1)]), "expected at least 1 character, found 0");
}

#[test]
fn equal_items_are_found_however_they_are_written() {
    let rules = &[Rule::UniqueItems];
    assert_eq!(broken(r#"[1,true,"1",[1],{"a":1},null]"#, rules), "");
    assert_eq!(broken(r#"[1,2,-1,10,1.5,[2],[3],{"a":2},{"a":3}]"#, rules), "");
    let message = "[1]: expected an item that no other is equal to, found";
    assert!(broken("[1,1.0]", rules).starts_with(message));
    assert!(broken(r#"[{"a":1,"b":2},{"b":2,"a":1}]"#, rules).starts_with(message));
    assert!(broken("[[1,2],[1,2.0]]", rules).starts_with(message));
}

#[test]
fn every_violation_has_its_path() {
    const LINE: &[Rule] = &[Rule::Member("count", &[Rule::Minimum("1")])];
    let rules = &[
        Rule::Required(&["id"]),
        Rule::MaxProperties(3),
        Rule::Member("lines", &[Rule::MaxItems(1), Rule::Items(&[Rule::Type(|| LINE)])]),
        Rule::Member(
            "place",
            &[
                Rule::Item(0, &[Rule::Maximum("90")]),
                Rule::ItemsFrom(1, &[Rule::Kinds(&[Kind::Text])]),
            ],
        ),
        Rule::Others(&[Rule::MaxLength(2)]),
        Rule::Names(&[Rule::MaxLength(5)]),
    ];
    let text =
        r#"{"lines":[{"count":1},{"count":0}],"place":[91,"x",2],"a b":"long","longer":"s"}"#;
    assert_eq!(
        broken(text, rules).lines().collect::<Vec<_>>(),
        [
            "id: expected a value, found nothing or null",
            "expected at most 3 members, found 4",
            "lines: expected at most 1 item, found 2",
            "lines[1].count: expected at least 1, found 0",
            "place[0]: expected at most 90, found 91",
            "place[2]: expected a value of another type, found an integer",
            "[\"a b\"]: expected at most 2 characters, found 4",
            "longer: expected at most 5 characters, found 6",
        ]
    );
    assert_eq!(broken(r#"{"id":1}"#, rules), "");
    assert_eq!(broken("[]", rules), "");
}

#[test]
fn of_several_branches_the_nearest_speaks() {
    let rules = &[Rule::Either(&[
        &[Rule::Kinds(&[Kind::Text]), Rule::MinLength(3), Rule::MaxLength(1)],
        &[Rule::Kinds(&[Kind::Number]), Rule::Minimum("3")],
    ])];
    assert_eq!(broken("3", rules), "");
    assert_eq!(broken("2", rules), "expected at least 3, found 2");
    assert_eq!(broken("\"ab\"", rules).lines().count(), 2);
    assert!(broken("true", rules).contains("another type"));
    let rules = &[Rule::OrNull(&[Rule::Listed(&["\"a\"", "1"])])];
    assert_eq!(broken("null", rules) + &broken("1.0", rules), "");
    assert_eq!(broken("\"b\"", rules), "expected one of \"a\", 1, found the text \"b\"");
    let rules = &[Rule::Tagged("kind", &[(&["a", "1"], &[Rule::MaxProperties(1)])])];
    assert_eq!(broken(r#"{"kind":"b","x":1}"#, rules), "");
    assert!(broken(r#"{"kind":1,"x":1}"#, rules).contains("at most 1 member"));
}

#[test]
fn a_value_that_cannot_be_written_is_a_violation() {
    let violations = v1::validate(&vec![1.0, f64::NAN], &[]).unwrap_err();
    let messages = violations.iter();
    let messages: Vec<_> = messages.map(|one| (one.path(), one.expected(), one.actual())).collect();
    assert_eq!(messages, [("[1]".to_owned(), "a finite number", "NaN")]);
    assert_eq!((&violations).into_iter().count(), 1);
}

/// A field that is `None` is not on the wire, and one that is null is.
#[test]
fn absent_members_are_not_there() {
    struct Note(Option<i64>);
    impl v1::Encode for Note {
        fn encode(&self, encoder: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
            type Null = v1::Null<v1::Native<i64>>;
            encoder.object(&[("note", &self.0), ("null", &v1::by_codec::<Null>(&None))])
        }
    }
    let broken = |note, rule| match v1::validate(&Note(note), &[rule]) {
        Ok(()) => String::new(),
        Err(violations) => violations.to_string(),
    };
    const NOTE: Rule = Rule::Required(&["note", "null"]);
    assert_eq!(broken(Some(1), NOTE), "");
    assert_eq!(broken(None, NOTE), "note: expected a value, found nothing or null");
    assert_eq!(broken(Some(1), Rule::MaxProperties(1)), "expected at most 1 member, found 2");
    assert_eq!(broken(None, Rule::MaxProperties(1)), "");
}

#[test]
fn members_may_ask_for_others() {
    let rules = &[Rule::Dependent("card", &["address", "code"])];
    assert_eq!(broken(r#"{"code":1}"#, rules), "");
    assert_eq!(broken(r#"{"card":1,"code":null,"address":""}"#, rules), "");
    assert_eq!(
        broken(r#"{"card":1,"code":2}"#, rules),
        "address: expected a value beside `card`, found nothing"
    );
    assert_eq!(broken("[]", rules) + &broken("\"card\"", rules), "");
}

#[cfg(feature = "pattern")]
#[test]
fn other_names_match_one_of_the_patterns() {
    let rules = &[Rule::OtherNames(&["id"], &["^x-", "^[0-9]+$"])];
    assert_eq!(broken(r#"{"id":1,"x-a":2,"17":3}"#, rules), "");
    assert_eq!(broken("{}", rules) + &broken("[1]", rules), "");
    assert_eq!(
        broken(r#"{"y":1}"#, rules),
        "y: expected no member but those that match `^x-` or `^[0-9]+$`, found `y`"
    );
}

#[cfg(feature = "pattern")]
#[test]
fn patterns_are_those_of_ecmascript() {
    let matches =
        |pattern: &'static str, text: &str| broken(text, &[Rule::Pattern(pattern)]).is_empty();
    assert!(matches("b+", "\"abbc\"") && !matches("^b", "\"abc\""));
    assert!(matches(r"^(?!no)\d{2}$", "\"42\"") && !matches(r"^\d$", "\"\u{0665}\""));
    assert!(matches(r"^\p{Lu}", "\"Été\"") && matches(r"^[\w-.]+$", "\"a-b.c\""));
    assert!(matches("(", "\"not a pattern\"") && matches("^a", "1"));
}
