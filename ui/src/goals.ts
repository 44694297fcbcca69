/** Alt G goes from the prose of a note to the plan's objectives, or to what the session treated. */

export function startGoals(): void {
  document.addEventListener("keydown", event => {
    if (!event.altKey || event.code !== "KeyG" || !(event.target instanceof Element)) return;
    const form = event.target.closest("form[data-autosave]");
    const goal =
      form?.querySelector<HTMLElement>('input[name="objectives"]') ??
      form?.querySelector<HTMLElement>('input[name="diagnosis"]');
    if (!goal) return;
    event.preventDefault();
    goal.focus();
    goal.scrollIntoView({ block: "center" });
  });
}
