import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/** A platform on this machine that shows everything, and keeps what was shown to each chat in its order. */
export class FleetPlatform {
  readonly shown = new Map<string, string[]>();
  /** Longest time (ms) in which nothing was shown although there was something to show, from an accident's end on. */
  longestSilence = 0;
  private last = performance.now();
  private readonly server = createServer((request, response) => {
    void json(request).then(
      (body) => {
        this.show(body as { readonly chat: string; readonly text: string });
        // Takes its time to answer, so that a kill meets many under way.
        setTimeout(() => response.end('ok'), 20);
      },
      // The sender was killed in the middle of it.
      () => response.destroy(),
    );
  });

  async start(): Promise<string> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** An accident has ended: silence counts from here. */
  mark(): void {
    this.last = performance.now();
  }

  /** Messages shown for the first time. */
  get different(): number {
    return [...this.shown.values()].reduce((sum, texts) => sum + new Set(texts).size, 0);
  }

  /** Resolves when so many different messages were shown. @returns false when nothing came for `patienceMs`. */
  async until(different: number, patienceMs: number): Promise<boolean> {
    while (this.different < different) {
      if (performance.now() - this.last > patienceMs) return false;
      await pause(200);
    }
    return true;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private show({ chat, text }: { readonly chat: string; readonly text: string }): void {
    const texts = this.shown.get(chat) ?? [];
    texts.push(text);
    this.shown.set(chat, texts);
    this.longestSilence = Math.max(this.longestSilence, Math.round(performance.now() - this.last));
    this.last = performance.now();
  }
}
