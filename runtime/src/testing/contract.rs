//! Calls of operations against a server that checks requests: with required values only, and with all values.

use crate::auth::{Credential, Credentials};
use crate::client::{Client, ClientBuilder};
use crate::codec::{from_json, Codec, CodecError, Coding, Encode};
use crate::error::ErrorKind;
use crate::execute::blocking;
use crate::execute::BodyMode;
use crate::request::multipart::FilePart;
use crate::request::Call;
use crate::response::{decode_outcome, Endpoint};
use crate::retry::RetryPolicy;
use crate::spec::{ApiSpec, OperationSpec, Scheme, SchemeKind, Status};
use std::error::Error as _;
use std::time::Duration;

/// A value for a parameter or body, as JSON, with the codec of its type.
///
/// ```
/// use typewright_runtime::testing::ContractValue;
/// # use typewright_runtime::codegen::v1::Native;
/// const PAGE: ContractValue = ContractValue::query::<Native<i64>>("page", "2");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ContractValue {
    place: Place,
    name: &'static str,
    json: &'static str,
    read: ReadJson,
}

/// Reads JSON into a value by a codec.
type ReadJson = fn(&[u8]) -> Result<Box<dyn Encode>, CodecError>;

#[derive(Clone, Copy, Debug)]
enum Place {
    Path,
    Query,
    QueryString,
    Header,
    Cookie,
    Body,
    Bytes,
    Part,
    File,
}

fn read<C: Codec<Value: 'static> + 'static>(json: &[u8]) -> Result<Box<dyn Encode>, CodecError> {
    Ok(Box::new(from_json::<Coding<C>>(json)?))
}

impl ContractValue {
    const fn new<C: Codec<Value: 'static> + 'static>(
        place: Place,
        name: &'static str,
        json: &'static str,
    ) -> Self {
        let read = read::<C>;
        Self { place, name, json, read }
    }

    /// Gives a path parameter the value of this JSON.
    #[must_use]
    pub const fn path<C: Codec<Value: 'static> + 'static>(
        name: &'static str,
        json: &'static str,
    ) -> Self {
        Self::new::<C>(Place::Path, name, json)
    }

    /// Gives a query parameter the value of this JSON.
    #[must_use]
    pub const fn query<C: Codec<Value: 'static> + 'static>(
        name: &'static str,
        json: &'static str,
    ) -> Self {
        Self::new::<C>(Place::Query, name, json)
    }

    /// Gives the parameter that is the whole query (OpenAPI 3.2, `in: querystring`) the value of this JSON.
    #[must_use]
    pub const fn query_string<C: Codec<Value: 'static> + 'static>(
        name: &'static str,
        json: &'static str,
    ) -> Self {
        Self::new::<C>(Place::QueryString, name, json)
    }

    /// Gives a header parameter the value of this JSON.
    #[must_use]
    pub const fn header<C: Codec<Value: 'static> + 'static>(
        name: &'static str,
        json: &'static str,
    ) -> Self {
        Self::new::<C>(Place::Header, name, json)
    }

    /// Gives a cookie parameter the value of this JSON.
    #[must_use]
    pub const fn cookie<C: Codec<Value: 'static> + 'static>(
        name: &'static str,
        json: &'static str,
    ) -> Self {
        Self::new::<C>(Place::Cookie, name, json)
    }

    /// Gives the body the value of this JSON, in this media type.
    #[must_use]
    pub const fn body<C: Codec<Value: 'static> + 'static>(
        media_type: &'static str,
        json: &'static str,
    ) -> Self {
        Self::new::<C>(Place::Body, media_type, json)
    }

    /// Gives the body these bytes as they are, in this media type.
    #[must_use]
    pub const fn bytes(media_type: &'static str, text: &'static str) -> Self {
        Self::new::<crate::codec::Native<String>>(Place::Bytes, media_type, text)
    }

    /// Gives a part of a multipart body the value of this JSON.
    #[must_use]
    pub const fn part<C: Codec<Value: 'static> + 'static>(
        name: &'static str,
        json: &'static str,
    ) -> Self {
        Self::new::<C>(Place::Part, name, json)
    }

    /// Gives a part of a multipart body a file of this text.
    #[must_use]
    pub const fn file(name: &'static str, text: &'static str) -> Self {
        Self::new::<crate::codec::Native<String>>(Place::File, name, text)
    }

    /// As a generated method gives it.
    fn put(&self, call: &mut Call) -> Result<(), String> {
        match self.place {
            Place::Path => call.path(self.name, &*self.value()?),
            Place::Query => call.query(self.name, &*self.value()?),
            Place::QueryString => call.query_string(self.name, &*self.value()?),
            Place::Header => call.header(self.name, &*self.value()?),
            Place::Cookie => call.cookie(self.name, &*self.value()?),
            Place::Body => call.body(self.body_index(call)?, &*self.value()?),
            Place::Bytes => call.bytes(self.body_index(call)?, self.json),
            Place::Part => call.part(self.name, &*self.value()?),
            Place::File => call.file(self.name, FilePart::new(self.json)),
        }
        Ok(())
    }

    fn value(&self) -> Result<Box<dyn Encode>, String> {
        (self.read)(self.json.as_bytes())
            .map_err(|failure| format!("`{}` is not of the type made for it: {failure}", self.name))
    }

    fn body_index(&self, call: &Call) -> Result<usize, String> {
        let mut bodies = call.operation().bodies.iter();
        let index = bodies.position(|content| content.media_type == self.name);
        index.ok_or_else(|| format!("the operation takes no body of `{}`", self.name))
    }
}

