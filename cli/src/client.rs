//! One client to generate, from the arguments or the configuration.

use crate::args::Generate;
use crate::crate_name::default_name;
use crate::paths::configuration_folder;
use crate::type_options::{grouped, Dependencies};
use std::path::{Path, PathBuf};
use typewright::Options;

/// One client to generate. Paths are relative to the working directory.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// Path or URL of the document.
    pub document: String,
    /// Folder of the crate.
    pub out: PathBuf,
    /// Folder of the runtime if the crate depends on it by path.
    pub runtime_path: Option<PathBuf>,
    /// Folder that references may reach; the document's if `None`.
    pub root: Option<PathBuf>,
    /// Folder of the configuration, which also has the copies of documents.
    pub base: PathBuf,
    /// `true` to fetch a document on the network that has no copy.
    pub fetch: bool,
    /// `true` to format the code by rustfmt.
    pub rustfmt: bool,
    /// Packages of the user's types and derives.
    pub dependencies: Dependencies,
    /// Options of the generator; their name is the crate's.
    pub options: Options,
}

impl Client {
    /// The client that the arguments describe; `None` if they name no document.
    pub fn from_arguments(arguments: &Generate) -> Option<Self> {
        let document = arguments.document.clone()?;
        let default = || default_name(&document);
        let name = arguments.name.clone().unwrap_or_else(default);
        let default_out = || Path::new("generated").join(&name);
        Some(Self {
            out: arguments.out.clone().unwrap_or_else(default_out),
            runtime_path: arguments.runtime_path.clone(),
            root: arguments.root.clone(),
            base: configuration_folder(None),
            fetch: true,
            rustfmt: !arguments.no_rustfmt,
            dependencies: Dependencies::default(),
            options: Self::options(arguments, name),
            document,
        })
    }

    fn options(arguments: &Generate, name: String) -> Options {
        let types = arguments.types.iter();
        Options::new(|options| {
            options.include = arguments.include.clone();
            options.exclude = arguments.exclude.clone();
            options.overlays = arguments.overlay.clone();
            options.types_only = arguments.types_only;
            options.validate = arguments.validate;
            options.closed_enums = arguments.closed_enums;
            options.preserve_unknown = arguments.preserve_unknown;
            options.strict_schemas = arguments.strict_schemas;
            options.tests = arguments.tests;
            options.server = arguments.server.map(Into::into);
            options.name = name;
            options.doc_examples = arguments.doc_examples;
            options.features = arguments.features.map(Into::into).unwrap_or_default();
            options.guide = !arguments.no_guide;
            options.date_time_types = arguments.date_time_types.into();
            options.lenient_formats = arguments.lenient_formats;
            options.responses = arguments.responses.into();
            options.lenient = arguments.lenient.clone();
            options.rename = arguments.rename.iter().cloned().collect();
            options.strip_prefix = arguments.strip_prefix.clone();
            options.calls.full_operation_ids = arguments.full_operation_ids;
            options.types = types.map(|(key, path)| (key.clone(), path.as_str().into())).collect();
            options.derive = grouped(&arguments.derive);
        })
    }
}
