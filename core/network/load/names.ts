/** Names that some systems keep for devices: no file can have them. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Whether a lab's or a device's name is safe as a file name on every system, in a shell and on screen. */
export const isSafeName = (name: string): boolean =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name) && !name.endsWith('.') && !RESERVED.test(name);
