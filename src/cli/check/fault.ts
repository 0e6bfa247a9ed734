/** A fault in what somebody handed in: where in it, and what is wrong (Chinese). */
export class InputFault extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.name = 'InputFault';
    this.path = path;
  }
}
