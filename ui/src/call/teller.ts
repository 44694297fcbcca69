/** Who wants to be told of what. */
type Listener = (told: never) => void;

export class Teller<Events extends object> {
  readonly #listeners = new Map<keyof Events, Listener[]>();

  on<K extends keyof Events>(event: K, listener: (told: Events[K]) => void): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener as Listener]);
  }

  tell<K extends keyof Events>(event: K, told: Events[K]): void {
    for (const one of this.#listeners.get(event) ?? []) (one as (told: Events[K]) => void)(told);
  }
}
