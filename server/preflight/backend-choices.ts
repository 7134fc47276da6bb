/** Engines that a preflight can be asked to run on; `auto` takes the strongest that is there. */
export const BACKEND_CHOICES = ['auto', 'simulator', 'frr', 'containerlab', 'http'] as const;
export type BackendChoice = (typeof BACKEND_CHOICES)[number];
