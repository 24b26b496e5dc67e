import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { missingBusPrograms, startSessionBus, type SessionBus } from '../../../tests/support/session-bus.ts';
import { watchLinuxScreenLock } from './linux-screen-lock.ts';

const missing = missingBusPrograms();
const why = missing.length > 0 ? ` (skipped: no ${missing.join(', ')})` : '';

/** Milliseconds: other work may keep every core busy. */
const timeout = 60_000;

function setUp(environment: NodeJS.ProcessEnv) {
  const heard = vi.fn<() => void>();
  const warned = vi.fn<(message: string) => void>();
  let noteReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => (noteReady = resolve));
  const log = { info: noteReady, warn: warned, error: () => undefined };
  return { heard, warned, ready, stop: watchLinuxScreenLock(heard, { log, env: environment }) };
}

describe.skipIf(missing.length > 0)(`X11 the locked screen of a Linux desktop${why}`, () => {
  let bus: SessionBus;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    bus = await startSessionBus();
    env = { PATH: process.env['PATH'], DBUS_SESSION_BUS_ADDRESS: bus.address };
  });
  afterAll(() => bus[Symbol.asyncDispose]());

  /** How many monitors of this bus run. */
  const monitors = () =>
    readdirSync('/proc').filter((pid) => {
      try {
        const [args, own] = ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8'));
        return args?.startsWith('dbus-monitor') && own?.includes(bus.address);
      } catch {
        // No process, or one that has just ended.
        return false;
      }
    }).length;

  it('is heard of as each desktop tells it, and nothing else is', async () => {
    const { heard, ready, stop, warned } = setUp(env);
    await ready;
    for (const desktop of ['org.gnome', 'org.freedesktop', 'org.cinnamon', 'org.mate', 'org.xfce']) {
      heard.mockClear();
      bus.tell(desktop, false);
      bus.tell(desktop, true, 'WakeUpScreen');
      bus.tell('org.example', true);
      bus.tell(desktop, true);
      await expect.poll(() => heard.mock.calls.length, { timeout }).toBe(1);
    }
    // What was told before has arrived before.
    bus.tell('org.gnome', true);
    await expect.poll(() => heard.mock.calls.length, { timeout }).toBe(2);
    stop();
    await expect.poll(monitors, { timeout }).toBe(0);
    expect(warned.mock.calls).toEqual([]);
  });

  it('leaves nothing running behind an app that was killed', async () => {
    const script = `import(${JSON.stringify(import.meta.resolve('./linux-screen-lock.ts'))}).then(({ watchLinuxScreenLock }) => {
      watchLinuxScreenLock(() => undefined, { log: { info() {}, warn() {} } });
      setInterval(() => undefined, 1_000);
    })`;
    const app = spawn(process.execPath, ['-e', script], { env, stdio: 'ignore' });
    await expect.poll(monitors, { timeout }).toBe(1);
    app.kill('SIGKILL');
    await expect.poll(monitors, { timeout }).toBe(0);
  });

  it('is not heard of where there is no bus, which the log says once', async () => {
    const { warned, stop, heard } = setUp({ ...env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' });
    await expect.poll(() => warned.mock.calls.length, { timeout }).toBe(1);
    stop();
    await wait(50);
    expect([warned.mock.calls.length, heard.mock.calls.length]).toEqual([1, 0]);
  });
});
