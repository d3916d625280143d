import { promisify } from 'node:util'
import { type BrotliOptions, brotliCompress, constants, gzip } from 'node:zlib'
import type { Size } from './report.js'

/** As servers compress while they serve: the default of nginx's module for Brotli. The best takes ten times as long. */
const QUALITY = 6

/** A window no larger than the file changes nothing but the time, most of which is spent on clearing it. */
export function brotliOptions({ length }: Uint8Array): BrotliOptions {
  const window = Math.ceil(Math.log2(length + 16))
  const { BROTLI_MIN_WINDOW_BITS: least, BROTLI_DEFAULT_WINDOW: most } = constants
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: Math.min(most, Math.max(least, window)),
  }
  return { params }
}

const gzipped = promisify(gzip)
const brotlied = promisify(brotliCompress) as (bytes: Buffer, options: BrotliOptions) => Promise<Buffer>

/** The sizes of files by their names, however they are read. */
export async function measured(
  files: string[],
  read: (file: string) => Buffer | Promise<Buffer>,
): Promise<Map<string, Size>> {
  return new Map(
    await Promise.all(files.map(async (file) => [file, await sizeOf(await read(file))] as const)),
  )
}

async function sizeOf(bytes: Buffer): Promise<Size> {
  const [small, smaller] = await Promise.all([gzipped(bytes), brotlied(bytes, brotliOptions(bytes))])
  return { raw: bytes.length, gzip: small.length, brotli: smaller.length }
}
