// Before the first paint: people who left the theme to their device get what the device asks for.
const root = document.documentElement;
if (root.hasAttribute("data-theme-auto")) {
  let kept = null;
  try { kept = localStorage.getItem("theme"); } catch { /* storage may be refused; the device decides */ }
  const dark = kept ? kept === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.bsTheme = dark ? "dark" : "light";
}
