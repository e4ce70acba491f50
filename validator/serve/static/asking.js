// The words of the page, and what it asks the server. Every refusal becomes an Error with one sentence.
export const words = JSON.parse(document.body.dataset.words);
export const lang = document.body.dataset.lang;
export const most = Number(document.body.dataset.most);

// Puts values into the places of a text: say("edited", "H6", "1", "2").
export function say(name, ...values) {
  return values.reduce((text, value) => text.replace("{}", () => value), words[name]);
}

// The same with a number, in the form for one where the language has it.
export function number(name, count) {
  return count === 1 && words[`one_${name}`] ? words[`one_${name}`] : say(name, count);
}

// "4 个错误、1 个警告"
export function counted({ errors, warnings, infos }) {
  const parts = [["errors", errors], ["warnings", warnings], ["infos", infos]].filter(([, count]) => count);
  return parts.length ? parts.map(([name, count]) => number(name, count)).join(words.comma) : words.clean;
}

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function answer(asked) {
  let response;
  try {
    response = await asked;
  } catch {
    throw new Error(words.no_answer);
  }
  if (!response.ok) {
    const told = await response.json().catch(() => null);
    throw new Error(told?.error?.message ?? words.no_answer);
  }
  return response;
}

export async function recheck(id, edits) {
  const body = JSON.stringify({ edits });
  const headers = { "Content-Type": "application/json" };
  return (await answer(fetch(`/documents/${id}?lang=${lang}`, { method: "POST", headers, body }))).json();
}

export async function forget(id) {
  await answer(fetch(`/documents/${id}`, { method: "DELETE" }));
}

// Fetches a file and hands it to the browser's own downloads.
export async function download(id, wanted, init = {}) {
  const response = await answer(fetch(`/documents/${id}/${wanted}?lang=${lang}`, init));
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") ?? "");
  const url = URL.createObjectURL(await response.blob());
  const link = element("a", { href: url, download: name ? decodeURIComponent(name[1]) : wanted });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

// Sends a file; `progress` is told percent. fetch can't say how far it is, so this is the older way.
export function send(file, progress) {
  return new Promise((resolve, reject) => {
    if (file.size > most) {
      reject(new Error(say("too_large", most >> 20)));
      return;
    }
    const request = new XMLHttpRequest();
    request.open("POST", `/documents?name=${encodeURIComponent(file.name)}&lang=${lang}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(Math.floor((event.loaded / event.total) * 100));
    });
    request.addEventListener("load", () => {
      if (request.status === 200 && request.response) resolve(request.response);
      else reject(new Error(request.response?.error?.message ?? words.no_answer));
    });
    request.addEventListener("error", () => reject(new Error(words.no_answer)));
    request.send(file);
  });
}
