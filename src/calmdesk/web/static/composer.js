// The agent's draft: checked while typing, findings underlined with a better wording one click or key away.
const form = document.getElementById("composer");
const draft = document.getElementById("draft");
const marks = document.getElementById("draft-marks");
const list = document.getElementById("draft-findings");
const state = document.getElementById("draft-state");
const dialog = document.getElementById("grave");
const send = document.getElementById("send");
const id = form.dataset.conversation;
const kept = `calmdesk.draft.${id}`;
const words = Object.fromEntries([...document.getElementById("composer-words").content.querySelectorAll("[data-key]")].map((one) => [one.dataset.key, one.textContent]));
const csrf = document.body.dataset.csrf;
let checked = { text: null, findings: [], promises: [], missing: [], grave: false };
let asked = false, timer = 0, opening = "", running = null, key = newKey(), tried = "";

function newKey() { return crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join(""); }
// The server counts characters, the browser UTF-16 units: map once for each answer.
function units(text) { const at = [0]; let sum = 0; for (const ch of text) { sum += ch.length; at.push(sum); } return at; }

async function post(path, fields) {
  const body = new URLSearchParams(fields);
  return fetch(path, { method: "POST", body, headers: { "x-csrftoken": csrf, accept: "application/json" } });
}

async function check() {
  const text = draft.value;
  if (text === checked.text) return checked;
  if (!text.trim()) { show({ text, findings: [], promises: [], missing: [], grave: false }); return checked; }
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch(`/c/${id}/draft`, { method: "POST", body: new URLSearchParams({ text }), signal: running.signal, headers: { "x-csrftoken": csrf, accept: "application/json" } });
    if (!answer.ok) return checked;
    const said = await answer.json();
    if (draft.value === text) show({ text, ...said });
  } catch { /* a newer check is under way, or the line is down: the draft itself is safe */ }
  return checked;
}

function element(tag, css, text) { const one = document.createElement(tag); if (css) one.className = css; if (text !== undefined) one.textContent = text; return one; }

let shown = "";
function show(next) {
  checked = next;
  if (!next.grave) asked = false;
  paint();
  const what = JSON.stringify([next.findings, next.findings.map(quote), next.promises, next.missing]);
  if (what !== shown) { shown = what; list.replaceChildren(...boxes(next)); }
  state.className = "draft-state";
  const worse = next.findings.length;
  state.textContent = !next.text?.trim() ? "" : worse ? `${words.findings}: ${worse}` : words.clean;
}

function boxes(next) {
  const made = next.findings.map(findingBox);
  for (const promise of next.promises) {
    const box = element("div", "promised"), line = element("p");
    line.append(element("strong", "", `${words.promises}: ${promise.name}, ${promise.when}. `), element("small", "", words.promises_note));
    box.append(line);
    made.push(box);
  }
  if (next.missing.length) made.push(element("p", "missing", `${words.missing}: ${next.missing.map((one) => one.text).join(" · ")}`));
  return made;
}

function findingBox(finding, number) {
  const box = element("div", `finding ${finding.gravity}`);
  const line = element("p");
  line.append(element("span", "gravity", words[`gravity_${finding.gravity}`]), " · ", element("strong", "", finding.name), ` ${inQuotes(quote(finding))} `, element("span", "", finding.because), " ", element("cite", "", finding.source));
  box.append(line);
  const offers = element("div", "offers");
  finding.replacements.forEach((text, at) => {
    const button = element("button", "take-over", text || words.remove);
    button.type = "button";
    if (number < 9 && at === 0) { const hint = element("kbd", "", `Alt+Shift+${number + 1}`); hint.setAttribute("aria-hidden", "true"); button.append(" ", hint); }
    button.addEventListener("click", () => replace(finding, text));
    offers.append(button);
  });
  if (!finding.replacements.length && finding.suggest.length) offers.append(element("small", "", finding.suggest.join(" · ")));
  box.append(offers);
  return box;
}

const inQuotes = (text) => words.quoted.replace("{text}", text);
function quote(finding) { const at = units(checked.text); return checked.text.slice(at[finding.start], at[finding.end]); }

function replace(finding, text) {
  const at = units(checked.text);
  if (draft.value !== checked.text) return;
  let start = at[finding.start], end = at[finding.end];
  // Words that go leave no double space behind.
  if (!text && draft.value[end] === " " && (start === 0 || draft.value[start - 1] === " ")) end += 1;
  insert(text, start, end);
}

