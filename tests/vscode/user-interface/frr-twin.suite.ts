import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { findFrr } from '../../../core/backends/frr/index.ts';
import { startCodeServer } from '../harness/code-server.ts';
import { packagedExtension } from '../harness/paths.ts';
import { pictureOfFailure } from '../harness/picture-of-failure.ts';
import { sharedSession } from '../harness/session.ts';
import { Workbench } from '../harness/workbench.ts';
import { textWorkspace } from '../harness/workspace.ts';

const router = (own: number, other: number): string => `hostname r${own}
interface lo
 ip address 10.0.0.${own}/32
exit
interface eth1
 ip address 192.0.2.${own}/24
exit
router bgp 6500${own}
 bgp router-id 10.0.0.${own}
 neighbor 192.0.2.${other} remote-as 6500${other}
 neighbor 192.0.2.${other} description r${other}
 address-family ipv4 unicast
  network 10.0.0.${own}/32
  neighbor 192.0.2.${other} route-map LOOPBACKS in
  neighbor 192.0.2.${other} route-map LOOPBACKS out
  neighbor 192.0.2.${other} maximum-prefix 10
 exit-address-family
exit
ip prefix-list LOOPBACKS seq 5 permit 10.0.0.0/24 ge 32
route-map LOOPBACKS permit 10
 match ip address prefix-list LOOPBACKS
exit
`;
const TOPOLOGY = `name: pair
topology:
  nodes:
    r1: {kind: linux, image: frr, startup-config: routers/r1.cfg}
    r2: {kind: linux, image: frr, startup-config: routers/r2.cfg}
  links:
    - endpoints: ["r1:eth1", "r2:eth1"]
`;

/** `aegis.backend: frr`: real daemons read what is being edited, and say what they do not take. */
describe('a preflight on FRR daemons (needs FRR and namespaces)', () => {
  const DESCRIPTION = 'neighbor 192.0.2.2 description r2';
  const files = { 'pair.clab.yml': TOPOLOGY, 'routers/r1.cfg': router(1, 2), 'routers/r2.cfg': router(2, 1) };
  const line = files['routers/r1.cfg'].split('\n').findIndex((text) => text.includes(DESCRIPTION)) + 1;
  let workbench: Workbench;

  before(async function () {
    if ('obstacle' in (await findFrr())) this.skip();
    const { browser } = await sharedSession();
    const server = await startCodeServer({
      name: 'frr-twin',
      extension: packagedExtension,
      machineSettings: { 'aegis.backend': 'frr' },
    });
    const workspace = textWorkspace('pair', files);
    workbench = await Workbench.open(browser, server, workspace, join(workspace, 'routers', 'r1.cfg'), 'dark');
  });
  afterEach(pictureOfFailure(() => workbench));
  after(() => workbench?.close());

  it('marks the line that FRR refuses as an error, and blocks', async () => {
    await workbench.statusBar('FRR');
    await workbench.replaceLine(line, ' neighbor 192.0.2.2 descripption r2');
    await workbench.save();
    await workbench.runCommand('AEGIS: Preflight Change');
    await workbench.answer('Describe the neighbour of r1');
    await workbench.notification(/pair: Blocked/);
    await workbench.openFile('routers/r1.cfg');
    await workbench.squiggle('error');
    const problems = await workbench.problems();
    const refused = problems.find((row) => row.includes('rejected-line')) ?? '';
    assert.match(refused, /FRR does not know the command "neighbor 192\.0\.2\.2 descripption r2"/, problems.join('\n'));
    assert.match(refused, new RegExp(`Ln ${line}\\b`));
    await workbench.screenshot('frr-refuses-a-line');
    await workbench.closePanel();
  });

  it('takes the line back once it is edited, and passes what the daemons take', async () => {
    await workbench.openFile('routers/r1.cfg');
    await workbench.replaceLine(line, ' neighbor 192.0.2.2 description second router');
    await workbench.editor.locator('.squiggly-error').first().waitFor({ state: 'detached' });
    await workbench.save();
    await workbench.runCommand('AEGIS: Preflight Change');
    await workbench.answer('Describe the neighbour of r1');
    await workbench.webView.locator('h1', { hasText: 'Ship ready' }).waitFor();
    await workbench.webView.locator('.fact', { hasText: /frr \d+\.\d+.*2 devices/ }).waitFor();
  });
});
