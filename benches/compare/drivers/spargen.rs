//! Calls spargen, which generates only from build scripts and macros: `generate DOCUMENT OUT` writes a module, and
//! `requirements DOCUMENT` prints the dependencies that it needs.

use spargen::{CargoIntegration, Spec};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    // leaves out what it cannot do, as others do without being asked
    let spec = |document: &str| Spec::new(document).carve(true);
    match arguments[..] {
        ["generate", document, out] => {
            let build = spec(document).build(out).cargo(CargoIntegration::Off);
            spargen::generate(&build).expect_success();
        }
        ["requirements", document] => match spargen::requirements(&spec(document)) {
            Ok(requirements) => print!("{}", requirements.manifest_block()),
            Err(report) => panic!("{report}"),
        },
        _ => panic!("neither `generate DOCUMENT OUT` nor `requirements DOCUMENT`"),
    }
}
