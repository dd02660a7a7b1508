//! An operation's types, attached to its description at no cost.

use super::Call;
use crate::answer::FromResponse;
use crate::data::OperationSpec;

/// An operation: its description, and the types of its responses.
///
/// Generated code declares one for each operation, and the type of its calls:
///
/// ```
/// use typewright_runtime::codegen::v1::{self as rt, Endpoint};
///
/// rt::call!(pub(crate) Call);
///
/// rt::operation! {
///     /// A call that gets a pet.
///     GetPet(GetPetOperation) -> rt::Json<i64>, rt::Undocumented;
///     "getPet GET /pets/{id}
///     path id
///     200 application/json"
/// }
/// assert_eq!(GetPet::spec().path, "/pets/{id}");
/// ```
pub trait Endpoint: 'static {
    /// Decodes the response of a call that succeeds.
    type Output: FromResponse;
    /// Decodes the documented response of a call that fails.
    type Error: FromResponse;

    /// The description that calls are made from.
    fn spec() -> &'static OperationSpec;
}

/// The value of a call of the operation that succeeds.
pub type OutputOf<O> = <<O as Endpoint>::Output as FromResponse>::Value;
/// The documented error of the operation.
pub type ErrorOf<O> = <<O as Endpoint>::Error as FromResponse>::Value;

/// An operation that goes on after its response.
pub trait LongRunning: Endpoint {
    /// The operation whose response tells how it ended.
    type Last: Endpoint;
}

/// A body in one of several media types.
pub trait BodyContent {
    /// Gives it to a call of its operation.
    fn give(self, call: &mut Call);
}
