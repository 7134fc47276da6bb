/* The files beside `configs/` in a Batfish snapshot folder, read as Batfish documents them. */
import * as z from 'zod/mini';
import type { InterfaceRuntime } from '../snapshot.ts';
import { unusable } from './unusable.ts';

const endpoint = z.object({ hostname: z.string(), interfaceName: z.string() });
const layer1 = z.object({ edges: z.array(z.object({ node1: endpoint, node2: endpoint })) });
const rate = z.optional(z.nullable(z.number()));
const runtime = z.object({
  runtimeData: z.record(
    z.string(),
    z.object({
      interfaces: z.optional(
        z.record(z.string(), z.object({ lineUp: z.optional(z.nullable(z.boolean())), bandwidth: rate, speed: rate })),
      ),
    }),
  ),
});

export interface Layer1Edge {
  readonly a: { readonly node: string; readonly interface: string };
  readonly b: { readonly node: string; readonly interface: string };
}

/** Edges of layer1_topology.json, each link once although the file may name both directions. */
export function readLayer1(text: string, file: string): readonly Layer1Edge[] {
  const edges = new Map<string, Layer1Edge>();
  for (const { node1, node2 } of readJson(layer1, text, file).edges) {
    const [a, b] = [node1, node2].map(({ hostname, interfaceName }) => ({ node: hostname, interface: interfaceName }));
    if (!a || !b) continue;
    const key = [a, b].map((end) => `${end.node}\n${end.interface}`.toLowerCase()).sort();
    if (!edges.has(key.join('\n'))) edges.set(key.join('\n'), { a, b });
  }
  return [...edges.values()];
}

/** runtime_data.json: hostname -> interface -> what the device showed. */
export function readRuntime(text: string, file: string): ReadonlyMap<string, ReadonlyMap<string, InterfaceRuntime>> {
  const devices = Object.entries(readJson(runtime, text, file).runtimeData);
  return new Map(
    devices.map(([hostname, { interfaces }]) => [
      hostname,
      new Map(
        Object.entries(interfaces ?? {}).map(([name, { lineUp, bandwidth, speed }]): [string, InterfaceRuntime] => [
          name,
          {
            ...(typeof lineUp === 'boolean' && { lineUp }),
            ...(typeof bandwidth === 'number' && { bandwidthBps: bandwidth }),
            ...(typeof speed === 'number' && { speedBps: speed }),
          },
        ]),
      ),
    ]),
  );
}

export function readJson<T extends z.ZodMiniType>(schema: T, text: string, file: string): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unusable(
      file,
      `Not valid JSON: ${error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error)}`,
    );
  }
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  throw unusable(file, `Not in Batfish's form${where}: ${issue?.message ?? 'unexpected value'}.`);
}
