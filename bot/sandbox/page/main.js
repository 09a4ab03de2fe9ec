// The sandbox's page: a small Discord to try a bot in. This module puts the parts together.
//
// Hooks for tests (data-testid unless said otherwise):
//   person-switch (the group), person-<name>; dms-open (switch); channels, channel-<name>; drawer-button
//   server-name, bot-status, clock-box, clock, faults-button, theme-button, notice, channel-title, viewer
//   message-scroller, messages (the log), message [data-message-id, data-ephemeral, data-author], thinking, dismiss
//   button-<custom_id>, select-<custom_id>, select-option; message-menu-button, message-menu, app-command
//   forum, post [data-channel-id]; composer, send, picker, picker-item; reply, reply-ping, edit-message,
//   delete-message; thread-state
//   command-form, command-hint, command-option-<name>, add-option-<name>, autocomplete-item
//   modal, field-<custom_id>, input-<custom_id>, remove-file, modal-submit, modal-cancel; published
//   clock-toggle, clock-bar, venue-clock, clock-speed, clock-forward-<seconds>, clock-to, clock-go, clock-next, clock-goal
//   faults, fault-kind, fault-requests, fault-add, fault-clear, fault; moderate-<action>
// The address: #as=<person's name>&in=<channel's name or id>.

import { api } from "./api.js";
import { ChannelList } from "./channels.js";
import { SandboxClock } from "./clock.js";
import { clockBar } from "./clock_bar.js";
import { Composer } from "./composer.js";
import { avatar, displayName, h, replace } from "./dom.js";
import { FaultsDrawer } from "./faults.js";
import { ForumView } from "./forum.js";
import { header } from "./header.js";
import { channelIcon, icon } from "./icons.js";
import { Interactions } from "./interactions.js";
import { isForum, isThread } from "./kinds.js";
import { MessageList } from "./messages.js";
import { PeopleRail, personCard } from "./people.js";
import { Store } from "./state.js";

const CLOCK_CHECK = 10_000;
const TYPING_SHOWN = 10_000;

function readHash() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  return { as: parameters.get("as"), channel: parameters.get("in") };
}

function writeHash(store) {
  const { channel } = store;
  const byName = channel && !isThread(channel) && channel.type !== 1;
  const parameters = new URLSearchParams({ as: store.me.name });
  if (channel) parameters.set("in", byName ? channel.name : channel.id);
  history.replaceState(null, "", `#${parameters}`);
  document.title = `${channel ? channelTitle(channel) : store.guild.name} | ${displayName(store.me)} | ${store.guild.name}`;
}

const channelTitle = (channel) => (isThread(channel) ? channel.name : `${channel.type === 1 ? "@" : "#"}${channel.name}`);

function findChannel(store, wanted) {
  const all = [...store.channels.values()].filter((channel) => channel.type !== 4); // A category only holds others.
  const readable = (channel) => [0, 5].includes(channel.type);
  const named = all.find((channel) => channel.id === wanted) ?? all.find((channel) => channel.name === wanted && !isThread(channel));
  return named ?? all.find((channel) => channel.name === "general") ?? all.find(readable) ?? all[0];
}

function build(store) {
  const interactions = new Interactions(store);
  const composer = new Composer(store, interactions);
  const list = new MessageList(store, interactions, composer);
  const forum = new ForumView(store);
  const faults = new FaultsDrawer(store);
  const app = document.querySelector("#app");
  const setDrawer = (open) => app.classList.toggle("drawer-open", open);

  const become = async (person) => {
    if (person.id === store.me?.id) return;
    const wanted = store.channel?.type === 1 ? null : (store.channel?.name ?? readHash().channel);
    try {
      await store.become(person.id);
      await store.open(findChannel(store, wanted)?.id);
    } catch (error) {
      store.notice(error.message);
    }
  };
  const open = (id) => {
    setDrawer(false);
    store.open(id);
  };
  const rail = new PeopleRail(store, become);
  const channels = new ChannelList(store, open);
  const side = h("div.side", { id: "side" }, rail.element, h("div.sidebar", {}, h("div.sidebar-scroll", {}, channels.element), personCard(store)));
  const shade = h("button.shade", { type: "button", "aria-label": "Close the channel list", onclick: () => setDrawer(false) });
  const main = h("main.main", {}, channelHead(store, () => setDrawer(true)), forum.element, list.element, typingLine(store), composer.element);
  const clock = clockBar(store);
  const top = header(store, { clockToggle: clock.toggle, openDrawer: () => setDrawer(!app.classList.contains("drawer-open")), openFaults: () => faults.toggle() });
  replace(app, top, clock.element, h("div.columns", {}, side, shade, main, faults.element), notices(store));

  store.on("open", () => {
    list.element.hidden = isForum(store.channel);
    writeHash(store);
  });
  // The open channel may be deleted, or closed to this person.
  store.on("channels", () => store.channelId && !store.channel && store.open(findChannel(store)?.id));
  addEventListener("keydown", (event) => event.key === "Escape" && setDrawer(false));
  addEventListener("hashchange", () => followHash(store, become));
  return become;
}

