import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { createShownPicture } from '../common/shown-picture.ts';
import type { RemotePerson } from './person.ts';
import type { Senders } from './http/senders.ts';

export interface Pictures {
  /** As a data URL; null where it is not shown. */
  read(person: Pick<RemotePerson, 'avatar_url'>): Promise<string | null>;
  /** Null for none. Errors: those of writing. */
  write(image: string | null): Promise<void>;
}

/** Bytes of a picture: its usual limit. */
const maxPicture = 1_048_576;

interface PicturesDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly senders: Pick<Senders, 'send'>;
}

export function createGiteaPictures({ http, address, senders: { send } }: PicturesDeps): Pictures {
  const path = '/user/avatar';
  const shown = createShownPicture(http, new URL(address).origin);
  return {
    read: ({ avatar_url: url }) => shown.read(url),
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
