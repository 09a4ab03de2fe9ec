// One message as an element: who, when, to what it answers, what it says, and what can be done with it.

import { messageTime, formatTime } from "./clock.js";
import { messageComponents } from "./components.js";
import { avatar, displayName, h, hexColour } from "./dom.js";
import { icon } from "./icons.js";
import { COMPONENTS_V2, CROSSPOSTED, EPHEMERAL, LOADING } from "./kinds.js";
import { plainText, parseMarkdown } from "./markdown.js";
import { attachments, embed } from "./media.js";
import { richText } from "./richtext.js";
import { emojiText } from "./select.js";

/** `grouped`: the message before is by the same author, so the head is left out. */
export function messageElement(message, { store, interact, toggleReaction, grouped }) {
  const ephemeral = Boolean(message.flags & EPHEMERAL);
  const now = store.clock.now();
  const props = {
    tabindex: -1,
    "data-testid": "message",
    "data-message-id": message.id,
    "data-ephemeral": String(ephemeral),
    "data-author": message.author?.username ?? message.author?.name ?? "",
    "aria-label": `${displayName(message.author)}, ${messageTime(message.timestamp, now)}`,
  };
  const element = h("article.message", props);
  if (grouped) element.classList.add("grouped");
  if (ephemeral) element.classList.add("ephemeral");
  if (mentionsMe(message, store)) element.classList.add("mentioned");
  element.append(...[contextLine(message, store), gutter(message, grouped)].filter(Boolean));
  const body = h("div.message-body");
  if (!grouped) body.append(head(message, store, now));
  body.append(...content(message, { store, interact, toggleReaction }));
  element.append(body);
  return element;
}

function mentionsMe(message, store) {
  const { isMe } = store.names;
  const named = message.mentions?.some((user) => isMe(user.id)) || message.mention_roles?.some((id) => isMe(id));
  return message.mention_everyone || named;
}

function gutter(message, grouped) {
  if (!grouped) return h("div.gutter", {}, avatar(message.author, 40));
  const time = h("time.gutter-time", { title: formatTime(message.timestamp ? new Date(message.timestamp) : 0, "F") });
  time.textContent = formatTime(new Date(message.timestamp), "t");
  return h("div.gutter", {}, time);
}

function head(message, store, now) {
  const author = h("span.author", {}, displayName(store.names.person(message.author?.id) ?? message.author));
  const person = store.people.find((each) => each.id === message.author?.id);
  const colour = hexColour(person?.roles?.find((role) => role.color)?.color);
  if (colour) author.style.setProperty("--role", colour);
  const badge = message.author?.bot && h("span.badge", {}, "App");
  const instant = new Date(message.timestamp);
  const time = h("time.message-time", { datetime: instant.toISOString(), title: formatTime(instant, "F") }, messageTime(instant, now));
  return h("header.message-head", {}, author, badge, time);
}

// The small line above a message: which command it answers, or the message it replies to.
function contextLine(message, store) {
  const metadata = message.interaction_metadata;
  const command = message.interaction?.name ?? metadata?.name;
  if (metadata?.user && (command || metadata.type === 2)) {
    const who = displayName(store.names.person(metadata.user.id) ?? metadata.user);
    const slash = (metadata.command_type ?? 1) === 1;
    const what = h("span.used-command", {}, command ? `${slash ? "/" : ""}${command}` : "a command");
    return h("div.context-line", {}, avatar(metadata.user, 16), h("b", {}, who), " used ", what);
  }
  const id = message.message_reference?.message_id ?? metadata?.interacted_message_id;
  if (!id || message.type === 6 || message.type === 21) return null;
  const original = message.referenced_message ?? store.message(message.channel_id, id);
  const pings = original && message.mentions?.some((user) => user.id === original.author?.id);
  return replyLine(original, pings, store);
}

function replyLine(original, pings, store) {
  if (!original) return h("div.context-line", {}, icon("reply", 16), h("i", {}, "The original message is not here any more."));
  const words = h("span.reply-words", {}, summary(original, store));
  const go = () => document.querySelector(`[data-message-id="${original.id}"]`)?.focus();
  const name = h("b", {}, `${pings ? "@" : ""}${displayName(original.author)}`);
  return h("button.context-line.reply-line", { type: "button", onclick: go }, icon("reply", 16), avatar(original.author, 16), name, words);
}

/** A message in one line of plain words. */
export function summary(message, store) {
  const { names } = store;
  const plainNames = {
    user: (id) => `@${names.user(id) ?? "unknown-user"}`,
    role: (id) => `@${names.role(id)?.name ?? "unknown-role"}`,
    channel: (id) => `#${names.channel(id) ?? "unknown"}`,
    time: (node) => formatTime(node.unix * 1000, node.style === "R" ? "f" : node.style),
  };
  const text = message.content || firstText(message.components) || message.embeds?.[0]?.title || "";
  return plainText(parseMarkdown(text), plainNames) || "Press to see the message";
}

