import { userSchema, contactSchema, type FieldAccess, type ProfileSnapshot } from '../../shared/contract/profile.ts';

const editable: FieldAccess = { kind: 'editable' };

function accessTo<K extends string>(fields: Readonly<Record<K, unknown>>): Record<K, FieldAccess> {
  return Object.fromEntries(Object.keys(fields).map((field) => [field, editable])) as Record<K, FieldAccess>;
}

/** A profile of usual size; `pictureBytes` of random-looking picture, or none. */
export function makeProfileSample(pictureBytes = 0): ProfileSnapshot {
  const image = pictureBytes > 0 ? `data:image/png;base64,${Buffer.alloc(pictureBytes, 'picture').toString('base64')}` : null;
  return {
    connectionId: 'connection-1',
    source: 'provider',
    takenAt: '2026-11-21T08:00:00.000Z',
    sections: {
      user: {
        values: {
          firstName: 'Grace',
          lastName: 'Hopper',
          username: 'ghopper',
          role: 'Account administrator',
          company: 'Northwind Storage',
          registeredAt: '2021-03-14T09:26:53.000Z',
        },
        access: accessTo(userSchema.shape),
        revision: '"42"',
      },
      contact: {
        values: {
          email: 'grace.hopper@example.com',
          phone: '+1 212 555 0142',
          addressLine1: '11 Wall Street',
          addressLine2: 'Floor 3',
          city: 'New York',
          state: 'NY',
          postalCode: '10005',
          country: 'US',
        },
        access: accessTo(contactSchema.shape),
        revision: '"17"',
      },
      avatar: { values: { image }, access: { image: editable }, revision: '"3"' },
    },
  };
}
