import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createServer, type ProfileServer } from '../../create-server.ts';
import { defaultPreset } from '../../presets/presets.ts';
import type { PasswordHasher } from '../../security/passwords.ts';
import { createTestFolder } from '../../testing/test-database.ts';

const password = 'the right one';
const { email } = defaultPreset.demo.contact;
const { username } = defaultPreset.demo.user;

/** Checks wait until the test lets them go, one after the other. */
function createGate() {
  const waiting: { password: string; open: () => void }[] = [];
  const hasher: PasswordHasher = {
    hash: async (typed) => typed,
    verify: (hashed, typed) =>
      new Promise(
        (resolve) =>
          void waiting.push({
            password: typed,
            open: () => {
              resolve(hashed === typed);
            },
          }),
      ),
  };
  return { waiting, hasher };
}

let server: ProfileServer;
let gate: ReturnType<typeof createGate>;
beforeEach(async () => {
  gate = createGate();
  server = await createServer({ dataFolder: createTestFolder(), preset: defaultPreset, passwords: gate.hasher });
  const { accounts } = server.stores;
  await server.ensureDemoAccount({ resetPassword: false });
  const id = accounts.findDemo() ?? '';
  accounts.replacePassword(id, accounts.readPassword(id) ?? '', password);
  onTestFinished(() => server.close());
});

/** Sends all tries, and judges them in their order once all are under way. */
async function trySignIns(tries: readonly (readonly [identifier: string, password: string])[]): Promise<number[]> {
  const answers = tries.map(async ([identifier, typed], at) => {
    await expect.poll(() => gate.waiting.length).toBe(at);
    return server.app.inject({ method: 'POST', url: '/auth/sign-in', payload: { identifier, password: typed } });
  });
  await expect.poll(() => gate.waiting.length).toBe(tries.length);
  for (const { open } of gate.waiting.splice(0)) open();
  return (await Promise.all(answers)).map(({ statusCode }) => statusCode);
}

const times = (count: number, identifier: string, typed: string) =>
  Array.from({ length: count }, () => [identifier, typed] as const);

describe('D7 tries at the same moment', () => {
  it('are judged by what failed before them: five wrong ones stop the rest, a right one too', async () => {
    const statuses = await trySignIns([...times(7, email, 'wrong'), [email, password]]);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  });

  it('count together by e-mail and by username, without saying that both belong together', async () => {
    const statuses = await trySignIns([
      ...times(3, email, 'wrong'),
      ...times(3, username, 'wrong'),
      [email, password],
      ['nobody', 'wrong'],
    ]);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 401, 401]);
  });

  it('forget what failed before a right one, not what fails after it', async () => {
    const statuses = await trySignIns([
      ...times(4, email, 'wrong'),
      [email, password],
      ...times(5, email, 'wrong'),
      [email, password],
    ]);
    expect(statuses).toEqual([401, 401, 401, 401, 200, 401, 401, 401, 401, 401, 429]);
  });

  it('lock nobody out when all are right', async () => {
    const right = [...times(6, email, password), ...times(6, username, password)];
    expect(await trySignIns(right)).toEqual(right.map(() => 200));
  });
});
