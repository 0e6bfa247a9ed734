/** A fault in a data file: which file, where in it, and what is wrong. */
export class DataFault extends Error {
  readonly file: string;
  readonly path: string;
  constructor(file: string, path: string, message: string) {
    super(`${file}: ${path}: ${message}`);
    this.name = 'DataFault';
    this.file = file;
    this.path = path;
  }
}
