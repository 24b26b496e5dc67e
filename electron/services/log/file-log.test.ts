import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../core/clock.ts';
import { createFaultReporter } from './fault-reporter.ts';
import { createFileLog } from './file-log.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'file-log-')), 'logs');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const clock = { ...createSystemClock(), now: () => Date.UTC(2026, 0, 2, 3, 4, 5) };
const read = (name = 'profile-desk.log') => readFileSync(join(folder, name), 'utf8');
const lines = (name?: string) =>
  read(name)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('D2 log on this computer', () => {
  it('keeps one JSON object a line, with time, level, message and facts', () => {
    const log = createFileLog({ folder, clock });
    log.info('started', { version: '1.0.0', packaged: true });
    log.warn('two\nlines');
    expect(lines()).toEqual([
      {
        at: '2026-01-02T03:04:05.000Z',
        level: 'info',
        message: 'started',
        facts: { version: '1.0.0', packaged: true },
      },
      { at: '2026-01-02T03:04:05.000Z', level: 'warn', message: 'two\nlines' },
    ]);
  });

  it('is readable by this person alone', () => {
    createFileLog({ folder, clock }).info('x');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'profile-desk.log')).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform === 'win32')('waits for no pipe and follows no link in its place', () => {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'profile-desk.log');
    expect(spawnSync('mkfifo', [path]).status).toBe(0);
    createFileLog({ folder, clock }).info('into a pipe');
    rmSync(path);
    symlinkSync(join(folder, 'elsewhere'), path);
    createFileLog({ folder, clock }).info('through a link');
    expect(readdirSync(folder)).toEqual(['profile-desk.log']);
  });

  it('follows the chain of causes, and ends it', () => {
    const log = createFileLog({ folder, clock });
    log.error('failed', new TypeError('outer', { cause: new Error('inner') }));
    const circular = new Error('round');
    circular.cause = circular;
    log.error('failed', circular);
    const [first, second] = lines();
    expect(first).toMatchObject({
      level: 'error',
      causes: [
        { name: 'TypeError', message: 'outer' },
        { name: 'Error', message: 'inner' },
      ],
    });
    expect(JSON.stringify(first)).toContain('file-log.test');
    expect(second?.['causes']).toHaveLength(5);
  });

  it('never writes the other properties of an error, nor a value thrown that is none', () => {
    const log = createFileLog({ folder, clock });
    log.error('request failed', Object.assign(new Error('no'), { config: { headers: { 'x-custom': 'kept-out-1' } } }));
    log.error('request failed', { headers: 'kept-out-2' });
    log.error('request failed', 'kept-out-3');
    expect(read()).not.toContain('kept-out');
    expect(lines()[1]).toMatchObject({ causes: [{ thrown: 'object' }] });
  });

  it('blanks what looks like a credential in messages, facts and errors', () => {
    const log = createFileLog({ folder, clock });
    log.info('sent Authorization: Bearer abc.SEEDED-1 to https://me:SEEDED-2@example.test/x?token=SEEDED-3&a=1');
    log.info('x', { body: '{"password":"SEEDED-4 with spaces","name":"Ann"}', id: 'eyJhbGciOi.SEEDED5.SEEDED6' });
    log.error('x', new Error('bad refresh_token=SEEDED-7, api_key: SEEDED-8'));
    expect(read()).not.toContain('SEEDED');
    expect(read()).toContain('example.test');
    expect(read()).toContain('Ann');
  });

  it('cuts a text that a server made long', () => {
    createFileLog({ folder, clock }).error('x', new Error('y'.repeat(100_000)));
    expect(read().length).toBeLessThan(10_000);
  });

  it('begins a new file at its limit and keeps three, so the newest lines stay', () => {
    const log = createFileLog({ folder, clock, maxBytes: 300 });
    for (let count = 0; count < 40; count += 1) log.info(`line ${String(count)}`);
    expect(readdirSync(folder).sort()).toEqual(['profile-desk.1.log', 'profile-desk.2.log', 'profile-desk.log']);
    expect(lines().at(-1)).toMatchObject({ message: 'line 39' });
    const found = ['profile-desk.2.log', 'profile-desk.1.log', 'profile-desk.log']
      .flatMap((name) => lines(name))
      .map((line) => line['message']);
    expect(found).toEqual(Array.from(found, (_, index) => `line ${String(40 - found.length + index)}`));
    expect(statSync(join(folder, 'profile-desk.1.log')).size).toBeLessThan(500);
  });

  it('does not take the app down if the folder cannot be made', () => {
    writeFileSync(folder, 'a file lies in the way');
    expect(() => createFileLog({ folder, clock }).error('x', new Error('y'))).not.toThrow();
  });

  it('finds an unexpected error by the reference that the screen shows', () => {
    const report = createFaultReporter(createFileLog({ folder, clock }));
    const [first, second] = [report('profile.read', new Error('why')), report('profile.read', new Error('why'))];
    expect(first).toMatch(/^[0-9a-f]{8}$/);
    expect(second).not.toBe(first);
    expect(lines()[0]).toMatchObject({
      facts: { channel: 'profile.read', reference: first },
      causes: [{ message: 'why' }],
    });
  });
});
