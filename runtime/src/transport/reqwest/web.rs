//! In the browser: `fetch`, which takes and gives whole bodies here.

use crate::body::{Body, ByteStream};
use crate::clock::{Clock as _, SystemClock};
use crate::error::{TransportError, TransportFailure};
use crate::futures::{BoxError, BoxFuture, Within};
use crate::transport::reqwest::{failed, ReqwestTransport, Settings};
use crate::transport::Response;

impl ReqwestTransport {
    /// `fetch` makes connections unseen, so that the time for one and the time for the response's head become one; between
    /// two pieces of a response there is no limit but the call's own.
    pub(crate) fn build(settings: &Settings) -> Result<Self, BoxError> {
        let (connect, read) = (settings.connect_timeout, settings.read_timeout);
        let read_timeout = connect.zip(read);
        let read_timeout = read_timeout.map(|(connect, read)| connect.saturating_add(read));
        let transport = Self::from(reqwest::Client::builder().build()?);
        Ok(Self { read_timeout, ..transport })
    }

    pub(super) fn carry(
        &self,
        request: reqwest::Request,
        body: Body,
    ) -> BoxFuture<Result<Response, TransportError>> {
        Box::pin(self.clone().fetch(request, body))
    }

    async fn fetch(
        self,
        mut request: reqwest::Request,
        body: Body,
    ) -> Result<Response, TransportError> {
        let body = body.into_stream().collect(usize::MAX).await;
        if let Some(failure) = body.failure {
            return Err(failure);
        }
        if !body.bytes.is_empty() {
            *request.body_mut() = Some(body.bytes.into());
        }
        let client = self.client;
        let limited = Within {
            future: Box::pin(async move { client.execute(request).await }),
            limit: self.read_timeout.map(|time| SystemClock.sleep(time)),
        };
        let response = limited.await.ok_or_else(silent)?.map_err(failed)?;
        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.headers_mut() = response.headers().clone();
        let bytes = response.bytes().await.map_err(failed)?;
        Ok(head.map(|()| ByteStream::from(bytes)))
    }
}

fn silent() -> TransportError {
    TransportError::new(TransportFailure::Timeout, "the server did not respond")
}
