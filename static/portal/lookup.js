// Suggestions under a text field: a combobox with a listbox, as the ARIA pattern describes it.
import { onContent } from "portal/words";

const options = list => [...list.querySelectorAll("[role=option]")];
const active = list => list.querySelector("[aria-selected=true]");

const choose = (input, list, option) => {
  options(list).forEach(one => one.setAttribute("aria-selected", String(one === option)));
  if (option) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
  else input.removeAttribute("aria-activedescendant");
};

const show = (input, list, open) => {
  list.hidden = !open;
  input.setAttribute("aria-expanded", String(open && options(list).length > 0));
  if (!open) choose(input, list, null);
};

const fill = (field, value) => {
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

const pick = (input, list, option) => {
  fill(input, option.dataset.value);
  for (const pair of (input.dataset.fills || "").split(" ").filter(Boolean)) {
    const [name, attribute] = pair.split(":");
    const field = input.form.elements.namedItem(name);
    if (field && option.dataset[attribute]) fill(field, option.dataset[attribute]);
  }
  show(input, list, false);
  // The draft of a long form listens to input; htmx asks again only when the text has changed.
  input.form.dispatchEvent(new Event("input", { bubbles: false }));
};

const step = (input, list, by) => {
  const all = options(list);
  if (!all.length) return;
  show(input, list, true);
  const at = all.indexOf(active(list));
  choose(input, list, all[(at + by + all.length + (at < 0 && by < 0 ? 1 : 0)) % all.length]);
};

const keys = {
  ArrowDown: (input, list) => { step(input, list, 1); return true; },
  ArrowUp: (input, list) => { step(input, list, -1); return true; },
  Enter: (input, list) => { const one = active(list); if (!one || list.hidden) return false; pick(input, list, one); return true; },
  Escape: (input, list) => { if (list.hidden) return false; show(input, list, false); return true; },
};

const furnish = input => {
  input.dataset.lookupReady = "";
  const list = Object.assign(document.createElement("ul"), { id: `${input.id}-list`, className: "lookup", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent.trim() || input.name);
  const told = Object.assign(document.createElement("span"), { className: "visually-hidden" });
  told.setAttribute("aria-live", "polite");
  input.after(list, told);
  input.setAttribute("aria-controls", list.id);
  input.addEventListener("keydown", event => {
    const act = keys[event.key];
    if (act && act(input, list)) { event.preventDefault(); event.stopPropagation(); }
  });
  input.addEventListener("blur", () => show(input, list, false));
  // The field keeps its focus while an option is pressed.
  list.addEventListener("mousedown", event => event.preventDefault());
  list.addEventListener("click", event => {
    const option = event.target.closest("[role=option]");
    if (option) pick(input, list, option);
  });
  list.addEventListener("htmx:afterSwap", () => {
    const words = list.querySelector("[data-told]")?.textContent.trim() || "";
    told.textContent = words;
    show(input, list, document.activeElement === input && words !== "");
  });
};

onContent(root => root.querySelectorAll("[data-lookup]:not([data-lookup-ready])").forEach(furnish));
