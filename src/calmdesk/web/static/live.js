// Keeps an agent's page live: one stream of server-sent events with ready fragments. Nothing jumps under the pointer.
const root = document.querySelector("[data-live]");
const csrf = document.body.dataset.csrf;
const conversation = root?.dataset.conversation ?? "";
const refreshOn = (root?.dataset.refresh ?? "").split(" ").filter(Boolean);
const lines = document.getElementById("lines");
const timeline = document.getElementById("timeline");
const down = document.getElementById("line-down");
let lastId = root?.dataset.after ?? "-1";
let resortWaits = false;
let pointerInside = false;

const parse = (html) => { const box = document.createElement("template"); box.innerHTML = html.trim(); return box.content.firstElementChild; };

function markHere(line) { if (lines?.dataset.here && line.id === `line-${lines.dataset.here}`) line.classList.add("here"); }

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
  const button = document.createElement("button");
  button.type = "button"; button.className = "quiet resort"; button.textContent = root.dataset.wordsChanged;
  button.addEventListener("click", sortLines);
  lines.before(button);
}

function takeLine(html) {
  if (!lines) return;
  const line = parse(html);
  const old = document.getElementById(line.id);
  const closedAway = line.dataset.status === "closed" && !location.search.includes("status=");
  if (closedAway && !line.classList.contains("here")) { old?.remove(); return; }
  markHere(line);
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
  document.getElementById("no-lines")?.setAttribute("hidden", "");
  ages();
}

const atEnd = () => timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < 120;

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
  if (composer && entry.classList.contains("customer")) composer.dataset.seen = entry.dataset.seq;
  if (entry.classList.contains("closed")) document.getElementById("closed-note")?.removeAttribute("hidden");
  if (entry.classList.contains("reopened") || entry.classList.contains("customer")) document.getElementById("closed-note")?.setAttribute("hidden", "");
  if (follow) timeline.scrollTop = timeline.scrollHeight;
}

function takeCoach(html) {
  const coach = document.getElementById("coach");
  if (!coach) return;
  if (coach.matches(":hover") || coach.contains(document.activeElement)) {
    // Whoever is reading or about to press a button keeps what they see; the new advice comes when they leave.
    coach.pending = html;
    return;
  }
  coach.innerHTML = html;
}
const coachPanel = document.getElementById("coach");
for (const event of ["pointerleave", "focusout"]) coachPanel?.addEventListener(event, () => {
  setTimeout(() => { if (coachPanel.pending && !coachPanel.matches(":hover") && !coachPanel.contains(document.activeElement)) { coachPanel.innerHTML = coachPanel.pending; coachPanel.pending = null; } }, 250);
});

function takeHead(html) {
  const head = document.getElementById("head");
  if (!head || head.querySelector("details[open]")) return;
  head.innerHTML = html;
}

function notice({ words, where, urgent }) {
  const box = document.createElement("div");
  box.className = `notice${urgent ? " urgent" : ""}`;
  const text = document.createElement("p");
  const link = document.createElement("a");
  link.href = where; link.textContent = words;
  text.append(link);
  const close = document.createElement("button");
  close.type = "button"; close.className = "quiet"; close.textContent = "×"; close.setAttribute("aria-label", "×");
  close.addEventListener("click", () => box.remove());
  box.append(text, close);
  document.getElementById("notices").append(box);
  if (!urgent) setTimeout(() => box.remove(), 20000);
}

async function reloadPart() {
  // After a gap: fetch the page anew and take over its live parts; a draft is not touched.
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || new URL(answer.url).pathname !== location.pathname) { if (answer?.redirected) location.reload(); return; }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["lines", "timeline", "coach", "head"]) {
    const here = document.getElementById(id), there = fresh.getElementById(id);
    if (here && there) here.innerHTML = there.innerHTML;
  }
  if (refreshOn.length) { const there = fresh.querySelector("[data-live]"); if (there) root.innerHTML = there.innerHTML; }
  const composer = document.getElementById("composer"), freshComposer = fresh.getElementById("composer");
  if (composer && freshComposer) composer.dataset.seen = freshComposer.dataset.seen;
  markAll(); ages();
}

let refreshing = 0;
function refreshSoon() { clearTimeout(refreshing); refreshing = setTimeout(reloadPart, 300); }

function listen() {
  const stream = new EventSource(`/live?c=${encodeURIComponent(conversation)}&after=${lastId}`);
  const on = (name, take) => stream.addEventListener(name, (event) => {
    lastId = event.lastEventId || lastId;
    take(event.data);
    if (refreshOn.includes(name)) refreshSoon();
  });
  on("hello", () => down.setAttribute("hidden", ""));
  on("line", takeLine); on("entry", takeEntry); on("coach", takeCoach); on("head", takeHead);
  on("badge", () => {}); on("reload", reloadPart);
  on("notice", (data) => notice(JSON.parse(data)));
  stream.onerror = () => {
    down.removeAttribute("hidden");
    if (stream.readyState === EventSource.CLOSED) { stream.close(); setTimeout(listen, 3000); }
  };
  addEventListener("pagehide", () => stream.close(), { once: true });
}

function ages() {
  const units = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always", style: "short" });
  for (const time of document.querySelectorAll("time[data-since]")) {
    const minutes = Math.max(0, Math.round((Date.now() - new Date(time.dateTime)) / 60000));
    time.textContent = minutes < 90 ? units.format(-minutes, "minute") : minutes < 2880 ? units.format(-Math.round(minutes / 60), "hour") : units.format(-Math.round(minutes / 1440), "day");
  }
  for (const due of document.querySelectorAll("[data-due]")) due.classList.toggle("overdue", new Date(due.dataset.due) < Date.now());
}

function markAll() { for (const line of lines?.children ?? []) markHere(line); }

if (lines) {
  lines.addEventListener("pointerenter", () => { pointerInside = true; });
  lines.addEventListener("pointerleave", () => { pointerInside = false; if (resortWaits) setTimeout(sortLines, 200); });
}
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
let tip = null;
function showTip(mark) {
  hideTip();
  if (!mark.dataset.why) return;
  tip = document.createElement("div");
  tip.className = "tip"; tip.setAttribute("role", "tooltip"); tip.id = "tip"; tip.textContent = mark.dataset.why;
  document.body.append(tip);
  const at = mark.getBoundingClientRect(), size = tip.getBoundingClientRect();
  tip.style.setProperty("left", `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`);
  tip.style.setProperty("top", `${at.bottom + 6 + size.height > innerHeight ? at.top - size.height - 6 : at.bottom + 6}px`);
  mark.setAttribute("aria-describedby", "tip");
}
function hideTip() { tip?.remove(); tip = null; }
for (const [on, off] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  document.addEventListener(on, (event) => { const mark = event.target.closest?.("mark.cue"); if (mark) showTip(mark); });
  document.addEventListener(off, hideTip);
}
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hideTip(); });

if (timeline) { if (location.hash.startsWith("#entry-")) document.querySelector(location.hash)?.scrollIntoView(); else timeline.scrollTop = timeline.scrollHeight; }
markAll(); ages(); setInterval(ages, 15000);
if (root) listen();
