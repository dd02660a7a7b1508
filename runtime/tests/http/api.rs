//! A small API, written as the generator writes one.

use typewright_runtime::codegen::v1;

pub static API: v1::ApiSpec = v1::ApiSpec {
    title: "Shelves",
    version: "1",
    servers: &[v1::Server {
        url: "https://{region}.shelves.example/base",
        variables: &[v1::Variable { name: "region", default: "eu", values: &["eu", "us"] }],
    }],
    schemes: &[
        v1::Scheme {
            name: "key",
            kind: v1::SchemeKind::ApiKey { location: v1::KeyLocation::Header, name: "X-Key" },
        },
        v1::Scheme {
            name: "queryKey",
            kind: v1::SchemeKind::ApiKey { location: v1::KeyLocation::Query, name: "api_key" },
        },
        v1::Scheme {
            name: "cookieKey",
            kind: v1::SchemeKind::ApiKey { location: v1::KeyLocation::Cookie, name: "sid" },
        },
        v1::Scheme { name: "basic", kind: v1::SchemeKind::Basic },
        v1::Scheme { name: "bearer", kind: v1::SchemeKind::Bearer },
        v1::Scheme { name: "digest", kind: v1::SchemeKind::Digest },
        v1::Scheme {
            name: "oauth",
            kind: v1::SchemeKind::OAuth2 { token_url: Some("/token"), flows: &[] },
        },
        v1::Scheme {
            name: "oidc",
            kind: v1::SchemeKind::OpenIdConnect { url: "/.well-known/openid-configuration" },
        },
        v1::Scheme { name: "iam", kind: v1::SchemeKind::Other("yandex-iam") },
        v1::Scheme { name: "mtls", kind: v1::SchemeKind::MutualTls },
    ],
};

pub const JSON: &[v1::Content] = &[v1::Content::new("application/json", v1::MediaCodec::Json)];
const DATED: &[v1::Content] =
    &[v1::Content::new("application/vnd.shelves.2023-01-01+json", v1::MediaCodec::Json)];
pub const fn reply(status: v1::Status, contents: &'static [v1::Content]) -> v1::ResponseSpec {
    v1::ResponseSpec { status, contents }
}

pub static GET: v1::OperationSpec = v1::OperationSpec {
    id: "getShelf",
    method: "GET",
    path: "/shelves/{shelf}",
    parameters: &[
        v1::Parameter::path("shelf"),
        v1::Parameter::query("depth"),
        v1::Parameter::header("X-Trace"),
        v1::Parameter::cookie("theme"),
    ],
    responses: &[
        reply(v1::Status::Exact(200), JSON),
        reply(v1::Status::Exact(404), JSON),
        reply(v1::Status::Range(5), JSON),
    ],
    ..v1::OperationSpec::DEFAULT
};

pub static CREATE: v1::OperationSpec = v1::OperationSpec {
    id: "createShelf",
    method: "POST",
    path: "/shelves/{shelf}:create/",
    parameters: &[v1::Parameter::path("shelf")],
    bodies: DATED,
    responses: &[reply(v1::Status::Exact(200), DATED), reply(v1::Status::Exact(400), JSON)],
    ..v1::OperationSpec::DEFAULT
};

/// No body either way, and no documented error.
pub static TOUCH: v1::OperationSpec = v1::OperationSpec {
    id: "touchShelf",
    method: "POST",
    path: "/touch",
    responses: &[reply(v1::Status::Exact(204), &[])],
    ..v1::OperationSpec::DEFAULT
};

/// Bytes in and out.
pub static UPLOAD: v1::OperationSpec = v1::OperationSpec {
    id: "upload",
    method: "PUT",
    path: "/upload",
    bodies: &[v1::Content::new("application/octet-stream", v1::MediaCodec::Bytes)],
    responses: &[reply(
        v1::Status::Exact(200),
        &[v1::Content::new("application/octet-stream", v1::MediaCodec::Bytes)],
    )],
    ..v1::OperationSpec::DEFAULT
};

macro_rules! secured {
    ($($name:ident $needs:expr;)*) => {$(
        pub static $name: v1::OperationSpec = v1::OperationSpec {
            id: "secured",
            path: "/secured",
            responses: &[reply(v1::Status::Exact(200), JSON), reply(v1::Status::Exact(401), JSON)],
            security: $needs,
            ..v1::OperationSpec::DEFAULT
        };
    )*};
}

pub const fn need(scheme: &'static str) -> v1::SecurityNeed {
    v1::SecurityNeed { scheme, scopes: &[] }
}

secured! {
    BY_KEY &[&[need("key")]];
    BY_QUERY &[&[need("queryKey")]];
    BY_COOKIE &[&[need("cookieKey")]];
    BY_BASIC &[&[need("basic")]];
    BY_BEARER &[&[need("bearer")]];
    BY_IAM &[&[need("iam")]];
    BY_DIGEST &[&[need("digest")]];
    BY_DIGEST_AND_QUERY &[&[need("queryKey"), need("digest")]];
    BY_OAUTH &[&[v1::SecurityNeed { scheme: "oauth", scopes: &["read", "write"] }]];
    BY_OIDC &[&[need("oidc")]];
    BY_MTLS &[&[need("mtls")]];
    BY_EITHER &[&[need("oauth")], &[need("key"), need("basic")]];
    BY_EITHER_OR_NOTHING &[&[], &[need("key")]];
}

pub struct Shelf;
impl v1::Endpoint for Shelf {
    type Output = v1::Json<v1::Value>;
    type Error = v1::Json<v1::Map<String>>;

    fn spec() -> &'static v1::OperationSpec {
        &GET
    }
}

pub struct Create;
impl v1::Endpoint for Create {
    type Output = v1::Json<v1::Value>;
    type Error = v1::Json<v1::Map<String>>;

    fn spec() -> &'static v1::OperationSpec {
        &CREATE
    }
}

pub struct Touch;
impl v1::Endpoint for Touch {
    type Output = v1::Empty;
    type Error = v1::Undocumented;

    fn spec() -> &'static v1::OperationSpec {
        &TOUCH
    }
}

pub struct Upload;
impl v1::Endpoint for Upload {
    type Output = v1::Streamed;
    type Error = v1::Undocumented;

    fn spec() -> &'static v1::OperationSpec {
        &UPLOAD
    }
}

pub type Fault = v1::Error<v1::Map<String>>;

pub fn builder() -> v1::ClientBuilder<v1::Client> {
    v1::ClientBuilder::new(&API)
}

pub fn get(client: &v1::Client, shelf: &str) -> v1::Call {
    let mut call = client.call(&GET);
    call.path("shelf", &shelf);
    call
}
