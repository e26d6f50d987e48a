// The desk's own script: dialogs and keys. Everything that decides anything is the office's.
"use strict";

(() => {
  // ---- A dialog that an answer brought opens over the page, and gives the focus back, also where
  // an answer takes it away: to what was pressed, which is disabled by the time it opens.
  let pressed = null, over = null;
  document.body.addEventListener("htmx:beforeRequest", () => {
    if (!over) { pressed = document.activeElement; }
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    if (over && !over.isConnected) { over = null; pressed?.focus(); }
    const dialog = document.querySelector("dialog[data-open]:not([open])");
    if (!dialog) { return; }
    over = dialog;
    dialog.addEventListener("close", () => { over = null; });
    dialog.showModal();
    if (dialog.dataset.then) { dialog.addEventListener("close", () => location.assign(dialog.dataset.then)); }
  });

  // ---- What was refused is told at the top of the page, which may be far from what was pressed.
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "banner") { event.detail.target.scrollIntoView({ block: "nearest" }); }
  });

  // ---- What is shown once is copied: data-copy names the field; where none may copy, it is marked.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) { return; }
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.copied;
    } catch { field.focus(); }
  });

  // ---- Menus close by Escape and when one goes elsewhere.
  const menus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { return; }
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of menus()) { if (!menu.contains(event.target)) { menu.open = false; } }
  });

  // ---- One key for one thing, where nobody is typing: data-key="n j" on what is pressed by
  // n or j, a link, a button, a choice.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, dialog")) { return; }
    const wanted = document.querySelector(`[data-key~="${CSS.escape(event.key)}"]`);
    if (wanted && !wanted.disabled) {
      event.preventDefault();
      wanted.focus();
      wanted.click();
    }
  });

  // ---- What refreshes by itself does so while it is looked at, and not under somebody's hands.
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const shown = event.detail.elt;
    if (!shown.matches("[data-quiet]")) { return; }
    const marked = getSelection();
    const inHand = !marked.isCollapsed && shown.contains(marked.anchorNode);
    if (document.hidden || inHand || document.querySelector("dialog[open]")) { event.preventDefault(); }
  });
})();
