//! The pages of the book, and the blocks of code in them. The tests of the command include this file, too.

use std::fs;
use std::path::{Path, PathBuf};

/// A block of code between fences.
pub struct Block {
    /// The words behind the opening fence: `rust,ignore`.
    pub info: String,
    /// The text between the fences.
    pub code: String,
    /// The line before the opening fence.
    pub before: String,
}

impl Block {
    /// The language, which is the first word behind the fence.
    pub fn language(&self) -> &str {
        self.info.split(',').next().unwrap_or_default()
    }

    /// `true` if this word is behind the fence.
    pub fn has(&self, word: &str) -> bool {
        self.info.split(',').any(|other| other == word)
    }
}

/// A page of the book, or the README.
pub struct Page {
    /// The name of its file.
    pub name: String,
    /// The path of its file.
    pub path: PathBuf,
    /// The whole text.
    pub text: String,
}

impl Page {
    /// The page at a path.
    pub fn at(path: &Path) -> Self {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
        Self { name, path: path.to_path_buf(), text }
    }

    /// The blocks of code in their order.
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut open: Option<Block> = None;
        let mut before = "";
        for line in self.text.lines() {
            let fence = line.strip_prefix("```");
            open = match (open, fence) {
                (None, Some(info)) => Some(Block {
                    info: info.to_owned(),
                    code: String::new(),
                    before: before.to_owned(),
                }),
                (Some(block), Some(_)) => {
                    blocks.push(block);
                    None
                }
                (Some(mut block), None) => {
                    block.code.push_str(line);
                    block.code.push('\n');
                    Some(block)
                }
                (None, None) => None,
            };
            before = line;
        }
        assert!(open.is_none(), "{}: a block has no end", self.name);
        blocks
    }
}

/// The folder of the book.
pub fn book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/book")
}

/// The README and all pages of the book, by path.
pub fn pages() -> Vec<Page> {
    let entries = fs::read_dir(book().join("src")).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.insert(0, book().join("../../README.md"));
    paths.iter().map(|path| Page::at(path)).collect()
}
