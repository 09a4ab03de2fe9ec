// One list of choices with one active line, as pickers, autocomplete and select menus need it. The focus
// stays in the field; aria-activedescendant tells readers which line is active.

import { h, replace, uniqueId } from "./dom.js";

export class Listbox {
  items = [];
  active = -1;

  /**
   * `render(item)` makes a line's content; `onPick(item)` is called with the chosen one. `testId` names
   * each line for tests. `field` is the element that keeps the focus.
   */
  constructor({ field, label, render, onPick, testId, multiple = false, header = null }) {
    this.field = field;
    this.render = render;
    this.onPick = onPick;
    this.testId = testId;
    this.list = h("div.listbox-items", { role: "listbox", id: uniqueId("list"), "aria-label": label });
    if (multiple) this.list.setAttribute("aria-multiselectable", "true");
    this.element = h("div.listbox", {}, header, this.list);
    // A press must not take the focus out of the field.
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
    field.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("aria-controls", this.list.id);
    this.#expanded(true);
  }

  /** Show these items. `active` is the line to start on; -1 for none. */
  show(items, active = 0) {
    this.items = items;
    this.lines = items.map((item, index) => this.#line(item, index));
    replace(this.list, this.lines);
    this.activate(items.length ? Math.min(active, items.length - 1) : -1);
  }

  #line(item, index) {
    const props = { role: "option", id: uniqueId("option"), "aria-selected": "false" };
    const line = h("div.listbox-item", props, this.render(item));
    if (this.testId) line.dataset.testid = this.testId;
    if (item.disabled) line.setAttribute("aria-disabled", "true");
    line.addEventListener("mousemove", () => this.active !== index && this.activate(index, false));
    line.addEventListener("click", () => this.pick(index));
    return line;
  }

  activate(index, scroll = true) {
    this.active = index;
    this.lines.forEach((line, number) => {
      line.classList.toggle("active", number === index);
      line.setAttribute("aria-selected", String(this.items[number].chosen ?? number === index));
    });
    const line = this.lines[index];
    if (line) this.field.setAttribute("aria-activedescendant", line.id);
    else this.field.removeAttribute("aria-activedescendant");
    if (line && scroll) line.scrollIntoView({ block: "nearest" });
  }

  pick(index = this.active) {
    const item = this.items[index];
    if (item && !item.disabled) this.onPick(item);
  }

  /** Handle the arrows; true when the key was one of them. Home and End belong to the text of a field. */
  move(key) {
    const count = this.items.length;
    if (!count) return false;
    const steps = { ArrowDown: this.active + 1, ArrowUp: this.active < 0 ? count - 1 : this.active - 1 };
    if (!(key in steps)) return false;
    this.activate((steps[key] + count) % count);
    return true;
  }

  close() {
    this.element.remove();
    this.field.removeAttribute("aria-activedescendant");
    this.field.removeAttribute("aria-controls");
    this.#expanded(false);
  }

  #expanded(open) {
    this.field.setAttribute("aria-expanded", String(open));
  }
}

/**
 * Put an element above or below its anchor, wherever there is room, and keep it on screen. Inside a
 * dialog it is added to the dialog, since everything outside is out of reach while that is open.
 */
export function place(element, anchor, { width = anchor.getBoundingClientRect().width, prefer = "below" } = {}) {
  (anchor.closest("dialog") ?? document.body).append(element);
  element.classList.add("floating");
  const box = anchor.getBoundingClientRect();
  const above = box.top - 12;
  const below = window.innerHeight - box.bottom - 12;
  const wanted = Math.min(element.scrollHeight, 360);
  const down = prefer === "below" ? below >= wanted || below >= above : above < wanted && below > above;
  const left = Math.max(8, Math.min(box.left, window.innerWidth - width - 8));
  Object.assign(element.style, {
    width: `${width}px`,
    left: `${left}px`,
    top: down ? `${box.bottom + 4}px` : "auto",
    bottom: down ? "auto" : `${window.innerHeight - box.top + 4}px`,
    maxHeight: `${Math.max(120, Math.min(360, down ? below : above))}px`,
  });
}

/** Call `close` when a press lands outside these elements. Returns a function that stops it. */
export function onPressOutside(elements, close) {
  const listener = (event) => {
    if (!elements.some((element) => element.contains(event.target))) close();
  };
  document.addEventListener("pointerdown", listener, true);
  return () => document.removeEventListener("pointerdown", listener, true);
}
