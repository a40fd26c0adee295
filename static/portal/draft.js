// Keeps what a person has written in a long form on this device until it is sent. Files are never kept.
import { clock } from "portal/words";

const keyOf = form => `draft:${form.dataset.draft}:${form.dataset.owner || ""}`;
const kept = field => field.name && field.type !== "file" && field.type !== "password" && field.name !== "csrfmiddlewaretoken";

const read = form => {
  try { return JSON.parse(localStorage.getItem(keyOf(form)) || "null"); } catch { return null; }
};
const write = (form, values) => {
  try { localStorage.setItem(keyOf(form), JSON.stringify(values)); return true; } catch { return false; }
};
const forget = form => { try { localStorage.removeItem(keyOf(form)); } catch { /* nothing was kept */ } };

const collect = form => [...form.elements].filter(kept).map(field =>
  [field.name, field.type, field.value, field.checked]);

const restore = (form, values) => {
  for (const [name, type, value, checked] of values) {
    const fields = [...form.elements].filter(field => field.name === name && kept(field));
    if (type === "radio" || type === "checkbox") fields.filter(field => field.value === value).forEach(field => { field.checked = checked; });
    else if (type !== "hidden" && fields.length === 1 && !fields[0].value) fields[0].value = value;
  }
};

const tell = (form, at) => {
  const state = form.querySelector("[data-draft-state]") || document.querySelector("[data-draft-state]");
  if (!state) return;
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60000);
  state.textContent = `${state.dataset.saved} ${clock(local)}`;
};

for (const form of document.querySelectorAll("form[data-draft]")) {
  const before = read(form);
  const refused = form.querySelector("[aria-invalid=true]");
  if (before && !refused) { restore(form, before.values); tell(form, new Date(before.at)); }
  let waiting;
  const save = () => {
    const at = new Date();
    if (write(form, { at: at.toISOString(), values: collect(form) })) tell(form, at);
  };
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(save, 600); });
  form.addEventListener("reset", () => forget(form));
}
// The page after a successful filing names the draft that may go; a refused form keeps it.
document.querySelectorAll("[data-forget-draft]").forEach(mark => {
  try { Object.keys(localStorage).filter(key => key.startsWith(`draft:${mark.dataset.forgetDraft}:`)).forEach(key => localStorage.removeItem(key)); } catch { /* nothing was kept */ }
});