function firstText(components) {
  for (const component of components ?? []) {
    const found = component.type === 10 ? component.content : firstText(component.components);
    if (found) return found;
  }
  return null;
}

function content(message, context) {
  const { store } = context;
  if (message.pending) return [thinking(message.awaits ? `${displayName(store.bot)} is thinking…` : "Sending command…")];
  if (message.local && message.error) return [h("p.failure", { role: "alert" }, message.error), ephemeralNote(message, store)];
  if (message.flags & LOADING) {
    return [thinking(`${displayName(message.author)} is thinking…`), ephemeralNote(message, store)].filter(Boolean);
  }
  // The first line of a thread shows the message that the thread hangs on.
  const shown = message.type === 21 ? (message.referenced_message ?? message) : message;
  const parts = SYSTEM[shown.type] ? [SYSTEM[shown.type](shown, store)] : ordinary(shown, context);
  parts.push(reactions(message, context), threadChip(message, store), publishedNote(message));
  if (message.ui?.error) parts.push(h("p.failure", { role: "alert" }, message.ui.error));
  parts.push(ephemeralNote(message, store));
  return parts.filter(Boolean);
}

function ordinary(message, context) {
  const { store, interact } = context;
  const parts = [];
  const edited = message.edited_timestamp && h("span.edited", { title: formatTime(new Date(message.edited_timestamp), "F") }, "(edited)");
  if (message.content) parts.push(h("div.markdown.message-content", {}, richText(message.content, store.names), edited && [" ", edited]));
  const within = { store, message, interact: (data) => interact(message, data) };
  const shown = messageComponents(message.components, within);
  if (message.flags & COMPONENTS_V2) {
    parts.push(h("div.components.v2", {}, shown));
  } else {
    parts.push(...attachments(message), ...(message.embeds ?? []).map((data) => embed(data, store.names)));
    if (shown.length) parts.push(h("div.components", {}, shown));
  }
  if (edited && !message.content) parts.push(edited);
  return parts;
}

const SYSTEM = {
  6: () => h("p.system", {}, "pinned a message to this channel."),
  7: () => h("p.system", {}, "joined the server."),
  12: (message) => h("p.system", {}, `added ${message.content} to this channel.`),
  18: (message, store) => h("p.system", {}, "started a thread: ", threadLink(message.thread?.id ?? message.message_reference?.channel_id, message.content, store)),
};

function threadLink(id, name, store) {
  return h("button.link-button", { type: "button", onclick: () => store.open(id) }, name);
}

function thinking(text) {
  const dots = h("span.dots", { "aria-hidden": "true" }, h("i"), h("i"), h("i"));
  return h("p.thinking", { "data-testid": "thinking", role: "status" }, dots, text);
}

function reactions(message, { toggleReaction }) {
  if (!message.reactions?.length) return null;
  const one = ({ emoji, count, me }) => {
    const name = emojiText(emoji);
    const props = { type: "button", "aria-pressed": String(Boolean(me)), "aria-label": `${name}, ${count}`, "data-focus-key": `reaction-${name}` };
    return h("button.reaction", { ...props, onclick: () => toggleReaction(message, emoji, me) }, h("span", {}, name), h("b", {}, count));
  };
  return h("div.reactions", {}, message.reactions.map(one));
}

function threadChip(message, store) {
  const thread = store.channels.get(message.thread?.id);
  if (!thread || message.type === 18) return null;
  const count = thread.thread?.message_count ?? thread.message_count ?? 0;
  const more = h("span.thread-count", {}, count === 1 ? "1 message ›" : `${count} messages ›`);
  const open = () => store.open(thread.id);
  return h("button.thread-chip", { type: "button", onclick: open, "data-focus-key": "thread" }, icon("thread", 18), h("b", {}, thread.name), more);
}

// An announcement that the channels which follow this one have got too.
function publishedNote(message) {
  if (!(message.flags & CROSSPOSTED)) return null;
  return h("p.small-print", { "data-testid": "published" }, icon("announcement", 16), "Published to followers");
}

function ephemeralNote(message, store) {
  if (!(message.flags & EPHEMERAL)) return null;
  const dismiss = h("button.link-button", { type: "button", "data-testid": "dismiss" }, "Dismiss message");
  dismiss.addEventListener("click", () => (message.local ? store.remove(message.channel_id, message.id) : store.dismiss(message)));
  return h("p.small-print", {}, icon("eye", 16), "Only you can see this • ", dismiss);
}
