// Message components: buttons and menus (V1), and the layouts of Components V2. Numbers are Discord's
// component types.

import { h, hexColour } from "./dom.js";
import { icon } from "./icons.js";
import { attachedFile, media } from "./media.js";
import { richText } from "./richtext.js";
import { emojiText, selectMenu } from "./select.js";

const BUTTON_STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };

/** All components of a message. `context` = {store, message, interact(data)}. */
export function messageComponents(components, context) {
  return (components ?? []).map((component) => render(component, context));
}

function render(component, context) {
  const make = KINDS[component.type];
  return make ? make(component, context) : h("p.unsupported", {}, `This page cannot show component type ${component.type}.`);
}

const KINDS = {
  1: (row, context) => h("div.action-row", {}, row.components.map((child) => render(child, context))),
  2: button,
  3: select,
  5: select,
  6: select,
  7: select,
  8: select,
  9: section,
  10: (text, { store }) => h("div.markdown.text-display", {}, richText(text.content, store.names)),
  11: (thumbnail) => media(thumbnail.media, thumbnail, "thumbnail"),
  12: gallery,
  13: (file, { message }) => attachedFile(attachmentOf(file, message), file.spoiler),
  14: separator,
  17: container,
};

function button(component, { message, interact }) {
  const style = BUTTON_STYLES[component.style] ?? "secondary";
  const emoji = emojiText(component.emoji);
  const inside = [emoji && h("span.button-emoji", {}, emoji), component.label && h("span", {}, component.label)];
  if (component.style === 5) return linkButton(component, inside);
  const busy = message.ui?.busy === component.custom_id;
  const props = { type: "button", "data-testid": `button-${component.custom_id}`, "data-focus-key": component.custom_id };
  const element = h(`button.button.${style}`, { ...props, "aria-label": component.label ? null : emoji }, inside);
  element.disabled = Boolean(component.disabled);
  if (busy) {
    element.classList.add("busy");
    element.setAttribute("aria-busy", "true");
  }
  element.addEventListener("click", () => {
    if (!message.ui?.busy) interact({ component_type: 2, custom_id: component.custom_id });
  });
  return element;
}

function linkButton(component, inside) {
  const safe = /^https?:\/\//i.test(component.url ?? "") && !component.disabled;
  const props = { target: "_blank", rel: "noopener noreferrer nofollow", title: component.url };
  if (safe) props.href = component.url;
  else props["aria-disabled"] = "true";
  return h("a.button.secondary.link", props, inside, icon("external", 16));
}

function select(component, { store, message, interact }) {
  const onChange = (values) => interact({ component_type: component.type, custom_id: component.custom_id, values });
  const busy = message.ui?.busy === component.custom_id;
  const chosen = message.ui?.chosen?.[component.custom_id];
  return selectMenu(component, store, { label: component.placeholder, onChange, busy, chosen }).button;
}

function section(component, context) {
  const texts = h("div.section-texts", {}, component.components.map((child) => render(child, context)));
  const side = h("div.section-side", {}, render(component.accessory, context));
  return h("div.section", {}, texts, side);
}

function gallery(component) {
  const items = component.items.map((item) => media(item.media, item, "gallery-item"));
  return h("div.gallery", { "data-count": Math.min(items.length, 4) }, items);
}

function separator(component) {
  const wide = component.spacing === 2 ? "wide" : "";
  return component.divider === false ? h("div.spacer", { class: wide }) : h("hr.divider", { class: wide });
}

function container(component, context) {
  const inside = h("div.container-body", {}, component.components.map((child) => render(child, context)));
  const element = h("div.container", {}, inside);
  const colour = hexColour(component.accent_color);
  if (colour) element.style.setProperty("--accent", colour);
  if (colour) element.classList.add("accented");
  if (component.spoiler) coverSpoiler(element, inside);
  return element;
}

/** Hide something until it is pressed. */
export function coverSpoiler(element, inside) {
  const cover = h("button.spoiler-cover", { type: "button" }, "Spoiler");
  inside.inert = true;
  element.classList.add("covered");
  element.append(cover);
  cover.addEventListener("click", () => {
    inside.inert = false;
    element.classList.remove("covered");
    cover.remove();
  });
}

function attachmentOf(file, message) {
  const name = file.name ?? file.file?.url?.split("/").pop()?.split("?")[0] ?? "file";
  const known = message.attachments?.find((each) => each.filename === name || each.url === file.file?.url);
  return known ?? { filename: name, size: file.size, url: file.file?.url };
}
