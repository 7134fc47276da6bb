/** Engines that a preflight can be asked to run on; `auto` takes the strongest that is there. */
export const BACKEND_CHOICES = ['auto', 'simulator', 'frr', 'containerlab', 'http'] as const;
/** Those that the editor offers: a tool elsewhere needs an address, which the command line takes. */
export const EDITOR_BACKENDS = ['auto', 'simulator', 'frr', 'containerlab'] as const;
export type BackendChoice = (typeof BACKEND_CHOICES)[number];
