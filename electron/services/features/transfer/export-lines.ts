import { AppError } from '../../../../shared/contract/errors.ts';
import type { TransferPart } from '../../../../shared/contract/transfer.ts';
import type { StoredAccount } from '../../accounts/accounts.stored.ts';
import type { PortablePart } from '../../resources/portable-part.ts';
import { maxGatheredBytes, maxRecords, toLine, type About, type AccountRecord } from './records.ts';

export interface ExportLinesDeps {
  readonly about: About;
  readonly accounts: readonly StoredAccount[];
  readonly parts: readonly PortablePart[];
  /** Called after each entry; throws to end it. */
  readonly onEntry: () => void;
}

/**
 * What goes into a file, line by line. Errors: AppError invalid-request (export-too-large), those of the parts and of
 * `onEntry`.
 */
export async function* exportLines({ about, accounts, parts, onEntry }: ExportLinesDeps): AsyncGenerator<string, void> {
  let records = 0;
  let gathered = 0;
  const note = (line: string, { isStreamed }: Pick<PortablePart, 'isStreamed'> = { isStreamed: true }): string => {
    onEntry();
    records += 1;
    if (!isStreamed) gathered += Buffer.byteLength(line);
    if (records > maxRecords || gathered > maxGatheredBytes) throw tooLarge();
    return line;
  };
  yield toLine.about(about);
  let ref = 0;
  for (const stored of accounts) {
    const record = toRecord(stored);
    if (!record) continue;
    ref += 1;
    yield note(toLine.account(ref, record));
    for (const part of parts.filter(({ name }) => isOfAccount(name)))
      for await (const value of part.records(stored.id)) yield note(toLine.part(ref, part.name, value), part);
  }
  for (const part of parts.filter(({ name }) => !isOfAccount(name)))
    for await (const value of part.records('app')) yield note(toLine.part(0, part.name, value), part);
  yield toLine.end(records);
}

/** What no computer would take is told while there is another way, not when this one may be gone. */
export function tooLarge(): AppError {
  return new AppError('invalid-request', { reason: 'export-too-large' });
}

export function isOfAccount(part: TransferPart): boolean {
  return part !== 'settings' && part !== 'accounts';
}

/** Undefined for the demo, which is on this computer alone. No token, and no picture: that comes with the sign-in. */
function toRecord({
  kind,
  target,
  providerName,
  personId,
  person,
  clientId,
}: StoredAccount): AccountRecord | undefined {
  if (target.kind === 'embedded') return undefined;
  return {
    ...{ kind, address: target.address, personId },
    providerName: providerName.slice(0, 200),
    name: person.name.slice(0, 500),
    email: person.email.slice(0, 500),
    ...(clientId !== undefined && { clientId }),
  };
}
