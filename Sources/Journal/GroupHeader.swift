/// What stands before and after the records that were written together.
///
/// After them it stands a second time, so that a damaged place leaves one of the two whole. All numbers are
/// little-endian.
struct GroupHeader: Equatable {
    static let length = 56
    static let headMagic: UInt32 = 0x3148_4A50
    static let tailMagic: UInt32 = 0x3154_4A50

    /// The number of the only group of a generation that says that all is settled.
    static let closing: UInt64 = 0

    /// How many bytes the list of the records takes, without what fills it up to eight.
    var listLength: Int
    /// How many bytes the group takes, this and its copy included; a multiple of eight.
    var length: Int
    var count: Int
    /// One above that of the journal that was open before.
    var generation: UInt64
    /// Counted from 1 in each generation.
    var number: UInt64
    /// The oldest group that is still needed.
    var oldest: UInt64
    /// Where the group stands in its segment.
    var offset: Int
    var listChecksum: UInt32

    func bytes(_ magic: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.length)
        bytes.append(little: magic)
        bytes.append(little: UInt32(listLength))
        bytes.append(little: UInt32(length))
        bytes.append(little: UInt32(count))
        bytes.append(little: generation)
        bytes.append(little: number)
        bytes.append(little: oldest)
        bytes.append(little: UInt64(offset))
        bytes.append(little: listChecksum)
        bytes.append(little: Checksum.of(bytes))
        return bytes
    }
}

extension GroupHeader {
    /// Reads what stands somewhere; nil unless it is a whole one.
    init?(_ magic: UInt32, in bytes: UnsafeRawBufferPointer, at place: Int) {
        guard place >= 0, place + Self.length <= bytes.count,
            bytes.little(UInt32.self, at: place) == magic,
            Checksum.of(UnsafeRawBufferPointer(rebasing: bytes[place..<place + Self.length - 4]))
                == bytes.little(UInt32.self, at: place + Self.length - 4)
        else { return nil }
        listLength = Int(bytes.little(UInt32.self, at: place + 4))
        length = Int(bytes.little(UInt32.self, at: place + 8))
        count = Int(bytes.little(UInt32.self, at: place + 12))
        generation = bytes.little(UInt64.self, at: place + 16)
        number = bytes.little(UInt64.self, at: place + 24)
        oldest = bytes.little(UInt64.self, at: place + 32)
        offset = Int(truncatingIfNeeded: bytes.little(UInt64.self, at: place + 40))
        listChecksum = bytes.little(UInt32.self, at: place + 48)
        guard offset >= 0, offset + length <= bytes.count else { return nil }
        guard offset == (magic == Self.headMagic ? place : place + Self.length - length) else { return nil }
    }
}

extension [UInt8] {
    mutating func append<Number: FixedWidthInteger>(little number: Number) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }

    /// Adds zeros until the length is a multiple of eight.
    mutating func fillUp() {
        while !count.isMultiple(of: 8) { append(0) }
    }
}

extension UnsafeRawBufferPointer {
    func little<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
        Number(littleEndian: loadUnaligned(fromByteOffset: offset, as: type))
    }
}
