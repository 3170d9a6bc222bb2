// Looks every two seconds what became of an errand, and shows it in place. Without it, a link does the same.
const shown = document.getElementById("errand");

async function look() {
  const again = shown.dataset.again;
  if (!again) return;
  try {
    const answer = await fetch(again, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("errand");
    if (answer.ok && found) {
      if (found.innerHTML !== shown.innerHTML) shown.replaceChildren(...found.childNodes);
      if (!found.dataset.again) { delete shown.dataset.again; return; }
    }
  } catch { /* the next look tries again */ }
  setTimeout(look, 2000);
}
setTimeout(look, 2000);
