/**
 * The smallest document that carries a bundle as its attachment. Thousands of packages are sealed with it, since drawing
 * the real report takes longer than everything else together; some are sealed with the real one.
 */
export async function plainReport(_bundle: unknown, bundleBytes: Uint8Array): Promise<Uint8Array> {
  const head = `%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile\n/Length ${bundleBytes.length} >>\nstream\n`;
  return new Uint8Array(Buffer.concat([Buffer.from(head), bundleBytes, Buffer.from('\nendstream\nendobj\n%%EOF\n')]));
}
