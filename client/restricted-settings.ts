/**
 * Settings that name paths, references or people: a workspace that is not trusted does not set them. The manifest lists
 * the same ones (`restrictedConfigurations`); a test holds the two against each other.
 */
export const restrictedSettings = [
  'baseline',
  'evidenceFolder',
  'keyFolder',
  'trustedKeys',
  'operator',
  'backend',
] as const;
