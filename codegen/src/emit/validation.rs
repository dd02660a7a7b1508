//! Validation: the method `validate`, and the rules that it checks.

use crate::lower::model::{CountRule, NumberRule, Rule, Validation};
use proc_macro2::{Literal, TokenStream};
use quote::{quote, ToTokens};

/// Returns `validate` and its rules.
pub fn methods(validation: &Validation) -> TokenStream {
    let (name, rules) = (&validation.name, list(&validation.rules));
    let visibility = match validation.is_shared {
        true => quote!(pub(in super::super)),
        false => quote!(pub(super)),
    };
    quote! {
        impl #name {
            /// Checks the documented constraints that the type does not express.
            ///
            /// # Errors
            /// Returns every violated constraint with the path of the value.
            #[inline]
            pub fn validate(&self) -> Result<(), rt::Violations> {
                rt::validate(self, Self::rules())
            }

            #visibility fn rules() -> &'static [rt::Rule] {
                #rules
            }
        }
    }
}

/// Returns a list of rules.
pub fn list(rules: &[Rule]) -> TokenStream {
    let rules = rules.iter().map(rule);
    quote!(&[#(#rules),*])
}

fn rule(rule: &Rule) -> TokenStream {
    let rule = match rule {
        Rule::Number(which, text) => {
            let which = number(*which);
            quote!(#which(#text))
        }
        Rule::Count(which, count) => {
            let (which, count) = (self::count(*which), Literal::u64_unsuffixed(*count));
            quote!(#which(#count))
        }
        Rule::Pattern(pattern) => quote!(Pattern(#pattern)),
        Rule::UniqueItems => quote!(UniqueItems),
        Rule::Required(names) => quote!(Required(&[#(#names),*])),
        Rule::Dependent(name, needed) => quote!(Dependent(#name, &[#(#needed),*])),
        Rule::NamePatterns(names, patterns) => {
            quote!(OtherNames(&[#(#names),*], &[#(#patterns),*]))
        }
        Rule::Listed(texts) => quote!(Listed(&[#(#texts),*])),
        Rule::Kinds(kinds) => quote!(Kinds(&[#(rt::Kind::#kinds),*])),
        Rule::Member(name, rules) => wrapped(&quote!(Member), Some(quote!(#name)), rules),
        Rule::Others(rules) => wrapped(&quote!(Others), None, rules),
        Rule::Names(rules) => wrapped(&quote!(Names), None, rules),
        Rule::Item(index, rules) => wrapped(&quote!(Item), Some(position(*index)), rules),
        Rule::ItemsFrom(index, rules) => wrapped(&quote!(ItemsFrom), Some(position(*index)), rules),
        Rule::Items(rules) => wrapped(&quote!(Items), None, rules),
        Rule::Type(name) => quote!(Type(#name::rules)),
        Rule::OrNull(rules) => wrapped(&quote!(OrNull), None, rules),
        Rule::Either(lists) => {
            let lists = lists.iter().map(|rules| list(rules));
            quote!(Either(&[#(#lists),*]))
        }
        Rule::Tagged(name, branches) => {
            let branches = branches.iter().map(|(tags, rules)| {
                let rules = list(rules);
                quote!((&[#(#tags),*], #rules))
            });
            quote!(Tagged(#name, &[#(#branches),*]))
        }
    };
    quote!(rt::Rule::#rule)
}

fn wrapped(name: &TokenStream, first: Option<TokenStream>, rules: &[Rule]) -> TokenStream {
    let first = first.map(|first| quote!(#first,));
    let rules = list(rules);
    quote!(#name(#first #rules))
}

fn position(index: usize) -> TokenStream {
    Literal::usize_unsuffixed(index).to_token_stream()
}

fn number(rule: NumberRule) -> TokenStream {
    match rule {
        NumberRule::Minimum => quote!(Minimum),
        NumberRule::Maximum => quote!(Maximum),
        NumberRule::Above => quote!(Above),
        NumberRule::Below => quote!(Below),
        NumberRule::MultipleOf => quote!(MultipleOf),
    }
}

fn count(rule: CountRule) -> TokenStream {
    match rule {
        CountRule::MinLength => quote!(MinLength),
        CountRule::MaxLength => quote!(MaxLength),
        CountRule::MinItems => quote!(MinItems),
        CountRule::MaxItems => quote!(MaxItems),
        CountRule::MinProperties => quote!(MinProperties),
        CountRule::MaxProperties => quote!(MaxProperties),
    }
}
