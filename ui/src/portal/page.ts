/* What the server wrote into the page for its scripts, and how a page is made to vanish. */

export function told(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}

/** Whether somebody is signed in on this page. */
export function inside(): boolean {
  return told("idle") !== "";
}

/** Nothing of the page is left to see, and nothing of it runs on by being touched. */
export function cover(): void {
  const bare = ["head", "body"].map(part => document.createElement(part));
  document.documentElement.replaceChildren(...bare);
  document.title = "·";
}
