// Few keys, each with a visible button; they rest while a person writes.
const writing = target => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const dialogOpen = () => document.querySelector("dialog[open]");
const rows = () => [...document.querySelectorAll("table.dense tbody tr[data-row]")].filter(row => row.offsetParent !== null);
const current = () => document.querySelector("tr.cursor");

export const moveTo = row => {
  current()?.classList.remove("cursor");
  current()?.removeAttribute("aria-current");
  row.classList.add("cursor");
  row.setAttribute("aria-current", "true");
  row.scrollIntoView({ block: "nearest" });
  row.dispatchEvent(new CustomEvent("cursor", { bubbles: true }));
};
const step = by => {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current());
  moveTo(all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))]);
};
const open = () => current()?.querySelector("a[href]")?.click();
const pick = () => current()?.querySelector("input[type=checkbox]")?.click();
const search = () => {
  const field = [...document.querySelectorAll("#list-search, #portal-search")].find(input => input.offsetParent !== null);
  if (field) { field.focus(); field.select(); }
};
const dismiss = () => {
  const closing = document.querySelector("[data-close-drawer]") || document.querySelector("[data-unpick]:not([hidden])");
  if (closing && closing.offsetParent !== null) closing.click();
};
const list = () => {
  const dialog = document.getElementById("keys");
  if (!dialog) return;
  const here = dialog.querySelector("[data-here-keys]");
  const own = [...document.querySelectorAll("[data-key]")].filter(button => button.offsetParent !== null);
  here.replaceChildren(...own.flatMap(button => {
    const key = document.createElement("dt"), what = document.createElement("dd"), shown = document.createElement("kbd");
    shown.textContent = button.dataset.key;
    key.append(shown);
    what.textContent = (button.getAttribute("aria-label") || button.firstChild?.textContent || button.textContent).trim() || button.textContent.trim();
    return [key, what];
  }));
  dialog.querySelector("[data-here]").hidden = !own.length;
  if (!dialog.open) dialog.showModal();
};
const keys = { "/": search, j: () => step(1), k: () => step(-1), x: pick, Enter: open, Escape: dismiss, "?": list };

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || dialogOpen()) return;
  if (event.key === "Escape" && writing(event.target)) { event.target.blur(); return; }
  if (writing(event.target)) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary, input")) return;
  const named = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  // A page's own button goes before the common habit of that key.
  const act = (named && named.offsetParent !== null && (() => named.click())) || keys[event.key];
  if (!act) return;
  if (event.key !== "Escape" && event.key !== "Enter") event.preventDefault();
  act();
});
document.addEventListener("click", event => {
  const button = event.target.closest("[data-step]");
  if (button) step(Number(button.dataset.step));
});
document.addEventListener("click", event => {
  const row = event.target.closest("tr[data-row]");
  if (row && row !== current() && !event.target.closest("a, button, input, label")) moveTo(row);
});
