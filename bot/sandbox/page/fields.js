// The fields of a form: text inputs, select menus, choices (choice_field.js) and files (file_field.js), each with a visible label, a check of its own limits, and its answer in Discord's shape.

import { checkbox, choiceField } from "./choice_field.js";
import { h, uniqueId } from "./dom.js";
import { fieldFrame } from "./field_frame.js";
import { fileField } from "./file_field.js";
import { selectMenu } from "./select.js";

/** {element, check() -> valid, answer() -> Discord's component, focus()} for one field. */
export function modalField(component, caption, store) {
  if (component.type === 4) return textField(component, caption);
  if (component.type === 19) return fileField(component, caption, store);
  if (component.type === 21 || component.type === 22) return choiceField(component, caption);
  if (component.type === 23) return checkbox(component, caption);
  if ([3, 5, 6, 7, 8].includes(component.type)) return selectField(component, caption, store);
  const text = h("p.field-note", {}, "This kind of field cannot be filled here.");
  const element = h("div.field", {}, h("span.field-label", {}, caption.label), text);
  const answer = () => ({ type: component.type, custom_id: component.custom_id, values: [] });
  return { element, check: () => true, answer, focus: () => {} };
}

function textField(component, caption) {
  const { min_length: least = 0, max_length: most = 4000, required = true } = component;
  const props = { id: uniqueId("input"), placeholder: component.placeholder, maxlength: most, required, "aria-required": required };
  const tag = component.style === 2 ? "textarea.input" : "input.input";
  const input = h(tag, { ...props, value: component.value ?? "", "data-testid": `input-${component.custom_id}` });
  if (component.style === 2) input.rows = 4;
  const count = h("span.field-count", { "aria-hidden": "true" });
  const { element, say } = fieldFrame(component, caption, input, required, component.max_length && count);
  const update = () => {
    count.textContent = `${input.value.length}/${most}`;
    say("");
  };
  input.addEventListener("input", update);
  update();
  const check = () => {
    const length = input.value.length;
    if (required && !input.value.trim()) return say("This field is required.");
    if (length && length < least) return say(`Must be ${least} or more in length.`);
    return say("");
  };
  const answer = () => ({ type: 4, custom_id: component.custom_id, value: input.value });
  return { element, check, answer, focus: () => input.focus() };
}

function selectField(component, caption, store) {
  const required = component.required ?? true;
  // What is not required may be cleared again.
  const least = required ? Math.max(1, component.min_values ?? 1) : 0;
  const menu = selectMenu({ ...component, min_values: least }, store, { label: caption.label, onChange: () => say("") });
  menu.button.id = uniqueId("select");
  const { element, say } = fieldFrame(component, caption, menu.button, required);
  const check = () => {
    const count = menu.values().length;
    if (required && !count) return say("This field is required.");
    const fewest = component.min_values ?? 1;
    return say(count && count < fewest ? `Choose at least ${fewest}.` : "");
  };
  const answer = () => ({ type: component.type, custom_id: component.custom_id, values: menu.values() });
  return { element, check, answer, focus: () => menu.button.focus() };
}
