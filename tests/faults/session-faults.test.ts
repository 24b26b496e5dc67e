import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import { createReferenceProvider } from '../../electron/services/provider/reference/create-reference-provider.ts';
import { serveHttp, type FaultServer, type Handler } from './fault-server.ts';
import { reply } from './faults.ts';

let server: FaultServer;
afterEach(() => server.close());

const provider = createReferenceProvider({ clock: createSystemClock(), version: '1.0.0' });
const tokens = { scopes: null, accessToken: () => Promise.resolve('a1'), renewed: () => Promise.resolve('a2') };

async function open(handler: Handler): Promise<ProviderAccount> {
  server = await serveHttp(handler);
  return provider.open(server.address, tokens);
}

const session = {
  id: 's1',
  current: true,
  userAgent: 'curl/8.5.0',
  ipAddress: '::1',
  createdAt: '2026-01-01T00:00:00.000Z',
};
const listOf = (...sessions: unknown[]) => reply(JSON.stringify({ sessions }));
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `s${String(index)}`,
    current: false,
    userAgent: 'x'.repeat(200),
  }));
const read = async (handler: Handler) => (await open(handler)).readSessions();

describe('E8 D2 a list of sessions that a broken or hostile server sends', () => {
  it.each<[string, Handler]>([
    ['no list', reply('{}')],
    ['a session without an id', listOf({ ...session, id: '' })],
    ['an id of 201 characters', listOf({ ...session, id: 'x'.repeat(201) })],
    ['an id twice', listOf(session, { ...session, current: false })],
    ['two current sessions', listOf(session, { ...session, id: 's2' })],
    ['a current session of "yes"', listOf({ ...session, current: 'yes' })],
    ['a time that is none', listOf({ ...session, expiresAt: 'tomorrow' })],
    ['a day no calendar has', listOf({ ...session, createdAt: '2026-02-30T00:00:00Z' })],
    ['a time without its zone', listOf({ ...session, createdAt: '2026-01-01T00:00:00' })],
    ['an address that is a list', listOf({ ...session, ipAddress: ['::1'] })],
  ])('is not trusted: %s', async (_fault, handler) => {
    await expect(read(handler)).rejects.toThrow('untrusted-answer (wrong-shape)');
  });

  it('is not read beyond 20 MB', async () => {
    await expect(read(listOf({ ...session, rest: 'x'.repeat(20_000_000) }))).rejects.toThrow(
      'untrusted-answer (too-large)',
    );
  });

  it('may be as long as 20,000, which is more than other answers may be, and say more than we know', async () => {
    expect(
      await read(
        listOf(...many(19_999), { ...session, id: 'last', shoeSize: 42, ['__proto__']: { isCurrent: false } }),
      ),
    ).toHaveLength(20_000);
  });

  it('tells what it tells, and unknown for the rest', async () => {
    expect(
      await read(
        listOf(session, { id: 's2', current: false, userAgent: null, ipAddress: ' \u202e ', expiresAt: null }),
      ),
    ).toEqual([
      {
        id: 's1',
        isCurrent: true,
        userAgent: 'curl/8.5.0',
        reported: null,
        ipAddress: '::1',
        createdAt: '2026-01-01T00:00:00.000Z',
        lastModifiedAt: null,
        lastAuthenticatedAt: null,
        expiresAt: null,
        programs: [],
      },
      expect.objectContaining({ id: 's2', userAgent: null, ipAddress: null, createdAt: null, expiresAt: null }),
    ]);
  });

  it.each([
    ['2026-01-01T02:00:00+02:00', '2026-01-01T00:00:00.000Z'],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z'],
    ['2026-01-01T00:00:00.123456789Z', '2026-01-01T00:00:00.123Z'],
    ['9999-12-31T23:59:59-12:00', null],
  ])('has times in any form: %s', async (createdAt, expected) => {
    expect((await read(listOf({ ...session, createdAt })))[0]?.createdAt).toBe(expected);
  });

  it('takes the server’s own words for the device, cleaned', async () => {
    const own = {
      browser: { name: 'Vivaldi\u0000', version: '7' },
      os: { name: 'Linux' },
      device: { model: '' },
      cpu: 'riscv64',
    };
    expect((await read(listOf({ ...session, ...own })))[0]?.reported).toEqual({
      browser: { name: 'Vivaldi', version: '7' },
      os: { name: 'Linux', version: null },
      device: { vendor: null, model: null, type: null },
      engine: { name: null, version: null },
      cpu: 'riscv64',
    });
  });

  it('is cut where one who signed in made a text too long, and is not refused: the others are there', async () => {
    const long = 'x'.repeat(100_000);
    const thief = {
      ...session,
      id: 't',
      current: false,
      userAgent: long,
      ipAddress: long,
      cpu: long,
      browser: { name: long },
    };
    const [first, second] = await read(listOf(thief, session));
    expect([first?.userAgent?.length, first?.ipAddress?.length]).toEqual([1_000, 300]);
    expect([first?.reported?.cpu?.length, first?.reported?.browser.name?.length]).toEqual([300, 300]);
    expect(second?.userAgent).toBe('curl/8.5.0');
  });

  it('is the first 20,000 of a longer one, the current one among them', async () => {
    const list = await read(listOf(...many(20_100), { ...session, id: 'mine' }));
    expect([list.length, list[0]?.id, list.find(({ isCurrent }) => isCurrent)?.id]).toEqual([20_000, 's0', 'mine']);
  });

  it('is not found where the server has none, and only by its own word', async () => {
    await expect(read(reply('{"code":"not-found"}', {}, 404))).rejects.toThrow('not-found');
    await expect(read(reply('{}', {}, 404))).rejects.toThrow('not-a-profile-service');
  });
});

