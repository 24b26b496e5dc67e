import * as z from 'zod';
import type { HttpClient } from '../../http/http-client.ts';

export interface ShownPicture {
  /** As a data URL. Null where it lies elsewhere, is too large or of another kind: it is only looked at. */
  read(url: string | null | undefined): Promise<string | null>;
}

/** Bytes. */
const maxShown = 300_000;

/** The picture of a person, by the address that their service gives; the last one is not asked for twice. */
export function createShownPicture(http: HttpClient, origin: string): ShownPicture {
  let last: { readonly url: string; readonly image: string | null } | undefined;

  /** Without a token, and from the service alone: nothing is asked of a host that the person was not asked about. */
  async function fetchPicture(url: string): Promise<string | null> {
    if (URL.parse(url)?.origin !== origin) return null;
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
    async read(url) {
      if (!url) return null;
      if (last?.url !== url) last = { url, image: await fetchPicture(url).catch(() => null) };
      return last.image;
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
