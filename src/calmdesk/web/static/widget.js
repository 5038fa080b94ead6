// The chat on any web page: one script tag, its own shadow tree, no cookie. What the customer writes is kept in the
// browser until the desk has it, is sent once and in order, and is still there after a reload.
(() => {
  const tag = document.currentScript;
  const base = new URL(tag.src).origin;
  const desk = tag.dataset.desk ?? "";
  const store = `calmdesk.${desk || base}`;
  const load = (name, other) => { try { return JSON.parse(localStorage.getItem(`${store}.${name}`)) ?? other; } catch { return other; } };
  const save = (name, value) => { try { localStorage.setItem(`${store}.${name}`, JSON.stringify(value)); } catch { /* private mode: the chat works, it only forgets */ } };

  let token = load("token", "");
  let queue = load("queue", []);
  let seen = -1, sending = false, opened = false, words = {}, ready = null, retry = 1000, closedByUser = true, streaming = false, answered = false;
  const shown = new Set();

  const host = document.createElement("div");
  host.id = "calmdesk-chat";
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    * { box-sizing: border-box; font: 16px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    .launch { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483000; border: 0; border-radius: 99px; padding: 0.8rem 1.2rem; background: #1f6f6b; color: #fff; font-weight: 600; box-shadow: 0 4px 16px #0004; cursor: pointer; }
    .launch .new { background: #fff; color: #b3202c; border-radius: 99px; padding: 0 0.5em; margin-left: 0.4em; }
    .panel { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483001; width: min(24rem, calc(100vw - 2rem)); height: min(36rem, calc(100dvh - 2rem)); display: flex; flex-direction: column; background: var(--card); color: var(--ink); border: 1px solid var(--rule); border-radius: 14px; overflow: hidden; box-shadow: 0 10px 40px #0005; --card: #fff; --ink: #1d2427; --soft: #566067; --rule: #dcd9d2; --mine: #e4f0ef; --theirs: #f3f1ec; }
    @media (prefers-color-scheme: dark) { .panel { --card: #1e2225; --ink: #e8e6e1; --soft: #a9b1b6; --rule: #343a3f; --mine: #1d3534; --theirs: #2a2f33; } }
    @media (max-width: 30rem) { .panel { inset: 0; width: auto; height: 100dvh; border-radius: 0; border: 0; } }
    [hidden] { display: none !important; }
    header { display: flex; justify-content: space-between; align-items: center; padding: 0.6rem 0.9rem; border-bottom: 1px solid var(--rule); } h2 { margin: 0; font-size: 1.05rem; font-weight: 650; }
    button { cursor: pointer; color: inherit; background: transparent; border: 1px solid var(--rule); border-radius: 8px; padding: 0.4rem 0.8rem; min-height: 2.4rem; }
    :focus-visible { outline: 3px solid #2f8f8a; outline-offset: 2px; }
    .log { flex: 1; overflow-y: auto; padding: 0.8rem; display: flex; flex-direction: column; gap: 0.5rem; margin: 0; list-style: none; }
    .log li { max-width: 86%; padding: 0.5rem 0.8rem; border-radius: 12px; background: var(--theirs); white-space: pre-wrap; overflow-wrap: anywhere; } .log .mine { align-self: flex-end; background: var(--mine); } .log .note { align-self: center; background: none; color: var(--soft); text-align: center; }
    .who { display: block; font-size: 0.78rem; color: var(--soft); }
    .status { padding: 0.3rem 0.9rem; font-size: 0.85rem; color: var(--soft); min-height: 1.7rem; }
    form { display: flex; gap: 0.5rem; padding: 0.7rem; border-top: 1px solid var(--rule); align-items: flex-end; }
    textarea { flex: 1; resize: none; padding: 0.5rem 0.7rem; border: 1px solid #7d868c; border-radius: 8px; background: transparent; color: inherit; max-height: 8rem; }
    .send, .survey .go { background: #1f6f6b; color: #fff; border-color: #1f6f6b; font-weight: 600; }
    .survey { padding: 0.8rem; border-top: 1px solid var(--rule); display: grid; gap: 0.5rem; } fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 0.2rem; } legend { font-weight: 600; padding: 0; } label { display: flex; gap: 0.5rem; align-items: center; min-height: 1.9rem; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }`);
  root.adoptedStyleSheets = [sheet];
  const make = (name, css, text) => { const one = document.createElement(name); if (css) one.className = css; if (text !== undefined) one.textContent = text; return one; };

  const launch = make("button", "launch"); launch.type = "button"; launch.setAttribute("aria-haspopup", "dialog");
  const panel = make("section", "panel"); panel.hidden = true; panel.setAttribute("role", "dialog");
  const head = make("header"), title = make("h2"), shut = make("button"); shut.type = "button";
  title.id = "calmdesk-title"; panel.setAttribute("aria-labelledby", "calmdesk-title");
  head.append(title, shut);
  const log = make("ol", "log"); log.setAttribute("role", "log"); log.setAttribute("aria-live", "polite"); log.tabIndex = 0;
  const status = make("div", "status"); status.setAttribute("role", "status");
  const survey = make("form", "survey"); survey.hidden = true;
  const form = make("form"), label = make("label", "unseen"), input = make("textarea"), button = make("button", "send");
  input.rows = 2; input.id = "calmdesk-input"; label.htmlFor = "calmdesk-input"; button.type = "submit";
  form.append(label, input, button);
  panel.append(head, log, status, survey, form);
  root.append(launch, panel);
  const place = () => document.body.append(host);
  if (document.body) place(); else addEventListener("DOMContentLoaded", place);

  async function call(path, body) {
    const answer = await fetch(base + path, {
      method: body === undefined ? "GET" : "POST", credentials: "omit",
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(said.error?.message ?? String(answer.status)), { status: answer.status, code: said.error?.code });
    return said;
  }

  function hello() {
    ready ??= call("/widget/hello", { desk, token, name: tag.dataset.name ?? "", email: tag.dataset.email ?? "", lang: tag.dataset.lang || navigator.language || "" })
      .then((said) => { token = said.token; save("token", token); words = said.words; title.textContent = said.desk; label_all(said.lang); return said; })
      .catch((error) => { ready = null; throw error; });
    return ready;
  }
  function label_all(lang) {
    host.lang = lang;
    launch.firstChild ? (launch.firstChild.textContent = words.open) : launch.append(words.open);
    shut.textContent = "×"; shut.setAttribute("aria-label", words.close); label.textContent = words.label;
    input.placeholder = words.placeholder; button.textContent = words.send; log.setAttribute("aria-label", words.title);
    if (!log.firstChild) log.append(make("li", "theirs", words.greeting));
  }

  function bubble(entry) {
    if (entry.kind === "survey_asked") { if (!answered) askSurvey(); return; }
    if (entry.kind === "survey_answered") { answered = true; survey.hidden = true; return; }
    if (entry.kind !== "message" || shown.has(entry.seq)) return;
    shown.add(entry.seq);
    const item = make("li", entry.mine ? "mine" : "theirs");
    item.append(make("span", "who", entry.mine ? words.you : entry.name || words.bot), entry.text);
    const pending = log.querySelector("[data-pending]");
    log.insertBefore(item, pending);
    log.scrollTop = log.scrollHeight;
    if (!entry.mine && panel.hidden && opened) { let badge = launch.querySelector(".new"); if (!badge) { badge = make("span", "new", "0"); launch.append(badge); } badge.textContent = String(Number(badge.textContent) + 1); }
  }
  function take(entry) { bubble(entry); seen = Math.max(seen, entry.seq); }

  function paintQueue() {
    log.querySelectorAll("[data-pending]").forEach((one) => one.remove());
    for (const message of queue) { const item = make("li", "mine"); item.dataset.pending = message.key; item.append(make("span", "who", navigator.onLine && sending ? words.sending : words.waiting), message.text); log.append(item); }
    log.scrollTop = log.scrollHeight;
  }

  async function flush() {
    if (sending) return;
    sending = true; paintQueue();
    while (queue.length) {
      const [message] = queue;
      try {
        await hello();
        await call("/widget/messages", message);
        queue = queue.slice(1); save("queue", queue); retry = 1000; status.textContent = "";
        await catchUp(); paintQueue();
      } catch (error) {
        if (error.status === 401) { ready = null; token = ""; save("token", ""); if (retry < 60000) { retry *= 2; continue; } }
        if (error.status === 422 || error.status === 413) { status.textContent = error.message; input.value = input.value || message.text; queue = queue.slice(1); save("queue", queue); paintQueue(); continue; }
        status.textContent = error.status ? error.message : words.offline ?? "";
        setTimeout(flush, retry); retry = Math.min(30000, retry * 2);
        break;
      }
    }
    sending = false; paintQueue();
    if (!queue.length) listen();
  }

  async function catchUp() { const said = await call(`/widget/messages?after=${seen}`); said.entries.forEach(take); return said; }

  async function listen() {
    if (streaming) return;
    streaming = true;
    try {
      await hello();
      await catchUp();
      paintQueue();
      const answer = await fetch(`${base}/widget/stream?after=${seen}`, { credentials: "omit", headers: { authorization: `Bearer ${token}` } });
      if (!answer.ok || !answer.body) throw Object.assign(new Error(), { status: answer.status });
      if (!queue.length) status.textContent = "";
      retry = 1000;
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        rest += value;
        const parts = rest.split(/\r?\n\r?\n/);
        rest = parts.pop();
        for (const part of parts) {
          const data = part.split(/\r?\n/).filter((row) => row.startsWith("data:")).map((row) => row.slice(5).trimStart()).join("\n");
          if (data && /^event: ?entry$/m.test(part)) take(JSON.parse(data));
        }
      }
    } catch (error) {
      if (error.status === 401) { ready = null; token = ""; save("token", ""); }
      if (!panel.hidden && !error.status) status.textContent = words.offline ?? "";
      retry = Math.min(30000, retry * 2);
    }
    streaming = false;
    setTimeout(() => { if (opened) { listen(); if (queue.length) flush(); } }, retry);
  }

  function askSurvey() {
    survey.replaceChildren();
    survey.hidden = false;
    const box = make("fieldset"); box.append(make("legend", "", words.survey));
    for (const score of [5, 4, 3, 2, 1]) { const choice = make("label"), radio = make("input"); radio.type = "radio"; radio.name = "score"; radio.value = String(score); radio.required = true; choice.append(radio, words[`survey_${score}`]); box.append(choice); }
    const note = make("textarea"); note.rows = 2; note.placeholder = words.survey_comment; note.setAttribute("aria-label", words.survey_comment);
    const go = make("button", "go", words.survey_send); go.type = "submit";
    survey.append(box, note, go);
    survey.onsubmit = async (event) => {
      event.preventDefault();
      const chosen = survey.querySelector("input:checked");
      if (!chosen) return;
      try { await call("/widget/survey", { score: Number(chosen.value), comment: note.value }); answered = true; survey.replaceChildren(make("p", "", words.survey_thanks)); input.focus(); }
      catch (error) { status.textContent = error.status ? error.message : words.offline; }
    };
  }

  function open() {
    opened = true; closedByUser = false; save("open", true);
    launch.querySelector(".new")?.remove();
    launch.hidden = true; panel.hidden = false;
    input.focus();
    hello().catch(() => { status.textContent = words.offline ?? ""; });
    listen();
    if (queue.length) flush();
  }
  function close() { closedByUser = true; save("open", false); panel.hidden = true; launch.hidden = false; launch.focus(); }

  launch.textContent = tag.dataset.label ?? "Chat";
  launch.addEventListener("click", open);
  shut.addEventListener("click", close);
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); } });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    if (text.length > 20000) { status.textContent = words.too_long; return; }
    const key = crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
    queue = [...queue, { text, key }]; save("queue", queue);
    input.value = "";
    paintQueue(); flush();
  });
  addEventListener("online", () => { retry = 1000; status.textContent = ""; flush(); listen(); });
  addEventListener("offline", () => { status.textContent = words.offline ?? ""; });

  hello().then((said) => { if (load("open", false)) open(); else if (token && said) { opened = load("wrote", false); } }).catch(() => {});
  if (queue.length) { opened = true; flush(); }
})();
