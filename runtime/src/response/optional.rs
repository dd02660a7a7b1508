//! Responses that state an absence: a documented 404 as `None`.

use super::{Endpoint, FromResponse};
use crate::codec::CodecError;
use crate::execute::RawResponse;
use crate::spec::content_type;
use http::StatusCode;
use std::marker::PhantomData;

/// An operation, or the decoder of its responses, whose documented 404 is `None` and no error.
///
/// ```
/// use typewright_runtime::codegen::v1::{self as rt, AnyError, Client};
///
/// rt::call!(pub(crate) Call);
///
/// rt::operation! {
///     /// A call that gets the size of a file.
///     GetSize(GetSizeOperation) -> rt::Json<i64>, rt::Undocumented;
///     "getSize GET /files/{id}/size
///     path id
///     200 application/json
///     404"
/// }
///
/// async fn size(client: &Client, id: &str) -> Result<Option<i64>, AnyError> {
///     Ok(GetSize::new(client, &[&id]).optional().await?)
/// }
/// # drop(size);
/// ```
#[derive(Debug)]
pub struct OrAbsent<T>(PhantomData<fn() -> T>);

impl<O: Endpoint> Endpoint for OrAbsent<O> {
    type Output = OrAbsent<O::Output>;
    type Error = O::Error;

    fn spec() -> &'static crate::spec::OperationSpec {
        O::spec()
    }
}

impl<D: FromResponse + 'static> FromResponse for OrAbsent<D> {
    type Value = Option<D::Value>;
    const STREAMED: bool = D::STREAMED;
    const DOCUMENTED: bool = D::DOCUMENTED;
    const ALSO_DECODED: Option<fn(&RawResponse) -> bool> = Some(|response| {
        response.is_documented_absence()
            || D::ALSO_DECODED.is_some_and(|is_decoded| is_decoded(response))
    });

    fn decode(response: &mut RawResponse) -> Result<Self::Value, CodecError> {
        if response.is_documented_absence() {
            return Ok(None);
        }
        D::decode(response).map(Some)
    }
}

impl RawResponse {
    /// `true` for a 404 that the document describes, by its own status, as `4XX` or as `default`.
    ///
    /// A body of another media type than the documented ones is a sign that it came from elsewhere: the page of a proxy, or of a
    /// server that is not the API's.
    fn is_documented_absence(&self) -> bool {
        let Some(documented) = self.documented().filter(|_| self.status() == StatusCode::NOT_FOUND)
        else {
            return false;
        };
        let mut contents = documented.contents.iter();
        let received = content_type(self.headers()).filter(|_| !self.is_of_head());
        received.is_none_or(|received| {
            documented.contents.is_empty() || contents.any(|content| content.includes(received))
        })
    }
}
