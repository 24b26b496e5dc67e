/** Whether a field of one line leaves something out of what is pasted: it drops line breaks without a word. */
export function hasPastedLineBreak({ clipboardData }: ClipboardEvent): boolean {
  return /[\r\n]/.test(clipboardData?.getData('text') ?? '');
}
