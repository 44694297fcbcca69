/** A field over a list of things to begin: `[data-sieve=FORM]`. What is typed leaves standing only
 * what holds all its words; Enter presses the first. What was typed goes nowhere. */
function words(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Whether a line holds every word that was typed, each at the beginning of one of its own. */
export function holds(line: string, typed: string): boolean {
  const own = words(line);
  return words(typed).every(word => own.some(each => each.startsWith(word)));
}

function sift(form: HTMLElement, typed: string, told: HTMLElement | null): void {
  let left = 0;
  for (const group of form.querySelectorAll<HTMLElement>(".begins")) {
    let some = false;
    for (const line of group.querySelectorAll<HTMLElement>("li")) {
      line.hidden = !holds(line.textContent ?? "", typed);
      if (!line.hidden) left += 1;
      some ||= !line.hidden;
    }
    group.hidden = !some;
  }
  if (told) told.textContent = typed && !left ? "Nothing of that name can be begun." : "";
}

export function startSieve(): void {
  for (const field of document.querySelectorAll<HTMLElement>("[data-sieve]")) {
    const form = document.getElementById(field.dataset.sieve ?? "");
    const input = field.querySelector("input");
    if (!form || !input) continue;
    field.hidden = false;
    input.addEventListener("input", () =>
      sift(form, input.value, field.querySelector("[data-sieved]")),
    );
    input.addEventListener("keydown", event => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      form.querySelector<HTMLElement>("li:not([hidden]) :is(a, button)")?.click();
    });
    // Whoever comes from the palette has chosen already: Enter begins it.
    const chosen = document.getElementById(location.hash.slice(1));
    if (chosen && form.contains(chosen)) chosen.focus();
    else if (!document.querySelector(".mend")) input.focus();
  }
}
