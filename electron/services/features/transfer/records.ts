import * as z from 'zod';
import { maxAccounts } from '../../../../shared/contract/account/accounts.ts';
import { providerKinds } from '../../../../shared/rules/provider-kinds.ts';
import { FileProblem } from './file/file-problem.ts';

// The lines of an export: what it is of, then each account with what belongs to it, what belongs to none, and an end
// that says how many there were. docs/transfer-format.md describes them.

/** More lines are no export of a person's own computer. */
export const maxRecords = 2_000_000;
/** Bytes of the lines of all parts that are kept in memory until they are written as one. */
export const maxGatheredBytes = 8 * 1_024 * 1_024;

const aboutSchema = z.strictObject({
  version: z.string().min(1).max(40),
  computer: z.string().max(300),
  at: z.iso.datetime(),
});
export type About = z.infer<typeof aboutSchema>;

const accountSchema = z.strictObject({
  kind: z.enum(providerKinds),
  address: z.url({ protocol: /^https?$/ }).max(2_000),
  providerName: z.string().max(200),
  personId: z.string().min(1).max(1_000),
  name: z.string().max(500),
  email: z.string().max(500),
  clientId: z.string().max(1_000).optional(),
});
export type AccountRecord = z.infer<typeof accountSchema>;

const aboutLine = z.strictObject({ about: aboutSchema });
/** `ref` stands for the account within the file, from 1. */
const accountLine = z.strictObject({ ref: z.int().positive(), account: accountSchema });
/** `ref` is 0 for what belongs to no account. */
const partLine = z.strictObject({ ref: z.int().nonnegative(), part: z.string().max(40), value: z.unknown() });
const endLine = z.strictObject({ end: z.int().nonnegative() });

export const toLine = {
  about: (about: About): string => JSON.stringify({ about }),
  account: (ref: number, account: AccountRecord): string => JSON.stringify({ ref, account }),
  part: (ref: number, part: string, value: unknown): string => JSON.stringify({ ref, part, value }),
  end: (records: number): string => JSON.stringify({ end: records }),
};

/** Who is told of what stands in a file. Errors of all: FileProblem. */
export interface RecordSink {
  account(ref: number, record: AccountRecord): Promise<void>;
  /** `ref` is that of the account told of last, or 0. */
  part(ref: number, name: string, value: unknown, bytes: number): Promise<void>;
}

/** Makes records of lines, and refuses what is not in order. */
export class RecordReader {
  readonly #sink: RecordSink;
  #about: About | undefined;
  #refs = 0;
  #records = 0;
  #isOver = false;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  /** Errors: FileProblem. */
  async read(line: string): Promise<void> {
    const value = parse(line);
    if (this.#isOver) throw new FileProblem('wrong-content');
    if (!this.#about) {
      this.#about = check(aboutLine, value).about;
    } else if ('end' in value) {
      if (check(endLine, value).end !== this.#records) throw new FileProblem('wrong-content');
      this.#isOver = true;
    } else await this.#record(value, Buffer.byteLength(line));
  }

  /** All of it was read. Errors: FileProblem. */
  end(): About {
    if (!this.#about || !this.#isOver) throw new FileProblem('wrong-content');
    return this.#about;
  }

  async #record(value: object, bytes: number): Promise<void> {
    this.#records += 1;
    if (this.#records > maxRecords) throw new FileProblem('too-much');
    if ('account' in value) {
      const { ref, account } = check(accountLine, value);
      this.#refs += 1;
      if (ref !== this.#refs) throw new FileProblem('wrong-content');
      if (ref > maxAccounts) throw new FileProblem('too-much');
      return this.#sink.account(ref, account);
    }
    const { ref, part, value: record } = check(partLine, value);
    if (ref !== 0 && ref !== this.#refs) throw new FileProblem('wrong-content');
    await this.#sink.part(ref, part, record, bytes);
  }
}

/** Errors: FileProblem. */
export function check<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new FileProblem('wrong-content');
  return parsed.data;
}

function parse(line: string): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below.
  }
  throw new FileProblem('wrong-content');
}
