// Pictures, files and embeds. Only what this sandbox itself serves is loaded: a picture on another host
// is shown as a card with its description and a link, so that the page never calls out by itself.

import { h, hexColour } from "./dom.js";
import { icon } from "./icons.js";
import { richText } from "./richtext.js";
import { messageTime } from "./clock.js";

function isLocal(address) {
  try {
    const url = new URL(address, location.href);
    return url.origin === location.origin || ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  } catch {
    return false;
  }
}

const isWeb = (address) => /^https?:\/\//i.test(address ?? "");

/** One picture with its description (`details.description`), or a card where it lives elsewhere. */
export function media(item, details = {}, className = "picture") {
  const address = item?.url ?? "";
  const description = details.description ?? "";
  const figure = h(`figure.media.${className}`);
  if (isLocal(address)) {
    const picture = h("img", { src: address, alt: description, title: description || null, loading: "lazy" });
    picture.addEventListener("error", () => figure.replaceChildren(card(address, description)));
    figure.append(picture);
  } else {
    figure.append(card(address, description));
  }
  if (details.spoiler) figure.append(spoilerButton(figure));
  return figure;
}

function card(address, description) {
  const host = isWeb(address) ? new URL(address).host : "";
  const words = [icon("file", 22), h("span.media-words", {}, description || "Picture"), host && h("span.media-host", {}, host)];
  if (!host) return h("span.media-card", {}, words);
  return h("a.media-card", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, words);
}

function spoilerButton(figure) {
  figure.classList.add("covered");
  const reveal = () => {
    figure.classList.remove("covered");
    button.remove();
  };
  const button = h("button.spoiler-cover", { type: "button", onclick: reveal }, "Spoiler");
  return button;
}

/** "12.3 KB": sizes as Discord shows them, where a megabyte has 1024 kilobytes. Rounded up, so that no limit looks kept
 * that is not. */
export function fileSize(bytes) {
  if (!bytes) return bytes === 0 ? "0 bytes" : "";
  const units = ["bytes", "KB", "MB", "GB"];
  const power = Math.min(3, Math.floor(Math.log2(bytes) / 10));
  return `${Math.ceil((bytes / 1024 ** power) * 10) / 10} ${units[power]}`;
}

/** A file with its name and size; the name is a link that saves it. */
export function attachedFile(attachment, spoiler = false) {
  const props = { href: attachment.url, download: attachment.filename, target: "_blank", rel: "noopener" };
  const safe = isLocal(attachment.url ?? "") || isWeb(attachment.url);
  const name = safe ? h("a", props, attachment.filename) : h("span", {}, attachment.filename);
  const size = h("span.file-size", {}, fileSize(attachment.size));
  const file = h("div.file", {}, icon("file", 28), h("div.file-words", {}, name, size));
  if (spoiler) file.append(spoilerButton(file));
  return file;
}

/** The files sent with a message: pictures as pictures, the rest as files. */
export function attachments(message) {
  return (message.attachments ?? []).map((attachment) => {
    const picture = attachment.content_type?.startsWith("image/");
    return picture ? media(attachment, attachment, "attachment") : attachedFile(attachment);
  });
}

/** One embed: colour bar, author, title, text, fields, picture, footer. */
export function embed(data, names) {
  const inside = h("div.embed-body");
  const text = (className, value) => value && h(`div.markdown.${className}`, {}, richText(value, names));
  const add = (...nodes) => inside.append(...nodes.filter(Boolean));
  if (data.author?.name) add(h("div.embed-author", {}, linked(data.author.name, data.author.url)));
  if (data.title) add(h("div.embed-title", {}, isWeb(data.url) ? linked(data.title, data.url) : richText(data.title, names)));
  add(text("embed-description", data.description));
  if (data.fields?.length) add(h("div.embed-fields", {}, data.fields.map((field) => embedField(field, names))));
  if (data.image) add(media(data.image, data.image, "embed-image"));
  const foot = [data.footer?.text, data.timestamp && messageTime(data.timestamp, new Date(names.now()))].filter(Boolean);
  if (foot.length) add(h("div.embed-footer", {}, foot.join(" • ")));
  const element = h("article.embed", {}, inside);
  if (data.thumbnail) element.append(media(data.thumbnail, data.thumbnail, "embed-thumbnail"));
  const colour = hexColour(data.color);
  if (colour) element.style.setProperty("--accent", colour);
  return element;
}

function embedField(field, names) {
  const name = h("div.embed-field-name", {}, richText(field.name, names));
  const value = h("div.markdown.embed-field-value", {}, richText(field.value, names));
  return h("div.embed-field", { class: field.inline ? "inline" : "" }, name, value);
}

function linked(text, url) {
  if (!isWeb(url)) return text;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow" }, text);
}
