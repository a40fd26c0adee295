// Small habits of every page: theme, dialogs, folded tables, repairs, fragments that fail.
import { onContent } from "portal/words";

const root = document.documentElement;
const nameSwitches = () => document.querySelectorAll("[data-theme-switch]").forEach(button => {
  button.setAttribute("aria-label", root.dataset.bsTheme === "dark" ? button.dataset.light : button.dataset.dark);
});

const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["x-csrftoken"] || "";

const switchTheme = button => {
  const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
  root.dataset.bsTheme = theme;
  try { localStorage.setItem("theme", theme); } catch { /* storage may be refused; the account keeps it */ }
  if (button.dataset.save) fetch(button.dataset.save, { method: "POST", headers: { "x-csrftoken": token() }, body: new URLSearchParams({ theme }) });
  nameSwitches();
  dispatchEvent(new Event("themechange"));
};

const fold = button => {
  const target = document.getElementById(button.dataset.toggle);
  target.hidden = !target.hidden;
  button.setAttribute("aria-expanded", String(!target.hidden));
};

const repair = button => {
  const input = document.getElementById(button.dataset.repair);
  input.value = button.value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
  button.remove();
};

const copy = async button => {
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
  if (button.dataset.done) button.querySelector("[data-word]").textContent = button.dataset.done;
};

const doors = [
  ["[data-theme-switch]", switchTheme],
  ["[data-toggle]", fold],
  ["[data-repair]", repair],
  ["[data-copy]", copy],
  ["[data-print]", () => print()],
  ["[data-keys]", () => document.getElementById("keys")?.showModal()],
  ["[data-dialog]", button => document.getElementById(button.dataset.dialog)?.showModal()],
  ["[data-close]", button => button.closest("dialog")?.close()],
];
document.addEventListener("click", event => {
  for (const [selector, act] of doors) {
    const button = event.target.closest(selector);
    if (button) { act(button); return; }
  }
  if (event.target.matches("[aria-disabled=true]")) event.preventDefault();
  document.querySelectorAll("details.filters[open]").forEach(open => { if (!open.contains(event.target)) open.open = false; });
});
document.addEventListener("htmx:responseError", event => {
  const place = document.getElementById("messages");
  const words = event.detail.xhr.getResponseHeader("X-Message");
  if (!place || !words) return;
  const told = document.createElement("div");
  told.className = "note is-late";
  told.setAttribute("role", "alert");
  told.textContent = decodeURIComponent(words);
  place.replaceChildren(told);
});
nameSwitches();
// A table that scrolls sideways must be reachable by keyboard, under the name of its section.
const scrollable = box => {
  if (box.scrollWidth <= box.clientWidth || box.hasAttribute("tabindex")) return;
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  const section = box.closest("[aria-labelledby], [aria-label]");
  for (const name of ["aria-labelledby", "aria-label"]) if (section?.hasAttribute(name)) box.setAttribute(name, section.getAttribute(name));
};
onContent(part => {
  part.querySelectorAll(".scroll").forEach(scrollable);
  part.querySelectorAll("[data-indeterminate]").forEach(box => { box.indeterminate = true; });
  part.querySelector("[data-focus]")?.focus();
});
