import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import type { PortablePart } from '../../resources/portable-part.ts';
import { exportLines } from './export-lines.ts';
import { maxGatheredBytes } from './records.ts';

const account = {
  ...({ id: 'here', kind: 'gitea', personId: '7', providerName: 'Forge', isSignedOut: false } as const),
  target: { kind: 'address', address: 'https://forge.example' } as const,
  person: { name: 'Ada', email: 'ada@example.com', avatar: null },
};

/** So many records of one text. */
function partOf(count: number, text: string): PortablePart {
  return {
    name: 'drafts',
    schema: z.unknown(),
    count: () => Promise.resolve(count),
    async *records() {
      for (let n = 0; n < count; n += 1) yield text;
    },
    compare: () => Promise.resolve({ of: () => ({ kind: 'fresh' }) }),
    gather: () => ({ take: () => undefined, changes: () => Promise.resolve([]) }),
  };
}

async function countLines(part: PortablePart): Promise<number> {
  const about = { version: '1.0.0', computer: 'here', at: '2026-01-01T00:00:00Z' };
  let lines = 0;
  for await (const _ of exportLines({ about, accounts: [account], parts: [part], onEntry: () => undefined }))
    lines += 1;
  return lines;
}

const tooLarge = { code: 'invalid-request', details: { reason: 'export-too-large' } };

describe('X14 an export that no computer would take', () => {
  it('is refused while it is made, by its bytes and not by its characters', async () => {
    // Three bytes each.
    const text = '語'.repeat(100_000);
    const fitting = Math.floor(maxGatheredBytes / 300_100);
    expect(await countLines(partOf(fitting, text))).toBe(fitting + 3);
    await expect(countLines(partOf(fitting + 1, text))).rejects.toMatchObject(tooLarge);
    // What is not kept in memory as it is taken over may be longer.
    expect(await countLines({ ...partOf(fitting + 1, text), isStreamed: true })).toBe(fitting + 4);
  });
});
