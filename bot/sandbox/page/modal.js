// A form that the bot opened, as a real <dialog>: the browser keeps the focus inside and gives it back.

import { append, h } from "./dom.js";
import { modalField } from "./fields.js";
import { icon } from "./icons.js";
import { richText } from "./richtext.js";

/**
 * Show the form. `submit(components)` gets the values in Discord's shape and resolves to null, or to a
 * text that says what went wrong; then the form stays open with everything typed.
 */
export function openModal(modal, store, submit) {
  const fields = [];
  const body = h("div.modal-body", {}, modal.components.map((component) => row(component, store, fields)));
  const error = h("p.modal-error", { role: "alert" });
  const send = h("button.button.primary", { type: "submit", "data-testid": "modal-submit" }, "Submit");
  const cancel = h("button.button.plain", { type: "button", "data-testid": "modal-cancel" }, "Cancel");
  const close = h("button.icon-button", { type: "button", "aria-label": "Close" }, icon("close"));
  const title = h("h2.modal-title", { id: "modal-title" }, modal.title);
  const form = h("form", { novalidate: true, method: "dialog" });
  append(form, [h("header.modal-head", {}, title, close), body, error, h("footer.modal-foot", {}, cancel, send)]);
  const dialog = h("dialog.modal", { "aria-labelledby": "modal-title", "data-testid": "modal" }, form);

  // The event "close" comes a task later: a key struck in between would be lost.
  const leave = () => {
    if (!dialog.isConnected) return;
    dialog.remove();
    takeFocusAgain();
  };
  const end = () => {
    dialog.close();
    leave();
  };
  cancel.addEventListener("click", end);
  close.addEventListener("click", end);
  dialog.addEventListener("close", leave);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    error.textContent = "";
    const wrong = fields.filter((field) => !field.check());
    if (wrong.length) {
      wrong[0].focus();
      return;
    }
    send.disabled = true;
    const refused = await submit(fields.map((field) => field.answer()));
    send.disabled = false;
    if (refused) error.textContent = refused;
    else end();
  });
  document.body.append(dialog);
  dialog.showModal();
  fields.find((field) => field.focusable)?.focus();
}

// A closing dialog gives the focus back, but not the caret: what one types next would go nowhere.
function takeFocusAgain() {
  const element = document.activeElement;
  element.blur();
  element.focus({ preventScroll: true });
}

// Fields come inside a Label (the present form) or an action row (the older one).
function row(component, store, fields) {
  if (component.type === 10) {
    fields.push({ check: () => true, answer: () => ({ type: 10, id: component.id }) });
    return h("div.markdown.modal-text", {}, richText(component.content, store.names));
  }
  const inner = component.type === 1 ? component.components[0] : component.component;
  const label = component.label ?? inner.label ?? "";
  const field = modalField(inner, { label, description: component.description }, store);
  const shell = (value) => (component.type === 1 ? { type: 1, components: [value] } : { type: 18, component: value });
  fields.push({ ...field, focusable: true, answer: () => shell(field.answer()) });
  return field.element;
}
