import type { Page } from './page-visitor.ts';
import { describeForms } from './page-visitor.ts';
import type { Tokens } from './sign-in.ts';

// What a service answered, brought to what can be compared with another run or another service: shapes in place of
// values, but for the words that a client goes by.

export interface Note {
  readonly name: string;
  readonly status: number;
  readonly seen: unknown;
}

/** Whether the value is told, not only its kind. */
type IsWord = (key: string, value: unknown) => boolean;

const wordKeys = ['error', 'error_description', 'errorMessage', 'field', 'displayName', 'type', 'createAction'];

const isWordOfKeycloak: IsWord = (key, value) => wordKeys.includes(key) && typeof value === 'string';

interface NotesOptions {
  readonly isWord?: IsWord;
  /** What a client sees of an answer; all of it, if left out. */
  readonly view?: (body: unknown) => unknown;
}

export class Notes {
  readonly list: Note[] = [];
  readonly #isWord: IsWord;
  readonly #view: (body: unknown) => unknown;

  constructor({ isWord = isWordOfKeycloak, view = (body) => body }: NotesOptions = {}) {
    [this.#isWord, this.#view] = [isWord, view];
  }

  /** An answer of an API, where `status` is what it has to be. Gives its JSON. */
  async answer(name: string, status: number, asked: Promise<Response>): Promise<unknown> {
    const response = await asked;
    const text = await response.text();
    const type = response.headers.get('content-type')?.replace(/;.*/, '') ?? 'none';
    const body: unknown = type === 'application/json' && text !== '' ? JSON.parse(text) : undefined;
    this.#add(name, response.status, { type, body: shapeOf(this.#view(body), this.#isWord) });
    if (response.status !== status)
      throw new Error(`${name}: ${String(response.status)} instead of ${String(status)}: ${text.slice(0, 300)}`);
    return body;
  }

  /** Where a browser stopped: the forms of a page, or what it brought back. */
  page(name: string, page: Page, forms = describeForms(page)): Page {
    const { status, address } = page;
    this.#add(name, status, status === 0 ? describeReturn(address) : forms);
    return page;
  }

  /** The claims of each. */
  tokens(name: string, { access_token: access, id_token: id, refresh_token: refresh }: Tokens): void {
    const claims = [access, id, refresh].map((token) => shapeOf(readClaims(token), this.#isWord));
    this.#add(name, 200, claims);
  }

  #add(name: string, status: number, seen: unknown): void {
    this.list.push({ name, status, seen });
  }
}

function readClaims(token: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

/** Kinds in place of values; of a list the kinds of its elements, each once. */
function shapeOf(value: unknown, isWord: IsWord): unknown {
  if (Array.isArray(value)) {
    const shapes = value.map((each) => shapeOf(each, isWord));
    const each = new Map(shapes.map((shape) => [JSON.stringify(shape), shape]));
    return [...each].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, shape]) => shape);
  }
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, each]) => [key, isWord(key, each) ? sayWord(each) : shapeOf(each, isWord)]),
  );
}

/** Where a parser stopped is its own affair. */
function sayWord(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll(/line \d+ column \d+/g, 'line N column N') : value;
}

function describeReturn({ searchParams }: URL): unknown {
  const words = ['error', 'error_description', 'kc_action', 'kc_action_status'];
  return [...searchParams].map(([name, value]) => (words.includes(name) ? `${name}=${value}` : name)).sort();
}
