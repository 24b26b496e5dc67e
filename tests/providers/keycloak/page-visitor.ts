import { Window } from 'happy-dom';

// What a person does in a browser at Keycloak's pages, which are plain forms: cookies, redirects, and what was typed.
// Chromium does the same in the tests that are about the browser; this is for those about the answers.

/** Where the pages stop: at a form of theirs, or back at the program that sent the person there. */
export interface Page {
  readonly address: URL;
  readonly status: number;
  readonly html: string;
}

export type Typed = Readonly<Record<string, string>>;

interface Request {
  readonly address: URL;
  readonly form?: URLSearchParams;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

const mostRedirects = 20;

/** One browser: its cookies are its own. */
export class PageVisitor {
  /** By name and path: two realms of one server have cookies of the same names. */
  readonly #cookies = new Map<string, Cookie>();
  readonly #home: string;
  readonly #userAgent: string;

  /** `home`: the origin whose pages are visited. Whoever is sent elsewhere has come back. */
  constructor(home: string, userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0') {
    this.#home = new URL(home).origin;
    this.#userAgent = userAgent;
  }

  open(address: URL | string): Promise<Page> {
    return this.#go({ address: new URL(address) });
  }

  /** Sends the page's form, `typed` over what stands in it. `named`: the id of the form, where there are several. */
  submit(page: Page, typed: Typed, named?: string): Promise<Page> {
    const { action, fields } = readForm(page, named);
    return this.#go({ address: new URL(action, page.address), form: new URLSearchParams({ ...fields, ...typed }) });
  }

  /** The page behind a link, by a part of its address. */
  follow(page: Page, part: string): Promise<Page> {
    const link = listLinks(page).find((address) => address.includes(part));
    if (!link) throw new Error(`no link with ${part} on ${describePage(page)}`);
    return this.open(new URL(link, page.address));
  }

  async #go(first: Request): Promise<Page> {
    let next = first;
    for (let hops = 0; hops < mostRedirects; hops += 1) {
      const { address } = next;
      if (address.origin !== this.#home) return { address, status: 0, html: '' };
      const response = await this.#ask(next);
      const location = response.headers.get('location');
      if (location === null) return { address, status: response.status, html: await response.text() };
      next = { address: new URL(location, address) };
    }
    throw new Error(`redirected more than ${String(mostRedirects)} times, last to ${next.address.href}`);
  }

  async #ask({ address, form }: Request): Promise<Response> {
    const fitting = [...this.#cookies.values()].filter(({ path }) => address.pathname.startsWith(path));
    const cookie = fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie, 'user-agent': this.#userAgent, accept: 'text/html' },
      ...(form && { method: 'POST', body: form }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const [, path = '/'] = /;\s*path=([^;]*)/i.exec(line) ?? [];
    const key = `${name} ${path}`;
    if (/max-age=0\b/i.test(line) || value === '') this.#cookies.delete(key);
    else this.#cookies.set(key, { name, value, path });
  }
}

/** What a page says and asks, for the message of a test that did not expect it. */
export function describePage({ address, status, html }: Page): string {
  const text = html.replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '').replaceAll(/<[^>]+>/g, ' ');
  return `${String(status)} ${address.href}: ${text.replaceAll(/\s+/g, ' ').trim().slice(0, 600)}`;
}

export function hasForm(page: Page, id: string): boolean {
  return parse(page).querySelector(`form#${id}`) !== null;
}

/** The value of one field of the page, hidden ones too. */
export function readField(page: Page, name: string): string {
  const field = parse(page).querySelector(`[name="${name}"]`);
  if (!field) throw new Error(`no field ${name} on ${describePage(page)}`);
  return field.getAttribute('value') ?? '';
}

/** Its forms by their ids ("-" without one), each with the names of its fields. */
export function describeForms(page: Page): Readonly<Record<string, readonly string[]>> {
  const forms = [...parse(page).querySelectorAll('form')];
  const described = forms.map((form) => {
    const names = [...form.querySelectorAll('[name]')].map((field) => field.getAttribute('name') ?? '');
    return [form.getAttribute('id') ?? '-', [...new Set(names.filter(Boolean))].sort()];
  });
  return Object.fromEntries(described) as Readonly<Record<string, readonly string[]>>;
}

function readForm(page: Page, id?: string): { action: string; fields: Typed } {
  const form = parse(page).querySelector(id === undefined ? 'form' : `form#${id}`);
  if (!form) throw new Error(`no form on ${describePage(page)}`);
  const inputs = [...form.querySelectorAll('input[type="hidden"][name], input[type="text"][name]')];
  const fields = inputs.map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']);
  return { action: form.getAttribute('action') ?? '', fields: Object.fromEntries(fields) };
}

function listLinks(page: Page): string[] {
  return [...parse(page).querySelectorAll('a[href]')].map((link) => link.getAttribute('href') ?? '');
}

function parse({ html }: Page) {
  return new new Window().DOMParser().parseFromString(html, 'text/html');
}
