//! An operation as a list of pages: its query parameters, and what a page holds.

use crate::api::model::{
    Codec, Location, Object, Operation, Parameter, Response, Schema, SchemaId, Schemas, Shape,
    Status, Use,
};

/// How far a chain of names for one another is followed.
const LONGEST_CHAIN: usize = 64;

/// Looks at an operation and the schemas behind it.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub operation: &'a Operation,
    pub schemas: &'a Schemas,
}

/// A member of a page and the path to it.
pub struct Member<'a> {
    pub path: Vec<String>,
    pub value: &'a Use,
}

/// A name without what writers vary: `next_page-token` is `nextpagetoken`.
pub fn plain(name: &str) -> String {
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    kept.collect::<String>().to_ascii_lowercase()
}

impl<'a> View<'a> {
    /// The reply of success.
    pub fn reply(&self) -> Option<&'a Response> {
        let mut replies = self.operation.responses.iter();
        replies.find(|reply| matches!(reply.status, Status::Exact(200..=299) | Status::Range(2)))
    }

    /// What a page is: the JSON of the reply.
    pub fn page(&self) -> Option<&'a Use> {
        let contents = &self.reply()?.contents;
        contents
            .iter()
            .find(|content| content.codec == Codec::Json)?
            .value
            .as_ref()
    }

    /// A schema, names for one another followed.
    pub fn schema(&self, id: SchemaId) -> Option<&'a Schema> {
        let mut schema = self.schemas.get(id)?;
        for _ in 0..LONGEST_CHAIN {
            let Shape::Alias(usage) = &schema.shape else {
                return Some(schema);
            };
            schema = self.schemas.get(usage.schema)?;
        }
        None
    }

    pub fn shape(&self, usage: &Use) -> Option<&'a Shape> {
        self.schema(usage.schema).map(|schema| &schema.shape)
    }

    pub fn object(&self, usage: &Use) -> Option<&'a Object> {
        if let Some(Shape::Object(object)) = self.shape(usage) {
            return Some(object);
        }
        None
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

    /// Whether something can be counted in it: documents say `number` where they mean whole ones.
    pub fn is_count(&self, usage: &Use) -> bool {
        matches!(
            self.shape(usage),
            Some(Shape::Integer(_) | Shape::Number(_))
        )
    }

    /// The query parameter of exactly this name.
    pub fn parameter(&self, name: &str) -> Option<&'a Parameter> {
        let mut parameters = self.operation.parameters.iter();
        parameters.find(|parameter| parameter.location == Location::Query && parameter.name == name)
    }

    /// The query parameter that has the first of these plain names.
    pub fn one_of(&self, names: &[&str]) -> Option<&'a Parameter> {
        let in_query = |parameter: &&Parameter| parameter.location == Location::Query;
        names.iter().find_map(|name| {
            let mut parameters = self.operation.parameters.iter().filter(in_query);
            parameters.find(|parameter| plain(&parameter.name) == *name)
        })
    }

    /// The member at a path from a page inwards.
    pub fn at(&self, path: &[String]) -> Option<&'a Use> {
        self.from(self.page()?, path)
    }

    /// The member at a path from a value inwards.
    pub fn from(&self, mut value: &'a Use, path: &[String]) -> Option<&'a Use> {
        for name in path {
            value = &self.object(value)?.properties.get(name)?.value;
        }
        Some(value)
    }

    /// What a list holds.
    pub fn item(&self, list: &Use) -> Option<&'a Use> {
        if let Some(Shape::List(list)) = self.shape(list) {
            return Some(&list.item);
        }
        None
    }

    /// The members of a page, and those of the objects in it.
    pub fn members(&self) -> Vec<Member<'a>> {
        let own = self.page().map(|page| self.within(page, &[]));
        let own = own.unwrap_or_default();
        let inner: Vec<_> = own
            .iter()
            .flat_map(|member| self.within(member.value, &member.path))
            .collect();
        own.into_iter().chain(inner).collect()
    }

    fn within(&self, usage: &Use, path: &[String]) -> Vec<Member<'a>> {
        let Some(object) = self.object(usage) else {
            return Vec::new();
        };
        let properties = object.properties.iter();
        let member = |(name, property): (&String, &'a crate::api::model::Property)| Member {
            path: path.iter().chain([name]).cloned().collect(),
            value: &property.value,
        };
        properties.map(member).collect()
    }
}

impl Member<'_> {
    /// Its own plain name.
    pub fn name(&self) -> String {
        self.path.last().map(|name| plain(name)).unwrap_or_default()
    }
}
