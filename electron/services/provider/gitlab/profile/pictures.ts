import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { toMultipart } from '../../../http/multipart.ts';
import type { Senders } from '../http/senders.ts';

/** Bytes: more is refused. */
const maxPicture = 200 * 1_024;

/** Writes the person's picture, a data URL. Errors: AppError not-offered before 17.0, and for taking it away. */
export async function writePicture({ send }: Pick<Senders, 'send'>, image: string | null): Promise<void> {
  // Only a page takes one away.
  if (image === null) throw new AppError('not-offered');
  const [, type = 'image/png', data = ''] = /^data:(image\/[a-z]{1,10});base64,(.*)$/.exec(image) ?? [];
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > maxPicture) throw new AppError('invalid-request', { reason: 'image-not-readable' });
  const fileName = `avatar.${type.replace('image/', '')}`;
  const upload = toMultipart({ name: 'avatar', fileName, type, bytes });
  await send({ method: 'PUT', path: '/user/avatar', upload, schema: z.unknown() });
}
