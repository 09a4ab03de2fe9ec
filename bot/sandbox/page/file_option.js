// An option of a slash command that takes a file: chosen, not typed. It has the face of OptionField.

import { h, replace, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { fileSize } from "./media.js";
import { step } from "./option_field.js";
import { sendFile } from "./sending.js";

export class FileOption {
  text = "";
  value = undefined;
  problem = null;

  constructor(option, store, actions) {
    this.option = option;
    this.store = store;
    this.actions = actions;
    const props = { id: uniqueId("file"), type: "file", "aria-required": String(Boolean(option.required)), "aria-description": option.description };
    this.input = h("input.visually-hidden", { ...props, "data-testid": `command-option-${option.name}` });
    const name = h("label.option-name", { for: this.input.id }, option.name);
    this.choice = h("label.option-file", { for: this.input.id });
    this.element = h("span.option-chip", {}, name, this.input, this.choice);
    this.input.addEventListener("change", () => this.#chosen());
    this.input.addEventListener("focus", () => actions.explain(this));
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.#clear();
  }

  get focusTarget() {
    return this.input;
  }

  /** No text stands for a file. */
  setText() {}

  /** Show what is wrong, or that nothing is. Returns whether something is. */
  check(problem) {
    this.problem = problem;
    this.element.classList.toggle("wrong", Boolean(problem));
    this.input.setAttribute("aria-invalid", String(Boolean(problem)));
    return Boolean(problem);
  }

  close() {}

  #clear() {
    this.text = "";
    this.value = undefined;
    this.input.value = "";
    replace(this.choice, icon("upload", 16), "Choose a file");
  }

  async #chosen() {
    const [file] = this.input.files;
    if (!file) return;
    this.check(null);
    replace(this.choice, "Sending…");
    try {
      this.value = (await sendFile(this.store, file)).id;
      this.text = file.name;
      replace(this.choice, icon("file", 16), h("b", {}, file.name), fileSize(file.size));
    } catch (error) {
      this.#clear();
      this.check(error.message);
    }
    this.actions.explain(this);
  }

  #key(event) {
    const { key } = event;
    // Without a file, Enter opens the browser's own list of files, as the space bar does.
    if (key === "Enter" && this.text) this.actions.submit();
    else if (key === "Escape") this.actions.leave(this);
    else if ((key === "Backspace" || key === "Delete") && this.text) this.#clear();
    else if (key === "Backspace") this.actions.remove(this);
    else if (key === "ArrowLeft") step(this.input, -1);
    else if (key === "ArrowRight") step(this.input, 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
