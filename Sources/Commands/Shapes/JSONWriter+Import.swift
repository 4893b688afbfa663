internal import Registry
internal import StrictJSON
internal import Transfer

extension JSONWriter {
    mutating func counts(_ counts: ImportCounts) {
        member("rows", counts.rows)
        member("created", counts.created)
        member("changed", counts.changed)
        member("unchanged", counts.unchanged)
        member("skipped", counts.skipped)
    }

    /// What each column of a table is taken for.
    mutating func columns(_ plan: ImportPlan, _ leftovers: Leftovers?) {
        name("columns")
        beginArray()
        for column in plan.columns {
            beginObject()
            member("column", column.index + 1)
            member("header", column.header)
            switch column.meaning {
            case .field(let field): member("field", field.word)
            case .withheld(let reason): member("withheld", reason.rawValue)
            case .leftOut(let reason): member("left_out", reason.rawValue)
            case .unknown:
                // Offered as one of the tenant's own fields: mapping={"<header>":"custom:<header>"}.
                member("ignored", true)
                if !column.header.isEmpty { member("suggestion", "custom:\(column.header)") }
            }
            if column.field == nil || column.field == .nothing, let leftovers {
                member("values", leftovers.counts[column.index] ?? 0)
            }
            endObject()
        }
        endArray()
    }

    /// How a file is written: a table, or cards.
    mutating func format(of source: ImportSource) {
        switch source.format {
        case .table(let dialect, _):
            member("format", "csv")
            member("delimiter", String(UnicodeScalar(dialect.delimiter)))
        case .cards(let cards):
            member("format", cards.format.rawValue)
            member("delimiter", String?.none)
        }
    }
}

extension JSONFragment {
    /// An import as a list shows it.
    static func importBatch(_ batch: ImportBatch) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("id", batch.id.rawValue)
            writer.member("state", batch.state.rawValue)
            writer.member("mode", batch.mode.rawValue)
            writer.member("actor", batch.actor)
            writer.member("began_at", batch.beganAt.text)
            writer.member("ended_at", batch.endedAt?.text)
            writer.counts(batch.counts)
        }
    }
}
