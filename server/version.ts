/** Of the API, semantic: its first digit changes with what breaks clients. */
export const version = '1.0.0';
