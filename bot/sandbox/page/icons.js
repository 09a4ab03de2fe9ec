// Small line icons, drawn on a 24 by 24 grid and coloured by the text around them.

import { svg } from "./dom.js";

const PATHS = {
  text: "M9 4 7.5 20M16.5 4 15 20M4.5 9h16M3.5 15h16",
  announcement: "M4 10v4l3 .5V20h3v-5l9 4V5l-9 4.5L4 10Z",
  forum: "M4 5h13v9H9l-5 4V5ZM19.5 9v11l-3.5-3H10",
  voice: "M5 9v6h4l5 4V5L9 9H5ZM17 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11",
  thread: "M5 4v7a5 5 0 0 0 5 5h9M15.5 12.5 19 16l-3.5 3.5",
  dm: "M4 5h16v11H10l-4 4v-4H4V5Z",
  category: "M6 9l6 6 6-6",
  archive: "M4 5h16v4H4V5ZM5.500 9v11h13V9M10 13h4",
  lock: "M6 11h12v9H6v-9ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6 6 18",
  reply: "M10 7 4 12l6 5M4.5 12H14a6 6 0 0 1 6 6",
  react: "M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18ZM8.5 14a4 4 0 0 0 7 0M9 9.5v.01M15 9.5v.01",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  send: "M4 4l17 8-17 8 3-8-3-8ZM7 12h7",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
  faults: "M12 3.5 22 20H2L12 3.5ZM12 10v4.5M12 17.300v.01",
  file: "M6 3h8l4 4v14H6V3ZM14 3v4h4",
  upload: "M12 16V4M7 9l5-5 5 5M4 15v5h16v-5",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  external: "M9 5H5v14h14v-4M13 4h7v7M20 4l-9 9",
  apps: "M5 5h5v5H5V5ZM14 5h5v5h-5V5ZM5 14h5v5H5v-5ZM14 14h5v5h-5v-5Z",
  pin: "M9 4h6l-.5 6 3 3.5H6.5l3-3.5L9 4ZM12 13.5V21",
  copy: "M8 8h11v12H8V8ZM5 16V4h10",
  edit: "M4 20l1-4L16 5l3 3L8 19l-4 1ZM14 7l3 3",
  delete: "M5 7h14M9.500 7V4h5v3M7 7l1 13h8l1-13M10.500 11v5M13.500 11v5",
  down: "M6 9l6 6 6-6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.5 2",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14a6.5 6.5 0 0 1 3.5 6",
};

export function icon(name, size = 20) {
  const path = svg("path", {
    d: PATHS[name] ?? PATHS.text,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": name === "more" ? 3 : 1.9,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
  const picture = svg("svg", { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true" }, path);
  picture.classList.add("icon");
  return picture;
}

const CHANNEL_ICONS = { 0: "text", 1: "dm", 2: "voice", 4: "category", 5: "announcement", 10: "thread", 11: "thread" };
const CHANNEL_WORDS = { 1: "direct message", 2: "voice", 5: "announcement", 10: "thread", 11: "thread", 15: "forum" };

export function channelIcon(channel, size = 20) {
  const names = { ...CHANNEL_ICONS, 12: "lock", 13: "voice", 15: "forum", 16: "forum" };
  return icon(names[channel.type] ?? "text", size);
}

/** What kind of channel it is, in words, for people who cannot see the icon. */
export function channelWord(channel) {
  return CHANNEL_WORDS[channel.type] ?? (channel.type === 12 ? "private thread" : "text");
}
