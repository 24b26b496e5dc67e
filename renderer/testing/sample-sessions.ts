import type { Session } from '../../shared/contract/account/sessions.ts';

type Agent = Pick<Session, 'browser' | 'os' | 'device' | 'engine' | 'cpu' | 'userAgent'>;

/** What the reader of User-Agents makes of some real ones, from all known to nothing known. */
const agents: readonly Agent[] = [
  agent(['Firefox', '132.0'], ['Windows', '11'], [null, null, null], ['Gecko', '132.0'], 'amd64'),
  agent(['Mobile Safari', '17.5'], ['iOS', '17.5'], ['Apple', 'iPhone', 'mobile'], ['WebKit', '605.1.15'], null),
  agent(
    ['Chrome', '131.0.6778.81'],
    ['Android', '14'],
    ['Google', 'Pixel 8', 'mobile'],
    ['Blink', '131.0.6778.81'],
    null,
  ),
  agent(['Edge', '130.0.0.0'], ['Windows', '10'], [null, null, null], ['Blink', '130.0.0.0'], 'amd64'),
  agent(['Safari', '17.6'], ['macOS', '14.6'], ['Apple', 'Macintosh', null], ['WebKit', '605.1.15'], null),
  agent(['Chrome', '129.0.0.0'], ['Linux', null], [null, null, null], ['Blink', '129.0.0.0'], 'amd64'),
  agent(
    ['Samsung Internet', '25.0'],
    ['Android', '13'],
    ['Samsung', 'SM-X710', 'tablet'],
    ['Blink', '121.0.0.0'],
    null,
  ),
  agent(['curl', '8.4.0'], [null, null], [null, null, null], [null, null], null),
  agent([null, null], [null, null], [null, null, null], [null, null], null),
];

const minute = 60_000;
const day = 1_440 * minute;

/**
 * The current session and so many others, the first `news` of them new. Ages are counted back from `now`
 * (milliseconds) and spread over a year; every 40th is one of which nothing but its id is known.
 */
export function sampleSessions(others: number, { news = 1, now = Date.now() } = {}): Session[] {
  return [current(now), ...Array.from({ length: others }, (_, index) => other(index, index < news, now))];
}

function current(now: number): Session {
  return {
    ...agent(['Chrome', '131.0.0.0'], ['Linux', null], [null, null, null], ['Blink', '131.0.0.0'], 'amd64'),
    ...times(now, { created: 2 * day, active: 0, authenticated: 3 * 60 * minute, expires: 12 * day }),
    id: 's-current',
    isCurrent: true,
    ownName: null,
    ipAddress: '203.0.113.24',
    isNew: false,
    programs: [],
  };
}

function other(index: number, isNew: boolean, now: number): Session {
  const isBare = index % 40 === 39;
  const step = Math.min(index, 2_000);
  return {
    ...(agents[isBare ? agents.length - 1 : index % agents.length] as Agent),
    ...(isBare
      ? noTimes
      : times(now, {
          created: (step + 1) * 0.18 * day,
          active: step * 97 * minute,
          authenticated: step * 98 * minute,
          expires: ((index % 30) + 1) * day,
        })),
    id: `s-${String(index)}`,
    isCurrent: false,
    ownName: index === 1 ? 'My phone' : null,
    ipAddress: isBare ? null : addressOf(index),
    isNew,
    programs: [],
  };
}

function addressOf(index: number): string {
  if (index % 5 === 2) return `2001:db8:85a3::8a2e:370:${index.toString(16)}`;
  return `198.51.${String(100 + (Math.floor(index / 250) % 50))}.${String((index * 7) % 250)}`;
}

/** Milliseconds before now, and until the end. */
function times(now: number, ages: Record<'created' | 'active' | 'authenticated' | 'expires', number>) {
  const at = (ms: number): string => new Date(now + ms).toISOString();
  return {
    createdAt: at(-ages.created),
    lastModifiedAt: at(-ages.active),
    lastAuthenticatedAt: at(-ages.authenticated),
    expiresAt: at(ages.expires),
  };
}

const noTimes = { createdAt: null, lastModifiedAt: null, lastAuthenticatedAt: null, expiresAt: null };

type Two = readonly [string | null, string | null];

function agent(
  browser: Two,
  os: Two,
  device: readonly [string | null, string | null, string | null],
  engine: Two,
  cpu: string | null,
): Agent {
  const named = ([name, version]: Two) => ({ name, version });
  const [vendor, model, type] = device;
  // What such an app might send, not what one does.
  const userAgent =
    browser[0] &&
    [named(browser), named(os), named(engine)].map(({ name, version }) => `${name ?? '-'}/${version ?? '-'}`).join(' ');
  return {
    browser: named(browser),
    os: named(os),
    device: { vendor, model, type },
    engine: named(engine),
    cpu,
    userAgent,
  };
}
