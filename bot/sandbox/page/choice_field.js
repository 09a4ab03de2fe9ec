// Radio buttons and checkboxes of a form: a group of either, and a checkbox by itself.

import { h, uniqueId } from "./dom.js";
import { fieldFrame } from "./field_frame.js";

const RADIO_GROUP = 21;

export function choiceField(component, caption) {
  const single = component.type === RADIO_GROUP;
  const required = component.required ?? true;
  const name = uniqueId("choice");
  const boxes = component.options.map((option) => {
    const props = { type: single ? "radio" : "checkbox", name, value: option.value, "data-testid": `input-${component.custom_id}` };
    const box = h("input", props);
    box.checked = Boolean(option.default);
    return { box, line: choiceLine(box, option.label, option.description) };
  });
  const props = { role: single ? "radiogroup" : "group", "aria-required": single && required ? "true" : null };
  const group = h("div.choices", props, boxes.map(({ line }) => line));
  const { element, say } = fieldFrame(component, caption, group, required);
  const chosen = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
  const least = component.min_values ?? 1;
  const most = component.max_values ?? boxes.length;
  const check = () => {
    const count = chosen().length;
    if (required && !count) return say("This field is required.");
    if (!single && count && count < least) return say(`Choose at least ${least}.`);
    return say(!single && count > most ? `Choose at most ${most}.` : "");
  };
  group.addEventListener("change", () => say(""));
  const value = () => (single ? { value: chosen()[0] ?? null } : { values: chosen() });
  const answer = () => ({ type: component.type, custom_id: component.custom_id, ...value() });
  // Of radio buttons the keyboard reaches the chosen one first.
  const first = () => boxes.find(({ box }) => single && box.checked) ?? boxes[0];
  return { element, check, answer, focus: () => first()?.box.focus() };
}

export function checkbox(component, caption) {
  const box = h("input", { type: "checkbox", "data-testid": `input-${component.custom_id}` });
  box.checked = Boolean(component.default);
  const element = h("div.field", { "data-testid": `field-${component.custom_id}` }, choiceLine(box, caption.label, caption.description));
  const answer = () => ({ type: component.type, custom_id: component.custom_id, value: box.checked });
  return { element, check: () => true, answer, focus: () => box.focus() };
}

function choiceLine(box, label, description) {
  const note = description && h("span.field-note", { id: uniqueId("note") }, description);
  const words = h("span.choice-words", { id: uniqueId("words") }, label);
  box.setAttribute("aria-labelledby", words.id);
  if (note) box.setAttribute("aria-describedby", note.id);
  return h("label.choice", {}, box, h("span", {}, words, note));
}
