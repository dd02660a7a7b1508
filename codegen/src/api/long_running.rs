//! Operations that go on after their reply: how they are followed, as the document declares it, else as shapes tell.

use super::model::{
    Completion, Follow, Json, Location, LongRunning, Operation, PollTarget, Polling, SchemaId,
    Schemas, Shape, Status,
};
use super::paging::view::View;

/// Headers that lead to what tells how far an operation is.
const LEADING: [&str; 3] = ["location", "operation-location", "azure-asyncoperation"];

/// Looks at one operation among all.
#[derive(Clone, Copy)]
pub struct Among<'a> {
    pub operations: &'a [Operation],
    pub index: usize,
    pub schemas: &'a Schemas,
}

/// What an operation is that goes on after its reply; and what was declared of it and does not fit.
pub fn long_running(all: Among<'_>, said: Option<&Json>) -> (Option<LongRunning>, Option<String>) {
    let Some(operation) = all.operations.get(all.index) else {
        return (None, None);
    };
    let own = operation.long_running.clone();
    let said = said.filter(|said| said.get("get").is_some());
    let (follow, unfit) = match said.map(|said| all.declared(said)) {
        Some(Ok(polling)) => (Some(Follow::Poll(polling)), None),
        Some(Err(reason)) => (all.recognised(operation), Some(reason)),
        None => (all.recognised(operation), None),
    };
    if own.is_none() && follow.is_none() {
        return (None, unfit);
    }
    let running = LongRunning {
        follow,
        ..own.unwrap_or_default()
    };
    (Some(running), unfit)
}

impl<'a> Among<'a> {
    fn view(&self, operation: &'a Operation) -> View<'a> {
        View {
            operation,
            schemas: self.schemas,
        }
    }

    fn recognised(&self, operation: &'a Operation) -> Option<Follow> {
        if operation.method == "GET" {
            return None;
        }
        let polled = || self.polled(operation).map(Follow::Poll);
        polled().or_else(|| leads(operation).then_some(Follow::Location))
    }

    /// An operation resource (`done`, `error`, `id`) that one other operation of the document hands out by its id.
    fn polled(&self, operation: &'a Operation) -> Option<Polling> {
        let view = self.view(operation);
        let page = view.page()?;
        let object = view.object(page)?;
        let member = |name: &str| object.properties.get(name).map(|property| &property.value);
        let is_done = matches!(view.shape(member("done")?), Some(Shape::Bool));
        let id = ["id", "name"]
            .into_iter()
            .find(|name| member(name).is_some_and(|value| view.is_text(value)))?;
        if !is_done || member("error").is_none() {
            return None;
        }
        let same = |other: &Operation| {
            let other = View {
                operation: other,
                schemas: self.schemas,
            };
            let reply = other
                .page()
                .and_then(|page| behind(self.schemas, page.schema));
            reply == behind(self.schemas, page.schema)
        };
        let getters = |version: Option<&String>| {
            let mut found = self.operations.iter().enumerate().filter(|(_, other)| {
                let fits = other.method == "GET" && other.version.as_ref() == version;
                fits && same(other) && only_parameter(other).is_some()
            });
            found.next().filter(|_| found.next().is_none())
        };
        let (get, getter) = getters(operation.version.as_ref()).or_else(|| getters(None))?;
        Some(Polling {
            target: PollTarget::Operation(get),
            parameter: only_parameter(getter)?,
            id: vec![id.to_owned()],
            completion: done(),
        })
    }

    /// What is declared: `{get: getOperation, id: id, done: done, error: error}`; `get` is an `operationId`, `GET /path`,
    /// or the URL of another server with the id in braces.
    fn declared(&self, said: &Json) -> Result<Polling, String> {
        let text = |name: &str| said.get(name).and_then(Json::as_str);
        let wanted = text("get").ok_or("`get` is no text")?;
        let (get, parameter) = match elsewhere(wanted) {
            Some((origin, path, parameter)) => {
                (PollTarget::External(origin, path), Some(parameter))
            }
            None => {
                let mut all = self.operations.iter().enumerate();
                let line = |other: &Operation| format!("{} {}", other.method, other.path);
                let found = all.find(|(_, other)| other.id == wanted || line(other) == wanted);
                let (index, getter) =
                    found.ok_or_else(|| format!("there is no operation `{wanted}`"))?;
                (PollTarget::Operation(index), only_parameter(getter))
            }
        };
        let given = text("parameter").map(str::to_owned);
        let parameter = given.or(parameter);
        let parameter = parameter.ok_or("`parameter` is missing: which one takes the id?")?;
        let until = match text("state") {
            None => Completion::Done {
                done: path(text("done").unwrap_or("done")),
                error: path(text("error").unwrap_or("error")),
            },
            Some(state) => Completion::State {
                state: path(state),
                success: texts(said, "success"),
                failure: texts(said, "failure"),
            },
        };
        Ok(Polling {
            target: get,
            parameter,
            id: path(text("id").unwrap_or("id")),
            completion: until,
        })
    }
}

fn done() -> Completion {
    Completion::Done {
        done: vec!["done".to_owned()],
        error: vec!["error".to_owned()],
    }
}

/// A component that is only another name for a schema is that schema.
fn behind(schemas: &Schemas, id: SchemaId) -> Option<SchemaId> {
    let schema = schemas.get(id)?;
    if let Shape::Alias(usage) = &schema.shape {
        return Some(usage.schema);
    }
    Some(id)
}

/// The parameter of the path, where there is one and nothing else must be given.
fn only_parameter(operation: &Operation) -> Option<String> {
    let mut required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required);
    let only = required.next().filter(|_| required.next().is_none())?;
    (only.location == Location::Path).then(|| only.name.clone())
}

/// Whether a 202 declares where it leads.
fn leads(operation: &Operation) -> bool {
    let mut accepted = operation
        .responses
        .iter()
        .filter(|reply| reply.status == Status::Exact(202));
    accepted.any(|reply| {
        let mut headers = reply.headers.iter();
        headers.any(|header| LEADING.contains(&header.name.to_ascii_lowercase().as_str()))
    })
}

/// The origin, the path and the one parameter of an absolute URL.
fn elsewhere(url: &str) -> Option<(String, String, String)> {
    let (scheme, rest) = url.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let (_, parameter) = path.split_once('{')?;
    let (parameter, _) = parameter.split_once('}')?;
    let origin = format!("{scheme}://{host}");
    Some((origin, format!("/{path}"), parameter.to_owned()))
}

fn path(said: &str) -> Vec<String> {
    let said = said.strip_prefix('/').unwrap_or(said);
    said.split(['/', '.']).map(str::to_owned).collect()
}

fn texts(said: &Json, name: &str) -> Vec<String> {
    let list = said
        .get(name)
        .and_then(Json::as_array)
        .into_iter()
        .flatten();
    list.filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}
