// Before anything is painted: as the system is, where nobody chose otherwise.
"use strict";

(() => {
  const root = document.documentElement;
  if (root.dataset.bsTheme) { return; }
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => { root.dataset.bsTheme = dark.matches ? "dark" : "light"; };
  follow();
  dark.addEventListener("change", follow);
})();
