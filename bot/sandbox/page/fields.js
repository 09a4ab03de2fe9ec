// The fields of a form: text inputs, select menus, radio buttons, checkboxes and files (file_field.js), each
// with a visible label, a check of its own limits, and its answer in Discord's shape.

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
  let values = [];
  const menu = selectMenu(component, store, { label: caption.label, onChange: (chosen) => { values = chosen; say(""); } });
  values = menu.values();
  menu.button.id = uniqueId("select");
  const { element, say } = fieldFrame(component, caption, menu.button, required);
  const check = () => {
    if (required && !values.length) return say("This field is required.");
    const least = component.min_values ?? 1;
    return say(values.length && values.length < least ? `Choose at least ${least}.` : "");
  };
  const answer = () => ({ type: component.type, custom_id: component.custom_id, values });
  return { element, check, answer, focus: () => menu.button.focus() };
}

function choiceField(component, caption) {
  const single = component.type === 21;
  const required = component.required ?? true;
  const name = uniqueId("choice");
  const boxes = component.options.map((option) => {
    const box = h("input", { type: single ? "radio" : "checkbox", name, value: option.value });
    box.checked = Boolean(option.default);
    const note = option.description && h("span.field-note", {}, option.description);
    return { box, line: h("label.choice", {}, box, h("span", {}, option.label, note)) };
  });
  const group = h("div.choices", { role: single ? "radiogroup" : "group" }, boxes.map(({ line }) => line));
  const { element, say } = fieldFrame(component, caption, group, required);
  const chosen = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
  const most = component.max_values ?? boxes.length;
  const check = () => {
    if (required && !chosen().length) return say("This field is required.");
    return say(!single && chosen().length > most ? `Choose at most ${most}.` : "");
  };
  const value = () => (single ? { value: chosen()[0] ?? null } : { values: chosen() });
  const answer = () => ({ type: component.type, custom_id: component.custom_id, ...value() });
  return { element, check, answer, focus: () => boxes[0]?.box.focus() };
}

function checkbox(component, caption) {
  const box = h("input", { type: "checkbox" });
  box.checked = Boolean(component.default);
  const note = caption.description && h("span.field-note", {}, caption.description);
  const line = h("label.choice", {}, box, h("span", {}, caption.label, note));
  const answer = () => ({ type: 23, custom_id: component.custom_id, value: box.checked });
  return { element: h("div.field", {}, line), check: () => true, answer, focus: () => box.focus() };
}
