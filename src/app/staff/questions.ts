import type { Kept } from '../../dialogue/turn.ts';
import type { Log } from '../ports.ts';
import type { Records } from '../records/documents.ts';

/** Keeps free questions for the operator, no more than `most`: of more than that the oldest go. */
export class QuestionBox {
  private readonly deps: { readonly records: Records; readonly ids: () => string; readonly log: Log };
  private readonly most: number;
  private kept: string[] | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(deps: QuestionBox['deps'], most: number) {
    this.deps = deps;
    this.most = most;
  }

  /** Takes a question; it is written in the background, and a failure costs the question only. */
  keep({ question, answer, why }: Kept, now: number): void {
    const id = this.deps.ids();
    this.last = this.last
      .then(async () => {
        await this.deps.records.put('question', id, {
          ...{ record: 'question', v: 1, at: now, question, why },
          ...(answer === undefined ? {} : { answer }),
        });
        this.kept ??= (await this.deps.records.ids('question')).filter((one) => one !== id);
        this.kept.push(id);
        for (const old of this.kept.splice(0, this.kept.length - this.most))
          await this.deps.records.remove('question', old);
      })
      .catch((error: unknown) => {
        this.deps.log.warn('question.not-kept', { error: error instanceof Error ? error.name : typeof error });
      });
  }

  /** Resolves when everything taken so far is written. */
  async settled(): Promise<void> {
    await this.last;
  }
}
