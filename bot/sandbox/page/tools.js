// What can be done with a message: react, reply, copy, and the bot's own context-menu commands. One small
// bar follows the mouse and the focus from message to message; its last button opens the whole menu,
// which the right mouse button and Shift+F10 open too.

import { api } from "./api.js";
import { displayName, h } from "./dom.js";
import { icon } from "./icons.js";
import { EPHEMERAL } from "./kinds.js";
import { onPressOutside } from "./listbox.js";

const QUICK = ["👍", "❤️", "🎉", "❓"];
const USER_COMMAND = 2;
const MESSAGE_COMMAND = 3;

export class MessageTools {
  #host = null;
  #close = null;

  constructor(store, interactions, composer, list) {
    this.store = store;
    this.interactions = interactions;
    this.composer = composer;
    this.bar = h("div.message-tools", { role: "toolbar", "aria-label": "Message actions" });
    // What only one person sees takes no reactions and no replies.
    this.forAll = [
      ...QUICK.slice(0, 2).map((emoji) => this.#button(`React with ${emoji}`, emoji, () => this.#react(emoji))),
      this.#button("Reply", icon("reply"), () => this.composer.replyTo(this.#message()), "reply"),
    ];
    this.bar.append(...this.forAll, this.#button("More and apps", icon("more"), () => this.#openMenu(), "message-menu-button"));
    this.bar.lastChild.setAttribute("aria-haspopup", "menu");
    list.addEventListener("mouseover", (event) => this.#follow(event.target));
    list.addEventListener("focusin", (event) => this.#follow(event.target));
    list.addEventListener("mouseleave", () => !this.bar.contains(document.activeElement) && !this.#close && this.bar.remove());
    list.addEventListener("contextmenu", (event) => this.#contextMenu(event));
  }

  /** The element is about to go (all of them, where none is named): take the bar away from it. */
  release(element = this.#host) {
    if (this.#host !== element) return;
    this.#close?.();
    this.bar.remove();
    this.#host = null;
  }

  #button(label, content, act, testId) {
    const props = { type: "button", "aria-label": label, title: label, "data-testid": testId, onclick: act };
    return h("button.tool", props, content);
  }

  #message() {
    return this.store.message(this.store.channelId, this.#host?.dataset.messageId);
  }

  #follow(target) {
    const host = target.closest?.(".message");
    if (!host || (host === this.#host && this.bar.isConnected) || this.#close) return;
    this.#host = host;
    const message = this.#message();
    for (const button of this.forAll) button.hidden = ephemeral(message);
    if (message?.local) this.bar.remove();
    else host.append(this.bar);
  }

  #contextMenu(event) {
    if (event.target.closest("a, input, textarea") || String(getSelection())) return;
    this.#follow(event.target);
    if (!this.#message() || this.#message().local) return;
    event.preventDefault();
    this.#openMenu();
  }

  async #react(emoji) {
    const message = this.#message();
    const body = { as: this.store.me.id, channel_id: message.channel_id, message_id: message.id, emoji };
    const mine = message.reactions?.some((each) => each.emoji.name === emoji && each.me);
    try {
      await (mine ? api.unreact : api.react)(body);
    } catch (error) {
      this.store.notice(error.message);
    }
  }

  async #openMenu() {
    this.#close?.();
    const message = this.#message();
    const host = this.#host;
    const commands = await this.store.commands();
    if (!host.isConnected) return;
    const apps = (type) => commands.filter((command) => command.type === type);
    const menu = h("div.menu", { role: "menu", "aria-label": "Message actions", "data-testid": "message-menu" });
    const close = () => this.#close?.();
    const item = (label, picture, act, testId) => {
      const press = () => {
        close();
        act();
      };
      const props = { type: "button", role: "menuitem", tabindex: -1, onclick: press, "data-testid": testId };
      return h("button.menu-item", props, h("span", {}, label), picture);
    };
    const quick = h("div.menu-quick", {}, QUICK.map((emoji) => {
      const props = { type: "button", role: "menuitem", tabindex: -1, "aria-label": `React with ${emoji}` };
      return h("button", { ...props, onclick: () => { close(); this.#react(emoji); } }, emoji);
    }));
    if (!ephemeral(message)) menu.append(quick, item("Reply", icon("reply", 18), () => this.composer.replyTo(message)));
    if (message.content) menu.append(item("Copy text", icon("copy", 18), () => navigator.clipboard?.writeText(message.content)));
    menu.append(...this.#owners(message, item));
    const use = (command, target) => () =>
      this.interactions.command({ name: command.name, type: command.type, target_id: target }, command.name, message);
    const onMessage = apps(MESSAGE_COMMAND).map((each) => item(each.name, icon("apps", 18), use(each, message.id), "app-command"));
    const onUser = apps(USER_COMMAND).map((each) => item(each.name, icon("apps", 18), use(each, message.author.id), "app-command"));
    if (onMessage.length) menu.append(group("Apps", onMessage));
    if (onUser.length) menu.append(group(`Apps, for ${displayName(message.author)}`, onUser));
    this.#showMenu(menu, host);
  }

  // What its author may do with it; moderators may delete it too.
  #owners(message, item) {
    const own = message.author.id === this.store.me.id;
    const deletable = !ephemeral(message) && (own || this.store.channel.can_moderate);
    return [
      own && item("Edit message", icon("edit", 18), () => this.composer.edit(message), "edit-message"),
      deletable && item("Delete message", icon("delete", 18), () => this.#delete(message), "delete-message"),
    ].filter(Boolean);
  }

  async #delete(message) {
    try {
      await api.deleteMessage({ as: this.store.me.id, channel_id: message.channel_id, message_id: message.id });
    } catch (error) {
      this.store.notice(error.message);
    }
  }

  #showMenu(menu, host) {
    host.append(this.bar);
    this.bar.append(menu);
    const box = host.getBoundingClientRect();
    menu.classList.toggle("upwards", box.top + menu.offsetHeight + 60 > window.innerHeight && box.top > menu.offsetHeight);
    const items = [...menu.querySelectorAll("[role=menuitem]")];
    const stop = onPressOutside([menu], () => this.#close?.());
    const back = document.activeElement;
    this.#close = () => {
      this.#close = null;
      stop();
      const held = menu.contains(document.activeElement);
      menu.remove();
      if (held) (this.bar.contains(back) ? back : host).focus();
    };
    menu.addEventListener("keydown", (event) => {
      const index = items.indexOf(document.activeElement);
      const steps = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: items.length - 1 };
      if (event.key in steps) items[(steps[event.key] + items.length) % items.length].focus();
      else if (event.key === "Escape" || event.key === "Tab") this.#close?.();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    items[0]?.focus();
  }
}

const ephemeral = (message) => Boolean(message?.flags & EPHEMERAL);

function group(label, items) {
  return h("div.menu-group", { role: "group", "aria-label": label }, h("div.menu-heading", { "aria-hidden": "true" }, label), items);
}
