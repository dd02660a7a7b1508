//! A macro that expands to the client of an API description.
//!
//! ```ignore
//! mod pets {
//!     typewright_macro::client!("specs/pets.yaml", validate = true);
//! }
//! ```
//!
//! The package needs a dependency on `typewright-runtime`, as with a build script. The path is relative to the package. Options have
//! the names of those in `typewright.toml`, with `_` in place of `-`: texts, `true` or `false`, lists in brackets, and tables
//! such as `rename = { Pet = "Animal", "Pet.kind" = "species" }`.
//!
//! The crate is compiled again when the document, an overlay or a file that they refer to has changed. Nothing is written, and
//! nothing is fetched. Errors of the document are errors at the macro, with their places in the document. Warnings are not
//! shown, since a macro has no means to do so: `typewright inspect` shows them.

mod expand;
mod options;
mod request;

use proc_macro::TokenStream;
use std::path::PathBuf;

/// Expands to the client of the document at a path, relative to the package, as the content of a module.
///
/// The [crate] explains the options.
#[proc_macro]
pub fn client(input: TokenStream) -> TokenStream {
    let request = match syn::parse::<request::Request>(input) {
        Ok(request) => request,
        Err(error) => return error.into_compile_error().into(),
    };
    let tokens = match expand::expand(&request, &package()) {
        Ok(tokens) => tokens,
        Err(error) => error.into_compile_error(),
    };
    tokens.into()
}

/// The folder of the package that is compiled, relative to the working directory if it is below, as rustc names files.
#[expect(
    clippy::disallowed_methods,
    reason = "Cargo names the package's folder in the environment"
)]
fn package() -> PathBuf {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let here = std::env::current_dir().ok();
    let relative = here.and_then(|here| folder.strip_prefix(here).ok().map(PathBuf::from));
    relative.unwrap_or(folder)
}
