public import Storage

/// What must survive when a tenant's file is replaced by an older one: who was erased, who objected, who is denied, and
/// which tokens were revoked.
///
/// Read it from the file that goes, and apply it to the one that comes, before anybody uses that. A backup brings erased
/// people back otherwise (decidim #3315).
public struct RestoreLedger: Sendable {
    struct Person: Sendable, Hashable {
        let id: CustomerID
        let number: Int64
        let joinedAt: Int64
    }

    /// Where something stands in the suppression list.
    struct Place: Sendable, Hashable {
        let hash: [UInt8]
        let purpose: ConsentPurpose
    }

    /// A consent of somebody's.
    struct Matter: Sendable, Hashable {
        let person: Person
        let purpose: ConsentPurpose
    }

    /// What it was read at; see ``version(_:)``.
    public internal(set) var version: Int64
    var keys: [String: [UInt8]] = [:]
    var suppressed: [Place: Suppression] = [:]
    var erased: Set<Person> = []
    var objections: [Matter: ConsentState] = [:]
    /// Tokens that no longer open anything, and since when.
    var revoked: [String: Int64] = [:]
    /// People who may not order, with the keyed hashes of their contacts.
    var denied: [Person: [[UInt8]]] = [:]
    /// Why they may not, as far as the file that goes can still be read; never stored.
    var reasons: [Person: DenialReasons] = [:]
    var deniedContacts: Set<[UInt8]> = []

    /// An empty one.
    init(version: Int64) {
        self.version = version
    }

    /// Reads the file that is to be replaced.
    public init(_ transaction: ReadTransaction) throws {
        version = try Self.version(transaction)
        let reader = LedgerReader(transaction)
        for line in try reader.all() { take(line) }
        reasons = try reader.reasons()
    }

    /// The version of what a tenant's file would put into a ledger; it grows with each change of that.
    ///
    /// - Throws: `StorageError`.
    public static func version(_ transaction: ReadTransaction) throws -> Int64 {
        try transaction.first("SELECT value FROM sequence WHERE name = 'ledger'") { $0.integer(0) } ?? 0
    }

    /// Goes on with what has come after.
    mutating func take(_ line: LedgerLine) {
        switch line {
        case .key(let name, let value): keys[name] = value
        case .suppressed(let place, let suppression): suppressed[place] = suppression
        case .lifted(let place): suppressed[place] = nil
        case .erased(let person): erased.insert(person)
        case .objected(let person, let state): objections[Matter(person: person, purpose: state.purpose)] = state
        case .agreed(let person, let purpose): objections[Matter(person: person, purpose: purpose)] = nil
        case .revoked(let selector, let at): revoked[selector] = at
        case .denied(let person, let hashes): denied[person] = hashes
        case .allowed(let person): denied[person] = nil
        case .contactDenied(let hash): deniedContacts.insert(hash)
        case .contactAllowed(let hash): deniedContacts.remove(hash)
        }
    }

    /// All of it.
    var lines: [LedgerLine] {
        var lines = keys.map { LedgerLine.key(name: $0.key, value: $0.value) }
        lines += suppressed.map { .suppressed($0.key, $0.value) }
        lines += erased.map { .erased($0) }
        lines += objections.map { .objected($0.key.person, $0.value) }
        lines += revoked.map { .revoked(selector: $0.key, at: $0.value) }
        lines += denied.map { .denied($0.key, hashes: $0.value) }
        lines += deniedContacts.map { .contactDenied(hash: $0) }
        return lines
    }
}
