//! Arguments that became required, optional, or stand in another order.

use super::{Argument, Setter, Walk};
use crate::fix::api::{parameters, Parameter};
use crate::fix::text::{Edit, Piece};
use crate::fix::State;
use proc_macro2::extra::DelimSpan;
use proc_macro2::Ident;
use std::ops::Range;
use syn::punctuated::Punctuated;
use syn::{Expr, Token};
use typewright::diff::Kind;

/// The new form of a call.
#[derive(Debug)]
struct Plan {
    /// Arguments in the new order.
    arguments: Vec<Argument>,
    /// Number of setters that became arguments, from the call outwards.
    consumed: usize,
    /// Setters to call: their names and arguments.
    appended: Vec<(String, Argument)>,
    /// `true` if the old arguments stay where they are.
    keeps_old: bool,
}

impl Walk<'_, '_> {
    /// Changes the arguments of a call if the old code has all values; else leaves them. `owner` has the setters.
    pub fn change_arguments(
        &mut self,
        ident: &Ident,
        path: &str,
        owner: Option<&str>,
        arguments: &Punctuated<Expr, Token![,]>,
        parentheses: DelimSpan,
    ) {
        let fate = self.api.fate(path);
        let Some(remark) = fate.remark else {
            return;
        };
        // Without an owner, the signature does not have all parameters.
        let (Some((before, after)), Some(owner)) = (fate.signatures, owner) else {
            self.remark(ident.span(), remark);
            return;
        };
        let (before, after) = (parameters(&before), parameters(&after));
        if arguments.len() == after.len() && before.len() != after.len() {
            return;
        }
        let is_ambiguous = before.len() == after.len();
        if is_ambiguous && self.state == State::Mended {
            return;
        }
        let old: Vec<Argument> = arguments.iter().map(|value| self.argument(value)).collect();
        let is_constructor = self.api.kind(path) == Some(Kind::Constructor);
        let may_change =
            old.len() == before.len() && !(is_ambiguous && self.state == State::Edited);
        let plan =
            may_change.then(|| self.plan(owner, is_constructor, &before, &after, &old)).flatten();
        let inside = self.range(parentheses.open()).end..self.range(parentheses.close()).start;
        match plan {
            Some(plan) if self.is_plain(&inside, &plan) => self.carry_out(&plan, &old, inside),
            _ => self.remark(ident.span(), remark),
        }
    }

    fn argument(&self, value: &Expr) -> Argument {
        Argument { range: self.range_of(value), is_literal: matches!(value, Expr::Lit(_)) }
    }

    fn plan(
        &self,
        owner: &str,
        is_constructor: bool,
        before: &[Parameter],
        after: &[Parameter],
        old: &[Argument],
    ) -> Option<Plan> {
        let setter_of = |parameter: &Parameter| {
            let name = parameter.name.trim_start_matches("r#");
            if is_constructor {
                format!("with_{name}")
            } else {
                parameter.name.clone()
            }
        };
        let mut consumed = Vec::new();
        let mut arguments = Vec::new();
        // Positions in the order of evaluation of the old code: arguments, then setters.
        let mut order = Vec::new();
        for parameter in after {
            if let Some(number) = before.iter().position(|other| other == parameter) {
                order.push(number);
                arguments.push(old.get(number)?.clone());
                continue;
            }
            let setter = setter_of(parameter);
            let same_type = self.api.old_setter(owner, &setter)? == parameter.ty;
            let number = self.chain.iter().rev().position(|call| call.name == setter)?;
            let argument = self.chain.iter().rev().nth(number)?.argument.clone()?;
            if !same_type {
                return None;
            }
            order.push(old.len() + number);
            consumed.push(number);
            arguments.push(argument);
        }
        let mut appended = Vec::new();
        for (number, parameter) in before.iter().enumerate() {
            if after.contains(parameter) {
                continue;
            }
            let setter = setter_of(parameter);
            if self.api.new_setter(owner, &setter)? != parameter.ty {
                return None;
            }
            let argument = old.get(number)?.clone();
            order.push(number);
            appended.push((setter, argument));
        }
        consumed.sort_unstable();
        let is_adjacent = consumed.iter().copied().eq(0..consumed.len());
        let moved = arguments.iter().chain(appended.iter().map(|(_, argument)| argument));
        let evaluated = order.iter().zip(moved).filter(|(_, argument)| !argument.is_literal);
        let evaluated: Vec<usize> = evaluated.map(|(number, _)| *number).collect();
        let keeps_old =
            order.iter().take(old.len()).copied().eq(0..old.len()) && appended.is_empty();
        let plan = Plan { arguments, consumed: consumed.len(), appended, keeps_old };
        (is_adjacent && evaluated.is_sorted()).then_some(plan)
    }

    /// `true` if no comment would be lost.
    fn is_plain(&self, inside: &Range<usize>, plan: &Plan) -> bool {
        let setters = self.chain.iter().rev().take(plan.consumed);
        let setters = setters.map(|setter| setter.range.clone());
        let lost = setters.chain((!plan.keeps_old).then(|| inside.clone()));
        let mut texts = lost.filter_map(|range| self.source.text.get(range));
        !texts.any(|text| text.contains("//") || text.contains("/*"))
    }

    fn carry_out(&mut self, plan: &Plan, old: &[Argument], inside: Range<usize>) {
        let piece = |argument: &Argument| Piece::Old(argument.range.start, argument.range.end);
        let joined = |arguments: &[Argument], mut pieces: Vec<Piece>| {
            for argument in arguments {
                if !pieces.is_empty() {
                    pieces.push(Piece::Text(", ".to_owned()));
                }
                pieces.push(piece(argument));
            }
            pieces
        };
        let end = old.last().map_or(inside.start, |last| last.range.end);
        let edit = if plan.keeps_old {
            let added = plan.arguments.get(old.len()..).unwrap_or_default();
            let mut pieces = joined(added, Vec::new());
            if !old.is_empty() {
                pieces.insert(0, Piece::Text(", ".to_owned()));
            }
            Edit { start: end, end, pieces }
        } else {
            let pieces = joined(&plan.arguments, Vec::new());
            Edit { start: inside.start, end: inside.end, pieces }
        };
        self.findings.edits.push(edit);
        let consumed: Vec<Setter> = self.chain.iter().rev().take(plan.consumed).cloned().collect();
        for setter in consumed {
            self.consumed.insert(setter.at);
            let Range { start, end } = setter.range;
            self.findings.edits.push(Edit { start, end, pieces: Vec::new() });
        }
        let close = inside.end + 1;
        for (setter, argument) in &plan.appended {
            let open = Piece::Text(format!(".{setter}("));
            let pieces = vec![open, piece(argument), Piece::Text(")".to_owned())];
            self.findings.edits.push(Edit { start: close, end: close, pieces });
        }
    }
}
