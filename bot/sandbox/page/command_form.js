// A chosen slash command in the composer: its name, a field for each option in use, and a button for each
// option that could be added. Required options come first and are there from the start.

import { optionProblem, OptionType } from "./command.js";
import { h, replace, uniqueId } from "./dom.js";
import { FileOption } from "./file_option.js";
import { OptionField } from "./option_field.js";

export class CommandForm {
  #fields = [];

  /** `actions` = {autocomplete(fields, focused), submit(fields), cancel()}. */
  constructor(entry, values, store, actions) {
    this.entry = entry;
    this.store = store;
    this.actions = actions;
    this.hint = h("div.command-hint", { id: uniqueId("hint"), "aria-live": "polite", "data-testid": "command-hint" });
    this.name = h("button.command-chip", { type: "button", "aria-describedby": this.hint.id }, `/${entry.title}`);
    this.name.addEventListener("keydown", (event) => this.#nameKey(event));
    this.name.addEventListener("focus", () => this.#explain(null));
    this.fieldsBox = h("span.command-fields");
    this.addBox = h("span.command-more");
    const props = { role: "group", "aria-label": `Command ${entry.title}`, "data-testid": "command-form" };
    this.element = h("div.command-form", props, this.name, this.fieldsBox, this.addBox);
    const first = entry.options[0];
    for (const option of entry.options) {
      const text = values[option.name];
      // With nothing required, the first option is the one people came to fill; but Enter would take the first of a
      // fixed list, which nobody chose.
      const likely = option === first && !option.choices?.length && !Object.keys(values).length;
      if (option.required || text !== undefined || likely) this.#add(option, text);
    }
    this.#showAddable();
    this.#explain(null);
  }

  focus() {
    const empty = this.#fields.find((field) => !field.text.trim());
    (empty ?? this.#fields.at(-1) ?? this).focusTarget.focus();
  }

  get focusTarget() {
    return this.name;
  }

  remove() {
    for (const field of this.#fields) field.close();
    this.element.remove();
    this.hint.remove();
  }

  submit() {
    const wrong = this.#fields.filter((field) => field.check(optionProblem(field.option, field)));
    if (wrong.length) {
      wrong[0].focusTarget.focus();
      this.#explain(wrong[0]);
      return;
    }
    this.actions.submit(this.#fields);
  }

  #add(option, text = "") {
    const Field = option.type === OptionType.ATTACHMENT ? FileOption : OptionField;
    const field = new Field(option, this.store, {
      autocomplete: (focused) => this.actions.autocomplete(this.#fields, focused),
      explain: (each) => this.#explain(each),
      submit: () => this.submit(),
      leave: (each) => this.#leave(each),
      remove: (each) => this.#remove(each),
      rename: (each, name) => this.#jump(each, name),
    });
    field.setText(text);
    this.#fields.push(field);
    this.fieldsBox.append(field.element);
    return field;
  }

  #showAddable() {
    const used = new Set(this.#fields.map((field) => field.option.name));
    const free = this.entry.options.filter((option) => !used.has(option.name));
    const one = (option) => {
      const add = () => {
        const field = this.#add(option);
        this.#showAddable();
        field.focusTarget.focus();
      };
      const props = { type: "button", title: option.description, "aria-label": `Add option ${option.name}: ${option.description}` };
      return h("button.add-option", { ...props, "data-testid": `add-option-${option.name}`, onclick: add }, `+ ${option.name}`);
    };
    replace(this.addBox, free.map(one));
  }

  #remove(field) {
    if (field.option.required || (this.#fields.length === 1 && field === this.#fields[0])) {
      this.name.focus();
      return;
    }
    const index = this.#fields.indexOf(field);
    this.#fields.splice(index, 1);
    field.close();
    field.element.remove();
    this.#showAddable();
    (this.#fields[index - 1] ?? this).focusTarget.focus();
  }

  // Typing "session:" inside another option moves on to that option, as in Discord.
  #jump(from, name) {
    if (name === from.option.name) return true;
    const option = this.entry.options.find((each) => each.name === name);
    if (!option) return false;
    const field = this.#fields.find((each) => each.option === option) ?? this.#add(option);
    this.#showAddable();
    queueMicrotask(() => field.focusTarget.focus());
    return true;
  }

  #nameKey(event) {
    if (event.key === "Backspace" || event.key === "Escape") this.actions.cancel();
    else if (event.key === "Enter") this.submit();
    else if (event.key === "ArrowRight" && this.#fields.length) this.#fields[0].focusTarget.focus();
    else return;
    event.preventDefault();
  }

  #leave() {
    this.actions.cancel();
  }

  #explain(field) {
    const problem = field?.problem;
    const title = field ? field.option.name : `/${this.entry.title}`;
    const text = problem ?? (field ? field.option.description : this.entry.description);
    replace(this.hint, h("b", {}, title), h("span", { class: problem ? "problem" : "" }, text), h("kbd", {}, "Enter"), h("small", {}, "to send"));
  }
}
