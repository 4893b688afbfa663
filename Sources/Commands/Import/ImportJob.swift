internal import Foundation
internal import Hosting
internal import Registry
internal import StrictJSON
internal import Transfer
internal import Wire

/// An import at work: this thread reads and understands rows while a worker enters those before them.
struct ImportJob {
    private let job: Job
    private let request: ImportRequest
    private let source: ImportSource
    private let plan: ImportPlan

    /// Rows entered in one transaction; other clients' changes come in between.
    private static let chunk = 4_096
    /// Rows that are entered all or not at all: other clients wait for all of them.
    private static let wholeLimit = 50_000
    /// Names this run of the program, so that imports of an earlier one are known to have ended.
    static let process = UUID().uuidString

    init(_ job: Job, _ request: ImportRequest) throws {
        self.job = job
        self.request = request
        source = try ImportSource(request.file, charset: request.charset)
        let takesPasswords = job.occasion.shop.policies.signIn != .link
        let fields = try job.read { try FieldReader($0).fields() }
        switch source.format {
        case .table(_, let sample):
            plan = try ImportPlan(
                sample, given: request.mapping, takesPasswords: takesPasswords, fields: fields)
        case .cards(let cards):
            plan = try ImportPlan(cards, given: request.mapping, takesPasswords: takesPasswords, fields: fields)
        }
    }

    func run() throws -> Reply {
        if request.isDryRun { return try tryOut() }
        switch request.mode {
        case .skipBad: return try enterInChunks()
        case .allOrNothing: return try enterAtOnce()
        }
    }

    /// What has been read and not been entered yet.
    private struct Chunk: Sendable {
        var rows: [ImportedCustomer] = []
        var remarks: [ImportRemark] = []
        /// Rows left out in reading.
        var skipped = 0

        var isFull: Bool { rows.count + skipped >= ImportJob.chunk }
    }

    private func enterInChunks() throws -> Reply {
        let (occasion, options) = (job.occasion, request.options)
        let rows = total
        let id = try job.write { try ImportWriter($0, occasion).begin(.skipBad, process: Self.process, rows: rows) }
        var report = ImportReport(job, total: total)
        do {
            var pending: (answer: PendingAnswer<ImportOutcome>, remarks: [ImportRemark])?
            try forEachChunk { chunk in
                let (rows, weak) = try hashed(chunk.rows)
                let skipped = chunk.skipped
                if let pending { try report.take(try pending.answer.wait(), pending.remarks) }
                let answer = try job.writeLater { transaction in
                    let writer = ImportWriter(transaction, occasion, options)
                    var outcome = try writer.enter(rows, of: id)
                    try writer.countSkipped(skipped, of: id)
                    outcome.counts.rows += skipped
                    outcome.counts.skipped += skipped
                    return outcome
                }
                pending = (answer, chunk.remarks + weak)
            }
            if let pending { try report.take(try pending.answer.wait(), pending.remarks) }
            while try !job.write({ try SearchBacklog($0).enter(atMost: ImportWriter.blocksAtOnce) }) {}
            // One after the other: other clients' changes come in between.
            try job.write { try PostponedIndexes($0).restoreNames() }
            try job.write { try PostponedIndexes($0).restorePhones() }
            try job.write { try ImportWriter($0, occasion).end(id, isComplete: true) }
        } catch {
            // The client may be gone, but the import must not look as if it went on.
            try? job.invocation.tenant.writeAndWait { try ImportWriter($0, occasion).end(id, isComplete: false) }
            throw error
        }
        return answer(id, report)
    }

