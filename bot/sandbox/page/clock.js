// The sandbox's clock and how times are written. Usher may be living on another day than this machine,
// so nothing here asks the machine what time it is: it only measures how long ago the server said so.

import { h } from "./dom.js";

export class SandboxClock {
  #base = Date.now();
  #at = performance.now();
  #ticks = new Set();
  #timer = null;
  /** Sandbox seconds a second. */
  speed = 1;
  /** The zone of those for whom the clock may be moved; null where it may not. */
  zone = null;
  /** When the bot next does something by itself, and where the clock was sent: a Date, or null. */
  next = null;
  goal = null;

  /** Take the server's word for it. */
  set({ now, speed = 1, zone = null, next_at: next = null, goal = null }) {
    const value = Date.parse(now);
    if (Number.isNaN(value)) return;
    this.#base = value;
    this.#at = performance.now();
    Object.assign(this, { speed: speed || 1, zone, next: next && new Date(next), goal: goal && new Date(goal) });
    this.#tick();
  }

  /** The clock waits for what is due, here as in the server. */
  now() {
    const running = this.#base + (performance.now() - this.#at) * this.speed;
    return new Date(this.next ? Math.max(this.#base, Math.min(running, this.next.getTime())) : running);
  }

  /** Call `listener(now)` every second and after every jump. */
  onTick(listener) {
    this.#ticks.add(listener);
  }

  #tick() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tick(), this.speed > 1 ? 250 : 1000);
    const now = this.now();
    for (const element of document.querySelectorAll("time[data-relative]")) {
      const text = relative(Number(element.dataset.relative) * 1000, now.getTime());
      if (element.textContent !== text) element.textContent = text;
    }
    for (const listener of this.#ticks) listener(now);
  }
}

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { day: "2-digit", month: "2-digit", year: "numeric" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};

const formatters = new Map();

function formatter(style) {
  if (!formatters.has(style)) formatters.set(style, new Intl.DateTimeFormat(undefined, STYLES[style] ?? STYLES.f));
  return formatters.get(style);
}

/** One instant (milliseconds) in one of Discord's timestamp styles, in the browser's language and zone. */
export function formatTime(milliseconds, style = "f") {
  return formatter(style).format(milliseconds);
}

const UNITS = [
  ["second", 1, 60],
  ["minute", 60, 60],
  ["hour", 3600, 24],
  ["day", 86400, 30],
  ["month", 2629800, 12],
  ["year", 31557600, Infinity],
];

/** "in 5 minutes", "2 hours ago": the distance from `now`, both in milliseconds. */
export function relative(milliseconds, now) {
  const seconds = (milliseconds - now) / 1000;
  for (const [unit, length, limit] of UNITS) {
    const amount = Math.round(Math.abs(seconds) / length);
    if (amount < limit) return new Intl.RelativeTimeFormat(undefined).format(seconds < 0 ? -amount : amount, unit);
  }
  return "";
}

/** A `<t:...>` of Discord's markup; the full date shows on hover. Out of range: null. */
export function timeElement(unix, style, now) {
  const instant = new Date(unix * 1000);
  if (Number.isNaN(instant.getTime())) return null;
  const text = style === "R" ? relative(unix * 1000, now) : formatTime(unix * 1000, style);
  const props = { datetime: instant.toISOString(), title: formatTime(unix * 1000, "F") };
  if (style === "R") props["data-relative"] = unix;
  return h("time.md-time", props, text);
}

/** Head of a message: the time alone today and yesterday, the date before that. */
export function messageTime(iso, now) {
  const instant = new Date(iso);
  const days = dayNumber(now) - dayNumber(instant);
  const time = formatTime(instant, "t");
  if (days === 0) return `Today at ${time}`;
  if (days === 1) return `Yesterday at ${time}`;
  return `${formatTime(instant, "d")} ${time}`;
}

/** Days since the epoch in the browser's zone, to tell one calendar day from the next. */
export function dayNumber(date) {
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86400000);
}

/** The browser's zone as people write it ("GMT+8", "CEST"). */
export function zoneName(date) {
  const parts = new Intl.DateTimeFormat(undefined, { timeZoneName: "short", hour: "numeric" }).formatToParts(date);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}
