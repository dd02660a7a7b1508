//! rustls with ring, whatever provider the process has chosen for itself.

use crate::boxed::BoxError;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;
use std::sync::Arc;

/// The configuration; where the system has no certificates, one that trusts nobody and the reason.
///
/// A machine without certificates can still call servers over plain HTTP.
pub(super) fn configuration() -> Result<(ClientConfig, Option<String>), BoxError> {
    let provider = Arc::new(ring::default_provider());
    let builder = || {
        ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
    };
    match builder()?.with_platform_verifier() {
        Ok(builder) => Ok((builder.with_no_client_auth(), None)),
        Err(reason) => {
            let nobody = builder()?.with_root_certificates(RootCertStore::empty());
            Ok((nobody.with_no_client_auth(), Some(reason.to_string())))
        }
    }
}
