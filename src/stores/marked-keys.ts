import type { Marks } from '../app/ports.ts';

interface Timed {
  readonly key: string;
  readonly due: number;
}

function before(a: Timed, b: Timed): boolean {
  return a.due < b.due || (a.due === b.due && a.key < b.key);
}

/**
 * The keys that are pending, in the order of their last write, and those that are due, by time. Unmarked keys cost
 * nothing. The heap is lazy: an entry that no longer agrees with the map is dropped when it comes up.
 */
export class MarkedKeys {
  private pendingKeys = new Set<string>();
  private readonly dueAt = new Map<string, number>();
  private heap: Timed[] = [];

  /** Records the marks of the newest version of a document; `undefined` for one that is gone or cannot be read. */
  set(key: string, marks: Marks | undefined): void {
    this.pendingKeys.delete(key);
    if (marks?.pending === true) this.pendingKeys.add(key);
    const due = marks?.due;
    if (due === undefined || !Number.isFinite(due)) {
      this.dueAt.delete(key);
    } else if (this.dueAt.get(key) !== due) {
      this.dueAt.set(key, due);
      this.push({ key, due });
      if (this.heap.length > 2 * this.dueAt.size + 1_000) this.rebuild();
    }
  }

  /** Puts the pending keys in the order of the given number (the write sequence), lowest first. */
  orderPending(sequence: (key: string) => number): void {
    this.pendingKeys = new Set([...this.pendingKeys].sort((a, b) => sequence(a) - sequence(b)));
  }

  /** Pending keys, oldest write first, at most `limit`. */
  pending(limit: number): string[] {
    const found: string[] = [];
    for (const key of this.pendingKeys) {
      if (found.length >= limit) break;
      found.push(key);
    }
    return found;
  }

  /** Keys due at or before `now` (UTC ms), earliest first, at most `limit`. */
  due(now: number, limit: number): string[] {
    const found = new Map<string, Timed>();
    while (found.size < limit) {
      const top = this.heap[0];
      if (top === undefined || top.due > now) break;
      this.pop();
      if (this.dueAt.get(top.key) === top.due) found.set(top.key, top);
    }
    for (const timed of found.values()) this.push(timed);
    return [...found.keys()];
  }

  private rebuild(): void {
    this.heap = [];
    for (const [key, due] of this.dueAt) this.push({ key, due });
  }

  private push(timed: Timed): void {
    const heap = this.heap;
    let at = heap.push(timed) - 1;
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt];
      if (parent === undefined || !before(timed, parent)) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = timed;
  }

  private pop(): void {
    const heap = this.heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      if (left === undefined) break;
      const rightFirst = right !== undefined && before(right, left);
      const child = rightFirst ? right : left;
      if (!before(child, last)) break;
      heap[at] = child;
      at = 2 * at + (rightFirst ? 2 : 1);
    }
    heap[at] = last;
  }
}
