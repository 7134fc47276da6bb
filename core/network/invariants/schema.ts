/*
 * What `aegis.yml` may say. One definition serves as type, as check of the file and, printed as JSON Schema, as the
 * editor's completion.
 */
import * as z from 'zod/mini';

const about = z.describe;

const name = z.string().check(z.minLength(1), z.maxLength(200));
const prefix = z.string().check(z.minLength(3), z.maxLength(60), about('A prefix: 10.0.0.0/24, 2001:db8::/32.'));
const vrf = z.optional(name.check(about('VRF; the global table when absent.')));
const port = z.int().check(z.minimum(0), z.maximum(65_535));
const protocol = z.union([name, z.int().check(z.minimum(0), z.maximum(255))]);

const flow = {
  from: name.check(about('A device, or an address of a device or of a subnet that is attached to one.')),
  to: name.check(about('A device or an address.')),
  vrf,
  protocol: z.optional(protocol.check(about('Protocol by name or number; any when absent.'))),
  port: z.optional(port.check(about('Destination port.'))),
};

const route = {
  device: name.check(about('A device of the lab.')),
  prefix,
  vrf,
};
const toNeighbour = {
  ...route,
  to: name.check(about('A BGP neighbour: its device, or its address as configured.')),
};
const devices = z.array(name).check(z.minLength(1), about('Devices whose sessions are meant; all when absent.'));

const kinds = {
  'sessions-established': z
    .strictObject({ devices: z.optional(devices), vrf })
    .check(about('Every configured BGP session with a neighbour in the lab is established.')),
  reachable: z.strictObject(flow).check(about('The traffic arrives on every equal-cost path.')),
  isolated: z.strictObject(flow).check(about('The traffic arrives on no path.')),
  'path-through': z
    .strictObject({ ...flow, node: name.check(about('The device that every path passes.')) })
    .check(about('The traffic arrives, and every path passes the device.')),
  'path-avoids': z
    .strictObject({ ...flow, node: name.check(about('The device that no path passes.')) })
    .check(about('The traffic arrives, and no path passes the device.')),
  'no-loops': z.strictObject({}).check(about('No destination makes packets return to a device that they have left.')),
  redundancy: z.strictObject(flow).check(about('The traffic still arrives when any single link fails.')),
  'prefix-present': z.strictObject(route).check(about('The device has the prefix in its table.')),
  'prefix-absent': z.strictObject(route).check(about('The device does not have the prefix in its table.')),
  'prefix-advertised': z.strictObject(toNeighbour).check(about('The device sends the prefix to the BGP neighbour.')),
  'prefix-not-advertised': z
    .strictObject(toNeighbour)
    .check(about('The device does not send the prefix to the BGP neighbour.')),
} as const;

export type InvariantKind = keyof typeof kinds;
export const KINDS = Object.keys(kinds) as readonly InvariantKind[];

const id = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/), about('A name of its own: letters, digits, dots, dashes.'));

const invariant = z
  .strictObject({
    id,
    description: z.optional(z.string().check(z.minLength(1), z.maxLength(1000), about('What it is for, in words.'))),
    'sessions-established': z.optional(kinds['sessions-established']),
    reachable: z.optional(kinds.reachable),
    isolated: z.optional(kinds.isolated),
    'path-through': z.optional(kinds['path-through']),
    'path-avoids': z.optional(kinds['path-avoids']),
    'no-loops': z.optional(kinds['no-loops']),
    redundancy: z.optional(kinds.redundancy),
    'prefix-present': z.optional(kinds['prefix-present']),
    'prefix-absent': z.optional(kinds['prefix-absent']),
    'prefix-advertised': z.optional(kinds['prefix-advertised']),
    'prefix-not-advertised': z.optional(kinds['prefix-not-advertised']),
  })
  .check(
    z.refine((value) => KINDS.filter((kind) => value[kind] !== undefined).length === 1, {
      message: `An invariant says one thing: give exactly one of ${KINDS.join(', ')}.`,
    }),
  );

const severities = z
  .record(z.string(), z.enum(['P0', 'P1', 'P2']))
  .check(about('Priorities of guard rules here, within what the policy of the site allows.'));

/** `aegis.yml`, in the folder of a lab. */
export const labFileSchema = z.strictObject({
  invariants: z._default(
    z.array(invariant).check(z.maxLength(1000), about('What must hold in the lab, before and after every change.')),
    [],
  ),
  guards: z._default(
    z.strictObject({ severities: z._default(severities, {}) }).check(about('How guard rules are read in this lab.')),
    { severities: {} },
  ),
});

type Readonlyed<T> = { readonly [Key in keyof T]: T[Key] };
export type Flowing = Readonlyed<z.infer<typeof kinds.reachable>>;
type Settings = { readonly [Kind in InvariantKind]: Readonlyed<z.infer<(typeof kinds)[Kind]>> };

/** One invariant, of one kind. */
export type Declaration = {
  readonly [Kind in InvariantKind]: {
    readonly id: string;
    readonly kind: Kind;
    readonly settings: Settings[Kind];
    readonly description?: string;
    /** File and zero-based line of the declaration. */
    readonly file: string;
    readonly line: number;
  };
}[InvariantKind];
