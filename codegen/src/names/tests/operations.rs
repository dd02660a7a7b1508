//! Operations, their methods and arguments.

use super::{document, named, named_with};
use crate::{CallOptions, Options};
use insta::assert_snapshot;

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
    assert_snapshot!(named(&text), @"
    Unused = other::Unused {}
    a = untagged::a AOperation AResponse AError AContent (Cookie id = id_cookie, Header ID = id_header, Path call = call_parameter, Path id = id, Query Id = id_parameter, Query body = body, Query id = id_query, Query self = self_, Query send = send_parameter) request_body
    ");
}

/// The methods that go on with a long-running operation are reserved where there is one.
#[test]
fn long_running_operations_have_methods_of_their_own() {
    let paths = |status: &str| {
        document(
            &format!(
                "/a: {{post: {{operationId: start, parameters: [{{name: watch, in: query, schema: {{type: string}}}}], responses: {{'{status}': {{description: d, headers: {{Location: {{schema: {{type: string}}}}}}}}}}}}}}
/b: {{get: {{operationId: watch, parameters: [{{name: watch, in: query, schema: {{type: string}}}}], responses: {{'204': {{description: d}}}}}}}}
/c: {{get: {{operationId: resume, responses: {{'204': {{description: d}}}}}}}}"
            ),
            "",
        )
    };
    assert_snapshot!(named(&paths("202")), @"
    Unused = other::Unused {}
    resume = untagged::resume_call ResumeCallOperation ResumeCallResponse ResumeCallError ResumeCallContent () body
    start = untagged::start StartOperation StartResponse StartError StartContent (Query watch = watch_parameter) body
    watch = untagged::watch_call WatchCallOperation WatchCallResponse WatchCallError WatchCallContent (Query watch = watch) body
    location = LOCATION
    ");
    assert_snapshot!(named(&paths("204")), @"
    Unused = other::Unused {}
    resume = untagged::resume ResumeOperation ResumeResponse ResumeError ResumeContent () body
    start = untagged::start StartOperation StartResponse StartError StartContent (Query watch = watch) body
    watch = untagged::watch WatchOperation WatchResponse WatchError WatchContent (Query watch = watch) body
    location = LOCATION
    ");
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
    get_api_v2_contents_path Response("400", None) = other::GetContentsPathError {a, additional}
    chatAll_chat_all_put = untagged::chat_all ChatAllOperation ChatAllResponse ChatAllError ChatAllContent () body
    create_file_v1_files__dag_id___model__post = untagged::create_file CreateFileOperation CreateFileResponse CreateFileError CreateFileContent (Path dag_id = dag_id, Path model = model) body
    get_api_v2_contents_path = untagged::get_contents_path GetContentsPathOperation GetContentsPathResponse GetContentsPathCallError GetContentsPathContent (Path path = path) body
    get_x = untagged::get_x GetXOperation GetXResponse GetXError GetXContent () body
    list_v1_files_get = untagged::list_v1_files_get ListV1FilesGetOperation ListV1FilesGetResponse ListV1FilesGetError ListV1FilesGetContent () body
    list_v1_users_get = untagged::list_v1_users_get ListV1UsersGetOperation ListV1UsersGetResponse ListV1UsersGetError ListV1UsersGetContent () body
    root__get = untagged::root RootOperation RootResponse RootError RootContent () body
    "#);
    let options = Options {
        calls: CallOptions { full_operation_ids: true, ..CallOptions::default() },
        ..Options::default()
    };
    assert_snapshot!(named_with(&document(paths, ""), &options), @r#"
    Unused = other::Unused {}
    get_api_v2_contents_path Response("400", None) = other::GetApiV2ContentsPathError {a, additional}
    chatAll_chat_all_put = untagged::chat_all_chat_all_put ChatAllChatAllPutOperation ChatAllChatAllPutResponse ChatAllChatAllPutError ChatAllChatAllPutContent () body
    create_file_v1_files__dag_id___model__post = untagged::create_file_v1_files_dag_id_model_post CreateFileV1FilesDagIdModelPostOperation CreateFileV1FilesDagIdModelPostResponse CreateFileV1FilesDagIdModelPostError CreateFileV1FilesDagIdModelPostContent (Path dag_id = dag_id, Path model = model) body
    get_api_v2_contents_path = untagged::get_api_v2_contents_path GetApiV2ContentsPathOperation GetApiV2ContentsPathResponse GetApiV2ContentsPathCallError GetApiV2ContentsPathContent (Path path = path) body
    get_x = untagged::get_x GetXOperation GetXResponse GetXError GetXContent () body
    list_v1_files_get = untagged::list_v1_files_get ListV1FilesGetOperation ListV1FilesGetResponse ListV1FilesGetError ListV1FilesGetContent () body
    list_v1_users_get = untagged::list_v1_users_get ListV1UsersGetOperation ListV1UsersGetResponse ListV1UsersGetError ListV1UsersGetContent () body
    root__get = untagged::root_get RootGetOperation RootGetResponse RootGetError RootGetContent () body
    "#);
}
