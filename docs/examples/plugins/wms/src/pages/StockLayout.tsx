import { Link, Outlet } from 'react-router'

export default function StockLayout() {
  return (
    <>
      <Link to="/wms/stock">All stock</Link>
      <Outlet />
    </>
  )
}
