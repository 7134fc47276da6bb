/*
 * The picture as SVG: by itself a file of the evidence, and inline in a page of the editor. Colours come from variables
 * of the page where it has them; every state is also written in words and drawn as a stroke of its own.
 */
import { type Picture, type PlacedDevice, type PlacedLine, type Point, placePicture, type Topology } from './layout.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const STYLE = `
.aegis-topology { font-family: var(--vscode-font-family, "IBM Plex Sans", system-ui, sans-serif); }
.aegis-topology .device rect { fill: var(--vscode-editor-background, #ffffff); stroke: var(--vscode-foreground, #424a53); stroke-width: 1; }
.aegis-topology .device.configured rect { stroke: var(--vscode-charts-blue, #0550ae); stroke-width: 3; }
.aegis-topology .device.affected rect { stroke: var(--vscode-editorWarning-foreground, #9a4b00); stroke-width: 2; stroke-dasharray: 5 3; }
.aegis-topology .device:focus { outline: none; }
.aegis-topology .device:focus rect { stroke: var(--vscode-focusBorder, #0550ae); stroke-width: 4; }
.aegis-topology text { fill: var(--vscode-editor-foreground, #1f2328); font-size: 12px; text-anchor: middle; }
.aegis-topology .name { font-weight: 600; font-size: 13px; }
.aegis-topology .line path { fill: none; stroke: var(--vscode-descriptionForeground, #6e7781); stroke-width: 1.2; }
.aegis-topology .line.lost path { stroke: var(--vscode-charts-red, #a40e26); stroke-width: 3; stroke-dasharray: 3 4; }
.aegis-topology .line.removed path, .aegis-topology .line.down path { stroke: var(--vscode-charts-red, #a40e26); stroke-width: 2; stroke-dasharray: 8 4; }
.aegis-topology .line.added path, .aegis-topology .line.established path { stroke: var(--vscode-charts-green, #116329); stroke-width: 3; }
.aegis-topology .label rect { fill: var(--vscode-editor-background, #ffffff); }
.aegis-topology .label text { font-size: 11px; font-weight: 600; }
`;

const path = ({ points }: PlacedLine): string => {
  const [first, ...others] = points;
  return first ? `M${first.x} ${first.y}${others.map(({ x, y }) => `L${x} ${y}`).join('')}` : '';
};

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

const LABEL_HEIGHT = 18;
const widthOf = (label: string): number => label.length * 6.6 + 8;

/** Parts of the way at which a label may lie: two thirds at first, since lines that cross do so in the middle. */
const LABEL_PLACES = [2 / 3, 0.5, 1 / 3, 0.6, 0.4, 0.75, 0.25];

const touch = (a: Box, b: Box): boolean =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;

/** The point at a part of a way's length. */
function pointAt(points: readonly Point[], part: number): Point | undefined {
  const steps = points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    return { from, to, length: Math.hypot(to.x - from.x, to.y - from.y) };
  });
  let left = part * steps.reduce((sum, { length }) => sum + length, 0);
  for (const { from, to, length } of steps) {
    if (left <= length && length > 0) {
      const at = (a: number, b: number): number => Math.round(a + ((b - a) * left) / length);
      return { x: at(from.x, to.x), y: at(from.y, to.y) };
    }
    left -= length;
  }
  return points.at(-1);
}

/** The labels of all lines: each where it covers no device and no other label, as far as there is such a place. */
function placeLabels({ lines, devices }: Picture): readonly (Box & { readonly text: string })[] {
  const placed: (Box & { readonly text: string })[] = [];
  for (const { label, points } of lines) {
    if (label === '') continue;
    const boxes = LABEL_PLACES.flatMap((part) => {
      const point = pointAt(points, part);
      return point ? [{ ...point, width: widthOf(label), height: LABEL_HEIGHT, text: label }] : [];
    });
    const free = boxes.find((box) => ![...devices, ...placed].some((other) => touch(box, other))) ?? boxes[0];
    if (free) placed.push(free);
  }
  return placed;
}

function lineSvg(line: PlacedLine): string {
  const said = [...line.links, line.label].filter((part) => part !== '').join('; ');
  const title = `<title>${escaped(said === '' ? `${line.a} – ${line.b}` : said)}</title>`;
  return `<g class="line ${line.state}">${title}<path d="${path(line)}"/></g>`;
}

/** Labels lie above all lines. */
function labelSvg({ x, y, width, height, text }: Box & { readonly text: string }): string {
  const box = `<rect x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" rx="3"/>`;
  return `<g class="label" aria-hidden="true">${box}<text x="${x}" y="${y + 4}">${escaped(text)}</text></g>`;
}

function deviceSvg({ device, note, x, y, width, height }: PlacedDevice): string {
  const name = escaped(device.name);
  const label = escaped([device.name, device.system, note].filter((part) => part !== '').join(', '));
  const first = note === '' ? y - 1 : y - 9;
  const rows = [
    `<text class="name" x="${x}" y="${first}">${name}</text>`,
    `<text x="${x}" y="${first + 14}">${escaped(device.system)}</text>`,
    ...(note === '' ? [] : [`<text x="${x}" y="${first + 28}">${escaped(note)}</text>`]),
  ];
  const box = `<rect x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" rx="5"/>`;
  return `<g class="device ${device.change}" data-device="${name}" tabindex="0" role="button" aria-label="${label}">${box}${rows.join('')}</g>`;
}

/** What the picture shows, for who cannot see it. */
export const describePicture = (topology: Topology): string => description(placePicture(topology));

function description({ devices, lines }: Picture): string {
  const changed = devices.filter(({ note }) => note !== '').map(({ device, note }) => `${device.name} (${note})`);
  const told = lines.filter(({ label }) => label !== '').map(({ a, b, label }) => `${a} – ${b}: ${label}`);
  return [
    `${devices.length} devices and ${lines.length} lines between them.`,
    changed.length === 0 ? 'No device is touched by the change.' : `Touched: ${changed.join(', ')}.`,
    ...(told.length === 0 ? [] : [`Sessions: ${told.join('; ')}.`]),
  ].join(' ');
}

/** The picture of a lab with what a change does to it. The same topology gives the same text. */
export function topologySvg(topology: Topology, title: string): string {
  const picture = placePicture(topology);
  const { width, height } = picture;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="aegis-topology" role="group" aria-labelledby="topology-title topology-description" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title id="topology-title">${escaped(title)}</title>`,
    `<desc id="topology-description">${escaped(description(picture))}</desc>`,
    `<style>${STYLE}</style>`,
    // What changes lies above what stays.
    ...picture.lines.filter(({ label }) => label === '').map(lineSvg),
    ...picture.lines.filter(({ label }) => label !== '').map(lineSvg),
    ...placeLabels(picture).map(labelSvg),
    ...picture.devices.map(deviceSvg),
    '</svg>',
    '',
  ].join('\n');
}
