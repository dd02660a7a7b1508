"use strict";
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);

  // The colour scheme: that of the system, until the reader chooses another.
  const button = byId("scheme");
  const themes = ["auto", "light", "dark"];
  let theme = "auto";
  // Storage may be denied to local files.
  try { theme = localStorage.getItem("typewright-theme") || theme; } catch {}
  const applyTheme = () => {
    if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
    button.textContent = "Theme: " + theme;
  };
  if (!themes.includes(theme)) theme = "auto";
  button.hidden = false;
  button.addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    try { localStorage.setItem("typewright-theme", theme); } catch {}
    applyTheme();
  });
  applyTheme();

  // On a phone the sections are folded; beside the content they have no fold.
  const phone = matchMedia("(max-width: 55rem)");
  const foldSections = () => { byId("sections").open = !phone.matches; };
  phone.addEventListener("change", foldSections);
  foldSections();

  // The folded parts around an element are opened, so that links reach it and print has all.
  const reveal = (element) => {
    for (let part = element; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
    }
  };
  const revealTarget = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch {}
    const target = id && byId(id);
    if (target) { reveal(target); target.scrollIntoView(); }
  };
  addEventListener("hashchange", revealTarget);
  revealTarget();
  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details")) part.open = true;
  });

  // Search over the headings and signatures of entries, and the names of their members.
  const MAX_RESULTS = 60;
  const field = byId("search");
  const panel = byId("results");
  const count = byId("result-count");
  const list = panel.querySelector("ul");
  field.closest(".search").hidden = false;

  const text = (element) => (element ? element.textContent.replace(/\s+/g, " ").trim() : "");
  let entries;
  const collect = () => {
    if (entries) return entries;
    entries = [];
    const add = (kind, label, detail, element) => {
      entries.push({ kind, label, detail, element, key: label.toLowerCase(), rest: detail.toLowerCase() });
    };
    for (const entry of document.querySelectorAll("article.operation, article.type, article.scheme")) {
      const name = text(entry.querySelector("h3 code, h4 code"));
      const isOperation = entry.dataset.kind === "operation";
      const kind = isOperation ? text(entry.querySelector(".method")) : entry.dataset.kind;
      add(kind, name, text(entry.querySelector(".signature")), entry);
      for (const row of entry.querySelectorAll(".rows > li")) {
        const member = row.querySelector(".head code b");
        if (member) add("member", text(member), name + " " + text(row.querySelector(".head")), row);
      }
    }
    return entries;
  };

  // Lower is better; -1 does not match. Every word has to occur.
  const rank = (entry, words) => {
    let sum = entry.kind === "member" ? 3 : 0;
    for (const word of words) {
      const at = entry.key.indexOf(word);
      if (at >= 0) sum += entry.key === word ? 0 : at === 0 ? 1 : 2;
      else if (entry.rest.includes(word)) sum += 6;
      else return -1;
    }
    return sum;
  };

  const close = () => { panel.hidden = true; };
  const follow = (entry) => {
    close();
    for (const old of document.querySelectorAll(".reached")) old.classList.remove("reached");
    reveal(entry.element);
    entry.element.classList.add("reached");
    const article = entry.element.closest("article");
    history.replaceState(null, "", "#" + encodeURIComponent(article.id));
    entry.element.scrollIntoView({ block: "center" });
    const link = article.querySelector(".anchor");
    if (link) link.focus({ preventScroll: true });
  };

  const show = () => {
    const query = field.value.trim();
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!words.length) { close(); return; }
    const hits = [];
    for (const entry of collect()) {
      const value = rank(entry, words);
      if (value >= 0) hits.push([value, entry]);
    }
    hits.sort((one, other) => one[0] - other[0] || one[1].key.length - other[1].key.length);
    for (const [, entry] of hits.slice(0, MAX_RESULTS)) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = "#" + encodeURIComponent(entry.element.closest("article").id);
      const kind = document.createElement("span");
      kind.className = "kind";
      kind.textContent = entry.kind;
      const label = document.createElement("code");
      label.textContent = entry.label;
      const detail = document.createElement("small");
      detail.textContent = entry.detail.slice(0, 120);
      link.append(kind, " ", label, detail);
      link.addEventListener("click", (event) => { event.preventDefault(); follow(entry); });
      item.append(link);
      list.append(item);
    }
    const shown = hits.length > MAX_RESULTS ? `, the first ${MAX_RESULTS} are shown` : "";
    count.textContent = hits.length
      ? `${hits.length} ${hits.length === 1 ? "result" : "results"}${shown}`
      : `No result for “${query}”`;
    panel.hidden = false;
  };

  field.addEventListener("input", show);
  field.addEventListener("focus", () => { if (field.value.trim()) show(); });
  const move = (step) => {
    const links = [...list.querySelectorAll("a")];
    const next = links.indexOf(document.activeElement) + step;
    if (next < 0) field.focus(); else if (next < links.length) links[next].focus();
  };
  addEventListener("keydown", (event) => {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName || "");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
      field.select();
    } else if (event.key === "Escape") {
      close();
    } else if (!panel.hidden && event.key === "ArrowDown") {
      event.preventDefault();
      move(1);
    } else if (!panel.hidden && event.key === "ArrowUp") {
      event.preventDefault();
      move(-1);
    } else if (event.key === "Enter" && event.target === field) {
      const first = list.querySelector("a");
      if (first && !panel.hidden) first.click();
    }
  });
  addEventListener("pointerdown", (event) => {
    if (!event.target.closest(".search")) close();
  });
})();
