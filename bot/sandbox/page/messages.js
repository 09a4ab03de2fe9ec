// The list of messages of the open channel: order, groups, days, the line above what is new, and where it
// is scrolled to. A changed message is rebuilt alone, and the focus inside it is kept.

import { api } from "./api.js";
import { dayNumber } from "./clock.js";
import { h, replace } from "./dom.js";
import { channelIcon } from "./icons.js";
import { EPHEMERAL, isThread } from "./kinds.js";
import { messageElement } from "./message.js";
import { MessageTools } from "./tools.js";

const GROUP_MILLISECONDS = 7 * 60 * 1000;

export class MessageList {
  #elements = new Map();
  #newAfter = null;

  constructor(store, interactions, composer) {
    this.store = store;
    this.interactions = interactions;
    this.list = h("div.log", { role: "log", "aria-label": "Messages", "aria-live": "polite", "data-testid": "messages" });
    this.element = h("div.scroller", { "data-testid": "message-scroller" }, this.list);
    this.tools = new MessageTools(store, interactions, composer, this.list);
    store.on("open", ({ firstUnread }) => this.#opened(firstUnread));
    store.on("messages", ({ channelId }) => channelId === store.channelId && this.#fill());
    store.on("message", ({ message, fresh }) => message.channel_id === store.channelId && this.#changed(message, fresh));
    store.on("gone", ({ message }) => message.channel_id === store.channelId && this.#gone(message));
    this.list.addEventListener("keydown", (event) => this.#walk(event));
    // A picture that arrives late must not push the newest message out of sight.
    this.list.addEventListener("load", () => this.#pinned && this.#toEnd(), true);
    new ResizeObserver(() => this.#pinned && this.#toEnd()).observe(this.element);
    this.element.addEventListener("scroll", () => { this.#pinned = this.#nearEnd(); }, { passive: true });
  }

  #pinned = true;

  #opened(firstUnread) {
    this.#newAfter = firstUnread;
    this.tools.release();
    this.#elements.clear();
    this.#pinned = true;
    this.list.setAttribute("aria-live", "off");
    replace(this.list, h("p.loading", { role: "status" }, "Loading messages…"));
  }

  #fill() {
    const channel = this.store.channel;
    const messages = this.store.messages();
    this.tools.release();
    this.#elements.clear();
    replace(this.list, beginning(channel));
    messages.forEach((message, index) => this.#add(message, messages[index - 1]));
    this.#roving();
    if (this.#pinned) this.#toEnd();
    // Only what comes after this is news to a screen reader.
    setTimeout(() => this.list.setAttribute("aria-live", "polite"), 300);
  }

  #add(message, before) {
    if (!before || dayOf(message) !== dayOf(before)) this.list.append(daySeparator(message));
    if (this.#newAfter !== null && isAfter(message, this.#newAfter) && (!before || !isAfter(before, this.#newAfter))) {
      this.list.append(h("div.new-line", { role: "separator", "aria-label": "New messages" }, h("span", {}, "New")));
    }
    const element = this.#make(message, before);
    this.#elements.set(message.id, element);
    this.list.append(element);
  }

  #make(message, before) {
    return messageElement(message, {
      store: this.store,
      interact: (target, data) => this.interactions.component(target, data),
      toggleReaction: (target, emoji, mine) => this.react(target, emoji, mine),
      grouped: belongTogether(before, message),
    });
  }

  #changed(message, fresh) {
    const messages = this.store.messages();
    const index = messages.findIndex((each) => each.id === message.id);
    if (index < 0) return;
    const stay = this.#pinned;
    const old = this.#elements.get(message.id);
    if (old) this.#swap(message, messages[index - 1], old);
    else if (fresh && index === messages.length - 1) this.#add(message, messages[index - 1]);
    else this.#fill();
    this.#roving();
    if (stay || message.author?.id === this.store.me.id) this.#toEnd();
  }

  #swap(message, before, old) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const key = focused?.closest("[data-focus-key]")?.dataset.focusKey;
    const element = this.#make(message, before);
    this.tools.release(old);
    old.replaceWith(element);
    this.#elements.set(message.id, element);
    if (!focused) return;
    const again = [...element.querySelectorAll("[data-focus-key]")].find((each) => each.dataset.focusKey === key);
    (again && !again.disabled ? again : element).focus({ preventScroll: true });
  }

  #gone(message) {
    const element = this.#elements.get(message.id);
    if (!element) return;
    const held = element.contains(document.activeElement);
    this.#fill();
    if (held) (this.list.querySelector(".message:last-of-type") ?? this.list).focus();
  }

  // One message is in the tab order; the arrow keys walk from it to the others.
  #roving(chosen = null) {
    const all = [...this.list.querySelectorAll(".message")];
    const target = chosen ?? all.at(-1);
    for (const element of all) element.tabIndex = element === target ? 0 : -1;
  }

  #walk(event) {
    const element = event.target;
    if (!element.classList?.contains("message")) return;
    const all = [...this.list.querySelectorAll(".message")];
    const steps = { ArrowUp: -1, ArrowDown: 1, Home: -all.length, End: all.length };
    if (!(event.key in steps)) return;
    const index = Math.max(0, Math.min(all.length - 1, all.indexOf(element) + steps[event.key]));
    event.preventDefault();
    this.#roving(all[index]);
    all[index].focus();
  }

  async react(message, emoji, mine) {
    const body = { as: this.store.me.id, channel_id: message.channel_id, message_id: message.id };
    const name = emoji.id ? `${emoji.name}:${emoji.id}` : emoji.name;
    try {
      await (mine ? api.unreact : api.react)({ ...body, emoji: name });
    } catch (error) {
      this.store.notice(error.message);
    }
  }

  #nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < 60;
  }

  #toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
  }
}

const isAfter = (message, id) => !message.local && BigInt(message.id) > BigInt(id);
const dayOf = (message) => dayNumber(new Date(message.timestamp));

function belongTogether(before, message) {
  if (!before || before.author?.id !== message.author?.id || dayOf(before) !== dayOf(message)) return false;
  if (before.webhook_id !== message.webhook_id || message.interaction_metadata || message.message_reference) return false;
  if ((before.flags & EPHEMERAL) !== (message.flags & EPHEMERAL)) return false;
  return new Date(message.timestamp) - new Date(before.timestamp) < GROUP_MILLISECONDS;
}

function daySeparator(message) {
  const day = new Intl.DateTimeFormat(undefined, { dateStyle: "long" }).format(new Date(message.timestamp));
  return h("div.day", { role: "separator", "aria-label": day }, h("span", {}, day));
}

/** The welcome at the top of every channel, which is also its empty state. */
function beginning(channel) {
  const place = isThread(channel) ? "this thread" : `#${channel.name}`;
  const direct = channel.type === 1 && "This is the beginning of your direct messages. Only the two of you can read them.";
  const title = direct || isThread(channel) ? channel.name : `Welcome to ${place}`;
  const start = direct || channel.topic || `This is the start of ${place}. Type / to see what the bot can do.`;
  return h("div.beginning", {}, h("div.beginning-icon", {}, channelIcon(channel, 36)), h("h2", {}, title), h("p", {}, start));
}
