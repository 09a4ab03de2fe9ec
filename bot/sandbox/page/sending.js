// Handing a file to the sandbox, as soon as it is chosen: what a form or a command then carries is its id.

import { api } from "./api.js";
import { fileSize } from "./media.js";

/** What a person without Nitro can send at once, in bytes. */
export const MAX_FILE = 10 * 1024 * 1024;

/** The attachment that a file has become. Throws an Error whose text is fit to be shown. */
export function sendFile(store, file) {
  if (file.size > MAX_FILE) {
    throw new Error(`${file.name} is too big: ${fileSize(file.size)}. A file can have up to ${fileSize(MAX_FILE)}.`);
  }
  return api.sendFile(store.me.id, store.channelId, file);
}
