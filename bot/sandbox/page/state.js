// What one person may see, kept current: the server's state, the messages of opened channels, what is
// unread, and answers still awaited. Views listen to its events and read from it; only this file writes.
//
// Events (detail): person, channels, open, messages {channelId}, message {message, fresh}, gone {message},
// typing {user, channelId}, bot, line {open}, commands, notice {text}

import { api, listen } from "./api.js";
import { EPHEMERAL, isForum } from "./kinds.js";
import { namesOf } from "./names.js";
import { NEWS } from "./news.js";
import { Unread } from "./unread.js";

let localNumber = 0;

export class Store extends EventTarget {
  people = [];
  me = null;
  guild = null;
  bot = null;
  channels = new Map();
  roles = new Map();
  channelId = null;
  #messages = new Map();
  #commands = new Map();
  #dismissed = new Set(JSON.parse(sessionStorage.getItem("dismissed") ?? "[]"));
  #hangUp = () => {};
  #turn = 0;

  constructor(clock) {
    super();
    this.clock = clock;
    this.unread = new Unread(this);
    this.names = namesOf(this);
  }

  emit(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  on(type, listener) {
    this.addEventListener(type, (event) => listener(event.detail));
  }

  get channel() {
    return this.channels.get(this.channelId) ?? null;
  }

  /** See everything as this person from now on. */
  async become(personId) {
    const turn = ++this.#turn;
    this.#hangUp();
    const state = await api.state(personId);
    if (turn !== this.#turn) return;
    this.#messages.clear();
    this.#commands.clear();
    this.channelId = null;
    this.#take(state);
    this.unread.begin();
    this.#hangUp = listen(
      this.me.id,
      (type, data) => this.#news(type, data),
      (open) => this.#line(open),
    );
    this.emit("person");
  }

  #take(state) {
    Object.assign(this, { me: state.me, guild: state.guild, bot: { ...state.bot, bot: true }, people: state.people });
    this.channels = new Map(state.channels.map((channel) => [channel.id, channel]));
    this.roles = new Map(state.roles.map((role) => [role.id, role]));
    this.clock.set(state.clock);
  }

  // After a lost line anything may have happened: ask again instead of guessing.
  async #line(open) {
    this.emit("line", { open });
    if (!open) {
      this.lost = true;
      this.bot.connected = false;
      this.emit("bot");
      this.#lookForOthers();
      return;
    }
    if (!this.lost) return;
    this.lost = false;
    try {
      this.#take(await api.state(this.me.id));
    } catch (error) {
      this.notice(error.message);
      return;
    }
    this.#commands.clear();
    this.emit("channels");
    this.emit("bot");
    if (this.channelId) await this.load(this.channelId);
  }

  // Another sandbox may have taken the port. Its people have other ids: begin anew with them.
  async #lookForOthers() {
    const people = await api.people().catch(() => null);
    if (people && !people.some((person) => person.id === this.me.id)) location.reload();
  }

  /** Show a channel; its messages are asked for anew each time. */
  async open(channelId) {
    if (!this.channels.has(channelId)) return;
    this.channelId = channelId;
    const firstUnread = this.unread.read(channelId);
    this.emit("open", { firstUnread });
    this.emit("channels");
    if (!isForum(this.channel)) await this.load(channelId);
  }

  async load(channelId) {
    const turn = this.#turn;
    try {
      const messages = await api.messages(this.me.id, channelId);
      if (turn !== this.#turn) return;
      const locals = [...(this.#messages.get(channelId)?.values() ?? [])].filter((message) => message.local);
      this.#messages.set(channelId, new Map([...messages, ...locals].map((message) => [message.id, message])));
      this.emit("messages", { channelId });
    } catch (error) {
      this.notice(error.message);
    }
  }

  /** The channel's messages, oldest first, without dismissed ones. */
  messages(channelId = this.channelId) {
    const all = [...(this.#messages.get(channelId)?.values() ?? [])];
    return all.filter((message) => !this.#dismissed.has(message.id)).sort(byAge);
  }

  message(channelId, id) {
    return this.#messages.get(channelId)?.get(id) ?? null;
  }

  /** Add or replace a message. `ui`, this tab's own marks on it, outlives the server's edits, but for choices made. */
  put(message) {
    if (message.local && !this.#messages.has(message.channel_id)) this.#messages.set(message.channel_id, new Map());
    const held = this.#messages.get(message.channel_id);
    const old = held?.get(message.id);
    const edited = old && message.edited_timestamp !== old.edited_timestamp;
    const kept = { ...message, ui: message.ui ?? { ...old?.ui, ...(edited && { chosen: {} }) } };
    held?.set(message.id, kept);
    this.emit("message", { message: kept, fresh: !old });
  }

  /**
   * Set this tab's own marks on a message: `busy` (a custom_id under way), `error` (text), `chosen` (custom_id
   * of a select -> its values, which stay until the bot edits the message).
   */
  mark(message, ui) {
    const held = this.message(message.channel_id, message.id);
    if (held) this.put({ ...held, ui: { ...held.ui, ...ui } });
  }

  remove(channelId, id) {
    const message = this.message(channelId, id);
    this.#messages.get(channelId)?.delete(id);
    this.emit("gone", { message: message ?? { id, channel_id: channelId } });
  }

  /** Hide an ephemeral message for good in this browser tab. */
  dismiss(message) {
    this.#dismissed.add(message.id);
    sessionStorage.setItem("dismissed", JSON.stringify([...this.#dismissed].slice(-500)));
    this.emit("gone", { message });
  }

  /** A line of this tab's own: an answer awaited, or one that never came. */
  addLocal(fields) {
    localNumber += 1;
    const before = this.messages(fields.channel_id).at(-1);
    const id = `local-${localNumber}`;
    const rank = { after: before ? (before.after ?? before.id) : "0", number: localNumber };
    const timestamp = this.clock.now().toISOString();
    const message = { id, local: true, author: this.bot, flags: EPHEMERAL, timestamp, content: "", ...rank, ...fields };
    this.put(message);
    return message;
  }

  /** The commands this person may use in the open channel; asked once for each channel. */
  async commands() {
    const key = this.channelId;
    if (!this.#commands.has(key)) {
      const asked = api.commands(this.me.id, key).catch((error) => {
        this.#commands.delete(key);
        this.notice(error.message);
        return [];
      });
      this.#commands.set(key, asked);
    }
    return this.#commands.get(key);
  }

  notice(text) {
    this.emit("notice", { text });
  }

  #news(type, data) {
    const handler = NEWS[type];
    if (handler) handler(this, data ?? {});
  }

  forgetCommands() {
    this.#commands.clear();
    this.emit("commands");
  }
}

function byAge(one, other) {
  const [a, b] = [BigInt(one.after ?? one.id), BigInt(other.after ?? other.id)];
  if (a !== b) return a < b ? -1 : 1;
  return (one.number ?? 0) - (other.number ?? 0);
}
