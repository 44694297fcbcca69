/** The doors this person has, as the running head shows them, each with a letter of its own. */

export interface Door {
  key: string;
  label: string;
  href: string;
}

/** Keys that do something everywhere, for the list that `?` shows. */
export const KEYS: readonly (readonly [string, string])[] = [
  ["Ctrl K", "Find a client, words in a record, a law; or say what to do"],
  ["/", "Search this chart; on other pages, find"],
  ["!", "Someone may be in danger, or abuse is suspected"],
  [".", "Privacy screen: fold names, then blur all, then lift"],
  ["1 2 3", "Answer the question in the frame"],
  ["n", "In a chart: begin a record"],
  ["Ctrl Enter", "Press the first button of the form you are in"],
  ["?", "Show these keys"],
];

/** "Today" is t, "Law" is l, and then "Log" is o: the first letter not yet taken. */
export function letters(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map(label => {
    const free = [...label.toLowerCase()].find(each => /[a-z]/.test(each) && !taken.has(each));
    if (free) taken.add(free);
    return free ?? "";
  });
}

export function doors(): Door[] {
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".head nav a[href]")];
  const keys = letters(links.map(link => link.textContent ?? ""));
  return links.map((link, at) => ({
    key: keys[at] ?? "",
    label: link.textContent?.trim() ?? "",
    href: link.getAttribute("href") ?? "",
  }));
}
