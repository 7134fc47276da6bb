/**
 * The report as one page for the screen: nothing in it is loaded from anywhere, nothing in it runs. The same sections
 * as the PDF; the PDF is what belongs to the package.
 */
import { createHash } from 'node:crypto';
import type { Approval } from '../approval.ts';
import type { EvidenceBundle } from '../bundle.ts';
import { UNVERIFIED } from '../report/running-lines.ts';
import { SECTIONS } from '../report/sections/index.ts';
import { writeFrontMatter } from '../report/sections/summary.ts';
import { escaped, HtmlWriter } from './html-writer.ts';
import { STYLE } from './style.ts';

export interface HtmlOptions {
  readonly bundleSha256: string;
  /** False puts UNVERIFIED across the page, and on every sheet when it is printed. */
  readonly verified: boolean;
  readonly approvals?: readonly Approval[];
}

/** Only this style counts, by its digest; everything else is refused, scripts first of all. */
const styleDigest = createHash('sha256').update(STYLE, 'utf8').digest('base64');
export const CONTENT_SECURITY_POLICY = `default-src 'none'; style-src 'sha256-${styleDigest}'; base-uri 'none'; form-action 'none'`;

/** Renders a bundle. The text depends on nothing but the arguments. */
export function renderHtml(bundle: EvidenceBundle, { bundleSha256, verified, approvals }: HtmlOptions): string {
  const writer = new HtmlWriter();
  writeFrontMatter(writer, bundle);
  for (const section of SECTIONS) {
    writer.section(section.title);
    section.write(writer, { bundle, bundleSha256, verified, ...(approvals && { approvals }) });
  }
  const title = `${verified ? '' : `${UNVERIFIED}: `}Preflight evidence report, run ${bundle.runId}`;
  const notice = verified
    ? ''
    : `<p class="notice" role="alert">${UNVERIFIED}: the signature of this evidence was not verified.</p><div class="unverified" aria-hidden="true">${UNVERIFIED}</div>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${notice}
<div class="page">
<nav aria-label="Sections">${writer.contents}</nav>
<main id="content">
${writer.body}
</main>
</div>
</body>
</html>
`;
}
