// Select menus: a button that opens a list. One value is sent as soon as it is chosen; several are sent
// when the list closes, as in Discord. Lists of people, roles and channels come from the store.

import { avatar, displayName, h, roleName } from "./dom.js";
import { channelIcon, icon } from "./icons.js";
import { Listbox, onPressOutside, place } from "./listbox.js";

/**
 * {button, values()}. `onChange(values)` is called with the values (strings) once the choice is made.
 * `busy` shows that an answer is awaited; `chosen` are values chosen before, in place of the defaults.
 */
export function selectMenu(component, store, { label, onChange, busy = false, chosen = null }) {
  const options = choices(component, store);
  const most = component.max_values ?? 1;
  const least = component.min_values ?? 1;
  const placeholder = component.placeholder ?? "Make a selection";
  chosen ??= options.filter((option) => option.chosen).map((option) => option.value);
  let popup = null;

  const text = h("span.select-text");
  const props = { type: "button", role: "combobox", "aria-expanded": "false", "data-testid": `select-${component.custom_id}` };
  const button = h("button.select", { ...props, "data-focus-key": component.custom_id }, text, icon("down", 18));
  button.disabled = Boolean(component.disabled);
  if (busy) button.classList.add("busy");

  const showText = () => {
    const names = options.filter((option) => chosen.includes(option.value)).map((option) => option.label);
    text.textContent = names.length ? names.join(", ") : placeholder;
    text.classList.toggle("placeholder", !names.length);
    button.setAttribute("aria-label", `${label ?? placeholder}: ${names.length ? names.join(", ") : "nothing chosen"}`);
  };
  const mark = () => options.map((option) => ({ ...option, chosen: chosen.includes(option.value) }));

  const close = (send) => {
    if (!popup) return;
    const { list, before, stop } = popup;
    popup = null;
    stop();
    list.close();
    showText();
    const changed = chosen.join() !== before.join();
    if (send && changed && chosen.length >= least) onChange(chosen);
    else if (changed && !send) chosen = before;
    showText();
  };
  const pick = (option) => {
    if (most === 1) {
      chosen = least === 0 && chosen.includes(option.value) ? [] : [option.value];
      close(true);
      return;
    }
    if (chosen.includes(option.value)) chosen = chosen.filter((value) => value !== option.value);
    else if (chosen.length < most) chosen = [...chosen, option.value];
    popup.list.show(mark(), popup.list.active);
    showText();
  };
  const open = () => {
    const list = new Listbox({ field: button, label: label ?? placeholder, render: optionLine, onPick: pick, testId: "select-option", multiple: most > 1 });
    popup = { list, before: chosen, stop: onPressOutside([list.element, button], () => close(true)) };
    list.show(mark(), Math.max(0, options.findIndex((option) => chosen.includes(option.value))));
    place(list.element, button);
  };

  button.addEventListener("click", () => (popup ? close(true) : open()));
  button.addEventListener("blur", () => close(true));
  button.addEventListener("keydown", (event) => {
    if (!popup) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      open();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close(false);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      popup.list.pick();
    } else if (event.key === "Tab") close(true);
    else if (popup.list.move(event.key) || jump(popup.list, event.key)) event.preventDefault();
  });
  showText();
  return { button, values: () => chosen };
}

// Home and End jump to the ends, a letter to the next line that begins with it, whatever sign stands before a role's
// name.
function jump(list, key) {
  const count = list.items.length;
  if (count && (key === "Home" || key === "End")) {
    list.activate(key === "Home" ? 0 : count - 1);
    return true;
  }
  if (key.length !== 1) return false;
  for (let step = 1; step <= count; step += 1) {
    const index = (list.active + step + count) % count;
    if (list.items[index].label.replace(/^@/, "").toLowerCase().startsWith(key.toLowerCase())) {
      list.activate(index);
      return true;
    }
  }
  return false;
}

function optionLine(option) {
  const mark = option.chosen ? h("span.option-check", {}, icon("check", 18)) : null;
  const words = h("span.option-words", {}, h("span.option-label", {}, option.label));
  if (option.description) words.append(h("span.option-note", {}, option.description));
  return [option.picture && h("span.option-picture", {}, option.picture), words, mark];
}

const defaults = (component) => new Set((component.default_values ?? []).map((value) => value.id));

/** The lines of a select menu of any kind: {label, value, description, picture, chosen}. */
function choices(component, store) {
  const preset = defaults(component);
  const person = (each) => ({ label: displayName(each), value: each.id, picture: avatar(each, 22), description: accountName(each), chosen: preset.has(each.id) });
  const role = (each) => ({ label: roleName(each), value: each.id, chosen: preset.has(each.id) });
  const people = () => [...store.people, store.bot].map(person);
  const roles = () => [...store.roles.values()].map(role);
  if (component.type === 5) return people();
  if (component.type === 6) return roles();
  if (component.type === 7) return [...people(), ...roles()];
  if (component.type === 8) return channels(component, store, preset);
  return component.options.map((option) => ({ ...option, picture: emojiText(option.emoji), chosen: Boolean(option.default) }));
}

// Only where it says more than the name that people see.
function accountName(person) {
  const name = person.name ?? person.username;
  return name === displayName(person) ? null : name;
}

function channels(component, store, preset) {
  const wanted = component.channel_types;
  const fits = (channel) => channel.type !== 1 && (!wanted?.length || wanted.includes(channel.type));
  const line = (each) => ({ label: each.name, value: each.id, picture: channelIcon(each, 18), chosen: preset.has(each.id) });
  return [...store.channels.values()].filter(fits).map(line);
}

/** An emoji as text: a standard one as it is, a custom one by its name. */
export function emojiText(emoji) {
  if (!emoji) return null;
  return emoji.id ? `:${emoji.name}:` : emoji.name;
}
