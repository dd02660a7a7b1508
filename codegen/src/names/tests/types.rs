//! Types, their members and modules.

use super::{analysed, document, named, named_with};
use crate::Options;
use insta::assert_snapshot;
use std::collections::{BTreeMap, BTreeSet};

/// Operations with several inline bodies each.
const SEVERAL: &str = "/a:
  post:
    operationId: createPet
    requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}
    responses:
      '200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}
      '202': {description: d, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}
      '404': {description: d, content: {application/json: {schema: {type: object, properties: {b: {type: string}}}}}}
  get:
    operationId: list
    responses:
      '200': {description: d, content: {application/json: {schema: {type: array, items: {type: object, properties: {a: {type: string}}}}}}}
      default: {description: d, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}
  put:
    operationId: item
    responses:
      '200': {description: d, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}
      '299': {description: d, content: {application/json: {schema: {type: object, properties: {b: {type: string}}}}}}
      '4XX': {description: d, content: {application/json: {schema: {type: object, properties: {b: {type: string}}}}}}
      default: {description: d, content: {application/json: {schema: {type: object, properties: {b: {type: string}}}}}}";

/// Components with the names that inline types would get.
const TAKEN: &str = "ITEM: {type: string, enum: [a]}
Item: {type: object, properties: {a: {type: string}}}
CreatePet: {type: object, properties: {accepted: {type: object, properties: {a: {type: string}}}}}
CreatePetBody: {type: string}
CreatePetResponse: {type: string}
ItemOk: {type: string}";

