/** Exit codes, so that scripts can tell the causes apart. 3 is free for tools that treat it as "already running". */
const exitCodes = { usage: 2, storage: 4, port: 5, build: 6 } as const;

/** Why the app did not start, in one line for the person at the terminal. */
export class StartError extends Error {
  readonly exitCode: number;

  constructor(kind: keyof typeof exitCodes, message: string) {
    super(message);
    this.name = 'StartError';
    this.exitCode = exitCodes[kind];
  }
}
