// The list of channels: categories, channels with their kind, threads below their parent, direct messages.

import { displayName, h, replace } from "./dom.js";
import { channelIcon, channelWord } from "./icons.js";
import { isForum, isThread } from "./kinds.js";

const CATEGORY = 4;
const DIRECT = 1;

export class ChannelList {
  constructor(store, onOpen) {
    this.store = store;
    this.onOpen = onOpen;
    this.element = h("nav.channels", { "aria-label": "Channels", "data-testid": "channels" });
    store.on("person", () => this.#draw());
    store.on("channels", () => this.#draw());
    this.element.addEventListener("keydown", (event) => this.#walk(event));
  }

  #draw() {
    const focused = this.element.contains(document.activeElement) ? document.activeElement.dataset.channelId : null;
    const all = [...this.store.channels.values()];
    const inOrder = (one, other) => voiceLast(one) - voiceLast(other) || (one.position ?? 0) - (other.position ?? 0);
    const guild = all.filter((channel) => channel.type !== DIRECT && !isThread(channel)).sort(inOrder);
    const under = (id) => guild.filter((channel) => channel.type !== CATEGORY && (channel.parent_id ?? null) === id);
    const categories = guild.filter((channel) => channel.type === CATEGORY);
    const known = new Set(categories.map((category) => category.id));
    const loose = guild.filter((channel) => channel.type !== CATEGORY && !known.has(channel.parent_id));
    const parts = [this.#group(null, loose)];
    for (const category of categories) parts.push(this.#group(category.name, under(category.id)));
    parts.push(this.#group("Direct messages", all.filter((channel) => channel.type === DIRECT)));
    replace(this.element, parts);
    if (focused) this.element.querySelector(`[data-channel-id="${focused}"]`)?.focus();
  }

  #group(name, channels) {
    if (!channels.length) return null;
    const list = h("ul", {}, channels.flatMap((channel) => [this.#item(channel), ...this.#threads(channel)]));
    return h("section.channel-group", { "aria-label": name ?? this.store.guild.name }, name && h("h2", {}, name), list);
  }

  // A forum's posts are many and have a view of their own: only those that matter now stand in the list.
  #threads(parent) {
    const { store } = this;
    const shown = (thread) => {
      if (thread.id === store.channelId || store.unread.of(thread.id)) return true;
      return !isForum(parent) && !thread.thread?.archived;
    };
    const threads = [...store.channels.values()].filter((each) => isThread(each) && each.parent_id === parent.id && shown(each));
    return threads.map((thread) => this.#item(thread));
  }

  #item(channel) {
    const { store } = this;
    const open = channel.id === store.channelId;
    const unread = open ? null : store.unread.of(channel.id);
    const note = unread && h("span.visually-hidden", {}, unread.mentions ? `, ${unread.mentions} mentions` : ", unread");
    const count = unread?.mentions ? h("span.mention-count", { "aria-hidden": "true" }, unread.mentions) : null;
    const person = channel.type === DIRECT && channel.dm_with;
    const name = person ? displayName(person) : channel.name;
    const props = {
      type: "button",
      "data-testid": `channel-${channel.name}`,
      "data-channel-id": channel.id,
      "aria-current": open ? "page" : null,
      title: channel.topic || null,
      onclick: () => this.onOpen(channel.id),
    };
    const kind = h("span.visually-hidden", {}, ` (${channelWord(channel)})`);
    const button = h("button.channel", props, channelIcon(channel, 19), h("span.channel-name", {}, name), kind, note, count);
    if (isThread(channel)) button.classList.add("thread");
    if (unread) button.classList.add("unread");
    return h("li", {}, button);
  }

  #walk(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (!(event.key in steps)) return;
    const buttons = [...this.element.querySelectorAll(".channel")];
    const next = buttons[buttons.indexOf(document.activeElement) + steps[event.key]];
    if (next) next.focus();
    event.preventDefault();
  }
}

const voiceLast = (channel) => ([2, 13].includes(channel.type) ? 1 : 0);
