// A list page: picked rows and their bar, the drawer beside the list, dialogs of bulk acts.
import { onContent } from "portal/words";

const wide = matchMedia("(min-width: 992px)");
const boxes = form => [...form.querySelectorAll("input[name=pick]")];

const showPicked = form => {
  const all = boxes(form), picked = all.filter(box => box.checked);
  all.forEach(box => box.closest("tr").classList.toggle("picked", box.checked));
  const whole = form.querySelector("[data-pick-page]");
  if (whole) {
    whole.checked = picked.length > 0 && picked.length === all.length;
    whole.indeterminate = picked.length > 0 && picked.length < all.length;
  }
  const bar = form.querySelector(".bulk");
  if (!bar) return;
  bar.hidden = picked.length === 0;
  const everything = form.querySelector("input[name=all]");
  if (everything.value && picked.length < all.length) everything.value = "";
  const count = everything.value ? Number(everything.dataset.total) : picked.length;
  bar.querySelector("[data-picked]").textContent = count.toLocaleString(document.documentElement.lang === "en" ? "en-GB" : "ru-RU");
  bar.querySelector("[data-pick-all]")?.toggleAttribute("hidden", Boolean(everything.value) || Number(everything.dataset.total) <= picked.length);
  const kilowatts = picked.reduce((sum, box) => sum + Number(box.dataset.kw || 0), 0);
  const sum = bar.querySelector("[data-sum]");
  if (sum) {
    sum.hidden = Boolean(everything.value) || !kilowatts;
    sum.querySelector("[data-mw]").textContent = (kilowatts / 1000).toLocaleString(document.documentElement.lang === "en" ? "en-GB" : "ru-RU", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }
};

document.addEventListener("change", event => {
  const form = event.target.closest("form[data-list]");
  if (!form) return;
  if (event.target.matches("[data-pick-page]")) boxes(form).forEach(box => { box.checked = event.target.checked; });
  if (event.target.matches("[data-pick-page], [name=pick]")) showPicked(form);
});

const pickAll = form => {
  boxes(form).forEach(box => { box.checked = true; });
  const everything = form.querySelector("input[name=all]");
  everything.value = everything.dataset.total;
  showPicked(form);
};
const unpick = form => {
  boxes(form).forEach(box => { box.checked = false; });
  form.querySelector("input[name=all]").value = "";
  showPicked(form);
};

const drawer = () => document.getElementById("drawer");
const closeDrawer = () => {
  const aside = drawer();
  if (!aside) return;
  aside.replaceChildren();
  aside.closest(".split").classList.remove("s-tri");
};
const preview = row => {
  const aside = drawer();
  if (!aside || !row.dataset.preview || !wide.matches) return false;
  aside.closest(".split").classList.add("s-tri");
  window.htmx.ajax("GET", row.dataset.preview, { target: aside, swap: "innerHTML", source: aside });
  return true;
};

document.addEventListener("cursor", event => {
  if (drawer()?.childElementCount || event.detail === "open") preview(event.target);
});
document.addEventListener("click", event => {
  const form = event.target.closest("form[data-list]");
  if (event.target.closest("[data-pick-all]")) { event.preventDefault(); pickAll(form); return; }
  if (event.target.closest("[data-unpick]")) { unpick(form); return; }
  if (event.target.closest("[data-close-drawer]")) { closeDrawer(); return; }
  if (event.target.closest("a, button, input, label, summary") || event.ctrlKey || event.metaKey) return;
  const row = event.target.closest("tr[data-preview]");
  if (row && !drawer()?.childElementCount) preview(row);
});
document.addEventListener("click", event => {
  const eye = event.target.closest("[data-look]");
  if (!eye) return;
  const row = eye.closest("tr");
  document.querySelectorAll("tr.cursor").forEach(other => other.classList.remove("cursor"));
  row.classList.add("cursor");
  if (!preview(row)) location.href = row.querySelector("a[href]").href;
});
// Fields left empty do not belong into the address.
document.addEventListener("htmx:configRequest", event => {
  if (!event.target.closest("#list") || event.detail.verb !== "get") return;
  for (const [key, value] of Object.entries(event.detail.parameters)) if (value === "") delete event.detail.parameters[key];
});
wide.addEventListener("change", () => { if (!wide.matches) closeDrawer(); });
onContent(part => {
  part.querySelectorAll("form[data-list]").forEach(showPicked);
  if (part.matches?.("form[data-list]")) showPicked(part);
  const first = part.querySelector("[data-open-first] tr[data-preview]");
  if (first && wide.matches && !drawer()?.childElementCount) {
    first.classList.add("cursor");
    preview(first);
  }
});
