import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeThrowAwayKey, type SshAgent } from '../../../../../ssh-keys/index.ts';
import { servePlainAgent, type PlainAgent } from '../../../testing/plain-agent.ts';
import { makeTempFolder, type TempFolder } from '../../../../../tests/support/temp-folder.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { createAppAgent } from './app-agent.ts';

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
const { blob } = key.publicKey;

describe('K5: what the agent of this computer refuses is an error of the contract', () => {
  it('K5: with a reason where the person can do something about it', async () => {
    await expect(agent.add(key, { lifetime: 60, confirm: false })).rejects.toMatchObject({
      code: 'agent-unavailable',
      details: { reason: 'agent-takes-no-limits' },
      fault: 'takes-no-limits',
    });
    plain.isLocked = true;
    await expect(agent.sign(blob, blob)).rejects.toMatchObject({
      code: 'agent-unavailable',
      details: { reason: 'agent-refused' },
      fault: 'refused',
    });
    await expect(agent.remove(blob)).rejects.toMatchObject({
      code: 'agent-unavailable',
      details: { reason: 'agent-shows-none' },
      fault: 'shows-none',
    });
  });

  it('K5: without one where there is none', async () => {
    const nowhere = createAppAgent({ path: undefined });
    const failure: unknown = await nowhere.list().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ code: 'agent-unavailable', details: {}, fault: 'none' });
  });

  it('K5: and what it answers comes through', async () => {
    await agent.add(key, { lifetime: null, confirm: false });
    expect([...plain.keys]).toEqual([Buffer.from(blob).toString('base64')]);
    await agent.remove(blob);
    expect(plain.keys.size).toBe(0);
  });
});
