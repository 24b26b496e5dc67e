import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeThrowAwayKey, type SshAgent } from '../../ssh-keys/index.ts';
import { createAppAgent } from '../../electron/services/features/ssh-keys/private-keys/app-agent.ts';
import { LentKeys } from '../../electron/services/features/ssh-keys/private-keys/lent-keys.ts';
import { createManualClock, type ManualClock } from '../../electron/services/testing/manual-clock.ts';
import { silentLog } from '../../electron/services/testing/test-storage.ts';
import { servePlainAgent, type PlainAgent } from '../../electron/services/testing/plain-agent.ts';
import { makeTempFolder, type TempFolder } from '../support/temp-folder.ts';

let folder: TempFolder;
let plain: PlainAgent;
let agent: SshAgent;
beforeEach(async () => {
  folder = makeTempFolder();
  plain = await servePlainAgent(join(folder.path, 'agent'));
  agent = createAppAgent({ path: join(folder.path, 'agent') });
});
afterEach(async () => {
  await plain[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const key = makeThrowAwayKey();
const id = Buffer.from(key.publicKey.blob).toString('base64');
const hour = { lifetime: 3_600, confirm: false };

describe('S26 K5 an agent that takes no time limit', () => {
  it('S26 K5: is told from one that takes no key, by a probe that holds nothing of the key', async () => {
    for (const limits of [hour, { lifetime: null, confirm: true }]) {
      await expect(agent.add(key, limits)).rejects.toMatchObject({
        fault: 'takes-no-limits',
        code: 'agent-unavailable',
        details: { reason: 'agent-takes-no-limits' },
      });
    }
    expect([plain.keys.size, plain.taken.includes(id), plain.taken.length]).toEqual([0, false, 2]);
    plain.isLocked = true;
    await expect(agent.add(key, hour)).rejects.toMatchObject({ fault: 'refused' });
  });

  it('S26 K5: takes it without one', async () => {
    await agent.add(key, { lifetime: null, confirm: false });
    expect([...plain.keys]).toEqual([id]);
  });
});

describe('S26 K5 a key lent to it', () => {
  let clock: ManualClock;
  let lent: LentKeys;
  let back: number;
  beforeEach(async () => {
    clock = createManualClock();
    lent = new LentKeys({ agent, clock, log: silentLog });
    back = 0;
    await lent.lend(key, 3_600, () => void (back += 1));
  });

  it('S26 K5: is taken back when the time is over, not before', async () => {
    await clock.advance(3_599_000);
    expect([plain.keys.has(id), back]).toEqual([true, 0]);
    await clock.advance(1_000);
    await expect.poll(() => [plain.keys.has(id), back]).toEqual([false, 1]);
  });

  it('S26 K5: is asked for again where the agent would not give it back', async () => {
    plain.isLocked = true;
    const askedInVain = clock.nextSleep(60_000);
    await clock.advance(3_600_000);
    await askedInVain;
    await expect(agent.remove(key.publicKey.blob)).rejects.toMatchObject({ fault: 'shows-none' });
    plain.isLocked = false;
    expect(plain.keys.has(id)).toBe(true);
    await expect
      .poll(async () => {
        await clock.advance(60_000);
        return plain.keys.has(id);
      })
      .toBe(false);
  });

  it('S26 K5: starts its time anew when lent again, and is left alone once taken by another way', async () => {
    await clock.advance(1_800_000);
    await lent.lend(key, 3_600, () => void (back += 1));
    await clock.advance(3_599_000);
    expect(plain.keys.has(id)).toBe(true);
    lent.delete(key.publicKey.blob);
    await clock.advance(10_000_000);
    expect([plain.keys.has(id), back]).toEqual([true, 0]);
  });

  it('S26 K5: goes back at the end of the app', async () => {
    await lent.close({ all: false });
    expect(plain.keys.size).toBe(0);
  });

  it('X11 S26 K5: goes back at a lock, also where the agent takes it only after that', async () => {
    await lent.close({ all: true });
    expect(plain.keys.size).toBe(0);
    await lent.lend(key, 3_600, () => undefined);
    await lent.add(key, { lifetime: null, confirm: false });
    expect([plain.keys.size, plain.taken.length]).toEqual([0, 3]);
  });

  it('X11 K5: stays at a lock where the agent keeps its limits and nobody wished otherwise', async () => {
    await lent.add(key, { lifetime: null, confirm: false });
    await lent.close({ all: false });
    expect([...plain.keys]).toEqual([id]);
  });

  it('X11 K5: is left alone once its time in the agent is over: who has it there now added it themselves', async () => {
    const limited = new LentKeys({ agent: { ...agent, add: () => Promise.resolve() }, clock, log: silentLog });
    await limited.add(key, hour);
    await clock.advance(3_600_000);
    await limited.close({ all: true });
    expect([...plain.keys]).toEqual([id]);
  });
});
