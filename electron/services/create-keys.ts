import { AppError } from '../../shared/contract/errors.ts';
import type { AppContract } from '../../shared/contract/index.ts';
import type { Handlers } from '../../shared/rpc/define.ts';

export interface Keys {
  readonly handlers: Pick<Handlers<AppContract>, 'apiKey' | 'accessKeys' | 'rotation' | 'clipboard'>;
}

/** Wires together the keys for programs: the API key, access keys and their rotation. */
export function createKeys(): Keys {
  const refuse = (): never => {
    throw new AppError('not-offered');
  };
  return {
    handlers: {
      apiKey: { get: refuse, generate: refuse, rotate: refuse, remove: refuse, reveal: refuse, resume: refuse, copy: refuse, save: refuse, finish: refuse, test: refuse, examples: refuse, copyExample: refuse, setOwnEnd: refuse },
      accessKeys: { list: refuse, create: refuse, resume: refuse, copySecret: refuse, save: refuse, finish: refuse, setActive: refuse, remove: refuse, test: refuse, setOwnEnd: refuse },
      rotation: { get: refuse, beginAccessKey: refuse, beginApiKey: refuse, setPlaces: refuse, renewApiKey: refuse, test: refuse, stopOld: refuse, restartOld: refuse, end: refuse },
      clipboard: { copySecret: refuse },
    },
  };
}
