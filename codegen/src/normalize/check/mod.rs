//! The walk that compares a document with the vocabularies. Members that violate them are reported, and repaired or removed
//! at the smallest possible place.
//!
//! The same walk rewrites each object to 3.0, after its members.

mod scalar;

use super::context::Context;
use super::object_kinds::{Form, Kind, Row, V2};
use super::version::Version;
use super::{extension_keys, repair, v2, v3_1, v3_2};
use crate::diagnostics::codes::normalize as codes;
use crate::diagnostics::Diagnostic;
use crate::syntax::{Node, Object, Value};

/// Checks and rewrites an object; `false` if it has to be removed.
pub(super) fn object(context: &mut Context<'_>, kind: Kind, node: &mut Node) -> bool {
    if node.as_object().is_none() && !repair::stand_in(context, kind, node) {
        let message = format!("{} has to be an object; this is {}", kind.name(), node.described());
        context.report(codes::WRONG_TYPE, node.origin, message);
        return false;
    }
    repair::before(context, kind, node);
    if let Some(members) = node.as_object_mut() {
        members.retain(|key, member| self::member(context, kind, key, member));
    }
    let complete = repair::complete(context, kind, node);
    if complete {
        rewrite(context, kind, node);
    }
    complete
}

/// Rewrites an object after its members.
#[allow(clippy::wildcard_enum_match_arm, reason = "most kinds of object need nothing here")]
pub(super) fn rewrite(context: &mut Context<'_>, kind: Kind, node: &mut Node) {
    match kind {
        Kind::Schema => {
            v2::items(context, node);
            v3_1::schema(node);
            repair::finish_schema(context, node);
        }
        Kind::Parameter => {
            v3_2::querystring(node);
            v2::flat(context, node);
        }
        Kind::Header => v2::flat(context, node),
        Kind::SecurityScheme => {
            v2::scheme(node);
            v3_1::scheme(node);
        }
        _ => {}
    }
    extension_keys::carry(context, kind, node);
}

/// Checks a member; `false` if it has to be removed.
fn member(context: &mut Context<'_>, kind: Kind, key: &str, node: &mut Node) -> bool {
    if key.starts_with("x-") {
        return true;
    }
    let row = kind.row(key).filter(|row| !is_obsolete(context, kind, row));
    let Some(row) = row else {
        unknown_member(context, kind, key, node);
        return false;
    };
    if node.is_null() && !matches!(row.form, Form::Any) {
        return null_member(context, kind, key, node);
    }
    if !row.key.is_empty() && !row.is_in(context.version) && !is_tolerated(kind, key) {
        let message = format!(
            "`{key}` of {} does not exist in {}; its meaning in other versions is used",
            kind.name(),
            context.version.name()
        );
        context.report_key(codes::OTHER_VERSION, node.origin, message);
    }
    form(context, &row.form, key, node)
}

/// `true` for a key of 2.0 without a meaning in later versions. Keys for which later versions only have another spelling
/// are accepted.
fn is_obsolete(context: &Context<'_>, kind: Kind, row: &Row) -> bool {
    let has_equivalent =
        matches!(kind, Kind::Parameter | Kind::Header | Kind::Schema | Kind::SecurityScheme);
    row.versions == V2 && context.version != Version::V2_0 && !has_equivalent
}

/// `true` for keywords of other versions that are accepted without a note.
fn is_tolerated(kind: Kind, key: &str) -> bool {
    kind == Kind::Schema
        && matches!(key, "$comment" | "$schema" | "$id" | "id" | "collectionFormat")
}

fn null_member(context: &mut Context<'_>, kind: Kind, key: &str, node: &mut Node) -> bool {
    if matches!(kind, Kind::Paths | Kind::Callback) || key == "schema" {
        node.value = Value::Object(Object::default());
        return true;
    }
    let message = format!("`{key}` of {} has no value; it is ignored", kind.name());
    context.report_key(codes::NULL_MEMBER, node.origin, message);
    false
}

fn unknown_member(context: &mut Context<'_>, kind: Kind, key: &str, node: &Node) {
    let message = format!("unknown field `{key}` in {}; it is ignored", kind.title());
    let place = context.loaded.key_place(node.origin);
    let help = kind.nearest(key, context.version).map(|near| format!("is `{near}` meant?"));
    context.diagnostics.record(Diagnostic { code: codes::UNKNOWN_KEY, place, message, help });
}

