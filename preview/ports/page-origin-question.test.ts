import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createPageOriginQuestion, type ShowQuestion } from './page-origin-question.ts';

const origin = 'https://profile.example';

/** Asks, and hands the address of the page to `person`. */
async function ask(person: (url: string) => Promise<unknown>, patience?: number) {
  const seen: { url: string; origin: string }[] = [];
  const show: ShowQuestion = (question) => {
    seen.push(question);
    void person(question.url);
  };
  const isAllowed = await createPageOriginQuestion(show, patience).ask(origin);
  return { isAllowed, url: seen[0]?.url ?? '' };
}

const press = (url: string, answer: string) =>
  fetch(url, { method: 'POST', body: new URLSearchParams({ answer }) }).then((response) => response.status);

describe('M5 the question of the browser shell', () => {
  it('stands on a page of its own that runs nothing, and names the origin', async () => {
    let page: Response | undefined;
    let html = '';
    const { isAllowed } = await ask(async (url) => {
      page = await fetch(url);
      html = await page.text();
      await press(url, 'connect');
    });
    expect(isAllowed).toBe(true);
    expect(html).toContain(`<b>${origin}</b>`);
    expect(html).not.toContain('<script');
    const policy = page?.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
    );
  });

  it.each(['no', '', 'connect&answer=connect'])('takes %j for a no', async (answer) => {
    expect((await ask((url) => press(url, answer))).isAllowed).toBe(false);
  });

  it('is good once: its address is gone with the answer, and another for each question', async () => {
    const [first, second] = [await ask((url) => press(url, 'connect')), await ask((url) => press(url, 'no'))];
    await expect(press(first.url, 'connect')).rejects.toThrow();
    expect(new URL(first.url).pathname).not.toBe(new URL(second.url).pathname);
    expect(new URL(first.url).pathname).toMatch(/^\/[\w-]{43}$/);
  });

  it('is answered by nobody who does not know its address, nor under another name', async () => {
    const statuses: (number | undefined)[] = [];
    const { isAllowed } = await ask(async (url) => {
      statuses.push(await press(new URL('/', url).href, 'connect'));
      statuses.push(await press(new URL(`/${'A'.repeat(43)}`, url).href, 'connect'));
      statuses.push(await underAnotherName(url));
      await press(url, 'no');
    });
    expect([isAllowed, statuses]).toEqual([false, [404, 404, 421]]);
  });

  it('is a no after a while without an answer', async () => {
    expect(await ask(() => Promise.resolve(), 50)).toMatchObject({ isAllowed: false });
  });
});

function underAnotherName(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers: { host: 'attacker.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject).end('answer=connect');
  });
}
