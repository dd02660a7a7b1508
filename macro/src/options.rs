//! The options that the macro takes.

use crate::request::{Entry, Value};
use std::path::{Path, PathBuf};
use typewright::{DateTimeTypes, Grouping, Options, OwnType, Responses, ServerFramework, Via};

/// Options of the generator, and the folder that references may reach.
pub struct Settings {
    /// The options.
    pub options: Options,
    /// The folder, if one is given.
    pub root: Option<PathBuf>,
}

/// Sets an option; fails with the form of the values that it has.
type Setter = fn(&mut Settings, Value) -> Result<(), &'static str>;

/// Every option by its key.
const SETTERS: &[(&str, Setter)] = &[
    ("root", |to, value| text(value).map(|root| to.root = Some(root.into()))),
    ("overlays", |to, value| texts(value).map(|list| to.options.overlays = list)),
    ("include", |to, value| texts(value).map(|list| to.options.include = list)),
    ("exclude", |to, value| texts(value).map(|list| to.options.exclude = list)),
    ("types_only", |to, value| flag(value).map(|flag| to.options.types_only = flag)),
    ("group", |to, value| {
        let grouping = match text(value)?.as_str() {
            "tag" => Some(Grouping::ByTag),
            "flat" => Some(Grouping::Flat),
            _ => None,
        };
        grouping.map(|grouping| to.options.calls.grouping = grouping).ok_or("\"tag\" or \"flat\"")
    }),
    ("version", |to, value| text(value).map(|text| to.options.calls.version = Some(text))),
    ("versions", |to, value| texts(value).map(|list| to.options.calls.versions = list)),
    ("pagination", |to, value| {
        declarations(value).map(|table| to.options.calls.pagination.extend(table))
    }),
    ("long_running", |to, value| {
        declarations(value).map(|table| to.options.calls.long_running.extend(table))
    }),
    ("streams", |to, value| {
        declarations(value).map(|table| to.options.calls.streams.extend(table))
    }),
    ("empty_path", |to, value| texts(value).map(|list| to.options.calls.empty_path = list)),
    ("full_operation_ids", |to, value| {
        flag(value).map(|flag| to.options.calls.full_operation_ids = flag)
    }),
    ("strip_prefix", |to, value| texts(value).map(|list| to.options.strip_prefix = list)),
    ("rename", |to, value| table(value, text).map(|table| to.options.rename.extend(table))),
    ("types", |to, value| table(value, own_type).map(|table| to.options.types.extend(table))),
    ("derive", |to, value| table(value, texts).map(|table| to.options.derive.extend(table))),
    ("date_time_types", |to, value| {
        let types = DateTimeTypes::named(&text(value)?);
        let words = "\"chrono\", \"time\", \"jiff\" or \"text\"";
        types.map(|types| to.options.date_time_types = types).ok_or(words)
    }),
    ("server", |to, value| {
        let framework = ServerFramework::named(&text(value)?).ok_or("\"axum\"")?;
        to.options.server = Some(framework);
        Ok(())
    }),
    ("lenient_formats", |to, value| flag(value).map(|flag| to.options.lenient_formats = flag)),
    ("responses", |to, value| {
        let responses = match text(value)?.as_str() {
            "strict" => Some(Responses::Strict),
            "lenient" => Some(Responses::Lenient),
            _ => None,
        };
        let words = "\"strict\" or \"lenient\"";
        responses.map(|responses| to.options.responses = responses).ok_or(words)
    }),
    ("lenient", |to, value| texts(value).map(|list| to.options.lenient = list)),
    ("validate", |to, value| flag(value).map(|flag| to.options.validate = flag)),
    ("closed_enums", |to, value| flag(value).map(|flag| to.options.closed_enums = flag)),
    ("preserve_unknown", |to, value| flag(value).map(|flag| to.options.preserve_unknown = flag)),
    ("strict_schemas", |to, value| flag(value).map(|flag| to.options.strict_schemas = flag)),
];

/// Similarity from which on a key is suggested in place of an unknown one; 1 is equality.
const SIMILAR: f64 = 0.75;

impl Settings {
    /// The settings that the entries make, with paths relative to `package`.
    ///
    /// # Errors
    /// A key is unknown, or a value is of another form.
    pub fn new(name: &str, entries: &[Entry], package: &Path) -> syn::Result<Self> {
        let options = Options::new(|options| options.name = name.to_owned());
        let mut settings = Self { options, root: None };
        for Entry { key, value } in entries {
            let name = key.value();
            let (_, set) = SETTERS.iter().find(|(known, _)| *known == name).ok_or_else(|| {
                let help = nearest(&name).map(|nearest| format!("; is `{nearest}` meant?"));
                let help = help.unwrap_or_default();
                syn::Error::new(key.span(), format!("unknown option `{name}`{help}"))
            })?;
            set(&mut settings, value.clone()).map_err(|form| {
                syn::Error::new(key.span(), format!("the value of `{name}` is {form}"))
            })?;
        }
        settings.root = settings.root.map(|root| package.join(root));
        for overlay in &mut settings.options.overlays {
            *overlay = package.join(&overlay).to_string_lossy().into_owned();
        }
        Ok(settings)
    }
}

fn nearest(unknown: &str) -> Option<&'static str> {
    let similarity = |key: &str| strsim::jaro_winkler(unknown, key);
    let keys = SETTERS.iter().map(|(key, _)| *key);
    let nearest = keys.max_by(|a, b| similarity(a).total_cmp(&similarity(b)));
    nearest.filter(|nearest| similarity(nearest) > SIMILAR)
}

fn flag(value: Value) -> Result<bool, &'static str> {
    match value {
        Value::Flag(flag) => Ok(flag),
        Value::Text(_) | Value::List(_) | Value::Table(_) => Err("`true` or `false`"),
    }
}