/// Compares a value with its form; `false` if it has to be removed.
pub(super) fn form(context: &mut Context<'_>, form: &Form, key: &str, node: &mut Node) -> bool {
    match form {
        Form::Any => true,
        Form::Text => scalar::text(context, key, node),
        Form::Pattern => scalar::pattern(context, key, node),
        Form::Bool => scalar::boolean(context, key, node),
        Form::Number => scalar::number(context, key, node),
        Form::Count => scalar::count(context, key, node),
        Form::Bound => scalar::bound(context, key, node),
        Form::Types => scalar::types(context, key, node),
        Form::Inline(kind) => object(context, *kind, node),
        Form::Ref(kind) => reference_or(context, *kind, node),
        Form::SchemaOrBool => node.as_bool().is_some() || reference_or(context, Kind::Schema, node),
        Form::SchemaOrList => match node.as_list() {
            Some(_) => list(context, &Form::Ref(Kind::Schema), key, node),
            None => reference_or(context, Kind::Schema, node),
        },
        Form::Dependencies => match node.as_list() {
            Some(_) => list(context, &Form::Text, key, node),
            None => reference_or(context, Kind::Schema, node),
        },
        Form::List(inner) => list(context, inner, key, node),
        Form::Map(inner) => map(context, inner, key, node),
    }
}

/// Checks an object, or a reference to one, which stays unchanged.
fn reference_or(context: &mut Context<'_>, kind: Kind, node: &mut Node) -> bool {
    let is_only_member = node.as_object().is_some_and(|members| members.len() == 1);
    if node.text_of("$ref").is_none() || (kind == Kind::Schema && !is_only_member) {
        return object(context, kind, node);
    }
    if is_only_member {
        return true;
    }
    let target = node.get("$ref").cloned();
    for (key, member) in node.as_object_mut().into_iter().flatten() {
        if !matches!(&**key, "$ref" | "summary" | "description") && !key.starts_with("x-") {
            let message = format!("`{key}` next to `$ref` has no effect");
            context.report_key(codes::BESIDE_REFERENCE, member.origin, message);
        }
    }
    if let Some(target) = target {
        *node = Node::object(node.origin).with("$ref", target);
    }
    true
}

fn list(context: &mut Context<'_>, inner: &Form, key: &str, node: &mut Node) -> bool {
    if node.as_list().is_none() {
        let is_object = matches!(inner, Form::Map(_) | Form::Inline(_) | Form::Ref(_));
        let is_text = matches!(inner, Form::Text);
        let fits =
            (is_text && node.as_text().is_some()) || (is_object && node.as_object().is_some());
        if !fits {
            let message = format!("`{key}` has to be an array; this is {}", node.described());
            context.report(codes::WRONG_TYPE, node.origin, message);
            return false;
        }
        let message = format!("`{key}` has to be an array; this is read as its only item");
        context.report(codes::LONELY_ITEM, node.origin, message);
        let only = std::mem::replace(node, Node::list(node.origin, Vec::new()));
        *node = Node::list(only.origin, vec![only]);
    }
    if let Some(items) = node.as_list_mut() {
        items.retain_mut(|item| form(context, inner, key, item));
    }
    true
}

fn map(context: &mut Context<'_>, inner: &Form, key: &str, node: &mut Node) -> bool {
    let Some(members) = node.as_object_mut() else {
        let message = format!("`{key}` has to be an object; this is {}", node.described());
        context.report(codes::WRONG_TYPE, node.origin, message);
        return false;
    };
    if key == "patternProperties" {
        scalar::patterns(context, members);
    }
    members.retain(|name, member| {
        if member.is_null() && !matches!(inner, Form::Any) {
            return empty_member(context, inner, name, member);
        }
        form(context, inner, name, member)
    });
    true
}

/// Checks a member of a map without a value, which becomes an empty object if that has a meaning.
fn empty_member(context: &mut Context<'_>, inner: &Form, name: &str, node: &mut Node) -> bool {
    if matches!(inner, Form::List(_)) {
        node.value = Value::List(Vec::new());
        return true;
    }
    let is_meaningful = matches!(inner, Form::Inline(Kind::MediaType) | Form::Ref(Kind::Schema));
    let consequence = if is_meaningful { "it is read as an empty object" } else { "it is ignored" };
    let message = format!("`{name}` has no value; {consequence}");
    context.report_key(codes::NULL_MEMBER, node.origin, message);
    if is_meaningful {
        node.value = Value::Object(Object::default());
    }
    is_meaningful
}
