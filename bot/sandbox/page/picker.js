// The list of slash commands above the composer, filtered by what follows the slash.

import { h } from "./dom.js";
import { Listbox } from "./listbox.js";

export class CommandPicker {
  #list = null;
  #dismissedFor = null;

  constructor(field, host, onPick) {
    this.field = field;
    this.host = host;
    this.onPick = onPick;
  }

  open(entries) {
    if (this.#dismissedFor === this.field.value) return;
    this.#dismissedFor = null;
    if (!entries.length) {
      this.close();
      return;
    }
    if (!this.#list) {
      const header = h("div.listbox-head", {}, "Commands");
      this.#list = new Listbox({ field: this.field, label: "Commands", render: line, onPick: this.onPick, testId: "picker-item", header });
      this.#list.element.classList.add("above");
      this.#list.element.dataset.testid = "picker";
      this.host.append(this.#list.element);
    }
    this.#list.show(entries);
  }

  close() {
    this.#list?.close();
    this.#list = null;
  }

  /** Take the keys that belong to the list; true when one was taken. */
  key(event) {
    if (!this.#list || event.shiftKey) return false;
    if (event.key === "Enter" || event.key === "Tab") this.#list.pick();
    else if (event.key === "Escape") {
      this.#dismissedFor = this.field.value;
      this.close();
    } else if (!this.#list.move(event.key)) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}

function line(entry) {
  const options = entry.options.map((option) => h("span.option-hint", { class: option.required ? "required" : "" }, option.name));
  const name = h("span.command-name", {}, h("b", {}, `/${entry.title}`), options);
  return h("span.option-words", {}, name, h("span.option-note", {}, entry.description));
}
