// The line at the bottom: plain text, or a slash command once one is chosen. This file holds the text
// half and hands over to CommandForm; what opens above the line is picker.js and option_field.js.

import { api } from "./api.js";
import { flatten, interactionData, matching, parseCommand } from "./command.js";
import { CommandForm } from "./command_form.js";
import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { isForum, isThread } from "./kinds.js";
import { CommandPicker } from "./picker.js";
import { ReplyBar } from "./reply_bar.js";

const NARROW = matchMedia("(max-width: 520px)");

export class Composer {
  #entries = [];
  #form = null;
  #drafts = new Map();

  constructor(store, interactions) {
    this.store = store;
    this.interactions = interactions;
    this.input = h("textarea.composer-input", {
      rows: 1,
      "data-testid": "composer",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      maxlength: 2000,
      spellcheck: "false",
    });
    this.send = h("button.icon-button.send", { type: "button", "aria-label": "Send", "data-testid": "send" }, icon("send"));
    this.reply = new ReplyBar(store, () => this.#cancelReply());
    this.state = h("div.thread-state", { hidden: true, role: "status", "data-testid": "thread-state" });
    this.line = h("div.composer-line", {}, this.input, this.send);
    this.element = h("div.composer", {}, this.state, this.reply.element, this.line);
    this.picker = new CommandPicker(this.input, this.element, (entry) => this.#choose(entry));
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.picker.close());
    this.input.addEventListener("focus", () => this.#typed());
    this.send.addEventListener("mousedown", (event) => event.preventDefault());
    this.send.addEventListener("click", () => (this.#form ? this.#form.submit() : this.#sendText()));
    store.on("open", () => this.#opened());
    store.on("channels", () => this.store.channel && this.#describe());
    store.on("person", () => this.#drafts.clear());
    store.on("commands", () => this.#fetch());
  }

  #opened() {
    this.#leaveForm();
    this.#cancelReply();
    const { channel } = this.store;
    this.element.hidden = isForum(channel);
    this.input.value = this.#drafts.get(channel.id) ?? "";
    this.#describe();
    this.#grow();
    this.#fetch();
  }

  // A thread may be locked or archived while it is open on screen.
  #describe() {
    const { channel } = this.store;
    const target = isThread(channel) ? "this thread" : `${channel.type === 1 ? "@" : "#"}${channel.name}`;
    const allowed = channel.can_send !== false;
    // Commands may be used where writing is not allowed, so the line stays open there.
    const label = allowed ? `Message ${target}, or / for commands` : `You can only use / commands in ${target}`;
    this.input.setAttribute("aria-label", label);
    this.input.placeholder = NARROW.matches ? label.replace(", or / for commands", "") : label;
    const words = threadState(channel);
    this.state.hidden = !words;
    if (words) replace(this.state, icon(channel.thread.locked ? "lock" : "archive", 16), words);
  }

  async #fetch() {
    if (!this.store.channelId) return;
    this.#entries = flatten(await this.store.commands());
    if (document.activeElement === this.input) this.#typed();
  }

  #typed() {
    const text = this.input.value;
    this.#grow();
    if (this.store.channelId) this.#drafts.set(this.store.channelId, text);
    if (!text.startsWith("/") || text.includes("\n")) {
      this.picker.close();
      return;
    }
    // "/poster " or a whole pasted command: no need to choose what is already clear.
    const parsed = parseCommand(text, this.#entries);
    const deeper = this.#entries.some((entry) => entry.title.startsWith(`${text.slice(1).trim()} `));
    if (parsed && /\s/.test(text) && !deeper) {
      this.#choose(parsed.entry, parsed.values);
      return;
    }
    this.picker.open(matching(this.#entries, text.slice(1)));
  }

  #grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 200)}px`;
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.picker.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#sendText();
    } else if (event.key === "Escape" && this.reply.open) {
      event.preventDefault();
      this.#cancelReply();
    }
  }

  async #sendText() {
    const content = this.input.value.trim();
    const { store } = this;
    if (!content) return;
    if (this.reply.edited) {
      this.#sendEdit(this.reply.edited, content);
      return;
    }
    if (content.startsWith("/") && this.#entries.length && !content.includes("\n")) {
      store.notice("There is no such command. Type / to see them all.");
      return;
    }
    const body = { as: store.me.id, channel_id: store.channelId, content, ...this.reply.fields };
    this.input.value = "";
    this.#typed();
    this.#cancelReply();
    try {
      const said = await api.say(body);
      // The news may be faster than the answer, and by now tell more: a reaction, a reply.
      if (!store.message(said.channel_id, said.id)) store.put(said);
    } catch (error) {
      this.input.value = content;
      this.#typed();
      store.notice(error.message);
    }
  }

  async #sendEdit(message, content) {
    const { store } = this;
    try {
      const body = { as: store.me.id, channel_id: message.channel_id, message_id: message.id, content };
      store.put(await api.edit(body));
      this.#cancelReply();
    } catch (error) {
      store.notice(error.message);
    }
  }

  #choose(entry, values = {}) {
    this.picker.close();
    this.#leaveForm();
    this.#form = new CommandForm(entry, values, this.store, {
      autocomplete: (fields, focused) => this.interactions.autocomplete(interactionData(entry, fields, focused)),
      submit: (fields) => {
        this.#backToText("");
        this.interactions.command(interactionData(entry, fields), entry.title);
      },
      cancel: () => this.#backToText(`/${entry.title}`),
    });
    this.input.hidden = true;
    this.line.prepend(this.#form.element);
    this.element.prepend(this.#form.hint);
    this.#form.focus();
  }

  #backToText(text) {
    this.#leaveForm();
    this.input.value = text;
    this.input.focus();
    this.#typed();
  }

  #leaveForm() {
    this.#form?.remove();
    this.#form = null;
    this.input.hidden = false;
  }

  /** Write the next message as a reply to this one. */
  replyTo(message) {
    if (!message) return;
    this.#leaveForm();
    this.reply.show(message);
    this.input.focus();
  }

  /** Change a message of one's own: its text comes back into the line. */
  edit(message) {
    if (!message) return;
    this.#leaveForm();
    this.reply.edit(message);
    this.input.value = message.content;
    this.#typed();
    this.input.focus();
  }

  #cancelReply() {
    if (this.reply.edited) {
      this.input.value = "";
      this.#typed();
    }
    this.reply.hide();
  }
}

function threadState(channel) {
  const { archived, locked } = channel.thread ?? {};
  if (locked && channel.can_send) return "Locked: only moderators can write here.";
  if (locked) return "Locked: you cannot write here.";
  return archived ? "Archived: a message opens it again." : null;
}
