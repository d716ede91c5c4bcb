/** What a page shows that was not opened through the link of a running console. */
export function NoToken() {
  return (
    <main className="no-token">
      <h1>This page does not know its console yet</h1>
      <p>
        Start the console with <code>npm start</code> and open the link that it prints. The link carries a
        token that is good for that run only; this page was opened without one.
      </p>
    </main>
  )
}
