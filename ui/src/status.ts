/** The two ways in which a page reports on itself. */

function write(id: string, words: string): void {
  const line = document.getElementById(id);
  if (line && line.textContent !== words) line.textContent = words;
}

/** The line at the foot of the window. It stays until something else is told, or "". */
export function tell(words: string): void {
  write("status", words);
}

/** For those who listen to the page instead of seeing it change. */
export function announce(words: string): void {
  write("announce", words);
}
