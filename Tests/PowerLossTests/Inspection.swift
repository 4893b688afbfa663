import Booking
import ChannelKit
import Events
import Foundation
import Hosting
import Journal
import ManualEntry
import OnlineShop
import PointOfSale
import Registry
import Storage

/// Looks whether a folder keeps what was promised about it.
struct Inspection {
    private static let channels = ChannelCatalog(
        [OnlineShop.self, Booking.self, Events.self, PointOfSale.self, ManualEntry.self].map { CompiledSource($0) })

    let folder: String
    let facts: [Fact]

    /// What is not as it was promised; nothing where all is well.
    ///
    /// The folder is recovered first, as a daemon does that starts.
    func problems() throws -> [String] {
        try erasedWords().map { "\($0) is on the disk before the recovery" } + recover()
            + erasedWords().map { "\($0) is on the disk after the recovery" }
    }

    private func recover() throws -> [String] {
        let host: Hosting.Host
        do {
            host = try Hosting.Host(
                directory: folder, channels: Self.channels, threads: 2, journalSize: 1 << 14,
                now: { Instant(seconds: Int64(Date().timeIntervalSince1970)) })
        } catch let error as JournalError {
            return ["what the journal had is lost: \(error)"]
        }
        defer { host.close() }
        var problems = host.recovered.stopped.map { "\($0.key) is stopped: \($0.value)" }
        problems += host.recovered.missing.filter { !mayBeGone($0) }.map { "\($0) is missing" }
        try host.removeLeftovers()
        problems += try places(host)
        for name in try host.archivedNames(after: "", limit: .max) { try host.unarchive(name) }
        for name in try host.tenantNames(after: "", limit: .max) {
            problems += try self.problems(name, host)
        }
        return problems
    }

    /// Whether a tenant was on its way out, or deleted: it was archived, restored and deleted by one client.
    private func mayBeGone(_ name: String) -> Bool {
        !facts.contains(.tenant(name)) && !facts.contains(.archived(name))
    }

    private func places(_ host: Hosting.Host) throws -> [String] {
        let names = try host.tenantNames(after: "", limit: .max).map(\.description)
        let archived = try host.archivedNames(after: "", limit: .max).map(\.description)
        return facts.compactMap { fact in
            switch fact {
            case .tenant(let name): names.contains(name) ? nil : "\(name) is not there"
            case .archived(let name): archived.contains(name) ? nil : "\(name) is not archived"
            case .gone(let name): names.contains(name) || archived.contains(name) ? "\(name) is not gone" : nil
            case .order, .noOrder, .withdrawn, .erased, .merged, .imported, .backup: nil
            }
        }
    }

    private func problems(_ name: TenantName, _ host: Hosting.Host) throws -> [String] {
        let book: TenantBook
        do {
            let tenant = try host.tenant(name)
            let profile = tenant.profile
            book = try tenant.readHere { try TenantBook($0, profile) }
        } catch {
            return ["\(name) cannot be read: \(error)"]
        }
        let backups = try host.backups(of: name).map(\.name.description)
        let own = facts.filter { $0.tenant == name.description }
        return (book.findings + own.compactMap { book.objection(to: $0, backups) }).map { "\(name): \($0)" }
    }

    /// Words of erased people that are somewhere in the folder; backups are copies of what was there before.
    private func erasedWords() throws -> [String] {
        var words: Set<String> = []
        for case .erased(_, let word) in facts { words.insert(word) }
        guard !words.isEmpty, let paths = FileManager.default.enumerator(atPath: folder) else { return [] }
        var found: Set<String> = []
        for case let path as String in paths where !path.contains("/backup/") {
            // A folder is no data.
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(path)") else { continue }
            found.formUnion(
                WordSearch.words(beginning: "vanishing", in: data).intersection(words).map { "\($0) in \(path)" })
        }
        return found.sorted()
    }
}
