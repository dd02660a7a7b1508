//! Anchors and the copies that aliases make of their values.

use crate::syntax::interner::Interner;
use crate::syntax::{Node, Object, OriginId, OriginTable, SyntaxErrorKind, Value, DEEPEST};
use std::collections::BTreeMap;

/// The values that aliases may make in any file.
const BASE_BUDGET: usize = 20_000;
/// The values that aliases may make in addition, for each byte of the text.
const BUDGET_PER_BYTE: usize = 8;

/// The values with anchors that are complete, by the numbers of their anchors.
pub(super) struct Anchors {
    known: BTreeMap<usize, Anchored>,
    /// The values that may still be copied: nested aliases multiply, and this is the bound.
    budget: usize,
}

struct Anchored {
    node: Node,
    /// The text of a scalar, for an alias that is a key.
    text: Option<String>,
}

impl Anchors {
    pub fn new(text: &str) -> Self {
        Self {
            known: BTreeMap::new(),
            budget: BASE_BUDGET.saturating_add(text.len().saturating_mul(BUDGET_PER_BYTE)),
        }
    }

    /// Stores a value for aliases, if it has an anchor; anchors within anchors multiply too.
    pub fn store(
        &mut self,
        anchor: usize,
        node: &Node,
        text: Option<&str>,
    ) -> Result<(), SyntaxErrorKind> {
        if anchor > 0 {
            spend(&mut self.budget, node)?;
            let (node, text) = (node.clone(), text.map(str::to_owned));
            self.known.insert(anchor, Anchored { node, text });
        }
        Ok(())
    }

    /// The text of an alias that is a key.
    pub fn text(&self, anchor: usize) -> Result<&str, SyntaxErrorKind> {
        let text = complete(&self.known, anchor)?.text.as_deref();
        text.ok_or_else(|| SyntaxErrorKind::Yaml("expected a key that is text".to_owned()))
    }

    /// A copy of the value of an alias, with origins below `origin` at this depth.
    pub fn copy(
        &mut self,
        anchor: usize,
        origin: OriginId,
        depth: usize,
        table: &mut OriginTable,
        keys: &mut Interner,
    ) -> Result<Node, SyntaxErrorKind> {
        let anchored = complete(&self.known, anchor)?;
        spend(&mut self.budget, &anchored.node)?;
        copy(&anchored.node, origin, depth, table, keys)
    }
}

fn complete(
    known: &BTreeMap<usize, Anchored>,
    anchor: usize,
) -> Result<&Anchored, SyntaxErrorKind> {
    let message = "an alias refers to a value that contains it";
    let value = known.get(&anchor);
    value.ok_or_else(|| SyntaxErrorKind::Yaml(message.to_owned()))
}

fn spend(budget: &mut usize, node: &Node) -> Result<(), SyntaxErrorKind> {
    *budget = budget.checked_sub(1).ok_or(SyntaxErrorKind::TooManyAliases)?;
    match &node.value {
        Value::List(items) => items.iter().try_for_each(|item| spend(budget, item)),
        Value::Object(members) => members.values().try_for_each(|member| spend(budget, member)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => Ok(()),
    }
}

/// The same value with origins below `origin`.
fn copy(
    node: &Node,
    origin: OriginId,
    depth: usize,
    table: &mut OriginTable,
    keys: &mut Interner,
) -> Result<Node, SyntaxErrorKind> {
    let value = match &node.value {
        Value::List(_) | Value::Object(_) if depth >= DEEPEST => {
            return Err(SyntaxErrorKind::TooDeep)
        }
        Value::List(items) => {
            let mut copied = Vec::with_capacity(items.len());
            for (index, item) in items.iter().enumerate() {
                let number = keys.index(index);
                let inner = table.child(origin, keys.get(number));
                copied.push(copy(item, inner, depth + 1, table, keys)?);
            }
            Value::List(copied)
        }
        Value::Object(members) => {
            let mut copied = Object::default();
            for (key, member) in members {
                let inner = table.child(origin, key.clone());
                let member = copy(member, inner, depth + 1, table, keys)?;
                copied.insert(key.clone(), member);
            }
            Value::Object(copied)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => node.value.clone(),
    };
    Ok(Node::new(origin, value))
}
