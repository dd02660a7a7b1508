//! Generates the client whenever the description changes.

fn main() -> Result<(), typewright::build::Error> {
    let description = "../../specs/yandex-metastore/openapi.yaml";
    typewright::build::Builder::new(description).file("metastore.rs").compile()
}
