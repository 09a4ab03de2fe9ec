// The bar on top: which server, whether the bot is there, what time it is in the sandbox, light or dark.

import { formatTime, zoneName } from "./clock.js";
import { displayName, h, replace } from "./dom.js";
import { icon } from "./icons.js";

export function header(store, { openDrawer, openFaults, clockToggle }) {
  const name = h("span.server-name", { "data-testid": "server-name" });
  const bot = h("span.bot-status", { role: "status", "data-testid": "bot-status" });
  const menu = h("button.icon-button.drawer-button", { type: "button", "aria-label": "Channels and people", "data-testid": "drawer-button", onclick: openDrawer }, icon("menu", 22));
  const faults = h("button.icon-button", { type: "button", "aria-label": "Faults", title: "Faults", "data-testid": "faults-button", onclick: openFaults }, icon("faults"));
  const drawBot = () => {
    const on = Boolean(store.bot?.connected);
    bot.classList.toggle("online", on);
    replace(bot, h("i.dot", { "aria-hidden": "true" }), h("b", {}, displayName(store.bot)), h("span.bot-word", {}, on ? "online" : "offline"));
  };
  store.on("person", () => {
    name.textContent = store.guild.name;
    drawBot();
  });
  store.on("bot", drawBot);
  const clock = h("div.clock", { "data-testid": "clock-box" }, clockFace(store.clock), clockToggle);
  return h("header.topbar", {}, menu, name, bot, h("span.gap"), clock, faults, themeButton());
}

function clockFace(clock) {
  const day = h("span.clock-day");
  const time = h("b.clock-time");
  const zone = h("span.clock-zone");
  const face = h("time.clock-face", { "data-testid": "clock", title: "The sandbox's clock, in your time zone" }, day, time, zone);
  const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
  clock.onTick((now) => {
    day.textContent = dayFormat.format(now);
    time.textContent = formatTime(now, NARROW.matches ? "t" : "T");
    zone.textContent = zoneName(now);
    face.setAttribute("datetime", now.toISOString());
  });
  return face;
}

const NARROW = matchMedia("(max-width: 520px)");
const prefersLight = matchMedia("(prefers-color-scheme: light)");

function isLight() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "light" : prefersLight.matches;
}

/** Follow the system until somebody chooses; then remember the choice in this browser. */
function themeButton() {
  const kept = localStorage.getItem("theme");
  if (kept) document.documentElement.dataset.theme = kept;
  const button = h("button.icon-button", { type: "button", "data-testid": "theme-button" });
  const draw = () => {
    const label = isLight() ? "Use the dark theme" : "Use the light theme";
    button.setAttribute("aria-label", label);
    button.title = label;
    replace(button, icon(isLight() ? "moon" : "sun"));
  };
  button.addEventListener("click", () => {
    const theme = isLight() ? "dark" : "light";
    document.documentElement.dataset.theme = theme;
    localStorage.setItem("theme", theme);
    draw();
  });
  prefersLight.addEventListener("change", draw);
  draw();
  return button;
}
