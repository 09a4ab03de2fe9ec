// Moving the sandbox's time: forward, faster, or to the next thing that happens. Shown only where the server lets the
// clock be moved; on a phone it is folded away behind the button beside the time.

import { api } from "./api.js";
import { h, replace, uniqueId } from "./dom.js";
import { icon } from "./icons.js";

const SPEEDS = [1, 60, 600];
const STEPS = [["15 min", 900], ["1 h", 3600], ["1 day", 86400]];
const MINUTE = 60_000;
const PHONE = matchMedia("(max-width: 760px)");

/** `{element, toggle}`: the bar, and the button that shows and hides it. */
export function clockBar(store) {
  const { clock } = store;
  const change = async (body) => {
    try {
      // What it led to comes as news, of which this answer might be an older piece.
      await api.moveClock(body);
      return true;
    } catch (error) {
      store.notice(error.message);
      return false;
    }
  };
  const parts = [venueTime(clock), speedChoice(clock, change), steps(change), jump(clock, change), nextThing(clock, change), spokenGoal(clock)];
  const props = { id: uniqueId("clock-bar"), "aria-label": "The sandbox's clock", hidden: true, "data-testid": "clock-bar" };
  const element = h("section.clock-bar", props, parts);
  return { element, toggle: toggleButton(clock, element) };
}

function toggleButton(clock, bar) {
  const label = "Move the clock";
  const button = h("button.icon-button", { type: "button", "aria-label": label, title: label, "aria-controls": bar.id, hidden: true, "data-testid": "clock-toggle" }, icon("clock"));
  let open = null; // Until somebody presses the button, the width decides.
  const draw = () => {
    const shown = Boolean(clock.zone) && (open ?? !PHONE.matches);
    if (bar.hidden === shown) bar.hidden = !shown;
    button.hidden = !clock.zone;
    button.setAttribute("aria-expanded", String(shown));
  };
  button.addEventListener("click", () => {
    open = bar.hidden;
    draw();
  });
  PHONE.addEventListener("change", draw);
  clock.onTick(draw);
  return button;
}

/** "28 Apr, 09:20" at the venue, or what `style` asks for. */
function venue(date, zone, style = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...style }).format(date);
}

function venueTime(clock) {
  const day = h("span.venue-day");
  const time = h("b.venue-time");
  const place = h("span.venue-zone");
  const face = h("time.venue-clock", { "data-testid": "venue-clock", title: "The time at the venue" }, day, time, place);
  clock.onTick((now) => {
    if (!clock.zone) return;
    day.textContent = venue(now, clock.zone, { weekday: "short", day: "numeric", month: "short" });
    time.textContent = venue(now, clock.zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    place.textContent = `in ${clock.zone.split("/").at(-1).replaceAll("_", " ")}`;
    face.setAttribute("datetime", now.toISOString());
  });
  return face;
}

function speedChoice(clock, change) {
  const select = h("select.clock-input", { id: uniqueId("speed"), "data-testid": "clock-speed" });
  let offered = "";
  clock.onTick(() => {
    const speeds = [...new Set([...SPEEDS, clock.speed])].sort((one, other) => one - other);
    if (String(speeds) !== offered) {
      offered = String(speeds);
      replace(select, speeds.map((speed) => h("option", { value: String(speed) }, `×${speed}`)));
    }
    if (document.activeElement !== select) select.value = String(clock.speed);
  });
  select.addEventListener("change", () => change({ speed: Number(select.value) }));
  return h("span.clock-group", {}, h("label.clock-label", { for: select.id }, "Speed"), select);
}

function steps(change) {
  const buttons = STEPS.map(([name, seconds]) => {
    const label = `Forward by ${name.replace("min", "minutes").replace(" h", " hour")}`;
    const props = { type: "button", "aria-label": label, title: label, "data-testid": `clock-forward-${seconds}` };
    return h("button.clock-button", { ...props, onclick: () => change({ forward: seconds }) }, `+${name}`);
  });
  return h("span.clock-group", { role: "group", "aria-label": "Forward by" }, buttons);
}

function jump(clock, change) {
  const input = h("input.clock-input", { type: "datetime-local", id: uniqueId("jump"), "aria-label": "Jump to, in the venue's time", title: "In the venue's time", "data-testid": "clock-to" });
  const go = h("button.clock-button", { type: "submit", "data-testid": "clock-go" }, "Go");
  const form = h("form.clock-group.clock-jump", { novalidate: true }, h("label.clock-label", { for: input.id }, "Jump to"), input, go);
  // The field follows the clock until somebody begins to write in it.
  let touched = false;
  input.addEventListener("input", () => { touched = true; });
  clock.onTick((now) => {
    if (!clock.zone || touched || document.activeElement === input) return;
    const local = localMinute(new Date(now.getTime() + MINUTE), clock.zone);
    if (input.value !== local) input.value = local;
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await change({ to: input.value })) touched = false;
  });
  return form;
}

/** An instant as a datetime-local field holds it. Swedish is written in ISO's order. */
function localMinute(date, zone) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(date).replace(" ", "T");
}

function nextThing(clock, change) {
  const words = h("span");
  const when = h("b");
  const button = h("button.clock-button.clock-next", { type: "button", "data-testid": "clock-next", onclick: () => change({ next: true }) }, words, " ", when);
  clock.onTick((now) => {
    if (!clock.zone) return;
    const shown = clock.goal ?? clock.next;
    // Living through a day takes a while, since messages may only be sent so fast.
    words.textContent = clock.goal ? "On the way to" : shown ? "Next thing that happens" : "Nothing more is planned";
    const far = shown && Math.abs(shown - now) > 18 * 60 * MINUTE;
    when.textContent = shown ? venue(shown, clock.zone, far ? undefined : { hour: "2-digit", minute: "2-digit" }) : "";
    button.disabled = !shown;
  });
  return button;
}

/** The same for those who hear the page. */
function spokenGoal(clock) {
  const line = h("span.visually-hidden", { role: "status", "data-testid": "clock-goal" });
  let before = null;
  clock.onTick((now) => {
    if (Number(before) === Number(clock.goal)) return;
    line.textContent = clock.goal ? `On the way to ${venue(clock.goal, clock.zone)}` : `It is ${venue(now, clock.zone)}`;
    before = clock.goal;
  });
  return line;
}