    private func enterAtOnce() throws -> Reply {
        let (occasion, options) = (job.occasion, request.options)
        var whole = Chunk()
        try forEachChunk { chunk in
            whole.rows += chunk.rows
            whole.remarks += chunk.remarks
            whole.skipped += chunk.skipped
            guard whole.rows.count <= Self.wholeLimit else { throw ImportJobError.tooBig(limit: Self.wholeLimit) }
        }
        var report = ImportReport(job, total: total)
        guard whole.skipped == 0 else {
            var outcome = ImportOutcome()
            outcome.counts.rows = whole.rows.count + whole.skipped
            try report.take(outcome, whole.remarks)
            throw ImportJobError.badRows(count: whole.skipped)
        }
        let (rows, weak) = try hashed(whole.rows)
        whole.remarks += weak
        do {
            let (id, outcome) = try job.write { transaction in
                let writer = ImportWriter(transaction, occasion, options)
                let id = try writer.begin(.allOrNothing, process: Self.process)
                let outcome = try writer.enter(rows, of: id)
                guard outcome.counts.skipped == 0 else { throw Refused(outcome: outcome) }
                try writer.end(id, isComplete: true)
                return (id, outcome)
            }
            try report.take(outcome, whole.remarks)
            return answer(id, report)
        } catch let refused as Refused {
            try report.take(refused.outcome, whole.remarks)
            throw ImportJobError.badRows(count: refused.outcome.counts.skipped)
        }
    }

    /// Undoes a whole import, and brings along why.
    private struct Refused: Error {
        let outcome: ImportOutcome
    }

    private func tryOut() throws -> Reply {
        let (shop, options) = (job.occasion.shop, request.options)
        var report = ImportReport(job, total: total)
        var preview = ImportPreview(shop, options)
        var leftovers: Leftovers? = Leftovers(plan)
        try forEachChunk(leftovers: &leftovers) { chunk in
            let before = preview
            let (after, outcome) = try job.read { transaction in
                var preview = before
                let outcome = try preview.judge(chunk.rows, transaction)
                return (preview, outcome)
            }
            preview = after
            var counted = outcome
            counted.counts.rows += chunk.skipped
            counted.counts.skipped += chunk.skipped
            try report.take(counted, chunk.remarks)
        }
        return answer(nil, report, leftovers)
    }

    private var total: Int { max(0, source.lines - (plan.hasHeader ? 1 : 0)) }

    /// The rows with their passwords hashed; one that is too short is left out, and its customer may set another.
    private func hashed(_ rows: [ImportedCustomer]) throws -> (rows: [ImportedCustomer], weak: [ImportRemark]) {
        var weak: [ImportRemark] = []
        let hashed = try rows.map { row in
            guard let password = row.password else { return row }
            try job.checkIsWanted()
            var row = row
            row.password = nil
            do {
                row.passwordHash = try job.invocation.services.hashing.pass { try PasswordHash(of: password) }
            } catch AccountError.weakPassword {
                weak.append(
                    ImportRemark(row: row.row, column: nil, reason: .passwordTooShort(least: PasswordHash.minimum)))
            }
            return row
        }
        return (hashed, weak)
    }

    /// Reads all rows; `body` gets them in chunks, the last of them perhaps empty.
    private func forEachChunk(_ body: (Chunk) throws -> Void) throws {
        var leftovers: Leftovers?
        try forEachChunk(leftovers: &leftovers, body)
    }

    private func forEachChunk(leftovers: inout Leftovers?, _ body: (Chunk) throws -> Void) throws {
        let shop = job.occasion.shop
        let reader = ImportRowReader(plan, country: shop.country, zone: shop.timeZone)
        var chunk = Chunk()
        var isHeader = plan.hasHeader
        var seen = RowsSeen(shop.policies)
        try source.forEachRecord { record, number in
            guard !record.isBlank else { return }
            guard !isHeader else {
                isHeader = false
                return
            }
            leftovers?.count(record)
            let row = reader.read(record, row: number)
            chunk.remarks += row.remarks
            if var customer = row.customer {
                customer.earlierRow = seen.row(before: customer)
                chunk.rows.append(customer)
            } else {
                chunk.skipped += 1
            }
            guard chunk.isFull else { return }
            try job.checkIsWanted()
            try body(chunk)
            chunk = Chunk()
        }
        try body(chunk)
    }

    private func answer(_ id: ImportID?, _ report: ImportReport, _ leftovers: Leftovers? = nil) -> Reply {
        Reply(
            outcome: .ok(
                JSONWriter.object { writer in
                    writer.member("import", id?.rawValue)
                    writer.member("dry_run", id == nil)
                    writer.counts(report.counts)
                    writer.member("remarks", report.remarks)
                    writer.member("charset", source.charset.rawValue)
                    writer.format(of: source)
                    writer.member("header", plan.hasHeader)
                    writer.columns(plan, leftovers)
                }))
    }
}
