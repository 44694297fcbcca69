/* Questions: each answer is kept as it is given, and help stands on the page at once if one asks for
   it. Without scripts the buttons do the same. */

interface Kept {
  help: boolean;
}

function show(help: HTMLElement | null): void {
  if (!help?.hidden) return;
  help.hidden = false;
  help.scrollIntoView({ block: "start", behavior: "auto" });
  help.focus();
}

async function keep(form: HTMLFormElement): Promise<Kept> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form))
    if (typeof value === "string") body.append(name, value);
  const answer = await fetch(form.action, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "manual",
    keepalive: true,
  });
  if (!answer.ok) throw new Error("not kept");
  return (await answer.json()) as Kept;
}

export function saving(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-saving]");
  if (!form) return;
  const says = form.querySelector<HTMLElement>("[data-saved]");
  form.addEventListener("change", () => {
    keep(form)
      .then(({ help }) => {
        if (says) says.textContent = says.dataset.words ?? "";
        if (help) show(document.querySelector<HTMLElement>("[data-help]"));
      })
      .catch(() => {
        if (says) says.textContent = says.dataset.failed ?? "";
      });
  });
}
