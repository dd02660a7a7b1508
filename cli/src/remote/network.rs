//! Fetching: a document from its URL, and the files that it refers to from the same folder.

use super::Address;
use indexmap::IndexMap;
use std::cell::RefCell;
use std::path::Path;
use std::time::Duration;
use typewright::host::disk::read_text;
use typewright::load::Loader;
use ureq::http::{header, StatusCode};
use ureq::tls::{RootCerts, TlsConfig};

/// Maximum number of redirects.
const MOST_REDIRECTS: usize = 10;
/// Maximum size of a document, in bytes.
const MOST_BYTES: u64 = 256 << 20;

/// Loader of a document and of the files that it refers to, each fetched once.
pub struct Network {
    document: Address,
    /// URL of the document after redirects, which references are relative to.
    base: RefCell<Address>,
    /// Fetched texts, by the path of their copies.
    fetched: RefCell<IndexMap<String, String>>,
    agent: ureq::Agent,
}

impl Network {
    /// A loader of the document at this URL; its name is the displayed URL.
    pub fn new(document: Address) -> Self {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
        let mut config = ureq::Agent::config_builder()
            .tls_config(tls.build())
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(120)))
            .user_agent(concat!("typewright/", env!("CARGO_PKG_VERSION")));
        if document.is_loopback() {
            config = config.proxy(None);
        }
        Self {
            base: RefCell::new(document.clone()),
            fetched: RefCell::default(),
            agent: config.build().into(),
            document,
        }
    }

    /// All fetched texts, by the path of their copies.
    pub fn fetched(&self) -> IndexMap<String, String> {
        self.fetched.borrow().clone()
    }

    /// The text at a URL, and the URL after redirects.
    fn get(&self, address: &Address) -> Result<(String, Address), String> {
        let mut address = address.clone();
        for _ in 0..=MOST_REDIRECTS {
            match self.request(&address)? {
                Response::Text(text) => return Ok((text, address)),
                Response::Redirect(location) => address = address.redirected(&location)?,
            }
        }
        Err("it redirects without an end".to_owned())
    }

    fn request(&self, address: &Address) -> Result<Response, String> {
        let mut request = self.agent.get(address.request());
        if let Some(authorization) = address.authorization() {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        let accept = "application/json, application/yaml, text/plain;q=0.9, */*;q=0.8";
        let request = request.header(header::ACCEPT, accept);
        let mut response = request.call().map_err(|error| reason(&error))?;
        let status = response.status();
        let location = response.headers().get(header::LOCATION);
        let location = location.and_then(|value| value.to_str().ok());
        if let Some(location) = location.filter(|_| status.is_redirection()) {
            return Ok(Response::Redirect(location.to_owned()));
        }
        if status != StatusCode::OK {
            return Err(format!("the server answered {status}"));
        }
        let body = response.body_mut().with_config().limit(MOST_BYTES);
        let bytes = body.read_to_vec().map_err(|error| reason(&error))?;
        let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
        Ok(Response::Text(text))
    }
}

/// A response.
enum Response {
    Text(String),
    Redirect(String),
}

/// Text of an error without its URL, which may contain secrets.
#[allow(clippy::wildcard_enum_match_arm, reason = "the library's own enum, to which it may add")]
fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::HostNotFound => "there is no such host".to_owned(),
        ureq::Error::ConnectionFailed => "no connection".to_owned(),
        ureq::Error::Timeout(_) => "no answer in two minutes".to_owned(),
        ureq::Error::Io(error) => error.to_string(),
        ureq::Error::Rustls(error) => error.to_string(),
        ureq::Error::BodyExceedsLimit(_) => "it is longer than 256 MB".to_owned(),
        _ => "the request failed".to_owned(),
    }
}

impl Loader for Network {
    fn load(&self, path: &str) -> Result<String, typewright::ReadError> {
        let outside = "it is outside the document's folder";
        let copy = self.document.beside(path).ok_or(outside)?.file();
        if let Some(text) = self.fetched.borrow().get(&copy) {
            return Ok(text.clone());
        }
        let address = self.base.borrow().beside(path).ok_or(outside)?;
        let (text, _) = self.get(&address)?;
        self.fetched.borrow_mut().insert(copy, text.clone());
        Ok(text)
    }

    /// The document, or an overlay on this machine.
    fn load_named(&self, name: &str) -> Result<String, typewright::ReadError> {
        if name != self.document.display() {
            return Ok(read_text(Path::new(name))?);
        }
        let copy = self.document.file();
        if let Some(text) = self.fetched.borrow().get(&copy) {
            return Ok(text.clone());
        }
        let (text, base) = self.get(&self.document)?;
        *self.base.borrow_mut() = base;
        self.fetched.borrow_mut().insert(copy, text.clone());
        Ok(text)
    }
}
