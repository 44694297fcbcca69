/** Both versions of one field, side by side, until a person chooses. Nothing is thrown away. */
import { standing, write } from "./fields";
import type { Value } from "./merge";

const words = (value: Value): string => (Array.isArray(value) ? value.join(", ") : value);

function element(tag: string, text = "", className = ""): HTMLElement {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function column(title: string, value: Value): HTMLElement {
  const side = element("div");
  const said = element("p", words(value) || "(nothing)", "words");
  said.dataset.kept = "";
  side.append(element("p", title, "whose"), said);
  return side;
}

/** Shows the two beneath the field `name`, and calls `chosen` once one of them stands there. */
export function showClash(
  form: HTMLFormElement,
  name: string,
  mine: Value,
  theirs: Value,
  by: string,
  chosen: () => void,
): void {
  const control = standing(form, name);
  if (!control) return;
  const box = element("section", "", "versions");
  box.tabIndex = -1;
  box.setAttribute("aria-label", `Two versions of ${labelOf(control)}`);
  const buttons = element("div", "", "buttons");
  const settle = (value: Value) => {
    write(form, name, value);
    box.remove();
    control.focus();
    chosen();
  };
  const choices: [string, () => Value][] = [
    ["Keep what stands above", () => control.value],
    ["Take the other version", () => theirs],
  ];
  if (control instanceof HTMLTextAreaElement) {
    choices.push(["Keep both, one after the other", () => `${control.value}\n\n${words(theirs)}`]);
  }
  for (const [label, value] of choices) {
    const button = element("button", label, "button") as HTMLButtonElement;
    button.type = "button";
    button.addEventListener("click", () => settle(value()));
    buttons.append(button);
  }
  box.append(
    element("p", `${by} wrote here while you did`, "title"),
    column("Yours, in this window", mine),
    column("The other version, already kept", theirs),
    buttons,
  );
  (control.closest(".choice, .options") ?? control).after(box);
}

function labelOf(control: HTMLElement & { labels: NodeListOf<HTMLLabelElement> | null }): string {
  return control.labels?.[0]?.textContent?.trim() || "this field";
}
