//! The page in a browser; skipped where none is installed.

use super::browser::Browser;
use super::{specs, HOSTILE};
use crate::support::Sandbox;
use serde_json::json;
use std::io::Write as _;

/// A started browser; `None`, after a printed line, if none is installed.
fn browser() -> Option<Browser> {
    let browser = Browser::start();
    if browser.is_none() {
        print_always("skipped: no Chromium is installed");
    }
    browser
}

/// Prints a line to stderr. The test harness hides what `println!` writes in tests that pass.
pub fn print_always(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Sandboxes with the page of each spec and of the hostile document.
fn pages() -> Vec<(String, Sandbox)> {
    let mut pages = Vec::new();
    for spec in specs() {
        let sandbox = Sandbox::empty();
        let name = spec.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
        sandbox.run(&["inspect", spec.to_str().unwrap(), "--html", "page.html"]).ends(0);
        pages.push((name, sandbox));
    }
    let sandbox = Sandbox::empty();
    sandbox.write("pets.yaml", HOSTILE);
    sandbox.run(&["inspect", "pets.yaml", "--html", "page.html"]).ends(0);
    pages.push(("hostile".to_owned(), sandbox));
    pages
}

const WIDTH: &str = "document.documentElement.scrollWidth";
const PHONE: u32 = 360;
const BACKGROUND: &str = "getComputedStyle(document.body).backgroundColor";

/// Contrast of each text on the page with the background behind it, if it is below that of WCAG 2.2 AA.
const LOW_CONTRAST: &str = r#"(() => {
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = (color) => channels(color).slice(0, 3)
    .map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const background = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = getComputedStyle(one).backgroundColor;
      if (channels(color)[3] !== 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const low = [];
  for (const element of document.querySelectorAll("body *")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText || /^(SCRIPT|STYLE)$/.test(element.tagName)) continue;
    const [one, other] = [getComputedStyle(element).color, background(element)].map(luminance);
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) low.push(`${contrast} ${element.tagName}.${element.className}`);
  }
  return [...new Set(low)];
})()"#;

#[test]
fn a_page_works_in_a_browser() {
    let Some(mut browser) = browser() else { return };
    for (name, sandbox) in pages() {
        browser.resize(1300, 1000);
        browser.prefer("light");
        browser.visit(&sandbox.path("page.html"), "");
        browser.screenshot(&format!("{name}-desktop"));
        search(&mut browser, &name);
        browser.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)");
        for scheme in ["light", "dark"] {
            browser.prefer(scheme);
            assert_eq!(browser.evaluate(LOW_CONTRAST), json!([]), "{name}, {scheme}");
        }
        browser.resize(PHONE, 740);
        assert_eq!(browser.evaluate(WIDTH), json!(PHONE), "{name}: nothing is wider than a phone");
        assert_eq!(browser.complaints(), [""; 0], "{name}");
    }
}

/// Searches by the keyboard, and follows the first result.
fn search(browser: &mut Browser, name: &str) {
    browser.press("/", 191);
    assert_eq!(browser.evaluate("document.activeElement.id"), "search", "{name}");
    browser.write("no such thing");
    let count = "document.getElementById('result-count').textContent";
    assert_eq!(browser.evaluate(count), "No result for “no such thing”", "{name}");
    let entry = "document.querySelector('article.type h3 code').textContent";
    let type_name = browser.evaluate(entry);
    browser.write(type_name.as_str().unwrap());
    browser.screenshot(&format!("{name}-search"));
    let first = browser.evaluate("document.querySelector('#results a code').textContent");
    assert_eq!(first, type_name, "{name}");
    browser.press("ArrowDown", 40);
    assert_eq!(browser.evaluate("document.activeElement.tagName"), "A", "{name}");
    browser.press("ArrowUp", 38);
    assert_eq!(browser.evaluate("document.activeElement.id"), "search", "{name}");
    browser.press("Enter", 13);
    let reached = browser.evaluate("document.querySelector('.reached h3 code').textContent");
    assert_eq!(reached, type_name, "{name}");
    assert_eq!(browser.evaluate("document.getElementById('results').hidden"), true, "{name}");
}

#[test]
fn the_colour_scheme_is_that_of_the_system_or_of_the_reader() {
    let Some(mut browser) = browser() else { return };
    let (_, sandbox) = pages().remove(0);
    browser.prefer("light");
    browser.visit(&sandbox.path("page.html"), "");
    let light = browser.evaluate(BACKGROUND);
    browser.prefer("dark");
    let dark = browser.evaluate(BACKGROUND);
    assert_ne!(light, dark);
    browser.screenshot("dark");
    let click = "document.getElementById('scheme').click()";
    browser.evaluate(click);
    assert_eq!(browser.evaluate(BACKGROUND), light, "light was chosen");
    browser.prefer("light");
    browser.evaluate(click);
    assert_eq!(browser.evaluate(BACKGROUND), dark, "dark was chosen");
    browser.visit(&sandbox.path("page.html"), "");
    assert_eq!(browser.evaluate(BACKGROUND), dark, "the choice is remembered");
}

#[test]
fn links_open_what_is_folded() {
    let Some(mut browser) = browser() else { return };
    let sandbox = Sandbox::empty();
    sandbox.write("pets.yaml", HOSTILE);
    sandbox.run(&["inspect", "pets.yaml", "--html", "page.html"]).ends(0);
    browser.resize(PHONE, 740);
    browser.visit(&sandbox.path("page.html"), "#type.UploadContent");
    let target = "document.getElementById('type.UploadContent')";
    assert_eq!(browser.evaluate(&format!("{target}.closest('details').open")), true);
    let is_visible = format!("{target}.getBoundingClientRect().top < innerHeight");
    assert_eq!(browser.evaluate(&is_visible), true);
    assert_eq!(browser.evaluate("document.getElementById('sections').open"), false);
    browser.screenshot("phone");
}

#[test]
fn content_is_visible_without_scripts() {
    let Some(mut browser) = browser() else { return };
    let (_, sandbox) = pages().remove(0);
    browser.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    browser.visit(&sandbox.path("page.html"), "");
    browser.screenshot("no-scripts");
    browser.call("Emulation.setScriptExecutionDisabled", json!({ "value": false }));
    let hidden = "[...document.querySelectorAll('[hidden]')].map((one) => one.id || one.className)";
    assert_eq!(browser.evaluate(hidden), json!(["search", "results", "scheme"]));
}
