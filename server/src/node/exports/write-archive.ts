import { createHash } from 'node:crypto';
import { makeZip } from 'client-zip';
import type { ArchivedFile, WriteArchive } from '../../app/app-options.ts';
import type { ExportedFile, ExportManifest } from '../../contract/exports.ts';

/** Packs files into a ZIP archive as they are read, each after the one before, and tells of them in `manifest.json` at its end. */
export const writeArchive: WriteArchive = (files, about) =>
  makeZip(entriesOf(files, about), { buffersAreUTF8: true });

async function* entriesOf(files: AsyncIterable<ArchivedFile>, about: Omit<ExportManifest, 'files'>) {
  const lastModified = new Date(about.madeAt);
  const told: ExportedFile[] = [];
  for await (const file of files) {
    const measured = measure(file);
    yield { name: file.name, input: measured.body, lastModified };
    // An archive takes its files one by one, so that this one is read to its end by now.
    told.push(measured.told());
  }
  const manifest: ExportManifest = { ...about, files: told };
  yield { name: 'manifest.json', input: `${JSON.stringify(manifest, null, 2)}\n`, lastModified };
}

/** The same bytes, with what they came to once they are read. */
export function measure({ name, body, rows }: ArchivedFile): {
  body: ReadableStream<Uint8Array>;
  told(): ExportedFile;
} {
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        hash.update(chunk);
        bytes += chunk.byteLength;
        controller.enqueue(chunk);
      },
    }),
  );
  let digest: string | undefined;
  return {
    body: counted,
    told() {
      digest ??= hash.digest('hex');
      return { name, rows: rows(), bytes, sha256: digest };
    },
  };
}
