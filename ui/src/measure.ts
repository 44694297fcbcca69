/** A questionnaire by keyboard: a digit answers the question in hand and goes on to the next. What is
 * only asked under a condition stands there only then. Without scripts all of it is shown, and the
 * server leaves out what was not asked. */
import { holds } from "./gates";

const FORM = "form[data-measure]";

function questions(form: HTMLFormElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>("[data-ask]:not([hidden])")];
}

function answers(form: HTMLFormElement): Map<string, string> {
  const given = new Map<string, string>();
  for (const each of form.querySelectorAll<HTMLElement>("[data-ask]")) {
    const field = each.querySelector<HTMLInputElement>(
      "input:checked, input:not([type]), textarea",
    );
    if (field?.value.trim() && !each.hidden) given.set(each.dataset.ask ?? "", field.value);
  }
  return given;
}

/** Shows what is asked now. What hides may hide others, so it is looked at until nothing moves. */
function shown(form: HTMLFormElement): void {
  for (let turn = 0; turn < 8; turn += 1) {
    const given = answers(form);
    let moved = false;
    for (const each of form.querySelectorAll<HTMLElement>("[data-gates]")) {
      const hide = !holds(each.dataset.gates ?? "", given);
      moved ||= each.hidden !== hide;
      each.hidden = hide;
    }
    if (!moved) return;
  }
}

function open(form: HTMLFormElement): HTMLElement[] {
  const given = answers(form);
  return questions(form).filter(
    each => !given.has(each.dataset.ask ?? "") && each.dataset.optional === undefined,
  );
}

function stand(question: HTMLElement | undefined): void {
  const field =
    question?.querySelector<HTMLElement>("input:checked") ??
    question?.querySelector<HTMLElement>("input, textarea");
  field?.focus();
  question?.scrollIntoView({ block: "center", behavior: "auto" });
}

/** The question in which the hands are, else the first that is open. */
function inHand(form: HTMLFormElement): HTMLElement | undefined {
  const held = document.activeElement?.closest<HTMLElement>("[data-ask]");
  return held && form.contains(held) ? held : (open(form)[0] ?? questions(form)[0]);
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("textarea, input:not([type='radio'])");
}

/** Nothing of ours: a chord, words being typed, a button or a link in hand, a dialog open. */
function elsewhere(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement) return true;
  return typing(target) || Boolean(document.querySelector("dialog[open]"));
}

function toButton(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>("button[data-kind='first']")?.focus();
}

/** Answers the question in hand and goes on to the next, or to the button. */
function choose(form: HTMLFormElement, held: HTMLElement, nth: number): boolean {
  const choice = held.querySelectorAll<HTMLInputElement>("input[type='radio']")[nth];
  if (!choice) return false;
  choice.checked = true;
  shown(form);
  const all = questions(form);
  const next = all[all.indexOf(held) + 1];
  if (next) stand(next);
  else toButton(form);
  return true;
}

function pressed(event: KeyboardEvent): void {
  const form = document.querySelector<HTMLFormElement>(FORM);
  const held = form && inHand(form);
  if (!form || !held || elsewhere(event)) return;
  if (/^[1-9]$/.test(event.key)) {
    if (!choose(form, held, Number(event.key) - 1)) return;
  } else if (event.key === "Backspace") {
    const all = questions(form);
    stand(all[Math.max(0, all.indexOf(held) - 1)]);
  } else if (event.key === "Enter") {
    const [left] = open(form);
    if (left) stand(left);
    else toButton(form);
  } else return;
  event.preventDefault();
}

/** Once, and kindly: how many are open. A second press sends it as it is. */
function sending(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches(FORM)) return;
  const left = open(form);
  const says = form.querySelector<HTMLElement>("[data-measure-says]");
  if (left.length === 0 || form.dataset.asked !== undefined || !says) return;
  event.preventDefault();
  form.dataset.asked = "";
  const many = left.length === 1 ? "One question is open." : `${left.length} questions are open.`;
  says.textContent =
    form.dataset.gentle === undefined
      ? `${many} Press again to sign it so.`
      : `${many} That is all right: press again if you want to leave it so.`;
  stand(left[0]);
}

export function startMeasures(): void {
  const form = document.querySelector<HTMLFormElement>(FORM);
  if (!form) return;
  shown(form);
  form.addEventListener("change", () => shown(form));
  document.addEventListener("keydown", pressed);
  document.addEventListener("submit", sending);
}
