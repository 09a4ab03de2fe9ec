// Building elements. Text from messages only ever reaches the page as a text node or an attribute
// set here, never as markup, so nothing that a message holds can become an element.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: `h("button.primary", {onclick: f, "aria-label": "Send"}, "text", child)`. */
export function h(spec, props = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(props)) setProperty(element, name, value);
  append(element, children);
  return element;
}

function setProperty(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on") && typeof value === "function") element.addEventListener(name.slice(2), value);
  else if (name === "class") element.classList.add(...value.split(" ").filter(Boolean));
  else if (name === "dataset") Object.assign(element.dataset, value);
  else if (name === "value") element.value = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** Append nodes and texts; null, undefined and false are left out, arrays are opened. */
export function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

export function replace(element, ...children) {
  element.replaceChildren();
  return append(element, children);
}

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

// Dark enough that white initials keep a contrast of at least 4.5 to 1.
const AVATAR_COLOURS = ["#4752c4", "#1f7a4d", "#b4452f", "#8a3ffc", "#0b6e8a", "#a63a74", "#8a5a00", "#4d6b2f"];

function hash(text) {
  let value = 0;
  for (const character of text) value = (value * 31 + character.codePointAt(0)) >>> 0;
  return value;
}

export function initials(name) {
  const words = name.split(/[\s._-]+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [name];
  return letters.map((word) => [...word][0] ?? "").join("").toUpperCase();
}

/** A round picture with a person's initials; the name stands beside it, so it is hidden from readers. */
export function avatar(user, size = 40) {
  const name = displayName(user);
  const text = svg("text", { x: 20, y: 20.5, "dominant-baseline": "central", "text-anchor": "middle", fill: "#fff" });
  text.setAttribute("font-size", "15");
  text.setAttribute("font-weight", "600");
  text.textContent = initials(name);
  const colour = AVATAR_COLOURS[hash(String(user?.id ?? name)) % AVATAR_COLOURS.length];
  const disc = svg("circle", { cx: 20, cy: 20, r: 20, fill: user?.bot ? "#4752c4" : colour });
  const picture = svg("svg", { viewBox: "0 0 40 40", width: size, height: size, "aria-hidden": "true" }, disc, text);
  picture.classList.add("avatar");
  return picture;
}

export function displayName(user) {
  return user?.display_name ?? user?.global_name ?? user?.name ?? user?.username ?? "Someone";
}

/** "@organizer"; everybody's own role is called "@everyone" already. */
export function roleName(role) {
  return role.name.startsWith("@") ? role.name : `@${role.name}`;
}

/** "#rrggbb" of Discord's integer colour, or null for the default one. */
export function hexColour(value) {
  return value ? `#${Number(value).toString(16).padStart(6, "0")}` : null;
}

let counter = 0;

/** An id no other element has, to tie labels and listboxes to their controls. */
export function uniqueId(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}
