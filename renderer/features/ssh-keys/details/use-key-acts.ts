import { computed, shallowReadonly, shallowRef } from 'vue';
import { useReauthStore, type ReauthAct } from '../../../account/reauth.store.ts';
import { errorText } from '../../../lib/errors/error-text.ts';
import { t } from '../../../lib/i18n/text.ts';
import { useAttempt } from '../../../lib/use-attempt.ts';
import { useSshKeysStore } from '../ssh-keys.store.ts';

/** What is done with one key at the press of a button, and what came of it, in words. */
export function useKeyActs(keyId: () => string, provider: () => string) {
  const store = useSshKeysStore();
  const reauth = useReauthStore();
  const { isBusy, error, attempt, clear } = useAttempt();
  const done = shallowRef<string>();

  function say(text: string | undefined): void {
    clear();
    done.value = text;
  }

  async function run(act: () => Promise<unknown>, called: ReauthAct, text: string): Promise<void> {
    done.value = undefined;
    if (await attempt(() => reauth.run(act, called))) done.value = text;
  }

  return {
    isBusy,
    problem: computed(() => error.value && t('sshKeys.actFailed', { reason: errorText(error.value) })),
    done: shallowReadonly(done),
    say,
    verify: () => run(() => store.verify(keyId()), 'verifySshKey', t('sshKeys.verifyDone', { provider: provider() })),
    removeFromAgent: () => run(() => store.removeFromAgent(keyId()), 'takeFromAgent', t('sshKeys.agentRemoved')),
  };
}

export type KeyActs = ReturnType<typeof useKeyActs>;
