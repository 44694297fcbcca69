/** Reading and writing the fields of a form as plain values. */
import type { Fields, Value } from "./merge";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const NOT_WORDS = new Set(["csrfmiddlewaretoken", "version"]);

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (each): each is Control =>
      (each instanceof HTMLInputElement && !["file", "submit", "button"].includes(each.type)) ||
      each instanceof HTMLTextAreaElement ||
      each instanceof HTMLSelectElement,
  );
}

function isTick(control: Control): control is HTMLInputElement {
  return control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type);
}

/** Every named field, unchecked ones too, so that taking a tick away is a change like another. */
export function read(form: HTMLFormElement): Fields {
  return readBy(form, each => (isTick(each) && !each.checked ? null : each.value));
}

/** What is written in sentences; times, codes and choices are none. */
export function prose(form: HTMLFormElement): Fields {
  const written = controls(form).filter(each => each instanceof HTMLTextAreaElement);
  return Object.fromEntries(written.map(each => [each.name, each.value]));
}

/** The same as the page brought it, whatever was typed before the scripts were there. */
export function readAsSent(form: HTMLFormElement): Fields {
  return readBy(form, brought);
}

function brought(control: Control): string | null {
  // A day that is none is not shown by its field, and must not look like one that was taken out.
  if (control.type === "date") return control.value;
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options];
    return (options.find(each => each.defaultSelected) ?? options[0])?.value ?? "";
  }
  if (isTick(control)) return control.defaultChecked ? control.value : null;
  return control.defaultValue;
}

function readBy(form: HTMLFormElement, taken: (control: Control) => string | null): Fields {
  const fields: Fields = {};
  const named = controls(form).filter(each => each.name && !NOT_WORDS.has(each.name));
  for (const name of new Set(named.map(each => each.name))) {
    fields[name] = chosenIn(
      named.filter(each => each.name === name),
      taken,
    );
  }
  return fields;
}

function chosenIn(group: Control[], taken: (control: Control) => string | null): Value {
  const chosen = group.map(taken).filter(each => each !== null);
  const many = group.length > 1 && group.every(each => each.type === "checkbox");
  return many ? chosen : (chosen[0] ?? "");
}

export function write(form: HTMLFormElement, name: string, value: Value): void {
  const values = Array.isArray(value) ? value : [value];
  for (const control of controls(form).filter(each => each.name === name)) {
    if (isTick(control)) control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
  }
}

/** Where on the page a field stands, to put something beneath it. */
export function standing(form: HTMLFormElement, name: string): Control | undefined {
  return controls(form).find(each => each.name === name);
}
