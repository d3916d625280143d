import type { StorageDriver } from '@framework-m/plugin-sdk'

/** Keeps what plugins store on the company's server, for each user. */
export const onTheServer: StorageDriver = {
  async get(key) {
    const response = await fetch(addressOf(key))
    return response.ok ? response.text() : undefined
  },
  set: (key, text) => fetch(addressOf(key), { method: 'PUT', body: text }),
  delete: (key) => fetch(addressOf(key), { method: 'DELETE' }),
  async keys(prefix) {
    const response = await fetch(`/api/storage?prefix=${encodeURIComponent(prefix)}`)
    return (await response.json()) as string[]
  },
}

const addressOf = (key: string) => `/api/storage/${encodeURIComponent(key)}`
