//! Parameters: those of the path item and of the operation, their order and their serialization.

use super::content::Contents;
use super::{component_name, Entry, OperationLowering};
use crate::api::keywords::Keywords;
use crate::api::model::{
    Location, Owner, Parameter, ParameterEncoding, Role, Section, Shape, Style, TextFormat, Use,
};
use crate::api::resolve::Resolved;
use crate::api::schema::Position;
use crate::api::schema_source::{join, SchemaSource};
use crate::diagnostics::codes::api as codes;
use crate::normalize::{keys, path_variables};
use indexmap::IndexMap;
use openapiv3::{
    self as openapi, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr,
    Schema,
};
use serde_json::Value;

/// Headers that parameters cannot declare (OpenAPI 3.2, section 4.12.2.1).
const RESERVED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// `true` if a key of the configuration (`listPets.owner`, `GET /pets/{owner}.owner`) names a parameter of this path.
pub(in crate::api) fn has_path_parameter(entry: &Entry<'_>, key: &str) -> bool {
    let mut names = path_variables(entry.path).into_iter();
    names.any(|name| is_key_of(key, entry, name))
}

fn is_key_of(key: &str, entry: &Entry<'_>, parameter: &str) -> bool {
    let operation = key.strip_suffix(parameter).and_then(|key| key.strip_suffix('.'));
    let line = format!("{} {}", entry.method, entry.path);
    operation.is_some_and(|name| name == line || name == entry.id() || name == entry.plain_id())
}

