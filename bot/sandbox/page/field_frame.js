// What every field of a form has around its control: a label, a note, and room for what is wrong with it.

import { h, uniqueId } from "./dom.js";

/** {element, say(text) -> valid}: the field, and a way to show what is wrong ("" for nothing). */
export function fieldFrame(component, caption, control, required, extra = null) {
  const error = h("p.field-error", { id: uniqueId("error"), role: "alert" });
  const star = required && h("span.field-required", { "aria-hidden": "true" }, " *");
  const note = caption.description && h("p.field-note", { id: uniqueId("note") }, caption.description);
  const grouped = control.getAttribute("role") === "group" || control.getAttribute("role") === "radiogroup";
  const heading = h(grouped ? "span.field-label" : "label.field-label", { id: uniqueId("label") }, caption.label, star);
  if (grouped) control.setAttribute("aria-labelledby", heading.id);
  else heading.setAttribute("for", control.id);
  const described = [note?.id, error.id].filter(Boolean).join(" ");
  control.setAttribute("aria-describedby", described);
  const element = h("div.field", { "data-testid": `field-${component.custom_id}` }, heading, note, control, extra, error);
  const say = (text) => {
    error.textContent = text;
    control.setAttribute("aria-invalid", String(Boolean(text)));
    return !text;
  };
  return { element, say };
}
