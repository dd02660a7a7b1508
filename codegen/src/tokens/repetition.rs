//! How variables advance in `#(…)*`.
//!
//! Each trait gives its kind of variable the method `items`; which one a call finds is decided by the variable's type.

use super::ToTokens;
use std::collections::BTreeSet;
use std::iter::Zip;

/// Items of which it is known whether they come to an end.
pub trait Items: Iterator {
    /// Whether they do.
    const END: bool;
}

/// The items, some of which come to an end: this is checked when the template is compiled.
pub fn ends<I: Items>(items: I) -> I {
    const { assert!(I::END, "nothing in this repetition comes to an end") };
    items
}

impl<A: Items, B: Items> Items for Zip<A, B> {
    const END: bool = A::END || B::END;
}

/// An iterator, which is used up.
pub trait Advancing: Iterator + Sized {
    /// What it gives.
    fn items(self) -> Ending<Self> {
        Ending(self)
    }
}

impl<I: Iterator> Advancing for I {}

/// A list.
pub trait Listed {
    /// What it holds.
    type Item;

    /// Its items.
    fn items(&self) -> Ending<std::slice::Iter<'_, Self::Item>>;
}

impl<T> Listed for [T] {
    type Item = T;

    fn items(&self) -> Ending<std::slice::Iter<'_, T>> {
        Ending(self.iter())
    }
}

/// A set.
pub trait Sorted {
    /// What it holds.
    type Item;

    /// Its items in order.
    fn items(&self) -> Ending<std::collections::btree_set::Iter<'_, Self::Item>>;
}

impl<T> Sorted for BTreeSet<T> {
    type Item = T;

    fn items(&self) -> Ending<std::collections::btree_set::Iter<'_, T>> {
        Ending(self.iter())
    }
}

/// What is the same each time.
pub trait Same {
    /// It, again and again.
    fn items(&self) -> Endless<'_, Self> {
        Endless(self)
    }
}

impl<T: ToTokens> Same for T {}

/// Items that come to an end.
pub struct Ending<I>(I);

impl<I: Iterator> Iterator for Ending<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.0.next()
    }
}

impl<I: Iterator> Items for Ending<I> {
    const END: bool = true;
}

/// One item, without an end.
pub struct Endless<'a, T: ?Sized>(&'a T);

impl<'a, T: ?Sized> Iterator for Endless<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        Some(self.0)
    }
}

impl<T: ?Sized> Items for Endless<'_, T> {
    const END: bool = false;
}
