//! Names of small documents, and of all documents at hand in another order.

use super::{assign, Names};
use crate::api::ir::{Api, Home, Schema, SchemaId};
use crate::diagnostics::Diagnostics;
use crate::{analyse, CallOptions, Loader, Options};
use insta::assert_snapshot;
use serde_yaml::{Mapping, Value};
use std::collections::{BTreeMap, BTreeSet};

struct One<'a>(&'a str);

impl Loader for One<'_> {
    fn load(&self, _: &str) -> Result<String, String> {
        Ok(self.0.to_owned())
    }
}

fn analysed(text: &str, options: &Options) -> Option<(Api, Names, Vec<String>)> {
    let api = analyse("api.yaml", &One(text), options).api?;
    let mut found = Diagnostics::new();
    let api = super::strip::apply(api, &options.strip_prefix, &mut found);
    let names = assign(&api, &options.calls, &mut found);
    let found = found.iter().map(|found| found.message.clone()).collect();
    Some((api, names, found))
}

fn named_with(text: &str, options: &Options) -> String {
    let (api, names, found) = analysed(text, options).unwrap();
    let mut lines = lines(&api, &names);
    lines.extend(found.into_iter().map(|message| format!("! {message}")));
    lines.join("\n")
}

fn named(text: &str) -> String {
    named_with(text, &Options::default())
}

/// Where a schema is, without numbers that depend on the order of the document.
fn origin(api: &Api, schema: &Schema) -> String {
    match &schema.home {
        Home::Component(name) => name.clone(),
        Home::Within(owner, role) => {
            let owner = api.schemas.get(*owner).unwrap();
            format!("{} {role:?}", origin(api, owner))
        }
        Home::Operation(index, role) => format!("{} {role:?}", api.operations[*index].id),
        Home::Shared(section, name) => format!("{section:?} {name}"),
    }
}

/// A line a type, then a line an operation, none of which depends on the order of the document.
fn lines(api: &Api, names: &Names) -> Vec<String> {
    let member = |id: SchemaId| {
        let idents = names.members.get(&id).into_iter().flatten();
        let mut idents: Vec<_> = idents.map(ToString::to_string).collect();
        idents.sort();
        idents.join(", ")
    };
    let types = names.types.iter().map(|(id, named)| {
        let schema = api.schemas.get(*id).unwrap();
        let input = named.input.iter().map(|input| format!(" {input}"));
        let groups = named.groups.iter().map(|group| {
            let mut variants: Vec<_> = group.variants.iter().map(ToString::to_string).collect();
            variants.sort();
            let (ident, accessor) = (&group.ident, &group.accessor);
            format!(" {ident}/{accessor}/{}", variants.join("|"))
        });
        let more: String = input.chain(groups).collect();
        let (at, module) = (origin(api, schema), &named.module);
        format!("{at} = {module}::{}{more} {{{}}}", named.read, member(*id))
    });
    let mut types: Vec<String> = types.collect();
    types.sort();
    let operations = api.operations.iter().zip(&names.operations);
    let operations = operations.map(|(operation, named)| {
        let given = operation.parameters.iter().zip(&named.parameters);
        let mut given: Vec<_> = given
            .map(|(given, ident)| format!("{:?} {} = {ident}", given.location, given.name))
            .chain(named.parts.iter().map(ToString::to_string))
            .collect();
        given.sort();
        format!(
            "{} = {}::{} {} {} {} {} ({}) {}",
            operation.id,
            named.module,
            named.method,
            named.marker,
            named.replies.reply,
            named.replies.failure,
            named.content,
            given.join(", "),
            named.body,
        )
    });
    let mut operations: Vec<String> = operations.collect();
    operations.sort();
    let mut others: Vec<String> = names.incoming.iter().map(ToString::to_string).collect();
    others.sort();
    let maps = [&names.headers, &names.schemes];
    let maps = maps.into_iter().flatten();
    others.extend(maps.map(|(wire, ident)| format!("{wire} = {ident}")));
    let groups = names.groups.iter();
    others.extend(groups.map(|(tag, group)| format!("{tag} = {} {}", group.accessor, group.ty)));
    types.into_iter().chain(operations).chain(others).collect()
}

