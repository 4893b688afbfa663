/// A set of customers within one run of the index, by place counted from 0.
///
/// Stored as the bytes of a bitmap, or, when that is shorter, as the gaps between the places: seven bits to a byte, the
/// lowest first, the eighth bit set where more follow.
struct CustomerBits: Sendable, Equatable {
    private(set) var words: [UInt64]

    /// None of `capacity` customers, a multiple of 64.
    init(capacity: Int) {
        words = [UInt64](repeating: 0, count: capacity / 64)
    }

    /// Reads what ``stored`` wrote.
    init(stored bytes: [UInt8], capacity: Int) {
        self.init(capacity: capacity)
        guard bytes.count < capacity / 8 else {
            for (index, byte) in bytes.prefix(capacity / 8).enumerated() {
                words[index / 8] |= UInt64(byte) << (UInt64(index) % 8 * 8)
            }
            return
        }
        Self.forEachPlace(in: bytes) { place in
            if place < capacity { words[place / 64] |= 1 << (UInt64(place) % 64) }
        }
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    subscript(place: Int) -> Bool {
        get { words[place / 64] & 1 << (UInt64(place) % 64) != 0 }
        set {
            let bit: UInt64 = 1 << (UInt64(place) % 64)
            if newValue { words[place / 64] |= bit } else { words[place / 64] &= ~bit }
        }
    }

    mutating func formIntersection(_ other: CustomerBits) {
        for index in words.indices { words[index] &= other.words[index] }
    }

    mutating func formUnion(_ other: CustomerBits) {
        for index in words.indices { words[index] |= other.words[index] }
    }

    /// The first place from `start` on, nil when there is none.
    func first(from start: Int) -> Int? {
        var index = start / 64
        guard index < words.count else { return nil }
        var word = words[index] & ~0 << (UInt64(start) % 64)
        while word == 0 {
            index += 1
            guard index < words.count else { return nil }
            word = words[index]
        }
        return index * 64 + word.trailingZeroBitCount
    }

    /// The bytes to keep.
    var stored: [UInt8] {
        var places: [Int] = []
        var place = first(from: 0)
        while let found = place {
            places.append(found)
            place = first(from: found + 1)
        }
        var bytes: [UInt8] = []
        places.withUnsafeBufferPointer { Self.store($0, capacity: words.count * 64, in: &bytes) { $0 } }
        return bytes
    }

    /// Puts the bytes for ascending places, which may repeat, in the place of what `bytes` had.
    static func store<Item>(
        _ items: UnsafeBufferPointer<Item>, capacity: Int, in bytes: inout [UInt8], place: (Item) -> Int
    ) {
        bytes.removeAll(keepingCapacity: true)
        var next = 0
        for item in items {
            let place = place(item)
            guard place >= next else { continue }
            var gap = place - next
            while gap > 0x7F {
                bytes.append(UInt8(gap & 0x7F) | 0x80)
                gap >>= 7
            }
            bytes.append(UInt8(gap))
            next = place + 1
        }
        guard bytes.count >= capacity / 8 else { return }
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: repeatElement(0, count: capacity / 8))
        for item in items { bytes[place(item) / 8] |= 1 << UInt8(place(item) % 8) }
    }

    /// Calls `body` with the places of a stored set of `capacity`.
    static func forEachPlace(stored bytes: [UInt8], capacity: Int, _ body: (Int) -> Void) {
        guard bytes.count >= capacity / 8 else { return forEachPlace(in: bytes, body) }
        for (index, byte) in bytes.enumerated() where byte != 0 {
            for bit in 0..<8 where byte & 1 << UInt8(bit) != 0 { body(index * 8 + bit) }
        }
    }

    private static func forEachPlace(in gaps: [UInt8], _ body: (Int) -> Void) {
        var place = 0
        var gap = 0
        var shift = 0
        for byte in gaps {
            gap |= Int(byte & 0x7F) << shift
            if byte & 0x80 != 0, shift < 28 {
                shift += 7
                continue
            }
            place += gap
            body(place)
            place += 1
            (gap, shift) = (0, 0)
        }
    }
}
