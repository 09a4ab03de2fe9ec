// Who the page is seen as: the rail of people, and the card of the present one below the channels.

import { api } from "./api.js";
import { avatar, displayName, h, replace } from "./dom.js";

/** The people to switch between, as one group of radio buttons: arrow keys move, and moving chooses. */
export class PeopleRail {
  constructor(store, become) {
    this.store = store;
    this.become = become;
    this.group = h("div.people", { role: "radiogroup", "aria-label": "View the server as", "data-testid": "person-switch" });
    this.element = h("nav.rail", { "aria-label": "People" }, h("span.rail-label", { "aria-hidden": "true" }, "View as"), this.group);
    this.group.addEventListener("keydown", (event) => this.#key(event));
    store.on("person", () => this.#draw());
  }

  #draw() {
    const focused = this.group.contains(document.activeElement);
    replace(this.group, this.store.people.filter((person) => !person.bot).map((person) => this.#button(person)));
    if (focused) this.group.querySelector("[aria-checked=true]")?.focus();
  }

  #button(person) {
    const chosen = person.id === this.store.me.id;
    const props = {
      type: "button",
      role: "radio",
      "aria-checked": String(chosen),
      tabindex: chosen ? 0 : -1,
      "data-testid": `person-${person.name}`,
      "data-person": person.name,
      title: roleNames(person),
      onclick: () => this.become(person),
    };
    return h("button.person", props, avatar(person, 44), h("span.person-name", {}, displayName(person)));
  }

  #key(event) {
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const people = this.store.people.filter((person) => !person.bot);
    const index = people.findIndex((person) => person.id === this.store.me.id);
    this.become(people[(index + steps[event.key] + people.length) % people.length]);
  }
}

function roleNames(person) {
  return person.roles?.length ? `${displayName(person)}: ${person.roles.map((role) => role.name).join(", ")}` : displayName(person);
}

/** The present person, their roles, and whether they take direct messages. */
export function personCard(store) {
  const element = h("div.person-card");
  const draw = () => {
    const { me } = store;
    const roles = me.roles?.map((role) => role.name).join(", ") || "no roles";
    const box = h("input", { type: "checkbox", role: "switch", "data-testid": "dms-open" });
    box.checked = me.dms_open !== false;
    box.addEventListener("change", async () => {
      try {
        await api.setPerson(me.id, { dms_open: box.checked });
        me.dms_open = box.checked;
      } catch (error) {
        box.checked = !box.checked;
        store.notice(error.message);
      }
    });
    const names = h("span.person-words", {}, h("b", {}, displayName(me)), h("small", {}, roles));
    const dms = h("label.dms", { title: "Whether this person accepts direct messages from the bot" }, box, h("small", {}, "DMs"));
    replace(element, avatar(me, 34), names, dms);
  };
  store.on("person", draw);
  return element;
}
