import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { RemotePerson } from './person.ts';
import type { Senders } from './http/senders.ts';

export interface Pictures {
  /** As a data URL. Null where it lies elsewhere, is too large or of another kind: it is only looked at. */
  read(person: Pick<RemotePerson, 'avatar_url'>): Promise<string | null>;
  /** Null for none. Errors: those of writing. */
  write(image: string | null): Promise<void>;
}

/** Bytes of a picture: its usual limit. */
const maxPicture = 1_048_576;

/** Bytes of a picture that is shown. */
const maxShown = 300_000;

interface PicturesDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly senders: Pick<Senders, 'send'>;
}

export function createGiteaPictures({ http, address, senders: { send } }: PicturesDeps): Pictures {
  const path = '/user/avatar';
  let last: { readonly url: string; readonly image: string | null } | undefined;

  /** Without the token, and from the instance alone: nothing is asked of a host that the person was not asked about. */
  async function fetchPicture(url: string): Promise<string | null> {
    if (URL.parse(url)?.origin !== new URL(address).origin) return null;
    const request = {
      method: 'GET',
      url,
      reads: 'bytes',
      maxBody: maxShown,
      schema: z.instanceof(Uint8Array),
    } as const;
    return toDataUrl((await http.send(request)).body);
  }

  return {
    async read({ avatar_url: url }) {
      if (!url) return null;
      if (last?.url !== url) last = { url, image: await fetchPicture(url).catch(() => null) };
      return last.image;
    },
    async write(image) {
      if (image === null) {
        await send({ method: 'DELETE', path, schema: z.unknown() });
        return;
      }
      const [, data = ''] = image.split(',', 2);
      // Refused there it is a fault of the server, without a word.
      if (data.length * 0.75 > maxPicture) throw new AppError('invalid-request', { reason: 'image-not-readable' });
      await send({ method: 'POST', path, body: { image: data }, schema: z.unknown() });
    },
  };
}

/** By its first bytes: what the service says of it counts for nothing. */
function toDataUrl(bytes: Uint8Array): string | null {
  const data = Buffer.from(bytes);
  const start = data.subarray(0, 12).toString('latin1');
  const kind = kinds.find(([pattern]) => pattern.test(start))?.[1];
  return kind === undefined ? null : `data:image/${kind};base64,${data.toString('base64')}`;
}

const kinds = [
  [/^\x89PNG/, 'png'],
  [/^\xff\xd8\xff/, 'jpeg'],
  [/^RIFF.{4}WEBP/s, 'webp'],
] as const;
