/** Which words of a text are meant: what is marked, or the paragraph in which the pen stands. */

export function paragraphAt(text: string, start: number, end: number): string {
  if (end > start) return text.slice(start, end).trim();
  const gap = /\n[ \t]*\n/g;
  let from = 0;
  for (const found of text.matchAll(gap)) {
    if (found.index >= start) return text.slice(from, found.index).trim();
    from = found.index + found[0].length;
  }
  return text.slice(from).trim();
}

/** What follows a "/" that opens a snippet, before the pen: `{from, typed}`, or null. It opens at the
 * beginning of a field or after a space, so that "and/or" and "10/12" open nothing. */
export function snippetBefore(text: string, pen: number): { from: number; typed: string } | null {
  const found = /(?:^|\s)\/([a-z0-9-]*)$/i.exec(text.slice(0, pen));
  if (!found) return null;
  const typed = found[1] ?? "";
  return { from: pen - typed.length - 1, typed: typed.toLowerCase() };
}