fn document(paths: &str, schemas: &str) -> String {
    let indented = |text: &str, by: &str| -> String {
        text.lines().map(|line| format!("{by}{line}\n")).collect()
    };
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n{}components:\n  schemas:\n    Unused: {{type: string}}\n{}",
        indented(paths, "  "),
        indented(schemas, "    "),
    )
}

#[test]
fn components_win_and_others_give_way_by_a_word() {
    let text = document(
        "/a:
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
      default: {description: d, content: {application/json: {schema: {type: object, properties: {b: {type: string}}}}}}",
        "ITEM: {type: string, enum: [a]}
Item: {type: object, properties: {a: {type: string}}}
CreatePet: {type: object, properties: {accepted: {type: object, properties: {a: {type: string}}}}}
CreatePetBody: {type: string}
CreatePetResponse: {type: string}
ItemOk: {type: string}",
    );
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
    createPet Reply("202", None) = a::CreatePet202 {a, additional}
    createPet Reply("404", None) = a::CreatePetError {additional, b}
    item Reply("200", None) = a::Item200 {a, additional}
    item Reply("299", None) = a::Item299 {additional, b}
    item Reply("4XX", None) = a::ItemClientError {additional, b}
    item Reply("default", None) = a::ItemOther {additional, b}
    list Reply("200", None) Item = a::ListResponseItem {a, additional}
    list Reply("default", None) = a::ListError {a, additional}
    createPet = untagged::create_pet CreatePetCall CreatePetCallResponse CreatePetCallError CreatePetContent () body
    item = untagged::item ItemCall ItemResponse ItemError ItemContent () body
    list = untagged::list List ListResponse ListCallError ListContent () body
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
    assert_snapshot!(named(&text), @r"
    Choice = other::Choice {ErrVariant, OkVariant, Unlisted}
    Client = other::ClientObject {a, additional}
    Option = other::OptionValue {}
    Unused = other::Unused {}
    Vec = other::VecChoice {Err2, ErrValue, NoneValue, OkValue, Self2, SelfValue, SomeValue, Unlisted, UnlistedValue}
    clone = untagged::clone_call CloneCall CloneCallResponse CloneCallError CloneCallContent () body
    into = untagged::into_call IntoCall IntoCallResponse IntoCallError IntoCallContent () body
    result = untagged::result ResultCall ResultResponse ResultError ResultContent () body
    ! the name `Client` is taken, so this type is called `ClientObject`
    ! the name `Option` is taken, so this type is called `OptionValue`
    ! the name `Vec` is taken, so this type is called `VecChoice`
    ! the name `Err` is taken, so this is called `Err2`
    ! the name `Self` is taken, so this is called `Self2`
    ");
}

#[test]
fn parameters_of_one_name_say_where_they_are_sent() {
    let text = document(
        "/{id}/{call}: {get: {operationId: a, parameters: [
  {name: id, in: cookie, schema: {type: string}}, {name: Id, in: query, schema: {type: string}},
  {name: id, in: query, schema: {type: string}}, {name: ID, in: header, schema: {type: string}},
  {name: id, in: path, required: true, schema: {type: string}}, {name: call, in: path, required: true, schema: {type: string}},
  {name: send, in: query, schema: {type: string}}, {name: body, in: query, schema: {type: string}}, {name: self, in: query, schema: {type: string}}],
  requestBody: {content: {application/json: {schema: {type: string}}}}, responses: {'204': {description: d}}}}",
        "",
    );
    assert_snapshot!(named(&text), @r"
    Unused = other::Unused {}
    a = untagged::a A AResponse AError AContent (Cookie id = id_cookie, Header ID = id_header, Path call = call_parameter, Path id = id, Query Id = id_parameter, Query body = body, Query id = id_query, Query self = self_, Query send = send_parameter) request_body
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
    a = untagged::a A AResponse AError AContent (Query windowDays = window_days) body
    "#);
}

