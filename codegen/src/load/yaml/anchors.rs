//! What aliases stand for.

use super::super::keys::Keys;
use super::super::node::{Node, Object, Value};
use super::super::origin::{OriginId, OriginTable};
use super::reader::DEEPEST;
use super::Fault;
use std::collections::BTreeMap;

/// Values that a file of no length may have; more come with its length.
const LEAST_BUDGET: usize = 20_000;
/// Values that aliases may make of each byte.
const BUDGET_PER_BYTE: usize = 8;

/// The values with anchors that are complete, by the numbers of their anchors.
pub(super) struct Anchors {
    known: BTreeMap<usize, Anchored>,
    /// Values that may still be copied: aliases multiply, and this is the bound.
    budget: usize,
}

struct Anchored {
    node: Node,
    /// A scalar as it is written, for where it is a key.
    text: Option<String>,
}

impl Anchors {
    pub fn new(text: &str) -> Self {
        Self {
            known: BTreeMap::new(),
            budget: LEAST_BUDGET.saturating_add(text.len().saturating_mul(BUDGET_PER_BYTE)),
        }
    }

    /// Keeps a value for aliases, if it has an anchor; anchors within anchors multiply too.
    pub fn keep(&mut self, anchor: usize, node: &Node, text: Option<&str>) -> Result<(), Fault> {
        if anchor > 0 {
            spend(&mut self.budget, node)?;
            let (node, text) = (node.clone(), text.map(str::to_owned));
            self.known.insert(anchor, Anchored { node, text });
        }
        Ok(())
    }

    /// The text of an alias that is a key.
    pub fn text(&self, anchor: usize) -> Result<&str, Fault> {
        let text = whole(&self.known, anchor)?.text.as_deref();
        text.ok_or_else(|| Fault::Syntax("expected a key that is text".to_owned()))
    }

    /// What an alias stands for, as a value of its own at the alias' place, which is so many values deep.
    pub fn copy(
        &mut self,
        anchor: usize,
        at: (OriginId, usize),
        table: &mut OriginTable,
        keys: &mut Keys,
    ) -> Result<Node, Fault> {
        let anchored = whole(&self.known, anchor)?;
        spend(&mut self.budget, &anchored.node)?;
        copy(&anchored.node, at, table, keys)
    }
}

fn whole(known: &BTreeMap<usize, Anchored>, anchor: usize) -> Result<&Anchored, Fault> {
    let message = "an alias stands within what it is an alias of";
    let whole = known.get(&anchor);
    whole.ok_or_else(|| Fault::Syntax(message.to_owned()))
}

fn spend(budget: &mut usize, node: &Node) -> Result<(), Fault> {
    *budget = budget.checked_sub(1).ok_or(Fault::TooLarge)?;
    match &node.value {
        Value::List(items) => items.iter().try_for_each(|item| spend(budget, item)),
        Value::Object(members) => members
            .values()
            .try_for_each(|member| spend(budget, member)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => Ok(()),
    }
}

/// The same value with origins of its own.
fn copy(
    node: &Node,
    (origin, depth): (OriginId, usize),
    table: &mut OriginTable,
    keys: &mut Keys,
) -> Result<Node, Fault> {
    let value = match &node.value {
        Value::List(_) | Value::Object(_) if depth >= DEEPEST => return Err(Fault::TooDeep),
        Value::List(items) => {
            let mut copied = Vec::with_capacity(items.len());
            for (index, item) in items.iter().enumerate() {
                let number = keys.item(index);
                let inner = table.child(origin, keys.get(number));
                copied.push(copy(item, (inner, depth + 1), table, keys)?);
            }
            Value::List(copied)
        }
        Value::Object(members) => {
            let mut copied = Object::default();
            for (key, member) in members {
                let inner = table.child(origin, key.clone());
                let member = copy(member, (inner, depth + 1), table, keys)?;
                copied.insert(key.clone(), member);
            }
            Value::Object(copied)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => node.value.clone(),
    };
    Ok(Node::new(origin, value))
}
