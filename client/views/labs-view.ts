import {
  type Disposable,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from 'vscode';
import { type DeviceDiff, type Lab, type LabDevice, LabsRequest, type LabsResult } from '../../server/protocol.ts';
import { countsSigns, countsText, devicesText } from '../counts.ts';
import type { Server } from '../server.ts';
import { sameUri, toUri } from '../uris.ts';

/** A row of the tree "Labs". */
export type LabsRow =
  | { readonly kind: 'lab'; readonly lab: Lab }
  | { readonly kind: 'device'; readonly lab: Lab; readonly device: LabDevice }
  | { readonly kind: 'problem'; readonly lab: Lab; readonly text: string };

const formats = { containerlab: 'containerlab', batfish: l10n.t('Batfish snapshot') } as const;

/** The tree of labs and their devices, and the list of labs that commands choose from. */
export class LabsView implements TreeDataProvider<LabsRow>, Disposable {
  readonly #server: Server;
  readonly #changed = new EventEmitter<LabsRow | undefined>();
  readonly #read = new EventEmitter<LabsResult>();
  readonly #view: TreeView<LabsRow>;
  readonly #subscription: Disposable;
  #labs: LabsResult = [];
  /** Differences of the last state diff, by lab. */
  readonly #differences = new Map<string, readonly DeviceDiff[]>();

  readonly onDidChangeTreeData = this.#changed.event;
  /** The labs were read anew. */
  readonly onDidRead = this.#read.event;

  constructor(server: Server) {
    this.#server = server;
    this.#view = window.createTreeView('aegis.labs', { treeDataProvider: this, showCollapseAll: true });
    this.#subscription = server.onLabsChanged(() => void this.read().catch((error: unknown) => server.warn(error)));
  }

  /** Asks the server for the labs. Throws when it does not answer. */
  async read(): Promise<LabsResult> {
    this.#labs = await this.#server.request<LabsResult>(LabsRequest);
    this.#changed.fire(undefined);
    this.#read.fire(this.#labs);
    return this.#labs;
  }

  nameOf(lab: string): string {
    return this.#labs.find(({ id }) => id === lab)?.name ?? lab.split('/').at(-1) ?? lab;
  }

  /** Shows the counts of a state diff at the devices of its lab. */
  showDifferences(lab: string, differences: readonly DeviceDiff[]): void {
    this.#differences.set(lab, differences);
    this.#changed.fire(undefined);
  }

  getChildren(row?: LabsRow): LabsRow[] {
    if (row === undefined) return this.#labs.map((lab) => ({ kind: 'lab', lab }));
    if (row.kind !== 'lab') return [];
    const { lab } = row;
    return [
      ...lab.problems.map((text): LabsRow => ({ kind: 'problem', lab, text })),
      ...lab.devices.map((device): LabsRow => ({ kind: 'device', lab, device })),
    ];
  }

  getTreeItem(row: LabsRow): TreeItem {
    if (row.kind === 'lab') return labItem(row.lab);
    if (row.kind === 'problem') return problemItem(row.lab, row.text);
    const difference = this.#differences.get(row.lab.id)?.find(({ uri }) => sameUri(uri, row.device.uri));
    return deviceItem(row.lab, row.device, difference);
  }

  dispose(): void {
    for (const one of [this.#subscription, this.#view, this.#changed, this.#read]) one.dispose();
  }
}

function labItem(lab: Lab): TreeItem {
  const item = new TreeItem(lab.name, TreeItemCollapsibleState.Expanded);
  const changed = lab.devices.filter((device) => device.changed).length;
  const said = devicesText(lab.devices.length, changed);
  item.id = lab.id;
  item.description = said;
  item.tooltip = `${lab.name}: ${formats[lab.format]}, ${said}\n${toUri(lab.uri).fsPath}`;
  item.iconPath = new ThemeIcon('type-hierarchy');
  item.contextValue = 'lab';
  return item;
}

function deviceItem(lab: Lab, device: LabDevice, difference: DeviceDiff | undefined): TreeItem {
  const item = new TreeItem(device.name, TreeItemCollapsibleState.None);
  const changed = device.changed ? [l10n.t('changed')] : [];
  const words = [device.title, ...changed, ...(difference === undefined ? [] : [countsText(difference)])];
  item.id = `${lab.id} ${device.name}`;
  // What the change does comes first: the row may be too narrow for the rest.
  item.description = [...(difference === undefined ? [] : [countsSigns(difference)]), ...changed, device.title].join(
    ', ',
  );
  item.tooltip = `${device.name}: ${words.join(', ')}\n${toUri(device.uri).fsPath}`;
  item.iconPath = device.changed
    ? new ThemeIcon('diff-modified', new ThemeColor('gitDecoration.modifiedResourceForeground'))
    : new ThemeIcon('server');
  item.contextValue = 'device';
  item.command = { command: 'vscode.open', title: l10n.t('Open Configuration'), arguments: [toUri(device.uri)] };
  return item;
}

function problemItem(lab: Lab, text: string): TreeItem {
  const item = new TreeItem(text, TreeItemCollapsibleState.None);
  item.id = `${lab.id} problem ${text}`;
  item.tooltip = text;
  item.iconPath = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  item.contextValue = 'problem';
  item.command = { command: 'vscode.open', title: l10n.t('Open Lab'), arguments: [toUri(lab.uri)] };
  return item;
}
