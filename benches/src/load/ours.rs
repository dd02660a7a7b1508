//! The service as the generator writes its server.

use std::future::Future;
use typewright_runtime::codegen::v1 as rt;

static API: rt::ApiSpec = rt::ApiSpec { title: "Pets", version: "1", servers: &[], schemes: &[] };

/// A pet.
pub struct Pet {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its weight in kilograms.
    pub weight: f64,
    /// Labels.
    pub tags: Option<Vec<String>>,
}
rt::record! { Pet { id: "id", name: "name", weight: "weight", tags: "tags" } }

macro_rules! operations {
    ($($name:ident $text:literal;)*) => {$(
        enum $name {}
        impl rt::Endpoint for $name {
            type Output = rt::Empty;
            type Error = rt::Empty;

            fn spec() -> &'static rt::OperationSpec {
                static SPEC: rt::LazySpec = rt::LazySpec::new($text);
                SPEC.get()
            }
        }
    )*};
}

operations! {
    ListOperation "list GET /owners/{owner}/pets
        path owner
        query limit
        query offset
        header X-Trace
        200 application/json
        default application/problem+json";
    CreateOperation "create POST /pets
        body application/json
        201 application/json";
    OneOperation "one GET /pets/{id}
        path id
        200 application/json";
}

trait Pets: Send + Sync + 'static {
    fn list(
        &self,
        parameters: ListParameters,
        context: rt::Context,
    ) -> impl Future<Output = ListReply> + Send;

    fn create(&self, body: Pet, context: rt::Context) -> impl Future<Output = PetReply> + Send;

    fn one(
        &self,
        parameters: OneParameters,
        context: rt::Context,
    ) -> impl Future<Output = OneReply> + Send;
}

struct ListParameters {
    owner: String,
    limit: Option<i64>,
    offset: Option<i64>,
    x_trace: Option<String>,
}
rt::record! { ListParameters {
    owner: "path.owner", limit: "query.limit", offset: "query.offset", x_trace: "header.X-Trace"
} }

struct OneParameters {
    id: i64,
}
rt::record! { OneParameters { id: "path.id" } }

struct ListHeaders {
    x_total: Option<i64>,
}
rt::record! { ListHeaders { x_total: "X-Total" } }

enum ListReply {
    Ok(Vec<Pet>, ListHeaders),
    Raw(axum::response::Response),
}
rt::replies! { ListReply { 0 / 0 => Ok(body: rt::Json<Vec<Pet>>, headers: ListHeaders); } }

enum PetReply {
    Created(Pet),
    Raw(axum::response::Response),
}
rt::replies! { PetReply { 0 / 0 => Created(body: rt::Json<Pet>); } }

enum OneReply {
    Ok(Pet),
    Raw(axum::response::Response),
}
rt::replies! { OneReply { 0 / 0 => Ok(body: rt::Json<Pet>); } }

rt::handlers! { fn add<S: Pets>() {
    ListOperation => list(parameters: ListParameters) -> ListReply;
    CreateOperation => create(body: rt::Json<Pet>) -> PetReply;
    OneOperation => one(parameters: OneParameters) -> OneReply;
} }

struct Service;

fn pet(id: i64) -> Pet {
    Pet { id, name: format!("pet {id}"), weight: 4.5, tags: Some(vec!["a".into(), "b".into()]) }
}

impl Pets for Service {
    async fn list(&self, parameters: ListParameters, _: rt::Context) -> ListReply {
        let ListParameters { owner, limit, offset, x_trace } = parameters;
        if owner.is_empty() || x_trace.is_some_and(|trace| trace.is_empty()) {
            return rt::Problem::new(rt::StatusCode::BAD_REQUEST).into();
        }
        let first = offset.unwrap_or(0);
        let limit = limit.unwrap_or(10);
        let pets = (first..first + limit).map(pet).collect();
        ListReply::Ok(pets, ListHeaders { x_total: Some(limit) })
    }

    async fn create(&self, body: Pet, _: rt::Context) -> PetReply {
        PetReply::Created(body)
    }

    async fn one(&self, parameters: OneParameters, _: rt::Context) -> OneReply {
        OneReply::Ok(pet(parameters.id))
    }
}

/// The routes of the service.
pub fn router() -> axum::Router {
    let mut routes = rt::Routes::new(&API, Service);
    add(&mut routes);
    routes.into_router()
}
