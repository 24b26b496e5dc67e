/** Written and removed again and again; the others are only written. */
export const removedName = 'comes-and-goes.sealed';
export const documentNames = ['profile-1.sealed', 'connections.sealed', removedName];
