/** The part of the package that is used; it has no types of its own. */
declare module 'qrcode-terminal' {
  const qrcode: { generate(text: string, options: { small: boolean }, done: (picture: string) => void): void };
  export = qrcode;
}