/// An operation with the values that a contract test calls it with.
///
/// ```
/// use typewright_runtime::testing::{Contract, ContractValue};
/// # use typewright_runtime::codegen::v1 as rt;
/// # rt::call!(pub(crate) Call);
/// # rt::operation! { GetSize(GetSizeOperation) -> rt::Json<i64>, rt::Undocumented;
/// #     "getSize GET /size/{id}
/// #     path id
/// #     query unit
/// #     200 application/json" }
/// # const ID: ContractValue = ContractValue::path::<rt::Native<i64>>("id", "7");
/// # const UNIT: ContractValue = ContractValue::query::<rt::Native<String>>("unit", "\"cm\"");
/// let contract = Contract::new::<GetSize>(&[ID], &[ID, UNIT]);
/// assert_eq!(contract.id(), "getSize");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Contract {
    spec: fn() -> &'static OperationSpec,
    required: &'static [ContractValue],
    all: &'static [ContractValue],
    send: fn(Call) -> Result<(), String>,
}

impl Contract {
    /// Creates the contract of an operation, from the values that it requires and from all values that it takes.
    #[must_use]
    pub const fn new<O: Endpoint>(
        required: &'static [ContractValue],
        all: &'static [ContractValue],
    ) -> Self {
        Self { spec: O::spec, required, all, send: send::<O> }
    }

    /// The operation's id in the document.
    #[must_use]
    pub fn id(&self) -> &'static str {
        (self.spec)().id
    }

    /// Calls the operation with the values that it requires.
    ///
    /// # Errors
    /// A message that tells the fault of the request or the response.
    pub fn with_required(&self, client: &Client) -> Result<(), String> {
        self.check(client, self.required)
    }

    /// Calls the operation with all values, including optional ones.
    ///
    /// # Errors
    /// A message that tells the fault of the request or the response.
    pub fn with_all(&self, client: &Client) -> Result<(), String> {
        self.check(client, self.all)
    }

    fn check(&self, client: &Client, values: &[ContractValue]) -> Result<(), String> {
        let mut call = client.call((self.spec)());
        for value in values {
            value.put(&mut call)?;
        }
        (self.send)(call)
    }
}

/// Sends the call; the response must be of its type.
fn send<O: Endpoint>(call: Call) -> Result<(), String> {
    let operation = call.operation();
    let outcome = blocking::wait(call.execute(BodyMode::Buffered))?;
    if let Some(response) = outcome.as_ref().ok().filter(|response| response.is_assumed) {
        let (id, status) = (operation.id, response.status());
        return Err(format!("{id}: {status}: a status that is not documented"));
    }
    match decode_outcome::<O>(outcome) {
        Ok(_) => Ok(()),
        Err(error) => {
            let is_documented = !operation.responses.is_empty();
            let is_success = error.status().is_some_and(|status| status.is_success());
            let is_refusal = error.kind() == ErrorKind::Api && error.source().is_none();
            if is_refusal && !has_success(operation) || !is_documented && is_success {
                return Ok(());
            }
            let body = String::from_utf8_lossy(error.raw_body()).into_owned();
            let body: String = body.chars().take(MAX_BODY).collect();
            Err(format!("{error:#}\n{}\n{body}", headers(error.headers())))
        }
    }
}

/// One header a line, as a server that checks requests may report its findings there.
fn headers(all: &http::HeaderMap) -> String {
    all.iter().fold(String::new(), |text, (name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        text + name.as_str() + ": " + &value + "\n"
    })
}

/// Time limit of a response, as a server may be slow when it first checks a large schema.
const READ_TIMEOUT: Duration = Duration::from_secs(600);

/// Limit of a response's body in messages, in characters.
const MAX_BODY: usize = 20_000;

/// `true` if the document has a response of success.
fn has_success(operation: &OperationSpec) -> bool {
    operation.responses.iter().any(|response| match response.status {
        Status::Exact(status) => (200..300).contains(&status),
        Status::Range(class) => class == 2,
        Status::Default => true,
    })
}

/// Builds a client of the server at this URL, with credentials for every scheme that mean nothing.
///
/// # Errors
/// The URL is not one, or the transport cannot be set up.
pub fn client<C>(builder: ClientBuilder<C>, url: &str) -> Result<Client, String> {
    let builder = builder.untyped();
    let credentials = credentials(builder.api());
    builder
        .base_url(url)
        .credentials(credentials)
        .retry(RetryPolicy::off())
        .read_timeout(READ_TIMEOUT)
        .build()
        .map_err(|error| error.to_string())
}

fn credentials(api: &ApiSpec) -> Credentials {
    let mut all = Credentials::new();
    for Scheme { name, kind } in api.schemes {
        let credential = match kind {
            SchemeKind::ApiKey { .. } => Credential::api_key("key"),
            SchemeKind::Basic => Credential::basic("user", "password"),
            #[cfg(feature = "digest")]
            SchemeKind::Digest => Credential::digest("user", "password"),
            #[cfg(not(feature = "digest"))]
            SchemeKind::Digest => continue,
            SchemeKind::Bearer
            | SchemeKind::OAuth2 { .. }
            | SchemeKind::OpenIdConnect { .. }
            | SchemeKind::Other(_) => Credential::bearer("token"),
            SchemeKind::MutualTls => Credential::transport(),
        };
        all = all.with(name, credential);
    }
    all
}
