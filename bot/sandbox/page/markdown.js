// Discord's flavour of Markdown: text -> a tree of plain objects. No document is touched here; richtext.js
// turns the tree into nodes. Every loop is bounded by the text's length (messages have at most 4,000
// characters), and a list nests at most MAX_DEPTH deep, so no input can hang the page.

import { parseInline } from "./inline.js";

const MAX_DEPTH = 8;
const HEADING = /^(#{1,3})[ \t]+(\S.*)$/;
const SUBTEXT = /^-#[ \t]+(\S.*)$/;
const ITEM = /^([ \t]*)(?:([-*])|(\d{1,9})\.)[ \t]+(\S.*)$/;

/**
 * Parse a message. The result is a list of nodes: inline ones as `parseInline` gives them, and
 * `heading` (level), `subtext`, `quote`, `list` (ordered, start, items) and `codeblock` (language, text).
 */
export function parseMarkdown(source, inQuote = false) {
  const nodes = [];
  let rest = String(source).replace(/\r\n?/g, "\n");
  while (rest) {
    const [node, used] = block(rest, inQuote);
    if (node) {
      nodes.push(node);
      rest = rest.slice(used);
    } else {
      const end = flowEnd(rest, inQuote);
      nodes.push(...flow(rest.slice(0, end)));
      rest = rest.slice(end);
    }
  }
  return nodes;
}

function firstLine(text) {
  const end = text.indexOf("\n");
  return end < 0 ? text : text.slice(0, end);
}

/** The block that starts this text, and how many characters it uses, its line end included. */
function block(text, inQuote) {
  const line = firstLine(text);
  const heading = HEADING.exec(line);
  if (heading) {
    const title = heading[2].replace(/\s+#+\s*$/, "");
    return [{ type: "heading", level: heading[1].length, children: parseInline(title) }, line.length + 1];
  }
  const subtext = SUBTEXT.exec(line);
  if (subtext) return [{ type: "subtext", children: parseInline(subtext[1]) }, line.length + 1];
  if (!inQuote && text.startsWith(">>> ")) return [quoted(text.slice(4)), text.length];
  if (!inQuote && line.startsWith("> ")) return quote(text);
  if (ITEM.test(line)) return list(text);
  return [null, 0];
}

function quote(text) {
  const lines = [];
  let used = 0;
  while (text.startsWith("> ", used)) {
    const line = firstLine(text.slice(used));
    lines.push(line.slice(2));
    used += line.length + 1;
  }
  return [quoted(lines.join("\n")), used];
}

// A quote within a quote stays text, as in Discord.
function quoted(text) {
  return { type: "quote", children: parseMarkdown(text, true) };
}

function list(text) {
  const items = [];
  let used = 0;
  while (used < text.length) {
    const line = firstLine(text.slice(used));
    const match = ITEM.exec(line);
    if (match && otherKind(items[0], match)) break;
    if (match) {
      items.push({ indent: match[1].length, ordered: !match[2], start: Number(match[3] ?? 1), text: match[4] });
    } else if (/^[ \t]{2,}\S/.test(line)) {
      items[items.length - 1].text += `\n${line.trim()}`;
    } else {
      break;
    }
    used += line.length + 1;
  }
  return [nest(items, 0), used];
}

// Bullets after numbers, or the other way round, at the first item's indent: that is a new list.
function otherKind(first, match) {
  return first && match[1].length <= first.indent && first.ordered === Boolean(match[2]);
}

/** Items at the first one's indent make this list; deeper ones belong to the item before them. */
function nest(items, depth) {
  const { indent, ordered, start } = items[0];
  const result = { type: "list", ordered, start, items: [] };
  for (let index = 0; index < items.length; ) {
    const children = parseInline(items[index].text);
    let next = index + 1;
    while (next < items.length && depth < MAX_DEPTH && items[next].indent > indent) next += 1;
    if (next > index + 1) children.push(nest(items.slice(index + 1, next), depth + 1));
    result.items.push(children);
    index = next;
  }
  return result;
}

/** Where the running text ends: before the next line that starts a block, after a closed code block. */
function flowEnd(text, inQuote) {
  const fence = findFence(text);
  let position = firstLine(text).length + 1;
  while (position <= text.length) {
    if (fence && position > fence.open) return fence.end;
    if (startsBlock(text.slice(position), inQuote)) return position;
    position += firstLine(text.slice(position)).length + 1;
  }
  return fence ? fence.end : text.length;
}

function startsBlock(text, inQuote) {
  const line = firstLine(text);
  const quoting = !inQuote && (line.startsWith("> ") || line.startsWith(">>> "));
  return quoting || HEADING.test(line) || SUBTEXT.test(line) || ITEM.test(line);
}

function findFence(text) {
  for (let open = text.indexOf("```"); open >= 0; open = text.indexOf("```", open + 3)) {
    const close = text.indexOf("```", open + 3);
    if (close < 0) return null;
    if (text[open - 1] === "\\" || !text.slice(open + 3, close).trim()) continue;
    const end = text[close + 3] === "\n" ? close + 4 : close + 3;
    return { open, close, end };
  }
  return null;
}

function flow(text) {
  const fence = findFence(text);
  if (!fence) return parseInline(text.endsWith("\n") ? text.slice(0, -1) : text);
  const before = text.slice(0, fence.open).replace(/\n$/, "");
  const match = /^(?:([\w+#.-]+)\n)?\n*([\s\S]*)$/.exec(text.slice(fence.open + 3, fence.close));
  const code = { type: "codeblock", language: match[1] ?? "", text: match[2].replace(/\s+$/, "") };
  return [...parseInline(before), code];
}

/** The words alone, for previews and screen readers: no marks, hidden parts left hidden. */
export function plainText(nodes, names = {}) {
  return nodes.map((node) => plainNode(node, names)).join("").replace(/\s+/g, " ").trim();
}

function plainNode(node, names) {
  if (node.type === "spoiler") return "(spoiler)";
  if (node.type === "list") return node.items.map((item) => ` ${plainText(item, names)} `).join("");
  if (node.type === "break") return " ";
  if (node.type === "time") return names.time?.(node) ?? "";
  if (["user", "role", "channel"].includes(node.type)) return names[node.type]?.(node.id) ?? "";
  const inner = node.children ? node.children.map((child) => plainNode(child, names)).join("") : (node.text ?? "");
  return ["heading", "quote", "subtext", "codeblock"].includes(node.type) ? ` ${inner} ` : inner;
}
