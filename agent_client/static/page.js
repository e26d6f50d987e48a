// The page's own script: the keyboard, lists of suggestions, and keeping what is typed.
// Everything that decides anything is the program's; what is here only moves and asks.
"use strict";

(() => {
  const KEEP_MS = 500;
  const form = document.getElementById("capture");
  const gone = document.getElementById("gone");

  // ---- What is typed is kept half a second later at most, also while one goes on typing.
  // Counted, so that it is known what is on the disk: what was typed while an answer is on
  // its way is not.
  let due = null;
  let typed = 0;
  let sent = 0;
  let safe = 0;
  const tell = () => { document.getElementById("kept").toggleAttribute("data-pending", safe !== typed); };
  const keepSoon = () => {
    typed += 1;
    tell();
    if (due === null) {
      due = setTimeout(() => {
        due = null;
        document.getElementById("at").value = document.activeElement.name || "";
        htmx.trigger(form, "keep");
      }, KEEP_MS);
    }
  };
  const address = form && form.getAttribute("hx-post");
  const body = () => {
    const all = new FormData(form);
    all.append("csrf_token", JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]);
    return all;
  };
  if (address) {
    form.addEventListener("input", keepSoon);
    form.addEventListener("change", keepSoon);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("htmx:beforeSend", (event) => { if (event.target === form) { sent = typed; } });
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.target === form && event.detail.successful) { safe = sent; }
      tell();
    });
    addEventListener("pagehide", () => { if (safe !== typed) { navigator.sendBeacon(address, body()); } });
    addEventListener("beforeunload", (event) => {
      if (safe !== typed && !gone.hidden) { event.preventDefault(); }
    });
    const elapsed = document.getElementById("elapsed");
    let seconds = Number(elapsed.value) || 0;
    setInterval(() => {
      if (!document.hidden) { seconds += 1; elapsed.value = String(seconds); }
    }, 1000);
  }

  // ---- The program is gone, or back.
  document.body.addEventListener("htmx:sendError", () => { gone.hidden = false; });
  document.body.addEventListener("htmx:afterOnLoad", () => { gone.hidden = true; });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const banner = document.getElementById("banner");
    if (event.detail.successful && banner && event.detail.elt === form) { banner.replaceChildren(); }
  });

  // ---- A page that is left alone locks itself.
  const lock = document.getElementById("lock");
  const lockAfter = Number(document.body.dataset.lockSeconds) * 1000;
  if (lock && lockAfter) {
    let last = performance.now();
    for (const kind of ["keydown", "pointerdown", "input"]) {
      document.addEventListener(kind, () => { last = performance.now(); }, { passive: true });
    }
    const watch = setInterval(() => {
      if (performance.now() - last > lockAfter) { clearInterval(watch); lock.submit(); }
    }, 1000);
  }
  // Once it is locked nothing is kept any more: what is not on the disk yet goes first.
  if (lock && address) {
    lock.addEventListener("submit", (event) => {
      if (safe === typed) { return; }
      event.preventDefault();
      fetch(address, { method: "POST", body: body() })
        .then(() => { safe = typed; lock.submit(); }, () => { gone.hidden = false; });
    });
  }

  // ---- Enter goes on to the next box; a form is sent by its button.
  const boxes = (of) => [...of.querySelectorAll("input, select, textarea, button")]
    .filter((one) => one.type !== "hidden" && !one.disabled && one.checkVisibility()
      && !one.closest("fieldset:disabled"));
  const goOn = (from) => {
    const scope = from.closest("[data-enter-moves]");
    const group = from.type === "radio" ? from.name : null;
    const all = boxes(scope).filter((one) => one === from || !group || one.name !== group);
    const next = all[all.indexOf(from) + 1];
    if (next) { chosenOf(next).focus(); }
  };
  const chosenOf = (one) => one.type === "radio"
    ? document.querySelector(`input[type=radio][name="${one.name}"]:checked`) || one : one;

  document.addEventListener("keydown", (event) => {
    const one = event.target;
    if (!(one instanceof HTMLElement) || !one.closest("[data-enter-moves]")) { return; }
    if (one.getAttribute("role") === "combobox" && heedCombo(one, event)) { return; }
    if (one.type === "radio" && /^[1-9]$/.test(event.key)) {
      const choice = document.querySelectorAll(`input[type=radio][name="${one.name}"]`)[event.key - 1];
      if (choice) { choice.focus(); choose(choice); event.preventDefault(); }
      return;
    }
    if (event.key === "Enter" && !event.isComposing && /^(INPUT|SELECT)$/.test(one.tagName)) {
      event.preventDefault();
      if (one.type === "radio") { choose(one); }
      goOn(one);
    }
  });
  const choose = (radio) => {
    if (!radio.checked) {
      radio.checked = true;
      radio.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  // ---- Suggestions under a box: arrows move, Enter and Tab take, Escape closes. Who is
  // quicker than the answer goes on, and the first of the new list is taken once it is there.
  const listOf = (box) => document.getElementById(box.getAttribute("aria-controls"));
  const codeOf = (box) => document.getElementById(`${box.id}-code`);
  const optionsOf = (box) => [...listOf(box).querySelectorAll("[role=option]:not([aria-disabled])")];
  const asked = new WeakMap();
  const answered = new WeakMap();
  const taking = new Set();
  const show = (box, open) => {
    const list = listOf(box);
    const shown = open && list.childElementCount > 0;
    list.hidden = !shown;
    box.setAttribute("aria-expanded", String(shown));
    if (shown) { list.scrollIntoView({ block: "nearest" }); }
    else { box.removeAttribute("aria-activedescendant"); }
  };
  const mark = (box, option) => {
    for (const one of optionsOf(box)) { one.setAttribute("aria-selected", String(one === option)); }
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const take = (box, option) => {
    box.value = option.textContent;
    codeOf(box).value = option.dataset.code;
    show(box, false);
    codeOf(box).dispatchEvent(new Event("change", { bubbles: true }));
  };
  const heedCombo = (box, event) => {
    const options = optionsOf(box);
    const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const takes = event.key === "Enter" || (event.key === "Tab" && !event.shiftKey);
    const waits = box.value !== "" && codeOf(box).value === "" && answered.get(box) !== box.value;
    if (takes && waits) {
      taking.add(box);
      goOn(box);
    } else if (listOf(box).hidden) {
      if (event.key !== "ArrowDown" || waits || !options.length) { return false; }
      show(box, true);
      mark(box, options[0]);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (options.length) { mark(box, options[(at + step + options.length) % options.length]); }
    } else if (event.key === "Escape") {
      show(box, false);
    } else if (takes && at >= 0) {
      take(box, options[at]);
      goOn(box);
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  };
  document.addEventListener("input", (event) => {
    if (event.target.getAttribute("role") === "combobox") { codeOf(event.target).value = ""; }
  });
  document.body.addEventListener("htmx:beforeSend", (event) => { asked.set(event.target, event.target.value); });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.getAttribute("role") !== "listbox") { return; }
    const box = document.querySelector(`[aria-controls="${event.target.id}"]`);
    answered.set(box, asked.get(box));
    const first = optionsOf(box)[0];
    if (answered.get(box) === box.value && taking.delete(box)) {
      if (first) { take(box, first); }
      return;
    }
    show(box, document.activeElement === box);
    if (first && !event.target.hidden) { mark(box, first); }
    else { box.removeAttribute("aria-activedescendant"); }
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.getAttribute && event.target.getAttribute("role") === "combobox") { show(event.target, false); }
  });
  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      event.preventDefault();
      take(document.querySelector(`[aria-controls="${option.parentElement.id}"]`), option);
    }
  });

  // ---- The second NIK is typed, not pasted; that is said until something is typed.
  for (const kind of ["paste", "drop"]) {
    document.addEventListener(kind, (event) => {
      const said = event.target.dataset && event.target.dataset.noPaste;
      if (said) {
        event.preventDefault();
        event.target.dataset.said = said;
        heedErrors();
      }
    });
  }
  document.addEventListener("input", (event) => { delete event.target.dataset.said; });

  // ---- What an answer says of a box is said to those who cannot see it, too.
  const heedErrors = () => {
    for (const slot of document.querySelectorAll(".invalid-feedback")) {
      const box = document.getElementById(slot.id.replace(/-error$/, ""));
      if (!box) { continue; }
      if (box.dataset.said) { slot.textContent = box.dataset.said; }
      if (slot.textContent) { box.setAttribute("aria-invalid", "true"); }
      else { box.removeAttribute("aria-invalid"); }
    }
  };
  document.body.addEventListener("htmx:oobAfterSwap", heedErrors);
  const goToFirstError = () => {
    heedErrors();
    const first = document.querySelector("#capture [aria-invalid=true]");
    if (!first) { return; }
    const more = first.closest("details");
    if (more) { more.open = true; }
    (first.tagName === "FIELDSET" ? first.querySelector("input") : first).focus();
  };
  document.body.addEventListener("tried", () => {
    document.getElementById("tried").value = "1";
    setTimeout(goToFirstError, 0);
  });
  if (document.getElementById("tried") && document.getElementById("tried").value) { goToFirstError(); }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }

  // ---- What cannot be taken back is asked for once more.
  document.addEventListener("submit", (event) => {
    const asked = event.target.dataset.confirm;
    if (asked && !confirm(asked)) { event.preventDefault(); }
  });
})();
