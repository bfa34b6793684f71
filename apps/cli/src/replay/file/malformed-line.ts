/** The file is not what it should be; `line` counts from 1, the header included. */
export class MalformedLineError extends Error {
  override readonly name = 'MalformedLineError';

  constructor(
    readonly line: number,
    readonly what: string,
  ) {
    super(`line ${line}: ${what}`);
  }
}