async function followHash(store, become) {
  const { as, channel } = readHash();
  const person = store.people.find((each) => each.name === as || each.id === as);
  if (person && person.id !== store.me.id) await become(person);
  const target = findChannel(store, channel);
  if (target && target.id !== store.channelId) await store.open(target.id);
}

function channelHead(store, openDrawer) {
  const title = h("h1.channel-title", { "data-testid": "channel-title" });
  const topic = h("p.channel-topic");
  const back = h("button.icon-button.back", { type: "button", "aria-label": "Back to the parent channel", hidden: true }, icon("reply", 18));
  back.addEventListener("click", () => store.open(store.channel.parent_id));
  const draw = () => {
    const { channel } = store;
    if (!channel) return;
    replace(title, channelIcon(channel, 22), h("span", {}, channel.name));
    topic.textContent = channel.topic ?? "";
    back.hidden = !isThread(channel) || !store.channels.has(channel.parent_id);
  };
  store.on("open", draw);
  store.on("channels", draw);
  // On a phone the people are in the drawer: here stands who the page is seen as.
  const viewer = h("button.viewer", { type: "button", "data-testid": "viewer", onclick: openDrawer });
  store.on("person", () => {
    viewer.setAttribute("aria-label", `Seen as ${displayName(store.me)}. Change`);
    replace(viewer, avatar(store.me, 22), h("span", {}, displayName(store.me)));
  });
  return h("div.channel-head", {}, back, title, topic, viewer);
}

function typingLine(store) {
  const line = h("div.typing", { role: "status" });
  let timer = null;
  const clear = () => line.replaceChildren();
  store.on("typing", ({ user, channelId }) => {
    if (channelId !== store.channelId || !user || user.id === store.me.id) return;
    replace(line, h("span.dots", { "aria-hidden": "true" }, h("i"), h("i"), h("i")), h("b", {}, displayName(user)), " is typing…");
    clearTimeout(timer);
    timer = setTimeout(clear, TYPING_SHOWN);
  });
  store.on("open", clear);
  store.on("message", ({ message }) => message.author?.bot && clear());
  return line;
}

/** Short notes at the top: what went wrong, and that the line is lost. */
function notices(store) {
  const lost = h("div.notice.lost", { role: "alert", hidden: true }, "The sandbox cannot be reached. Trying again.");
  const shown = h("div.notices", { "data-testid": "notice", "aria-live": "assertive" }, lost);
  store.on("line", ({ open }) => { lost.hidden = open; });
  store.on("notice", ({ text }) => {
    const close = () => note.remove();
    const note = h("div.notice", {}, text, h("button.icon-button", { type: "button", "aria-label": "Close", onclick: close }, icon("close", 16)));
    shown.append(note);
    setTimeout(close, 8000);
  });
  return shown;
}

async function start() {
  const clock = new SandboxClock();
  const store = new Store(clock);
  const become = build(store);
  try {
    const people = await api.people();
    const { as } = readHash();
    const first = people.find((person) => person.name === as || person.id === as) ?? people.find((person) => !person.bot);
    await become(first);
  } catch (error) {
    store.notice(error.message);
  }
  const check = async () => {
    try {
      clock.set(await api.clock());
    } catch {
      // The line to the server says already that it is lost.
    }
  };
  setInterval(check, CLOCK_CHECK);
  document.addEventListener("visibilitychange", () => !document.hidden && check());
}

start();
