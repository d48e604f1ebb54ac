import { createHash } from 'node:crypto';
import { configure, ZipWriter } from '@zip.js/zip.js';
import type { ArchivedFile, WriteArchive } from '../../app/app-options.ts';
import type { ExportedFile, ExportManifest } from '../../contract/exports/exports.ts';

// The runtime's own CompressionStream works off the main thread already; a worker of the library would need its script at an address.
configure({ useWebWorkers: false });

/**
 * Packs and compresses files into a ZIP archive as they are read, each after the one before, and tells of them in `manifest.json` at
 * its end. Sizes come after each file's bytes, in ZIP64, so that no file has to be known before it is sent.
 */
export const writeArchive: WriteArchive = (files, about) => {
  // Where a file breaks the archive breaks: an end would make it look whole.
  let fail: (error: unknown) => void = () => undefined;
  // Compressed bytes are few and come late: that the reader has left has to reach the files by itself.
  const left = new AbortController();
  // TypeScript's library does not know `cancel` yet, which the standard has.
  const transformer = {
    start(controller: TransformStreamDefaultController<Uint8Array>) {
      fail = (error) => controller.error(error);
    },
    cancel(reason: unknown) {
      left.abort(reason);
    },
  };
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(transformer);
  const zip = new ZipWriter(writable, {
    lastModDate: new Date(about.madeAt),
    zip64: true,
    signal: left.signal,
  });
  addAll(zip, files, about).catch(fail);
  return readable;
};

async function addAll(
  zip: ZipWriter<unknown>,
  files: AsyncIterable<ArchivedFile>,
  about: Omit<ExportManifest, 'files'>,
): Promise<void> {
  const told: ExportedFile[] = [];
  for await (const file of files) {
    const measured = measure(file);
    await zip.add(file.name, measured.body);
    told.push(measured.told());
  }
  const manifest: ExportManifest = { ...about, files: told };
  await zip.add('manifest.json', new Blob([`${JSON.stringify(manifest, null, 2)}\n`]).stream());
  await zip.close();
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
