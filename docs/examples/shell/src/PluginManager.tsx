import { type PluginInfo, usePluginRegistry, usePlugins } from '@framework-m/plugin-sdk'
import { words } from './words'

export function PluginManager() {
  return (
    <table>
      <tbody>
        {usePlugins().map((plugin) => (
          <Row key={plugin.name} {...plugin} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ name, label, version, state, reason, error }: PluginInfo) {
  const registry = usePluginRegistry()
  const isOff = state === 'disabled' || state === 'error'
  return (
    <tr>
      <th scope="row">
        {words(label)} {version}
      </th>
      <td>
        {state} {reason ?? error?.message}
      </td>
      <td>
        <button type="button" onClick={() => (isOff ? registry.enable(name) : registry.disable(name))}>
          {isOff ? 'Switch on' : 'Switch off'}
        </button>
      </td>
    </tr>
  )
}
