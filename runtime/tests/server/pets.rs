//! A server of two tags, as the generator writes it, and a service that implements it.

use std::future::Future;
use typewright_runtime::codegen::v1 as rt;

pub static API: rt::ApiSpec = rt::ApiSpec {
    title: "Pets",
    version: "1",
    servers: &[],
    schemes: &[
        rt::Scheme {
            name: "key",
            kind: rt::SchemeKind::ApiKey { location: rt::KeyLocation::Header, name: "X-Key" },
        },
        rt::Scheme { name: "token", kind: rt::SchemeKind::Bearer },
    ],
};

/// A pet.
pub struct Pet {
    pub id: i64,
    pub name: String,
    pub tags: Option<Vec<String>>,
}
rt::record! { Pet { id: "id", name: "name", tags: "tags" } }

macro_rules! operations {
    ($($name:ident $text:literal;)*) => {$(
        pub enum $name {}
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
    ListPetsOperation "listPets GET /pets
        query limit
        query tags
        header X-Trace
        200 application/json
        404 default application/problem+json";
    CreatePetOperation "createPet POST /pets
        body application/json
        201 application/json
        security key";
    GetPetOperation "getPet GET /pets/{id}
        path id
        200 application/json
        security key + token | token read write";
    DeletePetOperation "deletePet DELETE /pets/{id}
        path id
        204
        security none | key";
    ExportPetOperation "exportPet GET /pets/{id}.csv
        path id
        200 text/csv";
    UploadOperation "upload PUT /files/{name}
        path name
        body */*
        2XX text/plain
        default application/json";
}

pub trait Security: Send + Sync + 'static {
    type Principal: Send + Sync + 'static;

    fn key(
        &self,
        credential: rt::RequestCredential,
    ) -> impl Future<Output = Result<Self::Principal, rt::Denial>> + Send;

    fn token(
        &self,
        credential: rt::RequestCredential,
    ) -> impl Future<Output = Result<Self::Principal, rt::Denial>> + Send;
}
rt::security! { Security { "key" => key, "token" => token } }

pub trait Pets: Security {
    fn list_pets(
        &self,
        parameters: ListPetsParameters,
        context: rt::Context<Self::Principal>,
    ) -> impl Future<Output = ListPetsReply> + Send;

    fn create_pet(
        &self,
        body: Pet,
        context: rt::Context<Self::Principal>,
    ) -> impl Future<Output = CreatePetReply> + Send;

    fn get_pet(
        &self,
        parameters: PetParameters,
        context: rt::Context<Self::Principal>,
    ) -> impl Future<Output = CreatePetReply> + Send;

    fn delete_pet(
        &self,
        parameters: PetParameters,
        context: rt::Context<Self::Principal>,
    ) -> impl Future<Output = DeletePetReply> + Send;

    fn export_pet(
        &self,
        parameters: PetParameters,
        context: rt::Context<Self::Principal>,
    ) -> impl Future<Output = ExportPetReply> + Send;

    fn upload(
        &self,
        parameters: UploadParameters,
        body: rt::ByteStream,
        context: rt::Context<Self::Principal>,
    ) -> impl Future<Output = UploadReply> + Send;
}

pub struct ListPetsParameters {
    pub limit: Option<i64>,
    pub tags: Option<Vec<String>>,
    pub x_trace: Option<String>,
}
rt::record! { ListPetsParameters { limit: "query.limit", tags: "query.tags", x_trace: "header.X-Trace" } }

impl ListPetsParameters {
    fn rules() -> &'static [rt::Rule] {
        &[rt::Rule::Member("query.limit", &[rt::Rule::Maximum("100")])]
    }
}

pub struct PetParameters {
    pub id: i64,
}
rt::record! { PetParameters { id: "path.id" } }

pub struct UploadParameters {
    pub name: String,
}
rt::record! { UploadParameters { name: "path.name" } }

/// Headers of a reply.
pub struct ListPetsOkHeaders {
    pub x_total: Option<i64>,
    pub link: Option<Vec<String>>,
}
rt::record! { ListPetsOkHeaders { x_total: "X-Total", link: "Link" } }

macro_rules! replies {
    ($($name:ident { $($variant:ident $(($($type:ty),*))?,)* })*) => {$(
        #[derive(Debug)]
        pub enum $name {
            $($variant $(($($type),*))?,)*
            Raw(rt::http::Response<axum::body::Body>),
        }
    )*};
}

replies! {
    ListPetsReply {
        Ok(Vec<Pet>, ListPetsOkHeaders),
        NotFound(rt::Value),
        Other(rt::StatusCode, rt::Value),
    }
    CreatePetReply { Created(Pet), }
    DeletePetReply { NoContent, }
    ExportPetReply { Ok(String), }
    UploadReply { Success(rt::StatusCode, String), Other(rt::StatusCode, rt::Value), }
}

rt::replies! { ListPetsReply {
    0 / 0 => Ok(body: rt::Json<Vec<Pet>>, headers: ListPetsOkHeaders);
    1 / 0 => NotFound(body: rt::Json<rt::Value>);
    2 / 0 => Other(status, body: rt::Json<rt::Value>);
} }
rt::replies! { CreatePetReply { 0 / 0 => Created(body: rt::Json<Pet>); } }
rt::replies! { DeletePetReply { 0 => NoContent; } }
rt::replies! { ExportPetReply { 0 / 0 => Ok(body: rt::PlainText); } }
rt::replies! { UploadReply {
    0 / 0 => Success(status, body: rt::PlainText);
    1 / 0 => Other(status, body: rt::Json<rt::Value>);
} }

rt::handlers! { fn add<S: Pets>(S::Principal) {
    ListPetsOperation => list_pets(parameters: ListPetsParameters where ListPetsParameters::rules()) -> ListPetsReply;
    CreatePetOperation => create_pet(body: rt::Json<Pet>) -> CreatePetReply;
    GetPetOperation => get_pet(parameters: PetParameters) -> CreatePetReply;
    DeletePetOperation => delete_pet(parameters: PetParameters) -> DeletePetReply;
    ExportPetOperation => export_pet(parameters: PetParameters) -> ExportPetReply;
    UploadOperation => upload(parameters: UploadParameters, body: rt::Streamed) -> UploadReply;
} }

pub fn routes<S: Pets>(service: S) -> rt::Routes<S, S::Principal> {
    let mut routes = rt::Routes::secured(&API, service, authenticate::<S>);
    add(&mut routes);
    routes
}

/// The service: pets that are made of what is asked for.
pub struct Service;

/// Who calls: the scheme and the secret.
#[derive(Debug, PartialEq)]
pub struct Caller(pub String);

impl Security for Service {
    type Principal = Caller;

    async fn key(&self, credential: rt::RequestCredential) -> Result<Caller, rt::Denial> {
        match credential.secret() {
            "good" => Ok(Caller("key".to_owned())),
            "weak" => Err(rt::Denial::forbidden().reason("the key is for reading only")),
            _ => Err(rt::Denial::unauthorized().reason("the key is unknown")),
        }
    }

    async fn token(&self, credential: rt::RequestCredential) -> Result<Caller, rt::Denial> {
        match credential.secret() {
            "good" => Ok(Caller(format!("token for {}", credential.scopes().join("+")))),
            _ => Err(rt::Denial::unauthorized()),
        }
    }
}

fn pet(id: i64, name: impl Into<String>) -> Pet {
    Pet { id, name: name.into(), tags: None }
}

impl Pets for Service {
    async fn list_pets(
        &self,
        parameters: ListPetsParameters,
        context: rt::Context<Caller>,
    ) -> ListPetsReply {
        assert_eq!(context.principal(), None);
        let limit = parameters.limit.unwrap_or(1);
        match limit {
            404 => return ListPetsReply::NotFound(rt::Value::Null),
            0 => return rt::Problem::new(rt::StatusCode::CONFLICT).with_detail("none").into(),
            -1 => return ListPetsReply::Other(rt::StatusCode::NOT_FOUND, rt::Value::Null),
            -2 => return ListPetsReply::Other(rt::StatusCode::GONE, rt::Value::Null),
            _ => {}
        }
        let names = parameters.tags.unwrap_or_default().join("/");
        let pets = (0..limit).map(|id| pet(id, names.clone())).collect();
        let link = parameters.x_trace.map(|trace| vec![trace, "end".to_owned()]);
        ListPetsReply::Ok(pets, ListPetsOkHeaders { x_total: Some(limit), link })
    }

    async fn create_pet(&self, body: Pet, _: rt::Context<Caller>) -> CreatePetReply {
        CreatePetReply::Created(body)
    }

    async fn get_pet(
        &self,
        parameters: PetParameters,
        context: rt::Context<Caller>,
    ) -> CreatePetReply {
        let callers: Vec<_> = context.principals().iter().map(|caller| &*caller.0).collect();
        CreatePetReply::Created(pet(parameters.id, callers.join(", ")))
    }

    async fn delete_pet(&self, _: PetParameters, _: rt::Context<Caller>) -> DeletePetReply {
        DeletePetReply::NoContent
    }

    async fn export_pet(
        &self,
        parameters: PetParameters,
        context: rt::Context<Caller>,
    ) -> ExportPetReply {
        let uri = context.extract::<axum::extract::OriginalUri>().await;
        assert!(uri.is_ok());
        ExportPetReply::Ok(format!("id\n{}\n", parameters.id))
    }

    async fn upload(
        &self,
        parameters: UploadParameters,
        body: rt::ByteStream,
        _: rt::Context<Caller>,
    ) -> UploadReply {
        let collected = body.collect(1 << 20).await;
        if collected.failure.is_some() {
            return UploadReply::Other(rt::StatusCode::PAYLOAD_TOO_LARGE, rt::Value::Null);
        }
        let text = format!("{}: {} bytes", parameters.name, collected.bytes.len());
        UploadReply::Success(rt::StatusCode::ACCEPTED, text)
    }
}
