import type { DemoMail } from '../../../../shared/contract/demo.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { Targets } from '../../accounts/targets/targets.ts';
import type { BrowserOpener, EmbeddedMail, EmbeddedProvider } from '../../ports.ts';

export interface DemoDeps {
  readonly embedded: EmbeddedProvider | undefined;
  readonly targets: Pick<Targets, 'address'>;
  readonly browser: BrowserOpener;
}

const maxTextLength = 20_000;
const links = /\bhttp:\/\/127\.0\.0\.1:\d+\/[^\s<>"]*/g;

/** What only the demo service inside the app has (D7): its mails, which lie on this computer alone. */
export function createDemoService({ embedded, targets, browser }: DemoDeps): Handlers<AppContract>['demo'] {
  const read = async () => (await embedded?.mails()) ?? [];
  return {
    mails: async () => ({ mails: (await read()).map(toDemoMail) }),
    async openLink({ mailId }) {
      const path = pathOf((await read()).find(({ id }) => id === mailId));
      if (path === undefined) throw new AppError('not-found');
      // The service has another port after each start: of the link only the path counts, so it leads nowhere else.
      return { isOpened: await browser.open(new URL(path, await targets.address({ kind: 'embedded' }))) };
    },
  };
}

function toDemoMail({ id, sentAt, to, subject, text }: EmbeddedMail): DemoMail {
  return {
    id: id.slice(0, 300),
    sentAt: new Date(sentAt).toISOString(),
    to: to.slice(0, 1_000),
    subject: subject.slice(0, 1_000),
    // A link in a mail opens the account: the screen sees that there is one, and asks for it to be opened.
    text: text.replaceAll(links, '[link]').slice(0, maxTextLength),
    canOpen: pathOf({ text }) !== undefined,
  };
}

/** Path and query of the first link to the demo service; undefined if there is none. */
function pathOf(mail: Pick<EmbeddedMail, 'text'> | undefined): string | undefined {
  const [link] = mail?.text.match(links) ?? [];
  if (link === undefined || !URL.canParse(link)) return undefined;
  const { pathname, search, hash } = new URL(link);
  // Two slashes at the start would name another host.
  return `/${pathname.replace(/^\/+/, '')}${search}${hash}`;
}
