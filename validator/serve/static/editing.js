// Edit and re-check: a cell of the redrawn table is clicked, its text changed, and what that settles and breaks is told.
import { counted, download, element, number, recheck, say, words } from "./asking.js";

const report = document.getElementById("report");
const became = document.getElementById("became");
const editor = document.getElementById("editor");
const byId = (id) => document.getElementById(id);
const text = byId("editor-text");
const CELL = ".original td[data-at]";
let entry = null;
let redraw = () => {};
let cell = null;
let busy = false;
let opener = null;

export function start(onRedraw) {
  redraw = onRedraw;
  // Before the report's own links: here a click on a cell changes it; its numbers still lead to the findings.
  document.addEventListener("click", clicked, true);
  document.addEventListener("keydown", pressed, true);
  byId("editor-form").addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  byId("editor-cancel").addEventListener("click", () => editor.close());
  editor.addEventListener("click", (event) => {
    if (event.target === editor) editor.close();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      apply();
    }
  });
  editor.addEventListener("close", () => {
    document.querySelector("td.editing")?.classList.remove("editing");
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    else if (cell?.isConnected) focus(cell);
  });
}

// A report has been put into the page: make its cells reachable, mark the changed ones, put a button to each finding.
export function equip(shown) {
  entry = shown;
  for (const td of report.querySelectorAll(CELL)) td.tabIndex = -1;
  for (const table of report.querySelectorAll(".original table.grid")) table.querySelector("td[data-at]")?.setAttribute("tabindex", "0");
  for (const [address] of entry.edits) at(address)?.classList.add("changed");
  for (const link of report.querySelectorAll("article.f .values a.at")) {
    const target = byId(decodeURIComponent(link.hash.slice(1)));
    if (!target?.dataset.at) continue;
    const button = element("button", { type: "button", className: "edit", textContent: words.edit_here });
    button.setAttribute("aria-label", `${words.edit_here} ${target.dataset.at}`);
    button.addEventListener("click", () => open(target, button));
    link.closest(".values").after(element("p", { className: "do" }, button));
  }
  byId("of-original").hidden = !entry.edits.length;
  tell(entry.became);
}

export function leave() {
  entry = null;
  became.hidden = true;
}

function at(address) {
  return [...report.querySelectorAll(CELL)].find((td) => td.dataset.at === address);
}

function written(td) {
  const copy = td.cloneNode(true);
  for (const marks of copy.querySelectorAll(".marks")) marks.remove();
  return copy.textContent;
}

function focus(td) {
  td.tabIndex = td.tabIndex < 0 ? -1 : td.tabIndex;
  td.focus({ preventScroll: true });
}

function clicked(event) {
  const td = event.target.closest?.(CELL);
  if (!td || event.target.closest("a") || String(getSelection())) return;
  event.stopPropagation();
  open(td);
}

// Arrow keys walk the table, Enter or F2 changes a cell, Ctrl+Z takes the last change back.
function pressed(event) {
  if (editor.open) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && entry?.edits.length && !event.target.matches("input, textarea")) {
    event.preventDefault();
    undo();
    return;
  }
  const td = event.target.matches?.(CELL) ? event.target : null;
  if (!td) return;
  if (event.key === "Enter" || event.key === "F2") {
    event.preventDefault();
    event.stopPropagation();
    open(td);
    return;
  }
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (!step) return;
  const next = neighbour(td, ...step);
  if (!next) return;
  event.preventDefault();
  for (const other of td.closest("table").querySelectorAll('td[tabindex="0"]')) other.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

// Merged cells make columns uneven: the neighbour is found by where things are drawn.
function neighbour(td, right, down) {
  const box = td.getBoundingClientRect();
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  let best = null;
  let nearest = Infinity;
  for (const other of td.closest("table").querySelectorAll("td[data-at]")) {
    if (other === td) continue;
    const its = other.getBoundingClientRect();
    const ahead = right > 0 ? its.left - box.right : right < 0 ? box.left - its.right : down > 0 ? its.top - box.bottom : box.top - its.bottom;
    if (ahead < -1) continue;
    const aside = right
      ? Math.max(0, its.top - middle.y, middle.y - its.bottom)
      : Math.max(0, its.left - middle.x, middle.x - its.right);
    const distance = ahead + aside * 1000;
    if (distance < nearest) [best, nearest] = [other, distance];
  }
  return best;
}

// `from`: the button of a finding, when that was pressed and not the cell.
function open(td, from = null) {
  if (!entry || busy) return;
  cell = td;
  opener = from;
  const address = td.dataset.at;
  const was = written(td);
  td.classList.add("editing");
  byId("editor-title").textContent = say("edit_title", address);
  byId("editor-was").textContent = say("was", was || words.blank);
  byId("editor-note").textContent = entry.told.formulas.includes(address) ? words.is_formula : "";
  const offered = (entry.told.expected[address] ?? []).map((value) => {
    const button = element("button", { type: "button", textContent: say("suggested", value) });
    button.addEventListener("click", () => {
      text.value = value;
      text.focus();
    });
    return button;
  });
  byId("editor-suggested").replaceChildren(...offered);
  text.value = was;
  text.rows = Math.min(6, Math.max(was.split("\n").length, Math.ceil(was.length / 24)));
  editor.showModal();
  place(from && innerWidth < 1280 ? from : td);
  text.focus();
  text.select();
}

