// CareerPlan's own script. Every page works without it; each part makes one thing easier.
// Nothing here is inline and nothing is evaluated: the Content-Security-Policy allows neither.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const page = () => document.body.dataset;
  const csrfHeader = () => {
    const meta = document.querySelector('meta[name="csrf-token"]');
    return meta ? { "X-CSRFToken": meta.content } : {};
  };
  const send = (url, body) =>
    fetch(url, { method: "POST", body, headers: csrfHeader(), keepalive: document.hidden });
  // Posts; once more with a fresh token where its own is of a former sign-in of the same person
  async function post(url, body) {
    const answer = await send(url, body);
    return answer.status === 403 && (await renewToken()) ? send(url, body) : answer;
  }
  async function renewToken() {
    const now = await fetch(page().tokenUrl).then((answer) => answer.json());
    if (now.person !== page().person) throw new Error(now.person ? "draftOtherPerson" : "draftSignedOut");
    document.querySelector('meta[name="csrf-token"]').content = now.token;
    all("input[name=csrfmiddlewaretoken]").forEach((field) => (field.value = now.token));
    return true;
  }

  // Characters left, for <textarea data-counter="144">. Counts as Python's len does after line ends
  // became "\n". Too long a text is shown as too long, not cut.
  function addCounter(field) {
    if (field.counter) return;
    const seen = document.createElement("p");
    const spoken = document.createElement("p");
    seen.className = "counter";
    seen.id = `${field.id}_counter`;
    spoken.className = "visually-hidden";
    spoken.setAttribute("role", "status");
    field.after(seen, spoken);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${seen.id}`.trim());
    let later;
    field.counter = () => {
      const left = Number(field.dataset.counter || field.maxLength) - Array.from(field.value).length;
      const number = Math.abs(left);
      const words = page()[`${left < 0 ? "over" : "left"}${number === 1 ? "One" : "Many"}`] || "%n";
      seen.textContent = words.replace("%n", number);
      seen.classList.toggle("is-over", left < 0);
      return seen.textContent;
    };
    field.counter();
    // A screen reader hears the number when the typing pauses, not at every key
    field.addEventListener("input", () => {
      const text = field.counter();
      clearTimeout(later);
      later = setTimeout(() => (spoken.textContent = text), 1000);
    });
  }

  // The browser's calendar behind a text field of a day. The text is what is sent: a date field that the browser can't
  // read is sent empty, and what was there before would be gone.
  function addCalendar(field) {
    if (field.calendar || !("showPicker" in HTMLInputElement.prototype)) return;
    const box = document.createElement("span");
    const calendar = document.createElement("input");
    const button = document.createElement("button");
    const words = document.createElement("span");
    box.className = "day";
    calendar.type = "date";
    calendar.className = "day-calendar";
    calendar.tabIndex = -1;
    calendar.setAttribute("aria-hidden", "true");
    button.type = "button";
    button.className = "day-button";
    words.className = "visually-hidden";
    words.textContent = `${page().calendar}: ${field.labels[0]?.textContent.trim() || ""}`;
    button.append(words);
    field.replaceWith(box);
    box.append(field, calendar, button);
    field.calendar = calendar;
    button.addEventListener("click", () => {
      const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(field.value.trim()) || [];
      calendar.value = year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
      calendar.showPicker();
    });
    calendar.addEventListener("change", () => {
      const [year, month, day] = calendar.value.split("-");
      field.value = day ? `${month}/${day}/${year}` : "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }

  // What a new page, or a fragment that htmx put in, needs
  function prepare(part) {
    all("input[data-day]", part).forEach(addCalendar);
    all("textarea[data-counter], input[data-counter], [data-counter] [maxlength]", part).forEach(addCounter);
    const summary = part.matches?.("[data-error-summary]") ? part : part.querySelector("[data-error-summary]");
    if (!summary) return;
    summary.focus();
    summary.querySelector("h2, h3").scrollIntoView({ block: "nearest" });
  }

  // A link in the error summary leads to the field; in a group, to its first choice
  function followError(event, link) {
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const field = target.matches("fieldset, div") ? target.querySelector("input, select, textarea") : target;
    (field || target).focus();
    (target.closest(".field") || target).scrollIntoView({ block: "start" });
  }

  // Native dialogs. A link opens its page where there is no script; an empty body is fetched.
  function openDialog(event, opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.addEventListener("close", () => opener.focus(), { once: true });
    dialog.showModal();
    const body = dialog.querySelector("[data-dialog-body]");
    const source = dialog.dataset.src || opener.getAttribute("href");
    if (body && source && !body.childElementCount && window.htmx) {
      htmx
        .ajax("GET", source, { target: body, swap: "innerHTML" })
        .then(() => body.querySelector("[autofocus], input:not([type=hidden]), select, textarea")?.focus());
    }
  }

  // Phone navigation
  function toggle(button) {
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
  }

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    if (at("[data-error-summary] a[href^='#']")) followError(event, at("a"));
    else if (at("[data-dialog]")) openDialog(event, at("[data-dialog]"));
    else if (at("[data-dialog-close]")) {
      event.preventDefault();
      at("dialog")?.close();
    } else if (at("button[aria-expanded][aria-controls]")) toggle(at("button"));
  });

  // The list beside the steps is open as it comes; below them, on a narrow screen, it is folded. A link opens it.
  function foldLists() {
    if (!matchMedia("(max-width: 991.98px)").matches) return;
    all("details[data-folds]").forEach((part) => (part.open = location.hash === `#${part.id}`));
  }
  window.addEventListener("hashchange", () => {
    const part = document.getElementById(location.hash.slice(1));
    if (part?.matches("details")) part.open = true;
  });

  // A menu closes when the person goes on elsewhere, or presses Escape
  const openMenus = () => all("details.menu[open]");
  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => menu.contains(event.target) || (menu.open = false));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    });
  });

  // A filter that sends its form at once
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-autosubmit]")) event.target.form.requestSubmit();
  });

  // A form is posted once. htmx guards its own forms (hx-disabled-elt).
  const buttons = (form) => all("button:not([type=button]), input[type=submit]", form);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.getAttribute("target") || "again" in form.dataset) return;
    if (form.getAttribute("aria-busy") === "true") return event.preventDefault();
    setTimeout(() => {
      if (event.defaultPrevented) return;
      form.setAttribute("aria-busy", "true");
      buttons(form).forEach((button) => (button.disabled = true));
    }, 0);
  });
  // The browser's Back shows the page as it was left
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    all("form[aria-busy=true]").forEach((form) => {
      form.removeAttribute("aria-busy");
      buttons(form).forEach((button) => (button.disabled = false));
    });
  });

  // What is typed is kept on the server, of each form that says whose it is (includes/_whose.html), by the path it
  // posts to. Not on this computer: others may use it too.
  const drafts = new Map();
  function saveDraft(form) {
    clearTimeout(drafts.get(form));
    if (!drafts.delete(form)) return;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const secret = ["csrfmiddlewaretoken", "typed_by"].includes(name) || form.elements[name]?.type === "password";
      if (typeof value === "string" && !secret) body.append(name, value);
    }
    const say = (text) => all("[data-draft-status]", form).forEach((status) => (status.textContent = text));
    post(`${page().draftUrl}?form=${encodeURIComponent(new URL(form.action).pathname)}`, body)
      .then((answer) => {
        if (answer.redirected) throw new Error("draftSignedOut");
        if (!answer.ok && answer.status !== 413) throw new Error("draftFault");
        keepSession();
        return answer.text();
      })
      .then(say)
      .catch((reason) => say(page()[reason.message] || page().draftFailed));
  }
  function newStatus() {
    const status = document.createElement("p");
    status.className = "draft-status";
    status.dataset.draftStatus = "";
    status.setAttribute("role", "status");
    return status;
  }
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.elements.typed_by) return;
    if (!form.querySelector("[data-draft-status]")) form.append(newStatus());
    clearTimeout(drafts.get(form));
    drafts.set(form, setTimeout(() => saveDraft(form), 800));
  });
  // Posting the form makes its draft needless; leaving the page does not
  document.addEventListener("submit", (event) => {
    clearTimeout(drafts.get(event.target));
    drafts.delete(event.target);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) [...drafts.keys()].forEach(saveDraft);
  });

  // Two minutes before the session ends a dialog asks; after the end the sign-in page comes, and leads
  // back here. Each answer from the server starts the time anew, in every open tab.
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("careerplan-session") : null;
  const warning = 120;
  let end = Infinity;
  function keepSession(tell = true) {
    const seconds = Number(page().sessionSeconds);
    if (!seconds) return;
    end = Date.now() + seconds * 1000;
    if (tell) tabs?.postMessage("kept");
    const dialog = document.getElementById("session-dialog");
    if (dialog?.open) dialog.close();
  }
  function watchSession() {
    const dialog = document.getElementById("session-dialog");
    const left = (end - Date.now()) / 1000;
    if (left <= 0) {
      end = Infinity;
      location.assign(`${page().loginUrl}?next=${encodeURIComponent(location.pathname + location.search)}`);
    } else if (left <= warning && dialog && !dialog.open) {
      dialog.showModal();
      dialog.querySelector("[data-session-extend]").focus();
    }
  }
  // A screen that was handed over shows one plan: what other tabs still show of somebody else goes
  function leaveTo(held) {
    if (held.lockedFor !== page().person) location.replace(location.href);
  }
  function startSession() {
    if ("locked" in page()) tabs?.postMessage({ lockedFor: page().person });
    if (!page().sessionSeconds) return;
    keepSession();
    if (tabs) tabs.onmessage = (message) => (message.data === "kept" ? keepSession(false) : leaveTo(message.data));
    setInterval(watchSession, 1000);
    const note = document.querySelector("[data-draft-note]");
    if (note) note.hidden = !document.querySelector("form [name=typed_by]");
    document.querySelector("[data-session-extend]")?.addEventListener("click", () => {
      post(page().extendUrl)
        .then((answer) => {
          if (answer.ok && !answer.redirected) keepSession();
          else end = 0;
        })
        .catch(() => (end = 0));
    });
  }

  // On paper everything is expanded
  window.addEventListener("beforeprint", () => {
    all("details:not([open])").forEach((part) => {
      part.open = true;
      part.dataset.closed = "";
    });
  });
  window.addEventListener("afterprint", () => {
    all("details[data-closed]").forEach((part) => {
      part.open = false;
      delete part.dataset.closed;
    });
  });

  // htmx: the CSRF header, a busy mark on what is being loaded, the sign-in page as a page
  document.addEventListener("htmx:configRequest", (event) => Object.assign(event.detail.headers, csrfHeader()));
  document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (event) => {
    event.detail.target.removeAttribute("aria-busy");
    // What a page asks by itself keeps no session alive (accounts/middleware.py)
    if (event.detail.successful && !event.detail.requestConfig.headers["X-Asks-By-Itself"]) keepSession();
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const login = page().loginUrl;
    if (!login || !event.detail.xhr.responseURL.includes(login)) return;
    event.detail.shouldSwap = false;
    location.assign(location.href);
  });
  // What the server refuses it says in words: they stand where the answer would have stood
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 403) renewToken().catch((reason) => page()[reason.message] && location.reload());
    const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    const words = answer.querySelector("main [role=alert]");
    const { target } = event.detail;
    // A form that stands there stays: what was refused may be sent again, otherwise
    const stays = target.matches("form") ? [...target.children].filter((part) => !part.matches("[role=alert]")) : [];
    if (words) target.replaceChildren(words, ...stays);
  });
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) prepare(event.detail.elt);
  });
  // Where the button that was pressed is gone, the keyboard goes on from what stands in its place
  document.addEventListener("htmx:afterSettle", (event) => {
    if (document.activeElement !== document.body) return;
    // What was swapped as a whole has another element now, which tells of it
    const places = [event.target, event.detail.target].flatMap((part) => [part, ...all("[data-goes-on]", part)]);
    places.find((part) => part.isConnected && part.matches("[data-goes-on]"))?.focus();
  });

  document.addEventListener("DOMContentLoaded", () => {
    prepare(document);
    foldLists();
    startSession();
  });
})();
