import { promisify } from 'node:util'
import { type BrotliOptions, brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib'
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

/** To hand a smaller file to another thread takes longer than to compress it. */
const SMALL = 32_768

type Read = (file: string) => Buffer

/** The sizes of files by their names, however they are read. Large files are compressed while the others are. */
export async function measured(files: string[], read: Read): Promise<Map<string, Size>> {
  const contents = files.map((file) => [file, read(file)] as const)
  const large = contents.filter(([, bytes]) => bytes.length >= SMALL)
  const waiting = Promise.all(large.map(async ([file, bytes]) => [file, await sizeOfLarge(bytes)] as const))
  const small = contents.filter(([, bytes]) => bytes.length < SMALL)
  const sizes = small.map(([file, bytes]) => [file, sizeOfSmall(bytes)] as const)
  return new Map([...sizes, ...(await waiting)])
}

/** The sizes of files where nobody wants to know how large they are compressed. */
export function uncompressed(files: string[], lengthOf: (file: string) => number): Map<string, Size> {
  return new Map(files.map((file) => [file, { raw: lengthOf(file), gzip: null, brotli: null }]))
}

function sizeOfSmall(bytes: Buffer): Size {
  const [small, smaller] = [gzipSync(bytes), brotliCompressSync(bytes, brotliOptions(bytes))]
  return { raw: bytes.length, gzip: small.length, brotli: smaller.length }
}

async function sizeOfLarge(bytes: Buffer): Promise<Size> {
  const [small, smaller] = await Promise.all([gzipped(bytes), brotlied(bytes, brotliOptions(bytes))])
  return { raw: bytes.length, gzip: small.length, brotli: smaller.length }
}
