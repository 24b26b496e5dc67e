import { beforeEach, describe, expect, it } from 'vitest';
import { takePass } from './take-pass.ts';

beforeEach(() => sessionStorage.clear());

function pageAt(hash: string) {
  const replaced: string[] = [];
  const events = new EventTarget();
  let reloads = 0;
  const location = { hash, pathname: '/', search: '', reload: () => (reloads += 1) };
  const page = {
    location,
    history: { state: null, replaceState: (_state: unknown, _title: string, url: string) => void replaced.push(url) },
    sessionStorage,
    crypto,
    addEventListener: events.addEventListener.bind(events),
    document: { addEventListener: events.addEventListener.bind(events) },
  } as unknown as Window;
  return {
    replaced,
    take: () => takePass(page),
    goTo: (later: string) => {
      location.hash = later;
      events.dispatchEvent(new Event('popstate'));
    },
    reloads: () => reloads,
    fire: (name: string) => void events.dispatchEvent(new Event(name)),
  };
}

describe('D1 L14 what lets a page in', () => {
  it('is a token of its own, and the code that is taken out of the address', () => {
    const first = pageAt('#token=abc-_1');
    const pass = first.take();
    expect(pass).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/) as unknown, code: 'abc-_1' });
    expect(first.replaced).toEqual(['/']);
    expect(pageAt('#token=abc-_1').take().token).not.toBe(pass.token);
  });

  it.each(['pagehide', 'freeze'])('is not in what the browser may write down until %s, and survives it', (event) => {
    const first = pageAt('#token=abc');
    const pass = first.take();
    expect(sessionStorage).toHaveLength(0);
    first.fire(event);
    const second = pageAt('#/profile');
    expect(second.take()).toEqual(pass);
    expect(second.replaced).toEqual([]);
    expect(sessionStorage).toHaveLength(0);
    second.fire('pagehide');
    expect(pageAt('').take()).toEqual(pass);
  });

  it.each([
    ['pagehide', 'pageshow'],
    ['freeze', 'resume'],
  ])('is taken back where a page goes by %s and comes back by %s', (goes, comes) => {
    const page = pageAt('#token=abc');
    page.take();
    page.fire(goes);
    page.fire(comes);
    expect(sessionStorage).toHaveLength(0);
  });

  it('is made anew by a later link', () => {
    const first = pageAt('#token=old');
    const { token } = first.take();
    first.fire('pagehide');
    const pass = pageAt('#token=new').take();
    expect(pass.code).toBe('new');
    expect(pass.token).not.toBe(token);
    expect(sessionStorage).toHaveLength(0);
  });

  it('is made anew also where that link is opened in the same tab', () => {
    const page = pageAt('');
    page.take();
    page.goTo('#/profile');
    expect(page.reloads()).toBe(0);
    page.goTo('#token=new');
    expect(page.reloads()).toBe(1);
  });

  it('is empty where there is none, and stays so', () => {
    const page = pageAt('');
    expect(page.take()).toEqual({ token: '', code: '' });
    page.fire('pagehide');
    expect(sessionStorage).toHaveLength(0);
  });
});
