/** The day of a moment by the clocks of this computer, as `YYYY-MM-DD`: as the screens tell it. */
export function localDay(instant: string | number): string {
  const date = new Date(instant);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}
