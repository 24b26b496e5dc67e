import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootApp, type BootedApp } from './boot-app.ts';
import { buildApp } from './build-app.ts';

const built = await buildApp();
let app: BootedApp;
beforeAll(async () => {
  app = bootApp(built);
  await app.waitFor('window.show');
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

describe('D2 the built preload', () => {
  it('loads electron alone and exposes exactly two functions', async () => {
    expect(await app.does.preload()).toEqual({
      required: ['electron'],
      exposed: [['profileDesk', ['request: function', 'subscribe: function']]],
    });
  });
});

describe('D2 one channel between page and services', () => {
  it('is all that main listens to', async () => {
    expect(await app.does.ipcChannels()).toEqual(['rpc']);
  });

  it('carries a call from the page through the preload to the services and back', async () => {
    expect(await app.does.request('settings.get')).toEqual({
      ok: true,
      value: {
        theme: 'system',
        lockAfterMinutes: null,
        takeKeysBackOnLock: true,
        activityLimit: 10_000,
        notifyOfNew: false,
      },
    });
    const snapshot = await app.does.request('app.snapshot');
    expect(snapshot).toMatchObject({
      ok: true,
      value: { version: '9.8.7', shell: 'electron', hasEmbeddedProvider: true },
    });
  });

  it('carries an event to the page without the event object, until the page leaves', async () => {
    await app.does.subscribe();
    await app.does.request('settings.update', { theme: 'dark' });
    const message = {
      channel: 'settings.changed',
      payload: {
        theme: 'dark',
        lockAfterMinutes: null,
        takeKeysBackOnLock: true,
        activityLimit: 10_000,
        notifyOfNew: false,
      },
    };
    expect(await app.does.received()).toEqual({ messages: [message], receivedArguments: [1], listeners: 1 });
    await app.does.unsubscribe();
    await app.does.request('settings.update', { theme: 'light' });
    expect(await app.does.received()).toMatchObject({ messages: [message], listeners: 0 });
  });

  it('carries an event once, however many parts of the page listen', async () => {
    await app.does.subscribeParts(13);
    const before = (await app.does.received()).messages.length;
    await app.does.request('settings.update', { theme: 'dark' });
    expect((await app.does.received()).messages.slice(before)).toHaveLength(13);
    expect((await app.does.received()).listeners).toBe(1);
    expect(await app.calls()).not.toContain('warning');
  });

  it('refuses what is no call of the table, whatever it is', async () => {
    for (const channel of ['app.erase', '', 7, null, { toString: 'app.snapshot' }, ['app.snapshot']]) {
      expect(await app.does.invoke('rpc', [channel, undefined])).toEqual({
        ok: false,
        error: { code: 'invalid-request' },
      });
    }
    expect(await app.does.invoke('rpc', [])).toEqual({ ok: false, error: { code: 'invalid-request' } });
  });
});

describe('D2 a call is answered only for the own page', () => {
  const refused = { ok: false, error: { code: 'forbidden' } };
  const call = ['settings.get', undefined];

  it('not for an inner frame, even of the own origin', async () => {
    expect(await app.does.invoke('rpc', call, { frame: 'inner' })).toEqual(refused);
  });

  it('not for a frame that is gone', async () => {
    expect(await app.does.invoke('rpc', call, { frame: 'gone' })).toEqual(refused);
  });

  it('not for another window, even with the own origin', async () => {
    expect(await app.does.invoke('rpc', call, { sender: 'other window', origin: 'app://profile-desk' })).toEqual(
      refused,
    );
  });

  it.each(['https://example.test', 'app://other-host', 'app://profile-desk.example.test', 'null', 'file://'])(
    'not for a page of %s in the own window',
    async (origin) => {
      expect(await app.does.invoke('rpc', call, { origin })).toEqual(refused);
      expect(await app.does.invoke('rpc', call, { origin: 'app://profile-desk' })).toMatchObject({ ok: true });
    },
  );
});

describe('D7 the embedded server in its own process', () => {
  it('starts once for many callers and answers with its demo account', async () => {
    const inspect = () => app.does.request('accounts.inspect', { kind: 'embedded' });
    const answers = await Promise.all([inspect(), inspect(), inspect()]);
    expect(answers[0]).toMatchObject({
      ok: true,
      value: { address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+/) as string },
    });
    expect(answers[1]).toEqual(answers[0]);
    expect((await app.calls()).filter((name) => name === 'utilityProcess.fork')).toHaveLength(1);
  });
});
