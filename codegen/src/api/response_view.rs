//! View of an operation's query parameters and of the JSON in its successful response.

use super::model::{
    Codec, Location, Object, Operation, Parameter, Response, Schema, SchemaId, Schemas, Shape,
    Status, Use,
};

/// An operation and the schemas that it refers to.
#[derive(Clone, Copy)]
pub(super) struct ResponseView<'a> {
    pub operation: &'a Operation,
    pub schemas: &'a Schemas,
}

/// A property in a response.
pub(super) struct Property<'a> {
    /// Names of properties, from the response inwards.
    pub path: Vec<String>,
    pub value: &'a Use,
}

impl Property<'_> {
    /// Returns the property's own plain name.
    pub fn name(&self) -> String {
        self.path.last().map(|name| plain(name)).unwrap_or_default()
    }
}

/// Returns a name without case and separators: `nextpagetoken` for `next_page-token`.
pub(super) fn plain(name: &str) -> String {
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    name.to_ascii_lowercase()
}

impl<'a> ResponseView<'a> {
    /// Returns the successful response.
    pub fn response(&self) -> Option<&'a Response> {
        let mut responses = self.operation.responses.iter();
        responses.find(|one| matches!(one.status, Status::Exact(200..=299) | Status::Range(2)))
    }

    /// Returns the JSON of the successful response.
    pub fn page(&self) -> Option<&'a Use> {
        let mut contents = self.response()?.contents.iter();
        let json = contents.find(|content| content.codec == Codec::Json)?;
        json.value.as_ref()
    }

    /// Returns a schema, aliases resolved.
    pub fn schema(&self, id: SchemaId) -> Option<&'a Schema> {
        self.schemas.resolved(id)
    }

    pub fn shape(&self, usage: &Use) -> Option<&'a Shape> {
        self.schema(usage.schema).map(|schema| &schema.shape)
    }

    pub fn object(&self, usage: &Use) -> Option<&'a Object> {
        let Shape::Object(object) = self.shape(usage)? else {
            return None;
        };
        Some(object)
    }

    pub fn is_list(&self, usage: &Use) -> bool {
        matches!(self.shape(usage), Some(Shape::List(_)))
    }

    pub fn is_text(&self, usage: &Use) -> bool {
        matches!(self.shape(usage), Some(Shape::Text(_)))
    }

    pub fn is_integer(&self, usage: &Use) -> bool {
        matches!(self.shape(usage), Some(Shape::Integer(_)))
    }

    /// `true` for numbers: documents declare `number` for counts.
    pub fn is_count(&self, usage: &Use) -> bool {
        matches!(self.shape(usage), Some(Shape::Integer(_) | Shape::Number(_)))
    }

    /// Returns the query parameter of exactly this name.
    pub fn query_parameter(&self, name: &str) -> Option<&'a Parameter> {
        self.query_parameters().find(|parameter| parameter.name == name)
    }

    /// Returns the query parameter with the first of these plain names.
    pub fn parameter_named(&self, names: &[&str]) -> Option<&'a Parameter> {
        let find = |name: &&str| self.query_parameters().find(|one| plain(&one.name) == *name);
        names.iter().find_map(find)
    }

    fn query_parameters(&self) -> impl Iterator<Item = &'a Parameter> {
        let parameters = self.operation.parameters.iter();
        parameters.filter(|parameter| parameter.location == Location::Query)
    }

    /// Returns the property at a path from the response inwards.
    pub fn at(&self, path: &[String]) -> Option<&'a Use> {
        self.within(self.page()?, path)
    }

    /// Returns the property at a path from a value inwards.
    pub fn within(&self, value: &'a Use, path: &[String]) -> Option<&'a Use> {
        path.iter().try_fold(value, |value, name| {
            let property = self.object(value)?.properties.get(name)?;
            Some(&property.value)
        })
    }

    /// Returns the items of a list.
    pub fn item(&self, list: &Use) -> Option<&'a Use> {
        let Shape::List(list) = self.shape(list)? else {
            return None;
        };
        Some(&list.item)
    }

    /// Returns the path of the property with the first of these plain names and a fitting schema.
    pub fn property_named(
        &self,
        names: &[&str],
        fits: impl Fn(&Use) -> bool,
    ) -> Option<Vec<String>> {
        let properties = self.properties();
        let is_match = |name: &str, one: &Property| one.name() == name && fits(one.value);
        let find = |name: &&str| properties.iter().find(|one| is_match(name, one));
        names.iter().find_map(find).map(|property| property.path.clone())
    }

    /// Returns the properties of the response, and of the objects in it.
    pub fn properties(&self) -> Vec<Property<'a>> {
        let Some(page) = self.page() else {
            return Vec::new();
        };
        let mut properties = self.properties_of(page, &[]);
        for at in 0..properties.len() {
            let inner = properties.get(at).map(|one| self.properties_of(one.value, &one.path));
            properties.extend(inner.unwrap_or_default());
        }
        properties
    }

    fn properties_of(&self, usage: &Use, path: &[String]) -> Vec<Property<'a>> {
        let properties = self.object(usage).into_iter().flat_map(|object| &object.properties);
        properties
            .map(|(name, property)| Property {
                path: path.iter().chain([name]).cloned().collect(),
                value: &property.value,
            })
            .collect()
    }
}
