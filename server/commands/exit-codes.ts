/** What a command says by its exit status. */
export const exitCodes = {
  /** Ready, or nothing of error severity. */
  fine: 0,
  /** Blocked, or findings of error severity. */
  blocked: 1,
  /** The input cannot be used; one line on standard error says why, and nothing was written. */
  unusable: 2,
  needsApproval: 3,
} as const;
