// A field of a form that takes files: the browser's own file input, made to look like a place to drop them,
// and below it what was chosen, with a preview of each picture and a button that takes the file away.

import { h, replace, uniqueId } from "./dom.js";
import { fieldFrame } from "./field_frame.js";
import { icon } from "./icons.js";
import { fileSize } from "./media.js";
import { MAX_FILE, sendFile } from "./sending.js";

/** {element, check() -> valid, answer() -> Discord's component, focus()} of a file upload. */
export function fileField(component, caption, store) {
  const { min_values: least = 1, max_values: most = 1, required = true } = component;
  const props = { id: uniqueId("file"), type: "file", multiple: most > 1, "aria-required": required };
  const input = h("input.visually-hidden", { ...props, "data-testid": `input-${component.custom_id}` });
  const drop = h("label.file-drop", { for: input.id }, icon("upload", 24), dropWords(least, most));
  const list = h("ul.chosen-files", { "aria-label": "Chosen files", "aria-live": "polite", hidden: true });
  const { element, say } = fieldFrame(component, caption, input, required, [drop, list]);
  let files = [];

  const focus = () => (input.hidden ? [...list.querySelectorAll("button")].at(-1) : input).focus();
  const draw = () => {
    const full = files.length >= most;
    const held = document.activeElement;
    replace(list, files.map((entry) => chosenFile(entry, () => remove(entry))));
    list.hidden = !files.length;
    input.hidden = full;
    drop.hidden = full;
    // The focus must not get lost with what had it.
    if (!held.isConnected || held.hidden) focus();
  };
  const remove = (entry) => {
    files = files.filter((each) => each !== entry);
    say("");
    draw();
  };
  const add = async (file) => {
    if (files.length >= most) return say(`Choose at most ${count(most)}.`);
    const entry = { file, attachment: null };
    files.push(entry);
    draw();
    try {
      entry.attachment = await sendFile(store, file);
      draw();
    } catch (error) {
      remove(entry);
      say(error.message);
    }
  };
  const take = async (chosen) => {
    say("");
    for (const file of chosen) await add(file);
  };
  input.addEventListener("change", () => {
    const chosen = [...input.files];
    // Else the same file could not be chosen again after it was taken away.
    input.value = "";
    take(chosen);
  });
  acceptDrops(drop, take);

  const check = () => {
    if (files.some(({ attachment }) => !attachment)) return say("A file is still on its way. Try again in a moment.");
    if (required && !files.length) return say("This field is required.");
    return say(files.length && files.length < least ? `Choose at least ${count(least)}.` : "");
  };
  const answer = () => ({ type: 19, custom_id: component.custom_id, values: files.map(({ attachment }) => attachment.id) });
  return { element, check, answer, focus };
}

const count = (number) => (number === 1 ? "1 file" : `${number} files`);

function dropWords(least, most) {
  const one = most === 1;
  const number = least === most ? count(most) : `${least > 1 ? `${least} to ` : "Up to "}${count(most)}`;
  const limits = `${number}${one ? "" : ", each"} of up to ${fileSize(MAX_FILE)}`;
  // Nobody drops a file with a finger.
  const dropping = h("span.with-a-mouse", {}, one ? " or drop it here" : " or drop them here");
  return h("span.file-drop-words", {}, h("span", {}, h("b", {}, one ? "Choose a file" : "Choose files"), dropping), h("small", {}, limits));
}

function chosenFile({ file, attachment }, onRemove) {
  const picture = attachment?.width
    ? h("img.file-preview", { src: attachment.url, alt: `Preview of ${file.name}` })
    : h("span.file-preview", {}, icon("file", 24));
  const size = attachment ? fileSize(file.size) : "Sending…";
  const words = h("span.file-words", {}, h("span.file-name", {}, file.name), h("span.file-size", {}, size));
  const props = { type: "button", "aria-label": `Remove ${file.name}`, title: "Remove", "data-testid": "remove-file" };
  return h("li.chosen-file", {}, picture, words, h("button.icon-button", { ...props, onclick: onRemove }, icon("close", 18)));
}

function acceptDrops(target, take) {
  const over = (on) => (event) => {
    event.preventDefault();
    target.classList.toggle("over", on);
  };
  target.addEventListener("dragover", over(true));
  target.addEventListener("dragleave", over(false));
  target.addEventListener("drop", (event) => {
    over(false)(event);
    take([...event.dataTransfer.files]);
  });
}
