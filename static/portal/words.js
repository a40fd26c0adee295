// Numbers and dates as the reader writes them; words come from the server, in data attributes.
export const number = (value, language, digits = 0) => {
  const locale = language === "en" ? "en-GB" : "ru-RU";
  return value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", "−");
};
const two = part => String(part).padStart(2, "0");
export const day = at => `${two(at.getUTCDate())}.${two(at.getUTCMonth() + 1)}`;
export const clock = at => `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;

// A token of look.css as a colour that a canvas understands.
export const token = name => {
  const probe = document.createElement("i");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
};

const asked = new Map();
// Loads a classic script once, under the nonce of the page.
export const load = address => {
  if (!asked.has(address)) asked.set(address, new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.nonce = document.querySelector("script[nonce]").nonce;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  }));
  return asked.get(address);
};

// Runs `start` on what the page holds and on every fragment that htmx brings.
export const onContent = start => {
  const run = node => start(node instanceof Element ? node : document.body);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", () => run(document.body));
  else run(document.body);
  document.addEventListener("htmx:afterSettle", event => run(event.target));
};
