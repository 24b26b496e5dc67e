import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import { toSegment, type SignedSender } from '../signed-sender.ts';

const remotePlugInsSchema = z
  .array(z.object({ module: z.string().max(200), name: z.string().min(1).max(200) }))
  .max(1_000);

const remoteRegisterSchema = z.object({
  'update-email': z.boolean().optional(),
  'reset-credentials': z.object({ code: z.boolean().optional() }).optional(),
});

/** Plug-ins by what they are for: the first part of their paths; undefined where none does it. */
export interface PlugIns {
  /** A new e-mail address counts once a link that was sent there was opened. */
  readonly email: string | undefined;
  readonly recoveryCodes: string | undefined;
}

/** Plug-ins of one kind that are asked; nobody needs several. */
const maxAsked = 5;

/** Any session may ask. */
export async function readPlugIns(send: SignedSender): Promise<PlugIns> {
  const { body } = await send({ method: 'GET', path: '/profile/plugin', schema: remotePlugInsSchema });
  const names = body.filter(({ module }) => module === 'register').map(({ name }) => name);
  const all = await Promise.all(names.slice(0, maxAsked).map((name) => readRegister(send, name)));
  return {
    email: all.find(({ config }) => config['update-email'] === true)?.path,
    recoveryCodes: all.find(({ config }) => config['reset-credentials']?.code === true)?.path,
  };
}

async function readRegister(send: SignedSender, name: string) {
  const path = `/${toSegment(name)}`;
  try {
    const { body } = await send({ method: 'GET', path: `${path}/config`, schema: remoteRegisterSchema });
    return { path, config: body };
  } catch (error) {
    // One that is switched off: then it does nothing.
    if (error instanceof AppError && error.code === 'not-offered') return { path, config: {} as const };
    throw error;
  }
}
