/** Two people wrote in one note. Field by field: what only they changed is taken in, what only we
 * changed stays, and where both changed, both versions are shown. */

export type Value = string | string[];
export type Fields = Record<string, Value>;

export interface Merged {
  /** Fields that only they changed: to be taken in. */
  taken: Fields;
  /** Fields that both changed, with their words: to be chosen by a person. */
  clashes: Fields;
}

export function same(one: Value | undefined, other: Value | undefined): boolean {
  return JSON.stringify(one ?? "") === JSON.stringify(other ?? "");
}

export function sameFields(one: Fields, other: Fields): boolean {
  return Object.keys({ ...one, ...other }).every(name => same(one[name], other[name]));
}

/** `base` is what we last knew to be kept. */
export function merge(base: Fields, mine: Fields, theirs: Fields): Merged {
  const merged: Merged = { taken: {}, clashes: {} };
  for (const [name, value] of Object.entries(theirs)) {
    if (!(name in mine) || same(mine[name], value)) continue;
    const target = same(mine[name], base[name]) ? merged.taken : merged.clashes;
    if (!same(base[name], value)) target[name] = value;
  }
  return merged;
}

/** "412 words", counted as a person would. */
export function countWords(fields: Fields): string {
  const all = Object.values(fields).flat().join(" ");
  const count = all.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word)).length;
  if (count === 0) return "";
  return count === 1 ? "1 word" : `${count} words`;
}
