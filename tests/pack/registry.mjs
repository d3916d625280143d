/**
 * A registry of npm's kind that knows the packages of a release, so that they are installed by name, as users do. It is a
 * process of its own, since whoever waits for an installation answers nobody; the packages are its only message.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { basename } from 'node:path'

process.once('message', (packages) => {
  const byName = new Map(packages.map((item) => [item.name, item]))
  const server = createServer((request, response) => {
    const [name, file] = decodeURIComponent(request.url).slice(1).split('/-/')
    const item = byName.get(name)
    if (file !== undefined && item?.tarball) return response.end(readFileSync(item.tarball))
    if (file !== undefined || !item) return response.writeHead(404).end('{}')
    const answer = packument(item, `http://${request.headers.host}`)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
  })
  server.listen(0, '127.0.0.1', () => process.send(`http://127.0.0.1:${server.address().port}`))
})

/** What a registry tells of a package, whether or not its tarball can be had. */
function packument({ name, manifest, tarball }, url) {
  const content = tarball ? readFileSync(tarball) : ''
  const digest = (algorithm) => createHash(algorithm).update(content)
  const dist = {
    tarball: `${url}/${name}/-/${basename(tarball ?? 'not-built.tgz')}`,
    shasum: digest('sha1').digest('hex'),
    integrity: `sha512-${digest('sha512').digest('base64')}`,
  }
  return {
    name,
    'dist-tags': { latest: manifest.version },
    versions: { [manifest.version]: { ...manifest, dist } },
    time: { [manifest.version]: '2026-01-01T00:00:00.000Z' },
  }
}
