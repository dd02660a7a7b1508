//! Types: structs, enums and aliases, each with its members and its place in the document.

use super::code::{linked, list, ty, Remark, Row};
use super::diagnostics;
use super::index::{type_id, Index};
use super::markdown;
use crate::report::counted;
use maud::{html, Markup};
use typewright::emit::signature::{self, short};
use typewright::lower::model::{
    AdditionalMembers, Alias, Attributes, Choice, ChoiceBase, Crate, Field, Group, Item, Newtype,
    Presence, Record, Tagging, Union,
};
use typewright::names::Ident;

/// Types of more entries than this are folded.
const MAX_UNFOLDED: usize = 200;

/// All types, by name.
pub fn section(krate: &Crate, index: &Index<'_>) -> Markup {
    let mut items: Vec<&Item> = krate.types.iter().flat_map(|file| &file.items).collect();
    items.retain(|item| !matches!(item, Item::Validation(_)));
    items.sort_by_key(|item| item.name().text());
    let is_open = items.len() <= MAX_UNFOLDED;
    html! {
        section id="types" aria-labelledby="types-title" {
            h2 id="types-title" { "Types " span.count { (items.len()) } }
            @if items.is_empty() { p.empty { "No types." } }
            @for item in items { (entry(item, is_open, index)) }
        }
        @if !krate.incoming.is_empty() { (incoming(&krate.incoming, index)) }
    }
}

/// Payloads of the requests that the API sends.
fn incoming(aliases: &[Alias], index: &Index<'_>) -> Markup {
    html! {
        section id="incoming" aria-labelledby="incoming-title" {
            h2 id="incoming-title" { "Webhooks and callbacks " span.count { (aliases.len()) } }
            p.lead { "Payloads of the requests that the API sends, in the module " code { "incoming" } "." }
            @for alias in aliases {
                (article("type", &alias.name, &alias.attributes, Vec::new(), alias_body(alias, index), index))
            }
        }
    }
}

fn entry(item: &Item, is_open: bool, index: &Index<'_>) -> Markup {
    let fold = |label: String, content: Markup| {
        html! { details open[is_open] { summary { (label) } (content) } }
    };
    match item {
        Item::Record(record) => {
            let label = counted(record.fields.len(), "field");
            let content = fold(label, record_body(record, index));
            article("struct", &record.name, &record.attributes, Vec::new(), content, index)
        }
        Item::Choice(choice) => {
            let label = counted(choice.variants.len(), "variant");
            let content = fold(label, choice_body(choice));
            article("enum", &choice.name, &choice.attributes, Vec::new(), content, index)
        }
        Item::Union(union) => {
            let label = counted(union.variants.len(), "variant");
            let content = fold(label, union_body(union, index));
            let remark = vec![tagging(&union.tagging)];
            article("enum", &union.name, &union.attributes, remark, content, index)
        }
        Item::Newtype(Newtype { name, attributes, value, .. }) => {
            let content = html! { pre.signature { code { "struct " (name) "(" (ty(&value.ty, index)) ")" } } };
            article("struct", name, attributes, Vec::new(), content, index)
        }
        Item::Alias(alias) => {
            let content = alias_body(alias, index);
            article("type", &alias.name, &alias.attributes, Vec::new(), content, index)
        }
        Item::Validation(_) => html! {},
    }
}

fn alias_body(alias: &Alias, index: &Index<'_>) -> Markup {
    html! { pre.signature { code { "type " (alias.name) " = " (ty(&alias.ty, index)) } } }
}

fn article(
    keyword: &str,
    name: &Ident,
    attributes: &Attributes,
    remarks: Vec<Markup>,
    content: Markup,
    index: &Index<'_>,
) -> Markup {
    let id = type_id(name.text());
    let schema = index.schema(name);
    let place = schema.and_then(|schema| index.place(&schema.at.place));
    html! {
        article.entry.type id=(id) data-kind=(keyword) {
            h3 {
                span.keyword { (keyword) } " "
                code { a.anchor href=(format!("#{id}")) { (name) } }
                @if attributes.deprecated { " " span.badge.deprecated { "deprecated" } }
            }
            @if let Some(place) = place { p.place { (place) } }
            @if !attributes.docs.is_empty() { div.docs { (markdown::render(&attributes.docs)) } }
            @for remark in remarks { p.remark { (remark) } }
            (content)
            (diagnostics::links(&id, index))
        }
    }
}