impl<'a> OperationLowering<'a, '_> {
    /// Lowers the parameters of an operation: those of the path in the template's order, then the others in the
    /// document's.
    pub(super) fn parameters(&mut self, index: usize, entry: &Entry<'a>) -> Vec<Parameter> {
        let declared = self.declared_parameters(entry).into_iter();
        // Normalization has made the path's variables and its parameters the same.
        let (mut parameters, others): (Vec<_>, Vec<_>) = declared
            .filter_map(|resolved| self.parameter(index, entry, resolved))
            .partition(|parameter| parameter.location == Location::Path);
        let order = path_variables(entry.path);
        parameters.sort_by_key(|parameter| order.iter().position(|name| *name == parameter.name));
        parameters.extend(others);
        parameters
    }

    /// Returns the parameters of the path item and the operation; the operation's replace the path item's.
    fn declared_parameters(&mut self, entry: &Entry<'a>) -> Vec<Resolved<'a, openapi::Parameter>> {
        let of_item = (&entry.item_pointer, &entry.item.parameters);
        let of_operation = (&entry.pointer, &entry.operation.parameters);
        let mut declared = IndexMap::new();
        for (at, list) in [of_item, of_operation] {
            for (index, parameter) in list.iter().enumerate() {
                let at = format!("{at}/parameters/{index}");
                if let Some(resolved) = self.resolve(&at, parameter) {
                    declared.insert(identity(resolved.value), resolved);
                }
            }
        }
        declared.into_values().collect()
    }

    fn parameter(
        &mut self,
        index: usize,
        entry: &Entry<'a>,
        resolved: Resolved<'a, openapi::Parameter>,
    ) -> Option<Parameter> {
        let data = resolved.value.parameter_data_ref();
        let location = location(resolved.value);
        let is_reserved = |name: &&str| data.name.eq_ignore_ascii_case(name);
        if location == Location::Header && RESERVED_HEADERS.iter().any(is_reserved) {
            self.report_reserved_header(entry, &data.name, &resolved.pointer);
            return None;
        }
        let owner = match component_name(&resolved.pointer) {
            Some(name) => Owner::Shared(Section::Parameter, name),
            None => Owner::Operation(index, Role::Parameter(data.name.clone())),
        };
        let (mut encoding, value) = self.parameter_value(&resolved, entry, owner)?;
        let examples = self.examples(data.example.as_ref(), &data.examples);
        let mut value = value.with_examples(examples);
        value.docs.description = data.description.clone().or(value.docs.description);
        value.docs.deprecated |= data.deprecated.unwrap_or_default();
        let requested_name = data.extensions.get(keys::NAME).and_then(Value::as_str);
        value.name = requested_name.map(str::to_owned).or(value.name);
        if let (Location::Path, ParameterEncoding::Style { allow_empty, .. }) =
            (location, &mut encoding)
        {
            let description = value.docs.description.as_deref();
            *allow_empty = self.may_be_empty(entry, &resolved.pointer, data, description);
        }
        Some(Parameter {
            name: data.name.clone(),
            location,
            required: data.required || location == Location::Path,
            encoding,
            value,
        })
    }

    /// Reports a header that OpenAPI leaves to media types and security schemes.
    fn report_reserved_header(&mut self, entry: &Entry<'a>, name: &str, at: &str) {
        let is_written = !name.eq_ignore_ascii_case("authorization") || self.authorizes(entry);
        let message = match is_written {
            true => format!("`{name}` is written by the client itself"),
            false => format!(
                "`{name}` cannot be a parameter and is ignored, and no security scheme of this operation writes it; \
                 declare a scheme, or set the header of the call"
            ),
        };
        self.schemas.report(codes::OWN_HEADER, at, message);
    }

    fn parameter_value(
        &mut self,
        resolved: &Resolved<'a, openapi::Parameter>,
        entry: &Entry<'a>,
        owner: Owner,
    ) -> Option<(ParameterEncoding, Use)> {
        let content = match &resolved.value.parameter_data_ref().format {
            ParameterSchemaOrContent::Content(content) => content,
            ParameterSchemaOrContent::Schema(schema) => {
                let source = SchemaSource::new(join(&resolved.pointer, "schema"), schema);
                let is_path = matches!(resolved.value, openapi::Parameter::Path { .. });
                let value = match is_path && self.schemas.is_unconstrained(&source) {
                    true => {
                        let pointer = source.pointer;
                        let text = Shape::Text(TextFormat::Plain);
                        self.schemas.made_use(text, Position { pointer, owner })
                    }
                    false => self.schemas.use_at(source, owner),
                };
                return Some((encoding(resolved.value), value));
            }
        };
        let pointer = join(&resolved.pointer, "content");
        let contents = self.contents(&Contents {
            pointer: pointer.clone(),
            by_media_type: content,
            version: entry.version.as_deref(),
            owner: &|_| owner.clone(),
            may_be_xml: false,
        });
        let content = contents.into_iter().next()?;
        let value = content.value.unwrap_or_else(|| {
            let pointer = join(&pointer, &content.media_type);
            self.schemas.made_use(Shape::ANY, Position { pointer, owner })
        });
        Some((ParameterEncoding::Content(content.media_type), value))
    }

    /// `true` if a path parameter may be empty: as configured, else as declared, else, for the last segment of the
    /// path, as its description states.
    fn may_be_empty(
        &mut self,
        entry: &Entry<'a>,
        at: &str,
        data: &ParameterData,
        description: Option<&str>,
    ) -> bool {
        let mut configured = self.options.empty_path.iter();
        if configured.any(|key| is_key_of(key, entry, &data.name)) {
            return true;
        }
        let declared = data.extensions.get(keys::ALLOW_EMPTY).and_then(Value::as_bool);
        declared.unwrap_or_else(|| {
            let is_last = entry.path.ends_with(&format!("/{{{}}}", data.name));
            let is_described = is_last && description.is_some_and(allows_empty);
            if is_described {
                let message = format!("`{}` may be empty, as its description states", data.name);
                self.schemas.report_once(codes::EMPTY_PATH, at, message);
            }
            is_described
        })
    }
}

/// Words of a sentence that forbids the parameter to be empty.
const FORBIDDING: [&str; 18] = [
    "not",
    "non",
    "never",
    "no",
    "cannot",
    "can't",
    "mustn't",
    "shouldn't",
    "without",
    "must",
    "error",
    "errors",
    "fails",
    "fail",
    "invalid",
    "rejected",
    "refused",
    "required",
];

/// Words that may follow `empty` in a sentence about the parameter's value; the sentence may also end with it.
const FOLLOWING: [&str; 12] = [
    "for", "to", "string", "means", "is", "value", "path", "text", "stands", "refers", "in",
    "selects",
];

