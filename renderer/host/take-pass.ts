const storageKey = 'profile-desk-pass';

/** What the shell asks of its page. */
export interface Pass {
  /** Made by this page, and in no address. Empty where the page has none. */
  readonly token: string;
  /** From the link: lets the first page that comes with it name its token. */
  readonly code: string;
}

type PassedPage = Pick<Window, 'location' | 'history' | 'sessionStorage' | 'crypto' | 'addEventListener' | 'document'>;

/**
 * The pass of this page: made at the first load, by the code in `#token=…`, and handed on by the page that a reload
 * puts an end to. The address is cleaned at once. A browser writes a tab's memory (sessionStorage) to the disk, so the
 * pass is there only from the moment when the page goes until the next one has it.
 */
export function takePass(page: PassedPage): Pass {
  startAnewWithLaterLink(page);
  const pass = fromLink(page) ?? fromPageBefore(page);
  if (pass.token) handOn(page, pass);
  return pass;
}

function codeIn(location: Location): string {
  return new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
}

/** A link that is opened in the tab of an earlier one differs in its fragment alone: the browser would load nothing. */
function startAnewWithLaterLink(page: PassedPage): void {
  page.addEventListener('popstate', (event) => {
    if (!codeIn(page.location)) return;
    // Before the router takes it for one of its own.
    event.stopImmediatePropagation();
    page.location.reload();
  });
}

function fromLink({ location, history, sessionStorage, crypto }: PassedPage): Pass | undefined {
  const code = codeIn(location);
  if (!code) return undefined;
  sessionStorage.removeItem(storageKey);
  history.replaceState(history.state, '', location.pathname + location.search);
  return { token: toBase64Url(crypto.getRandomValues(new Uint8Array(32))), code };
}

/** Nobody but this page writes there; what is none is none. */
function fromPageBefore({ sessionStorage }: PassedPage): Pass {
  const [token = '', code = ''] = (sessionStorage.getItem(storageKey) ?? '').split(' ');
  sessionStorage.removeItem(storageKey);
  return { token, code };
}

function handOn(page: PassedPage, { token, code }: Pass): void {
  const { sessionStorage, document } = page;
  const keep = () => sessionStorage.setItem(storageKey, `${token} ${code}`);
  const take = () => sessionStorage.removeItem(storageKey);
  page.addEventListener('pagehide', keep);
  page.addEventListener('pageshow', take);
  // A frozen tab may be thrown away without another word, and loaded again later.
  document.addEventListener('freeze', keep);
  document.addEventListener('resume', take);
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
