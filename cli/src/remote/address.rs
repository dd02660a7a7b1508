//! URLs of documents: their checks, how they are displayed, and the paths of their copies.

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;
use url::{Host, Url};

/// The URL of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    url: Url,
}

impl Address {
    /// The URL that the user gave as a document; `None` for the path of a file.
    ///
    /// # Errors
    /// Returns the reason why the URL is refused.
    pub fn parse_document(document: &str) -> Option<Result<Self, String>> {
        document.contains("://").then(|| Self::parse(document))
    }

    fn parse(document: &str) -> Result<Self, String> {
        let url =
            Url::parse(document).map_err(|error| format!("the URL cannot be read: {error}"))?;
        Self::checked(url)
    }

    fn checked(mut url: Url) -> Result<Self, String> {
        url.set_fragment(None);
        match url.scheme() {
            "https" => Ok(Self { url }),
            "http" if is_loopback(&url) => Ok(Self { url }),
            scheme => Err(format!("documents are fetched by https alone, not by {scheme}")),
        }
    }

    /// The target of a redirect, with the credentials if it has the same origin.
    ///
    /// # Errors
    /// Returns the reason why the redirect is refused.
    pub fn redirected(&self, location: &str) -> Result<Self, String> {
        let joined = self.url.join(location);
        let mut url = joined.map_err(|error| format!("a redirect cannot be read: {error}"))?;
        if url.origin() == self.url.origin() && url.username().is_empty() {
            // neither fails for a URL that has a host
            let _ = url.set_username(self.url.username());
            let _ = url.set_password(self.url.password());
        }
        let next =
            Self::checked(url).map_err(|reason| format!("a redirect was refused: {reason}"))?;
        if self.url.scheme() == "https" && next.url.scheme() != "https" {
            return Err("a redirect from https to http was refused".to_owned());
        }
        Ok(next)
    }

    /// The URL of a file in the document's folder or below it; `None` for other paths.
    pub fn beside(&self, path: &str) -> Option<Self> {
        if path.split('/').any(|part| part == "..") {
            return None;
        }
        let mut folder = self.url.clone();
        folder.set_query(None);
        let folder = folder.join(".").ok()?;
        let mut url = folder.clone();
        url.path_segments_mut().ok()?.pop_if_empty().extend(path.split('/'));
        let inside = url.origin() == folder.origin() && url.path().starts_with(folder.path());
        inside.then_some(Self { url })
    }

    /// The value of `Authorization` if the URL has a user.
    pub fn authorization(&self) -> Option<String> {
        if self.url.username().is_empty() && self.url.password().is_none() {
            return None;
        }
        let user = percent_decoded(self.url.username());
        let password = percent_decoded(self.url.password().unwrap_or_default());
        Some(format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))
    }

    /// The URL to request: without the user, who is in [`Self::authorization`].
    pub fn request(&self) -> String {
        let mut url = self.url.clone();
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.into()
    }

    /// The URL to display: without user and query, which often contain secrets.
    pub fn display(&self) -> String {
        let mut url = self.url.clone();
        url.set_query(None);
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.into()
    }

    /// `true` for a host that is this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// The path of the copy, with `/` between folders: host and path, and a part of the hash of a query.
    pub fn file(&self) -> String {
        let host = self.url.host_str().unwrap_or_default().replace(['[', ']', ':'], "_");
        let port = self.url.port().map(|port| format!("_{port}")).unwrap_or_default();
        let mut path = self.url.path().trim_start_matches('/').to_owned();
        if path.is_empty() || path.ends_with('/') {
            path.push_str("index");
        }
        if let Some(query) = self.url.query() {
            let hash = super::lock::hash(query);
            let mark = format!("~{}", hash.get(..8).unwrap_or_default());
            let name = path.rfind('/').map_or(0, |slash| slash + 1);
            let dot = path.get(name..).and_then(|name| name.rfind('.'));
            path.insert_str(dot.map_or(path.len(), |dot| name + dot), &mark);
        }
        // characters that some file systems refuse
        format!("{host}{port}/{}", path.replace(['*', '|', '"', ':', '<', '>', '?', '\\'], "_"))
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn percent_decoded(part: &str) -> String {
    let pair = format!("x={}", part.replace('+', "%2B"));
    let mut pairs = url::form_urlencoded::parse(pair.as_bytes());
    pairs.next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Address;

    fn address(url: &str) -> Address {
        Address::parse_document(url).unwrap().unwrap()
    }

    #[test]
    fn only_https_is_taken_and_http_of_the_machine_itself() {
        assert!(Address::parse_document("specs/pets.yaml").is_none());
        assert!(Address::parse_document("https://pets.example/a.yaml").unwrap().is_ok());
        assert!(Address::parse_document("http://127.0.0.1:8080/a.yaml").unwrap().is_ok());
        for url in
            ["http://pets.example/a.yaml", "ftp://pets.example/a", "file:///etc/passwd", "https://"]
        {
            assert!(Address::parse_document(url).unwrap().is_err(), "{url}");
        }
    }

    #[test]
    fn secrets_are_not_shown() {
        let with = address("https://me:p%40ss@pets.example/a.yaml?token=t#x");
        assert_eq!(with.display(), "https://pets.example/a.yaml");
        assert_eq!(with.request(), "https://pets.example/a.yaml?token=t");
        assert_eq!(with.authorization().unwrap(), "Basic bWU6cEBzcw==");
        assert!(!with.file().contains("token") && with.file().starts_with("pets.example/a~"));
    }

    #[test]
    fn copies_have_speaking_names() {
        for (url, file) in [
            ("https://pets.example/v1/openapi.yaml", "pets.example/v1/openapi.yaml"),
            ("https://pets.example", "pets.example/index"),
            ("https://pets.example:8443/v1/", "pets.example_8443/v1/index"),
            ("https://pets.example/a/../b:c.json", "pets.example/b_c.json"),
            ("http://[::1]:80/a", "___1_/a"),
        ] {
            assert_eq!(address(url).file(), file);
        }
    }

    #[test]
    fn files_beside_the_document_have_its_origin_and_folder() {
        let document = address("https://me:p@pets.example/v1/openapi.yaml?x=1");
        let beside = document.beside("schemas/pet dog.yaml").unwrap();
        assert_eq!(beside.request(), "https://pets.example/v1/schemas/pet%20dog.yaml");
        assert!(beside.authorization().is_some());
        assert_eq!(document.beside("../x.yaml"), None);
    }

    #[test]
    fn redirects_keep_to_https_and_take_no_credentials_elsewhere() {
        let from = address("https://me:p@pets.example/v1/openapi.yaml");
        assert!(from.redirected("/v2/a.yaml").unwrap().authorization().is_some());
        assert!(from.redirected("https://other.example/").unwrap().authorization().is_none());
        assert!(from.redirected("http://pets.example/").is_err());
        assert!(from.redirected("http://127.0.0.1/").is_err());
        assert!(address("http://127.0.0.1/").redirected("http://pets.example/").is_err());
    }
}
