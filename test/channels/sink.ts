import { Writable } from 'node:stream';

/** An output that hands over what is written, one write after the other. */
export class Sink extends Writable {
  private readonly written: string[] = [];
  private readonly waiting: ((text: string) => void)[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    const text = chunk.toString('utf8');
    // An empty write only asks whether everything before it has left.
    if (text !== '') {
      const next = this.waiting.shift();
      if (next) next(text);
      else this.written.push(text);
    }
    done();
  }

  /** The next write that nobody has taken yet. */
  next(): Promise<string> {
    const text = this.written.shift();
    if (text !== undefined) return Promise.resolve(text);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  /** Everything that nobody has taken yet. */
  rest(): string {
    return this.written.splice(0).join('');
  }
}
