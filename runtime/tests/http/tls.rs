//! Encrypted connections: the caller's certificate, and the system's own library for TLS.

use crate::api::{self, Shelf};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;
use typewright_runtime::codegen::v1::{self, Credential, ErrorKind};

/// An authority that both sides trust.
struct Authority {
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

struct Identity {
    certificate: CertificateDer<'static>,
    key: KeyPair,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut parameters = CertificateParams::new([]).unwrap();
        parameters.distinguished_name = named("authority");
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = parameters.self_signed(&key).unwrap().der().clone();
        let issuer = Issuer::new(parameters, key);
        Self { certificate, issuer }
    }

    fn identity(&self, name: &str) -> Identity {
        let key = KeyPair::generate().unwrap();
        let mut parameters = CertificateParams::new([name.to_owned()]).unwrap();
        parameters.distinguished_name = named(name);
        let signed = parameters.signed_by(&key, &self.issuer).unwrap();
        let certificate = signed.der().clone();
        Identity { certificate, key }
    }

    fn roots(&self) -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).unwrap();
        roots
    }
}

/// OpenSSL takes a certificate for its own authority where both have one name.
fn named(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, name);
    names
}

impl Identity {
    fn key(&self) -> PrivateKeyDer<'static> {
        PrivateKeyDer::Pkcs8(self.key.serialize_der().into())
    }
}

type Peers = Arc<Mutex<Vec<CertificateDer<'static>>>>;

/// A server that wants a certificate where it is `mutual`, and remembers those that came.
async fn serve(authority: &Authority, mutual: bool) -> (String, Peers) {
    let provider = Arc::new(ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    let builder = if mutual {
        let roots = Arc::new(authority.roots());
        let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider);
        builder.with_client_cert_verifier(verifier.build().unwrap())
    } else {
        builder.with_no_client_auth()
    };
    let identity = authority.identity("127.0.0.1");
    let config = builder.with_single_cert(vec![identity.certificate.clone()], identity.key());
    let acceptor = TlsAcceptor::from(Arc::new(config.unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let peers = Peers::default();
    let seen = Arc::clone(&peers);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            answer(&acceptor, stream, &seen).await;
        }
    });
    (url, peers)
}

async fn answer(acceptor: &TlsAcceptor, stream: TcpStream, peers: &Peers) {
    let Ok(mut stream) = acceptor.accept(stream).await else {
        return;
    };
    let came = stream.get_ref().1.peer_certificates().unwrap_or_default();
    peers.lock().unwrap().extend(came.first().cloned());
    let mut piece = [0; 4096];
    if stream.read(&mut piece).await.unwrap_or(0) > 0 {
        let reply = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
        stream.write_all(reply.as_bytes()).await.ok();
        stream.shutdown().await.ok();
    }
}

async fn call(url: &str, client: reqwest::Client) -> Result<v1::Value, api::Fault> {
    let credentials = v1::Credentials::new().with("mtls", Credential::transport());
    let builder = api::builder().base_url(url).reqwest(client);
    let client: v1::Client = builder.credentials(credentials).build().unwrap();
    let mut call = client.call(&api::BY_MTLS);
    call.set_retry(v1::RetryPolicy::off());
    call.send::<Shelf>().await
}

fn rustls(authority: &Authority, identity: Option<&Identity>) -> reqwest::Client {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    let builder = builder.with_root_certificates(authority.roots());
    let config = match identity {
        Some(identity) => {
            builder.with_client_auth_cert(vec![identity.certificate.clone()], identity.key())
        }
        None => Ok(builder.with_no_client_auth()),
    };
    let builder = reqwest::Client::builder().tls_backend_preconfigured(config.unwrap());
    builder.no_proxy().build().unwrap()
}

#[tokio::test]
async fn the_callers_certificate_is_shown_to_the_server() {
    let authority = Authority::new();
    let (url, peers) = serve(&authority, true).await;
    let identity = authority.identity("shelver");
    call(&url, rustls(&authority, Some(&identity))).await.unwrap();
    assert_eq!(*peers.lock().unwrap(), [identity.certificate]);
    // Without one, or with one that nobody trusts, there is no connection to speak of.
    let stranger = Authority::new().identity("shelver");
    for identity in [None, Some(&stranger)] {
        let error = call(&url, rustls(&authority, identity)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
    }
    assert_eq!(peers.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_server_that_nobody_trusts_is_sent_nothing() {
    let (url, _) = serve(&Authority::new(), false).await;
    let error = call(&url, rustls(&Authority::new(), None)).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(format!("{error:#}").contains("no connection was made"), "{error:#}");
    // Nor does the default transport trust it.
    let client: v1::Client = api::builder().base_url(&url).build().unwrap();
    let error = api::get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 3));
}

/// A machine without certificates can still call servers over plain HTTP, and says of others why not.
///
/// What certificates there are is the process's own, so that the test below runs in one of its own.
#[cfg(all(feature = "rustls-tls", target_os = "linux"))]
#[test]
fn without_certificates_only_plain_http_is_left() {
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "tls::in_a_process_without_certificates"])
        .env("SSL_CERT_FILE", "/nowhere/cert.pem")
        .env("SSL_CERT_DIR", "/nowhere")
        .output()
        .unwrap();
    let output_text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{output_text}");
    assert!(output_text.contains("1 passed"), "{output_text}");
}

#[cfg(all(feature = "rustls-tls", target_os = "linux"))]
#[tokio::test]
#[ignore = "in a process of its own, without the system's certificates"]
async fn in_a_process_without_certificates() {
    let server = crate::server::serve(|_, _| crate::server::json(200, "{}")).await;
    let client: v1::Client = api::builder().base_url(&server.url).build().unwrap();
    api::get(&client, "s").send::<Shelf>().await.unwrap();
    let builder = api::builder().base_url("https://127.0.0.1:1");
    let client: v1::Client = builder.retry(v1::RetryPolicy::off()).build().unwrap();
    let error = api::get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    let reason = std::error::Error::source(&error).unwrap();
    let reason = reason.downcast_ref::<v1::TransportError>().unwrap();
    assert_eq!(reason.failure(), v1::TransportFailure::Connect);
    let reason = std::error::Error::source(reason).unwrap().to_string();
    assert!(reason.contains("certificate"), "{reason}");
}

#[cfg(feature = "native-tls")]
#[tokio::test]
async fn the_systems_library_serves_as_well() {
    let authority = Authority::new();
    let trusted = reqwest::Certificate::from_der(&authority.certificate).unwrap();
    let native = || reqwest::Client::builder().tls_backend_native().no_proxy();
    let trusting = || native().tls_certs_only([trusted.clone()]);
    let (url, _) = serve(&authority, false).await;
    call(&url, trusting().build().unwrap()).await.unwrap();
    let error = call(&url, native().build().unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    // With a certificate of the caller's.
    let (url, peers) = serve(&authority, true).await;
    let identity = authority.identity("shelver");
    let pem = pem("CERTIFICATE", &identity.certificate);
    let key = identity.key.serialize_pem();
    let native_identity =
        reqwest::Identity::from_pkcs8_pem(pem.as_bytes(), key.as_bytes()).unwrap();
    let client = trusting().identity(native_identity).build().unwrap();
    call(&url, client).await.unwrap();
    assert_eq!(*peers.lock().unwrap(), [identity.certificate]);
}

#[cfg(feature = "native-tls")]
fn pem(label: &str, der: &[u8]) -> String {
    use base64::Engine as _;
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    let lines: Vec<_> = text.as_bytes().chunks(64).collect();
    let lines: Vec<_> = lines.iter().map(|line| String::from_utf8_lossy(line)).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