#[test]
fn components_win_and_others_give_way_by_a_word() {
    let text = document(SEVERAL, TAKEN);
    assert_snapshot!(named(&text), @r#"
    CreatePet = create::CreatePet {accepted, additional}
    CreatePet Property("accepted") = create::CreatePetAccepted {a, additional}
    CreatePetBody = create::CreatePetBody {}
    CreatePetResponse = create::CreatePetResponse {}
    ITEM = item::ItemChoice {A, Unlisted}
    Item = item::Item {a, additional}
    ItemOk = item::ItemOk {}
    Unused = other::Unused {}
    createPet Body(None) = a::CreatePetBodyObject {a, additional}
    createPet Response("202", None) = a::CreatePet202 {a, additional}
    createPet Response("404", None) = a::CreatePetError {additional, b}
    item Response("200", None) = a::Item200 {a, additional}
    item Response("299", None) = a::Item299 {additional, b}
    item Response("4XX", None) = a::ItemClientError {additional, b}
    item Response("default", None) = a::ItemOther {additional, b}
    list Response("200", None) Item = a::ListResponseItem {a, additional}
    list Response("default", None) = a::ListError {a, additional}
    createPet = untagged::create_pet CreatePetOperation CreatePetCallResponse CreatePetCallError CreatePetContent () body
    item = untagged::item ItemOperation ItemResponse ItemError ItemContent () body
    list = untagged::list ListOperation ListResponse ListCallError ListContent () body
    ! the name `Item` is taken, so this type is called `ItemChoice`
    ! the name `ItemOk` is taken, so this type is called `Item200`
    ! the name `CreatePetBody` is taken, so this type is called `CreatePetBodyObject`
    ! the name `CreatePetAccepted` is taken, so this type is called `CreatePet202`
    "#);
}

#[test]
fn nothing_shadows_the_prelude() {
    let text = document(
        "/a: {get: {operationId: result, responses: {'204': {description: d}}}, put: {operationId: into, responses: {'204': {description: d}}}, post: {operationId: clone, responses: {'204': {description: d}}}}",
        "Client: {type: object, properties: {a: {type: string}}}
Option: {type: string}
Vec: {type: string, enum: [Err, err, Ok, Some, None, Self, Unlisted, self]}
Choice: {oneOf: [{title: Ok, type: string}, {title: Err, type: integer}]}",
    );
    assert_snapshot!(named(&text), @"
    Choice = other::Choice {ErrVariant, OkVariant, Unlisted}
    Client = other::ClientObject {a, additional}
    Option = other::OptionValue {}
    Unused = other::Unused {}
    Vec = other::VecChoice {Err2, ErrValue, NoneValue, OkValue, Self2, SelfValue, SomeValue, Unlisted, UnlistedValue}
    clone = untagged::clone_call CloneCallOperation CloneCallResponse CloneCallError CloneCallContent () body
    into = untagged::into_call IntoCallOperation IntoCallResponse IntoCallError IntoCallContent () body
    result = untagged::result ResultOperation ResultResponse ResultError ResultContent () body
    ! the name `Client` is taken, so this type is called `ClientObject`
    ! the name `Option` is taken, so this type is called `OptionValue`
    ! the name `Vec` is taken, so this type is called `VecChoice`
    ! the name `Err` is taken, so this is called `Err2`
    ! the name `Self` is taken, so this is called `Self2`
    ");
}

#[test]
fn values_and_branches_have_the_words_of_their_schema() {
    let text = document(
        "/a: {get: {operationId: a, parameters: [{name: windowDays, in: query, schema: {type: integer, enum: [1, 7]}}], responses: {'204': {description: d}}}}",
        "Thread: {type: object, properties: {archiveMinutes: {type: integer, enum: [60, 1440]}, tlsVersion: {type: string, enum: ['1.0', '10', TLS2]}, size: {type: integer, enum: [-1, 5]}, steps: {type: array, items: {type: integer, enum: [15]}}}}
MaintenanceWindow:
  type: object
  properties: {anytime: {type: object, properties: {a: {type: string}}}, weeklyMaintenanceWindow: {type: object, properties: {a: {type: string}}}, windowKind: {type: string, enum: [a]}}
  oneOf: [{required: [anytime]}, {required: [weeklyMaintenanceWindow]}]
UserEvent: {oneOf: [{$ref: '#/components/schemas/UserCreatedEvent'}, {$ref: '#/components/schemas/UserDeletedEvent'}, {title: Deleted, type: string}, {title: UserEventText, type: array, items: {type: string}}]}
UserCreatedEvent: {type: object, required: [a], properties: {a: {type: string}}}
UserDeletedEvent: {type: object, required: [b], properties: {b: {type: string}}}",
    );
    assert_snapshot!(named(&text), @r#"
    MaintenanceWindow = maintenance::MaintenanceWindow MaintenanceWindowAnytimeOrWeekly/anytime_or_weekly/Anytime|Weekly {additional, anytime, weekly_maintenance_window, window_kind}
    MaintenanceWindow Property("anytime") = maintenance::MaintenanceWindowAnytime {a, additional}
    MaintenanceWindow Property("weeklyMaintenanceWindow") = maintenance::MaintenanceWindowWeekly {a, additional}
    MaintenanceWindow Property("windowKind") = maintenance::MaintenanceWindowKind {A, Unlisted}
    Thread = thread::Thread {additional, archive_minutes, size, steps, tls_version}
    Thread Property("archiveMinutes") = thread::ThreadArchiveMinutes {Minutes1440, Minutes60, Unlisted}
    Thread Property("size") = thread::ThreadSize {Minus1, Unlisted, Value5}
    Thread Property("steps") Item = thread::ThreadStep {Unlisted, Value15}
    Thread Property("tlsVersion") = thread::ThreadTlsVersion {Tls2, Unlisted, Version10, Version1_0}
    Unused = other::Unused {}
    UserCreatedEvent = user::UserCreatedEvent {a, additional}
    UserDeletedEvent = user::UserDeletedEvent {additional, b}
    UserEvent = user::UserEvent {Created, Deleted, Text, Unlisted, UserDeletedEvent}
    a Parameter("windowDays") = other::AWindowDays {Days1, Days7, Unlisted}
    a = untagged::a AOperation AResponse AError AContent (Query windowDays = window_days) body
    "#);
}

#[test]
fn prefixes_of_components_are_cut_where_that_is_clear() {
    let options = |prefixes: &[&str]| Options {
        strip_prefix: prefixes.iter().map(|one| (*one).to_owned()).collect(),
        ..Options::default()
    };
    let text = document(
        "{}",
        "etcdserverpbMember: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}
etcdserverpbRole: {type: object, properties: {a: {type: string}}}
authpbRole: {type: object, properties: {a: {type: string}}}
etcdserverpbUser: {type: object, properties: {a: {type: string}}}
User: {type: object, properties: {a: {type: string}}}",
    );
    let options = options(&["Etcdserverpb", "authpb", "v3lockpb"]);
    assert_snapshot!(named_with(&text, &options), @r#"
    Unused = other::Unused {}
    User = other::User {a, additional}
    authpbRole = other::AuthpbRole {a, additional}
    etcdserverpbMember = other::Member {a, additional}
    etcdserverpbMember Property("a") = other::MemberA {additional, b}
    etcdserverpbRole = other::EtcdserverpbRole {a, additional}
    etcdserverpbUser = other::EtcdserverpbUser {a, additional}
    ! `v3lockpb` in `strip-prefix` matches nothing in the document
    "#);
}

/// Number of types in each file.
fn files(text: &str) -> BTreeMap<String, usize> {
    let (_, names, _) = analysed(text, &Options::default()).unwrap();
    let mut files = BTreeMap::<String, usize>::new();
    for named in names.types.values() {
        *files.entry(named.module.to_string()).or_default() += 1;
    }
    files
}

#[test]
fn types_of_a_subject_share_a_file() {
    let component = |name: &str| format!("{name}: {{type: string}}\n");
    let components = "Guild Guilds GuildMember GuildRole Pet PetTag Other AuxOne AuxTwo AuxSix";
    let mut schemas: String = components.split(' ').map(component).collect();
    for (word, count) in [("WebhookIssue", 40), ("WebhookFork", 30), ("WebhookStar", 2)] {
        for number in 0..count {
            let letter = char::from(b'A' + number % 26).to_string();
            let further = letter.repeat(1 + usize::from(number) / 26);
            schemas += &component(&format!("{word}{further}"));
        }
    }
    let text = document(
        "/guilds: {get: {operationId: a, responses: {'200': {description: d, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}}}",
        &schemas,
    );
    assert_snapshot!(format!("{:?}", files(&text)), @r#"
    {"aux_types": 3, "guild": 5, "other": 4, "webhook": 2, "webhook_fork": 30, "webhook_issue": 40}
    "#);
    // A further type renames no file.
    let more = files(&format!("{text}    GuildEmoji: {{type: string}}\n"));
    assert!(more.keys().eq(files(&text).keys()));
}

#[test]
fn long_and_folding_names_stay_apart() {
    let long = "LongWord".repeat(40);
    let schemas = format!(
        "{long}A: {{type: object, properties: {{{long}: {{type: object, properties: {{a: {{type: string}}}}}}}}}}\n{long}B: {{type: string}}\nK: {{type: string}}\n\"\u{212a}\": {{type: string}}\né: {{type: string}}\n\"e\u{301}\": {{type: string}}\nX: {{type: object, properties: {{k: {{type: string}}, \"\u{212a}\": {{type: string}}}}}}"
    );
    let (_, names, _) = analysed(&document("{}", &schemas), &Options::default()).unwrap();
    let types: Vec<String> = names.types.values().map(|named| named.read.to_string()).collect();
    let apart: BTreeSet<&String> = types.iter().collect();
    assert_eq!(types.len(), apart.len());
    let longest = |ident: &str| assert!(ident.len() <= 120, "{ident}");
    for named in names.types.values() {
        longest(named.read.text());
        longest(named.module.text());
    }
    assert_snapshot!(types.join("\n"), @r"
        Unused
        LongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWorXc2e46923
        LongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWorXc2e454ca
        K
        KValue
        É
        E
        X
        LongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWordLongWorX60d6d2d7
        ");
}
