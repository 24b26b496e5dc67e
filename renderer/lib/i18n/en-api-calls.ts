/** Texts of what tells of the API, which load when somebody asks. */
export const enApiCalls = {
  apiCalls: {
    panelTitle: 'Do this with the API',
    panelBody: 'What “{page}” shows and changes, as calls of {provider} at {address}.',
    none: '{provider} has no call that does what this page does.',
    failedTitle: 'The calls cannot be shown now',
    loading: 'Reading the description of the calls',
    copyCurl: 'Copy as a curl command: {operation}',
    copied: 'Copied',
    copyFailed: 'This could not be copied. Select the text and copy it by hand.',
    tokenNote: 'A copied command takes its token from the variable TOKEN; no secret is copied.',
    previewLoading: 'Preparing the request',
    previewFailed: 'The request cannot be shown now. {reason}',
    previewNote: 'This is what will be sent. Secrets and one-time values are hidden. Nothing has been sent.',
  },
};