fn record_body(record: &Record, index: &Index<'_>) -> Markup {
    let fields: Vec<Row<'_>> = record.fields.iter().map(|field| field_row(field, index)).collect();
    let constructor = record.construction.as_ref().map(|construction| {
        let arguments = short(&signature::constructor(record, construction));
        let named: Vec<_> = record.fields.iter().flat_map(|field| field.value.ty.named()).collect();
        let setters: Vec<String> =
            construction.setters.iter().map(|setter| format!(".{setter}(…)")).collect();
        html! {
            pre.signature { code {
                (record.name) "::new(" (linked(&arguments, &named, index)) ")"
                @for setter in &setters { "\n    " (setter) }
            } }
        }
    });
    html! {
        (list(&fields))
        @match &record.additional {
            AdditionalMembers::Stored(ident, value) => p.remark {
                "Other members: " code { b { (ident) } ": Map<" (ty(&value.ty, index)) ">" }
            },
            AdditionalMembers::Rejected => p.remark { "Other members are an error." },
            AdditionalMembers::Ignored => {},
        }
        @for group in &record.groups { (group_body(group)) }
        @if let Some(constructor) = constructor { p.label { "Construction" } (constructor) }
    }
}

fn group_body(group: &Group) -> Markup {
    let fields: Vec<String> = group.variants.iter().map(|one| one.field.to_string()).collect();
    html! {
        p.remark {
            "At most one of " code { (fields.join(", ")) } " is set; "
            code { (group.accessor) "()" } " returns it as " code { (group.name) } "."
        }
    }
}

fn field_row<'a>(field: &'a Field, index: &Index<'_>) -> Row<'a> {
    let default = field.default.as_ref();
    let default = default.map(|accessor| Remark::Default(accessor.ident.text()));
    let wire = Some(Remark::Wire(&field.name.wire));
    let wire = wire.filter(|_| field.name.wire != field.name.ident.text());
    let presence = Some(Remark::Words(presence(field.presence)));
    Row {
        name: field.name.ident.to_string(),
        ty: linked(&short(&signature::field(field)), &field.value.ty.named(), index),
        remarks: [presence, default, wire].into_iter().flatten().collect(),
        attributes: &field.attributes,
    }
}

fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::Optional => "optional",
        Presence::Nullable => "required, may be null",
        Presence::OptionalNullable => "optional, may be null",
        Presence::Lenient => "required, but responses may lack it",
    }
}

fn choice_body(choice: &Choice) -> Markup {
    let variants = choice.variants.iter().map(|variant| Row {
        name: variant.ident.to_string(),
        ty: html! {},
        remarks: vec![Remark::Wire(&variant.wire)],
        attributes: &variant.attributes,
    });
    let base = match choice.base {
        ChoiceBase::Text => "text",
        ChoiceBase::Integer => "integer",
        ChoiceBase::Value => "JSON",
    };
    html! {
        (list(&variants.collect::<Vec<_>>()))
        p.remark {
            @match &choice.unlisted {
                Some(unlisted) => { "Any other " (base) " is " code { (unlisted) } "." },
                None => "Any other value is an error.",
            }
        }
    }
}

fn union_body(union: &Union, index: &Index<'_>) -> Markup {
    let variants = union.variants.iter().map(|variant| Row {
        name: variant.ident.to_string(),
        ty: ty(&variant.value.ty, index),
        remarks: variant.tags.iter().map(|tag| Remark::Wire(tag)).collect(),
        attributes: &variant.attributes,
    });
    html! {
        (list(&variants.collect::<Vec<_>>()))
        @if let Some(unlisted) = &union.unlisted {
            p.remark { "Values with any other tag are " code { (unlisted) } "." }
        }
    }
}

fn tagging(tagging: &Tagging) -> Markup {
    html! {
        @match tagging {
            Tagging::Member(name, _) => { "The variant is determined by the member " code { (name) } "." },
            Tagging::Type => "The variant is determined by the JSON type.",
            Tagging::Keys => "The variant is determined by the members that are present.",
            Tagging::Text => "The variant is determined by the text.",
            Tagging::Event(_) => "The variant is determined by the name of the event.",
            Tagging::Trial => "The variant is the first one that the value fits.",
        }
    }
}