/// `true` if a description assigns a meaning to the empty text (`empty for the root`, `may be empty`, `an empty string
/// for the default server`) other than an error.
pub(in crate::api) fn allows_empty(description: &str) -> bool {
    let lower = description.to_lowercase();
    let mut sentences = lower.split(['.', ';', '\n']);
    sentences.any(|sentence| {
        let words: Vec<&str> = sentence
            .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
            .filter(|word| !word.is_empty())
            .collect();
        let is_allowing = |(at, word): (usize, &&str)| {
            let next = words.get(at + 1);
            *word == "empty" && next.is_none_or(|next| FOLLOWING.contains(next))
        };
        !words.iter().any(|word| FORBIDDING.contains(word))
            && words.iter().enumerate().any(is_allowing)
    })
}

/// Returns the location and the name that identify a parameter. Names of headers ignore case (RFC 9110, section 5.1).
fn identity(parameter: &openapi::Parameter) -> (u8, String) {
    let name = &parameter.parameter_data_ref().name;
    match parameter {
        openapi::Parameter::Query { .. } => (0, name.clone()),
        openapi::Parameter::Header { .. } => (1, name.to_ascii_lowercase()),
        openapi::Parameter::Path { .. } => (2, name.clone()),
        openapi::Parameter::Cookie { .. } => (3, name.clone()),
    }
}

fn location(parameter: &openapi::Parameter) -> Location {
    match parameter {
        openapi::Parameter::Query { parameter_data, .. } => {
            match flag(parameter_data, keys::QUERYSTRING) {
                true => Location::QueryString,
                false => Location::Query,
            }
        }
        openapi::Parameter::Header { .. } => Location::Header,
        openapi::Parameter::Path { .. } => Location::Path,
        openapi::Parameter::Cookie { .. } => Location::Cookie,
    }
}

/// `true` if an extension of the normal form is `true`.
fn flag(data: &ParameterData, key: &str) -> bool {
    let value = data.extensions.get(key);
    value.and_then(Value::as_bool).unwrap_or_default()
}

/// Returns the serialization of a parameter: as declared, else the default of the location (OpenAPI 3.2, section
/// 4.12.2.2).
fn encoding(parameter: &openapi::Parameter) -> ParameterEncoding {
    let data = parameter.parameter_data_ref();
    let (default, reserved, empty) = match parameter {
        openapi::Parameter::Query { style, allow_reserved, allow_empty_value, .. } => {
            (query_style(style), *allow_reserved, *allow_empty_value)
        }
        openapi::Parameter::Header { .. } => (Style::Simple, false, None),
        openapi::Parameter::Path { style, .. } => {
            let style = match style {
                PathStyle::Matrix => Style::Matrix,
                PathStyle::Label => Style::Label,
                PathStyle::Simple => Style::Simple,
            };
            (style, false, None)
        }
        openapi::Parameter::Cookie { .. } => (Style::Form, false, None),
    };
    let declared = data.extensions.get(keys::STYLE).and_then(Value::as_str);
    let style = declared.and_then(Style::named).unwrap_or(default);
    ParameterEncoding::Style {
        explode: data.explode.unwrap_or(style == Style::Form),
        style,
        allow_reserved: reserved || flag(data, keys::ALLOW_RESERVED),
        allow_empty: empty.unwrap_or_default(),
        nested: match &data.format {
            ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) => nested_styles(schema),
            ParameterSchemaOrContent::Schema(_) | ParameterSchemaOrContent::Content(_) => {
                Vec::new()
            }
        },
    }
}

/// Returns the styles of lists within the list (Swagger 2.0, `collectionFormat` of `items`), the outer ones first.
pub(super) fn nested_styles(schema: &Schema) -> Vec<Style> {
    let mut styles = Vec::new();
    let mut schema = schema;
    while let Some(ReferenceOr::Item(items)) = &schema.keywords().items {
        let declared = items.extension(keys::COLLECTION_FORMAT);
        styles.push(match declared.and_then(Value::as_str) {
            Some("csv") => Style::Form,
            Some("ssv") => Style::SpaceDelimited,
            Some("tsv") => Style::TabDelimited,
            Some("pipes") => Style::PipeDelimited,
            Some(_) | None => break,
        });
        schema = items;
    }
    styles
}

pub(super) fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}
