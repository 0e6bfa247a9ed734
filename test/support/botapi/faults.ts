/** What goes wrong with a call. */
export type Fault =
  /** The platform answers no. */
  | { readonly kind: 'refuse'; readonly code: number; readonly description: string; readonly parameters?: object }
  /** The connection breaks; `accepted` says whether the call had its effect before. */
  | { readonly kind: 'break'; readonly accepted: boolean }
  /** No answer comes at all, though the call had its effect. */
  | { readonly kind: 'hang' }
  /** The call is carried out and answered when the promise resolves. */
  | { readonly kind: 'wait'; readonly until: Promise<unknown> }
  /** Something between us and the platform answers. */
  | { readonly kind: 'garbage'; readonly status: number };

interface Planned {
  readonly method: string;
  readonly chat: number | undefined;
  readonly fault: Fault;
  times: number;
}

/** Too many requests: not again before so many seconds. */
export function flood(retryAfter: number): Fault {
  const description = `Too Many Requests: retry after ${retryAfter}`;
  return { kind: 'refuse', code: 429, description, parameters: { retry_after: retryAfter } };
}

export const BLOCKED: Fault = { kind: 'refuse', code: 403, description: 'Forbidden: bot was blocked by the user' };
export const CHAT_NOT_FOUND: Fault = { kind: 'refuse', code: 400, description: 'Bad Request: chat not found' };

/** The faults that are still to come, in the order in which they were planned. */
export class Faults {
  private readonly planned: Planned[] = [];

  /** The next calls of the method (to the chat) meet with the fault; `times` may be Infinity. */
  plan(method: string, fault: Fault, { chat, times = 1 }: { chat?: number; times?: number } = {}): void {
    this.planned.push({ method, chat, fault, times });
  }

  /** Takes every plan of the method back. */
  clear(method: string): void {
    for (const one of this.planned) if (one.method === method) one.times = 0;
  }

  take(method: string, chat: number | undefined): Fault | undefined {
    const found = this.planned.find(
      (one) => one.times > 0 && one.method === method && (one.chat === undefined || one.chat === chat),
    );
    if (!found) return undefined;
    found.times -= 1;
    return found.fault;
  }
}
