//! The expansion: the client as tokens, and the files on which it depends.

use crate::options::Settings;
use crate::request::Request;
use proc_macro2::{fallback, TokenStream};
use quote::quote;
use std::path::{Path, PathBuf};
use typewright::diagnostics::{human, Style};
use typewright::host::disk::Disk;
use typewright::Output;

/// The client of a request from the package in a folder.
///
/// # Errors
/// The options are wrong, or the document has errors; the message has their places.
pub fn expand(request: &Request, package: &Path) -> syn::Result<TokenStream> {
    let path = request.document.value();
    let failure = |message: &str| syn::Error::new(request.document.span(), message);
    if path.contains("://") {
        return Err(failure(
            "a document on the network: nothing is fetched while a crate is compiled",
        ));
    }
    let name = Path::new(&path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let settings = Settings::new(&name, &request.options, package)?;
    let document = package.join(&path).to_string_lossy().replace('\\', "/");
    let disk = Disk::new(&document);
    let disk = match &settings.root {
        Some(root) => disk.with_root(root),
        None => disk,
    };
    // The generator has threads of its own, and the compiler's tokens belong to the thread of the macro.
    fallback::force();
    let generated = typewright::generate(&document, &disk, &settings.options);
    fallback::unforce();
    let Some(output) = generated.output else {
        let text = human(&generated.diagnostics, &generated.files, Style::Plain);
        return Err(failure(&format!("no client was generated\n\n{}", text.trim_end())));
    };
    let items = items(&output).map_err(|error| failure(&error.to_string()))?;
    let inputs = inputs(&disk.requested_files());
    Ok(quote!(#inputs #items))
}

/// The items of the client, or the error that features of the runtime are missing.
fn items(output: &Output) -> Result<TokenStream, proc_macro2::LexError> {
    let items: TokenStream = output.include().parse()?;
    let features = output.included_features();
    let quoted: Vec<_> = features.iter().map(|feature| format!("{feature:?}")).collect();
    let quoted = quoted.join(", ");
    let features: TokenStream = features.join(" ").parse()?;
    Ok(quote! {
        ::typewright_runtime::codegen::v1::require! { [#features] #quoted #items }
    })
}

/// Constants by which Cargo compiles the crate again when one of these files changes.
fn inputs(files: &[PathBuf]) -> TokenStream {
    let files = files.iter().filter_map(|path| std::path::absolute(path).ok());
    let files = files.filter(|path| path.is_file());
    let files = files.map(|path| path.to_string_lossy().into_owned());
    quote! { #(const _: &[u8] = ::core::include_bytes!(#files);)* }
}

#[cfg(test)]
mod tests {
    use super::expand;
    use crate::request::Request;
    use std::path::Path;

    const DOCUMENT: &str = "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    Pet: { $ref: 'pet.yaml' }\n";
    const PET: &str = "type: object\nproperties: { born: { type: string, format: date } }\n";

    fn expanded(document: &str, request: &str) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("pets.yaml"), document);
        write(&folder.path().join("pet.yaml"), PET);
        let request: Request = syn::parse2(request.parse().unwrap()).unwrap();
        let tokens = expand(&request, folder.path());
        tokens.map(|tokens| tokens.to_string()).map_err(|error| error.to_string())
    }

    #[expect(clippy::disallowed_methods, reason = "tests write the files that they read")]
    fn write(path: &Path, text: &str) {
        std::fs::write(path, text).unwrap();
    }

    #[test]
    fn items_need_features_and_name_their_files() {
        let tokens = expanded(DOCUMENT, "\"pets.yaml\"").unwrap();
        assert!(tokens.contains("pub type Pet ="), "{tokens}");
        assert!(tokens.contains(r#"require ! { [chrono] "\"chrono\"""#), "{tokens}");
        assert_eq!(tokens.matches("include_bytes").count(), 2, "{tokens}");
        assert!(tokens.contains("pets.yaml\")") && tokens.contains("pet.yaml\")"), "{tokens}");
    }

    #[test]
    fn options_change_the_items() {
        let tokens = expanded(DOCUMENT, "\"pets.yaml\", rename = { Pet = \"Animal\" }").unwrap();
        assert!(tokens.contains("pub type Animal ="), "{tokens}");
    }

    #[test]
    fn errors_have_their_place_in_the_document() {
        let broken = DOCUMENT.replace("pet.yaml", "cat.yaml");
        let message = expanded(&broken, "\"pets.yaml\"").unwrap_err();
        assert!(message.contains("TW0114") && message.contains("pets.yaml:6:18"), "{message}");
        let message = expanded(DOCUMENT, "\"none.yaml\"").unwrap_err();
        assert!(message.contains("TW0101"), "{message}");
    }

    #[test]
    fn nothing_is_fetched() {
        let message = expanded(DOCUMENT, "\"https://pets.example/openapi.yaml\"").unwrap_err();
        assert!(message.contains("nothing is fetched"), "{message}");
    }
}
