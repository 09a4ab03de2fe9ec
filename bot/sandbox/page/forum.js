// A forum channel: its posts, newest first, with their tags; tags filter the list.

import { relative } from "./clock.js";
import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { isForum, isThread } from "./kinds.js";
import { emojiText } from "./select.js";

const EPOCH = 1420070400000n;

export class ForumView {
  #tag = null;

  constructor(store) {
    this.store = store;
    this.element = h("section.forum", { "aria-label": "Posts", "data-testid": "forum", hidden: true });
    store.on("open", () => {
      this.#tag = null;
      this.#draw();
    });
    store.on("channels", () => this.#draw());
  }

  #draw() {
    const { channel } = this.store;
    this.element.hidden = !isForum(channel);
    if (this.element.hidden) return;
    const tags = channel.available_tags ?? [];
    const posts = [...this.store.channels.values()]
      .filter((each) => isThread(each) && each.parent_id === channel.id)
      .filter((each) => !this.#tag || each.thread?.applied_tags?.includes(this.#tag))
      .sort((one, other) => lastActive(other) - lastActive(one));
    const topic = channel.topic && h("p.forum-topic", {}, channel.topic);
    const empty = !posts.length && h("p.empty", {}, this.#tag ? "No posts with this tag." : "No posts here yet. The bot opens them when they are needed.");
    const list = (some) => h("ul.posts", {}, some.map((post) => this.#post(post, tags)));
    const old = posts.filter((each) => each.thread?.archived);
    const older = old.length > 0 && [h("h2.older-posts", {}, "Older posts"), list(old)];
    replace(this.element, topic, this.#tags(tags), list(posts.filter((each) => !each.thread?.archived)), older, empty);
  }

  #tags(tags) {
    const toggle = (tag) => {
      this.#tag = this.#tag === tag.id ? null : tag.id;
      this.#draw();
      this.element.querySelector(`[data-tag="${tag.id}"]`)?.focus();
    };
    const one = (tag) => {
      const props = { type: "button", "aria-pressed": String(this.#tag === tag.id), "data-tag": tag.id, onclick: () => toggle(tag) };
      return h("button.tag", props, tagName(tag));
    };
    return tags.length ? h("div.tags", { role: "group", "aria-label": "Show posts with a tag" }, tags.map(one)) : null;
  }

  #post(post, tags) {
    const now = this.store.clock.now().getTime();
    const applied = tags.filter((tag) => post.thread?.applied_tags?.includes(tag.id));
    const count = post.thread?.message_count ?? 0;
    const unread = this.store.unread.of(post.id);
    const marks = [post.thread?.locked && mark("lock", "Locked"), post.thread?.archived && mark("archive", "Archived")];
    const words = h("span.post-words", {}, h("b.post-title", {}, post.name), h("span.tag-row", {}, marks, applied.map((tag) => h("span.tag.small", {}, tagName(tag)))));
    const age = h("time", { "data-relative": Math.round(lastActive(post) / 1000) }, relative(lastActive(post), now));
    const foot = h("span.post-foot", {}, icon("dm", 15), `${count} ${count === 1 ? "message" : "messages"}`, " • ", age);
    const props = { type: "button", "data-testid": "post", "data-channel-id": post.id, onclick: () => this.store.open(post.id) };
    return h("li", {}, h("button.post", { ...props, class: unread ? "unread" : "" }, words, foot));
  }
}

const mark = (name, word) => h("span.post-mark", {}, icon(name, 14), word);
const tagName = (tag) => [emojiText(tag.emoji_name ? { id: tag.emoji_id, name: tag.emoji_name } : null), tag.name].filter(Boolean).join(" ");

// Milliseconds. The time is part of every id: of the last message's, or else of the post's own.
function lastActive(post) {
  return Number((BigInt(post.last_message_id ?? post.id) >> 22n) + EPOCH);
}
