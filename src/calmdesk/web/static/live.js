// Keeps an agent's page live: one stream of server-sent events with ready fragments. Nothing jumps under the pointer.
const root = document.querySelector("[data-live]");
const csrf = document.body.dataset.csrf;
const lang = document.documentElement.lang;
const conversation = root?.dataset.conversation ?? "";
const refreshOn = (root?.dataset.refresh ?? "").split(" ").filter(Boolean);
const markNames = JSON.parse(root?.dataset.marks ?? "{}");
const lines = document.getElementById("lines");
const timeline = document.getElementById("timeline");
const coach = document.getElementById("coach");
const head = document.getElementById("head");
const down = document.getElementById("line-down");
const notices = document.getElementById("notices");
const canHover = matchMedia("(hover: hover)");
let lastId = root?.dataset.after ?? "-1";

const parse = (html) => { const box = document.createElement("template"); box.innerHTML = html.trim(); return box.content.firstElementChild; };
const element = (tag, css, text) => { const one = document.createElement(tag); if (css) one.className = css; if (text !== undefined) one.textContent = text; return one; };
const busy = (part) => (canHover.matches && part.matches(":hover")) || part.contains(document.activeElement);

// The inbox.

let pointerInside = false;
let resortWaits = false;

function markHere(line) { if (lines?.dataset.here && line.id === `line-${lines.dataset.here}`) { line.classList.add("here"); line.querySelector("a").setAttribute("aria-current", "page"); } }

function sortLines() {
  resortWaits = false;
  document.querySelector(".resort")?.remove();
  const order = lines.dataset.order;
  if (order && order !== "hottest") return;
  const focused = document.activeElement;
  const sorted = [...lines.children].sort((a, b) => (a.dataset.rank < b.dataset.rank ? -1 : a.dataset.rank > b.dataset.rank ? 1 : 0));
  sorted.forEach((line, at) => { if (lines.children[at] !== line) lines.insertBefore(line, lines.children[at] ?? null); });
  if (focused && lines.contains(focused)) focused.focus({ preventScroll: true });
}

function wantSort() {
  if (!pointerInside && !lines.contains(document.activeElement)) return sortLines();
  resortWaits = true;
  if (document.querySelector(".resort")) return;
  const button = element("button", "resort", root.dataset.wordsChanged);
  button.type = "button";
  button.addEventListener("click", sortLines);
  lines.before(button);
}

function takeLine(html) {
  if (!lines) return;
  const line = parse(html);
  const old = document.getElementById(line.id);
  const closedAway = line.dataset.status === "closed" && !new URLSearchParams(location.search).get("status");
  markHere(line);
  if (closedAway && !line.classList.contains("here")) { old?.remove(); showEmpty(); return; }
  if (old) {
    const moved = old.dataset.rank !== line.dataset.rank;
    const focused = old.contains(document.activeElement);
    old.replaceWith(line);
    if (focused) line.querySelector("a").focus({ preventScroll: true });
    if (moved) wantSort();
  } else if (lines.dataset.filtered !== "1") {
    line.classList.add("fresh");
    lines.append(line);
    wantSort();
  }
  showEmpty();
  ages();
}

function showEmpty() { document.getElementById("no-lines")?.toggleAttribute("hidden", lines.childElementCount > 0); }

if (lines) {
  lines.addEventListener("pointerenter", () => { pointerInside = true; });
  lines.addEventListener("pointerleave", () => { pointerInside = false; if (resortWaits) setTimeout(() => { if (!pointerInside) sortLines(); }, 200); });
}

// One conversation. On a phone the page scrolls, on a wide screen the timeline does.

const ownScroll = () => timeline.scrollHeight > timeline.clientHeight && getComputedStyle(timeline).overflowY !== "visible";
function atEnd() {
  if (ownScroll()) return timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < 120;
  const composer = document.getElementById("composer");
  return !timeline.lastElementChild || timeline.lastElementChild.getBoundingClientRect().bottom < innerHeight - (composer?.offsetHeight ?? 0) + 160;
}
function toEnd() {
  if (ownScroll()) timeline.scrollTop = timeline.scrollHeight;
  else timeline.lastElementChild?.scrollIntoView({ block: "end" });
}

