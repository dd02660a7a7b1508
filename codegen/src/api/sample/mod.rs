//! Values to send: the document's own examples where they fit, else made from the schema.

mod fits;
mod number;
mod object;
mod pattern;
mod text;

use super::model::{Api, Json, List, Schema, SchemaId, Shape, Tuple, Union, Use};

/// How deep values are made inside one another; what is optional below is left out.
const DEEPEST: usize = 6;

/// Makes values of one document's schemas.
#[derive(Clone, Copy, Debug)]
pub struct Sampler<'a> {
    api: &'a Api,
    /// Whether members that may be left out are made too.
    all: bool,
    /// Whether the value goes out as text, in which `1` is both a number and a text.
    as_text: bool,
}

/// Where a value is made.
#[derive(Clone, Copy, Debug)]
struct At<'h> {
    depth: usize,
    /// What an example further out has here.
    hint: Option<&'h Json>,
}

impl<'a> Sampler<'a> {
    /// Values with what they require.
    pub fn required(api: &'a Api) -> Self {
        Self {
            api,
            all: false,
            as_text: false,
        }
    }

    /// Values with everything that they may have.
    pub fn everything(api: &'a Api) -> Self {
        Self {
            api,
            all: true,
            as_text: false,
        }
    }

    /// For values that go out as text: parameters.
    pub fn as_text(self) -> Self {
        Self {
            as_text: true,
            ..self
        }
    }

    /// A value for this place; `None` where there can be none.
    pub fn value(&self, used: &Use) -> Option<Json> {
        let top = At {
            depth: 0,
            hint: None,
        };
        self.used(used, top)
    }

    fn used(&self, used: &Use, at: At<'_>) -> Option<Json> {
        let own = used.examples.iter().chain(&used.default);
        let hints = at.hint.into_iter().chain(own);
        self.schema(used.schema, &hints.collect::<Vec<_>>(), at.depth)
    }

    fn schema(&self, id: SchemaId, hints: &[&Json], depth: usize) -> Option<Json> {
        let schema = self.api.schemas.get(id)?;
        let own = schema.examples.iter().chain(&schema.default);
        let hints: Vec<_> = hints.iter().copied().chain(own).collect();
        let mut fitting = hints.iter().filter(|hint| self.fits(schema, hint, depth));
        let hint = fitting.next().copied();
        if depth > DEEPEST {
            return hint.cloned();
        }
        if let (Shape::Alias(next), true) = (&schema.shape, hint.is_none()) {
            return self.schema(next.schema, &hints, depth + 1);
        }
        self.made(schema, At { depth, hint })
    }

    /// A value of the schema; a hint fits it.
    fn made(&self, schema: &Schema, at: At<'_>) -> Option<Json> {
        let Schema {
            shape,
            constraints: limits,
            ..
        } = schema;
        let hint = at.hint.cloned();
        match shape {
            Shape::Object(object) => self.object(object, limits, at),
            Shape::List(list) => self.list(list, schema, at),
            Shape::Tuple(tuple) => hint.or_else(|| self.tuple(tuple, at)),
            Shape::Union(union) => self.union(union, at),
            Shape::Alias(next) => self.used(next, at.deeper(at.hint)),
            Shape::Never => None,
            Shape::Null => Some(Json::Null),
            Shape::Bool => hint.or(Some(Json::Bool(true))),
            Shape::Integer(_) => hint.or_else(|| number::integer(limits)),
            Shape::Number(_) => hint.or_else(|| number::number(limits)),
            Shape::Text(format) => hint.or_else(|| text::text(format, limits)),
            Shape::Choice(choice) => {
                hint.or_else(|| choice.values.first().map(|value| value.wire.clone()))
            }
            Shape::Any(_) => hint.or_else(|| Some(Json::from("text"))),
        }
    }

    fn list(&self, list: &List, schema: &Schema, at: At<'_>) -> Option<Json> {
        let limits = &schema.constraints;
        let shown = at.hint.and_then(Json::as_array);
        let least = limits.min_items.unwrap_or_default().min(100);
        let most = limits.max_items.unwrap_or(u64::MAX);
        let wanted = match shown {
            Some(shown) => u64::try_from(shown.len()).unwrap_or_default(),
            None => 1,
        };
        let mut items: Vec<Json> = Vec::new();
        for index in 0..wanted.max(least).min(most) {
            let index = usize::try_from(index).ok()?;
            let hint = shown.and_then(|shown| shown.get(index));
            let Some(mut item) = self.used(&list.item, at.deeper(hint)) else {
                break;
            };
            if limits.unique_items && items.contains(&item) {
                let mut others = (index..index + 16)
                    .filter_map(|turn| self.another(list.item.schema, item.clone(), turn));
                item = others.find(|other| !items.contains(other))?;
            }
            items.push(item);
        }
        let enough = u64::try_from(items.len()).is_ok_and(|count| count >= least);
        enough.then_some(Json::Array(items))
    }

    /// A value that differs from the first one made.
    fn another(&self, item: SchemaId, first: Json, index: usize) -> Option<Json> {
        let schema = self.api.schemas.get(item)?;
        if let Shape::Choice(choice) = &schema.shape {
            return choice.values.get(index).map(|value| value.wire.clone());
        }
        if let Shape::Alias(next) = &schema.shape {
            return self.another(next.schema, first, index);
        }
        if let (Shape::Text(format), Json::String(first)) = (&schema.shape, &first) {
            return text::another(format, &schema.constraints, (first, index));
        }
        match first {
            Json::String(text) => Some(Json::from(format!("{text}{index}"))),
            Json::Number(number) => Some(Json::from(number.as_u64()? + u64::try_from(index).ok()?)),
            Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
        }
    }

    fn tuple(&self, tuple: &Tuple, at: At<'_>) -> Option<Json> {
        let items = tuple
            .items
            .iter()
            .map(|item| self.used(item, at.deeper(None)));
        items.collect::<Option<Vec<_>>>().map(Json::Array)
    }

    /// The branch that a hint fits; else the first whose value is of no other branch, so that `oneOf` is content.
    fn union(&self, union: &Union, at: At<'_>) -> Option<Json> {
        let deeper = at.depth + 1;
        let fits = |used: &Use, value: &Json| {
            let schema = self.api.schemas.get(used.schema);
            let text = self.as_text && !value.is_string();
            let text = text.then(|| Json::from(value.to_string()));
            schema.is_some_and(|schema| {
                let read = text.is_some_and(|text| self.fits(schema, &text, deeper));
                read || self.fits(schema, value, deeper)
            })
        };
        let variants = || union.variants.iter().map(|variant| &variant.value);
        if let Some(hint) = at.hint {
            let mut fitting = variants().filter(|used| fits(used, hint));
            if let Some(used) = fitting.next() {
                return self.used(used, at.deeper(Some(hint)));
            }
        }
        let made: Vec<_> = variants()
            .filter_map(|used| self.used(used, at.deeper(None)))
            .collect();
        let alone = made
            .iter()
            .position(|value| variants().filter(|used| fits(used, value)).count() == 1);
        made.into_iter().nth(alone.unwrap_or_default())
    }
}

impl<'h> At<'h> {
    fn deeper(self, hint: Option<&'h Json>) -> Self {
        let depth = self.depth + 1;
        Self { depth, hint }
    }
}
