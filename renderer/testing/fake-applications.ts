import type { Application, ApplicationsSnapshot } from '../../shared/contract/applications.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Handlers } from '../../shared/rpc/define.ts';
import type { FakeFrame } from './fake-security.ts';
import { nextSequence } from './next-sequence.ts';

export const applicationsContract = { applications: contract.applications };

type ApplicationsFrame = Pick<FakeFrame, 'answer'> & {
  emit(channel: 'applications.changed', payload: ApplicationsSnapshot): void;
};

export const sampleApplications: readonly Application[] = [
  {
    ...{ id: 'calendar', name: 'Team calendar', description: 'Meetings of everybody', site: 'calendar.example' },
    grants: ['User profile', 'Email address'],
    ...{ grantedAt: '2026-01-12T08:00:00.000Z', isInUse: true, hasOfflineAccess: false },
    ...{ isThisApp: false, canWithdraw: true },
  },
  {
    ...{ id: 'backup', name: 'Night backup', description: '', site: null, grants: [] },
    ...{ grantedAt: null, isInUse: false, hasOfflineAccess: true, isThisApp: false, canWithdraw: true },
  },
  {
    ...{ id: 'portal', name: 'Staff portal', description: '', site: 'portal.example', grants: [] },
    ...{ grantedAt: null, isInUse: true, hasOfflineAccess: false, isThisApp: false, canWithdraw: false },
  },
  {
    ...{ id: 'profile-desk', name: 'Profile Desk', description: '', site: null, grants: [] },
    ...{ grantedAt: null, isInUse: true, hasOfflineAccess: false, isThisApp: true, canWithdraw: false },
  },
];

/** Applications with access as the screens see them. */
export class FakeApplications {
  applications: readonly Application[] = sampleApplications;
  takenAt = new Date().toISOString();
  readonly #frame: ApplicationsFrame;

  constructor(frame: ApplicationsFrame) {
    this.#frame = frame;
  }

  snapshotOf(
    accountId: string,
    source: ApplicationsSnapshot['source'] = 'provider',
    sequence = nextSequence(),
  ): ApplicationsSnapshot {
    return { accountId, source, takenAt: this.takenAt, sequence, applications: [...this.applications] };
  }

  readonly handlers: Handlers<typeof applicationsContract> = {
    applications: {
      list: (input) => {
        const sequence = input.from === 'cache' ? 0 : nextSequence();
        return this.#frame.answer(`applications.list ${input.from}`, input, () =>
          this.snapshotOf(input.accountId, input.from, sequence),
        );
      },
      withdraw: (input) =>
        this.#frame.answer('applications.withdraw', input, () => {
          this.applications = this.applications.filter(({ id }) => id !== input.applicationId);
          const snapshot = this.snapshotOf(input.accountId);
          this.#frame.emit('applications.changed', snapshot);
          return snapshot;
        }),
    },
  };
}
