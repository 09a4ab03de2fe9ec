// What moderators do to the open channel, in the drawer of faults: to see how the bot bears that.

import { api } from "./api.js";
import { h, replace } from "./dom.js";
import { isThread } from "./kinds.js";

/** {element}: buttons for the open channel and for the whole server, kept current. */
export function moderation(store) {
  const here = h("div.fault-buttons");
  const title = h("h3", {}, "This channel");
  const act = async (action) => {
    try {
      await api.moderate({ action, channel_id: store.channelId });
    } catch (error) {
      store.notice(error.message);
    }
  };
  const button = (action, words, kind = "secondary") =>
    h(`button.button.${kind}`, { type: "button", "data-testid": `moderate-${action}`, onclick: () => act(action) }, words);
  const draw = () => {
    const { channel } = store;
    if (!channel) return;
    title.textContent = isThread(channel) ? "This thread" : "This channel";
    const { archived, locked } = channel.thread ?? {};
    const held = here.contains(document.activeElement);
    const ofThread = channel.thread && [
      archived ? button("unarchive", "Reopen") : button("archive", "Archive"),
      locked ? button("unlock", "Unlock") : button("lock", "Lock"),
      button("fill", "Fill with people"),
      button("empty", "Empty again"),
    ];
    const none = channel.type === 1 && h("p.drawer-note", {}, "Nobody moderates direct messages.");
    replace(here, none, ofThread, channel.type !== 1 && button("delete", "Delete", "danger"));
    if (held) here.querySelector("button")?.focus();
  };
  store.on("open", draw);
  store.on("channels", draw);
  const server = h("div.fault-buttons", {}, button("fill_guild", "No room for threads"), button("empty_guild", "Room again"));
  return { element: h("section", {}, title, here, h("h3", {}, "This server"), server) };
}
