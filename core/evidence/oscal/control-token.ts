/** What stands before a control's id, by the framework's title; its own slug where the title is not listed. */
const PREFIXES: Readonly<Record<string, string>> = {
  'PCI DSS v4.0.1': 'pci-',
  'SOC 2 (TSC 2017, points of focus 2022)': 'soc2-',
  // The ids of NIST's own OSCAL catalogues.
  'NIST SP 800-53 Rev. 5': '',
  'NIST CSF 2.0': 'csf-',
  'NIST SP 800-171 Rev. 3': 'sp800-171-',
  'CIS Controls v8.1': 'cis-',
  'ISO/IEC 27001:2022 Annex A': 'iso27001-',
  'NERC CIP (CIP-010-4, CIP-005-7)': 'nerc-',
  'HIPAA Security Rule (45 CFR 164)': 'hipaa-',
  'IEC 62443-3-3:2013': 'iec62443-',
  'DISA STIG': '',
  'DORA RTS 2024/1774 art. 17 and NIS 2 2024/2690 annex 6.4': '',
};

/** Letters, digits, dots, dashes and underscores, in lower case; each stretch of anything else is one dash. */
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');

/**
 * A control as an OSCAL token (a name without colons that begins with a letter): `PCI 1.2.1` is `pci-1.2.1`, CM-3(2) is
 * `cm-3.2` as in NIST's catalogue. The id as the framework prints it goes into a property beside it.
 */
export function controlToken(framework: string, control: string): string {
  const id = slug(control.replace(/\((\w+)\)/g, '.$1'));
  const token = `${PREFIXES[framework] ?? `${slug(framework)}-`}${id}`;
  return /^[a-z_]/.test(token) ? token : `c-${token}`;
}
