// A drawer for the curious: make the next requests of the bot go wrong, moderate its threads, and see how it bears that.

import { api } from "./api.js";
import { h, replace, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { moderation } from "./moderation.js";

const KINDS = [
  ["Too many requests (429)", { kind: "status", status: 429, retry_after: 2 }],
  ["The server is down (503)", { kind: "status", status: 503 }],
  ["Bad gateway (502)", { kind: "status", status: 502 }],
  ["Permission is missing (403)", { kind: "status", status: 403, code: 50013 }],
  ["The person takes no direct messages (403)", { kind: "status", status: 403, code: 50007 }],
  ["Answer comes 2 seconds late", { kind: "delay", seconds: 2 }],
  ["No answer at all", { kind: "hang" }],
  ["Line cut before the request counts", { kind: "reset_before" }],
  ["Line cut after the request counted", { kind: "reset_after" }],
];

const REQUESTS = [
  ["answers of the bot", { path: "/callback|/webhooks/" }],
  ["new messages", { method: "POST", path: "/messages$" }],
  ["every request", {}],
];

export class FaultsDrawer {
  constructor(store) {
    this.store = store;
    this.active = h("ul.fault-list");
    this.kind = choice("What goes wrong", KINDS, "fault-kind");
    this.requests = choice("With which requests", REQUESTS, "fault-requests");
    this.times = h("input.input", { type: "number", min: 1, max: 1000, value: "1", id: uniqueId("times") });
    const times = h("div.field", {}, h("label.field-label", { for: this.times.id }, "How many times"), this.times);
    const add = h("button.button.primary", { type: "submit", "data-testid": "fault-add" }, "Add");
    const clear = h("button.button.secondary", { type: "button", "data-testid": "fault-clear", onclick: () => this.#do(api.clearFaults()) }, "Clear all");
    const form = h("form", {}, this.kind.field, this.requests.field, times, h("div.fault-buttons", {}, add, clear));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#add();
    });
    const close = h("button.icon-button", { type: "button", "aria-label": "Close", onclick: () => this.toggle() }, icon("close"));
    const intro = h("p.drawer-note", {}, "Make requests of the bot fail, to see what people would see.");
    const head = h("header.drawer-head", {}, h("h2", {}, "Faults"), close);
    this.element = h("aside.faults", { hidden: true, "aria-label": "Faults", "data-testid": "faults" }, head, intro, form, h("h3", {}, "Waiting to happen"), this.active, moderation(store).element);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle());
  }

  toggle() {
    const opening = this.element.hidden;
    this.element.hidden = !opening;
    if (opening) {
      this.back = document.activeElement;
      this.#show();
      this.kind.select.focus();
      this.timer = setInterval(() => this.#show(), 2000);
    } else {
      clearInterval(this.timer);
      this.back?.focus();
    }
  }

  #add() {
    const times = Math.max(1, Number(this.times.value) || 1);
    this.#do(api.addFault({ ...this.kind.value(), match: this.requests.value(), times }));
  }

  async #do(promise) {
    try {
      await promise;
      await this.#show();
    } catch (error) {
      this.store.notice(error.message);
    }
  }

  async #show() {
    try {
      this.#draw(await api.faults());
    } catch {
      clearInterval(this.timer);
    }
  }

  #draw(faults) {
    const lines = faults.map((fault) => h("li", { "data-testid": "fault" }, h("b", {}, title(fault)), h("small", {}, detail(fault))));
    replace(this.active, lines.length ? lines : h("li.none", {}, "None. Everything works."));
  }
}

function choice(label, entries, testId) {
  const select = h("select.input", { id: uniqueId("choice"), "data-testid": testId }, entries.map(([name], index) => h("option", { value: String(index) }, name)));
  const field = h("div.field", {}, h("label.field-label", { for: select.id }, label), select);
  return { select, field, value: () => entries[Number(select.value)][1] };
}

function title(fault) {
  const known = KINDS.find(([, data]) => data.kind === fault.kind && (data.status ?? fault.status) === fault.status && (data.code ?? 0) === (fault.code ?? 0));
  return known?.[0] ?? (fault.kind === "status" ? `Status ${fault.status}` : fault.kind);
}

function detail(fault) {
  const { method = "", path = "" } = fault.match ?? {};
  const what = REQUESTS.find(([, match]) => (match.path ?? "") === path)?.[0] ?? `${method} ${path}`;
  const left = fault.times === null ? "always" : `${fault.times - (fault.taken ?? 0)} left`;
  return `${what}, ${left}`;
}
