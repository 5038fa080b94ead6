// The chat on any web page: one script tag, its own shadow tree, no cookie. What the customer writes is kept in the
// browser until the desk has it, is sent once and in order, and is still there after a reload.
(() => {
  const tag = document.currentScript;
  const base = new URL(tag.src).origin;
  const desk = tag.dataset.desk ?? "";
  const store = `calmdesk.${desk || base}`;
  const load = (name, other) => { try { return JSON.parse(localStorage.getItem(`${store}.${name}`)) ?? other; } catch { return other; } };
  const save = (name, value) => { try { localStorage.setItem(`${store}.${name}`, JSON.stringify(value)); } catch { /* private mode: the chat works, it only forgets */ } };

  // What is said before the desk has been asked anything: nothing leaves the page until the customer opens the chat.
  const russian = (tag.dataset.lang || navigator.language || "").toLowerCase().startsWith("ru");
  const first = russian
    ? { open: "Написать нам", offline: "Связи нет. Пишите дальше — всё сохранится и уйдёт, когда связь вернётся." }
    : { open: "Chat with us", offline: "The line is down. Keep writing; it is kept and sent once the line is back." };

  let token = load("token", "");
  let queue = load("queue", []);
  let read = load("read", -1);
  let seen = -1, sending = false, opened = false, words = first, ready = null, retry = 1000, stream = null, answered = false, unread = 0, flushing = 0, listening = 0;
  const shown = new Set();

  const host = document.createElement("div");
  host.id = "calmdesk-chat";
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
:host { all: initial; }
    * { box-sizing: border-box; font: 16px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    .launch { position: fixed; right: max(1rem, env(safe-area-inset-right)); bottom: max(1rem, env(safe-area-inset-bottom)); z-index: 2147483000; display: flex; gap: 0.6rem; align-items: center; border: 0; border-radius: 99px; padding: 0.8rem 1.3rem; min-height: 3rem; background: #1a6a66; color: #fff; font-weight: 600; box-shadow: 0 4px 18px #0004; cursor: pointer; }
    .launch:hover { background: #155956; }
    .launch .new { background: #fff; color: #b01f2b; border-radius: 99px; padding: 0 0.55em; font-weight: 700; }
    .panel { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483001; width: min(24rem, calc(100vw - 2rem)); height: min(37rem, calc(100dvh - 2rem)); display: flex; flex-direction: column; background: var(--card); color: var(--ink); border: 1px solid var(--rule); border-radius: 16px; overflow: hidden; box-shadow: 0 12px 44px #0005; color-scheme: light dark; --card: #fff; --ink: #1b2226; --soft: #535d64; --rule: #e0ddd6; --edge: #868f95; --mine: #dfeeec; --theirs: #f3f1ec; --accent: #1a6a66; --accent-ink: #fff; }
    @media (prefers-color-scheme: dark) { .panel { --card: #1d2124; --ink: #e9e7e2; --soft: #a9b1b6; --rule: #333a3f; --edge: #727c83; --mine: #1b3a38; --theirs: #2a2f33; --accent: #6cc5bf; --accent-ink: #0d1f1e; } }
    @media (max-width: 30rem) { .panel { inset: 0; width: auto; height: 100dvh; border-radius: 0; border: 0; } }
    [hidden] { display: none !important; }
    header { display: flex; justify-content: space-between; align-items: center; padding: 0.6rem 0.6rem 0.6rem 1.1rem; border-bottom: 1px solid var(--rule); } h2 { margin: 0; font-size: 1.05rem; font-weight: 650; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    button { cursor: pointer; color: inherit; background: transparent; border: 1px solid var(--edge); border-radius: 8px; padding: 0.4rem 0.9rem; min-height: 2.75rem; }
    .shut { border: 0; min-width: 2.75rem; padding: 0; font-size: 1.5rem; line-height: 1; flex: none; }
    :focus-visible { outline: 3px solid #2f8f8a; outline-offset: 2px; }
    .log:focus-visible { outline-offset: -4px; }
    .log { flex: 1; overflow-y: auto; padding: 1rem; display: flex; flex-direction: column; gap: 0.6rem; overscroll-behavior: contain; }
    .log > :first-child { margin-top: auto; }
    .log > div { max-width: 86%; padding: 0.5rem 0.85rem; border-radius: 14px; background: var(--theirs); white-space: pre-wrap; overflow-wrap: anywhere; align-self: flex-start; border-bottom-left-radius: 3px; }
    .log > .mine { align-self: flex-end; background: var(--mine); border-radius: 14px 14px 3px; }
    .log > [data-pending] { border: 1px dashed var(--edge); background: none; }
    .log > .note { align-self: center; background: none; color: var(--soft); text-align: center; font-size: 0.88rem; }
    .who { display: block; font-size: 0.8rem; color: var(--soft); }
    .status { padding: 0 1rem; font-size: 0.88rem; color: var(--soft); } .status:not(:empty) { padding: 0.45rem 1rem; }
    form { display: flex; gap: 0.5rem; padding: 0.75rem; border-top: 1px solid var(--rule); align-items: flex-end; }
    textarea { flex: 1; min-width: 0; resize: none; padding: 0.55rem 0.75rem; border: 1px solid var(--edge); border-radius: 10px; background: transparent; color: inherit; field-sizing: content; min-height: 2.75rem; max-height: 8rem; }
    ::placeholder { color: var(--soft); opacity: 1; }
    .send, .survey .go { background: var(--accent); color: var(--accent-ink); border-color: var(--accent); font-weight: 600; }
    .survey { padding: 0.9rem 1rem; display: grid; gap: 0.6rem; align-items: stretch; overflow-y: auto; flex: 0 1 auto; max-height: 70%; } .survey p { margin: 0; } fieldset { border: 0; margin: 0; padding: 0; min-width: 0; display: grid; } legend { font-weight: 650; padding: 0 0 0.2rem; } label { display: flex; gap: 0.6rem; align-items: center; min-height: 2.1rem; }
    input[type="radio"] { width: 1.15rem; height: 1.15rem; accent-color: var(--accent); margin: 0; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); min-height: 0; }`);
  root.adoptedStyleSheets = [sheet];
  const make = (name, css, text) => { const one = document.createElement(name); if (css) one.className = css; if (text !== undefined) one.textContent = text; return one; };

  const launch = make("button", "launch"); launch.type = "button"; launch.setAttribute("aria-haspopup", "dialog");
  const panel = make("section", "panel"); panel.hidden = true; panel.setAttribute("role", "dialog");
  const head = make("header"), title = make("h2"), shut = make("button", "shut", "×"); shut.type = "button";
  title.id = "calmdesk-title"; panel.setAttribute("aria-labelledby", "calmdesk-title");
  head.append(title, shut);
  const log = make("div", "log"); log.setAttribute("role", "log"); log.setAttribute("aria-live", "polite"); log.tabIndex = 0;
  const status = make("div", "status"); status.setAttribute("role", "status");
  const survey = make("form", "survey"); survey.hidden = true;
  const form = make("form"), label = make("label", "unseen"), input = make("textarea"), button = make("button", "send");
  input.rows = 1; input.id = "calmdesk-input"; label.htmlFor = "calmdesk-input"; button.type = "submit";
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
      .then((said) => { token = said.token; save("token", token); words = { ...first, ...said.words }; title.textContent = said.desk; label_all(said.lang); return said; })
      .catch((error) => { ready = null; throw error; });
    return ready;
  }
  function label_all(lang) {
    host.lang = lang;
    shut.setAttribute("aria-label", words.close); label.textContent = words.label;
    input.placeholder = words.placeholder; button.textContent = words.send; log.setAttribute("aria-label", words.title);
    if (!log.firstChild) log.append(make("div", "theirs", words.greeting));
    showLaunch();
  }
  function showLaunch() {
    launch.replaceChildren(tag.dataset.label || words.open);
    if (unread) { const badge = make("span", "new", String(unread)); badge.append(make("span", "unseen", ` ${words.new_message ?? ""}`)); launch.append(badge); }
  }
  function markRead() { unread = 0; showLaunch(); if (seen > read) { read = seen; save("read", read); } }

  function isClosed(now) {
    const note = log.querySelector(".closed");
    if (now && !note) told(words.closed).classList.add("closed");
    if (!now) { note?.remove(); survey.hidden = true; }
  }
  const told = (text) => log.insertBefore(make("div", "note", text), log.querySelector("[data-pending]"));
  function bubble(entry) {
    if (entry.kind === "survey_asked") { answered = false; askSurvey(); isClosed(true); return; }
    if (entry.kind === "survey_answered") { answered = true; survey.hidden = true; return; }
    if (shown.has(entry.seq)) return;
    shown.add(entry.seq);
    if (entry.kind !== "message") return;
    isClosed(false);
    const item = make("div", entry.mine ? "mine" : "theirs");
    item.append(make("span", "who", entry.mine ? words.you : entry.name || words.bot), entry.text);
    log.insertBefore(item, log.querySelector("[data-pending]"));
    log.scrollTop = log.scrollHeight;
    if (!entry.mine && panel.hidden && entry.seq > read) { unread += 1; showLaunch(); }
  }
  function take(entry) { bubble(entry); seen = Math.max(seen, entry.seq); if (!panel.hidden) markRead(); }

  function paintQueue() {
    log.querySelectorAll("[data-pending]").forEach((one) => one.remove());
    for (const message of queue) { const item = make("div", "mine"); item.dataset.pending = message.key; item.append(make("span", "who", navigator.onLine && sending ? words.sending ?? "" : words.waiting ?? ""), message.text); log.append(item); }
    log.scrollTop = log.scrollHeight;
  }

  // Another tab may have added to the queue or emptied it: what is kept is the truth, and a key makes twice harmless.
  function unqueue(message) { queue = load("queue", queue).filter((one) => one.key !== message.key); save("queue", queue); }

  async function flush() {
    clearTimeout(flushing);
    if (sending) return;
    sending = true; paintQueue();
    let strangers = 0;
    while (queue.length) {
      const [message] = queue;
      try {
        await hello();
        await call("/widget/messages", message);
        unqueue(message); retry = 1000; status.textContent = "";
        await catchUp(); paintQueue();
      } catch (error) {
        if (error.status === 401 && strangers++ < 2) { ready = null; token = ""; save("token", ""); continue; }
        if (error.status === 422 || error.status === 413) { status.textContent = error.message; input.value ||= message.text; unqueue(message); paintQueue(); continue; }
        status.textContent = error.status ? error.message : words.offline;
        flushing = setTimeout(flush, retry); retry = Math.min(30000, retry * 2);
        break;
      }
    }
    sending = false; paintQueue();
    if (!queue.length) listen();
  }

  async function catchUp() { const said = await call(`/widget/messages?after=${seen}`); said.entries.forEach(take); if (said.status) isClosed(said.status === "closed"); return said; }

  const SILENCE = 45000; // The desk sends a sign of life every 15 seconds; a line that is silent this long is dead.
  async function listen() {
    clearTimeout(listening);
    if (stream) return;
    const mine = stream = new AbortController();
    let quiet = 0;
    const alive = () => { clearTimeout(quiet); quiet = setTimeout(() => mine.abort(), SILENCE); };
    try {
      await hello();
      await catchUp();
      paintQueue();
      alive();
      const answer = await fetch(`${base}/widget/stream?after=${seen}`, { credentials: "omit", headers: { authorization: `Bearer ${token}` }, signal: mine.signal });
      if (!answer.ok || !answer.body) throw Object.assign(new Error(), { status: answer.status });
      if (!queue.length) status.textContent = "";
      retry = 1000;
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        alive();
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
      if (!panel.hidden && !error.status && !mine.signal.aborted) status.textContent = words.offline;
      else if (error.status === 404) { status.textContent = error.message; }
      if (!mine.signal.aborted) retry = Math.min(30000, retry * 2);
    }
    clearTimeout(quiet);
    if (stream !== mine) return;
    stream = null;
    listening = setTimeout(() => { if (opened) { listen(); if (queue.length) flush(); } }, retry);
  }
  function listenAnew() { const old = stream; stream = null; old?.abort(); listen(); }

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
      try { await call("/widget/survey", { score: Number(chosen.value), comment: note.value }); answered = true; survey.hidden = true; told(words.survey_thanks); log.scrollTop = log.scrollHeight; input.focus(); }
      catch (error) { status.textContent = error.status ? error.message : words.offline; }
    };
  }

  function open() {
    opened = true; save("open", true);
    launch.hidden = true; panel.hidden = false;
    markRead();
    input.focus();
    log.scrollTop = log.scrollHeight;
    hello().catch((error) => { status.textContent = error.status ? error.message : words.offline; });
    listen();
    if (queue.length) flush();
  }
  function close() { save("open", false); panel.hidden = true; launch.hidden = false; showLaunch(); launch.focus(); }

  showLaunch();
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
    queue = [...load("queue", queue), { text, key }]; save("queue", queue);
    input.value = "";
    paintQueue(); flush();
  });
  addEventListener("online", () => { retry = 1000; status.textContent = ""; if (opened) listenAnew(); if (queue.length) flush(); });
  addEventListener("offline", () => { if (opened) status.textContent = words.offline; });

  // Who has written before keeps listening, so that an answer shows on the button; everybody else is left alone.
  if (load("open", false)) open();
  else if (token && (queue.length || load("read", null) !== null)) { opened = true; listen(); if (queue.length) flush(); }
})();
