import type { Page } from '@playwright/test';
import type { ImportRow } from '../../shared/contract/keys/ssh-keys.ts';
import { sampleImportRow } from '../../renderer/testing/sample-ssh-keys.ts';
import { expect, type Stage } from './fixtures.ts';

export const nothing = {
  kind: null,
  format: null,
  type: null,
  bits: null,
  comment: null,
  sha256: null,
  md5: null,
} as const;
export const locked: Partial<ImportRow> = {
  verdict: 'needs-passphrase',
  problems: [{ code: 'needs-passphrase' }],
  isEncrypted: true,
};
export const row = (at: number, changes: Partial<ImportRow>): ImportRow =>
  sampleImportRow({ rowId: `r${String(at)}`, sha256: `SHA256:${String(at).padStart(43, 'k')}`, ...changes });

/** One of each verdict, and what can stand beside one. */
export function allKinds(): ImportRow[] {
  return [
    row(1, { fileName: 'config', ...nothing, verdict: 'not-a-key', problems: [{ code: 'no-key' }] }),
    row(2, {}),
    row(3, { fileName: 'id_ed25519.pub', kind: 'public', format: 'openssh-public', sameAs: 'r2' }),
    row(4, {
      fileName: 'old/id_rsa',
      type: 'ssh-rsa',
      bits: 2_048,
      verdict: 'advised-against',
      problems: [{ code: 'rsa-short', bits: 2_048, advised: 3_072 }],
      title: 'mara@old',
    }),
    row(5, {
      fileName: 'id_dsa',
      type: 'ssh-dss',
      bits: 1_024,
      verdict: 'refused',
      problems: [{ code: 'dsa' }],
    }),
    row(6, { fileName: 'deploy.ppk', ...locked, title: 'deploy' }),
    row(7, {
      fileName: 'backup',
      ...locked,
      verdict: 'wrong-passphrase',
      problems: [{ code: 'wrong-passphrase' }],
      title: 'backup',
    }),
    row(8, {
      fileName: 'id_mldsa',
      type: 'mldsa44-ed25519',
      bits: null,
      sha256: null,
      md5: null,
      verdict: 'unsupported',
      problems: [{ code: 'type', name: 'mldsa44-ed25519' }],
    }),
    row(9, {
      fileName: 'half',
      ...nothing,
      verdict: 'damaged',
      problems: [
        { code: 'damaged', what: 'length-beyond-end', part: 'private-part', unit: 'byte', at: 12, name: null },
      ],
    }),
    row(10, {
      fileName: 'work',
      title: 'mara@work',
      duplicateOf: { accountId: 'c1', providerName: 'Control account', title: 'Laptop' },
    }),
    row(11, {
      fileName: 'shared',
      realPath: '/home/mara/vault/shared',
      title: 'shared',
      duplicateOf: { accountId: 'c9', providerName: 'Brightline', title: 'Laptop' },
    }),
    row(12, {
      fileName: 'agent.sock',
      ...nothing,
      verdict: 'unreadable',
      problems: [{ code: 'socket-or-device' }],
    }),
  ];
}

export async function openKeys({ services, open }: Stage): Promise<Page> {
  if (services.accounts.accounts.length === 0) services.addAccount();
  const page = await open();
  await page.getByRole('link', { name: 'Identity keys' }).click();
  await expect(page.getByRole('button', { name: 'Add keys' })).toBeVisible();
  return page;
}

export async function choose(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: 'Add keys' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

export async function openImport(stage: Stage, rows: ImportRow[], entry = 'Choose a folder'): Promise<Page> {
  stage.services.sshKeys.found = rows;
  const page = await openKeys(stage);
  await choose(page, entry);
  return page;
}

export const rowOf = (page: Page, name: string) =>
  page
    .getByRole('table', { name: 'Files and what is in them' })
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });

export function asked({ services }: Stage, channel: string): unknown[] {
  return services.asked.filter((each) => each.channel === channel).map(({ input }) => input);
}
