import { describe, expect, it } from 'vitest';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { sampleSshKey } from '../../../testing/sample-ssh-keys.ts';
import { settle } from '../../../testing/waiting.ts';
import ExportDialog from './ExportDialog.vue';

const field = (id: string) => document.querySelector<HTMLInputElement>(`#${id}`)!;

async function type(id: string, text: string): Promise<void> {
  field(id).value = text;
  field(id).dispatchEvent(new Event('input'));
  await settle();
}

describe('K5 the export of a private half', () => {
  it('folds the rounds away, and unfolds them where they are wrong', async () => {
    mountWithHost(ExportDialog, { sshKey: sampleSshKey({ hasPrivateHalf: true }) });
    await settle();
    const advanced = document.querySelector('details')!;
    expect([advanced.open, advanced.querySelector('summary')?.textContent]).toEqual([false, 'Advanced']);
    expect(advanced.contains(field('export-rounds'))).toBe(true);
    await type('export-passphrase', 'correct horse');
    await type('export-again', 'correct horse');
    await type('export-rounds', '0');
    document.querySelector('form')!.dispatchEvent(new Event('submit'));
    await settle();
    expect(advanced.open).toBe(true);
    expect(document.activeElement?.id).toBe('export-rounds');
  });
});
