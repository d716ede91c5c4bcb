import type { LiteralRequest } from '../../shared/api/action.ts'
import { JsonText } from './JsonText.tsx'
import './request-text.css'

/** A request as it goes over the wire: line, headers with secrets as dots, body. */
export function RequestText({ request }: { request: LiteralRequest }) {
  const { method, url, headers, bodyText } = request
  return (
    <div className="request-text">
      <p className="request-line">
        <strong>{method}</strong> <code>{url}</code>
      </p>
      {headers.length > 0 && (
        <dl className="request-headers">
          {headers.map(([name, value]) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {bodyText === null ? <p className="muted">No body.</p> : <JsonText title="Body" text={bodyText} />}
    </div>
  )
}
