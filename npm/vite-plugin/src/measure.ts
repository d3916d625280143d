import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Size } from './report.js'

/** The best quality takes ten times as long, for some percent. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }

const gzipped = promisify(gzip)
const brotlied = promisify(brotliCompress) as (bytes: Buffer, options: object) => Promise<Buffer>

/** The sizes of files as they stand in a folder. */
export async function measured(folder: string, files: string[]): Promise<Map<string, Size>> {
  return new Map(
    await Promise.all(files.map(async (file) => [file, await sizeOf(join(folder, file))] as const)),
  )
}

async function sizeOf(path: string): Promise<Size> {
  const bytes = await readFile(path)
  const [small, smaller] = await Promise.all([gzipped(bytes), brotlied(bytes, QUALITY)])
  return { raw: bytes.length, gzip: small.length, brotli: smaller.length }
}
