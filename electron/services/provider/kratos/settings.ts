import { AppError } from '../../../../shared/contract/errors.ts';

import { remoteFlowSchema, type RemoteFlow } from './flows/flow.ts';
import { fillIn, openForm, sendForm, type Filled } from './flows/forms.ts';
import type { FieldOf } from './flows/problem.ts';
import type { Senders } from './senders.ts';

/** The one form with all that a person may change, in parts. What a part holds tells how things stand. */
export interface Settings {
  /** Errors: AppError reauth-required, where a second factor is missing first. */
  read(): Promise<RemoteFlow>;
  /** As `read`; undefined where a second factor is missing first. */
  readIfOpen(): Promise<RemoteFlow | undefined>;
  /** In a form of its own; gives it as it is then. Errors: AppError reauth-required, and what the form says. */
  change(filled: Filled, fieldOf?: FieldOf): Promise<RemoteFlow>;
  /** The next step in a form that is open. Errors: as `change`; not-found, once it is too old. */
  goOn(id: string, filled: Filled): Promise<RemoteFlow>;
}

export function createSettings(senders: Pick<Senders, 'form' | 'session'>): Settings {
  const read = () => openForm(senders.session, { form: 'settings' });
  return {
    read,
    async readIfOpen() {
      try {
        return await read();
      } catch (error) {
        if (error instanceof AppError && error.code === 'reauth-required') return undefined;
        throw error;
      }
    },
    change: (filled, fieldOf) => fillIn(senders.form(fieldOf), { form: 'settings' }, () => filled, remoteFlowSchema),
    goOn: async (id, filled) => (await sendForm(senders.form(), 'settings', id, filled, remoteFlowSchema)).body,
  };
}
