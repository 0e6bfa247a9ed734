/**
 * What this process knows about replies between the store and the people: which ones a channel is handing over right
 * now, and which ones it has handed over while the stored documents do not say so yet. Lost with the process, on
 * purpose: what an earlier process had in its hands is exactly what may have to be said again.
 */
export class Handover {
  private readonly held = new Set<string>();
  private readonly delivered = new Map<string, Set<string>>();

  /** A channel is about to get these replies. */
  take(ids: readonly string[]): void {
    for (const id of ids) this.held.add(id);
  }

  /** No channel has them: their document could not be saved, or no longer holds them. */
  drop(ids: readonly string[]): void {
    for (const id of ids) this.held.delete(id);
  }

  /** Whether a channel of this process has the reply in its hands, or has handed it over. */
  isHeld(id: string): boolean {
    return this.held.has(id);
  }

  /** A channel has handed them over. */
  report(chat: string, ids: readonly string[]): void {
    const known = this.delivered.get(chat);
    if (known) for (const id of ids) known.add(id);
    else this.delivered.set(chat, new Set(ids));
  }

  isDelivered(chat: string, id: string): boolean {
    return this.delivered.get(chat)?.has(id) ?? false;
  }

  /** The reports of a chat that the store does not know yet, as of now. */
  reports(chat: string): readonly string[] {
    return [...(this.delivered.get(chat) ?? [])];
  }

  /** The store knows of these now. */
  noted(chat: string, ids: readonly string[]): void {
    const known = this.delivered.get(chat);
    if (known) {
      for (const id of ids) known.delete(id);
      if (known.size === 0) this.delivered.delete(chat);
    }
    this.drop(ids);
  }
}
