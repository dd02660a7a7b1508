//! The XML Object of a use: that of the place itself before that of the schema.

use super::table::Reason;
use crate::api::model::{Schemas, Shape, Use, Xml, XmlName};

/// Maximum number of aliases that are followed.
const MAX_DEPTH: usize = 64;

/// Prefixes that stand for one namespace in every document.
const RESERVED: [&str; 3] = ["xml", "xmlns", "xsi"];

/// Returns what the document says of a use in XML.
pub(super) fn xml(schemas: &Schemas, used: &Use) -> Xml {
    let mut xml = Xml::default();
    let mut next = Some(used);
    for _ in 0..MAX_DEPTH {
        let Some(used) = next else { break };
        let schema = schemas.get(used.schema);
        let declared = [used.xml.as_deref(), schema.and_then(|schema| schema.xml.as_deref())];
        for one in declared.into_iter().flatten() {
            // A prefix belongs to the namespace beside it.
            if xml.namespace.is_none() {
                xml.prefix = xml.prefix.or_else(|| one.prefix.clone());
                xml.namespace.clone_from(&one.namespace);
            }
            xml.name = xml.name.or_else(|| one.name.clone());
            xml.node = xml.node.or_else(|| one.node.clone());
        }
        next = match schema.map(|schema| &schema.shape) {
            Some(Shape::Alias(target)) => Some(target),
            Some(_) | None => None,
        };
    }
    xml
}

/// Returns the name of an element or attribute: the declared one, or the one that its place implies.
pub(super) fn name(xml: &Xml, implied: &str, at: &str) -> Result<XmlName, Reason> {
    let local = xml.name.as_deref().unwrap_or(implied);
    if !is_name(local) {
        return Err(Reason(format!("`{local}` of `#{at}` is no name in XML")));
    }
    let prefix = xml.prefix.clone().filter(|prefix| !prefix.is_empty());
    let namespace = xml.namespace.clone().filter(|namespace| !namespace.is_empty());
    if let Some(prefix) = &prefix {
        if namespace.is_none() {
            return Err(Reason(format!("the prefix `{prefix}` of `#{at}` has no `namespace`")));
        }
        if !is_name(prefix) || RESERVED.contains(&prefix.as_str()) {
            return Err(Reason(format!("`{prefix}` of `#{at}` is no prefix of its own")));
        }
    }
    Ok(XmlName { local: local.to_owned(), prefix, namespace })
}

/// `true` if a text can be a name without a prefix (Namespaces in XML 1.0, section 3).
fn is_name(text: &str) -> bool {
    let is_first = |letter: char| letter.is_alphabetic() || letter == '_';
    let is_other = |letter: char| is_first(letter) || letter.is_numeric() || "-.·".contains(letter);
    text.starts_with(is_first) && text.chars().all(is_other)
}
