/** Sections 13 and 14: how to verify the package, and what is in it. */
import { SEAL_NAMESPACE } from '../../bundle.ts';
import { BUNDLE_FILE, describedFiles, REPORT_FILE, SIGNATURE_FILE, SUMS_FILE } from '../../package/layout.ts';
import { counted, mono, type Section } from '../section.ts';
import { TEXT } from '../style.ts';

export const integrity: Section = {
  title: '13  Integrity',
  write: (writer, { bundle, bundleSha256 }) => {
    const { principal, keyFingerprint, ledger } = bundle.integrity;
    writer.facts([
      ['SHA-256 of bundle.json', mono(bundleSha256)],
      ['Sealed by', principal],
      ['Key', mono(keyFingerprint)],
      ['Namespace', mono(SEAL_NAMESPACE)],
      [
        'Ledger',
        ledger
          ? `${ledger.origin}, ${counted(ledger.size, 'record')} when this run was sealed`
          : 'This run was sealed without a ledger. Nothing here shows that no run was left out.',
      ],
      ...(ledger ? ([['Root of the ledger', mono(ledger.root)]] as const) : []),
      [
        'Timestamp',
        'The times here are those of the machine that ran the preflight. A time stamp of an authority, where one was asked, is SHA256SUMS.tsr beside this document.',
      ],
    ]);
    writer.subheading('To verify with standard tools', 120);
    writer.paragraph(
      'In the folder of this package, with an allowed_signers file that you received from the site by another way than this package:',
    );
    writer.code(
      [
        `ssh-keygen -Y verify -f allowed_signers -I ${principal} \\`,
        `    -n ${SEAL_NAMESPACE} -s ${SIGNATURE_FILE} < ${SUMS_FILE}`,
        `sha256sum -c ${SUMS_FILE}`,
        `pdfdetach -savefile ${BUNDLE_FILE} -o /tmp/attached.json ${REPORT_FILE}`,
        `cmp ${BUNDLE_FILE} /tmp/attached.json`,
      ].map((text) => ({ gutter: '', text })),
    );
    writer.paragraph(
      'The first command decides whether to trust the list of digests, the second whether the files are those of the list, the last two whether this document belongs to them.',
    );
  },
};

export const index: Section = {
  title: '14  Index of files',
  write: (writer, { bundle, bundleSha256 }) => {
    const files = [...describedFiles(bundle), { path: BUNDLE_FILE, sha256: bundleSha256 }];
    files.sort((left, right) => (left.path < right.path ? -1 : 1));
    writer.paragraph(
      `${counted(files.length, 'file')}, beside this document (${REPORT_FILE}), ${SUMS_FILE} and ${SIGNATURE_FILE}.`,
    );
    writer.table(
      [
        { title: 'File', share: 36, style: TEXT.cellMono },
        { title: 'SHA-256', share: 64, style: TEXT.cellMono },
      ],
      files.map(({ path, sha256 }) => [path, sha256]),
    );
    for (const { name, description } of bundle.raw) writer.paragraph(`raw/${name}: ${description}`, TEXT.quiet);
  },
};
