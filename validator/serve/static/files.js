// The files that were put in: dropped or chosen, sent two at a time, each with its progress and its result or its refusal.
import { counted, element, forget, say, send, words } from "./asking.js";

const AT_ONCE = 2;
const list = document.getElementById("list");
const said = document.getElementById("said");
const waiting = [];
let running = 0;
let show = () => {};
let gone = () => {};

// `onShow` is called with a checked file that is to be seen, `onGone` with one that was removed.
export function start(onShow, onGone) {
  show = onShow;
  gone = onGone;
  const drop = document.getElementById("drop");
  const choose = document.getElementById("choose");
  choose.addEventListener("change", () => {
    take([...choose.files]);
    choose.value = "";
  });
  let inside = 0;
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragenter", (event) => {
    if (!carries(event)) return;
    inside += 1;
    drop.classList.add("over");
  });
  addEventListener("dragleave", () => {
    inside = Math.max(0, inside - 1);
    if (!inside) drop.classList.remove("over");
  });
  // The whole window takes files: nobody should lose the page by missing the box.
  addEventListener("dragover", (event) => {
    if (carries(event)) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    inside = 0;
    drop.classList.remove("over");
    take([...event.dataTransfer.files]);
  });
}

function take(files) {
  if (!files.length) return;
  document.getElementById("files").hidden = false;
  document.body.classList.add("begun");
  const alone = files.length === 1;
  files.forEach((file, index) => waiting.push(row(file, alone || index === 0)));
  next();
}

function row(file, shown) {
  const state = element("span", { className: "state", textContent: words.waiting });
  const bar = element("progress", { max: 100, value: 0 });
  bar.setAttribute("aria-label", file.name);
  const see = element("button", { type: "button", className: "see", hidden: true, textContent: words.see });
  see.setAttribute("aria-label", say("see_named", file.name));
  const remove = element("button", { type: "button", className: "remove", textContent: words.remove });
  remove.setAttribute("aria-label", say("remove_named", file.name));
  const item = element("li", {}, element("span", { className: "name", textContent: file.name }), state, bar, see, remove);
  list.append(item);
  const entry = { file, item, state, bar, see, shown, name: file.name, edits: [] };
  see.addEventListener("click", () => select(entry, true));
  remove.addEventListener("click", () => drop(entry));
  return entry;
}

function next() {
  while (running < AT_ONCE && waiting.length) {
    running += 1;
    check(waiting.shift()).finally(() => {
      running -= 1;
      next();
    });
  }
}

async function check(entry) {
  if (entry.removed) return;
  const { state, bar } = entry;
  state.textContent = say("sending", 0);
  try {
    const told = await send(entry.file, (percent) => {
      bar.value = percent;
      state.textContent = percent < 100 ? say("sending", percent) : words.checking;
      if (percent === 100) bar.removeAttribute("value");
    });
    if (entry.removed) {
      forget(told.id).catch(() => {});
      return;
    }
    Object.assign(entry, { id: told.id, told });
    entry.see.hidden = false;
    outcome(entry);
    if (entry.shown && !document.querySelector("#list .shown")) select(entry);
  } catch (error) {
    entry.item.classList.add("bad");
    state.textContent = error.message;
  }
  bar.remove();
  entry.file = null;
  said.textContent = say("done", entry.name, state.textContent);
}

// Says what a file's report says now, after a change too.
export function outcome(entry) {
  const { counts } = entry.told;
  entry.state.textContent = counted(counts);
  entry.state.dataset.heaviest = counts.errors ? "error" : counts.warnings ? "warning" : counts.infos ? "info" : "clean";
}

function select(entry, asked = false) {
  for (const other of list.children) {
    const button = other.querySelector(".see");
    const shown = other === entry.item;
    other.classList.toggle("shown", shown);
    button.textContent = shown ? words.seeing : words.see;
    button.setAttribute("aria-pressed", String(shown));
  }
  show(entry, asked);
}

function drop(entry) {
  entry.removed = true;
  if (entry.id) forget(entry.id).catch(() => {});
  const after = entry.item.nextElementSibling ?? entry.item.previousElementSibling;
  entry.item.remove();
  gone(entry);
  if (after) after.querySelector(".remove").focus();
  else {
    document.getElementById("files").hidden = true;
    document.body.classList.remove("begun");
    document.getElementById("choose").focus();
  }
}
