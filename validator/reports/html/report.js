// Links findings and cells both ways, chooses which findings are shown, and unfolds everything for printing.
// The page can be read without it: every link here is an ordinary one.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const byId = (id) => (id ? document.getElementById(id) : null);
  const target = (link) => byId(decodeURIComponent(link.getAttribute("href").slice(1)));
  let here = null;

  // Going to a finding or a cell: unfold what hides it, mark it, bring it into view and put the keyboard there.
  function go(element) {
    if (!element) return;
    if (here) here.classList.remove("here");
    here = element;
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (element.hidden || element.closest("[hidden]")) reset(element.closest(".found"));
    const cell = element.matches("td, span");
    if (cell || element.matches("article.f")) element.classList.add("here");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || document.querySelector(".many");
    element.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: cell ? "center" : "start", inline: "center" });
    if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link) {
      const element = target(link);
      if (!element) return;
      event.preventDefault();
      if (location.hash !== link.getAttribute("href")) history.pushState(null, "", link.getAttribute("href"));
      go(element);
      return;
    }
    if (String(getSelection())) return;
    const cell = event.target.closest(".original .bad");
    const mark = cell && cell.querySelector("a.m");
    if (mark) mark.click();
  });
  addEventListener("popstate", () => go(byId(decodeURIComponent(location.hash.slice(1)))));

  // Enter on a cell or finding that has the keyboard goes to the other end of its first link.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== here) return;
    const link = here.querySelector(here.matches("article") ? "a.at" : "a.m");
    if (link) link.click();
  });

  // Hovering over or focusing one end lights up the other.
  let lit = [];
  function light(element) {
    for (const one of lit) one.classList.remove("near");
    lit = [];
    const end = element && element.closest && element.closest(".found article.f, .original .bad");
    if (!end) return;
    for (const link of end.querySelectorAll('a[href^="#"]')) {
      const other = target(link);
      if (other && other.matches("td, span")) lit.push(other);
      else if (other && other.matches("article.f")) lit.push(other.querySelector("h4"));
    }
    for (const one of lit) one.classList.add("near");
  }
  document.addEventListener("mouseover", (event) => light(event.target));
  document.addEventListener("focusin", (event) => light(event.target));

  // Choosing what is shown.
  function apply(section) {
    const tools = section.querySelector(".tools");
    const only = tools.querySelector('[aria-pressed="true"]').dataset.only;
    const text = tools.querySelector("input").value.trim().toLowerCase();
    let shown = 0;
    const all = section.querySelectorAll("article.f, .rest tbody tr");
    for (const one of all) {
      const fits = (!only || (one.dataset.s || only) === only) && (!text || one.textContent.toLowerCase().includes(text));
      one.hidden = !fits;
      shown += fits;
    }
    for (const group of section.querySelectorAll(".group")) group.hidden = !group.querySelector("article.f:not([hidden])");
    const said = tools.dataset.shown.replace("{}", shown).replace("{}", all.length);
    tools.querySelector("output").textContent = shown < all.length ? said : "";
  }
  function reset(section) {
    if (!section || !section.querySelector(".tools")) return;
    section.querySelector(".tools input").value = "";
    press(section, "");
  }
  function press(section, only) {
    for (const button of section.querySelectorAll(".tools button")) {
      button.setAttribute("aria-pressed", String(button.dataset.only === only));
    }
    apply(section);
  }
  function equip() {
    for (const tools of document.querySelectorAll(".tools[hidden]")) {
      const section = tools.closest(".found");
      tools.hidden = false;
      tools.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button) press(section, button.dataset.only);
      });
      let waiting = 0;
      tools.querySelector("input").addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => apply(section), 120);
      });
    }
  }
  equip();
  // A page that puts a report in later says so.
  document.addEventListener("report:drawn", equip);

  // Paper has no folds.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
    folded = [];
  });

  if (location.hash) go(byId(decodeURIComponent(location.hash.slice(1))));
})();
