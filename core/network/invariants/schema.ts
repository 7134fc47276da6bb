/*
 * What `aegis.yml` may say. One definition serves as type, as check of the file and, printed as JSON Schema, as the
 * editor's completion.
 */
import * as z from 'zod';

const name = z.string().min(1).max(200);
const prefix = z.string().min(3).max(60).describe('A prefix: 10.0.0.0/24, 2001:db8::/32.');
const vrf = name.describe('VRF; the global table when absent.').optional();
const port = z.int().min(0).max(65_535);

const flow = {
  from: name.describe('A device, or an address of a device or of a subnet that is attached to one.'),
  to: name.describe('A device or an address.'),
  vrf,
  protocol: z
    .union([name, z.int().min(0).max(255)])
    .describe('Protocol by name or number; any when absent.')
    .optional(),
  port: port.describe('Destination port.').optional(),
};

const route = {
  device: name.describe('A device of the lab.'),
  prefix,
  vrf,
};

const kinds = {
  'sessions-established': z
    .strictObject({
      devices: z.array(name).min(1).describe('Devices whose sessions are meant; all when absent.').optional(),
      vrf,
    })
    .describe('Every configured BGP session with a neighbour in the lab is established.'),
  reachable: z.strictObject(flow).describe('The traffic arrives on every equal-cost path.'),
  isolated: z.strictObject(flow).describe('The traffic arrives on no path.'),
  'path-through': z
    .strictObject({ ...flow, node: name.describe('The device that every path passes.') })
    .describe('The traffic arrives, and every path passes the device.'),
  'path-avoids': z
    .strictObject({ ...flow, node: name.describe('The device that no path passes.') })
    .describe('The traffic arrives, and no path passes the device.'),
  'no-loops': z.strictObject({}).describe('No destination makes packets return to a device that they have left.'),
  redundancy: z.strictObject(flow).describe('The traffic still arrives when any single link fails.'),
  'prefix-present': z.strictObject(route).describe('The device has the prefix in its table.'),
  'prefix-absent': z.strictObject(route).describe('The device does not have the prefix in its table.'),
  'prefix-advertised': z
    .strictObject({ ...route, to: name.describe('A BGP neighbour: its device, or its address as configured.') })
    .describe('The device sends the prefix to the BGP neighbour.'),
  'prefix-not-advertised': z
    .strictObject({ ...route, to: name.describe('A BGP neighbour: its device, or its address as configured.') })
    .describe('The device does not send the prefix to the BGP neighbour.'),
} as const;

export type InvariantKind = keyof typeof kinds;
export const KINDS = Object.keys(kinds) as readonly InvariantKind[];

const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
  .describe('A name of its own: letters, digits, dots, dashes.');

const invariant = z
  .strictObject({
    id,
    description: z.string().min(1).max(1000).describe('What it is for, in words.').optional(),
    'sessions-established': kinds['sessions-established'].optional(),
    reachable: kinds.reachable.optional(),
    isolated: kinds.isolated.optional(),
    'path-through': kinds['path-through'].optional(),
    'path-avoids': kinds['path-avoids'].optional(),
    'no-loops': kinds['no-loops'].optional(),
    redundancy: kinds.redundancy.optional(),
    'prefix-present': kinds['prefix-present'].optional(),
    'prefix-absent': kinds['prefix-absent'].optional(),
    'prefix-advertised': kinds['prefix-advertised'].optional(),
    'prefix-not-advertised': kinds['prefix-not-advertised'].optional(),
  })
  .refine((value) => KINDS.filter((kind) => value[kind] !== undefined).length === 1, {
    message: `An invariant says one thing: give exactly one of ${KINDS.join(', ')}.`,
  });

/** `aegis.yml`, in the folder of a lab. */
export const labFileSchema = z.strictObject({
  invariants: z
    .array(invariant)
    .max(1000)
    .describe('What must hold in the lab, before and after every change.')
    .default([]),
  guards: z
    .strictObject({
      severities: z
        .record(z.string(), z.enum(['P0', 'P1', 'P2']))
        .describe('Priorities of guard rules here, within what the policy of the site allows.')
        .default({}),
    })
    .describe('How guard rules are read in this lab.')
    .default({ severities: {} }),
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

/** The JSON Schema of `aegis.yml` (draft 2020-12). */
export const labFileJsonSchema = (): unknown => ({
  ...z.toJSONSchema(labFileSchema, { io: 'input' }),
  title: 'aegis.yml: what must hold in a lab',
});
