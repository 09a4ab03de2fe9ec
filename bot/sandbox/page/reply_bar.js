// The bar above the composer while a reply is written (to whom, and whether it pings them) or a message is changed.

import { displayName, h, replace } from "./dom.js";
import { icon } from "./icons.js";

export class ReplyBar {
  #message = null;
  #editing = false;

  constructor(store, onCancel) {
    this.store = store;
    this.element = h("div.reply-bar", { hidden: true });
    this.ping = h("button.ping", { type: "button", "data-testid": "reply-ping" });
    this.ping.addEventListener("mousedown", (event) => event.preventDefault());
    this.ping.addEventListener("click", () => this.#setPing(this.ping.getAttribute("aria-pressed") !== "true"));
    this.cancel = h("button.icon-button", { type: "button", "aria-label": "Cancel reply", onclick: onCancel }, icon("close", 16));
  }

  get open() {
    return this.#message !== null;
  }

  /** The message that is being changed, or null. */
  get edited() {
    return this.#editing ? this.#message : null;
  }

  /** What the reply adds to a message that is sent; nothing where none is written. */
  get fields() {
    if (!this.#message || this.#editing) return {};
    return { reply_to: this.#message.id, ping: this.ping.hidden || this.ping.getAttribute("aria-pressed") === "true" };
  }

  edit(message) {
    this.#message = message;
    this.#editing = true;
    replace(this.element, h("span.reply-to", {}, "Editing your message"), this.cancel);
    this.cancel.setAttribute("aria-label", "Cancel editing");
    this.element.hidden = false;
  }

  show(message) {
    this.#message = message;
    this.#editing = false;
    this.cancel.setAttribute("aria-label", "Cancel reply");
    const own = message.author?.id === this.store.me.id;
    // Nobody pings themselves, and in a direct message everything is news anyway.
    this.ping.hidden = own || this.store.channel?.type === 1;
    this.#setPing(true);
    const words = h("span.reply-to", {}, "Replying to ", h("b", {}, displayName(message.author)));
    replace(this.element, words, this.ping, this.cancel);
    this.element.hidden = false;
  }

  hide() {
    this.#message = null;
    this.#editing = false;
    this.element.hidden = true;
  }

  #setPing(on) {
    this.ping.setAttribute("aria-pressed", String(on));
    this.ping.setAttribute("aria-label", "Mention the author");
    this.ping.title = on ? "The author is mentioned. Press to reply without." : "The author is not mentioned.";
    this.ping.textContent = on ? "@ On" : "@ Off";
  }
}
