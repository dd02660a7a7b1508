//! Ways of saying the same in this design, compared by what they cost to check and to build.

use std::path::Path;

use crate::ground::{lay, Design};
use crate::model::Api;
use crate::table::Table;
use crate::write::program::Client;
use crate::write::Shape;

const CHOSEN: Shape = Shape::CHOSEN;

/// Each differs from the chosen shape in one thing.
const VARIANTS: [(&str, Shape); 4] = [
    ("chosen", CHOSEN),
    (
        "no #[inline] on operations",
        Shape {
            inline: false,
            ..CHOSEN
        },
    ),
    (
        "no constructors",
        Shape {
            constructors: false,
            ..CHOSEN
        },
    ),
    (
        "no operations",
        Shape {
            operations: false,
            ..CHOSEN
        },
    ),
];

/// Measures the crate alone: check and debug build, in each variant.
pub fn measure(api: &Api, root: &Path, runtime: &Path, table: &mut Table) {
    for (name, shape) in VARIANTS {
        let design = Design {
            name: "variant",
            client: Client::Ours,
            shape,
        };
        let ground = lay(api, root, design, runtime);

        for command in ["check", "build"] {
            let arguments = [command, "--quiet", "-p", "bench_api"];
            let _ = ground.cargo(&arguments);
            ground.forget(&["bench_api".to_owned()]);
            let costs = ground.cargo(&arguments);
            table.row(
                &format!("{name}, {command}"),
                costs.get("bench_api").copied(),
                None,
            );
        }
    }
}
