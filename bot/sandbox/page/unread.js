// Which channels hold something new for the person on screen. What somebody has read is remembered for
// this tab, so that switching to another person and back shows what happened in between.

export class Unread {
  #counts = new Map();

  constructor(store) {
    this.store = store;
  }

  #key() {
    return `read:${this.store.me.id}`;
  }

  #seen() {
    return JSON.parse(sessionStorage.getItem(this.#key()) ?? "{}");
  }

  #remember(channelId, messageId) {
    if (!messageId) return;
    const seen = { ...this.#seen(), [channelId]: messageId };
    sessionStorage.setItem(this.#key(), JSON.stringify(seen));
  }

  /** A person comes on screen: what was there the first time counts as read. */
  begin() {
    this.#counts.clear();
    const known = sessionStorage.getItem(this.#key()) !== null;
    const seen = this.#seen();
    for (const channel of this.store.channels.values()) {
      const last = channel.last_message_id;
      if (!last) continue;
      if (!known) seen[channel.id] = last;
      else if (BigInt(last) > BigInt(seen[channel.id] ?? 0)) this.#counts.set(channel.id, { from: seen[channel.id], mentions: 0 });
    }
    sessionStorage.setItem(this.#key(), JSON.stringify(seen));
  }

  arrived(message) {
    const { store } = this;
    const here = message.channel_id === store.channelId && !document.hidden;
    if (here || message.author?.id === store.me.id) {
      this.#remember(message.channel_id, message.id);
      return;
    }
    const count = this.#counts.get(message.channel_id) ?? { from: null, mentions: 0 };
    count.from ??= this.#seen()[message.channel_id] ?? "0";
    if (mentions(message, store)) count.mentions += 1;
    this.#counts.set(message.channel_id, count);
    const channel = store.channels.get(message.channel_id);
    if (channel) channel.last_message_id = message.id;
    store.emit("channels");
  }

  /** Mark as read; returns the id of the last message read before, when there was something new. */
  read(channelId) {
    const count = this.#counts.get(channelId);
    this.#counts.delete(channelId);
    this.#remember(channelId, this.store.channels.get(channelId)?.last_message_id);
    return count ? (count.from ?? "0") : null;
  }

  of(channelId) {
    return this.#counts.get(channelId) ?? null;
  }
}

/** Whether Discord would show a red count: a mention, or a direct message. */
export function mentions(message, store) {
  if (store.channels.get(message.channel_id)?.type === 1 || message.mention_everyone) return true;
  if (message.mentions?.some((user) => user.id === store.me.id)) return true;
  return Boolean(message.mention_roles?.some((role) => store.names.isMe(role)));
}
