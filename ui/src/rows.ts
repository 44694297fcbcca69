/** Tables that one writes in: `table[data-rows=NAME]`, cells named NAME.row.column. The last line is
 * always free: writing in it opens the next. */

function rowsOf(table: HTMLTableElement): HTMLTableRowElement[] {
  return [...(table.tBodies[0]?.rows ?? [])];
}

/** A free copy of the last line, numbered one further. */
function grow(table: HTMLTableElement): void {
  const rows = rowsOf(table);
  const last = rows.at(-1);
  if (!last) return;
  const next = last.cloneNode(true) as HTMLTableRowElement;
  const [from, to] = [rows.length - 1, rows.length];
  for (const cell of next.querySelectorAll<HTMLInputElement>("input, select, textarea")) {
    cell.name = cell.name.replace(`.${from}.`, `.${to}.`);
    cell.ariaLabel = (cell.ariaLabel ?? "").replace(/\d+$/, String(to + 1));
    cell.removeAttribute("aria-invalid");
    cell.value = "";
  }
  for (const error of next.querySelectorAll(".error")) error.remove();
  last.after(next);
}

/** Lines enough for fields that another window wrote. */
export function makeRoom(form: HTMLFormElement, names: string[]): void {
  for (const table of form.querySelectorAll<HTMLTableElement>("table[data-rows]")) {
    const start = `${table.dataset.rows ?? ""}.`;
    const numbers = names
      .filter(name => name.startsWith(start))
      .map(name => Number(name.split(".")[1]));
    const most = Math.max(-1, ...numbers.filter(Number.isInteger));
    while (rowsOf(table).length <= most + 1) grow(table);
  }
}

export function startRows(): void {
  document.addEventListener("input", event => {
    if (!(event.target instanceof HTMLElement)) return;
    const row = event.target.closest("tr");
    const table = row?.closest<HTMLTableElement>("table[data-rows]");
    if (row && table && row === rowsOf(table).at(-1)) grow(table);
  });
}
