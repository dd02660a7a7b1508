//! Relies on a body that a panic leaves whole.
pub fn is_unwind_safe() -> bool {
    fn check<T: std::panic::UnwindSafe>() -> bool {
        true
    }
    check::<client::operations::PutMakerContent<'_>>()
}
