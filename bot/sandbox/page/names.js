// Who and what stands behind the ids in messages, as one person may see it.

import { displayName } from "./dom.js";

/** The names that richtext.js asks for. */
export function namesOf(store) {
  const person = (id) => (store.bot?.id === id ? store.bot : store.people.find((each) => each.id === id));
  const myRoles = () => store.me?.roles?.map((role) => role.name) ?? [];
  return {
    person,
    user: (id) => (person(id) ? displayName(person(id)) : null),
    role: (id) => store.roles.get(id) ?? null,
    channel: (id) => store.channels.get(id)?.name ?? null,
    isMe: (id) => store.me?.id === id || myRoles().includes(store.roles.get(id)?.name),
    now: () => store.clock.now().getTime(),
    openChannel: (id) => store.open(id),
  };
}
