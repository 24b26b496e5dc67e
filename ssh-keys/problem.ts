/** Why a file gave no usable key. A failed file never throws beyond `readKey`; inside, the readers throw this. */
export type KeyFault = 'needs-passphrase' | 'wrong-passphrase' | 'unsupported' | 'damaged' | 'not-a-key';

/** The message is one sentence for a person. It holds no byte of a private part. */
export class KeyFailure extends Error {
  readonly fault: KeyFault;

  constructor(fault: KeyFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** `what` is wrong, and `where` in the file: "the length is beyond the end", "the private section, byte 12". */
export class DamagedKey extends KeyFailure {
  constructor(what: string, where: string) {
    super('damaged', `The file is damaged: ${what} (${where}).`);
  }
}

export class UnsupportedKey extends KeyFailure {
  constructor(message: string) {
    super('unsupported', message);
  }
}

/** A name from a file, short and harmless; what looks like no name is not repeated, as it could be anything. */
export function nameOrNothing(name: string): string {
  return /^[a-z][a-z0-9@._-]{1,63}$/i.test(name) ? ` "${name}"` : '';
}
