import { localDay } from '../../../shared/rules/local-day.ts';
import type { AccountLabel } from '../core/account-label.ts';
import type { FilePicker } from '../ports.ts';

/** A file that a person keeps a secret in: what it is, whose, from which day, and the secret. */
export function createSecretFile(
  what: string,
  { issuer, account }: AccountLabel,
  createdAt: string,
  lines: readonly string[],
): Parameters<FilePicker['save']>[0] {
  const text = [what, `${issuer} · ${account}`, createdAt && localDay(createdAt), '', ...lines, ''].join('\n');
  return { suggestedName: nameFile(what, issuer), content: Buffer.from(text) };
}

/** Plain enough for every file system: recovery-codes-control-account.txt */
export function nameFile(what: string, issuer: string, extension = 'txt'): string {
  const plain = [what, issuer].map((part) =>
    part
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60),
  );
  return plain.filter((part) => part !== '').join('-') + `.${extension}`;
}
