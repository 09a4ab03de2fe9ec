// What happens when a person uses a command, presses a button or chooses from a menu: the request, the
// waiting, and the three ways it can end (an answer, a form to fill, a failure).

import { api } from "./api.js";
import { openModal } from "./modal.js";

export const NO_ANSWER = "The application did not respond";
export const FAILED = "This interaction failed";

export class Interactions {
  constructor(store) {
    this.store = store;
    store.on("message", ({ message, fresh }) => fresh && this.#settle(message));
  }

  async #send(type, channelId, data, messageId) {
    const body = { as: this.store.me.id, channel_id: channelId, type, data };
    if (messageId) body.message_id = messageId;
    const { id, result } = await api.interact(body);
    return { ...result, id };
  }

  /** Use a slash command or a context-menu command. `data` is Discord's interaction data. */
  async command(data, label, target = null) {
    const { store } = this;
    const channelId = store.channelId;
    const metadata = { type: 2, user: store.me, name: label, command_type: data.type };
    const line = store.addLocal({ channel_id: channelId, pending: true, interaction_metadata: metadata });
    try {
      const result = await this.#send(2, channelId, data, target?.id);
      this.#finish(result, { line, channelId });
    } catch (error) {
      store.put({ ...line, pending: false, error: error.message });
    }
  }

  /** The choices for the focused option, best first. */
  async autocomplete(data) {
    const result = await this.#send(4, this.store.channelId, data);
    if (result.kind === "failed") throw new Error("Loading options failed");
    return result.choices ?? [];
  }

  /** Press a button, or choose from a select menu, of a message. */
  async component(message, data) {
    const { store } = this;
    const chosen = { ...message.ui?.chosen, ...(data.values && { [data.custom_id]: data.values }) };
    store.mark(message, { busy: data.custom_id, error: null, chosen });
    try {
      const result = await this.#send(3, message.channel_id, data, message.id);
      store.mark(message, { busy: null, error: result.kind === "failed" ? FAILED : null });
      if (result.kind !== "failed") this.#finish(result, { channelId: message.channel_id, messageId: message.id });
    } catch (error) {
      store.mark(message, { busy: null, error: error.message });
    }
  }

  #finish(result, { line, channelId, messageId }) {
    const { store } = this;
    if (result.kind === "failed") {
      store.put({ ...line, pending: false, error: result.error ?? NO_ANSWER });
      return;
    }
    if (result.kind === "deferred" && !result.message && line) {
      // The filled answer comes later over the socket, and names the interaction it belongs to.
      store.put({ ...line, awaits: result.id });
      return;
    }
    if (line) store.remove(channelId, line.id);
    // Only where the socket has not told of it: what the socket told may be newer than this answer.
    const { message } = result;
    if (message && !store.message(message.channel_id, message.id)) store.put(message);
    if (result.kind === "modal") openModal(result.modal, store, (components) => this.#submit(result.modal, components, channelId, messageId));
  }

  // Resolves to an error text, or null when the form was taken.
  async #submit(modal, components, channelId, messageId) {
    try {
      const data = { custom_id: modal.custom_id, components };
      const result = await this.#send(5, channelId, data, messageId);
      if (result.kind === "failed") return result.error ?? "Something went wrong. Try again.";
      this.#finish(result, { channelId, messageId });
      return null;
    } catch (error) {
      return error.message;
    }
  }

  #settle(message) {
    const id = message.interaction_metadata?.id;
    if (!id) return;
    const line = this.store.messages(message.channel_id).find((each) => each.awaits === id);
    if (line) this.store.remove(message.channel_id, line.id);
  }
}
