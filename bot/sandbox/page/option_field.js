// One option of a slash command: a labelled input, and the list that opens for it (choices known
// beforehand, people, channels or roles, or what the bot suggests while one types).

import { fromList, OptionType } from "./command.js";
import { displayName, h, roleName, uniqueId } from "./dom.js";
import { Listbox, place } from "./listbox.js";

const AUTOCOMPLETE_DELAY = 150;

export class OptionField {
  text = "";
  value = undefined;
  problem = null;
  #list = null;
  #timer = null;
  #turn = 0;

  constructor(option, store, actions) {
    this.option = option;
    this.store = store;
    this.actions = actions;
    const props = {
      id: uniqueId("option"),
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      maxlength: option.max_length ?? 6000,
      "aria-autocomplete": option.autocomplete || fromList(option) ? "list" : "none",
      "aria-required": String(Boolean(option.required)),
      "aria-expanded": "false",
      "aria-description": option.description,
      "data-testid": `command-option-${option.name}`,
    };
    this.input = h("input.option-input", props);
    const name = h("label.option-name", { for: this.input.id }, option.name);
    this.element = h("span.option-chip", {}, name, this.input);
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("focus", () => this.#focused());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.#fit();
  }

  get focusTarget() {
    return this.input;
  }

  setText(text) {
    this.input.value = text;
    this.text = text;
    this.value = fromList(this.option) ? this.#known(text)?.value : undefined;
    this.#fit();
  }

  /** Show what is wrong, or that nothing is. Returns whether something is. */
  check(problem) {
    this.problem = problem;
    this.element.classList.toggle("wrong", Boolean(problem));
    this.input.setAttribute("aria-invalid", String(Boolean(problem)));
    return Boolean(problem);
  }

  close() {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#list?.close();
    this.#list = null;
  }

  #fit() {
    const length = Math.max(4, Math.min(48, this.input.value.length + 2));
    this.input.style.width = `${length}ch`;
  }

  #typed() {
    const typed = this.input.value;
    const match = /(?:^|\s)([\p{L}\p{N}_-]+):$/u.exec(typed);
    if (match && this.actions.rename(this, match[1])) {
      this.setText(typed.slice(0, match.index));
      return;
    }
    this.setText(typed);
    this.check(null);
    this.actions.explain(this);
    this.#suggest(AUTOCOMPLETE_DELAY);
  }

  #focused() {
    this.actions.explain(this);
    this.#suggest(0);
  }

  #suggest(delay) {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    if (fromList(this.option)) {
      const typed = this.text.trim().toLowerCase();
      const all = knownValues(this.option, this.store);
      const chosen = all.findIndex((item) => item.value === this.value);
      if (chosen >= 0) this.#show(all, chosen);
      else this.#show(all.filter((item) => item.name.toLowerCase().includes(typed)), 0);
    } else if (this.option.autocomplete) {
      this.#timer = setTimeout(() => this.#ask(turn), delay);
    }
  }

  async #ask(turn) {
    this.element.classList.add("asking");
    let choices = [];
    let failure = null;
    try {
      choices = await this.actions.autocomplete(this);
    } catch (error) {
      failure = error.message;
    }
    this.element.classList.remove("asking");
    // An answer to what was typed before comes too late.
    if (turn !== this.#turn || document.activeElement !== this.input) return;
    if (failure) this.#show([{ name: failure, disabled: true }], -1);
    // Nothing is chosen beforehand, so that Enter sends the text as it was typed.
    else this.#show(choices, -1);
  }

  #show(items, active) {
    if (!items.length || document.activeElement !== this.input) {
      this.#list?.close();
      this.#list = null;
      return;
    }
    if (!this.#list) {
      const render = (item) => h("span.option-words", {}, h("span.option-label", {}, item.name));
      const pick = (item) => this.#take(item);
      this.#list = new Listbox({ field: this.input, label: this.option.name, render, onPick: pick, testId: "autocomplete-item" });
    }
    this.#list.show(items, active);
    const anchor = this.element.closest(".composer") ?? this.element;
    place(this.#list.element, anchor, { prefer: "above" });
  }

  #take(item) {
    this.input.value = item.name;
    this.text = item.name;
    this.value = item.value;
    this.check(null);
    this.#fit();
    this.close();
    this.actions.explain(this);
  }

  #known(text) {
    return knownValues(this.option, this.store).find((item) => item.name.toLowerCase() === text.trim().toLowerCase());
  }

  #key(event) {
    if (event.isComposing) return;
    const { key } = event;
    const open = this.#list && this.#list.items.length;
    const atStart = this.input.selectionStart === 0 && this.input.selectionEnd === 0;
    if (key === "Enter" && open && this.#list.active >= 0 && this.#list.items[this.#list.active].value !== this.value) this.#list.pick();
    else if (key === "Enter") this.actions.submit();
    else if (key === "Tab" && !event.shiftKey && open && this.#list.active >= 0 && this.value === undefined) this.#list.pick();
    else if (key === "Escape" && open) this.close();
    else if (key === "Escape") this.actions.leave(this);
    else if (key === "Backspace" && !this.input.value) this.actions.remove(this);
    else if (key === "ArrowLeft" && atStart) step(this.input, -1);
    else if (key === "ArrowRight" && this.input.selectionStart === this.input.value.length) step(this.input, 1);
    else if (!open && (key === "ArrowDown" || key === "ArrowUp")) this.#suggest(0);
    else if (!this.#list?.move(key)) return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** To the neighbouring part of the command: its name, another option, a button that adds one. */
export function step(input, by) {
  const parts = [...input.closest(".command-form").querySelectorAll("button, input")];
  parts[parts.indexOf(input) + by]?.focus();
}

function knownValues(option, store) {
  const { BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE } = OptionType;
  if (option.choices?.length) return option.choices;
  const people = () => [...store.people, store.bot].map((each) => ({ name: displayName(each), value: each.id }));
  const roles = () => [...store.roles.values()].map((each) => ({ name: roleName(each), value: each.id }));
  if (option.type === BOOLEAN) return [{ name: "True", value: true }, { name: "False", value: false }];
  if (option.type === USER) return people();
  if (option.type === ROLE) return roles();
  if (option.type === MENTIONABLE) return [...people(), ...roles()];
  if (option.type !== CHANNEL) return [];
  const wanted = option.channel_types;
  const fits = (channel) => channel.type !== 1 && (!wanted?.length || wanted.includes(channel.type));
  return [...store.channels.values()].filter(fits).map((each) => ({ name: `#${each.name}`, value: each.id }));
}
