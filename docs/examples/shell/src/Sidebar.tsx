import { ExtensionPoint, type MenuNode, usePluginMenu } from '@framework-m/plugin-sdk'
import { NavLink } from 'react-router'
import { words } from './words'

export function Sidebar() {
  return (
    <nav aria-label="Main">
      <ExtensionPoint id="sidebar.top" />
      <Entries nodes={usePluginMenu()} />
      <ExtensionPoint id="sidebar.bottom" />
    </nav>
  )
}

function Entries({ nodes }: { nodes: readonly MenuNode[] }) {
  return (
    <ul>
      {nodes.map(({ name, label, route, children = [] }) => (
        <li key={name}>
          {route === undefined ? words(label) : <NavLink to={route}>{words(label)}</NavLink>}
          {children.length > 0 && <Entries nodes={children} />}
        </li>
      ))}
    </ul>
  )
}
