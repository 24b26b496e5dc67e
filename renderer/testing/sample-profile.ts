import type { FieldAccess, ProfileSnapshot } from '../../shared/contract/profile.ts';
import { nextSequence } from './next-sequence.ts';

const editable: FieldAccess = { kind: 'editable' };
const providerSets: FieldAccess = { kind: 'set-by-provider' };

/** A person at a provider that locks the role (a permission) and the company (always). */
export function sampleProfile(connectionId: string): ProfileSnapshot {
  return {
    connectionId,
    source: 'provider',
    takenAt: '2026-03-01T09:30:00.000Z',
    sequence: nextSequence(),
    sections: {
      user: {
        revision: 'u1',
        values: {
          firstName: 'Mara',
          lastName: 'Lindqvist',
          username: 'mara.lindqvist',
          role: 'Administrator',
          company: 'Nordlicht Storage',
          registeredAt: '2023-01-22T08:00:00.000Z',
        },
        access: {
          firstName: editable,
          lastName: editable,
          username: editable,
          role: { kind: 'needs-permission', permission: 'Role Change' },
          company: providerSets,
          registeredAt: providerSets,
        },
      },
      contact: {
        revision: 'c1',
        values: {
          email: 'mara@nordlicht.example',
          phone: '+46 8 123 456 78',
          addressLine1: 'Skeppsbron 24',
          addressLine2: '3rd floor',
          city: 'Stockholm',
          state: '',
          postalCode: '111 30',
          country: 'SE',
        },
        access: {
          email: editable,
          phone: editable,
          addressLine1: editable,
          addressLine2: editable,
          city: editable,
          state: editable,
          postalCode: editable,
          country: editable,
        },
      },
      avatar: { revision: 'a1', values: { image: null }, access: { image: editable } },
    },
  };
}