describe('E9 closing sessions at a server that', () => {
  interface Sent {
    readonly path: string;
    readonly key: string;
    readonly ids: readonly string[];
  }

  async function close(ids: readonly string[], answer: (ids: readonly string[]) => Handler) {
    const sent: Sent[] = [];
    const account = await open((request, response) => {
      void text(request).then((body) => {
        const asked = (JSON.parse(body) as { ids: string[] }).ids;
        sent.push({ path: request.url ?? '', key: String(request.headers['idempotency-key']), ids: asked });
        answer(asked)(request, response);
      });
    });
    return { stillOpen: await account.closeSessions(ids), sent };
  }

  const closedAll = (ids: readonly string[]) =>
    reply(JSON.stringify({ results: ids.map((id) => ({ id, closed: true })) }));

  it('closes all: 1,000 a request, each request with a key of its own', async () => {
    const ids = many(2_001).map(({ id }) => id);
    const { stillOpen, sent } = await close(ids, closedAll);
    expect(stillOpen).toEqual([]);
    expect(sent.map((each) => each.ids.length)).toEqual([1_000, 1_000, 1]);
    expect(sent.flatMap((each) => each.ids)).toEqual(ids);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(3);
    expect(new Set(sent.map(({ path }) => path))).toEqual(new Set(['/me/sessions/close']));
  });

  it('closes some: gives the reason of each other', async () => {
    const results = [
      { id: 'a', closed: true },
      { id: 'b', closed: false, code: 'forbidden', permission: 'Sessions End' },
      { id: 'c', closed: false, code: 'reauth-required' },
      { id: 'd', closed: false, code: 'dance' },
      { id: 'e', closed: false },
    ];
    const { stillOpen } = await close(['a', 'b', 'c', 'd', 'e'], () => reply(JSON.stringify({ results })));
    expect(stillOpen).toEqual([
      { id: 'b', error: { code: 'forbidden', permission: 'Sessions End' } },
      { id: 'c', error: { code: 'reauth-required' } },
      { id: 'd', error: { code: 'forbidden' } },
      { id: 'e', error: { code: 'forbidden' } },
    ]);
  });

  it.each([
    ['{"results":"all"}', 'untrusted-answer (wrong-shape)'],
    ['', 'untrusted-answer (cut-short)'],
    ['<p>done</p>', 'untrusted-answer (not-json)'],
  ])('answers %s is not believed', async (body, error) => {
    await expect(close(['a'], () => reply(body))).rejects.toThrow(error);
  });
});
