// What each piece of news from the server changes: {type: (store, data) => ...}.

import { isThread } from "./kinds.js";

export const NEWS = {
  message_create: (store, message) => {
    store.unread.arrived(message);
    store.put(message);
  },
  message_update: (store, message) => store.put(message),
  message_delete: (store, { id, message_id, channel_id }) => store.remove(channel_id, id ?? message_id),
  reaction: (store, data) => {
    if (data.message?.id) store.put(data.message);
    else if (data.channel_id === store.channelId) store.load(data.channel_id);
  },
  channel_create: changeChannel,
  channel_update: changeChannel,
  thread_create: changeChannel,
  thread_update: changeChannel,
  channel_delete: deleteChannel,
  typing: (store, data) => store.emit("typing", { user: data.user ?? store.names.person(data.user_id), channelId: data.channel_id }),
  bot_status: (store, data) => {
    Object.assign(store.bot, data);
    store.emit("bot");
    store.forgetCommands();
  },
  commands_changed: (store) => store.forgetCommands(),
  clock: (store, data) => store.clock.set(data),
};

function changeChannel(store, channel) {
  store.channels.set(channel.id, { ...store.channels.get(channel.id), ...channel });
  store.emit("channels");
  // A thread has the id of the message it hangs on, which shows how many messages it holds.
  const above = isThread(channel) && store.message(channel.parent_id, channel.id);
  if (above) store.put({ ...above, thread: above.thread ?? { id: channel.id } });
}

// With a channel go its threads. Whoever has one of them open is taken to what it was in, if that is still there.
function deleteChannel(store, { id }) {
  const open = store.channel;
  for (const each of [...store.channels.values()]) {
    if (each.id === id || (isThread(each) && each.parent_id === id)) store.channels.delete(each.id);
  }
  if (open && !store.channel) {
    store.notice(`${isThread(open) ? "" : "#"}${open.name} is not there any more.`);
    store.open(open.parent_id);
  }
  store.emit("channels");
}