function insert(text, start, end) {
  draft.focus();
  draft.setSelectionRange(start, end);
  // execCommand keeps the browser's own undo; where it is gone, the value is set by hand.
  if (!document.execCommand?.(text ? "insertText" : "delete", false, text)) draft.setRangeText(text, start, end, "end");
  changed();
}

function paint() {
  const at = units(draft.value);
  const spans = draft.value === checked.text
    ? [...checked.findings.map((f) => [f.start, f.end, f.gravity]), ...checked.promises.map((p) => [p.start, p.end, "promise"])].sort((a, b) => a[0] - b[0])
    : [];
  marks.replaceChildren();
  let done = 0;
  for (const [start, end, css] of spans) {
    if (at[start] < done) continue;
    marks.append(draft.value.slice(done, at[start]), element("mark", css, draft.value.slice(at[start], at[end])));
    done = at[end];
  }
  marks.append(draft.value.slice(done), "\n");
  marks.scrollTop = draft.scrollTop;
}

function changed() {
  localStorage.setItem(kept, draft.value);
  paint();
  clearTimeout(timer);
  timer = setTimeout(check, 60);
}

async function submit() {
  const text = draft.value;
  if (!text.trim()) return;
  await check();
  if (checked.grave && !asked) {
    document.getElementById("grave-list").replaceChildren(...checked.findings.filter((f) => f.gravity === "grave").map((f) => element("li", "", `${inQuotes(quote(f))}: ${f.because}`)));
    dialog.showModal();
    return;
  }
  // The same words sent again are one message; other words are another.
  if (tried && tried !== text) key = newKey();
  tried = text;
  send.disabled = true;
  try {
    const answer = await post(`/c/${id}/messages`, { text, key, seen: form.dataset.seen, opening });
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) {
      form.dataset.seen = said.seen;
      draft.value = ""; key = newKey(); tried = ""; opening = ""; asked = false;
      localStorage.removeItem(kept);
      show({ text: "", findings: [], promises: [], missing: [], grave: false });
      state.textContent = words.sent;
    } else {
      if (said.error?.code === "stale_draft") form.dataset.seen = "999999999";
      fail(said.error?.message ?? words.failed);
    }
  } catch { fail(navigator.onLine ? words.failed : words.offline); }
  send.disabled = false;
  draft.focus();
}
function fail(text) { state.textContent = text; state.className = "draft-state bad"; }

function takeOpening(text, name) {
  const before = draft.value.trimEnd();
  opening = name;
  insert(before ? ` ${text} ` : `${text} `, before.length, draft.value.length);
}

form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
draft.addEventListener("input", changed);
draft.addEventListener("scroll", () => { marks.scrollTop = draft.scrollTop; });
document.getElementById("grave-keep").addEventListener("click", () => { dialog.close(); draft.focus(); });
document.getElementById("grave-send").addEventListener("click", () => { asked = true; dialog.close(); submit(); });
document.addEventListener("click", (event) => { const button = event.target.closest?.(".take"); if (button) takeOpening(button.dataset.text, button.dataset.opening); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && document.activeElement === draft) { event.preventDefault(); submit(); return; }
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (!event.altKey || !digit) return;
  const number = Number(digit) - 1;
  if (event.shiftKey) { const finding = checked.findings[number]; if (finding?.replacements.length) { event.preventDefault(); replace(finding, finding.replacements[0]); } return; }
  const button = document.querySelectorAll(".col-coach .opening-foot .take")[number];
  if (button) { event.preventDefault(); takeOpening(button.dataset.text, button.dataset.opening); }
});
// Asked for by a click only: the coach's words in other words, or the same ones when no better came.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.(".rephrase");
  if (!button || button.disabled) return;
  const box = button.closest(".opening"), take = box.querySelector(".take");
  button.disabled = true;
  try {
    const answer = await post(`/c/${id}/rephrase`, { text: take.dataset.text, use: "openings" });
    const said = answer.ok ? await answer.json() : { changed: false };
    if (said.changed) { box.querySelector("p").textContent = said.text; take.dataset.text = said.text; } else state.textContent = button.dataset.unchanged;
  } catch { state.textContent = button.dataset.unchanged; }
  button.disabled = false;
});
draft.value = localStorage.getItem(kept) ?? "";
changed();
