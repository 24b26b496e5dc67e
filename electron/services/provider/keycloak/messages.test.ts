import type * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { createRealmMessages } from './messages.ts';
import { spellOut } from './person/spell-out.ts';

const texts = [
  { key: 'dept', value: 'Department' },
  { key: 'size.s', value: 'Small' },
  { key: 'size.m', value: 'Medium' },
];

function setUp(answers: (object | AppError)[] = [texts]) {
  const asked: string[] = [];
  const send = async ({ url, schema }: { readonly url: string; readonly schema: z.ZodType }) => {
    const answer = answers[Math.min(asked.push(url), answers.length) - 1];
    if (answer instanceof AppError) throw answer;
    return { body: schema.parse(answer), header: () => undefined };
  };
  const http = { send, serverNow: () => undefined } as unknown as HttpClient;
  return { asked, messages: createRealmMessages(http, 'https://id.example/auth/realms/staff') };
}

describe('R4 texts of a realm', () => {
  it('take the place of their keys, and of nothing else', async () => {
    const { messages } = setUp();
    const sent = { a: '${dept}', b: ['${other}', 'x ${dept}', 7, null], '${dept}': { c: '${size.s}' } };
    expect(await messages.spell(sent)).toEqual({
      ...{ a: 'Department', b: ['${other}', 'x ${dept}', 7, null] },
      '${dept}': { c: 'Small' },
    });
  });

  it('are asked for once, and only where there is a key', async () => {
    const { messages, asked } = setUp();
    expect(await messages.spell({ a: 'Plain', b: [null, { c: 1 }] })).toEqual({ a: 'Plain', b: [null, { c: 1 }] });
    expect(asked).toEqual([]);
    await Promise.all([messages.spell('${dept}'), messages.under('size.')]);
    expect(asked).toEqual(['https://id.example/auth/resources/staff/account/en']);
  });

  it('are asked for again after a failure, not where there are none', async () => {
    const offline = setUp([new AppError('offline'), texts]);
    expect([await offline.messages.spell('${dept}'), await offline.messages.spell('${dept}')]).toEqual([
      '${dept}',
      'Department',
    ]);
    const absent = setUp([new AppError('not-offered'), texts]);
    expect([await absent.messages.spell('${dept}'), await absent.messages.spell('${dept}')]).toEqual(
      Array(2).fill('${dept}'),
    );
    expect(absent.asked).toHaveLength(1);
  });

  it('name attributes, groups and choices, where the administrator gave no name; never a value', async () => {
    const { messages } = setUp();
    const attribute = (name: string, more: object) => ({ name, displayName: '${dept}', ...more });
    const annotations = { inputOptionLabelsI18nPrefix: 'size', inputOptionLabels: { m: 'Middle' } };
    const person = {
      ...{ id: 'p1', username: '${dept}', attributes: { size: ['${size.s}'] } },
      userProfileMetadata: {
        attributes: [attribute('size', { annotations }), attribute('email', {})],
        groups: [{ name: '${dept}', displayHeader: '${dept}' }],
      },
    };
    const spelt = await spellOut(person, messages);
    expect(spelt).toMatchObject({ username: '${dept}', attributes: { size: ['${size.s}'] } });
    const [size, email] = spelt.userProfileMetadata!.attributes;
    expect(size).toMatchObject({
      displayName: 'Department',
      annotations: { inputOptionLabels: { s: 'Small', m: 'Middle' } },
    });
    expect(email!.displayName, 'the app has its own').toBe('${dept}');
    expect(spelt.userProfileMetadata!.groups).toMatchObject([{ name: '${dept}', displayHeader: 'Department' }]);
  });
});
