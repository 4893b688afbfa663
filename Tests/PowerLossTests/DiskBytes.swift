import Foundation

/// Bytes that are copied and filled as fast where nothing is optimised.
struct DiskBytes: ~Copyable {
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count: Int

    init(_ bytes: [UInt8]) {
        count = bytes.count
        capacity = max(count, 4_096)
        memory = .allocate(byteCount: capacity, alignment: 16)
        bytes.withUnsafeBytes { if let start = $0.baseAddress { memcpy(memory, start, count) } }
    }

    init(copying other: borrowing DiskBytes) {
        count = other.count
        capacity = max(count, 4_096)
        memory = .allocate(byteCount: capacity, alignment: 16)
        memcpy(memory, other.memory, count)
    }

    deinit { memory.deallocate() }

    /// Cuts it off, or fills it up with zeros.
    mutating func resize(to length: Int) {
        if length > capacity {
            capacity = max(length, 2 * capacity)
            let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
            memcpy(larger, memory, count)
            memory.deallocate()
            memory = larger
        }
        if length > count { memset(memory + count, 0, length - count) }
        count = length
    }

    /// Overwrites bytes, with zeros between the end and their place.
    mutating func put(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        if count < offset + bytes.count { resize(to: offset + bytes.count) }
        if let start = bytes.baseAddress { memcpy(memory + offset, start, bytes.count) }
    }

    /// Overwrites bytes with those of another at the same place.
    mutating func put(_ range: Range<Int>, of other: borrowing DiskBytes) {
        put(UnsafeRawBufferPointer(start: other.memory + range.lowerBound, count: range.count), at: range.lowerBound)
    }

    func write(to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        guard Foundation.write(descriptor, memory, count) == count else { throw POSIXError(.EIO) }
    }
}
