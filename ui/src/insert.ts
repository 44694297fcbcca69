/** Words that write themselves into a field, as if they had been typed: undo takes them back. */

export type Field = HTMLTextAreaElement | HTMLInputElement;

/** Puts `words` where the pen stands, in place of the letters from `from` on; the first "…" is then
 * marked, to be written over. Without `from`, a space parts them from what stands before. */
export function insert(field: Field, words: string, from?: number): void {
  const end = field.selectionEnd ?? field.value.length;
  const at = from ?? end;
  const before = field.value.slice(0, at);
  const gap = from === undefined && before && !/\s$/.test(before) ? " " : "";
  field.focus();
  field.setSelectionRange(at, end);
  // The old command is the one way in which undo still works.
  if (!document.execCommand("insertText", false, gap + words)) {
    field.setRangeText(gap + words, at, end, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  const blank = words.indexOf("…");
  if (blank < 0) return;
  const start = at + gap.length + blank;
  field.setSelectionRange(start, start + 1);
}
