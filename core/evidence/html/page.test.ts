import { describe, expect, it } from 'vitest';
import type { EvidenceBundle } from '../bundle.ts';
import { SMALL, sampleRun, testKey } from '../fixtures/sample-run.ts';
import { SECTIONS } from '../report/sections/index.ts';
import { escaped } from './html-writer.ts';
import { renderHtml } from './page.ts';

const key = testKey();
const integrity = {
  namespace: 'preflight-evidence@v1',
  principal: key.principal,
  keyFingerprint: key.fingerprint,
} as const;
const bundle: EvidenceBundle = { ...sampleRun(SMALL).bundle, integrity };
const render = (subject: EvidenceBundle = bundle, verified = true): string =>
  renderHtml(subject, { bundleSha256: 'a'.repeat(64), verified });

describe('the page for the screen', () => {
  it('has all 14 sections, each with a link to it', () => {
    const page = render();
    expect(SECTIONS).toHaveLength(14);
    for (const [at, { title }] of SECTIONS.entries()) {
      expect(page).toContain(`<h2 id="s${at + 1}">${escaped(title)}</h2>`);
      expect(page).toContain(`<a href="#s${at + 1}">`);
    }
    expect(page.match(/<section /g)).toHaveLength(14);
    expect(page.match(/<\/section>/g)).toHaveLength(14);
  });

  it('loads nothing, runs nothing, and forbids both', () => {
    const page = render();
    expect(page).toMatch(/http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|<object|<form| src=| style=| on[a-z]+="|url\(|@import/i);
    for (const [, target] of page.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^#/);
  });

  it('shows markup as text, wherever it comes from', () => {
    const evil = '</td><script>alert(1)</script><img src=x onerror=alert(1)>"\'&\u202e';
    const [device] = bundle.change.devices;
    if (!device) throw new Error('The sample has a device.');
    const page = render({
      ...bundle,
      operator: evil,
      change: {
        ...bundle.change,
        intent: evil,
        devices: [{ ...device, path: evil, diff: `${device.diff}+ ${evil}\n` }],
      },
      findings: bundle.findings.map((finding) => ({ ...finding, message: evil, file: evil })),
    });
    expect(page).not.toMatch(/<script|<img/i);
    expect(page).not.toContain('\u202e');
    expect(page).toContain('&#60;script&#62;');
  });

  it('says UNVERIFIED on the page, on every printed sheet and in its title', () => {
    const page = render(bundle, false);
    expect(page).toContain('<title>UNVERIFIED: ');
    expect(page).toMatch(/class="notice" role="alert">UNVERIFIED/);
    expect(page).toMatch(/<div class="unverified" aria-hidden="true">UNVERIFIED/);
    expect(page).toMatch(/\.unverified \{ position: fixed/);
    expect(render()).not.toContain('class="unverified"');
  });

  it('is the same text for the same bundle', () => {
    expect(render()).toBe(render());
  });
});
