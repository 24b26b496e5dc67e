import type * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { HttpAnswer } from '../../../http/http-client.ts';
import { toSegment, type SignedSender } from '../../signed-sender.ts';
import { remoteFlowSchema, type RemoteFlow } from './flow.ts';

/** What is filled in: `method` names the part of the form. */
export type Filled = Readonly<Record<string, unknown>>;

/** Sends where a token may go along, or none. */
export type FormSender = SignedSender;

/** A path below `/self-service`, and what it is opened with. */
export interface FormPlace {
  readonly form: 'login' | 'settings' | 'recovery';
  /** Of the opening alone, with its question mark. */
  readonly query?: string;
}

/** A form that is new and empty. Errors: those of the sender. */
export async function openForm<S extends z.ZodType = typeof remoteFlowSchema>(
  send: FormSender,
  { form, query = '' }: FormPlace,
  schema?: S,
): Promise<z.infer<S>> {
  const request = { path: `/self-service/${form}/api${query}`, schema: schema ?? remoteFlowSchema };
  return (await send({ ...request, method: 'GET' })).body as z.infer<S>;
}

export async function sendForm<S extends z.ZodType>(
  send: FormSender,
  form: FormPlace['form'],
  id: string,
  filled: Filled,
  schema: S,
): Promise<HttpAnswer<z.infer<S>>> {
  return send({ method: 'POST', path: `/self-service/${form}?flow=${toSegment(id)}`, body: filled, schema });
}

/**
 * Opens a form and sends it at once, so that it is never too old; where it is all the same, once more with what was
 * filled in. `fill` sees the form first. Errors: those of the sender.
 */
export async function fillIn<S extends z.ZodType>(
  send: FormSender,
  place: FormPlace,
  fill: (flow: RemoteFlow) => Filled,
  schema: S,
): Promise<z.infer<S>> {
  const attempt = async () => {
    const flow = await openForm(send, place);
    return (await sendForm(send, place.form, flow.id, fill(flow), schema)).body;
  };
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
    return attempt();
  }
}
