import { useId, type ReactNode } from 'react'
import type { Panel, PanelBlock } from '../../../../shared/intent/panel.ts'
import { Curve } from './Curve.tsx'
import { Progress } from './Progress.tsx'
import { Value } from './Value.tsx'
import './panels.css'

/** What the system of an intent shows of it beside what all systems share, by the shape of its blocks. */
export function Panels({ panels }: { panels: readonly Panel[] }) {
  return panels.map((panel) => <OnePanel key={panel.title} panel={panel} />)
}

function OnePanel({ panel: { title, blocks } }: { panel: Panel }) {
  const titleId = useId()
  return (
    <section className="panel" aria-labelledby={titleId}>
      <h3 id={titleId}>{title}</h3>
      {blocks.map((block, at) => (
        <Block key={`${block.is} ${at}`} block={block} />
      ))}
    </section>
  )
}

function Block({ block }: { block: PanelBlock }): ReactNode {
  switch (block.is) {
    case 'facts':
      return <FactsBlock rows={block.rows} />
    case 'table':
      return <TableBlock {...block} />
    case 'curve':
      return <Curve {...block} />
    case 'progress':
      return <Progress {...block} />
    case 'note':
      return <p className="panel-note">{block.text}</p>
  }
}

function FactsBlock({ rows }: Pick<Extract<PanelBlock, { is: 'facts' }>, 'rows'>) {
  return (
    <dl className="facts">
      {rows.map(({ label, value }, at) => (
        <div key={`${label} ${at}`}>
          <dt>{label}</dt>
          <dd>
            <Value value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function TableBlock({ caption, columns, rows, empty }: Extract<PanelBlock, { is: 'table' }>) {
  return (
    <div className="panel-table" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={`${column} ${at}`} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length} className="muted">
                {empty}
              </td>
            </tr>
          )}
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((value, column) => (
                <td key={column} className={value.is === 'amount' ? 'number' : undefined}>
                  <Value value={value} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