// Beside the cell where there is room; a phone shows it at the foot of the screen.
function place(td) {
  if (innerWidth < 704) {
    editor.style.left = editor.style.top = "";
    return;
  }
  td.scrollIntoView({ block: "nearest", inline: "nearest" });
  const box = td.getBoundingClientRect();
  const own = editor.getBoundingClientRect();
  const below = box.bottom + 8;
  const top = below + own.height < innerHeight ? below : Math.max(8, box.top - own.height - 8);
  editor.style.left = `${Math.max(8, Math.min(box.left, innerWidth - own.width - 8))}px`;
  editor.style.top = `${top}px`;
}

async function apply() {
  const address = cell.dataset.at;
  const was = written(cell);
  const now = text.value.trim();
  editor.close();
  if (now === was) return;
  const edits = [...entry.edits.filter(([place]) => place !== address), [address, now]];
  await again(edits, [...entry.steps ?? [], entry.edits], { address, was, now });
}

async function undo() {
  const steps = [...entry.steps];
  await again(steps.pop(), steps, null);
}

async function again(edits, steps, change) {
  if (busy) return;
  busy = true;
  const own = entry;
  try {
    const told = await recheck(own.id, edits);
    Object.assign(own, { told: { ...own.told, ...told }, edits, steps, became: { ...told, change } });
    if (entry === own) keep(() => redraw(own), change?.address);
  } catch (error) {
    fail(error);
  } finally {
    busy = false;
  }
}

function fail(error) {
  const failed = element("p", { className: "failed", textContent: error.message });
  failed.setAttribute("role", "alert");
  became.hidden = false;
  became.querySelector(".failed")?.remove();
  became.prepend(failed);
}

// Draws the report anew without moving what is being looked at, and puts the keyboard back.
function keep(draw, address) {
  const buttons = () => [...report.querySelectorAll("article.f button.edit")];
  const pressed = buttons().indexOf(opener);
  opener = null;
  const place = pressed >= 0 ? "" : address ?? (document.activeElement.matches?.(CELL) ? document.activeElement.dataset.at : "");
  const top = () => (place ? at(place)?.getBoundingClientRect().top : undefined);
  const pane = report.querySelector(".original");
  const [before, inner, y] = [top(), pane?.scrollTop ?? 0, scrollY];
  const sideways = [...report.querySelectorAll(".original .scroll")].map((one) => one.scrollLeft);
  const from = report.getBoundingClientRect().top;
  const unfolded = [...report.querySelectorAll("details[open] > summary")].map((one) => one.textContent);
  draw();
  for (const one of report.querySelectorAll("details > summary")) {
    if (unfolded.includes(one.textContent)) one.parentElement.open = true;
  }
  const drawn = report.querySelector(".original");
  if (drawn) drawn.scrollTop = inner;
  report.querySelectorAll(".original .scroll").forEach((one, index) => (one.scrollLeft = sideways[index] ?? 0));
  scrollTo({ top: y, behavior: "instant" });
  const after = top();
  const moved = before !== undefined && after !== undefined ? after - before : report.getBoundingClientRect().top - from;
  scrollBy({ top: moved, behavior: "instant" });
  if (place && at(place)) focus(at(place));
  else if (pressed >= 0) (buttons()[Math.min(pressed, buttons().length - 1)] ?? byId("result")).focus({ preventScroll: true });
}

function tell(told) {
  became.hidden = !told && !entry.edits.length;
  if (became.hidden) return;
  const { difference, change } = told;
  const { settled, broken, changed } = difference;
  const headline = element("p", { className: "what" });
  headline.setAttribute("role", "status");
  if (change) {
    const name = change.address.split("!").pop();
    headline.append(element("b", { textContent: say("edited", name, change.was || words.blank, change.now || words.blank) }), " ");
  } else headline.append(element("b", { textContent: words.undone }), " ");
  const parts = [
    [settled, "settles", "good"],
    [broken, "breaks", "worse"],
    [changed, "changes", ""],
  ].filter(([found]) => found.length);
  for (const [found, name, css] of parts) headline.append(element("span", { className: css, textContent: say(name, found.length) }), " ");
  if (!parts.length) headline.append(element("span", { textContent: words.nothing }));
  const lists = [[settled, "settled", "good"], [broken, "broken", "worse"], [changed, "changed", ""]]
    .filter(([found]) => found.length)
    .map(([found, name, css]) =>
      element("ul", { className: css }, ...found.slice(0, 20).map((one) =>
        element("li", {}, element("b", { textContent: words[name] }), " ", one.message)),
      ));
  const { counts } = entry.told;
  const clean = !(counts.errors + counts.warnings + counts.infos);
  const count = entry.edits.length ? number("edits", entry.edits.length) : words.edits_none;
  const now = element("p", { className: "now", textContent: `${count} · ${say("now", clean ? words.all_clean : counted(counts))}` });
  const buttons = element("p", { className: "buttons" });
  if (entry.edits.length) {
    const last = element("button", { type: "button", className: "undo", textContent: words.undo });
    last.addEventListener("click", undo);
    const all = element("button", { type: "button", className: "undo-all", textContent: words.undo_all });
    all.addEventListener("click", () => again([], [...entry.steps, entry.edits], null));
    buttons.append(last, all);
    if (entry.told.correctable) {
      const copy = element("button", { type: "button", className: "corrected main", textContent: words.corrected });
      copy.addEventListener("click", () => download(entry.id, "corrected").catch(fail));
      buttons.prepend(copy);
    }
  }
  became.replaceChildren(element("div", { className: "told" }, headline, ...lists), element("div", { className: "next" }, now, buttons));
}
