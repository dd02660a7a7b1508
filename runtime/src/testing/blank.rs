//! Values of types that only responses reach.

use crate::codec::Blank;

/// Makes a value of a generated type whose members are all blank: empty, zero, absent, or the first of an enum.
///
/// It is for tests that need a value of a type that only responses reach: such a type has public fields, but no constructor. The
/// test then sets the members that it is about; [`from_json`](crate::value::from_json) makes one of JSON instead. Nothing blank
/// gets into requests: the function is there with the feature `testing` alone, which is for `[dev-dependencies]`.
///
/// A type with a required member that has no blank value, such as one of a foreign type, is made from JSON only.
///
/// ```
/// use typewright_runtime::testing::blank;
/// # use typewright_runtime::codegen::v1 as rt;
/// # #[non_exhaustive]
/// # pub struct Pet {
/// #     pub name: String,
/// #     pub age: Option<i64>,
/// #     pub tags: Vec<String>,
/// # }
/// # rt::record! { Pet { name: "name", age: "age", tags: "tags" } }
///
/// // `Pet` is a generated type.
/// let mut pet = blank::<Pet>();
/// pet.name = "Rex".to_owned();
/// assert_eq!((pet.age, pet.tags.len()), (None, 0));
/// ```
#[must_use]
pub fn blank<T: Blank>() -> T {
    T::blank()
}
