//! Locks: names and argument order that survive changes of a document.

mod file;
