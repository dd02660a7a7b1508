//! Calls that come out of others: the next page, the poll of an operation.

use super::{Call, Settings};
use crate::body::Body;
use crate::data::Location;
use crate::data::OperationData;
use http::Method;
use std::sync::Arc;
use std::time::Duration;

impl Call {
    /// A call of another operation with this one's client, headers and settings.
    pub(crate) fn another(&self, operation: &'static OperationData) -> Self {
        let mut call = Self::new(Arc::clone(&self.shared), operation);
        call.headers = self.headers.clone();
        call.settings = self.settings.clone();
        call
    }

    /// A call that will be led to a URL: a `GET` without a body, for the replies of the same operation.
    pub(crate) fn following(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            operation: self.operation,
            values: self.values.clone(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            body: Body::Empty,
            parts: Default::default(),
            content_type: None,
            settings: Settings {
                method: Some(Method::GET),
                ..self.settings.clone()
            },
            problem: None,
        }
    }

    /// Goes to the URL that a reply names, in place of the operation's own.
    pub(crate) fn follow(&mut self, url: &str) {
        self.settings.led = Some(url.to_owned());
    }

    pub(crate) fn is_led(&self) -> bool {
        self.settings.led.is_some()
    }

    /// The number that a query parameter of the call has.
    pub(crate) fn given(&self, parameter: &str) -> Option<u64> {
        let mut values = self.located(Location::Query);
        let (_, text) = values.find(|(name, _)| *name == parameter)?;
        text.split_once('=')?.1.parse().ok()
    }

    /// Waits as the client's clock does.
    pub(crate) fn pause(&self, duration: Duration) -> crate::boxed::BoxFuture<()> {
        self.shared.wire.clock.sleep(duration)
    }

    pub(crate) fn now(&self) -> Duration {
        self.shared.wire.clock.now()
    }
}
