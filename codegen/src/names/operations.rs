//! The names of operations, their arguments, setters and replies, and of credentials.

use super::contents;
use super::replies::{self, ReplyNames};
use super::scope::Scope;
use super::words::{asked_value, camel, snake};
use super::{Ident, TypeNames};
use crate::api::body_parts;
use crate::api::ir::{Api, Operation, SchemaId};
use crate::options::Grouping;
use std::collections::BTreeMap;

/// The names of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationNames {
    /// The method on the client, or on its group.
    pub method: Ident,
    /// The type of its calls.
    pub call: Ident,
    /// The marker that the generic call has for it.
    pub marker: Ident,
    /// The file that it stands in, after its first tag.
    pub module: Ident,
    /// The arguments and setters, one a parameter.
    pub parameters: Vec<Ident>,
    /// The argument or setter of the body.
    pub body: Ident,
    /// The arguments or setters of the parts of a multipart body with files.
    pub parts: Vec<Ident>,
    /// The enum of bodies, where there are several media types.
    pub content: Ident,
    /// Its variants, one a media type.
    pub contents: Vec<Ident>,
    /// The struct of arguments, where there are too many for a list.
    pub arguments: Ident,
    /// What several replies become.
    pub replies: ReplyNames,
}

/// What a client has beside the document's operations.
const CLIENT: [&str; 4] = ["new", "builder", "resume", "clone"];

/// What a call has, and the variable of a method that makes one; a setter of that name gets a suffix.
const CALL: [&str; 15] = [
    "base_url",
    "call",
    "content_type",
    "header",
    "items",
    "new",
    "pages",
    "query",
    "response",
    "retry",
    "send",
    "send_blocking",
    "timeout",
    "wait",
    "wait_with",
];

/// What every group has beside its operations.
const GROUP: [&str; 1] = ["clone"];

/// Above this number of operations they are grouped, where nobody says otherwise.
const MOST_UNGROUPED: usize = 60;

/// The names of a group: the operations of a first tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagNames {
    /// The method on the client that leads to it.
    pub accessor: Ident,
    /// Its type.
    pub ty: Ident,
}

/// The names of operations, and of the groups that they stand in.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// The operations, in their order.
    pub operations: Vec<OperationNames>,
    /// The groups by their tags; none where the operations are the client's own.
    pub groups: BTreeMap<String, TagNames>,
}

/// The scopes that names of operations are claimed in.
struct Scopes {
    /// The client's methods.
    client: Scope,
    /// The methods of each group.
    groups: BTreeMap<String, Scope>,
    /// The names of operations regardless of groups, of which those of types are made.
    whole: Scope,
    /// Types.
    items: Scope,
}

/// Names every operation.
///
/// What stands beside an operation is named apart from every type, so that its file can import the types it uses; and
/// after the whole operation, so that grouping changes the names of methods only.
pub fn assign(api: &Api, types: &BTreeMap<SchemaId, TypeNames>, grouping: Grouping) -> Named {
    let mut items = Scope::reserving(&["Client", "Call", "Credentials"]);
    types
        .values()
        .flat_map(TypeNames::all)
        .for_each(|ident| items.take(ident));
    let mut scopes = Scopes {
        client: Scope::reserving(&CLIENT),
        groups: BTreeMap::new(),
        whole: Scope::reserving(&CLIENT),
        items,
    };
    let groups = groups(api, grouping, &mut scopes);
    let modules = modules(api);
    let operations = api.operations.iter().map(|operation| {
        let module = modules.get(&operation.tag).cloned();
        let module = module.unwrap_or_else(|| Ident::new("untagged"));
        scopes.operation(operation, module, &parts(api, operation))
    });
    Named {
        operations: operations.collect(),
        groups,
    }
}

/// The groups, where operations are grouped.
fn groups(api: &Api, grouping: Grouping, scopes: &mut Scopes) -> BTreeMap<String, TagNames> {
    let grouped = match grouping {
        Grouping::Auto => {
            let own = api.operations.iter();
            let own = own.filter(|operation| operation.version.is_none());
            own.count() > MOST_UNGROUPED && api.tags.len() > 1
        }
        Grouping::Flat => false,
        Grouping::ByTag => true,
    };
    let mut groups = BTreeMap::new();
    for tag in api.tags.iter().filter(|_| grouped) {
        let (word, ty) = (snake(&tag.name), format!("{}Operations", camel(&tag.name)));
        let accessor = scopes
            .client
            .claim(&[word.clone(), format!("{word}_operations")]);
        let names = TagNames {
            accessor: accessor.ident,
            ty: scopes.items.claim(&[ty]).ident,
        };
        scopes
            .groups
            .insert(tag.name.clone(), Scope::reserving(&GROUP));
        groups.insert(tag.name.clone(), names);
    }
    groups
}

