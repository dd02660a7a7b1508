//! In the browser: `fetch`, which takes and gives whole bodies here.

use super::{failed, ReqwestTransport, Settings};
use crate::body::{Body, ByteStream};
use crate::boxed::BoxError;
use crate::transport::{Reply, TransportError};

impl ReqwestTransport {
    /// `fetch` has no timeouts of its own to set; the call's total timeout still holds.
    pub(crate) fn build(_: &Settings) -> Result<Self, BoxError> {
        Ok(Self::from(reqwest::Client::builder().build()?))
    }

    pub(super) async fn carry(
        client: reqwest::Client,
        mut request: reqwest::Request,
        body: Body,
    ) -> Result<Reply, TransportError> {
        let body = body.into_stream().collect(usize::MAX).await;
        if let Some(failure) = body.failure {
            return Err(failure);
        }
        if !body.bytes.is_empty() {
            *request.body_mut() = Some(body.bytes.into());
        }
        let response = client.execute(request).await.map_err(failed)?;
        let mut reply = http::Response::new(());
        *reply.status_mut() = response.status();
        *reply.headers_mut() = response.headers().clone();
        let bytes = response.bytes().await.map_err(failed)?;
        Ok(reply.map(|()| ByteStream::from(bytes)))
    }
}