function takeEntry(html) {
  if (!timeline) return;
  const entry = parse(html);
  const old = document.getElementById(entry.id);
  const follow = atEnd();
  if (old) old.replaceWith(entry);
  else {
    const later = [...timeline.querySelectorAll(".entry")].find((one) => Number(one.dataset.seq) > Number(entry.dataset.seq));
    timeline.insertBefore(entry, later ?? null);
  }
  const composer = document.getElementById("composer");
  const fromCustomer = entry.classList.contains("customer");
  if (composer && fromCustomer) composer.dataset.seen = String(Math.max(Number(composer.dataset.seen), Number(entry.dataset.seq)));
  if (entry.classList.contains("closed")) document.getElementById("closed-note")?.removeAttribute("hidden");
  if (entry.classList.contains("reopened") || fromCustomer) document.getElementById("closed-note")?.setAttribute("hidden", "");
  if (fromCustomer && !old) hear(entry);
  if (follow) toEnd();
}

function hear(entry) {
  // Said aloud by a screen reader: who, how hot, what; without the tags and the explanation.
  const heard = document.getElementById("heard");
  if (!heard) return;
  while (heard.childElementCount > 4) heard.firstElementChild.remove();
  heard.append(element("p", "", ["header strong", ".heat", ".words"].map((part) => entry.querySelector(part)?.textContent.trim()).filter(Boolean).join(", ")));
}

function showNow() {
  const short = document.getElementById("now-short"), now = document.getElementById("coach-now");
  if (short && now) short.textContent = [...now.childNodes].filter((one) => !one.classList?.contains("now-word")).map((one) => one.textContent).join("").trim();
}

let coachWaits = null;
function takeCoach(html) {
  if (!coach) return;
  // Whoever is reading or about to press a button keeps what they see; the new advice comes when they leave.
  if (busy(coach)) { coachWaits = html; return; }
  coachWaits = null;
  coach.innerHTML = html;
  showNow();
}
for (const event of ["pointerleave", "focusout"]) coach?.addEventListener(event, () => setTimeout(() => { if (coachWaits !== null) takeCoach(coachWaits); }, 250));

let headWaits = null;
function takeHead(html) {
  if (!head) return;
  if (head.querySelector("details[open]") || head.contains(document.activeElement)) { headWaits = html; return; }
  headWaits = null;
  head.innerHTML = html;
  showTake();
}
head?.addEventListener("toggle", () => { if (headWaits !== null) takeHead(headWaits); }, true);
head?.addEventListener("focusout", () => setTimeout(() => { if (headWaits !== null) takeHead(headWaits); }, 250));
function showTake() { const acts = head?.querySelector(".conv-acts"); if (acts) acts.querySelector(".take-it").hidden = acts.dataset.owner === root.dataset.me; }

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.menu[open]")) if (!open.contains(event.target)) open.open = false;
});

// What needs somebody, wherever they are.

function notice({ words, where, urgent }) {
  for (const same of notices.querySelectorAll(".notice")) if (same.dataset.key === where + words) same.remove();
  const box = element("div", `notice${urgent ? " urgent" : ""}`), text = element("p"), link = element("a", "", words);
  box.dataset.key = where + words;
  link.href = where;
  text.append(link);
  const close = element("button", "plain", "×");
  close.type = "button"; close.setAttribute("aria-label", notices.dataset.close);
  close.addEventListener("click", () => box.remove());
  box.append(text, close);
  notices.append(box);
  if (!urgent) setTimeout(() => box.remove(), 20000);
}

// After a gap: the page is fetched anew and its live parts taken over; a draft is not touched.

async function reloadPart() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || new URL(answer.url).pathname !== location.pathname) { if (answer?.redirected) location.reload(); return; }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (refreshOn.length) { const there = fresh.querySelector("[data-live]"); if (there) root.innerHTML = there.innerHTML; ages(); return; }
  const follow = timeline && atEnd();
  for (const [id, take] of [["coach", takeCoach], ["head", takeHead]]) { const there = fresh.getElementById(id); if (there) take(there.innerHTML); }
  for (const id of ["lines", "timeline"]) {
    const here = document.getElementById(id), there = fresh.getElementById(id);
    if (here && there) here.innerHTML = there.innerHTML;
  }
  const note = document.getElementById("closed-note"), freshNote = fresh.getElementById("closed-note");
  if (note && freshNote) note.hidden = freshNote.hidden;
  if (follow) toEnd();
  if (lines) { markAll(); showEmpty(); }
  ages();
}