impl Scopes {
    /// The method's name, and the name of the operation regardless of its group.
    fn method(&mut self, operation: &Operation) -> (Ident, Ident) {
        let asked = operation.name.as_deref();
        let wanted = asked.map_or_else(|| snake(&operation.id), asked_value);
        let whole = self.whole.claim(std::slice::from_ref(&wanted)).ident;
        let tag = operation.tag.as_deref();
        let Some((tag, scope)) = tag.and_then(|tag| Some((tag, self.groups.get_mut(tag)?))) else {
            return (self.client.claim(&[wanted]).ident, whole);
        };
        let short = match asked {
            Some(_) => wanted.clone(),
            None => within(&wanted, &snake(tag)).to_owned(),
        };
        (scope.claim(&[short, wanted]).ident, whole)
    }

    fn operation(
        &mut self,
        operation: &Operation,
        module: Ident,
        parts: &[&str],
    ) -> OperationNames {
        let (method, whole) = self.method(operation);
        let items = &mut self.items;
        let camel = camel(whole.text());
        let call = items.claim(&[camel.clone(), format!("{camel}Call")]).ident;
        let marker = items.claim(&[format!("{camel}Operation")]).ident;
        let mut item = |suffix: &str| items.claim(&[format!("{}{suffix}", call.text())]).ident;
        let (arguments, content) = (item("Arguments"), item("Content"));
        let (reply, failure) = (item("Reply"), item("Failure"));
        let given = given(operation, parts);
        let replies = ReplyNames {
            reply,
            failure,
            variants: replies::variants(operation),
        };
        OperationNames {
            method,
            call,
            marker,
            module,
            parameters: given.parameters,
            body: given.body,
            parts: given.parts,
            content,
            contents: contents(operation),
            arguments,
            replies,
        }
    }
}

/// The name of an operation within a group, whose name it need not repeat: `repos_list_for_org` in `repos`.
fn within<'a>(name: &'a str, group: &str) -> &'a str {
    let rest = name
        .strip_prefix(group)
        .and_then(|rest| rest.strip_prefix('_'));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// A file a first tag; none called as the folder that it stands in.
fn modules(api: &Api) -> BTreeMap<Option<String>, Ident> {
    let mut scope = Scope::reserving(&["operations"]);
    let mut modules = BTreeMap::new();
    for operation in &api.operations {
        let wanted = operation
            .tag
            .as_deref()
            .map_or_else(|| "untagged".to_owned(), snake);
        modules.entry(operation.tag.clone()).or_insert_with(|| {
            scope
                .claim(&[wanted.clone(), format!("{wanted}_tag")])
                .ident
        });
    }
    modules
}

/// The names of the parts of a body that is given part by part.
fn parts<'a>(api: &'a Api, operation: &'a Operation) -> Vec<&'a str> {
    let body = operation.body.as_ref();
    let parts = body.and_then(|body| body_parts(api, body));
    parts
        .unwrap_or_default()
        .iter()
        .map(|part| part.name)
        .collect()
}

fn contents(operation: &Operation) -> Vec<Ident> {
    let body = operation.body.as_ref();
    contents::variants(body.map_or(&[], |body| &body.contents))
}

/// The names of what a call is given.
struct Given {
    parameters: Vec<Ident>,
    parts: Vec<Ident>,
    body: Ident,
}

/// Arguments and setters share one scope: whether a parameter is required may change, its name should not.
fn given(operation: &Operation, parts: &[&str]) -> Given {
    let mut scope = Scope::reserving(&CALL);
    let mut claim = |wanted: String, role: &str| {
        let spare = format!("{wanted}_{role}");
        scope.claim(&[wanted, spare]).ident
    };
    let wanted = operation.parameters.iter().map(|parameter| {
        let usage = &parameter.value;
        let asked = usage.name.as_deref();
        asked.map_or_else(|| snake(&parameter.name), asked_value)
    });
    let parameters = wanted.map(|name| claim(name, "parameter")).collect();
    Given {
        parameters,
        parts: parts
            .iter()
            .map(|part| claim(snake(part), "part"))
            .collect(),
        body: claim("body".to_owned(), "parameter"),
    }
}

/// Names the credential constructors.
pub fn schemes(api: &Api) -> BTreeMap<String, Ident> {
    let mut scope = Scope::reserving(&["new", "clone", "default", "from", "into"]);
    api.schemes
        .keys()
        .map(|name| (name.clone(), scope.claim(&[snake(name)]).ident))
        .collect()
}

/// Names what the API sends of itself, as types.
pub fn incoming(api: &Api) -> Vec<Ident> {
    let mut scope = Scope::reserving(&["Self", "String", "Vec", "Option"]);
    let sent = api.incoming.iter();
    sent.map(|incoming| scope.claim(&[camel(&incoming.name)]).ident)
        .collect()
}
