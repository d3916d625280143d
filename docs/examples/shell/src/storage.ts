import type { StorageDriver } from '@framework-m/plugin-sdk'

/** Keeps what plugins store on the company's server, for each user. */
export const onTheServer: StorageDriver = {
  get: (key) => ask(addressOf(key)),
  set: (key, text) => ask(addressOf(key), { method: 'PUT', body: text }),
  delete: (key) => ask(addressOf(key), { method: 'DELETE' }),
  async keys(prefix) {
    const list = await ask(`/api/storage?prefix=${encodeURIComponent(prefix)}`)
    return JSON.parse(list ?? '[]') as string[]
  },
}

const addressOf = (key: string) => `/api/storage/${encodeURIComponent(key)}`

/** The answer of the server; nothing where it has nothing. What is thrown, plugins get as a `StorageError`. */
async function ask(address: string, request?: RequestInit): Promise<string | undefined> {
  const response = await fetch(address, request)
  if (response.status === 404) return undefined
  if (!response.ok) throw new Error(`the server says ${response.status} of ${address}`)
  return response.text()
}