let refreshing = 0;
function refreshSoon() {
  refreshing ||= setTimeout(() => {
    refreshing = 0;
    if (root.contains(document.activeElement) || (canHover.matches && root.querySelector(".lines:hover, tr:hover"))) return refreshSoon();
    reloadPart();
  }, 600);
}

let stream = null;
function listen() {
  stream?.close();
  const mine = stream = new EventSource(`/live?c=${encodeURIComponent(conversation)}&after=${lastId}`);
  const on = (name, take) => mine.addEventListener(name, (event) => {
    lastId = event.lastEventId || lastId;
    take(event.data);
    if (refreshOn.includes(name)) refreshSoon();
  });
  on("hello", () => down.setAttribute("hidden", ""));
  on("line", takeLine); on("entry", takeEntry); on("coach", takeCoach); on("head", takeHead);
  on("badge", () => {}); on("reload", reloadPart);
  on("notice", (data) => notice(JSON.parse(data)));
  mine.onerror = () => {
    if (stream !== mine) return;
    down.removeAttribute("hidden");
    // Closed for good means refused: perhaps the session has ended, which loading the page finds out.
    if (mine.readyState === EventSource.CLOSED) setTimeout(async () => { await reloadPart(); if (stream === mine) listen(); }, 3000);
  };
}

// How long somebody has been waiting, and what is overdue by now.

function ages() {
  const length = (number, unit) => new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "short" }).format(number);
  for (const time of document.querySelectorAll("time[data-since]")) {
    const minutes = Math.max(0, Math.floor((Date.now() - new Date(time.dateTime)) / 60000));
    time.textContent = minutes < 1 ? `< ${length(1, "minute")}` : minutes < 90 ? length(minutes, "minute") : minutes < 2880 ? length(Math.round(minutes / 60), "hour") : length(Math.round(minutes / 1440), "day");
  }
  for (const due of document.querySelectorAll("[data-due]")) due.classList.toggle("overdue", new Date(due.dataset.due) < Date.now());
}

function markAll() { for (const line of lines?.children ?? []) markHere(line); }

document.addEventListener("submit", (event) => {
  if (!event.target.classList.contains("with-csrf")) return;
  const field = document.createElement("input");
  field.type = "hidden"; field.name = "_csrf_token"; field.value = csrf;
  event.target.append(field);
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-older]");
  if (!button) return;
  button.disabled = true;
  const answer = await fetch(button.dataset.older).catch(() => null);
  if (!answer?.ok) { button.disabled = false; return; }
  const height = timeline.scrollHeight;
  button.closest("li").outerHTML = await answer.text();
  timeline.scrollTop += timeline.scrollHeight - height;
});

// The why of a mark: on hover and on focus.
let tip = null, tipped = null;
function showTip(mark) {
  hideTip();
  if (!mark.dataset.why) return;
  const kind = Object.keys(markNames).find((name) => mark.classList.contains(name));
  tip = element("div", "tip");
  tip.setAttribute("role", "tooltip"); tip.id = "tip";
  if (kind) tip.append(element("strong", "", markNames[kind]));
  tip.append(mark.dataset.why);
  document.body.append(tip);
  const at = mark.getBoundingClientRect(), size = tip.getBoundingClientRect();
  tip.style.setProperty("left", `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`);
  tip.style.setProperty("top", `${at.bottom + 6 + size.height > innerHeight ? at.top - size.height - 6 : at.bottom + 6}px`);
  mark.setAttribute("aria-describedby", "tip");
  tipped = mark;
}
function hideTip() { tip?.remove(); tipped?.removeAttribute("aria-describedby"); tip = tipped = null; }
for (const [on, off] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  document.addEventListener(on, (event) => { const mark = event.target.closest?.("mark.cue"); if (mark) showTip(mark); });
  document.addEventListener(off, hideTip);
}
document.addEventListener("scroll", hideTip, true);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  hideTip();
  const menu = document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

if (timeline) { if (location.hash.startsWith("#entry-")) document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" }); else toEnd(); }
markAll(); ages(); showNow(); showTake(); setInterval(ages, 15000);
if (root) {
  listen();
  addEventListener("offline", () => down.removeAttribute("hidden"));
  addEventListener("online", listen);
  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
}
