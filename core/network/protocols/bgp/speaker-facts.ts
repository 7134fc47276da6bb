import type { Speaker } from './model.ts';

/** Whether two speakers, of two computations, decide and offer alike: everything about them but whom they talk to. */
export const isAlike = (a: Speaker, b: Speaker): boolean =>
  a === b ||
  (a.table.node === b.table.node &&
    a.table.vrf === b.table.vrf &&
    a.table.behaviour === b.table.behaviour &&
    a.asn === b.asn &&
    a.processName === b.processName &&
    a.routerId === b.routerId &&
    a.clusterId === b.clusterId &&
    (a.table.device === b.table.device || factsOf(a) === factsOf(b)));

/** Settings of the process and its families, without lines; neighbours and what the process brings in are asked elsewhere. */
function factsOf({ process, confederation }: Speaker): string {
  const families = [...process.families].map(([family, settings]) => {
    const { networks, redistribute, ...others } = settings;
    const backdoors = networks.filter(({ backdoor }) => backdoor).map(({ prefix }) => prefix);
    return [family, others, backdoors];
  });
  const members = confederation && [confederation.identifier, ...confederation.members];
  return JSON.stringify([process.options, families, members], (key, value: unknown) => {
    if (key === 'span') return undefined;
    return value instanceof Map || value instanceof Set ? [...value] : value;
  });
}