fn text(value: Value) -> Result<String, &'static str> {
    match value {
        Value::Text(text) => Ok(text),
        Value::Flag(_) | Value::List(_) | Value::Table(_) => Err("a text"),
    }
}

fn texts(value: Value) -> Result<Vec<String>, &'static str> {
    const FORM: &str = "a list of texts";
    match value {
        Value::List(values) => {
            values.into_iter().map(|value| text(value).map_err(|_| FORM)).collect()
        }
        Value::Flag(_) | Value::Text(_) | Value::Table(_) => Err(FORM),
    }
}

/// A table whose values are read by `read`.
fn table<T>(
    value: Value,
    read: fn(Value) -> Result<T, &'static str>,
) -> Result<Vec<(String, T)>, &'static str> {
    match value {
        Value::Table(entries) => {
            entries.into_iter().map(|(key, value)| Ok((key, read(value)?))).collect()
        }
        Value::Flag(_) | Value::Text(_) | Value::List(_) => Err("a table"),
    }
}

fn own_type(value: Value) -> Result<OwnType, &'static str> {
    const FORM: &str = "a table of paths, or of `{ path = \"…\", via = \"text\" }`";
    let entries = match value {
        Value::Text(path) => return Ok(path.as_str().into()),
        Value::Table(entries) => entries,
        Value::Flag(_) | Value::List(_) => return Err(FORM),
    };
    let mut replacement = OwnType::default();
    for (key, value) in entries {
        match (key.as_str(), text(value).map_err(|_| FORM)?) {
            ("path", path) => replacement.path = path,
            ("via", via) if via == "text" => replacement.via = Via::Text,
            ("via", via) if via == "serde" => replacement.via = Via::Serde,
            _ => return Err(FORM),
        }
    }
    if replacement.path.is_empty() {
        return Err(FORM);
    }
    Ok(replacement)
}

fn declarations(value: Value) -> Result<Vec<(String, serde_json::Value)>, &'static str> {
    table(value, |value| Ok(json(value)))
}

fn json(value: Value) -> serde_json::Value {
    match value {
        Value::Flag(flag) => flag.into(),
        Value::Text(text) => text.into(),
        Value::List(values) => values.into_iter().map(json).collect(),
        Value::Table(entries) => {
            entries.into_iter().map(|(key, value)| (key, json(value))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Settings, SETTERS};
    use crate::request::Request;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Keys of `typewright.toml` that belong to a crate, or to the argument of the macro.
    const OF_A_CRATE: [&str; 10] = [
        "dependencies",
        "doc-examples",
        "document",
        "features",
        "guide",
        "name",
        "out",
        "runtime-path",
        "rustfmt",
        "tests",
    ];

    #[test]
    fn the_options_are_those_of_the_configuration() {
        let schema: serde_json::Value =
            serde_json::from_str(include_str!("../../docs/typewright.schema.json")).unwrap();
        let keys = schema["properties"]["client"]["items"]["properties"].as_object().unwrap();
        let keys = keys.keys().filter(|key| !OF_A_CRATE.contains(&key.as_str()));
        let keys: BTreeSet<_> = keys.map(|key| key.replace('-', "_")).collect();
        let ours: BTreeSet<_> = SETTERS.iter().map(|(key, _)| (*key).to_owned()).collect();
        assert_eq!(ours, keys);
    }

    fn settings(text: &str) -> Result<Settings, String> {
        let request = syn::parse2::<Request>(text.parse().unwrap());
        let request = request.map_err(|error| error.to_string())?;
        Settings::new("pets", &request.options, Path::new("package"))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn every_form_of_value_is_read() {
        let text = r#""pets.yaml", validate = true, include = ["a", "b"], date_time_types = "jiff", root = "..",
            overlays = ["o.yaml"], rename = { Pet = "Animal", "Pet.type" = "kind" },
            types = { Money = "crate::Money", "format:ip" = { path = "std::net::IpAddr", via = "text" } },
            derive = { "*" = ["Eq"] }, pagination = { list = { style = "token" }, all = false },"#;
        let Settings { options, root } = settings(text).unwrap();
        assert!(options.validate);
        assert_eq!(options.include, ["a", "b"]);
        assert_eq!(root.as_deref(), Some(Path::new("package/..")));
        assert_eq!(options.overlays.len(), 1);
        assert!(options.overlays[0].contains("package"), "{:?}", options.overlays);
        assert_eq!(options.rename["Pet.type"], "kind");
        assert_eq!(options.types["format:ip"].path, "std::net::IpAddr");
        assert_eq!(options.derive["*"], ["Eq"]);
        assert_eq!(options.calls.pagination["all"], false);
    }

    #[test]
    fn wrong_options_are_refused() {
        for (text, message) in [
            ("\"a\", valdate = true", "unknown option `valdate`; is `validate` meant?"),
            ("\"a\", xyz = true", "unknown option `xyz`"),
            ("\"a\", validate = \"yes\"", "the value of `validate` is `true` or `false`"),
            ("\"a\", include = \"b\"", "the value of `include` is a list of texts"),
            ("\"a\", group = \"b\"", "the value of `group` is \"tag\" or \"flat\""),
            ("\"a\", rename = [\"b\"]", "the value of `rename` is a table"),
            (
                "\"a\", validate = 1",
                "expected a text, `true`, `false`, a list in brackets or a table in braces",
            ),
            ("\"a\" validate", "expected `,`"),
            ("", "unexpected end of input, expected string literal"),
        ] {
            assert_eq!(settings(text).err().as_deref(), Some(message), "{text}");
        }
    }
}
