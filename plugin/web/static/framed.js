// Runs in our pages while Nextcloud shows them in its frame: takes over its colours, tells it title and address, and
// has links to elsewhere leave the frame. Does nothing anywhere else.
(() => {
  "use strict";
  const frame = window.frameElement;
  if (!frame?.dataset.home) return;
  const COLOURS = [
    "--color-main-text",
    "--color-text-maxcontrast",
    "--color-main-background",
    "--color-background-hover",
    "--color-border-dark",
    "--color-primary-element",
    "--color-primary-element-text",
    "--color-primary-element-light",
    "--color-primary-element-light-text",
  ];
  const script = document.currentScript;
  const pages = script.src.slice(0, script.src.indexOf("static/framed.js"));
  const outer = window.parent;
  const root = document.documentElement;

  function wear() {
    const theirs = outer.getComputedStyle(outer.document.body);
    for (const name of COLOURS) {
      const value = theirs.getPropertyValue(name).trim();
      if (value) root.style.setProperty(name, value);
    }
    root.style.colorScheme = theirs.getPropertyValue("--background-invert-if-dark").trim() === "no" ? "light" : "dark";
  }

  wear();
  outer.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", wear);
  document.addEventListener("DOMContentLoaded", () => {
    frame.title = document.title;
    outer.document.title = document.title;
    if ("page" in script.dataset) {
      const page = location.href.slice(pages.length);
      outer.history.replaceState(outer.history.state, "", page ? `${frame.dataset.home}/${page}` : frame.dataset.home);
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && !link.href.startsWith(pages)) link.target = "_top";
  });
})();
