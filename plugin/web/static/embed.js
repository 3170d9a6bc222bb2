// Fills the page that Nextcloud keeps free for us with a frame on our own pages, which come through its proxy.
// What follows behind the address of that page is the address of ours: so every page of ours can be linked to.
(() => {
  "use strict";
  const script = document.currentScript.src;
  const pages = script.slice(0, script.indexOf("static/embed.js"));
  const [, home, page] = location.pathname.match(/^(.*?\/embedded\/[^/]+\/[^/]+)\/?(.*)$/);
  const frame = document.createElement("iframe");
  frame.dataset.home = home;
  frame.title = document.title;
  Object.assign(frame.style, { width: "100%", height: "100%", border: "0" });
  frame.src = pages + page + location.search + location.hash;
  document.getElementById("content").append(frame);
})();
