import { beginsWith, commandsOf } from '../commands.ts';
import { insertAfter } from '../edits.ts';
import { own } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';
import { systemOf } from '../systems.ts';
import { interfaceOf } from '../trunks.ts';

const assigns = [['vrf', 'forwarding'], ['ip', 'vrf', 'forwarding'], ['vrf', 'member'], ['vrf']] as const;

export default rule({
  id: 'vrf-strips-address',
  number: 35,
  priority: 'P1',
  scope: 'device',
  title: 'Moving an interface into a VRF takes its address away',
  why: 'IOS, NX-OS and EOS remove the addresses of an interface when it changes its VRF. A line typed below the address silently leaves the interface without one.',
  sources: ['Cisco IOS, vrf forwarding command reference', 'Arista EOS manual, vrf (interface)'],
  remedy: 'Write the VRF first and the addresses behind it.',
  check: ({ config }) => {
    if (!systemOf(config.dialect).vrfStripsAddress) return [];
    const addresses = new Map<string, string[]>();
    const found = new Map<string, RawFinding>();
    for (const command of commandsOf(config)) {
      const name = command.path.length > 0 ? interfaceOf(config, command) : undefined;
      if (name === undefined || command.path.length !== 1) continue;
      const isAddress = beginsWith(command, 'ip', 'address') || beginsWith(command, 'ipv6', 'address');
      if (isAddress && !command.negated) {
        addresses.set(name, [...(addresses.get(name) ?? []), command.words.join(' ')]);
        found.delete(name);
      } else if (isAddress) addresses.delete(name);
      else if (assigns.some((words) => beginsWith(command, ...words))) {
        const lost = addresses.get(name);
        addresses.delete(name);
        if (!lost) continue;
        const { line } = command.statement.span;
        const indent = /^\s*/.exec(config.tree.lines[line] ?? '')?.[0] ?? ' ';
        found.set(name, {
          span: own(command),
          message: `takes ${lost.length === 1 ? 'the address' : `${lost.length} addresses`} off ${name}: ${lost.join(', ')}`,
          key: name,
          fix: {
            title: 'Write the address again behind the VRF',
            edits: [
              insertAfter(
                config,
                line,
                lost.map((text) => indent + text),
              ),
            ],
            safe: false,
          },
        });
      }
    }
    return [...found.values()];
  },
});
