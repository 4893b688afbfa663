internal import Foundation
internal import Hosting
internal import Registry
internal import Storage
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
    /// Rows that are put in order before they are entered: few at first, so that entering begins soon.
    private static let firstWindow = 2 * chunk
    private static let window = 64 * chunk
    /// After so many rows read it is seen to what the worker has done meanwhile.
    private static let stretch = chunk / 2
    /// So many chunks make the log worth copying back, some 48 MiB: pages that change again and again are copied once.
    private static let chunksInLog = 12
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

    private func enterInChunks() throws -> Reply {
        let (occasion, options) = (job.occasion, request.options)
        let rows = total
        let id = try job.write { try ImportWriter($0, occasion).begin(.skipBad, process: Self.process, rows: rows) }
        var report = ImportReport(job, total: total)
        let feed = ImportFeed(job.invocation.tenant)
        let indexing = ImportIndexing(job, feed)
        var logged = 0
        func copyLog(after chunks: Int) throws {
            logged += chunks
            guard logged >= Self.chunksInLog else { return }
            logged = 0
            try job.invocation.tenant.copyLogBack()
        }
        do {
            var chunks = 0
            var entered = 0
            func takeNews() throws {
                let news = feed.news()
                entered += news.count
                try report.take(news)
                try copyLog(after: news.count)
            }
            func goOnIndexing(before missing: Int) throws {
                // The worker must not run out of rows.
                if feed.waiting * Self.chunk > missing + Self.firstWindow { _ = try indexing.goOn() }
            }
            try forEachChunk(
                of: Self.firstWindow, upTo: Self.window,
                meanwhile: { missing in
                    try takeNews()
                    try goOnIndexing(before: missing)
                }
            ) { window in
                try window.forEachPiece(of: Self.chunk) { piece in
                    let chunk = try hashed(piece)
                    if feed.isFull { try goOnIndexing(before: 0) }
                    try feed.add { try Self.enter(chunk, of: id, ImportWriter($0, occasion, options)) }
                    chunks += 1
                    try takeNews()
                    try job.checkIsWanted()
                    try job.invocation.requireRoom()
                }
            }
            func goOn() throws {
                repeat {
                    try takeNews()
                    while try indexing.goOn(isEnd: entered == chunks) {}
                } while try feed.goOn()
            }
            let sorting = ImportSorting(job, feed)
            try sorting.begin()
            try goOn()
            try sorting.rebuildAll()
            try goOn()
            try takeNews()
            try indexing.finish()
            try job.write { try ImportWriter($0, occasion).end(id, isComplete: true) }
        } catch {
            feed.abandon()
            // The client may be gone, but the import must not look as if it went on.
            try? job.invocation.tenant.writeAndWait { try ImportWriter($0, occasion).end(id, isComplete: false) }
            throw error
        }
        return answer(id, report)
    }

    private static func enter(
        _ chunk: ImportChunk, of id: ImportID, _ writer: ImportWriter
    ) throws -> ImportFeed.Entered {
        var outcome = try writer.enter(chunk.rows, of: id)
        try writer.countSkipped(chunk.skipped, of: id)
        outcome.counts.rows += chunk.skipped
        outcome.counts.skipped += chunk.skipped
        return ImportFeed.Entered(outcome: outcome, remarks: chunk.remarks)
    }

    private func enterAtOnce() throws -> Reply {
        let (occasion, options) = (job.occasion, request.options)
        var whole = ImportChunk()
        try forEachChunk(of: Self.chunk, upTo: Self.chunk) { chunk in
            chunk.rows.forEach { whole.rows.append($0) }
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
        whole = try hashed(whole)
        let rows = whole.rows
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
            try ImportIndexing(job, ImportFeed(job.invocation.tenant)).finish()
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

    /// Enters everything into a copy of the registry, which goes afterwards: what is told is what would become of it.
    private func tryOut() throws -> Reply {
        let (job, occasion, options, rows) = (job, job.occasion, request.options, total)
        let mode = request.mode
        var report = ImportReport(job, total: rows)
        var leftovers: Leftovers? = Leftovers(plan)
        try job.invocation.tenant.withTrialCopy { _, _ in
            try job.checkIsWanted()
        } _: { copy in
            let id = try copy.commit(isBulk: true) {
                try ImportWriter($0, occasion).begin(mode, process: Self.process, rows: rows)
            }.result
            try forEachChunk(of: Self.firstWindow, upTo: Self.window, leftovers: &leftovers) { window in
                try window.forEachPiece(of: Self.chunk) { piece in
                    let chunk = try settled(piece) { _ in nil }
                    let entered = try copy.commit(isBulk: true) {
                        try Self.enter(chunk, of: id, ImportWriter($0, occasion, options))
                    }.result
                    try report.take([entered])
                }
            }
        }
        return answer(nil, report, leftovers)
    }

    private var total: Int { max(0, source.lines - (plan.hasHeader ? 1 : 0)) }

    private func hashed(_ chunk: ImportChunk) throws -> ImportChunk {
        try settled(chunk) { password in
            try job.invocation.services.hashing.pass { try PasswordHash(of: password) }
        }
    }

    /// The rows with what `hash` makes of their passwords; one that is too short is left out, and its customer may set
    /// another.
    private func settled(_ chunk: ImportChunk, hash: (String) throws -> PasswordHash?) throws -> ImportChunk {
        var settled = chunk
        var remarks: [ImportRemark] = []
        try settled.rows.changeOthers { row in
            guard let password = row.password else { return }
            try job.checkIsWanted()
            row.password = nil
            do {
                try PasswordHash.check(password)
                row.passwordHash = try hash(password)
            } catch AccountError.weakPassword {
                remarks.append(
                    ImportRemark(row: row.row, column: nil, reason: .passwordTooShort(least: PasswordHash.minimum)))
            }
        }
        settled.remarks += remarks
        return settled
    }

    /// Reads all rows; `body` gets them in chunks of so many, each of twice as many as the one before up to `limit`, the
    /// last of them perhaps empty.
    ///
    /// `meanwhile` is called now and then with how many rows the chunk still waits for.
    private func forEachChunk(
        of size: Int, upTo limit: Int, meanwhile: (Int) throws -> Void = { _ in },
        _ body: (ImportChunk) throws -> Void
    ) throws {
        var leftovers: Leftovers?
        try forEachChunk(of: size, upTo: limit, leftovers: &leftovers, meanwhile: meanwhile, body)
    }

    private func forEachChunk(
        of first: Int, upTo limit: Int, leftovers: inout Leftovers?, meanwhile: (Int) throws -> Void = { _ in },
        _ body: (ImportChunk) throws -> Void
    ) throws {
        var size = first
        let (shop, total) = (job.occasion.shop, total)
        let reader = ImportRowReader(plan, country: shop.country, zone: shop.timeZone)
        var chunk = ImportChunk()
        chunk.rows.reserve(min(size, total))
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
            guard chunk.count >= size else {
                if chunk.count % Self.stretch == 0 { try meanwhile(min(size - chunk.count, max(0, total - number))) }
                return
            }
            try job.checkIsWanted()
            try body(chunk)
            chunk = ImportChunk()
            size = min(size * 2, limit)
            chunk.rows.reserve(min(size, total))
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
