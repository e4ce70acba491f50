// The page: files come in, the report of the chosen one is shown, its downloads are offered, its cells can be changed.
import { download, element, words } from "./asking.js";
import * as editing from "./editing.js";
import * as files from "./files.js";

const result = document.getElementById("result");
const report = document.getElementById("report");
const refused = document.getElementById("refused");
let shown = null;

function draw(entry) {
  // The server escaped every text in it, and the policy of the page lets no script of a document run.
  report.innerHTML = entry.told.html;
  document.dispatchEvent(new Event("report:drawn"));
  files.outcome(entry);
  editing.equip(entry);
}

// `asked`: somebody pressed for it, and wants to go there.
function show(entry, asked) {
  shown = entry;
  refused.textContent = "";
  const offered = ["annotated", "letter", "html", "json"].map((wanted) => {
    const button = element("button", { type: "button", textContent: words[wanted] });
    button.dataset.wanted = wanted;
    button.addEventListener("click", () => fetched(entry, wanted));
    return element("li", {}, button);
  });
  document.getElementById("downloads").replaceChildren(...offered);
  result.hidden = false;
  draw(entry);
  if (!asked) return;
  result.focus({ preventScroll: true });
  result.scrollIntoView({ block: "start" });
}

async function fetched(entry, wanted) {
  refused.textContent = "";
  try {
    await download(entry.id, wanted);
  } catch (error) {
    refused.textContent = error.message;
  }
}

function gone(entry) {
  if (entry !== shown) return;
  shown = null;
  result.hidden = true;
  report.replaceChildren();
  editing.leave();
}

editing.start(draw);
files.start(show, gone);
