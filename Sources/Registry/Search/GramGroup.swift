/// Neighbouring grams of a run with their sets of customers, as one row of the index holds them: a row for each gram would
/// cost more than most of the sets do.
///
/// Of each stands there how far it is behind the one before, the first behind the row's own, then the length of its set,
/// then the set. Numbers have seven bits to a byte, the lowest first, the eighth bit set where more follow.
struct GramGroup: Sendable, Equatable {
    /// More bytes than this has only a single gram: two rows fill a page.
    static let limit = 480

    private(set) var bytes: [UInt8] = []
    /// The first gram, and the last.
    private(set) var first: Int64 = 0
    private var last: Int64 = 0

    private static let gramBits: Int64 = 28

    /// The key of the row of a run that begins with a gram.
    static func key(of gram: Int64, inRun run: Int64) -> Int64 { run << gramBits | gram }

    /// The keys that the rows of a run may have.
    static func keys(ofRun run: Int64) -> Range<Int64> { run << gramBits..<(run + 1) << gramBits }

    var isEmpty: Bool { bytes.isEmpty }

    /// Whether another gram with so many bytes may join, where there may be `limit`.
    func hasRoom(for count: Int, upTo limit: Int) -> Bool { isEmpty || bytes.count + count + 6 <= limit }

    /// Adds a gram behind the others.
    mutating func append(gram: Int64, customers: UnsafeRawBufferPointer) {
        if isEmpty { (first, last) = (gram, gram) }
        append(Int(gram - last))
        append(customers.count)
        bytes.append(contentsOf: customers)
        last = gram
    }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    private mutating func append(_ number: Int) {
        var rest = number
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Calls `body` with each gram of a stored row and where its set stands, until that is false; what cannot be read is
    /// not there.
    static func forEach(of stored: [UInt8], key: Int64, _ body: (Int64, Range<Int>) -> Bool) {
        var gram = key & (1 << gramBits - 1)
        var offset = 0
        while offset < stored.count {
            guard let gap = number(in: stored, &offset), let count = number(in: stored, &offset),
                count <= stored.count - offset
            else { return }
            gram += Int64(gap)
            guard body(gram, offset..<offset + count) else { return }
            offset += count
        }
    }

    private static func number(in stored: [UInt8], _ offset: inout Int) -> Int? {
        var number = 0
        for shift in stride(from: 0, to: 35, by: 7) {
            guard offset < stored.count else { return nil }
            let byte = stored[offset]
            offset += 1
            number |= Int(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return number }
        }
        return nil
    }
}
