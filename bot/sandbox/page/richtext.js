// The tree of markdown.js as document nodes. Names behind mentions come from a `names` object:
// user(id), role(id) -> {name, color}, channel(id), isMe(id), now() in milliseconds, openChannel(id).

import { timeElement } from "./clock.js";
import { h, hexColour } from "./dom.js";
import { parseMarkdown } from "./markdown.js";

/** Markdown source -> a list of nodes, ready to append. */
export function richText(source, names) {
  return render(parseMarkdown(source ?? ""), names);
}

function render(nodes, names) {
  return nodes.map((node) => (RENDERERS[node.type] ?? asText)(node, names));
}

const asText = (node) => document.createTextNode(node.text ?? "");
const wrap = (tag) => (node, names) => h(tag, {}, render(node.children, names));

const RENDERERS = {
  text: asText,
  break: () => h("br"),
  bold: wrap("strong"),
  italic: wrap("em"),
  underline: wrap("u"),
  strike: wrap("s"),
  subtext: wrap("small.md-subtext"),
  quote: wrap("blockquote"),
  code: (node) => h("code.md-code", {}, node.text),
  codeblock: (node) => h("pre.md-codeblock", { tabindex: 0, "data-language": node.language }, h("code", {}, node.text)),
  emoji: (node) => h("span.md-emoji", {}, node.text),
  command: (node) => h("span.mention", {}, node.text),
  everyone: (node) => h("span.mention", {}, node.text),
  heading: (node, names) => h(`h${node.level + 2}.md-heading.md-h${node.level}`, {}, render(node.children, names)),
  list,
  link,
  spoiler,
  time: (node, names) => timeElement(node.unix, node.style, names.now()) ?? h("span.md-time", {}, "Invalid date"),
  user: (node, names) => mention(`@${names.user(node.id) ?? "unknown-user"}`, names.isMe(node.id) ? "mention-me" : ""),
  role: roleMention,
  channel: channelMention,
};

function list(node, names) {
  const items = node.items.map((item) => h("li", {}, render(item, names)));
  return node.ordered ? h("ol", { start: node.start }, items) : h("ul", {}, items);
}

function link(node, names) {
  const props = { href: node.url, target: "_blank", rel: "noopener noreferrer nofollow", title: node.title ?? node.url };
  return h("a", props, render(node.children, names));
}

function spoiler(node, names) {
  const inside = h("span.md-spoiler-text", { "aria-hidden": "true" }, render(node.children, names));
  const props = { role: "button", tabindex: 0, "aria-expanded": "false", "aria-label": "Spoiler, hidden. Press to show." };
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    if (element.getAttribute("aria-expanded") === "true") return;
    event.preventDefault();
    element.setAttribute("aria-expanded", "true");
    for (const name of ["role", "aria-label"]) element.removeAttribute(name);
    inside.removeAttribute("aria-hidden");
  };
  const element = h("span.md-spoiler", { ...props, onclick: reveal, onkeydown: reveal }, inside);
  return element;
}

function mention(text, extra) {
  return h("span.mention", { class: extra }, text);
}

function roleMention(node, names) {
  const role = names.role(node.id);
  const element = mention(`@${role?.name ?? "unknown-role"}`, names.isMe(node.id) ? "mention-me" : "");
  const colour = hexColour(role?.color);
  if (colour) element.style.setProperty("--role", colour);
  if (colour) element.classList.add("mention-role");
  return element;
}

function channelMention(node, names) {
  const name = names.channel(node.id);
  if (!name) return mention("# unknown", "");
  return h("button.mention.mention-channel", { type: "button", onclick: () => names.openChannel(node.id) }, `#${name}`);
}
