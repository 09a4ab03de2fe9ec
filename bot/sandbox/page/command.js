// Slash commands as the composer needs them: a flat list to choose from, and Discord's interaction data
// from what was filled in. No document is touched here.

const SUBCOMMAND = 1;
const GROUP = 2;
export const OptionType = { STRING: 3, INTEGER: 4, BOOLEAN: 5, USER: 6, CHANNEL: 7, ROLE: 8, MENTIONABLE: 9, NUMBER: 10, ATTACHMENT: 11 };

/** Every command a person can type: {path: ["live", "delay"], title, description, options, command}. */
export function flatten(commands) {
  const entries = [];
  for (const command of commands) {
    if ((command.type ?? 1) !== 1) continue;
    walk(command, [command.name], command, entries);
  }
  return entries.sort((one, other) => one.title.localeCompare(other.title));
}

function walk(node, path, command, entries) {
  const inner = (node.options ?? []).filter((option) => option.type === SUBCOMMAND || option.type === GROUP);
  for (const child of inner) walk(child, [...path, child.name], command, entries);
  if (inner.length) return;
  const options = [...(node.options ?? [])].sort((one, other) => Boolean(other.required) - Boolean(one.required));
  entries.push({ path, title: path.join(" "), description: node.description, options, command });
}

/** The entries that fit what was typed after the slash: names that begin with it, then contain it, then descriptions. */
export function matching(entries, typed) {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return entries;
  const rank = (entry) => {
    if (entry.title === wanted) return 0;
    if (entry.title.startsWith(wanted)) return 1;
    if (entry.title.includes(wanted)) return 2;
    return entry.description.toLowerCase().includes(wanted) ? 3 : 4;
  };
  return entries
    .map((entry) => [rank(entry), entry])
    .filter(([score]) => score < 4)
    .sort(([one], [other]) => one - other)
    .map(([, entry]) => entry);
}

/** Split "/poster title:diffusion" into its entry and texts by option, or null where no command is meant. */
export function parseCommand(text, entries) {
  const typed = text.trim().replace(/\s+/g, " ");
  if (!typed.startsWith("/")) return null;
  const fits = (entry) => `${typed} `.startsWith(`/${entry.title} `);
  const entry = entries.filter(fits).sort((one, other) => other.title.length - one.title.length)[0];
  if (!entry) return null;
  const rest = typed.slice(entry.title.length + 1).trim();
  const names = entry.options.map((option) => option.name);
  const marks = [...rest.matchAll(/(?:^|\s)([\p{L}\p{N}_-]+):/gu)].filter((match) => names.includes(match[1]));
  const values = {};
  marks.forEach((match, index) => {
    const end = marks[index + 1]?.index ?? rest.length;
    values[match[1]] = rest.slice(match.index + match[0].length, end).trim();
  });
  if (!marks.length && rest && names.length) values[names[0]] = rest;
  return { entry, values };
}

/** Whether an option's text is fit to be sent: null, or a sentence that says what is wrong. */
export function optionProblem(option, field) {
  const text = field.text.trim();
  if (!text) return option.required ? "This option is required. Specify a value." : null;
  const { INTEGER, NUMBER, STRING } = OptionType;
  if ([INTEGER, NUMBER].includes(option.type) && field.value === undefined) return numberProblem(option, text);
  if (option.type === STRING) {
    if (option.min_length && text.length < option.min_length) return `Use at least ${option.min_length} characters.`;
    if (option.max_length && text.length > option.max_length) return `Use at most ${option.max_length} characters.`;
  }
  if (fromList(option) && field.value === undefined) return "Choose one of the entries in the list.";
  return null;
}

function numberProblem(option, text) {
  const value = Number(text);
  const whole = option.type === OptionType.INTEGER;
  if (Number.isNaN(value) || (whole && !Number.isInteger(value))) return whole ? "Type a whole number." : "Type a number.";
  if (option.min_value !== undefined && value < option.min_value) return `Use ${option.min_value} or more.`;
  if (option.max_value !== undefined && value > option.max_value) return `Use ${option.max_value} or less.`;
  return null;
}

/** Options whose value can only be one of a known list, never free text. */
export function fromList(option) {
  const { BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE } = OptionType;
  return Boolean(option.choices?.length) || [BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE].includes(option.type);
}

/** What is sent for a filled field: the value chosen from a list, else the text in the option's type. */
function sendable(option, field, focused) {
  if (field.value !== undefined) return field.value;
  const numeric = [OptionType.INTEGER, OptionType.NUMBER].includes(option.type);
  // While typing, a number may be half written: Discord sends it to autocomplete as text.
  return numeric && !focused ? Number(field.text) : field.text;
}

/**
 * Discord's interaction data. `fields` = [{option, text, value?}]; `focused` is the one being typed when
 * asking for autocomplete.
 */
export function interactionData(entry, fields, focused = null) {
  const used = fields.filter((field) => field.text.trim() || field === focused);
  let options = used.map((field) => {
    const data = { name: field.option.name, type: field.option.type, value: sendable(field.option, field, field === focused) };
    return field === focused ? { ...data, focused: true } : data;
  });
  const inner = entry.path.slice(1);
  inner.reverse().forEach((name, depth) => {
    options = [{ name, type: depth === 0 ? SUBCOMMAND : GROUP, options }];
  });
  return { name: entry.path[0], type: 1, options };
}