#[test]
fn operation_ids_lose_what_path_and_method_say() {
    let paths = "/v1/files/{dag_id}/{model}: {post: {operationId: create_file_v1_files__dag_id___model__post, responses: {'204': {description: d}}}}
/v1/files: {get: {operationId: list_v1_files_get, responses: {'204': {description: d}}}}
/v1/users: {get: {operationId: list_v1_users_get, responses: {'204': {description: d}}}}
/: {get: {operationId: root__get, responses: {'204': {description: d}}}}
/chat-all: {put: {operationId: chatAll_chat_all_put, responses: {'204': {description: d}}}}
/x: {get: {operationId: get_x, responses: {'204': {description: d}}}}
/api/v2/contents/{path}: {get: {responses: {'400': {description: d, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}}}";
    assert_snapshot!(named(&document(paths, "")), @r#"
    Unused = other::Unused {}
    get_api_v2_contents_path Reply("400", None) = other::GetContentsPathError {a, additional}
    chatAll_chat_all_put = untagged::chat_all ChatAll ChatAllResponse ChatAllError ChatAllContent () body
    create_file_v1_files__dag_id___model__post = untagged::create_file CreateFile CreateFileResponse CreateFileError CreateFileContent (Path dag_id = dag_id, Path model = model) body
    get_api_v2_contents_path = untagged::get_contents_path GetContentsPath GetContentsPathResponse GetContentsPathCallError GetContentsPathContent (Path path = path) body
    get_x = untagged::get_x GetX GetXResponse GetXError GetXContent () body
    list_v1_files_get = untagged::list_v1_files_get ListV1FilesGet ListV1FilesGetResponse ListV1FilesGetError ListV1FilesGetContent () body
    list_v1_users_get = untagged::list_v1_users_get ListV1UsersGet ListV1UsersGetResponse ListV1UsersGetError ListV1UsersGetContent () body
    root__get = untagged::root Root RootResponse RootError RootContent () body
    "#);
    let options = Options {
        calls: CallOptions {
            full_operation_ids: true,
            ..CallOptions::default()
        },
        ..Options::default()
    };
    assert_snapshot!(named_with(&document(paths, ""), &options), @r#"
    Unused = other::Unused {}
    get_api_v2_contents_path Reply("400", None) = other::GetApiV2ContentsPathError {a, additional}
    chatAll_chat_all_put = untagged::chat_all_chat_all_put ChatAllChatAllPut ChatAllChatAllPutResponse ChatAllChatAllPutError ChatAllChatAllPutContent () body
    create_file_v1_files__dag_id___model__post = untagged::create_file_v1_files_dag_id_model_post CreateFileV1FilesDagIdModelPost CreateFileV1FilesDagIdModelPostResponse CreateFileV1FilesDagIdModelPostError CreateFileV1FilesDagIdModelPostContent (Path dag_id = dag_id, Path model = model) body
    get_api_v2_contents_path = untagged::get_api_v2_contents_path GetApiV2ContentsPath GetApiV2ContentsPathResponse GetApiV2ContentsPathCallError GetApiV2ContentsPathContent (Path path = path) body
    get_x = untagged::get_x GetX GetXResponse GetXError GetXContent () body
    list_v1_files_get = untagged::list_v1_files_get ListV1FilesGet ListV1FilesGetResponse ListV1FilesGetError ListV1FilesGetContent () body
    list_v1_users_get = untagged::list_v1_users_get ListV1UsersGet ListV1UsersGetResponse ListV1UsersGetError ListV1UsersGetContent () body
    root__get = untagged::root_get RootGet RootGetResponse RootGetError RootGetContent () body
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

#[test]
fn types_of_a_subject_share_a_file() {
    let component = |name: &str| format!("{name}: {{type: string}}\n");
    let mut schemas = String::new();
    for word in [
        "Guild",
        "Guilds",
        "GuildMember",
        "GuildRole",
        "Pet",
        "PetTag",
        "Other",
        "AuxOne",
        "AuxTwo",
        "AuxSix",
    ] {
        schemas += &component(word);
    }
    for (word, count) in [
        ("WebhookIssue", 40),
        ("WebhookFork", 30),
        ("WebhookStar", 2),
    ] {
        for number in 0..count {
            schemas += &component(&format!(
                "{word}{}",
                char::from_u32(65 + number % 26)
                    .unwrap()
                    .to_string()
                    .repeat(1 + number as usize / 26)
            ));
        }
    }
    let text = document(
        "/guilds: {get: {operationId: a, responses: {'200': {description: d, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}}}",
        &schemas,
    );
    let files = |text: &str| {
        let (_, names, _) = analysed(text, &Options::default()).unwrap();
        let mut files = BTreeMap::<String, usize>::new();
        for named in names.types.values() {
            *files.entry(named.module.to_string()).or_default() += 1;
        }
        files
    };
    let found = files(&text);
    assert_snapshot!(format!("{found:?}"), @r#"
    {"aux_types": 3, "guild": 5, "other": 4, "webhook": 2, "webhook_fork": 30, "webhook_issue": 40}
    "#);
    // and a further type changes no file's name
    let more = files(&format!("{text}    GuildEmoji: {{type: string}}\n"));
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        more.keys().collect::<Vec<_>>()
    );
}

#[test]
fn long_and_folding_names_stay_apart() {
    let long = "LongWord".repeat(40);
    let schemas = format!(
        "{long}A: {{type: object, properties: {{{long}: {{type: object, properties: {{a: {{type: string}}}}}}}}}}\n{long}B: {{type: string}}\nK: {{type: string}}\n\"\u{212a}\": {{type: string}}\né: {{type: string}}\n\"e\u{301}\": {{type: string}}\nX: {{type: object, properties: {{k: {{type: string}}, \"\u{212a}\": {{type: string}}}}}}"
    );
    let (_, names, _) = analysed(&document("{}", &schemas), &Options::default()).unwrap();
    let types: Vec<String> = names
        .types
        .values()
        .map(|named| named.read.to_string())
        .collect();
    let apart: BTreeSet<&String> = types.iter().collect();
    assert_eq!(types.len(), apart.len());
    let longest = |ident: &str| assert!(ident.len() <= 120, "{ident}");
    for named in names.types.values() {
        longest(named.read.text());
        longest(named.required.text());
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

/// The document with the members of what has no order in another one.
fn reordered(value: &mut Value, key: &str, turn: usize) {
    match value {
        Value::Mapping(mapping) => {
            let unordered = [
                "paths",
                "schemas",
                "properties",
                "responses",
                "parameters",
                "requestBodies",
                "headers",
                "securitySchemes",
                "components",
                "$defs",
                "definitions",
            ];
            let mut members: Vec<(Value, Value)> = std::mem::take(mapping).into_iter().collect();
            for (name, member) in &mut members {
                let name = name.as_str().unwrap_or_default().to_owned();
                reordered(member, &name, turn);
            }
            if unordered.contains(&key) && !members.is_empty() {
                members.reverse();
                let by = turn % members.len();
                members.rotate_left(by);
            }
            *mapping = members.into_iter().collect::<Mapping>();
        }
        Value::Sequence(items) => {
            for item in items {
                reordered(item, "", turn);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Tagged(_) => {}
    }
}

/// The documents of this repository, and of a folder that a variable names.
fn documents() -> Vec<std::path::PathBuf> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders = vec![root.join("tests/golden"), root.join("specs")];
    folders.extend(std::env::var_os("NAMES_OF").map(std::path::PathBuf::from));
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let is_document = path
                .extension()
                .is_some_and(|end| ["yaml", "json", "yml"].iter().any(|one| end == *one));
            if path.is_dir() {
                folders.push(path);
            } else if is_document {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
#[allow(
    clippy::disallowed_methods,
    reason = "the test reads the documents of this repository"
)]
fn the_order_of_a_document_decides_no_name() {
    let (mut wrong, mut count) = (String::new(), 0);
    for path in documents() {
        // the second of two operations that share an `operationId` loses it
        if path.ends_with("dialect-operations/openapi.yaml") {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let Ok(mut value) = serde_yaml::from_str::<Value>(&text) else {
            continue;
        };
        let options = Options::default();
        let text = serde_yaml::to_string(&value).unwrap();
        let Some((api, names, _)) = analysed(&text, &options) else {
            continue;
        };
        for turn in [0, 1, 3] {
            reordered(&mut value, "", turn);
            let other = serde_yaml::to_string(&value).unwrap();
            let Some((other_api, other, _)) = analysed(&other, &options) else {
                continue;
            };
            count += 1;
            let before: BTreeSet<String> = lines(&api, &names).into_iter().collect();
            let after: BTreeSet<String> = lines(&other_api, &other).into_iter().collect();
            for line in before.difference(&after) {
                wrong += &format!("{} {turn} - {line}\n", path.display());
            }
            for line in after.difference(&before) {
                wrong += &format!("{} {turn} + {line}\n", path.display());
            }
        }
    }
    assert!(count > 100, "{count}");
    assert!(wrong.is_empty(), "{wrong}");
}
