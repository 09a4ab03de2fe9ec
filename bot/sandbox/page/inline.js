// The running text of Discord's Markdown: bold, links, mentions, times. Written as a scanner with small
// helpers, not as large expressions, because those can take for ever on text made to slow them down.

const MAX_DEPTH = 12;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const WORD = /[\p{L}\p{N}_]/u;

const ANGLE = [
  [/^<@!?(\d{1,20})>/, ([, id]) => ({ type: "user", id })],
  [/^<@&(\d{1,20})>/, ([, id]) => ({ type: "role", id })],
  [/^<#(\d{1,20})>/, ([, id]) => ({ type: "channel", id })],
  [/^<a?:(\w{2,32}):\d{1,20}>/, ([, name]) => ({ type: "emoji", text: `:${name}:` })],
  [/^<\/([^:>\n]{1,100}):\d{1,20}>/, ([, name]) => ({ type: "command", text: `/${name}` })],
  [/^<t:(-?\d{1,17})(?::([tTdDfFRsS]))?>/, ([, unix, style]) => ({ type: "time", unix: Number(unix), style: style ?? "f" })],
  [/^<(https?:\/\/[^\s<>]+)>/i, ([, url]) => link(url, [{ type: "text", text: url }])],
];

// Marks that wrap text, longest first: [mark, node type].
const MARKS = [
  ["**", "bold"],
  ["__", "underline"],
  ["~~", "strike"],
  ["||", "spoiler"],
  ["*", "italic"],
  ["_", "italic"],
];

/** Parse running text into text, break, bold, italic, underline, strike, spoiler, code, link, mention ... nodes. */
export function parseInline(text, depth = 0, inLink = false) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push({ type: "text", text: plain });
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const found = special(text, at, depth, inLink);
    if (!found) {
      plain += text[at];
      at += 1;
    } else if (found.node.type === "text") {
      plain += found.node.text;
      at = found.end;
    } else {
      flush();
      nodes.push(found.node);
      at = found.end;
    }
  }
  flush();
  return nodes;
}

function special(text, at, depth, inLink) {
  const character = text[at];
  if (character === "\n") return { node: { type: "break" }, end: at + 1 };
  if (character === "\\" && PUNCTUATION.test(text[at + 1] ?? "")) return literal(text[at + 1], at + 2);
  if (character === "`") return code(text, at);
  if (character === "<") return angle(text, at, inLink);
  if (character === "[" && !inLink && depth < MAX_DEPTH) return maskedLink(text, at, depth);
  if (character === "@") return everyone(text, at);
  if ((character === "h" || character === "H") && !inLink) return bareLink(text, at);
  if ("*_~|".includes(character) && depth < MAX_DEPTH) return marked(text, at, depth, inLink);
  return null;
}

const literal = (value, end) => ({ node: { type: "text", text: value }, end });

function marked(text, at, depth, inLink) {
  for (const [mark, type] of MARKS) {
    if (!text.startsWith(mark, at)) continue;
    const close = mark.length === 2 ? closeDouble(text, at, mark) : closeSingle(text, at, mark);
    if (close < 0) continue;
    const children = parseInline(text.slice(at + mark.length, close), depth + 1, inLink);
    return { node: { type, children }, end: close + mark.length };
  }
  return null;
}

function closeDouble(text, at, mark) {
  for (let index = at + 2; index < text.length - 1; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (index > at + 2 && text.startsWith(mark, index)) {
      // "***a***": the bold one ends at the last two stars. A third bar or tilde is not part of the mark.
      if (text[index + 2] === mark[0] && "*_".includes(mark[0])) continue;
      return index;
    }
  }
  return -1;
}

function closeSingle(text, at, mark) {
  if (mark === "_" && at > 0 && WORD.test(text[at - 1])) return -1;
  if (/\s/.test(text[at + 1] ?? " ") || text[at + 1] === mark) return -1;
  for (let index = at + 1; index < text.length; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (text.startsWith(mark + mark, index)) index += 1;
    else if (text[index] === mark && index > at + 1) {
      if (mark === "*" && /\s/.test(text[index - 1])) continue;
      if (mark === "_" && WORD.test(text[index + 1] ?? " ")) continue;
      return index;
    }
  }
  return -1;
}

function code(text, at) {
  let ticks = 1;
  while (text[at + ticks] === "`") ticks += 1;
  for (let index = at + ticks; index < text.length; index += 1) {
    if (text[index] !== "`") continue;
    let run = 1;
    while (text[index + run] === "`") run += 1;
    if (run === ticks) {
      const inside = text.slice(at + ticks, index);
      const value = inside.trim() ? inside.replace(/^ (?=`)|(?<=`) $/g, "") : inside;
      return { node: { type: "code", text: value }, end: index + run };
    }
    index += run - 1;
  }
  return literal("`".repeat(ticks), at + ticks);
}

function angle(text, at, inLink) {
  const piece = text.slice(at, at + 2100);
  for (const [pattern, make] of ANGLE) {
    const match = pattern.exec(piece);
    if (!match) continue;
    const node = make(match);
    if (!node || (inLink && node.type === "link")) return null;
    return { node, end: at + match[0].length };
  }
  return null;
}

function everyone(text, at) {
  const word = ["@everyone", "@here"].find((name) => text.startsWith(name, at));
  return word ? { node: { type: "everyone", text: word }, end: at + word.length } : null;
}

/** A link node, or null where the address is not plain http or https. */
function link(address, children) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (!["http:", "https:"].includes(url.protocol)) return null;
  return { type: "link", url: url.href, children };
}

function bareLink(text, at) {
  if (at > 0 && WORD.test(text[at - 1])) return null;
  const match = /^https?:\/\/[^\s<>]+/i.exec(text.slice(at, at + 2100));
  if (!match) return null;
  let address = match[0].split("](")[0];
  for (;;) {
    const last = address[address.length - 1];
    const open = (address.match(/\(/g) ?? []).length;
    const closed = (address.match(/\)/g) ?? []).length;
    if (!".,:;\"'!?]*_~|".includes(last) && !(last === ")" && closed > open)) break;
    address = address.slice(0, -1);
  }
  const node = link(address, [{ type: "text", text: address }]);
  return node && { node, end: at + address.length };
}

function maskedLink(text, at, depth) {
  const labelEnd = matching(text, at, "[", "]");
  if (labelEnd < 0 || text[labelEnd + 1] !== "(") return null;
  const label = text.slice(at + 1, labelEnd);
  const target = /^\(\s*<?(https?:\/\/[^\s<>]+?)>?(?:\s+"([^"\n]*)")?\s*\)$/i.exec(targetPart(text, labelEnd + 1));
  // Discord shows the raw text when the label itself looks like an address: it could mislead.
  if (!target || !label.trim() || /https?:\/\//i.test(label)) return null;
  const node = link(target[1], parseInline(label, depth + 1, true));
  if (!node) return null;
  if (target[2]) node.title = target[2];
  return { node, end: labelEnd + 1 + target[0].length };
}

function targetPart(text, at) {
  const end = matching(text, at, "(", ")");
  return end < 0 ? "" : text.slice(at, end + 1);
}

function matching(text, at, open, close) {
  let level = 0;
  for (let index = at; index < Math.min(text.length, at + 2100); index += 1) {
    if (text[index] === "\\") index += 1;
    else if (text[index] === open) level += 1;
    else if (text[index] === close) {
      level -= 1;
      if (level === 0) return index;
    }
  }
  return -1;
}
