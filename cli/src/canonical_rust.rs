//! A canonical form of Rust code, in which formatting makes no difference.

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, Item};

/// The canonical form: printed by prettyplease, with a fixed order of items that formatters may reorder. Text that is not
/// Rust is returned unchanged.
pub fn canonical(text: &str) -> String {
    let Ok(mut file) = syn::parse_file(text) else {
        return text.replace("\r\n", "\n");
    };
    Canonicalizer.visit_file_mut(&mut file);
    prettyplease::unparse(&file)
}

struct Canonicalizer;

impl VisitMut for Canonicalizer {
    fn visit_file_mut(&mut self, file: &mut syn::File) {
        visit_mut::visit_file_mut(self, file);
        sort_runs(&mut file.items);
    }

    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        visit_mut::visit_item_mod_mut(self, module);
        if let Some((_, items)) = &mut module.content {
            sort_runs(items);
        }
    }

    fn visit_use_group_mut(&mut self, group: &mut syn::UseGroup) {
        visit_mut::visit_use_group_mut(self, group);
        let mut trees: Vec<_> = group.items.iter().cloned().collect();
        trees.sort_by_cached_key(|tree| tree.to_token_stream().to_string());
        group.items = trees.into_iter().collect();
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        join_docs(attributes);
    }

    fn visit_macro_mut(&mut self, call: &mut syn::Macro) {
        visit_mut::visit_macro_mut(self, call);
        call.tokens = unindented(std::mem::take(&mut call.tokens));
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut syn::ExprClosure) {
        visit_mut::visit_expr_closure_mut(self, closure);
        unwrap_block(&mut closure.body);
    }

    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        visit_mut::visit_arm_mut(self, arm);
        unwrap_block(&mut arm.body);
    }
}

/// Replaces `{ expression }` by the expression.
fn unwrap_block(body: &mut Box<Expr>) {
    let Expr::Block(block) = body.as_ref() else {
        return;
    };
    let plain = block.attrs.is_empty() && block.label.is_none();
    if let (true, [syn::Stmt::Expr(only, None)]) = (plain, block.block.stmts.as_slice()) {
        **body = only.clone();
    }
}

/// Sorts each run of `use` and each run of `mod x;`, whose order is irrelevant.
fn sort_runs(items: &mut [Item]) {
    let kind = |item: &Item| {
        let module = matches!(item, Item::Mod(module) if module.content.is_none());
        (matches!(item, Item::Use(_)), module)
    };
    let alike = |a: &Item, b: &Item| kind(a) == kind(b) && kind(a) != (false, false);
    for run in items.chunk_by_mut(alike) {
        run.sort_by_cached_key(|item| item.to_token_stream().to_string());
    }
}

/// The tokens of a macro call with unindented multi-line texts: formatters shift them with the call, and the runtime reads
/// their lines without indentation.
fn unindented(tokens: TokenStream) -> TokenStream {
    let each = |tree: TokenTree| match tree {
        TokenTree::Group(group) => {
            let inner = unindented(group.stream());
            TokenTree::Group(Group::new(group.delimiter(), inner))
        }
        TokenTree::Literal(literal) => TokenTree::Literal(unindented_text(literal)),
        TokenTree::Ident(_) | TokenTree::Punct(_) => tree,
    };
    tokens.into_iter().map(each).collect()
}

fn unindented_text(literal: Literal) -> Literal {
    let text = syn::parse2::<syn::LitStr>(literal.to_token_stream());
    match text.map(|text| text.value()) {
        Ok(text) if text.contains('\n') => {
            let lines: Vec<_> = text.lines().map(str::trim).collect();
            Literal::string(&lines.join("\n"))
        }
        Ok(_) | Err(_) => literal,
    }
}

/// Wraps documentation again, since formatters may break its lines elsewhere.
fn join_docs(attributes: &mut Vec<Attribute>) {
    let texts: Vec<String> = attributes.iter().filter_map(doc).collect();
    let Some(first) = attributes.iter().position(|attribute| doc(attribute).is_some()) else {
        return;
    };
    let style = attributes.get(first).map(|attribute| attribute.style);
    let mut wrapped = Vec::new();
    for line in wrap(&texts.join(" ")) {
        let line = format!(" {line}");
        let mut attribute: Attribute = syn::parse_quote!(#[doc = #line]);
        attribute.style = style.unwrap_or(attribute.style);
        wrapped.push(attribute);
    }
    attributes.retain(|attribute| doc(attribute).is_none());
    attributes.splice(first.min(attributes.len())..first.min(attributes.len()), wrapped);
}

fn wrap(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() + word.len() < 90 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn doc(attribute: &Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    let Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else {
        return None;
    };
    pair.path.is_ident("doc").then(|| text.value())
}

#[cfg(test)]
mod tests {
    use super::canonical;

    const OURS: &str = "use a::{b, c};\nuse d::E;\n\n/// One line of words that goes on and on.\npub fn f(x: u8) -> u8 {\n    match x {\n        0 => g(|y| y),\n        _ => 1,\n    }\n}\n";

    #[test]
    fn formatting_makes_no_difference() {
        let theirs = "use d::E;\r\nuse a::{ c, b };\r\n/// One line of words\r\n/// that goes on and on.\r\npub fn f(\r\n\tx: u8,\r\n) -> u8 { match x { 0 => { g(|y| { y }) } _ => 1 } }\r\n";
        assert_eq!(canonical(OURS), canonical(theirs));
    }

    #[test]
    fn a_word_and_a_number_make_one() {
        assert_ne!(canonical(OURS), canonical(&OURS.replace("words", "letters")));
        assert_ne!(canonical(OURS), canonical(&OURS.replace("=> 1", "=> 2")));
        assert_ne!(canonical(OURS), canonical(&OURS.replace("pub fn", "fn")));
    }

    #[test]
    fn what_is_no_rust_is_compared_as_it_is() {
        assert_eq!(canonical("fn ("), "fn (");
    }
}
